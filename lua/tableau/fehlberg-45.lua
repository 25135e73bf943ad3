-- SPDX-License-Identifier: MIT
-- Fehlberg 4(5), RKF45: formula 2 of table III, as Fehlberg meant it: the
-- solution of order 4 is propagated (its error constants are the small ones)
-- and the one of order 5 measures its error. Codes that propagate the solution
-- of order 5 instead (local extrapolation) have the two sets of weights the
-- other way round. The report has no interpolant.
-- Source: E. Fehlberg, Low-order classical Runge-Kutta formulas with stepsize
-- control and their application to some heat transfer problems, NASA TR R-315
-- (1969).
tableau "fehlberg-45" {
  title = "Fehlberg 4(5)",
  reference = "E. Fehlberg, Low-order classical Runge-Kutta formulas with stepsize control and their application "
    .. "to some heat transfer problems, NASA TR R-315 (1969), table III, formula 2; order 4 is propagated",
  family = "erk",
  aliases = { "rkf45" },
  order = 4, embedded_order = 5,
  c = { "0", "1/4", "3/8", "12/13", "1", "1/2" },
  a = {
    {},
    { "1/4" },
    { "3/32", "9/32" },
    { "1932/2197", "-7200/2197", "7296/2197" },
    { "439/216", "-8", "3680/513", "-845/4104" },
    { "-8/27", "2", "-3544/2565", "1859/4104", "-11/40" },
  },
  b = { "25/216", "0", "1408/2565", "2197/4104", "-1/5", "0" },
  embedded = { "16/135", "0", "6656/12825", "28561/56430", "-9/50", "2/55" },
}
