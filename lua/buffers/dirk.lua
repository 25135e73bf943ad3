-- SPDX-License-Identifier: MIT
-- Buffers of a diagonally implicit Runge-Kutta step (Hairer & Wanner II, section
-- IV.6). n states, s stages.
--
-- The increment z of the stage at work is in stage_increment; of stages that are
-- done the derivatives are in accumulator. A first-same-as-last method has that
-- of its first stage in rhs_cache, where the last stage of the step before has
-- left it; others predict their first increment from the last stage of the
-- step before, whose derivative is in increment_cache. Newton's part of the
-- shared slab, with the linear solver's, lies in solver_scratch.
return buffers {
  { "stage_increment", size = n },
  { "accumulator", size = (s - 1) * n },
  { "stage_base", size = n, aliases = "accumulator" },
  { "solver_scratch", size = solver_elements },
  { "newton_shared", size = 0, aliases = "solver_scratch", fixed_location = true },
  { "increment_cache", size = first_same_as_last and 0 or n, persistent = true, aliases = "newton_shared" },
  { "rhs_cache", size = first_same_as_last and n or 0, persistent = true, aliases = "newton_shared" },
}
