-- SPDX-License-Identifier: MIT
-- Cash-Karp 5(4): the formulas of order 5 and 4 of Cash and Karp's family; the
-- one of order 5 is propagated. The paper has no interpolant.
-- Source: J. R. Cash, A. H. Karp, A variable order Runge-Kutta method for
-- initial value problems with rapidly varying right-hand sides, ACM Trans.
-- Math. Softw. 16 (1990) 201-222.
tableau "cash-karp-54" {
  title = "Cash-Karp 5(4)",
  reference = "J. R. Cash, A. H. Karp, A variable order Runge-Kutta method for initial value problems with "
    .. "rapidly varying right-hand sides, ACM Trans. Math. Softw. 16 (1990) 201-222",
  family = "erk",
  order = 5, embedded_order = 4,
  c = { "0", "1/5", "3/10", "3/5", "1", "7/8" },
  a = {
    {},
    { "1/5" },
    { "3/40", "9/40" },
    { "3/10", "-9/10", "6/5" },
    { "-11/54", "5/2", "-70/27", "35/27" },
    { "1631/55296", "175/512", "575/13824", "44275/110592", "253/4096" },
  },
  b = { "37/378", "0", "250/621", "125/594", "0", "512/1771" },
  embedded = { "2825/27648", "0", "18575/48384", "13525/55296", "277/14336", "1/4" },
}
