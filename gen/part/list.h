/* SPDX-License-Identifier: MIT */
/* The parts there are, and those of one integrator. */
#ifndef PART_LIST_H
#define PART_LIST_H

#include "code/part.h"

/* The list: a part NAME is the constant NAME_part of gen/part/NAME.c or gen/solver/NAME.c. The order
 * is that of emission, and of the tree of buffers: a family, in it Newton's method, in that the
 * linear solver. What judges a step by its error stands before what judges it by other things,
 * and what records all of it near the end. */
/* clang-format off */
#define PARTS(X)        \
    X(inputs)           \
    X(clock)            \
    X(erk)              \
    X(dirk)             \
    X(firk)             \
    X(rosenbrock)       \
    X(control)          \
    X(failure)          \
    X(newton)           \
    X(lu)               \
    X(lu_blocks)        \
    X(bicgstab)         \
    X(minimal_residual) \
    X(counters)         \
    X(records)          \
    X(save)
/* clang-format on */

/* All of them; NULL at the end. */
extern const Part *const parts_all[];

/* Those that serve the model; their groups are not there yet. */
PartList *parts_make(Arena *arena, const Model *model);

/* What all of them count, in their order. */
typedef ARRAY(Counter) CounterList;
CounterList parts_counters(Arena *arena, const PartList *parts);

/* What all of them write of every run, in their order. */
WrittenValueList parts_outputs(Arena *arena, const PartList *parts, const Model *model);

/* What they say of their costs, a line each after `prefix`. */
void parts_describe(Text *text, const PartList *parts, const Model *model, const char *prefix);

#endif
