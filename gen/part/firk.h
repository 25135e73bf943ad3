/* SPDX-License-Identifier: MIT */
/* What the files of the firk family share; firk.c says what a step is. */
#ifndef PART_FIRK_H
#define PART_FIRK_H

#include "part/family.h"

/* z of stage i (from 0), as z1, z2, ...; and what Newton's method works on, as d1, d2,
 * ...: the right-hand sides of the stages, then the corrections. */
View firk_increment(const Emitter *e, int i);
View firk_delta(const Emitter *e, int i);
/* y + z_i, or any state. */
View firk_stage_state(const Emitter *e);

/* Weights of the end of the step: y_new - y = sum of weights z. */
const Number *firk_end_weights(const Emitter *e);

/* firk_newton.c: first z, then the iterations of those runs in `active` that are
 * without trouble. */
void firk_emit_prediction(Emitter *e);
void firk_emit_newton(Emitter *e);

/* firk_error.c: `error`, from state, proposed_state and the z. */
void firk_emit_error(Emitter *e);

#endif
