-- A pyrolysis: four species over times from 1e-6 to 1e13 and amounts from 1e-3
-- to 1e-25.
-- A. K. Datta, An evaluation of the approximate inverse algorithm for numerical
-- integration of stiff differential equations, Imperial Chemical Industries Ltd.
-- 1967; as problem E5 of W. H. Enright, T. E. Hull, B. Lindberg, Comparing
-- numerical methods for stiff systems of O.D.E:s, BIT 15 (1975) 10-48; with long
-- times and the names A, B, C, M of the constants from E. Hairer, G. Wanner,
-- Solving Ordinary Differential Equations II, 2nd ed., Springer 1996, section
-- IV.10. Dimensionless. The equations of y2, y3 and y4 there keep y2 = y3 + y4;
-- in float64 that is lost by more than what is left of y2 and y3 in the end, so
-- y2 is no state here. The first steps are far below what the end time resolves.
problem "e5"

parameters { A = 7.89e-10, B = 1.1e7, C = 1.13e3, M = 1e6 }
states     { y1 = "1.76e-3", y3 = 0, y4 = 0 }

local y2 = y3 + y4

ddt.y1 = -A * y1 - B * y1 * y3
ddt.y3 = A * y1 - B * y1 * y3 - M * C * y2 * y3 + C * y4
ddt.y4 = B * y1 * y3 - C * y4

observe.y2 = y2

solve { algorithm = "rodas5p", rtol = 1e-6, atol = 1.7e-24, duration = 1e13 }
sweep { A = geomspace(7.89e-11, 7.89e-9, 1000) }
