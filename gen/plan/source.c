/* SPDX-License-Identifier: MIT */
/* NAME.cu: head, system functions, the run, the descriptor. */
#include <inttypes.h>

#include "config.h"
#include "layout/map.h"
#include "part/loop.h"
#include "plan/plan.h"

static void emit_count(Emitter *e, const char *what, const Equation *equations, int equation_count)
{
    const Expr **roots = ARENA_ARRAY(e->arena, const Expr *, equation_count);
    for (int i = 0; i < equation_count; i++) roots[i] = equations[i].expr;
    OperationCount count = expr_count(roots, equation_count);
    emit_comment(e, "%s: %d additions, %d multiplications, %d divisions, %d roots, %d functions, %d selections;", what,
                 count.additions, count.multiplications, count.divisions, count.roots, count.functions,
                 count.selections);
}

static void emit_operations(Emitter *e, const Plan *plan)
{
    const Model *model = plan->model;
    const Tableau *tableau = model->tableau;
    emit_count(e, "Right-hand side", model->derivative, model->states);
    emit_comment(e, "evaluated %d times per attempt.", tableau->stages - (tableau->first_same_as_last ? 1 : 0));
    if (!model->hoisted_count) return;
    emit_count(e, "Hoisted", model->hoisted, model->hoisted_count);
    emit_comment(e, "evaluated once per run.");
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
    emit_comment(e, "Memory of one run:");
    layout_print_summary(&e->text, plan->layout, "//   ");
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
