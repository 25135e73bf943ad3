-- W. H. Enright, J. D. Pryce, Two FORTRAN packages for assessing initial value
-- methods, ACM Trans. Math. Softw. 13 (1987) 1-27, problem F2 of the stiff ones:
-- a chemical reaction.
problem "detest_sf2"

states { y1 = 1, y2 = 0 }

ddt.y1 = -y1 - y1 * y2 + 294 * y2
ddt.y2 = y1 * (1 - y2) / 98 - 3 * y2

solve { algorithm = "rodas5p", atol = { y1 = 1e-6, y2 = 1e-9 }, duration = 240 }
