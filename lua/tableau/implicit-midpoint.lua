-- SPDX-License-Identifier: MIT
-- Implicit midpoint rule: the Gauss method with one stage, symplectic and
-- A-stable.
tableau "implicit-midpoint" {
  title = "implicit midpoint",
  reference = "E. Hairer, C. Lubich, G. Wanner, Geometric Numerical Integration, 2nd ed. 2006, II.1.1",
  family = "dirk",
  order = 2,
  c = { "1/2" },
  a = {
    { "1/2" },
  },
  b = { "1" },
}
