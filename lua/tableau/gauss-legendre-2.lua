-- SPDX-License-Identifier: MIT
-- Gauss-Legendre with two stages, order 4. Its collocation polynomial has order
-- 2 only: the cubic Hermite interpolant is better, and used.
tableau "gauss-legendre-2" {
  title = "Gauss-Legendre, 2 stages",
  reference = "J. C. Butcher, Implicit Runge-Kutta processes, Math. Comp. 18 (1964) 50-64; E. Hairer, S. P. "
    .. "Norsett, G. Wanner, Solving Ordinary Differential Equations I, 2nd ed. 1993, II.7",
  family = "firk",
  order = 4,
  c = { "(3 - sqrt(3))/6", "(3 + sqrt(3))/6" },
  a = {
    { "1/4", "(3 - 2*sqrt(3))/12" },
    { "(3 + 2*sqrt(3))/12", "1/4" },
  },
  b = { "1/2", "1/2" },
}
