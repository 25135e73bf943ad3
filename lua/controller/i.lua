-- SPDX-License-Identifier: MIT
-- The classical controller, deadbeat on its model err = C h^q: one step repairs
-- what a jump of C did. Good when tolerances alone limit the step; where
-- stability limits it, steps go up and down and are often rejected.
-- Source: E. Hairer, S. P. Norsett, G. Wanner, Solving Ordinary Differential
-- Equations I, 2nd ed., Springer 1993, section II.4, equation (4.13).
controller "i" {
  title = "integral (the classical step size control)",
  reference = "E. Hairer, S. P. Norsett, G. Wanner, Solving Ordinary Differential Equations I, 2nd ed., Springer "
    .. "1993, section II.4, equation (4.13)",
  adaptive = true,
  ki = "1", kp = "0", kd = "0",
  ratio = "0",
  at_most_i = false,
}
