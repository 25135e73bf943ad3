-- Drawn values alone do not say how many.
problem "sweep_drawn"
parameters { a = 1 }
states { x = 1 }
ddt.x = a
sweep { a = uniform(0, 1) }
--> sweep_drawn.lua:6: error: the sweep draws values but does not say for how many runs; add runs = 1000
