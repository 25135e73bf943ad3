-- SPDX-License-Identifier: MIT
-- SDIRK of five stages, order 4(3), L-stable, gamma = 1/4, with the interpolant
-- of the code SDIRK4, of degree 4 and order 3 (its D11 to D45, there for
-- increments; here in powers of theta for slopes, as OpenModelica has them
-- too).
tableau "l-stable-sdirk-4" {
  title = "L-stable SDIRK 4(3)",
  reference = "E. Hairer, G. Wanner, Solving Ordinary Differential Equations II, 2nd ed. 1996, Table "
    .. "IV.6.5, and their code SDIRK4",
  family = "dirk",
  order = 4, embedded_order = 3, dense_order = 3,
  stiffly_accurate = true,
  c = { "1/4", "3/4", "11/20", "1/2", "1" },
  a = {
    { "1/4" },
    { "1/2", "1/4" },
    { "17/50", "-1/25", "1/4" },
    { "371/1360", "-137/2720", "15/544", "1/4" },
    { "25/24", "-49/48", "125/16", "-85/12", "1/4" },
  },
  b = { "25/24", "-49/48", "125/16", "-85/12", "1/4" },
  embedded = { "59/48", "-17/96", "225/32", "-85/12", "0" },
  dense = {
    { "11/3", "-463/72", "217/36", "-20/9" },
    { "11/2", "-385/16", "661/24", "-10" },
    { "-125/18", "20125/432", "-8875/216", "250/27" },
    { "0", "-85/4", "85/6", "0" },
    { "-11/9", "557/108", "-359/54", "80/27" },
  },
}
