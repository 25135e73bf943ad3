-- SPDX-License-Identifier: MIT
-- The classical Runge-Kutta method: four stages, order 4, no error estimate.
-- Source: W. Kutta, Beitrag zur naeherungsweisen Integration totaler
-- Differentialgleichungen, Z. Math. Phys. 46 (1901) 435-453.
tableau "classical-rk4" {
  title = "Classical Runge-Kutta 4",
  reference = "W. Kutta, Beitrag zur naeherungsweisen Integration totaler Differentialgleichungen, "
    .. "Z. Math. Phys. 46 (1901) 435-453",
  family = "erk",
  aliases = { "rk4" },
  order = 4,
  c = { "0", "1/2", "1/2", "1" },
  a = {
    {},
    { "1/2" },
    { "0", "1/2" },
    { "0", "0", "1" },
  },
  b = { "1/6", "1/3", "1/3", "1/6" },
}
