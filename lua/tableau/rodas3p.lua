-- SPDX-License-Identifier: MIT
-- Rodas3P: order 3, stiffly accurate. Stages 1 and 3, and 4 and 5, have their
-- right-hand side in common; the fourth gives the embedded solution. In the
-- transformed form, as published and as it is computed with: u = h gamma k,
-- rows of dense for y(theta) = (1 - theta) y + theta (y_new + (1 - theta) (D1 +
-- theta (D2 + theta D3))). All coefficients are exact.
--
-- On stiff components both the method and its estimate lose order, the method more: at the jumps
-- of van der Pol's oscillator errors are 1500 rtol, with this part of the tolerances for a step 67.
tableau "rodas3p" {
  title = "Rodas3P 3(2)",
  reference = "G. Steinebach, Rosenbrock methods within OrdinaryDiffEq.jl: overview, recent developments "
    .. "and applications, Proc. JuliaCon Conf. 2024; coefficients: OrdinaryDiffEq.jl, Rodas3PTableau",
  family = "rosenbrock",
  order = 3, embedded_order = 2, dense_order = 3, index1_order = 3,
  stiffly_accurate = true,
  defaults = { step_tolerance = "0.08" },
  c = { "0", "4/9", "0", "1", "1" },
  d = { "1/3", "-1/9", "1", "0", "0" },
  transformed = {
    gamma = "1/3",
    a = {
      {},
      { "4/3" },
      {},
      { "2.90625", "3.375", "0.40625" },
      { "2.90625", "3.375", "0.40625" },
    },
    c = {
      {},
      { "-4" },
      { "8.25", "6.75" },
      { "1.21875", "-5.0625", "-1.96875" },
      { "4.03125", "-15.1875", "-4.03125", "6" },
    },
    m = { "2.90625", "3.375", "0.40625", "0", "1" },
    error = { "0", "0", "0", "-1", "1" },
    dense = {
      { "1.78125", "6.75", "0.15625", "-6", "-1" },
      { "4.21875", "-15.1875", "-3.09375", "9", "0" },
    },
  },
}
