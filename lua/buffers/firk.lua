-- SPDX-License-Identifier: MIT
-- Buffers of a fully implicit Runge-Kutta step (Hairer & Wanner II, section IV.8).
-- n states, s stages.
--
-- stage_increment holds z_1 .. z_s, with y + z_i the stages. It lives on after the
-- step: the next one begins its iterations on the polynomial through them. stage_state
-- is the stage at work. Newton's part of the shared slab, with the linear solver's,
-- lies in solver_scratch.
return buffers {
  { "stage_increment", size = s * n, persistent = true },
  { "stage_state", size = n },
  { "solver_scratch", size = solver_elements },
  { "newton_shared", size = 0, aliases = "solver_scratch", fixed_location = true },
}
