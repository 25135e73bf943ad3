-- T. E. Hull, W. H. Enright, B. M. Fellen, A. E. Sedgwick, Comparing numerical
-- methods for ordinary differential equations, SIAM J. Numer. Anal. 9 (1972)
-- 603-637, problem A4: a logistic curve; exact solution 20/(1 + 19 exp(-t/4)).
problem "detest_na4"

states { y1 = 1 }

ddt.y1 = y1/4 * (1 - y1/20)

solve { duration = 20 }
