-- T. E. Hull, W. H. Enright, B. M. Fellen, A. E. Sedgwick, Comparing numerical
-- methods for ordinary differential equations, SIAM J. Numer. Anal. 9 (1972)
-- 603-637, problem A2: a special case of the Riccati equation; exact solution 1/sqrt(1 + t).
problem "detest_na2"

states { y1 = 1 }

ddt.y1 = -y1^3/2

solve { duration = 20 }
