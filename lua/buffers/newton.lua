-- SPDX-License-Identifier: MIT
-- Buffers of Newton iterations (Hairer & Wanner II, section IV.8) over the
-- unknowns of one nonlinear system: n for diagonally implicit stages, s n for
-- fully implicit ones.
--
-- `delta` holds the residual, which the linear solver turns into the correction
-- in place. So there is no residual beside it, and none while a step is shortened:
-- a step whose iterations do not converge is tried again instead. The state
-- that a stage starts from is the algorithm's own.
return buffers {
  { "delta", size = unknowns },
}
