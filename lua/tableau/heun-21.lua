-- SPDX-License-Identifier: MIT
-- Heun 2(1): the explicit trapezoidal rule with Euler's method embedded.
-- Source: K. Heun, Neue Methoden zur approximativen Integration der
-- Differentialgleichungen einer unabhaengigen Veraenderlichen, Z. Math. Phys.
-- 45 (1900) 23-38. The first stage alone is Euler's step, hence the estimate.
tableau "heun-21" {
  title = "Heun 2(1)",
  reference = "K. Heun, Neue Methoden zur approximativen Integration der Differentialgleichungen einer "
    .. "unabhaengigen Veraenderlichen, Z. Math. Phys. 45 (1900) 23-38, with Euler's step embedded",
  family = "erk",
  order = 2, embedded_order = 1,
  c = { "0", "1" },
  a = { {}, { "1" } },
  b = { "1/2", "1/2" },
  embedded = { "1", "0" },
}
