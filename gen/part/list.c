/* SPDX-License-Identifier: MIT */
#include "part/list.h"

#include <assert.h>

#define DECLARE(name) extern const Part name##_part;
PARTS(DECLARE)

#define ADDRESS(name) &name##_part,
const Part *const parts_all[] = { PARTS(ADDRESS) NULL };

PartList *parts_make(Arena *arena, const Model *model)
{
    PartList *list = ARENA_NEW(arena, PartList);
    for (int i = 0; parts_all[i]; i++) {
        const Part *part = parts_all[i];
        if (part->serves && !part->serves(model)) continue;
        *array_push(arena, &list->parts) = part;
        if (part->family) list->family = part->family;
        if (part->linear) list->linear = part->linear;
    }
    assert(list->family && !list->linear == !model->matrix);
    return list;
}

CounterList parts_counters(Arena *arena, const PartList *parts)
{
    CounterList list = { 0 };
    for (int i = 0; i < parts->parts.count; i++) {
        const Counter *counter = parts->parts.items[i]->counters;
        for (; counter && counter->name; counter++) *array_push(arena, &list) = *counter;
    }
    return list;
}

WrittenValueList parts_outputs(Arena *arena, const PartList *parts, const Model *model)
{
    WrittenValueList list = { 0 };
    for (int i = 0; i < parts->parts.count; i++)
        if (parts->parts.items[i]->outputs) parts->parts.items[i]->outputs(arena, &list, parts, model);
    return list;
}

void parts_describe(Text *text, const PartList *parts, const Model *model, const char *prefix)
{
    for (int i = 0; i < parts->parts.count; i++)
        if (parts->parts.items[i]->describe) parts->parts.items[i]->describe(text, model, prefix);
}
