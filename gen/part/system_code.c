/* The problem's own functions: rhs, observe and the initial values. */
#include "part/part.h"
#include "system/names.h"

/* True when any of the roots depends on the symbol. */
static bool any_depends(const Expr *const *roots, int count, const Symbol *symbol)
{
    for (int i = 0; i < count; i++)
        if (expr_depends(roots[i], symbol)) return true;
    return false;
}

/* "const Real x = state[0];" for what the roots use, several to a line. */
static void emit_symbols(Emitter *e, const Expr *const *roots, int count, const Declaration *declarations,
                         int declared, const char *array)
{
    Text line = text_new(e->arena);
    for (int i = 0; i < declared; i++) {
        const Symbol *symbol = declarations[i].symbol;
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

static void add_declared_names(Emitter *e, const char ***taken, int *count)
{
    const System *system = e->model->system;
    int reserved;
    const char *const *names = names_of_text(&reserved);
    *taken = ARENA_ARRAY(e->arena, const char *, reserved + system->states + system->parameters);
    *count = 0;
    for (int i = 0; i < reserved; i++) (*taken)[(*count)++] = names[i];
    for (int i = 0; i < system->states; i++) (*taken)[(*count)++] = system->state[i].symbol->code;
    for (int i = 0; i < system->parameters; i++) (*taken)[(*count)++] = system->parameter[i].symbol->code;
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
    emit_symbols(e, roots, count, system->state, system->states, "state");
    emit_symbols(e, roots, count, system->parameter, system->parameters, "parameters");
    const char **taken;
    int taken_count;
    add_declared_names(e, &taken, &taken_count);
    Schedule schedule = schedule_make(e->arena, roots, count, taken, taken_count);
    emit_schedule(e, &schedule, equations, target);
}

static void emit_function(Emitter *e, const char *name, const char *target, const Equation *equations, int count)
{
    emit_line(e, "template <class Target, class State, class Parameters>");
    emit_line(e, "%s void %s([[maybe_unused]] Target %s, [[maybe_unused]] State state, [[maybe_unused]] Parameters parameters,",
              e->model->unrolled ? "CUBIE_INLINE" : "CUBIE_NOINLINE", name, target);
    emit_open(e, "    [[maybe_unused]] Real t)");
    emit_equations(e, equations, count, target);
    emit_close(e, "");
    emit_line(e, "%s", "");
}

void system_emit(Emitter *e)
{
    const System *system = e->model->system;
    emit_comment(e, "Right-hand side: ddt = f(t, state; parameters).");
    emit_function(e, "rhs", "ddt", system->derivative, system->states);
    if (!system->observables || !e->model->save_observables) return;
    emit_comment(e, "Observables at a saved instant.");
    emit_function(e, "observe", "observables", system->observable, system->observables);
}

void system_emit_rhs(Emitter *e, const char *label, const PartTree *parts, View ddt, View state, const char *time)
{
    trace_step(e->trace, label);
    emit_read(e, state);
    emit_read(e, view_of(parts->loop.parameters));
    emit_write(e, ddt);
    emit_line(e, "rhs(%s, %s, parameters, %s);", ddt.name, state.name, time);
}

void system_emit_observe(Emitter *e, const char *label, const PartTree *parts, View state, const char *time)
{
    if (!e->model->save_observables || !parts->loop.observables->size) return;
    trace_step(e->trace, label);
    emit_read(e, state);
    emit_read(e, view_of(parts->loop.parameters));
    emit_write(e, view_of(parts->loop.observables));
    emit_line(e, "observe(observables, %s, parameters, %s);", state.name, time);
}
