/* The parts of an integrator. The tree of parts is the tree of buffer groups
 * is the order of emission: the loop owns a run and its state; the algorithm
 * below it owns the stages. A part is built once, with the buffers of its spec
 * (lua/buffers/), and then emits. */
#ifndef PART_PART_H
#define PART_PART_H

#include "part/emit.h"

/* Buffers of the loop; those a problem has no use for have size 0. */
typedef struct LoopPart {
    const BufferGroup *group;
    const Buffer *state, *proposed_state, *parameters, *hoisted, *observables, *error, *saved_state;
} LoopPart;

/* Buffers of an explicit Runge-Kutta step. */
typedef struct ErkPart {
    const BufferGroup *group;
    const Buffer *stage_rhs, *stage_accumulator, *stage_cache, *stage_dense;
} ErkPart;

typedef struct PartTree {
    LoopPart loop;
    ErkPart erk;
} PartTree;

/* system_code.c: the functions hoist, rhs and observe of the problem. */
void system_emit(Emitter *e);
/* The call that computes `hoisted` once the parameters are there; nothing when
 * there is nothing to hoist. For all runs in flight: those that go on get the
 * values they have, from the same parameters. */
void system_emit_hoist(Emitter *e, const char *label, const PartTree *parts);
/* A call of rhs that reads `state` and writes `ddt`; time is C text. */
void system_emit_rhs(Emitter *e, const char *label, const PartTree *parts, View ddt, View state, const char *time);
void system_emit_observe(Emitter *e, const char *label, const PartTree *parts, View state, const char *time);

/* erk.c: the stages of one attempt, dense output, and what begins a run. */
LoopPart loop_part(const BufferGroup *group);
ErkPart erk_part(const BufferGroup *group);
void erk_emit_declarations(Emitter *e, const PartTree *parts);
/* proposed_state and, adaptive, error from state; h and t are in scope. */
void erk_emit_step(Emitter *e, const PartTree *parts);
/* The view of the derivative at the start of the step that begin fills. */
View erk_first_rhs(const Emitter *e, const PartTree *parts);
/* After an accepted step, what the next one reuses. */
void erk_emit_accept(Emitter *e, const PartTree *parts, const char *mask);
/* Extra stages, once per step that holds an instant; then saved_state at theta. */
void erk_emit_dense_stages(Emitter *e, const PartTree *parts);
void erk_emit_dense(Emitter *e, const PartTree *parts);
/* error_low: the sum of the second estimate at element i, or NULL. */
const char *erk_error_low(Emitter *e, const PartTree *parts);

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

/* loop.c: the struct Run: begin, attempt, done, finish. */
void loop_emit(Emitter *e, const PartTree *parts);

#endif
