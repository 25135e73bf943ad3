-- SPDX-License-Identifier: MIT
-- Backward Euler: Radau IIA with one stage. Dense output is the cubic Hermite
-- one.
tableau "backwards-euler" {
  title = "Backward Euler",
  reference = "E. Hairer, G. Wanner, Solving Ordinary Differential Equations II, 2nd ed. 1996, IV.3",
  family = "dirk",
  order = 1,
  stiffly_accurate = true,
  c = { "1" },
  a = {
    { "1" },
  },
  b = { "1" },
}
