/* SPDX-License-Identifier: MIT */
/* Newton's method for the nonlinear systems of implicit stages, between the
 * family and the linear solver in the tree of parts; its buffers are those of
 * lua/buffers/newton.lua. The convergence of the iterations is that of
 * cubie/newton.hpp. */
#ifndef PART_NEWTON_H
#define PART_NEWTON_H

#include "code/part.h"

/* Updates whose norms a traced build records, of each system. */
enum { NEWTON_RECORDED = 16 };

/* Where factors serve several steps (model_keeps_factors): the Mask `renew` comes
 * into scope, runs whose factors are not good enough for 1/(h a_ii) = `shift`. The
 * caller renews them inside `if (any(renew))`; then newton_emit_renewed. With factors
 * with which iterations failed the step is tried again, and they are not used again. */
void newton_emit_renew(Emitter *e, const char *shift);
void newton_emit_renewed(Emitter *e, const char *shift);

/* n elements that are free between solves: for dense output. */
View newton_spare(const Emitter *e);

/* z = h a_ii f(time, base + z), the system of one stage of a diagonally implicit
 * method: for
 *
 *     f(time, base + z) - shift z = 0,  shift = 1/(h a_ii),
 *
 * with the matrix that the linear solver has prepared at (matrix_time, state). */
typedef struct NewtonStage {
    int number; /* counted from 1 */
    View base;
    View increment;                         /* z: the first guess, then the solution */
    const char *time, *matrix_time, *shift; /* C text of Reals */
} NewtonStage;

/* The function that the stages call, in front of the first of them: their bases and
 * increments have the same places. */
void newton_emit_function(Emitter *e, const NewtonStage *stage);

/* The iterations for the runs in `active` that are without trouble so far. Those
 * that fail have trouble then, and a z of no use; a run that has converged keeps
 * its z to the last bit while its neighbours go on. Forms base + z in
 * proposed_state. */
void newton_emit_stage(Emitter *e, const NewtonStage *stage);

#endif
