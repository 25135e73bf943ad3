-- More runs than a batch has.
problem "sweep_large"
parameters { a = 1, b = 2 }
states { x = 1 }
ddt.x = a + b
sweep { a = linspace(0, 1, 2000000), b = linspace(0, 1, 1000000) }
--> sweep_large.lua:6: error: the sweep has 2e+12 runs; at most 2^40 (about 1.1e12) can be counted
