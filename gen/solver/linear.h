/* SPDX-License-Identifier: MIT */
/* What a solver of linear systems (shift*I - J) x = b offers the parts above
 * it. A solver is one file of this folder with a constant LinearPart, one buffer
 * spec lua/buffers/NAME.lua, and one word in the list of linear.c.
 *
 * The emitted code stands in begin or attempt of the generated struct Run. It
 * finds `trouble` there, status bits of the attempt so far, and adds to them
 * with note(trouble, mask, CUBIE_...) for runs that it could not serve. */
#ifndef SOLVER_LINEAR_H
#define SOLVER_LINEAR_H

#include "code/emit.h"

struct PartTree;

typedef struct LinearPart {
    const char *name; /* a value of linear_solver; of its buffer spec and of its group */
    /* What it costs and how it is written, lines after `prefix`, for layout.txt and
     * the head of the source; NULL: nothing. */
    void (*describe)(Text *text, const Model *model, const char *prefix);
    /* What it counts, added to parts->counters. */
    void (*count)(Arena *arena, struct PartTree *parts);
    /* The functions of the problem that it calls, before the struct Run. */
    void (*functions)(Emitter *e);
    /* Members of Run that it has, before the four functions of the loop; may be NULL. */
    void (*members)(Emitter *e, const struct PartTree *parts);
    bool may_fail; /* solve may add to `trouble` */
    /* Its buffers, at the start of attempt. */
    void (*declare)(Emitter *e, const struct PartTree *parts);
    /* Makes solves with the matrix at (time, state) possible. `shift` is C text of a
     * Real. ddt, if not NULL, gets f(time, state) on the way. With `mask` (NULL:
     * all) the others keep the matrix they have. */
    void (*prepare)(Emitter *e, const struct PartTree *parts, const View *ddt, View state, const char *time,
                    const char *shift, const char *mask);
    /* x becomes the solution for the right-hand side in x, for the runs in
     * `active` (a Mask's name) that need it; the others may get anything.
     * Matrix-free solvers evaluate J at (time, state) again, with the same
     * `shift`, and stop by the weighted norm of the change they would still make. */
    void (*solve)(Emitter *e, const struct PartTree *parts, View x, View state, const char *time, const char *shift,
                  const char *active);
    /* For methods whose linear systems fall apart into blocks (spectrum.h): the solver
     * of those, where it is another one, else NULL. Its `shift` is 1/h, and instead of
     * solve it has this one: x, or of a complex block x + i y (y else NULL), becomes
     * the solution of the system of that block, with J at t and the loop's state and
     * `shift` in scope. */
    const struct LinearPart *blocks;
    void (*solve_block)(Emitter *e, const struct PartTree *parts, int block, View x, const View *y, const char *active);
} LinearPart;

extern const LinearPart linear_lu_blocks;
extern const LinearPart linear_lu, linear_bicgstab, linear_minimal_residual;

/* Those there are; NULL at the end. */
extern const LinearPart *const linear_parts[];

const LinearPart *linear_find(const char *name);

#endif
