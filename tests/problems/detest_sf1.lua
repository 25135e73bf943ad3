-- W. H. Enright, J. D. Pryce, Two FORTRAN packages for assessing initial value
-- methods, ACM Trans. Math. Softw. 13 (1987) 1-27, problem F1 of the stiff ones:
-- a chemical reactor, y1 and y3 are temperatures.
problem "detest_sf1"

states { y1 = 761, y2 = 0, y3 = 600, y4 = 0.1 }

ddt.y1 = 1.3 * (y3 - y1) + 10400 * exp(20.7 - 1500 / y1) * y2
ddt.y2 = 1880 * (y4 - y2 * (1 + exp(20.7 - 1500 / y1)))
ddt.y3 = 1752 - 269 * y3 + 267 * y1
ddt.y4 = 0.1 + 320 * y2 - 321 * y4

solve {
  algorithm = "rodas5p", duration = 1000,
  atol = { y1 = 1e-3, y2 = 1e-15, y3 = 1e-3, y4 = 1e-8 },
}
