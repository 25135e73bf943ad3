-- T. E. Hull, W. H. Enright, B. M. Fellen, A. E. Sedgwick, Comparing numerical
-- methods for ordinary differential equations, SIAM J. Numer. Anal. 9 (1972)
-- 603-637, problem D1: an orbit with eccentricity 0.1.
problem "detest_nd1"

states { y1 = "1-0.1", y2 = 0, y3 = 0, y4 = "sqrt((1+0.1)/(1-0.1))" }

ddt.y1 = y3
ddt.y2 = y4
ddt.y3 = -y1/(y1^2 + y2^2)^1.5
ddt.y4 = -y2/(y1^2 + y2^2)^1.5

solve { duration = 20 }
