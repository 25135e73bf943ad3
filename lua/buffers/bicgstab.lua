-- SPDX-License-Identifier: MIT
-- Buffers of BiCGSTAB, each for one run: vectors of the unknowns of the largest
-- linear system, one for each state, or a real and an imaginary part.
-- preconditioner: the name of what is used, "none" if nothing.
return buffers {
  { "linear_residual", size = linear_unknowns },
  { "linear_weight", size = n }, -- of the components in inner products: 1 / (atol + rtol |y|)
  { "shadow_residual", size = linear_unknowns }, -- what residuals are made orthogonal to, times its weight
  { "direction", size = linear_unknowns },
  { "direction_product", size = linear_unknowns }, -- the matrix times the preconditioned direction
  { "preconditioned_vec", size = preconditioner == "none" and 0 or linear_unknowns },
  { "preconditioner_diagonal", size = preconditioner == "jacobi" and linear_unknowns or 0 },
  { "temp", size = linear_unknowns }, -- the other products with the matrix
}
