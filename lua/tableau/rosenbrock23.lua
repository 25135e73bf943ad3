-- SPDX-License-Identifier: MIT
-- The pair of ode23s, a W-method of order 2. The paper has it as W k1 = f0 + h
-- d T, W (k2 - k1) = f1 - k1 with f1 at y + h/2 k1, y_new = y + h k2, W k3 = f2
-- - e32 (k2 - f1) - 2 (k1 - f0) + h d T with f2 at y_new, error h/6 (k1 - 2 k2
-- + k3), which makes the embedded weights those of Simpson, W = I - h d J, d =
-- 1/(2 + sqrt(2)), e32 = 6 + sqrt(2). Putting f0 and f1 from the first two into
-- the third gives the classical form below, row 3 of gamma being d (e32 - 2,
-- -e32, 1).
tableau "rosenbrock23" {
  title = "Rosenbrock 2(3), ode23s",
  reference = "L. F. Shampine, M. W. Reichelt, The MATLAB ODE Suite, SIAM J. Sci. Comput. 18 (1997) 1-22, "
    .. "the section on ode23s",
  family = "rosenbrock",
  aliases = { "ode23s" },
  order = 2, embedded_order = 3, dense_order = 2, w_order = 2,
  first_same_as_last = true,
  c = { "0", "1/2", "1" },
  a = { {}, { "1/2" }, { "0", "1" } },
  gamma = {
    { "1 - sqrt(2)/2" },
    { "sqrt(2)/2 - 1", "1 - sqrt(2)/2" },
    { "(4 + sqrt(2))*(1 - sqrt(2)/2)", "-(6 + sqrt(2))*(1 - sqrt(2)/2)", "1 - sqrt(2)/2" },
  },
  b = { "0", "1", "0" },
  embedded = { "1/6", "2/3", "1/6" },
  dense = {
    { "1/(sqrt(2) - 1)", "-1/(sqrt(2) - 1)" },
    { "-(2 - sqrt(2))/(sqrt(2) - 1)", "1/(sqrt(2) - 1)" },
    { "0", "0" },
  },
}
