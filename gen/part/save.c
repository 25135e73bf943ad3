/* SPDX-License-Identifier: MIT */
/* What is saved at an instant: states, and observables computed from them. */
#include "part/list.h"

#include "code/problem.h"

static void functions(Emitter *e)
{
    problem_emit_observe(e);
}

static void emit_store(Emitter *e, View view, int first_output, const Instant *at)
{
    if (!view.count) return;
    emit_step(e, "store");
    emit_line(e, "store<%d, %d>(%s, %s, given, %s, run);", first_output, view.count, at->mask, emit_read(e, view),
              at->number);
}

static void instant(Emitter *e, const Instant *at)
{
    int observables_at = e->model->save_states ? e->model->states : 0;
    problem_call_observe(e, at->state, at->time);
    if (e->model->save_states) emit_store(e, at->state, 0, at);
    if (e->model->save_observables) emit_store(e, view_of(e, "observables"), observables_at, at);
}

static void sizes(Scope *scope, const Model *model)
{
    scope_count(scope, "o", model->save_observables ? model->system->observables : 0);
}

static void outputs(Arena *arena, WrittenValueList *list, const PartList *parts, const Model *model)
{
    (void)parts;
    const System *system = model->system;
    for (int i = 0; model->save_states && i < system->states; i++) {
        const Declaration *state = &system->state[i];
        *array_push(arena, list) = (WrittenValue){ state->symbol->name, state->symbol->code, "", state->unit, true };
    }
    for (int i = 0; model->save_observables && i < system->observables; i++) {
        const Equation *observable = &system->observable[i];
        *array_push(arena, list) = (WrittenValue){ observable->name, observable->code, "", observable->unit, true };
    }
}

static const char *const held[] = { "observables", NULL };

const Part save_part = { .held = held, .sizes = sizes, .outputs = outputs, .functions = functions, .instant = instant };
