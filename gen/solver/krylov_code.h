/* SPDX-License-Identifier: MIT */
/* The generated functions that matrix-free solvers call: the product J v, and
 * what a preconditioner adds. They are inlined where the problem is small. */
#ifndef SOLVER_KRYLOV_CODE_H
#define SOLVER_KRYLOV_CODE_H

#include "code/equations.h"

/* LinearPart.functions of both solvers. */
void krylov_functions(Emitter *e);

/* Whether the solver's loops are unrolled and its functions inlined. */
bool krylov_is_inlined(const Model *model);

#endif
