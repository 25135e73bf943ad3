/* SPDX-License-Identifier: MIT */
/* Simplified Newton iterations (E. Hairer, G. Wanner, Solving Ordinary
 * Differential Equations II, 2nd ed. 1996, IV.8): the matrix stays that of the
 * start of the step, the right-hand side is evaluated anew. */
#include "part/newton.h"

#include "code/problem.h"
#include "code/record.h"
#include "part/family.h"
#include "solver/linear.h"

static void members(Emitter *e)
{
    emit_line(e, "Control newton_rate;   // of the last iterations: log2 of theta / (1 - theta)");
    if (!model_keeps_factors(e->model)) return;
    emit_line(e, "Control newton_ratio;  // log2 of theta, the largest of the last attempt");
    emit_line(e, "Real factored_shift;   // that the factors were made with; 0: there are none");
}

static void restart(Emitter *e)
{
    emit_line(e, "newton_rate = select(mask, Control(newton_no_rate), newton_rate);");
    if (!model_keeps_factors(e->model)) return;
    emit_line(e, "newton_ratio = select(mask, Control(newton_least), newton_ratio);");
    emit_line(e, "factored_shift = select(mask, Real(Scalar(0)), factored_shift);");
}

void newton_emit_renew(Emitter *e, const char *shift)
{
    if (!model_keeps_factors(e->model)) return;
    emit_line(e, "const Mask renew = active & is_old(%s, factored_shift, newton_ratio);", shift);
    emit_line(e, "newton_ratio = select(active, Control(newton_least), newton_ratio);");
}

void newton_emit_renewed(Emitter *e, const char *shift)
{
    emit_line(e, "factored_shift = select(renew, %s, factored_shift);", shift);
}

/* A step that factors of an earlier one have failed is tried again as it is, with its own. */
static void judge(Emitter *e)
{
    if (!model_keeps_factors(e->model)) return;
    emit_line(e, "const Mask retry = active & !renew & (trouble != Count(0u)); // with factors of its own");
    emit_line(e, "factored_shift = select(active & (trouble != Count(0u)), Real(Scalar(0)), factored_shift);");
    emit_line(e, "gain_log2 = select(retry, Control(0.0f), gain_log2);");
}

static View delta_of(const Emitter *e)
{
    return view_of(e, "delta");
}

View newton_spare(const Emitter *e)
{
    return delta_of(e);
}

static void declare(Emitter *e)
{
    emit_declare(e, "delta");
}

static const char *label(const Emitter *e, const NewtonStage *stage, const char *what)
{
    return arena_printf(e->arena, "%s of stage %d", what, stage->number);
}

/* The residual, where the correction will be. */
static void emit_residual(Emitter *e, const NewtonStage *stage)
{
    View input = view_of(e, "proposed_state"), delta = delta_of(e), z = stage->increment;
    TermList terms = { 0 };
    *array_push(e->arena, &terms) = (Term){ number_integer(1), z };
    emit_combination(e, label(e, stage, "input"), input, &stage->base, NULL, &terms);
    problem_call_rhs(e, label(e, stage, "right-hand side"), delta, input, stage->time);
    emit_elementwise(e, label(e, stage, "residual"));
    emit_line(e, "%s", emit_each(e, delta.count));
    emit_line(e, "    %s[i] -= %s * %s[i];", emit_update(e, delta), stage->shift, emit_read(e, z));
}

/* The square of the weighted norm of `vector`, in a Control of that name. */
static void emit_norm(Emitter *e, const char *name, View vector)
{
    View state = view_of(e, "state"), input = view_of(e, "proposed_state");
    emit_elementwise(e, name);
    emit_line(e, "Control %s = Control(0.0f);", name);
    emit_line(e, "%s", emit_each(e, vector.count));
    emit_line(e, "    %s += error_share(Control(1.0f), %s[i], %s[i], %s[i], limits.atol[i], limits.rtol[i]);", name,
              emit_read(e, vector), emit_read(e, state), emit_read(e, input));
}

static void record_norm(Emitter *e, const NewtonStage *stage, const char *what, const char *value, const char *title)
{
    const char *name = record_name(e, "newton_%s_%d", what, stage->number);
    record_item(e, name, NEWTON_RECORDED, "select(newton.working, newton_iterations - iterations_before, Count(~0u))",
                value, record_name(e, "%s, stage %d", title, stage->number));
}

