/* SPDX-License-Identifier: MIT */
#include "code/problem.h"

#include "code/pieces.h"
#include "code/sum.h"

/* ---- the functions ---- */

static void emit_function_of(Emitter *e, DeviceFunction function, const OutputList *outputs)
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
    emit_function_of(e, (DeviceFunction){ .name = name, .own = { { "Target", target } }, .of_problem = true },
                     &outputs);
}

void problem_emit_hoist(Emitter *e)
{
    if (!e->model->hoisted_count) return;
    OutputList outputs = outputs_of(e, e->model->hoisted, e->model->hoisted_count, "hoisted");
    emit_comment(e, "What depends on the parameters alone: once per run.");
    emit_function_of(
        e, (DeviceFunction){ .name = "hoist", .own = { { "Target", "hoisted" }, { "Parameters", "parameters" } } },
        &outputs);
}

void problem_emit_rhs(Emitter *e)
{
    emit_comment(e, "Right-hand side: ddt = f(t, state; parameters).");
    emit_equations(e, "rhs", "ddt", e->model->derivative, e->model->states);
}

void problem_emit_time_slope(Emitter *e)
{
    const Jacobian *jacobian = e->model->matrix->jacobian;
    OutputList outputs = { 0 };
    for (int i = 0; i < jacobian->n; i++)
        *array_push(e->arena, &outputs) =
            (Output){ .expr = jacobian->time[i],
                      .place = arena_printf(e->arena, "slope[%d]", i),
                      .comment = arena_printf(e->arena, "d ddt.%s / d t", e->model->derivative[i].name) };
    emit_comment(e, "Time derivative of the right-hand side.");
    emit_function_of(e, (DeviceFunction){ .name = "time_slope", .own = { { "Target", "slope" } }, .of_problem = true },
                     &outputs);
}

void problem_emit_observe(Emitter *e)
{
    if (!e->model->system->observables || !e->model->save_observables) return;
    emit_comment(e, "Observables at a saved instant.");
    emit_equations(e, "observe", "observables", e->model->observable, e->model->system->observables);
}

/* ---- their arguments ---- */

const char *problem_arguments(Emitter *e)
{
    View hoisted = view_of(e, "hoisted");
    const char *parameters = emit_read(e, view_of(e, "parameters"));
    return hoisted.count ? arena_printf(e->arena, "%s, %s", parameters, emit_read(e, hoisted)) : parameters;
}

/* t + node h */
static const char *problem_time(const Emitter *e, Number node)
{
    if (e->model->system->autonomous || number_is(node, 0)) return "t";
    if (number_is(node, 1)) return "t + h";
    return arena_printf(e->arena, "t + %s * h", emit_literal(e, node));
}

const char *problem_stage_time(const Emitter *e, int i)
{
    return problem_time(e, e->model->tableau->c[i]);
}

const char *problem_end_time(const Emitter *e)
{
    return problem_time(e, number_integer(1));
}

/* ---- their calls ---- */

static void call(Emitter *e, const char *label, const char *function, View target, View state, const char *time)
{
    emit_step(e, label);
    const char *from = emit_read(e, state), *arguments = problem_arguments(e);
    emit_line(e, "%s(%s, %s, %s, %s);", function, emit_write(e, target), from, arguments, time);
}

void problem_call_hoist(Emitter *e, const char *label)
{
    View hoisted = view_of(e, "hoisted");
    if (!hoisted.count) return;
    emit_step(e, label);
    const char *parameters = emit_read(e, view_of(e, "parameters"));
    emit_line(e, "hoist(%s, %s);", emit_may_write(e, hoisted), parameters);
}

void problem_call_rhs(Emitter *e, const char *label, View ddt, View state, const char *time)
{
    call(e, label, "rhs", ddt, state, time);
    trace_evaluates(e->trace);
}

void problem_call_time_slope(Emitter *e, View slope, View state, const char *time)
{
    call(e, "time derivative", "time_slope", slope, state, time);
}

void problem_call_observe(Emitter *e, View state, const char *time)
{
    View observables = view_of(e, "observables");
    if (e->model->save_observables && observables.count) call(e, "observables", "observe", observables, state, time);
}
