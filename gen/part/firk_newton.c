/* SPDX-License-Identifier: MIT */
/* The nonlinear system of a fully implicit step: starting values and simplified Newton
 * iterations (E. Hairer, G. Wanner, Solving Ordinary Differential Equations II, 2nd
 * ed. 1996, IV.8, equations 8.3 to 8.13). */
#include "part/firk.h"

#include "code/problem.h"
#include "code/record.h"
#include "part/newton.h"
#include "solver/linear.h"

/* "0.5 * a1 - 2.0 * a2": row-major weights of NAME1, NAME2, ... */
static const char *sum_text(const Emitter *e, const Number *weights, int count, const char *name)
{
    Text text = text_new(e->arena);
    for (int j = 0; j < count; j++) {
        bool negative = number_compare(weights[j], number_integer(0)) < 0;
        if (number_is(weights[j], 0)) continue;
        text_add(&text, text.length ? (negative ? " - " : " + ") : (negative ? "-" : ""));
        Number size = negative ? number_negate(weights[j]) : weights[j];
        if (!number_is(size, 1)) text_printf(&text, "%s * ", emit_literal(e, size));
        text_printf(&text, "%s%d", name, j + 1);
    }
    return text.length ? text.data : emit_literal(e, number_integer(0));
}

/* "const Real r1 = d1[i], r2 = d2[i];" */
static void emit_locals(Emitter *e, const char *local, View (*view)(const Emitter *, int))
{
    Text text = text_new(e->arena);
    for (int j = 0; j < e->model->tableau->stages; j++)
        text_printf(&text, "%s%s%d = %s[i]", j ? ", " : "", local, j + 1, emit_read(e, view(e, j)));
    emit_line(e, "const Real %s;", text.data);
}

/* ---- starting values ---- */

/* Without a polynomial through the start and all stages there is nothing to go on. */
static bool can_predict(const Tableau *tableau)
{
    for (int i = 0; i < tableau->stages; i++) {
        if (number_is(tableau->c[i], 0)) return false;
        for (int j = 0; j < i; j++)
            if (number_equal(tableau->c[i], tableau->c[j])) return false;
    }
    return true;
}

/* The polynomial that is 1 at node j and 0 at the others and at 0, at xI. */
static const char *basis_text(const Emitter *e, int i, int j)
{
    const Tableau *tableau = e->model->tableau;
    Number scale = tableau->c[j];
    Text text = text_new(e->arena);
    for (int k = 0; k < tableau->stages; k++)
        if (k != j) scale = number_multiply(scale, number_subtract(tableau->c[j], tableau->c[k]));
    text_printf(&text, "%s * x%d", emit_literal(e, number_divide(number_integer(1), scale)), i + 1);
    for (int k = 0; k < tableau->stages; k++)
        if (k != j) text_printf(&text, " * (x%d - %s)", i + 1, emit_literal(e, tableau->c[k]));
    return text.data;
}

/* Stage i lies at x of the last step, in its units. pI_J: the share of z_j in the new z_i. */
static void emit_prediction_weights(Emitter *e)
{
    const Tableau *tableau = e->model->tableau;
    const Number *end = firk_end_weights(e);
    emit_line(e, "const Real ratio = h * inverse_reach;");
    for (int i = 0; i < tableau->stages; i++) {
        const char *c = emit_literal(e, tableau->c[i]);
        emit_line(e, "const Real x%d = origin + %s%sratio;", i + 1, number_is(tableau->c[i], 1) ? "" : c,
                  number_is(tableau->c[i], 1) ? "" : " * ");
        for (int j = 0; j < tableau->stages; j++) {
            bool whole = number_is(end[j], 1), none = number_is(end[j], 0);
            emit_line(e, "const Real p%d_%d = %s%s%s%s;", i + 1, j + 1, basis_text(e, i, j), none ? "" : " - ",
                      none || whole ? "" : arena_printf(e->arena, "%s * ", emit_literal(e, end[j])),
                      none ? "" : "origin");
        }
    }
}

/* The weights of the norm lie where the solution will: reciprocals of what the error
 * may be, computed once, since conversions between precisions are slow on a GPU. */
static void emit_norm_weight(Emitter *e, const char *last)
{
    const char *state = emit_read(e, view_of(e, "state"));
    emit_line(e, "const Control size = control(larger(abs(%s[i]), abs(%s[i] + %s[i])));", state, state, last);
    emit_line(e, "%s[i] = real(reciprocal(limits.atol[i] + limits.rtol[i] * size));",
              emit_write(e, view_of(e, "proposed_state")));
}

/* Of the step before; of an attempt that was rejected for its error, whose polynomial
 * is good inside it; or 0. */
