-- High irradiance response: how phytochrome controls the growth of a plant under
-- light, by eight forms of it and of the enzyme E that removes it.
-- E. Schaefer, A new approach to explain the 'high irradiance responses' of
-- photomorphogenesis on the basis of phytochrome, J. Math. Biology 2 (1975)
-- 41-56; as a test problem, with these rates and this start, in E. Hairer,
-- G. Wanner, Solving Ordinary Differential Equations II, 2nd ed., Springer 1996,
-- section IV.10, problem HIRES. Pr and Pfr are the red and the far-red absorbing
-- form, PrX and PfrX the same bound to a receptor X, PrX2 and PfrX2 those bound
-- to its other form X', PfrX2E a complex with the enzyme. Dimensionless.
problem "hires"

parameters {
  k1 = 1.71, k2 = 0.43, k3 = 8.32, k4 = 0.69, k5 = 0.035, k6 = 8.32,
  k_plus = 280, k_minus = 0.69, k_star = 0.69, supply = 0.0007,
}
states { Pr = 1, Pfr = 0, PrX = 0, PfrX = 0, PrX2 = 0, PfrX2 = 0, PfrX2E = 0, E = 0.0057 }

local binding = k_plus * PfrX2 * E

ddt.Pr = -k1 * Pr + k2 * Pfr + k6 * PrX + supply
ddt.Pfr = k1 * Pr - (k2 + k3) * Pfr
ddt.PrX = -(k6 + k1) * PrX + k2 * PfrX + k5 * PrX2
ddt.PfrX = k3 * Pfr + k1 * PrX - (k4 + k2) * PfrX
ddt.PrX2 = -(k5 + k1) * PrX2 + k2 * PfrX2 + k2 * PfrX2E
ddt.PfrX2 = -binding + k4 * PfrX + k1 * PrX2 - k2 * PfrX2 + k_minus * PfrX2E
ddt.PfrX2E = binding - (k2 + k_minus + k_star) * PfrX2E
ddt.E = -binding + (k2 + k_minus + k_star) * PfrX2E

solve {
  algorithm = "rodas5p", rtol = 1e-6, duration = 321.8122,
  atol = {
    Pr = 1e-7, Pfr = 1e-7, PrX = 1e-8, PfrX = 1e-7, PrX2 = 1e-7, PfrX2 = 1e-7, PfrX2E = 1e-8, E = 1e-8,
  },
}
sweep { supply = geomspace(7e-5, 7e-3, 100), k_plus = geomspace(28, 2800, 10) }
