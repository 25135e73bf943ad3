-- SPDX-License-Identifier: MIT
-- ROS3P: order 3 on parabolic problems, A-stable (R(inf) = 0.73), stages 2 and
-- 3 having their right-hand side in common. In the classical form, as the paper
-- has it. Dense output is the cubic Hermite one.
--
-- For fixed steps: the embedded weights, as published, give the same R(z) as the method, so on
-- linear equations the estimate is zero whatever the step (method/estimate.h finds that, and
-- adaptive steps are refused).
tableau "ros3p" {
  title = "ROS3P",
  reference = "J. Lang, J. Verwer, ROS3P: an accurate third-order Rosenbrock solver designed for parabolic "
    .. "problems, BIT 41 (2001) 731-738",
  family = "rosenbrock",
  order = 3, embedded_order = 2, index1_order = 3,
  c = { "0", "1", "1" },
  a = { {}, { "1" }, { "1" } },
  gamma = {
    { "1/2 + sqrt(3)/6" },
    { "-1", "1/2 + sqrt(3)/6" },
    { "-1/2 - sqrt(3)/6", "-1/2 - sqrt(3)/3", "1/2 + sqrt(3)/6" },
  },
  b = { "2/3", "0", "1/3" },
  embedded = { "1/3", "1/3", "1/3" },
}
