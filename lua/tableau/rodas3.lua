-- SPDX-License-Identifier: MIT
-- Rodas3: order 3, made for air chemistry at loose tolerances; method and embedded method stiffly
-- accurate. Stages 1 and 2 have their right-hand side in common; the third gives the embedded
-- solution, so the error is the last u. In the transformed form, as KPP has it (PETSc has the
-- classical one, with the same fractions). Dense output is the cubic Hermite one.
tableau "rodas3" {
  title = "Rodas3 3(2)",
  reference = "A. Sandu, J. G. Verwer, J. G. Blom, E. J. Spee, G. R. Carmichael, F. A. Potra, Benchmarking "
    .. "stiff ODE solvers for atmospheric chemistry problems II: Rosenbrock solvers, Atmos. Environ. 31 (1997) "
    .. "3459-3472; coefficients: KPP, Rosenbrock.f90",
  family = "rosenbrock",
  order = 3, embedded_order = 2, index1_order = 3,
  stiffly_accurate = true,
  c = { "0", "0", "1", "1" },
  d = { "1/2", "3/2", "0", "0" },
  transformed = {
    gamma = "1/2",
    a = {
      {},
      { "0" },
      { "2", "0" },
      { "2", "0", "1" },
    },
    c = {
      {},
      { "4" },
      { "1", "-1" },
      { "1", "-1", "-8/3" },
    },
    m = { "2", "0", "1", "1" },
    error = { "0", "0", "0", "1" },
  },
}
