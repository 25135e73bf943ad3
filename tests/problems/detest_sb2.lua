-- W. H. Enright, T. E. Hull, B. Lindberg, Comparing numerical methods for stiff
-- systems of O.D.E:s, BIT 15 (1975) 10-48, problem B2 of the stiff ones: linear,
-- with eigenvalues -10 +- 3i (alpha = 3).
problem "detest_sb2"

states { y1 = 1, y2 = 1, y3 = 1, y4 = 1, y5 = 1, y6 = 1 }

ddt.y1 = -10 * y1 + 3 * y2
ddt.y2 = -3 * y1 - 10 * y2
ddt.y3 = -4 * y3
ddt.y4 = -y4
ddt.y5 = -0.5 * y5
ddt.y6 = -0.1 * y6

solve { algorithm = "rodas5p", duration = 20 }
