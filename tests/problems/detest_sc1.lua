-- W. H. Enright, T. E. Hull, B. Lindberg, Comparing numerical methods for stiff
-- systems of O.D.E:s, BIT 15 (1975) 10-48, problem C1 of the stiff ones:
-- nonlinear coupling from the fast to the slow components.
problem "detest_sc1"

states { y1 = 1, y2 = 1, y3 = 1, y4 = 1 }

ddt.y1 = -y1 + y2^2 + y3^2 + y4^2
ddt.y2 = -10 * y2 + 10 * (y3^2 + y4^2)
ddt.y3 = -40 * y3 + 40 * y4^2
ddt.y4 = -100 * y4 + 2

solve { algorithm = "rodas5p", duration = 20 }
