-- Missing, second and misplaced equations.
problem "missing"
parameters { k = 1 }
constants { g = 9.81 }
states { x = 1, y = 2, z = 3 }
states { u = vector(4, 0), w = vector(3, 0) }
ddt.x = y
ddt.x = -y
ddt.k = 1
ddt.g = 1
ddt.q = 1
ddt.u[1] = u[2]
ddt.u[2] = u[9]
ddt.u[5] = 1
observe.e = x
observe.e = y
--> missing.lua:13: error: 'u[9]' does not exist; 'u' has elements 1 to 4
--> missing.lua:9: error: equation of 'k', which is a parameter; only states have equations
--> missing.lua:3: note: declaration of 'k'
--> missing.lua:10: error: equation of 'g', which is a constant; only states have equations
--> missing.lua:4: note: declaration of 'g'
--> missing.lua:11: error: equation of the unknown state 'q'; declare it with states
--> missing.lua:14: error: equation of 'u[5]', which does not exist: 'u' has elements 1 to 4
--> missing.lua:8: error: second equation of 'x'
--> missing.lua:7: note: previous equation: ddt.x
--> missing.lua:5: error: the state 'y' has no equation; write ddt.y = ...
--> missing.lua:5: error: the state 'z' has no equation; write ddt.z = ...
--> missing.lua:6: error: the state 'u[3]' has no equation; write ddt.u[3] = ...
--> missing.lua:6: error: the state 'u[4]' has no equation; write ddt.u[4] = ...
--> missing.lua:6: error: the state 'w' has no equations; write ddt.w[i] = ... for each element
--> missing.lua:16: error: second equation of 'e'
--> missing.lua:15: note: previous equation: observe.e
