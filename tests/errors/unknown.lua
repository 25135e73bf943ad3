-- Unknown names: reading goes on with a stand-in.
problem "unknown"
parameters { sigma = 10, rho = 28 }
states { velocity = 1, y = 0 }
ddt.velocity = sigmaa * (y - velocty)
ddt.y = foo(bar[3]) + rho * 2
parametrs { a = 1 }
observe.z = sqr(y) + print
observe.w = rho(3) + y[2]
ddt.velosity = 1
units { rhoo = "1", pressure = "Pa" }
--> unknown.lua:5: error: unknown name 'sigmaa'; did you mean 'sigma'?
--> unknown.lua:5: error: unknown name 'velocty'; did you mean 'velocity'?
--> unknown.lua:6: error: unknown name 'foo'; declare it with parameters, constants or states
--> unknown.lua:6: error: unknown name 'bar'; declare it with parameters, constants or states
--> unknown.lua:7: error: unknown name 'parametrs'; did you mean 'parameters'?
--> unknown.lua:8: error: unknown name 'sqr'; did you mean 'sqrt'?
--> unknown.lua:8: error: unknown name 'print'; declare it with parameters, constants or states
--> unknown.lua:9: error: 'rho' is a symbol and no function; a '*' may be missing
--> unknown.lua:9: error: a scalar has no element [2]
--> unknown.lua:11: error: unit of an unknown name 'pressure'
--> unknown.lua:11: error: unit of an unknown name 'rhoo'; did you mean 'rho'?
--> unknown.lua:10: error: equation of the unknown state 'velosity'; did you mean 'velocity'?
