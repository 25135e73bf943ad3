/* SPDX-License-Identifier: MIT */
/* Where parts have an `instant`: those that a user asks for fall where they do, and steps keep
 * their natural length; what lies inside a step comes from dense output. A run of which no
 * instants are saved has one, its end. */
#ifndef PART_INSTANTS_H
#define PART_INSTANTS_H

#include "code/part.h"

void instants_emit_members(Emitter *e);
/* In begin, the one at (or before) the start of the integration. */
void instants_emit_begin(Emitter *e);
/* In attempt, those in the step that is judged and not yet kept. */
void instants_emit_step(Emitter *e);
/* In finish, the end of the runs in `mask` that are `good`; missing values for what the others
 * have not reached. */
void instants_emit_finish(Emitter *e);

#endif
