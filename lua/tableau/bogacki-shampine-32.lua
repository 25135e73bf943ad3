-- SPDX-License-Identifier: MIT
-- Bogacki-Shampine 3(2): Ralston's method of order 3 with a fourth stage, first
-- same as last, that gives the estimate. Its interpolant is the cubic Hermite
-- one, which the package uses wherever a method has no rows of its own.
-- Source: P. Bogacki, L. F. Shampine, A 3(2) pair of Runge-Kutta formulas,
-- Appl. Math. Lett. 2 (1989) 321-325.
tableau "bogacki-shampine-32" {
  title = "Bogacki-Shampine 3(2)",
  reference = "P. Bogacki, L. F. Shampine, A 3(2) pair of Runge-Kutta formulas, Appl. Math. Lett. 2 (1989) 321-325",
  family = "erk",
  aliases = { "rk23", "ode23", "bs32" },
  order = 3, embedded_order = 2,
  first_same_as_last = true,
  c = { "0", "1/2", "3/4", "1" },
  a = {
    {},
    { "1/2" },
    { "0", "3/4" },
    { "2/9", "1/3", "4/9" },
  },
  b = { "2/9", "1/3", "4/9", "0" },
  embedded = { "7/24", "1/4", "1/3", "1/8" },
}
