-- Settings that contradict each other.
problem "together"
states { x = 1 }
ddt.x = -x
solve { duration = 10, save_every = 20, dt_min = 3, dt_max = 2 }
solve { save_at = { 1, 2, 3 } }
solve { controller = "fixed" }
--> together.lua:5: error: save_every = 20 is above duration = 10
--> together.lua:6: error: save_every and save_at are both given; one says it all
--> together.lua:7: error: controller = fixed needs a step: dt = ...
--> together.lua:5: error: dt_min = 3 is above dt_max = 2
