/* SPDX-License-Identifier: MIT */
/* What a part of an integrator is. The integrator is an ordered list of parts
 * (part/list.h): the list is the tree of buffers and the order of emission, and
 * the loop (part/loop.c) only walks it. A part is one file with one constant Part,
 * and a buffer spec lua/buffers/NAME.lua where it has buffers.
 *
 * A part does not ask which others there are. What it needs of the method's family
 * and of the linear solver are their offers (part/family.h, solver/linear.h). All
 * hooks may be NULL; they emit, in the order of the list, into the generated struct
 * Run, where masks, `run`, `given` and `limits` are in scope as the loop says. */
#ifndef CODE_PART_H
#define CODE_PART_H

#include "code/output.h"
#include "code/view.h"
#include "layout/scope.h"

struct FamilyPart; /* part/family.h */
struct LinearPart; /* solver/linear.h */

/* What a part counts in each run: a member `Count name` of the struct Run, which the
 * results have as a variable. */
typedef struct Counter {
    const char *name, *title;
} Counter;

/* Where and of what something is saved or sampled: the state there and its time, the
 * runs that are due, the number of the instant. Of these the last three are C text. */
typedef struct Instant {
    View state;
    const char *time, *mask, *number;
} Instant;

typedef struct Part {
    /* Whether a model has it; NULL: all do. */
    bool (*serves)(const Model *model);
    /* The name of its buffer spec and of its group; NULL: it has no buffers. The group lies in
     * the loop's, or (inner) in that of the part before that has one. */
    const char *group;
    const char *owner; /* of its buffers, for the manual: "methods of the family erk" */
    bool inner;
    /* Of its buffers or the loop's, those that are members of Run; NULL at the end. */
    const char *const *held;
    /* What its spec, and those of others, see of it by name. */
    void (*sizes)(Scope *scope, const Model *model);
    const Counter *counters; /* without a name at the end; NULL: none */
    /* What it writes to the results. */
    void (*outputs)(Arena *arena, WrittenValueList *list, const PartList *parts, const Model *model);

    /* Lines after `prefix` that say what it costs, in layout.txt and the head of the source. */
    void (*describe)(Text *text, const Model *model, const char *prefix);

    /* `h` is const in what the clock emits as long as no part shortens it; nothing calls `changed`, or
     * `restart` but begin, as long as no part makes values jump. */
    void (*functions)(Emitter *e);                  /* of the problem that it calls, before the struct Run */
    void (*members)(Emitter *e);                    /* of Run: its data */
    void (*routines)(Emitter *e);                   /* and its own functions */
    void (*begin)(Emitter *e);                      /* for the runs in `mask`, at their start; its restart follows */
    void (*declare)(Emitter *e);                    /* its buffers, at the start of attempt */
    void (*limit)(Emitter *e);                      /* may shorten h */
    void (*step)(Emitter *e);                       /* the family's alone: proposed_state and error from state */
    void (*judge)(Emitter *e);                      /* may take runs out of `accept` and change `gain_log2` */
    void (*instant)(Emitter *e, const Instant *at); /* inside an accepted step, at its ends when a run begins or ends */
    void (*accepted)(Emitter *e);                   /* what it keeps of a step, for the runs in `accept` */
    void (*changed)(Emitter *e);                    /* values jumped at the step's end, for the runs in `mask` */
    void (*restart)(Emitter *e);                    /* for the runs in `mask`: what rested on smoothness is void */
    void (*finish)(Emitter *e); /* for the runs in `mask`, at their end; may say why they `stopped` */

    const struct FamilyPart *family; /* what it offers the others; NULL unless it is a family */
    const struct LinearPart *linear; /* the same of a linear solver */
} Part;

/* The parts of one integrator; built by parts_make (part/list.h). */
struct PartList {
    ARRAY(const Part *) parts;
    const BufferGroup *group;        /* the loop's, with all others below it */
    const struct FamilyPart *family; /* the one there is */
    const struct LinearPart *linear; /* of implicit methods, else NULL */
};

/* Every part's hook, in order: PARTS_WALK(e, begin). */
#define PARTS_WALK(e, hook, ...)                                                 \
    for (int part_index = 0; part_index < (e)->parts->parts.count; part_index++) \
        if ((e)->parts->parts.items[part_index]->hook) (e)->parts->parts.items[part_index]->hook(__VA_ARGS__)

#endif
