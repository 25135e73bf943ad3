-- SPDX-License-Identifier: MIT
-- Radau IIA with three stages, order 5, as in the code RADAU5. The estimate is
-- gamma0 (h f(t, y) - h p'(t)), with p the polynomial through y and the stages
-- (IV.8): gamma0 is error_start, and the weights of the stage values there are
-- written out in slopes here. gamma0 is the real eigenvalue of a. Dense output:
-- the collocation polynomial, CONTR5 of the code.
tableau "radau-iia-5" {
  title = "Radau IIA 5(3)",
  reference = "E. Hairer, G. Wanner, Solving Ordinary Differential Equations II, 2nd ed. 1996, Table IV.5.6 "
    .. "and IV.8; code RADAU5",
  family = "firk",
  aliases = { "radau" },
  order = 5, embedded_order = 3, dense_order = 3,
  stiffly_accurate = true,
  c = { "(4 - sqrt(6))/10", "(4 + sqrt(6))/10", "1" },
  a = {
    { "(88 - 7*sqrt(6))/360", "(296 - 169*sqrt(6))/1800", "(-2 + 3*sqrt(6))/225" },
    { "(296 + 169*sqrt(6))/1800", "(88 + 7*sqrt(6))/360", "(-2 - 3*sqrt(6))/225" },
    { "(16 - sqrt(6))/36", "(16 + sqrt(6))/36", "1/9" },
  },
  b = { "(16 - sqrt(6))/36", "(16 + sqrt(6))/36", "1/9" },
  error = {
    "(6 + 81^(1/3) - 9^(1/3))/30*(-2 - 3*sqrt(6))/6", "(6 + 81^(1/3) - 9^(1/3))/30*(-2 + 3*sqrt(6))/6",
    "(6 + 81^(1/3) - 9^(1/3))/30*-1/3",
  },
  error_start = "(6 + 81^(1/3) - 9^(1/3))/30",
  dense = {
    { "(2 + 3*sqrt(6))/6", "(8 - 13*sqrt(6))/12", "(-5 + 5*sqrt(6))/9" },
    { "(2 - 3*sqrt(6))/6", "(8 + 13*sqrt(6))/12", "(-5 - 5*sqrt(6))/9" },
    { "1/3", "-4/3", "10/9" },
  },
}
