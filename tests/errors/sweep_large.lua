-- More runs than a batch has.
problem "sweep_large"
parameters { a = 1, b = 2 }
states { x = 1 }
ddt.x = a + b
sweep { a = linspace(0, 1, 1000000), b = linspace(0, 1, 1000000) }
--> sweep_large.lua:6: error: the sweep has more than 100000000000 runs, the most of a batch; use fewer points, or mode = "zip"
