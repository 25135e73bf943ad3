-- W. H. Enright, T. E. Hull, B. Lindberg, Comparing numerical methods for stiff
-- systems of O.D.E:s, BIT 15 (1975) 10-48, problem B1 of the stiff ones: linear,
-- with complex eigenvalues. y3 and y4 die out below what float64 holds.
problem "detest_sb1"

states { y1 = 1, y2 = 0, y3 = 1, y4 = 0 }

ddt.y1 = -y1 + y2
ddt.y2 = -100 * y1 - y2
ddt.y3 = -100 * y3 + y4
ddt.y4 = -10000 * y3 - 100 * y4

solve { algorithm = "rodas5p", duration = 20 }
