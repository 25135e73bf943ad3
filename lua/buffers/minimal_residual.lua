-- Buffers of minimal residual iteration: vectors of n states, each for one run.
-- preconditioner: the name of what is used, "none" if nothing.
return buffers {
  { "linear_residual", size = n },
  { "linear_weight", size = n }, -- of the components in inner products: 1 / (atol + rtol |y|)
  { "preconditioned_vec", size = preconditioner == "none" and 0 or n },
  { "preconditioner_diagonal", size = preconditioner == "jacobi" and n or 0 },
  { "temp", size = n }, -- products with the matrix
}
