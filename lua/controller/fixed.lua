-- SPDX-License-Identifier: MIT
-- Steps of one size, the setting dt: for methods without an error estimate, and
-- when every run has to take the same steps.
controller "fixed" {
  title = "fixed steps",
  reference = "none: the step size is the setting dt",
  adaptive = false,
}
