/* SPDX-License-Identifier: MIT */
/* The statements that make and use the factors of a block (model/lu_block.h). */
#ifndef SOLVER_LU_BLOCK_H
#define SOLVER_LU_BLOCK_H

#include "model/lu_block.h"

/* Statements, a line each. Row k of the matrix comes in: the real entries of -J of
 * the row, in the order of its pattern, are in entry[0], entry[1], ... (where `zero`
 * says so there is none), those of a I - J go to their places; then the row is
 * finished by its operations, with the pivot watched. `shifts[i]`, and `turns[i]` for
 * its imaginary part, are the numbers a of block i. */
void lu_block_load_row(Text *text, LuBlock *block, const Lu *lu, int k, const bool *zero);
void lu_block_finish_row(Text *text, LuBlock *block, const LuOperation *operation, int count, bool watched);
/* One operation of the solve; x and, of complex blocks, y: the vector's names. */
void lu_block_solve(Text *text, const LuBlock *block, const LuOperation *operation);

#endif
