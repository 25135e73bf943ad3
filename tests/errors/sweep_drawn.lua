-- Drawn values alone do not say how many.
problem "sweep_drawn"
parameters { a = 1 }
states { x = 1 }
ddt.x = a
sweep { a = uniform(0, 1) }
--> sweep_drawn.lua:6: error: random values need the number of runs: runs=1000
