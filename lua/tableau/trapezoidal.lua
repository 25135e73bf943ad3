-- SPDX-License-Identifier: MIT
-- Trapezoidal rule: Lobatto IIIA with two stages. It has no estimate of its
-- error; ode23t has.
tableau "trapezoidal" {
  title = "trapezoidal rule",
  reference = "J. Crank, P. Nicolson, A practical method for numerical evaluation of solutions of partial "
    .. "differential equations of the heat-conduction type, Proc. Camb. Phil. Soc. 43 (1947) 50-67",
  family = "dirk",
  aliases = { "crank-nicolson" },
  order = 2,
  first_same_as_last = true, stiffly_accurate = true,
  c = { "0", "1" },
  a = {
    {},
    { "1/2", "1/2" },
  },
  b = { "1/2", "1/2" },
}
