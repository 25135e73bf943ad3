-- W. H. Enright, T. E. Hull, B. Lindberg, Comparing numerical methods for stiff
-- systems of O.D.E:s, BIT 15 (1975) 10-48, problem E2 of the stiff ones: van der
-- Pol's oscillator with mu = 5.
problem "detest_se2"

states { y1 = 2, y2 = 0 }

ddt.y1 = y2
ddt.y2 = 5 * (1 - y1^2) * y2 - y1

solve { algorithm = "rodas5p", duration = 1 }
