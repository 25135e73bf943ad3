-- Buffers of the direct linear solver: the factors of shift*I - J, as many as
-- these have entries, and a vector in their precision where that is not the
-- run's.
return buffers {
  precision = lu_precision,
  { "lu_factor", size = lu_entries },
  { "lu_vector", size = lu_precision == precision and 0 or n },
}
