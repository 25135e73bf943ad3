-- The Belousov-Zhabotinskii reaction, an oscillating one, cut down to three
-- species: alpha is HBrO2, eta is Br-, rho is Ce(IV), each over a constant.
-- R. J. Field, R. M. Noyes, Oscillations in chemical systems IV: limit cycle
-- behavior in a model of a real chemical reaction, J. Chem. Phys. 60 (1974)
-- 1877-1884; start and end of the test problem from E. Hairer, G. Wanner, Solving
-- Ordinary Differential Equations II, 2nd ed., Springer 1996, section IV.10,
-- problem OREGO. Dimensionless. The period is 302.9; alpha and rho fall and rise
-- by five orders of magnitude within it.
problem "oregonator"

parameters { s = 77.27, q = "8.375e-6", w = 0.161 }
states     { alpha = 1, eta = 2, rho = 3 }

ddt.alpha = s * (eta + alpha * (1 - q * alpha - eta))
ddt.eta = (rho - (1 + alpha) * eta) / s
ddt.rho = w * (alpha - rho)

solve { algorithm = "rodas5p", rtol = 1e-6, atol = 1e-6, duration = 360 }
sweep { s = geomspace(40, 160, 10), w = geomspace(0.05, 0.5, 100) }
