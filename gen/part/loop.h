/* SPDX-License-Identifier: MIT */
/* One run in flight: the generated struct Run with its four functions begin, attempt,
 * done and finish, around which the runtime's flat loop runs. It walks the list of the parts. */
#ifndef PART_LOOP_H
#define PART_LOOP_H

#include "code/part.h"

/* The functions of the problem that the parts call, and the struct Run. */
void loop_emit_functions(Emitter *e);
void loop_emit(Emitter *e);

#endif
