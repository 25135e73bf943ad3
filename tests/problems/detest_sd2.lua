-- W. H. Enright, T. E. Hull, B. Lindberg, Comparing numerical methods for stiff
-- systems of O.D.E:s, BIT 15 (1975) 10-48, problem D2 of the stiff ones:
-- Robertson's reaction, scaled.
problem "detest_sd2"

states { y1 = 1, y2 = 0, y3 = 0 }

ddt.y1 = -0.04 * y1 + 0.01 * y2 * y3
ddt.y2 = 400 * y1 - 100 * y2 * y3 - 3000 * y2^2
ddt.y3 = 30 * y2^2

solve { algorithm = "rodas5p", duration = 40 }
