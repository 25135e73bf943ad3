-- SPDX-License-Identifier: MIT
-- Good for explicit methods, mildly stiff problems included: the look at the
-- last error damps the oscillation of steps where stability limits them, and
-- smooths them elsewhere.
-- Source: K. Gustafsson, Control theoretic techniques for stepsize selection in
-- explicit Runge-Kutta methods, ACM Trans. Math. Software 17 (1991) 533-554,
-- with the exponents of DOPRI5 (E. Hairer, G. Wanner, Solving Ordinary
-- Differential Equations II, 2nd ed., Springer 1996, section IV.2), which are
-- 1/5 - 0.75 beta and beta with beta = 0.04 and q = 5: 0.85/q and 0.2/q. In
-- Soederlind's terms kI = 0.65 and kP = 0.2, next to his PI.4.2 (0.6 - 0.2
-- rather than 0.85 - 0.2; G. Soederlind, L. Wang, Adaptive time-stepping and
-- computational stability, J. Comput. Appl. Math. 185 (2006) 225-243).
-- DOPRI5 leaves the last error out after a rejection; here it stays, and since
-- that error was below 1 it can only make the retry more careful.
controller "pi" {
  title = "proportional-integral (Gustafsson; exponents of DOPRI5)",
  reference = "K. Gustafsson, Control theoretic techniques for stepsize selection in explicit Runge-Kutta methods, "
    .. "ACM Trans. Math. Software 17 (1991) 533-554; E. Hairer, G. Wanner, Solving Ordinary Differential "
    .. "Equations II, 2nd ed., Springer 1996, section IV.2",
  adaptive = true,
  ki = "0.85", kp = "0.2", kd = "0",
  ratio = "0",
  at_most_i = false,
}
