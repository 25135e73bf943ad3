/* SPDX-License-Identifier: MIT */
/* What the parts of direct solvers share: the calls of the functions of lu_code.h. */
#ifndef SOLVER_LU_PART_H
#define SOLVER_LU_PART_H

#include "solver/linear.h"

extern const Counter lu_counters[];

void lu_part_sizes(Scope *scope, const Model *model);
void lu_part_declare(Emitter *e);

/* Factors of the system's matrix, as LinearPart.prepare has them; `ddt`, if not NULL, comes
 * from the same function. */
void lu_part_factor(Emitter *e, const LinearSystem *system, const View *ddt, const char *mask);

/* target[i] = conversion(source[i]) between the precisions of the run and the factors. */
void lu_part_convert(Emitter *e, const char *label, View target, View source, const char *conversion);

#endif
