-- A pyrolysis: four species over times from 1e-6 to 1e13 and amounts from 1e-3
-- to 1e-25.
-- A. K. Datta, An evaluation of the approximate inverse algorithm for numerical
-- integration of stiff differential equations, Imperial Chemical Industries Ltd.
-- 1967; as problem E5 of W. H. Enright, T. E. Hull, B. Lindberg, Comparing
-- numerical methods for stiff systems of O.D.E:s, BIT 15 (1975) 10-48; with long
-- times and the names A, B, C, M of the constants from E. Hairer, G. Wanner,
-- Solving Ordinary Differential Equations II, 2nd ed., Springer 1996, section
-- IV.10. y2 = y3 + y4 always; summed as they stand, the terms of ddt.y3 would
-- lose that, so it is the difference of the other two. Dimensionless.
problem "e5"

parameters { A = 7.89e-10, B = 1.1e7, C = 1.13e3, M = 1e6 }
states     { y1 = "1.76e-3", y2 = 0, y3 = 0, y4 = 0 }

local made = A * y1
local joined = B * y1 * y3
local split = C * y4
local ended = M * C * y2 * y3

ddt.y1 = -made - joined
ddt.y2 = made - ended
ddt.y3 = (made - ended) - (joined - split)
ddt.y4 = joined - split

solve { algorithm = "rodas5p", rtol = 1e-6, atol = 1.7e-24, duration = 1e13 }
sweep { A = geomspace(7.89e-11, 7.89e-9, 1000) }
