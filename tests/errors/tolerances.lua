-- Tolerances of single states.
problem "tolerances"
states { x = 1, speed = 2 }
ddt.x = -x
ddt.speed = x
solve { rtol = { 1e-3, 1e-4, 1e-5 }, atol = { x = 1e-6, sped = 1e-7 } }
--> tolerances.lua:6: error: rtol has 3 values; it needs one, or one for each of the 2 states
--> tolerances.lua:6: error: atol of the unknown state 'sped'; did you mean 'speed'?
