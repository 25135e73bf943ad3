-- Sweeps.
problem "sweep"
parameters { a = 1, b = 2 }
constants { g = 1 }
states { x = 1, u = vector(2, 0), y = 0, z = 0 }
ddt.x = a
ddt.y = b
ddt.z = g
ddt.u = { 1, 2 }
sweep {
  a = linspace(0, 1, 0),
  b = geomspace(-1, 1, 5),
  x = list {},
  y = normal(0, -1),
  z = uniform(2, 1),
  mode = "zap",
  runs = 0,
  seed = -1,
}
sweep { aa = linspace(0, 1, 5), pressure = linspace(0, 1, 5), g = 3, u = uniform(0, 1), x = "text", y = linspace(0, "eins", 3) }
sweep { x = file("p.csv"), z = geomspace(0, 1, 3) }
sweep { b = 4 }
sweep { b = 5 }
--> sweep.lua:11: error: linspace(a, b, n), here 0:1:0: the sweep is empty; the count must be at least 1
--> sweep.lua:12: error: geomspace(a, b, n), here geom:-1:1:5: the ends of a geometric range must have one sign and not be 0
--> sweep.lua:13: error: the list of a sweep is empty
--> sweep.lua:14: error: normal(m, s), here normal:0:-1: the standard deviation must be above 0
--> sweep.lua:15: error: uniform(a, b), here uniform:2:1: the first end must be below the second
--> sweep.lua:16: error: mode must be "product" or "zip"
--> sweep.lua:17: error: runs = 0; it must be a whole number above 0
--> sweep.lua:20: error: b of linspace(a, b, n) is "eins", which is no number: expected a number, '(', pi or a function like sqrt
--> sweep.lua:20: error: the sweep over 'x' is a text; write linspace, geomspace, list, uniform, normal or file
--> sweep.lua:21: error: file takes a path and the name of a column: file("p.csv", "rho")
--> sweep.lua:21: error: geomspace(a, b, n), here geom:0:1:3: the ends of a geometric range must have one sign and not be 0
--> sweep.lua:23: error: second sweep over 'b'
--> sweep.lua:22: note: previous sweep over 'b'
--> sweep.lua:20: error: sweep over the unknown name 'aa'; did you mean 'a'?
--> sweep.lua:20: error: sweep over the constant 'g'; declare it with parameters to vary it
--> sweep.lua:4: note: declaration of 'g'
--> sweep.lua:20: error: sweep over the unknown name 'pressure'; it must be a parameter or a state
--> sweep.lua:20: error: sweep over the vector 'u'; name its elements: ["u[1]"] = ...
--> sweep.lua:18: error: seed = -1 is out of range; it must be from 0 to 9007199254740992
