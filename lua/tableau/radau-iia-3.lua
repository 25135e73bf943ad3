-- SPDX-License-Identifier: MIT
-- Radau IIA with two stages, order 3. The estimate is gamma0 (h f(t, y) - h
-- p'(t)), with p the polynomial through y and the stages (IV.8): gamma0 is
-- error_start, and the weights of the stage values there are written out in
-- slopes here. With an even number of stages no eigenvalue of a is real; gamma0
-- is the real part of the pair, 1/3. The literature has no estimate for this
-- one: the form is that of the book for odd numbers. Dense output: the
-- collocation polynomial.
tableau "radau-iia-3" {
  title = "Radau IIA 3",
  reference = "E. Hairer, G. Wanner, Solving Ordinary Differential Equations II, 2nd ed. 1996, Table IV.5.5 "
    .. "and IV.8",
  family = "firk",
  order = 3, embedded_order = 2, dense_order = 2,
  stiffly_accurate = true,
  c = { "1/3", "1" },
  a = {
    { "5/12", "-1/12" },
    { "3/4", "1/4" },
  },
  b = { "3/4", "1/4" },
  error = { "-1/2", "1/6" },
  error_start = "1/3",
  dense = {
    { "3/2", "-3/4" },
    { "-1/2", "3/4" },
  },
}
