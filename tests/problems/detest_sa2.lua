-- W. H. Enright, T. E. Hull, B. Lindberg, Comparing numerical methods for stiff
-- systems of O.D.E:s, BIT 15 (1975) 10-48, problem A2 of the stiff ones: a chain
-- with stiff ends.
problem "detest_sa2"

states { y1 = 0, y2 = 0, y3 = 0, y4 = 0, y5 = 0, y6 = 0, y7 = 0, y8 = 0, y9 = 0 }

ddt.y1 = -1800 * y1 + 900 * y2
ddt.y2 = y1 - 2 * y2 + y3
ddt.y3 = y2 - 2 * y3 + y4
ddt.y4 = y3 - 2 * y4 + y5
ddt.y5 = y4 - 2 * y5 + y6
ddt.y6 = y5 - 2 * y6 + y7
ddt.y7 = y6 - 2 * y7 + y8
ddt.y8 = y7 - 2 * y8 + y9
ddt.y9 = 1000 * y8 - 2000 * y9 + 1000

solve { algorithm = "rodas5p", duration = 120 }
