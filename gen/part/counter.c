/* SPDX-License-Identifier: MIT */
/* What parts count in each run: `Count NAME` members that begin sets to 0, parts
 * raise, and finish writes to the results. */
#include "part/part.h"

void counter_emit_members(Emitter *e, const PartTree *parts)
{
    for (int i = 0; i < parts->counters.count; i++) {
        const Counter *counter = &parts->counters.items[i];
        emit_line(e, "Count %s; // %s", counter->name, counter->title);
    }
}

void counter_emit_reset(Emitter *e, const PartTree *parts)
{
    for (int i = 0; i < parts->counters.count; i++) {
        const char *name = parts->counters.items[i].name;
        emit_line(e, "%s = select(mask, Count(0u), %s);", name, name);
    }
}

void counter_emit_store(Emitter *e, const PartTree *parts)
{
    for (int i = 0; i < parts->counters.count; i++)
        emit_line(e, "store_counter<%d>(mask, given, run, %s);", i, parts->counters.items[i].name);
}
