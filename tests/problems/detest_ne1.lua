-- T. E. Hull, W. H. Enright, B. M. Fellen, A. E. Sedgwick, Comparing numerical
-- methods for ordinary differential equations, SIAM J. Numer. Anal. 9 (1972)
-- 603-637, problem E1: a form of the Bessel equation of order 1/2.
problem "detest_ne1"

states { y1 = "0.6713967071418030", y2 = "0.09540051444747446" }

ddt.y1 = y2
ddt.y2 = -(y2/(t + 1) + (1 - 0.25/(t + 1)^2) * y1)

solve { duration = 20 }
