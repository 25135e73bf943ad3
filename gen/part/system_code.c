/* The problem's own functions: hoist, rhs and observe. */
#include "part/equations.h"
#include "part/part.h"

/* The body of a function that computes target[i] = equations[i]. */
static void emit_equations(Emitter *e, const Equation *equations, int count, const char *target)
{
    OutputList outputs = { 0 };
    for (int i = 0; i < count; i++)
        *array_push(e->arena, &outputs) = (Output){ .expr = equations[i].expr, .comment = equations[i].text,
                                                    .place = arena_printf(e->arena, "%s[%d]", target, i) };
    equations_emit(e, &outputs, NULL, e->model->precision);
}

static void emit_hoist(Emitter *e)
{
    if (!e->model->hoisted_count) return;
    emit_comment(e, "What depends on the parameters alone: once per run.");
    emit_line(e, "template <class Target, class Parameters>");
    emit_open(e, "%s void hoist(Target hoisted, Parameters parameters)", equations_inlining(e));
    emit_equations(e, e->model->hoisted, e->model->hoisted_count, "hoisted");
    emit_close(e, "");
    emit_line(e, "%s", "");
}

static void emit_function(Emitter *e, const char *name, const char *target, const Equation *equations, int count)
{
    bool hoisted = e->model->hoisted_count > 0;
    emit_line(e, "template <class Target, class State, class Parameters%s>", hoisted ? ", class Hoisted" : "");
    emit_line(e, "%s void %s([[maybe_unused]] Target %s, [[maybe_unused]] State state, [[maybe_unused]] Parameters parameters,",
              equations_inlining(e), name, target);
    emit_open(e, "    %s[[maybe_unused]] Real t)", hoisted ? "[[maybe_unused]] Hoisted hoisted, " : "");
    emit_equations(e, equations, count, target);
    emit_close(e, "");
    emit_line(e, "%s", "");
}

static void emit_time_slope(Emitter *e)
{
    const Jacobian *jacobian = e->model->matrix->jacobian;
    OutputList outputs = { 0 };
    for (int i = 0; i < jacobian->n; i++)
        *array_push(e->arena, &outputs) = (Output){ .expr = jacobian->time[i], .place = arena_printf(e->arena, "slope[%d]", i),
                                                    .comment = arena_printf(e->arena, "d ddt.%s / d t", e->model->derivative[i].name) };
    emit_comment(e, "Time derivative of the right-hand side.");
    emit_line(e, "template <class Target, class State%s>", equations_types(e));
    emit_line(e, "%s void time_slope(Target slope, [[maybe_unused]] State state, %s,", equations_inlining(e), equations_declarations(e));
    emit_open(e, "    [[maybe_unused]] Real t)");
    equations_emit(e, &outputs, NULL, e->model->precision);
    emit_close(e, "");
    emit_line(e, "%s", "");
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
    emit_function(e, "rhs", "ddt", model->derivative, model->states);
    if (parts->linear) emit_implicit(e, parts);
    if (!model->system->observables || !model->save_observables) return;
    emit_comment(e, "Observables at a saved instant.");
    emit_function(e, "observe", "observables", model->observable, model->system->observables);
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
