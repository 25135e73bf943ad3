-- SPDX-License-Identifier: MIT
-- Ralston 3: the three-stage method of order 3 with the least bound on the
-- truncation error; the paper has no embedded method.
-- Source: A. Ralston, Runge-Kutta methods with minimum error bounds, Math.
-- Comp. 16 (1962) 431-437.
tableau "ralston-33" {
  title = "Ralston 3",
  reference = "A. Ralston, Runge-Kutta methods with minimum error bounds, Math. Comp. 16 (1962) 431-437",
  family = "erk",
  order = 3,
  c = { "0", "1/2", "3/4" },
  a = {
    {},
    { "1/2" },
    { "0", "3/4" },
  },
  b = { "2/9", "1/3", "4/9" },
}
