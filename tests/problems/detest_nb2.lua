-- T. E. Hull, W. H. Enright, B. M. Fellen, A. E. Sedgwick, Comparing numerical
-- methods for ordinary differential equations, SIAM J. Numer. Anal. 9 (1972)
-- 603-637, problem B2: a linear chemical reaction.
problem "detest_nb2"

states { y1 = 2, y2 = 0, y3 = 1 }

ddt.y1 = -y1 + y2
ddt.y2 = y1 - 2 * y2 + y3
ddt.y3 = y2 - y3

solve { duration = 20 }
