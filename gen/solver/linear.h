/* SPDX-License-Identifier: MIT */
/* What a solver of linear systems (shift*I - J) x = b offers the parts above it. A
 * solver is a part (code/part.h): one file of this folder, one buffer spec
 * lua/buffers/NAME.lua, and one word in the list of part/list.h.
 *
 * The emitted code stands in begin or attempt of the generated struct Run. It
 * finds `trouble` there, status bits of the attempt so far, and adds to them
 * with note(trouble, mask, CUBIE_...) for runs that it could not serve. */
#ifndef SOLVER_LINEAR_H
#define SOLVER_LINEAR_H

#include "code/part.h"

/* A linear system: the matrix at (time, state), and what is in its diagonal, as C text
 * of Reals. */
typedef struct LinearSystem {
    View state;
    const char *time, *shift;
} LinearSystem;

typedef struct LinearPart {
    bool may_fail; /* solve may add to `trouble` */
    /* Makes solves of the system possible. ddt, if not NULL, gets f(time, state) on the
     * way. With `mask` (NULL: all) the others keep the matrix they have. */
    void (*prepare)(Emitter *e, const LinearSystem *system, const View *ddt, const char *mask);
    /* x becomes the solution for the right-hand side in x, for the runs in
     * `active` (a Mask's name) that need it; the others may get anything.
     * Matrix-free solvers evaluate J at (time, state) again, and stop by the weighted
     * norm of the change they would still make. */
    void (*solve)(Emitter *e, const LinearSystem *system, View x, const char *active);
    /* The same for methods whose linear systems fall apart into blocks (spectrum.h), with
     * shift = 1/h: x, or of a complex block x + i y (y else NULL), becomes the solution of
     * the system of that block, with J at t and the loop's state. */
    void (*solve_block)(Emitter *e, int block, View x, const View *y, const char *active);
} LinearPart;

#endif
