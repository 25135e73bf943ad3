-- SPDX-License-Identifier: MIT
-- SDIRK of two stages, L-stable, gamma = 1 - 1/sqrt(2). The literature has no
-- estimate with it; the embedded weights, of order 1, and the interpolant, the
-- only one of order 2 on these stages, are those of OpenModelica
-- (gbode_tableau.c, SDIRK2), whose decimals these roots are.
tableau "sdirk-22" {
  title = "SDIRK 2(1)",
  reference = "R. Alexander, Diagonally implicit Runge-Kutta methods for stiff O.D.E.s, SIAM J. Numer. "
    .. "Anal. 14 (1977) 1006-1021; embedded weights and dense output: OpenModelica, gbode_tableau.c",
  family = "dirk",
  order = 2, embedded_order = 1, dense_order = 2,
  stiffly_accurate = true,
  c = { "1 - sqrt(2)/2", "1" },
  a = {
    { "1 - sqrt(2)/2" },
    { "sqrt(2)/2", "1 - sqrt(2)/2" },
  },
  b = { "sqrt(2)/2", "1 - sqrt(2)/2" },
  embedded = { "2 - sqrt(2)", "sqrt(2) - 1" },
  dense = {
    { "sqrt(2)", "-sqrt(2)/2" },
    { "1 - sqrt(2)", "sqrt(2)/2" },
  },
}
