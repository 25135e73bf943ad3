/* SPDX-License-Identifier: MIT */
/* The parts of an integrator. The tree of parts is the tree of buffer groups
 * is the order of emission: the loop owns a run and its state; the algorithm
 * below it owns the stages. A part is built once, with the buffers of its spec
 * (lua/buffers/), and then emits. */
#ifndef PART_PART_H
#define PART_PART_H

#include "code/emit.h"
#include "part/family.h"
#include "solver/linear.h"

/* Buffers of the loop; those a problem has no use for have size 0. */
typedef struct LoopPart {
    const BufferGroup *group;
    const Buffer *state, *proposed_state, *parameters, *hoisted, *observables, *error, *saved_state;
} LoopPart;

typedef struct PartTree PartTree;

/* What a part counts in each run: a member `Count name` of the struct Run, written
 * to the output file. */
typedef struct Counter {
    const char *name, *title;
} Counter;
typedef ARRAY(Counter) CounterList;

struct PartTree {
    LoopPart loop;
    const FamilyPart *family;
    const BufferGroup *group;        /* of the family's buffers */
    const BufferGroup *newton_group; /* of families with Newton iterations, else NULL */
    const LinearPart *linear;        /* of implicit families, else NULL */
    const BufferGroup *linear_group;
    CounterList counters;
};

/* loop.c: the buffers of the loop's group. */
LoopPart loop_part(const BufferGroup *group);

/* system_code.c: the functions hoist, rhs and observe of the problem; with an
 * implicit method what its linear solver needs, too. */
void system_emit(Emitter *e, const PartTree *parts);
/* The call that computes `hoisted` once the parameters are there; nothing when
 * there is nothing to hoist. For all runs in flight: those that go on get the
 * values they have, from the same parameters. */
void system_emit_hoist(Emitter *e, const char *label, const PartTree *parts);
/* A call of rhs that reads `state` and writes `ddt`; time is C text. */
void system_emit_rhs(Emitter *e, const char *label, const PartTree *parts, View ddt, View state, const char *time);
/* The time of stage i (from 0) as C text: "t + 0.5 * h"; "t" when nothing depends on it. */
const char *system_stage_time(const Emitter *e, int i);
/* Of df/dt, for Rosenbrock methods. */
void system_emit_time_slope(Emitter *e, const PartTree *parts, View slope, View state, const char *time);
void system_emit_observe(Emitter *e, const char *label, const PartTree *parts, View state, const char *time);

/* control.c: error norm, acceptance and the next dt; `accept`, `norm` and
 * `gain` come into scope. */
void control_emit_members(Emitter *e);
void control_emit_begin(Emitter *e, const PartTree *parts);
void control_emit_judge(Emitter *e, const PartTree *parts);
void control_emit_next(Emitter *e);

/* save.c: instants inside an accepted step, and at the start of a run. */
void save_emit_start(Emitter *e, const PartTree *parts);
void save_emit_step(Emitter *e, const PartTree *parts);
void save_emit_outputs(Emitter *e, const PartTree *parts, const char *mask, View state, const char *instant);

/* counter.c: the counters as members of Run; in begin, 0 for the runs in `mask`;
 * in finish, their values to the results. */
void counter_emit_members(Emitter *e, const PartTree *parts);
void counter_emit_reset(Emitter *e, const PartTree *parts);
void counter_emit_store(Emitter *e, const PartTree *parts);

/* loop.c: the struct Run: begin, attempt, done, finish. */
void loop_emit(Emitter *e, const PartTree *parts);

#endif
