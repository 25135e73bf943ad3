/* SPDX-License-Identifier: MIT */
/* Minimal residual iteration in one dimension (Saad, Iterative Methods for
 * Sparse Linear Systems, 2nd ed., section 5.3.2): each step goes along the
 * (preconditioned) residual as far as makes the next one smallest.
 *
 * One product an iteration, and few vectors. It converges when the symmetric
 * part of the preconditioned matrix is definite, the faster the closer the
 * matrix is to the identity: with short steps, |J|/shift of order 1. */
#include "solver/krylov.h"
#include "part/part.h"

static void members(Emitter *e, const PartTree *parts)
{
    krylov_emit_begin(e, parts,
                      "Minimal residual iteration (Saad, Iterative Methods for Sparse Linear Systems, 5.3.2).");
    emit_open(e, "while (iteration.next())");
    krylov_emit_least_residual(e, parts, "");
    emit_close(e, "");
    krylov_emit_end(e);
}

const LinearPart linear_minimal_residual = { .name = "minimal_residual", .members = members, KRYLOV_PART };
