/* The problem's own functions: hoist, rhs and observe. */
#include "part/part.h"

/* True when any of the roots depends on the symbol. */
static bool any_depends(const Expr *const *roots, int count, const Symbol *symbol)
{
    for (int i = 0; i < count; i++)
        if (expr_depends(roots[i], symbol)) return true;
    return false;
}

/* "const Real x = state[0];" for what the roots use, several to a line. */
static void emit_symbols(Emitter *e, const Expr *const *roots, int count, const Symbol *const *symbols,
                         int symbol_count, const char *array)
{
    Text line = text_new(e->arena);
    for (int i = 0; i < symbol_count; i++) {
        const Symbol *symbol = symbols[i];
        if (!any_depends(roots, count, symbol)) continue;
        const char *item = arena_printf(e->arena, "%s = %s[%d]", symbol->code, array, i);
        if (line.length && line.length + strlen(item) > 100) {
            emit_line(e, "%s;", line.data);
            line = text_new(e->arena);
        }
        text_printf(&line, "%s%s", line.length ? ", " : "const Real ", item);
    }
    if (line.length) emit_line(e, "%s;", line.data);
}

static void emit_declared(Emitter *e, const Expr *const *roots, int count, const Declaration *declarations,
                          int declared, const char *array)
{
    const Symbol **symbols = ARENA_ARRAY(e->arena, const Symbol *, declared);
    for (int i = 0; i < declared; i++) symbols[i] = declarations[i].symbol;
    emit_symbols(e, roots, count, symbols, declared, array);
}

/* Temporaries and outputs in the schedule's order; each output's source line
 * stands above the first of its own statements, once for repeated lines. */
static void emit_schedule(Emitter *e, const Schedule *schedule, const Equation *equations, const char *target)
{
    const char *last_comment = NULL;
    for (int step = 0, block = 0; step < schedule->count; step++) {
        if (schedule->items[step].root < 0) continue;
        const Equation *equation = &equations[schedule->items[step].root];
        if (equation->text && equation->text != last_comment) emit_comment(e, "%s", last_comment = equation->text);
        for (; block <= step; block++) {
            const ScheduleStep *item = &schedule->items[block];
            Text text = text_new(e->arena);
            expr_print(&text, item->expr, NOTATION_CODE, e->model->precision, schedule, block);
            if (item->root >= 0) emit_line(e, "%s[%d] = %s;", target, item->root, text.data);
            else emit_line(e, "const %s %s = %s;", expr_is_condition(item->expr) ? "Mask" : "Real", item->name, text.data);
        }
    }
}

/* The body of a function that computes target[i] = equations[i]. */
static void emit_equations(Emitter *e, const Equation *equations, int count, const char *target)
{
    const System *system = e->model->system;
    const Expr **roots = ARENA_ARRAY(e->arena, const Expr *, count);
    for (int i = 0; i < count; i++) roots[i] = equations[i].expr;
    emit_declared(e, roots, count, system->state, system->states, "state");
    emit_declared(e, roots, count, system->parameter, system->parameters, "parameters");
    emit_symbols(e, roots, count, e->model->hoisted_symbol, e->model->hoisted_count, "hoisted");
    int names;
    const char *const *taken = model_names(e->arena, system, &names);
    Schedule schedule = schedule_make(e->arena, roots, count, taken, names);
    emit_schedule(e, &schedule, equations, target);
}

static const char *inlining(const Emitter *e)
{
    return e->model->unrolled ? "CUBIE_INLINE" : "CUBIE_NOINLINE";
}

static void emit_hoist(Emitter *e)
{
    if (!e->model->hoisted_count) return;
    emit_comment(e, "What depends on the parameters alone: once per run.");
    emit_line(e, "template <class Target, class Parameters>");
    emit_open(e, "%s void hoist(Target hoisted, Parameters parameters)", inlining(e));
    emit_equations(e, e->model->hoisted, e->model->hoisted_count, "hoisted");
    emit_close(e, "");
    emit_line(e, "%s", "");
}

static void emit_function(Emitter *e, const char *name, const char *target, const Equation *equations, int count)
{
    bool hoisted = e->model->hoisted_count > 0;
    emit_line(e, "template <class Target, class State, class Parameters%s>", hoisted ? ", class Hoisted" : "");
    emit_line(e, "%s void %s([[maybe_unused]] Target %s, [[maybe_unused]] State state, [[maybe_unused]] Parameters parameters,",
              inlining(e), name, target);
    emit_open(e, "    %s[[maybe_unused]] Real t)", hoisted ? "[[maybe_unused]] Hoisted hoisted, " : "");
    emit_equations(e, equations, count, target);
    emit_close(e, "");
    emit_line(e, "%s", "");
}

void system_emit(Emitter *e)
{
    const Model *model = e->model;
    emit_hoist(e);
    emit_comment(e, "Right-hand side: ddt = f(t, state; parameters).");
    emit_function(e, "rhs", "ddt", model->derivative, model->states);
    if (!model->system->observables || !model->save_observables) return;
    emit_comment(e, "Observables at a saved instant.");
    emit_function(e, "observe", "observables", model->observable, model->system->observables);
}

void system_emit_hoist(Emitter *e, const char *label, const PartTree *parts)
{
    if (!parts->loop.hoisted->size) return;
    trace_step(e->trace, label);
    emit_read(e, view_of(parts->loop.parameters));
    emit_may_write(e, view_of(parts->loop.hoisted));
    emit_line(e, "hoist(hoisted, parameters);");
}

/* Reads what a call of rhs or observe is given beside the state; the text of
 * these arguments. */
static const char *emit_uniform_arguments(Emitter *e, const PartTree *parts)
{
    emit_read(e, view_of(parts->loop.parameters));
    if (!parts->loop.hoisted->size) return "parameters";
    emit_read(e, view_of(parts->loop.hoisted));
    return "parameters, hoisted";
}

void system_emit_rhs(Emitter *e, const char *label, const PartTree *parts, View ddt, View state, const char *time)
{
    trace_step(e->trace, label);
    emit_read(e, state);
    const char *uniform = emit_uniform_arguments(e, parts);
    emit_write(e, ddt);
    emit_line(e, "rhs(%s, %s, %s, %s);", ddt.name, state.name, uniform, time);
}

void system_emit_observe(Emitter *e, const char *label, const PartTree *parts, View state, const char *time)
{
    if (!e->model->save_observables || !parts->loop.observables->size) return;
    trace_step(e->trace, label);
    emit_read(e, state);
    const char *uniform = emit_uniform_arguments(e, parts);
    emit_write(e, view_of(parts->loop.observables));
    emit_line(e, "observe(observables, %s, %s, %s);", state.name, uniform, time);
}
