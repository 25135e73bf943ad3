/* SPDX-License-Identifier: MIT */
#include "part/list.h"

#include <assert.h>

#include "part/family.h"
#include "solver/linear.h"

/* The order is that of emission, and of the tree of buffers: a family, in it Newton's method, in
 * that the linear solver. What judges a step by its error stands before what judges it by
 * other things, and what records all of it at the end. */
const Part *const parts_all[] = {
    &inputs_part,  &clock_part,  &erk_part, &dirk_part,      &firk_part,     &rosenbrock_part,       &control_part,
    &failure_part, &newton_part, &lu_part,  &lu_blocks_part, &bicgstab_part, &minimal_residual_part, &counters_part,
    &records_part, &save_part,   NULL,
};

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

void parts_describe(Text *text, const PartList *parts, const Model *model, const char *prefix)
{
    for (int i = 0; i < parts->parts.count; i++)
        if (parts->parts.items[i]->describe) parts->parts.items[i]->describe(text, model, prefix);
}
