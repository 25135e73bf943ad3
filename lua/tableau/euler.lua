-- SPDX-License-Identifier: MIT
-- Euler: one evaluation a step, order 1, no error estimate.
-- Source: L. Euler, Institutiones calculi integralis I (1768), sectio secunda,
-- caput VII.
tableau "euler" {
  title = "Euler",
  reference = "L. Euler, Institutiones calculi integralis I, 1768; "
    .. "E. Hairer, S. P. Norsett, G. Wanner, Solving Ordinary Differential Equations I, 2nd ed. 1993, section I.7",
  family = "erk",
  order = 1,
  c = { "0" },
  a = { {} },
  b = { "1" },
}
