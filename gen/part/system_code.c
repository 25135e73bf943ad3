/* SPDX-License-Identifier: MIT */
/* The problem's own functions: hoist, rhs and observe. */
#include "part/part.h"
#include "code/pieces.h"

static void emit_function(Emitter *e, DeviceFunction function, const OutputList *outputs)
{
    function.inlined = pieces_are_few(e, outputs);
    pieces_emit(e, &function, outputs);
}

/* target[i] = equations[i] */
static OutputList outputs_of(Emitter *e, const Equation *equations, int count, const char *target)
{
    OutputList outputs = { 0 };
    for (int i = 0; i < count; i++)
        *array_push(e->arena, &outputs) = (Output){ .expr = equations[i].expr,
                                                    .comment = equations[i].text,
                                                    .place = arena_printf(e->arena, "%s[%d]", target, i) };
    return outputs;
}

static void emit_equations(Emitter *e, const char *name, const char *target, const Equation *equations, int count)
{
    OutputList outputs = outputs_of(e, equations, count, target);
    emit_function(e, (DeviceFunction){ .name = name, .own = { { "Target", target, false } }, .of_problem = true },
                  &outputs);
}

static void emit_hoist(Emitter *e)
{
    if (!e->model->hoisted_count) return;
    OutputList outputs = outputs_of(e, e->model->hoisted, e->model->hoisted_count, "hoisted");
    DeviceFunction hoist = { .name = "hoist",
                             .own = { { "Target", "hoisted", false }, { "Parameters", "parameters", false } } };
    emit_comment(e, "What depends on the parameters alone: once per run.");
    emit_function(e, hoist, &outputs);
}

static void emit_time_slope(Emitter *e)
{
    const Jacobian *jacobian = e->model->matrix->jacobian;
    OutputList outputs = { 0 };
    for (int i = 0; i < jacobian->n; i++)
        *array_push(e->arena, &outputs) =
            (Output){ .expr = jacobian->time[i],
                      .place = arena_printf(e->arena, "slope[%d]", i),
                      .comment = arena_printf(e->arena, "d ddt.%s / d t", e->model->derivative[i].name) };
    emit_comment(e, "Time derivative of the right-hand side.");
    emit_function(e,
                  (DeviceFunction){ .name = "time_slope", .own = { { "Target", "slope", false } }, .of_problem = true },
                  &outputs);
}

/* What implicit methods need of the problem. */
static void emit_implicit(Emitter *e, const PartTree *parts)
{
    if (e->model->tableau->family == FAMILY_ROSENBROCK && !e->model->matrix->jacobian->autonomous) emit_time_slope(e);
    parts->linear->functions(e);
}

void system_emit(Emitter *e, const PartTree *parts)
{
    const Model *model = e->model;
    emit_hoist(e);
    emit_comment(e, "Right-hand side: ddt = f(t, state; parameters).");
    emit_equations(e, "rhs", "ddt", model->derivative, model->states);
    if (parts->linear) emit_implicit(e, parts);
    if (!model->system->observables || !model->save_observables) return;
    emit_comment(e, "Observables at a saved instant.");
    emit_equations(e, "observe", "observables", model->observable, model->system->observables);
}

const char *system_stage_time(const Emitter *e, int i)
{
    Number c = e->model->tableau->c[i];
    if (e->model->system->autonomous || number_is(c, 0)) return "t";
    if (number_is(c, 1)) return "t + h";
    return arena_printf(e->arena, "t + %s * h", emit_literal(e, c));
}

void system_emit_time_slope(Emitter *e, const PartTree *parts, View slope, View state, const char *time)
{
    trace_step(e->trace, "time derivative");
    emit_read(e, state);
    const char *arguments = equations_arguments(e, parts);
    emit_write(e, slope);
    emit_line(e, "time_slope(%s, %s, %s, %s);", slope.name, state.name, arguments, time);
}

void system_emit_hoist(Emitter *e, const char *label, const PartTree *parts)
{
    if (!parts->loop.hoisted->size) return;
    trace_step(e->trace, label);
    emit_read(e, view_of(parts->loop.parameters));
    emit_may_write(e, view_of(parts->loop.hoisted));
    emit_line(e, "hoist(hoisted, parameters);");
}

void system_emit_rhs(Emitter *e, const char *label, const PartTree *parts, View ddt, View state, const char *time)
{
    trace_step(e->trace, label);
    emit_read(e, state);
    const char *uniform = equations_arguments(e, parts);
    emit_write(e, ddt);
    emit_line(e, "rhs(%s, %s, %s, %s);", ddt.name, state.name, uniform, time);
}

void system_emit_observe(Emitter *e, const char *label, const PartTree *parts, View state, const char *time)
{
    if (!e->model->save_observables || !parts->loop.observables->size) return;
    trace_step(e->trace, label);
    emit_read(e, state);
    const char *uniform = equations_arguments(e, parts);
    emit_write(e, view_of(parts->loop.observables));
    emit_line(e, "observe(observables, %s, %s, %s);", state.name, uniform, time);
}
