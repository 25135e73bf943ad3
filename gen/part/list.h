/* SPDX-License-Identifier: MIT */
/* The parts there are, and those of one integrator. */
#ifndef PART_LIST_H
#define PART_LIST_H

#include "code/part.h"

/* All, in the order of the list; NULL at the end. A part that is in this list is there. */
extern const Part *const parts_all[];

extern const Part inputs_part, clock_part, control_part, failure_part, newton_part, counters_part, records_part,
    save_part;

/* Those that serve the model; their groups are not there yet. */
PartList *parts_make(Arena *arena, const Model *model);

/* What all of them count, in their order. */
typedef ARRAY(Counter) CounterList;
CounterList parts_counters(Arena *arena, const PartList *parts);

/* What they say of their costs, a line each after `prefix`. */
void parts_describe(Text *text, const PartList *parts, const Model *model, const char *prefix);

#endif