static void record_residual(Emitter *e, const NewtonStage *stage)
{
    if (!e->records) return;
    emit_norm(e, "left", delta_of(e));
    record_norm(e, stage, "residual", arena_printf(e->arena, "sqrt(real(left)) / %s", stage->shift),
                "weighted norm of the residual, as an increment");
}

static void emit_iteration(Emitter *e, const NewtonStage *stage)
{
    View delta = delta_of(e), z = stage->increment;
    emit_residual(e, stage);
    record_residual(e, stage);
    e->parts->linear->solve(e, &(LinearSystem){ view_of(e, "state"), stage->matrix_time, stage->shift }, delta,
                            "newton.working");
    emit_norm(e, "sum", delta);
    record_norm(e, stage, "update", "sqrt(real(sum))", "weighted norm of the update");
    emit_elementwise(e, label(e, stage, "increment"));
    const char *name = emit_read(e, z);
    emit_may_write(e, z);
    emit_line(e, "%s", emit_each(e, z.count));
    emit_line(e, "    %s[i] = select(newton.working, %s[i] + %s[i], %s[i]);", name, name, emit_read(e, delta), name);
    emit_line(e, "count_if(newton.working, newton_iterations);");
    if (e->parts->linear->may_fail) emit_line(e, "newton.working = newton.working & (trouble == Count(0u));");
    emit_line(e, "newton.judge(sum, limits);");
}

static void emit_iterations(Emitter *e, const NewtonStage *stage)
{
    if (e->records) emit_line(e, "const Count iterations_before = newton_iterations;");
    emit_line(e, "Newton newton(active & (trouble == Count(0u)), newton_rate);");
    emit_region(e, TRACE_LOOP, label(e, stage, "Newton iterations"), "while (any(newton.working))");
    emit_iteration(e, stage);
    emit_region_end(e);
    emit_line(e, "trouble = trouble | newton.status;");
    emit_line(e, "newton_rate = newton.rate;");
    if (model_keeps_factors(e->model)) emit_line(e, "newton_ratio = larger(newton_ratio, newton.ratio);");
    record_count(e, record_name(e, "newton_iterations_%d", stage->number), "newton_iterations - iterations_before",
                 record_name(e, "Newton iterations, stage %d", stage->number));
}

/* Of a traced build each stage has its own text, since what is recorded is named by the stage. */
static bool has_function(const Emitter *e)
{
    return !e->records;
}

void newton_emit_function(Emitter *e, const NewtonStage *stage)
{
    if (!has_function(e)) return;
    NewtonStage any = *stage;
    any.shift = "shift";
    any.time = "t_stage";
    emit_comment(e, "%s = f(t_stage, %s + %s) / shift, from the guess that is there, by Newton's method",
                 any.increment.name, any.base.name, any.increment.name);
    EmittedFunction function =
        emit_function(e, "find_increment",
                      "const auto find_increment = [&](const Real shift, const Real t_stage) CUBIE_INLINE_LAMBDA");
    emit_iterations(e, &any);
    emit_function_end(e, &function, ";");
}

void newton_emit_stage(Emitter *e, const NewtonStage *stage)
{
    if (has_function(e)) {
        emit_line(e, "find_increment(%s, %s);", stage->shift, stage->time);
        emit_call(e, "find_increment", NULL);
        return;
    }
    emit_open(e, "%s", "");
    emit_iterations(e, stage);
    emit_close(e, "");
}

static void sizes(Scope *scope, const Model *model)
{
    scope_count(scope, "unknowns", model->spectrum ? model->states * model->tableau->stages : model->states);
}

static bool serves(const Model *model)
{
    return family_traits(model->tableau->family)->newton;
}

static const Counter counters[] = { { "newton_iterations", "Newton iterations" }, { 0 } };

const Part newton_part = {
    .serves = serves,
    .group = "newton",
    .owner = "Newton iterations",
    .inner = true,
    .sizes = sizes,
    .counters = counters,
    .members = members,
    .restart = restart,
    .declare = declare,
    .judge = judge,
};
