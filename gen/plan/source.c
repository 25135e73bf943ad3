/* SPDX-License-Identifier: MIT */
/* NAME.cu: head, system functions, the run, the descriptor. */
#include <inttypes.h>

#include "config.h"
#include "layout/map.h"
#include "part/loop.h"
#include "plan/plan.h"

/* "4 additions, 1 division"; what there is none of is left out. */
static const char *operations(const Emitter *e, const Equation *equations, int equation_count)
{
    const Expr **roots = ARENA_ARRAY(e->arena, const Expr *, equation_count);
    for (int i = 0; i < equation_count; i++) roots[i] = equations[i].expr;
    const OperationCount count = expr_count(roots, equation_count);
    const struct {
        int count;
        const char *name;
    } kinds[] = { { count.additions, "addition" }, { count.multiplications, "multiplication" },
                  { count.divisions, "division" }, { count.roots, "root" },
                  { count.functions, "function" }, { count.selections, "selection" } };
    Text text = text_new(e->arena);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (kinds[i].count)
            text_printf(&text, "%s%d %s%s", text.length ? ", " : "", kinds[i].count, kinds[i].name,
                        kinds[i].count == 1 ? "" : "s");
    return text.length ? text.data : "no operations";
}

static const char *times(const Emitter *e, int count)
{
    return count == 1 ? "once" : count == 2 ? "twice" : arena_printf(e->arena, "%d times", count);
}

/* "6 times per attempt", "once per attempt and 3 times in each Newton iteration". */
static const char *frequency(const Emitter *e, const Plan *plan)
{
    const TraceEvaluations of = trace_evaluations(plan->trace);
    const char *always = arena_printf(e->arena, "%s per attempt", times(e, of.always)), *looped;
    if (!of.looped) return always;
    if (plan->model->spectrum)
        looped = arena_printf(e->arena, "%s in each Newton iteration", times(e, of.looped));
    else
        looped =
            arena_printf(e->arena, "once in each Newton iteration of %d stage%s", of.looped, of.looped == 1 ? "" : "s");
    return of.always ? arena_printf(e->arena, "%s and %s", always, looped) : looped;
}

static void emit_operations(Emitter *e, const Plan *plan)
{
    const Model *model = plan->model;
    emit_comment(e, "Right-hand side: %s; evaluated %s.", operations(e, model->derivative, model->states),
                 frequency(e, plan));
    if (!model->hoisted_count) return;
    emit_comment(e, "Hoisted: %s; evaluated once per run.", operations(e, model->hoisted, model->hoisted_count));
}

static void emit_head(Emitter *e, const Plan *plan)
{
    const System *system = plan->model->system;
    const char *choices = plan_choices(e->arena, plan);
    emit_comment(e, "%s: written by cubie-gen %s from %s (hash %016" PRIx64 ").", system->name, PACKAGE_VERSION,
                 system->file, system->hash);
    emit_comment(e, "Algorithm %s: %s.", plan->model->tableau->name, plan->model->tableau->title);
    emit_comment(e, "Settings that are not the defaults: %s.", *choices ? choices : "none");
    emit_operations(e, plan);
    parts_describe(&e->text, plan->parts, plan->model, "// ");
    layout_print_summary(&e->text, plan->layout, "// ");
    emit_line(e, "%s", "");
}

static void emit_includes(Emitter *e, const Plan *plan)
{
    const System *system = plan->model->system;
    emit_line(e, "#define CUBIE_PRECISION %d", plan->model->precision == PRECISION_FLOAT32 ? 32 : 64);
    emit_line(e, "#define CUBIE_STATES %d", system->states);
    emit_line(e, "#define CUBIE_PARAMETERS %d", system->parameters);
    emit_line(e, "#define CUBIE_OUTPUTS %d", model_outputs(plan->model));
    int counters = parts_counters(e->arena, plan->parts).count;
    if (counters) emit_line(e, "#define CUBIE_COUNTERS %d", counters);
    if (plan->model->matrix && plan->model->lu_precision != plan->model->precision)
        emit_line(e, "#define CUBIE_FACTOR_PRECISION %d", 8 * buffer_width(plan->model->lu_precision));
    if (plan->records) emit_line(e, "#define CUBIE_TRACE %d", plan->records->numbers);
    emit_line(e, "#include <cubie/device.hpp>");
    emit_line(e, "%s", "");
    emit_line(e, "#include \"%s.h\"", system->name);
    emit_line(e, "%s", "");
}

const char *plan_source(Arena *arena, const Plan *plan)
{
    Emitter e = emitter_new(arena, plan->model, plan->parts, NULL, plan->layout);
    e.records = plan->records;
    emit_head(&e, plan);
    emit_includes(&e, plan);
    emit_line(&e, "namespace cubie {");
    emit_line(&e, "namespace {");
    emit_line(&e, "%s", "");
    loop_emit_functions(&e);
    loop_emit(&e);
    emit_line(&e, "%s", "");
    plan_emit_descriptor(&e, plan);
    return e.text.data;
}