void firk_emit_prediction(Emitter *e)
{
    int s = e->model->tableau->stages;
    const char *zero = emit_literal(e, number_integer(0));
    bool known = can_predict(e->model->tableau);
    emit_comment(e, "starting values");
    emit_open(e, "%s", "");
    if (known) {
        emit_line(e, "const Mask known = inverse_reach > Real(%s);", zero);
        emit_prediction_weights(e);
    }
    emit_elementwise(e, "starting values");
    emit_open(e, "%s", emit_each(e, e->model->states));
    if (known) emit_locals(e, "w", firk_increment);
    const char *z = "";
    for (int i = 1; i <= s; i++) {
        Text sum = text_new(e->arena);
        for (int j = 1; j <= s; j++) text_printf(&sum, "%sp%d_%d * w%d", j > 1 ? " + " : "", i, j, j);
        z = emit_write(e, firk_increment(e, i - 1));
        if (known)
            emit_line(e, "%s[i] = select(known, %s, Real(%s));", z, sum.data, zero);
        else
            emit_line(e, "%s[i] = %s;", z, zero);
    }
    emit_norm_weight(e, z);
    emit_close(e, "");
    emit_close(e, "");
}

/* ---- Newton's method ---- */

static void emit_right_sides(Emitter *e)
{
    View state = view_of(e, "state"), input = firk_stage_state(e);
    for (int i = 0; i < e->model->tableau->stages; i++) {
        TermList terms = { 0 };
        *array_push(e->arena, &terms) = (Term){ number_integer(1), firk_increment(e, i) };
        emit_combination(e, arena_printf(e->arena, "stage %d", i + 1), input, &state, NULL, &terms);
        problem_call_rhs(e, arena_printf(e->arena, "right-hand side of stage %d", i + 1), firk_delta(e, i), input,
                         problem_stage_time(e, i));
    }
}

/* The residuals f - shift A^-1 z, in the basis of the blocks. */
static void emit_residuals(Emitter *e)
{
    const Spectrum *spectrum = e->model->spectrum;
    int s = spectrum->stages;
    emit_elementwise(e, "residuals");
    emit_open(e, "%s", emit_each(e, e->model->states));
    emit_locals(e, "r", firk_delta);
    emit_locals(e, "w", firk_increment);
    for (int i = 0; i < s; i++)
        emit_line(e, "%s[i] = (%s) - shift * (%s);", emit_write(e, firk_delta(e, i)),
                  sum_text(e, &spectrum->to_basis[i * s], s, "r"),
                  sum_text(e, &spectrum->to_basis_inverse[i * s], s, "w"));
    emit_close(e, "");
}

static void emit_solves(Emitter *e)
{
    const Spectrum *spectrum = e->model->spectrum;
    for (int b = 0; b < spectrum->count; b++) {
        const SpectrumBlock *block = &spectrum->block[b];
        if (block->first < 0) continue;
        View x = firk_delta(e, block->first), y = x;
        if (!spectrum_is_real(block)) y = firk_delta(e, block->first + 1);
        e->parts->linear->solve_block(e, b, x, spectrum_is_real(block) ? NULL : &y, "newton.working");
    }
}

/* Back from the basis, into z; `sum` gets the square of their norm, s times the mean
 * over the stages. */
static void emit_corrections(Emitter *e)
{
    const Spectrum *spectrum = e->model->spectrum;
    View weight = view_of(e, "proposed_state");
    int s = spectrum->stages;
    emit_elementwise(e, "corrections");
    emit_line(e, "Real sum = %s;", emit_literal(e, number_integer(0)));
    emit_open(e, "%s", emit_each(e, e->model->states));
    emit_locals(e, "r", firk_delta);
    for (int i = 0; i < s; i++) {
        View z = firk_increment(e, i);
        emit_line(e, "const Real c%d = %s, e%d = c%d * %s[i];", i + 1, sum_text(e, &spectrum->basis[i * s], s, "r"),
                  i + 1, i + 1, emit_read(e, weight));
        emit_may_write(e, z);
        emit_line(e, "%s[i] = select(newton.working, %s[i] + c%d, %s[i]);", z.name, emit_read(e, z), i + 1, z.name);
        emit_line(e, "sum += e%d * e%d;", i + 1, i + 1);
    }
    emit_close(e, "");
}

void firk_emit_newton(Emitter *e)
{
    int s = e->model->tableau->stages;
    emit_comment(e, "Newton iterations");
    emit_open(e, "%s", "");
    emit_line(e, "Newton newton(active & (trouble == Count(0u)), newton_rate);");
    emit_region(e, TRACE_LOOP, "Newton iterations", "while (any(newton.working))");
    emit_right_sides(e);
    emit_residuals(e);
    emit_solves(e);
    emit_corrections(e);
    emit_line(e, "const Control square = control(sum * %s);", emit_literal(e, number_ratio(1, s)));
    record_item(e, "newton_update", NEWTON_RECORDED,
                "select(newton.working, newton_iterations - newton_iterations_before, Count(~0u))",
                "sqrt(real(square))", "weighted norm of the update");
    emit_line(e, "count_if(newton.working, newton_iterations);");
    if (e->parts->linear->may_fail) emit_line(e, "newton.working = newton.working & (trouble == Count(0u));");
    emit_line(e, "newton.judge(square, limits);");
    emit_region_end(e);
    emit_line(e, "trouble = trouble | newton.status;");
    emit_line(e, "newton_rate = newton.rate;");
    if (model_keeps_factors(e->model)) emit_line(e, "newton_ratio = larger(newton_ratio, newton.ratio);");
    emit_close(e, "");
}
