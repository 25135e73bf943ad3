-- SPDX-License-Identifier: MIT
-- Buffers of an explicit Runge-Kutta step (Hairer, Norsett & Wanner I,
-- section II.1: y_new = y + h sum b_i k_i). n states, s stages.
--
-- stage_cache holds the first stage of a first-same-as-last method, which is
-- the last one of the step before. It may lie over shared memory of the stages
-- where a rejected attempt does not need it again; else it has its own.
local cache_over
if location.stage_rhs == "shared" then
  cache_over = "stage_rhs"
elseif location.stage_accumulator == "shared" then
  cache_over = "stage_accumulator"
end

return buffers {
  { "stage_rhs", size = n },
  { "stage_accumulator", size = (s - 1) * n },
  { "stage_cache", size = first_same_as_last and n or 0, persistent = true, aliases = cache_over, fixed_location = true },
  { "stage_dense", size = dense_stages * n }, -- extra stages of the interpolant
}
