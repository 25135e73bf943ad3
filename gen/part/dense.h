/* SPDX-License-Identifier: MIT */
/* Dense output: what a step gives between its ends. */
#ifndef PART_DENSE_H
#define PART_DENSE_H

#include "code/part.h"

/* saved_state at theta, the fraction of the step: by the tableau's interpolant,
 *
 *   saved_state = state + scale sum_i b_i(theta) stage_i,  scale: h for derivatives, else 1,
 *
 * or cubic Hermite from the derivatives at both ends of the step. What of these the
 * step itself does not leave, the family's dense_begin has computed. */
void dense_emit(Emitter *e);

#endif
