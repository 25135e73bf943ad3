-- T. E. Hull, W. H. Enright, B. M. Fellen, A. E. Sedgwick, Comparing numerical
-- methods for ordinary differential equations, SIAM J. Numer. Anal. 9 (1972)
-- 603-637, problem A1: decay; exact solution exp(-t).
problem "detest_na1"

states { y1 = 1 }

ddt.y1 = -y1

solve { duration = 20 }
