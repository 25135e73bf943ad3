-- T. E. Hull, W. H. Enright, B. M. Fellen, A. E. Sedgwick, Comparing numerical
-- methods for ordinary differential equations, SIAM J. Numer. Anal. 9 (1972)
-- 603-637, problem A5: a spiral curve.
problem "detest_na5"

states { y1 = 4 }

ddt.y1 = (y1 - t)/(y1 + t)

solve { duration = 20 }
