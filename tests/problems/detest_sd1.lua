-- W. H. Enright, T. E. Hull, B. Lindberg, Comparing numerical methods for stiff
-- systems of O.D.E:s, BIT 15 (1975) 10-48, problem D1 of the stiff ones: a
-- nuclear reactor; the stiffness grows with y3 = t.
problem "detest_sd1"

states { y1 = 0, y2 = 0, y3 = 0 }

ddt.y1 = 0.2 * (y2 - y1)
ddt.y2 = 10 * y1 - (60 - 0.125 * y3) * y2 + 0.125 * y3
ddt.y3 = 1

solve { algorithm = "rodas5p", duration = 400 }
