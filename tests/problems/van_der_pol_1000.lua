-- problems/van_der_pol_stiff.lua in its own time, in the scaling of problem E2 of
-- W. H. Enright, T. E. Hull, B. Lindberg, Comparing numerical methods for stiff
-- systems of O.D.E:s, BIT 15 (1975) 10-48, with mu = 1000.
problem "van_der_pol_1000"

states { x = 2, y = 0 }

ddt.x = y
ddt.y = 1000 * (1 - x^2) * y - x

solve { algorithm = "rodas5p", duration = 3000 }
