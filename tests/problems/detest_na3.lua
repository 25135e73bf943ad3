-- T. E. Hull, W. H. Enright, B. M. Fellen, A. E. Sedgwick, Comparing numerical
-- methods for ordinary differential equations, SIAM J. Numer. Anal. 9 (1972)
-- 603-637, problem A3: an oscillation; exact solution exp(sin t).
problem "detest_na3"

states { y1 = 1 }

ddt.y1 = y1 * cos(t)

solve { duration = 20 }
