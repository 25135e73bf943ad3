/* SPDX-License-Identifier: MIT */
/* What a preconditioner of Krylov solvers is: an approximate solution z of
 * (I - J/shift) z = r that costs little. One file of this folder or a few lines
 * of preconditioner.c, a constant PreconditionerPart, and one word in the list.
 *
 * The solvers precondition from the right: they iterate on (I - J/shift) M, M
 * being the preconditioner, and their residual stays that of the system itself.
 * What M knows of the size of an equation serves their inner products, too.
 * The emitted code stands in the generated function `solve` (krylov.h). */
#ifndef SOLVER_PRECONDITIONER_H
#define SOLVER_PRECONDITIONER_H

#include "code/emit.h"

typedef struct PreconditionerPart {
    const char *name; /* a value of the setting preconditioner */
    const char *rows; /* vector of what `begin` makes, by which equations are scaled in inner products; NULL: none */
    /* The functions of the problem that it calls, before the struct Run; NULL: none. */
    void (*functions)(Emitter *e);
    /* What is computed once per solve, at (point, t) with `shift`; a bad pivot ends
     * the run's iteration. NULL: nothing. */
    void (*begin)(Emitter *e);
    /* preconditioned_vec from the vector `source`; `temp` may be overwritten.
     * NULL: the vector itself serves. */
    void (*apply)(Emitter *e, const char *source);
} PreconditionerPart;

/* Those there are; NULL at the end. */
extern const PreconditionerPart *const preconditioners[];

const PreconditionerPart *preconditioner_find(const char *name);

/* The preconditioner of the model, whose solver iterates. */
const PreconditionerPart *preconditioner_of(const Model *model);

/* The name of what `apply` leaves: "preconditioned_vec", or `source` itself. */
const char *preconditioner_result(const Model *model, const char *source);

#endif
