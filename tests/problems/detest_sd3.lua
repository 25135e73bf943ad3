-- W. H. Enright, T. E. Hull, B. Lindberg, Comparing numerical methods for stiff
-- systems of O.D.E:s, BIT 15 (1975) 10-48, problem D3 of the stiff ones: a
-- chemical reaction.
problem "detest_sd3"

states { y1 = 1, y2 = 1, y3 = 0, y4 = 0 }

ddt.y1 = y3 - 100 * y1 * y2
ddt.y2 = y3 + 2 * y4 - 100 * y1 * y2 - 2e4 * y2^2
ddt.y3 = -y3 + 100 * y1 * y2
ddt.y4 = -y4 + 1e4 * y2^2

solve { algorithm = "rodas5p", duration = 20 }
