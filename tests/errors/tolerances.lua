-- Tolerances of single states.
problem "tolerances"
states { x = 1, speed = 2 }
ddt.x = -x
ddt.speed = x
solve { rtol = { 1e-3, 1e-4, 1e-5 }, atol = { x = 1e-6, sped = 1e-7 } }
--> tolerances.lua:6: error: rtol = 0.001,0.0001,1e-5 has 3 values for 2 states; give one, one for each, or NAME=VALUE
--> tolerances.lua:6: error: atol = sped=1e-7,x=1e-6 names 'sped', which is no state; did you mean 'speed'?
