-- SPDX-License-Identifier: MIT
-- Trapezoidal rule 2(3): two trapezoidal steps of h/2, with Simpson's rule on
-- their three slopes for the estimate (TRX2). The solver of that name in MATLAB
-- takes the third derivative of its estimate from the slopes of two successive
-- steps; a method of one step needs the third slope within the step.
tableau "ode23t" {
  title = "trapezoidal 2(3), TRX2",
  reference = "M. E. Hosea, L. F. Shampine, Analysis and implementation of TR-BDF2, Appl. Numer. Math. 20 "
    .. "(1996) 21-37 (TRX2)",
  family = "dirk",
  order = 2, embedded_order = 3,
  first_same_as_last = true, stiffly_accurate = true,
  c = { "0", "1/2", "1" },
  a = {
    {},
    { "1/4", "1/4" },
    { "1/4", "1/2", "1/4" },
  },
  b = { "1/4", "1/2", "1/4" },
  embedded = { "1/6", "2/3", "1/6" },
}
