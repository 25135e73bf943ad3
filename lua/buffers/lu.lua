-- SPDX-License-Identifier: MIT
-- Buffers of the direct linear solver: the factors of shift*I - J, as many as
-- these have entries; a vector in their precision where that is not the run's
-- (two where factors are complex); where they are computed by tables, the row at
-- work; and where they serve several steps, new ones until it is known which runs
-- take them.
return buffers {
  precision = lu_precision,
  { "lu_factor", size = lu_entries, persistent = keeps_factors },
  { "lu_vector", size = lu_precision == precision and 0 or linear_unknowns },
  { "lu_row", size = lu_tables and linear_unknowns or 0 },
  { "lu_renewed", size = keeps_factors and lu_entries or 0 },
}
