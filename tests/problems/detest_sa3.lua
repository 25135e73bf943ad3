-- W. H. Enright, T. E. Hull, B. Lindberg, Comparing numerical methods for stiff
-- systems of O.D.E:s, BIT 15 (1975) 10-48, problem A3 of the stiff ones: linear,
-- triangular.
problem "detest_sa3"

states { y1 = 1, y2 = 1, y3 = 1, y4 = 1 }

ddt.y1 = -1e4 * y1 + 100 * y2 - 10 * y3 + y4
ddt.y2 = -1e3 * y2 + 10 * y3 - 10 * y4
ddt.y3 = -y3 + 10 * y4
ddt.y4 = -0.1 * y4

solve { algorithm = "rodas5p", duration = 20 }
