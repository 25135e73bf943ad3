/* SPDX-License-Identifier: MIT */
/* What the parts of direct solvers share: the calls of the functions of lu_code.h. */
#ifndef SOLVER_LU_PART_H
#define SOLVER_LU_PART_H

#include "part/part.h"

const Buffer *lu_part_buffer(const PartTree *parts, const char *name);

/* Factors of the matrix at (time, state), as LinearPart.prepare has them; `ddt`, if
 * not NULL, comes from the same function. */
void lu_part_factor(Emitter *e, const PartTree *parts, const View *ddt, View state, const char *time, const char *shift,
                    const char *mask);

/* target[i] = conversion(source[i]) between the precisions of the run and the factors. */
void lu_part_convert(Emitter *e, const char *label, View target, View source, const char *conversion);

#endif
