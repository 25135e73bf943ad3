-- W. H. Enright, T. E. Hull, B. Lindberg, Comparing numerical methods for stiff
-- systems of O.D.E:s, BIT 15 (1975) 10-48, problem E1 of the stiff ones: a
-- control system (Gamma = 100) that settles at y1 = 1e-8.
problem "detest_se1"

states { y1 = 0, y2 = 0, y3 = 0, y4 = 0 }

ddt.y1 = y2
ddt.y2 = y3
ddt.y3 = y4
ddt.y4 = (y1^2 - sin(y1) - 100^4) * y1 + (y2 * y3 / (y1^2 + 1) - 4 * 100^3) * y2 + (1 - 6 * 100^2) * y3
  + (10 * exp(-y4^2) - 4 * 100) * y4 + 1

solve { algorithm = "rodas5p", atol = { y1 = 1e-14, y2 = 1e-13, y3 = 1e-11, y4 = 1e-9 }, duration = 1 }
