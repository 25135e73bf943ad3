-- SPDX-License-Identifier: MIT
-- Buffers of the loop around the steps: what one run carries. n states, p
-- parameters, o observables. The algorithm's buffers are below it.
return buffers {
  { "state", size = n },
  { "proposed_state", size = n }, -- of the attempt, until it is accepted
  { "parameters", size = p },
  { "hoisted", size = hoisted }, -- of the parameters alone, computed once per run
  { "observables", size = o },
  { "error", size = adaptive and n or 0 },
  { "saved_state", size = n }, -- at an instant inside a step
}
