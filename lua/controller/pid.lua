-- SPDX-License-Identifier: MIT
-- Good where the error estimate is noisy or its coefficient changes all the
-- time: the slowest of the controllers, and the one with the smoothest steps.
-- Source: C. A. Kennedy, M. H. Carpenter, Additive Runge-Kutta schemes for
-- convection-diffusion-reaction equations, Appl. Numer. Math. 44 (2003)
-- 139-181: exponents 0.49/q, 0.34/q, 0.10/q, that is kI = 0.25, kP = 0.14,
-- kD = 0.10 of a PID controller (ki = kI + kP + kD, kp = kP + 2 kD, kd = kD).
-- With a third exponent a very small error two steps ago could enlarge even a
-- rejected step, so the gain is at most that of the I controller, which binds
-- next to nowhere else. The sum ki - kp + kd is 1/4, so steps settle at
-- safety^4 of what the tolerance would allow.
controller "pid" {
  title = "proportional-integral-derivative (Kennedy and Carpenter)",
  reference = "C. A. Kennedy, M. H. Carpenter, Additive Runge-Kutta schemes for convection-diffusion-reaction "
    .. "equations, Appl. Numer. Math. 44 (2003) 139-181",
  adaptive = true,
  ki = "0.49", kp = "0.34", kd = "0.10",
  ratio = "0",
  at_most_i = true,
}
