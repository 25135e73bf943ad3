/* Dense output: what a step gives between its ends, into saved_state. */
#ifndef PART_DENSE_H
#define PART_DENSE_H

#include "part/emit.h"

struct PartTree;

/* saved_state = state + scale sum_i b_i(theta) stage_i, with the rows of `tableau`
 * (tableau_dense_bernstein); scale: "h", or NULL for 1. */
void dense_emit_interpolant(Emitter *e, const struct PartTree *parts, const Tableau *tableau, const View *stage,
                            const char *scale);

/* Cubic Hermite, from the derivatives at both ends of the step. */
void dense_emit_hermite(Emitter *e, const struct PartTree *parts, View first, View last);

#endif
