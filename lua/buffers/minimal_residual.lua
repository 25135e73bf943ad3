-- SPDX-License-Identifier: MIT
-- Buffers of minimal residual iteration, each for one run: vectors of the unknowns of
-- the largest linear system, one for each state, or a real and an imaginary part.
-- preconditioner: the name of what is used, "none" if nothing.
return buffers {
  { "linear_residual", size = linear_unknowns },
  { "linear_weight", size = n }, -- of the components in inner products: 1 / (atol + rtol |y|)
  { "preconditioned_vec", size = preconditioner == "none" and 0 or linear_unknowns },
  { "preconditioner_diagonal", size = preconditioner == "jacobi" and linear_unknowns or 0 },
  { "temp", size = linear_unknowns }, -- products with the matrix
}
