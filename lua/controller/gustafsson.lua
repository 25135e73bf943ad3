-- SPDX-License-Identifier: MIT
-- Good for implicit methods on stiff problems: it predicts that the error
-- coefficient goes on changing as it did over the last step, so that steps
-- shrink before a front comes, without rejections.
-- Source: K. Gustafsson, Control-theoretic techniques for stepsize selection in
-- implicit Runge-Kutta methods, ACM Trans. Math. Software 20 (1994) 496-517,
-- as RADAU5 uses it (E. Hairer, G. Wanner, Solving Ordinary Differential
-- Equations II, 2nd ed., Springer 1996, section IV.8, equation (8.25)),
--
--   h_{n+1} = h_n safety (err_{n-1}/err_n^2)^(1/q) h_n/h_{n-1}
--
-- and no more than the I controller gives, which is also what a rejected step
-- and the first one take. (PC11 of G. Soederlind, Digital filters in adaptive
-- time-stepping, ACM Trans. Math. Software 29 (2003) 1-26.)
controller "gustafsson" {
  title = "predictive (Gustafsson, as in RADAU5)",
  reference = "K. Gustafsson, Control-theoretic techniques for stepsize selection in implicit Runge-Kutta methods, "
    .. "ACM Trans. Math. Software 20 (1994) 496-517; E. Hairer, G. Wanner, Solving Ordinary Differential "
    .. "Equations II, 2nd ed., Springer 1996, section IV.8, equation (8.25)",
  adaptive = true,
  ki = "2", kp = "1", kd = "0",
  ratio = "1",
  at_most_i = true,
}
