-- W. H. Enright, T. E. Hull, B. Lindberg, Comparing numerical methods for stiff
-- systems of O.D.E:s, BIT 15 (1975) 10-48, problem A1 of the stiff ones: decay
-- at rates of 0.5 to 100.
problem "detest_sa1"

states { y1 = 1, y2 = 1, y3 = 1, y4 = 1 }

ddt.y1 = -0.5 * y1
ddt.y2 = -y2
ddt.y3 = -100 * y3
ddt.y4 = -90 * y4

solve { algorithm = "rodas5p", duration = 20 }
