-- SPDX-License-Identifier: MIT
-- Buffers of a Rosenbrock step (Hairer & Wanner II, section IV.7, the
-- transformed equations). n states, s stages.
--
-- stage_cache holds f at the start of the step where a later stage, dense output
-- or the next step needs it again.
return buffers {
  { "stage_rhs", size = n },
  { "stage_increment", size = n }, -- u of the stage at work, in the end u_s
  { "stage_store", size = (s - 1) * n }, -- u_1 .. u_(s-1)
  { "stage_cache", size = keeps_first_rhs and n or 0, persistent = true, fixed_location = true,
    aliases = location.stage_store == "shared" and "stage_store" or nil },
  { "cached_auxiliaries", size = autonomous and 0 or n }, -- df/dt at the start of the step
}
