/* SPDX-License-Identifier: MIT */
/* What parts count in each run: `Count NAME` members that begin sets to 0, parts
 * raise, and finish writes to the results. */
#include "part/list.h"

static void each(Emitter *e, void (*emit)(Emitter *, const Counter *, int))
{
    const CounterList counters = parts_counters(e->arena, e->parts);
    for (int i = 0; i < counters.count; i++) emit(e, &counters.items[i], i);
}

static void emit_count(Emitter *e, const Counter *counter, int i)
{
    (void)i;
    emit_line(e, "Count %s; // %s", counter->name, counter->title);
}

static void emit_reset(Emitter *e, const Counter *counter, int i)
{
    (void)i;
    emit_line(e, "%s = select(mask, Count(0u), %s);", counter->name, counter->name);
}

static void emit_store(Emitter *e, const Counter *counter, int i)
{
    emit_line(e, "store_counter<%d>(mask, given, run, %s);", i, counter->name);
}

static void members(Emitter *e)
{
    each(e, emit_count);
}

static void begin(Emitter *e)
{
    each(e, emit_reset);
}

static void finish(Emitter *e)
{
    each(e, emit_store);
}

static void outputs(Arena *arena, WrittenValueList *list, const PartList *parts, const Model *model)
{
    (void)model;
    const CounterList counters = parts_counters(arena, parts);
    for (int i = 0; i < counters.count; i++) {
        const Counter *counter = &counters.items[i];
        *array_push(arena, list) = (WrittenValue){ counter->name, counter->name, counter->title, "", false };
    }
}

const Part counters_part = { .outputs = outputs, .members = members, .begin = begin, .finish = finish };
