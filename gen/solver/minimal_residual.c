/* SPDX-License-Identifier: MIT */
/* Minimal residual iteration in one dimension (Saad, Iterative Methods for
 * Sparse Linear Systems, 2nd ed., section 5.3.2): each step goes along the
 * (preconditioned) residual as far as makes the next one smallest.
 *
 * One product an iteration, and few vectors. It converges when the symmetric
 * part of the preconditioned matrix is definite, the faster the closer the
 * matrix is to the identity: with short steps, |J|/shift of order 1. */
#include <string.h>

#include "solver/krylov.h"

static void routines(Emitter *e)
{
    EmittedFunction function =
        krylov_emit_begin(e, "Minimal residual iteration (Saad, Iterative Methods for Sparse Linear Systems, 5.3.2).");
    emit_region(e, TRACE_LOOP, "linear iterations", "while (iteration.next())");
    krylov_emit_least_residual(e, NULL);
    emit_region_end(e);
    krylov_emit_end(e, &function);
}

static bool serves(const Model *model)
{
    return model->matrix && !strcmp(model->linear_solver, "minimal_residual");
}

const Part minimal_residual_part = { .serves = serves,
                                     .group = "minimal_residual",
                                     .owner = "the linear solver minimal_residual",
                                     .routines = routines,
                                     KRYLOV_PART };
