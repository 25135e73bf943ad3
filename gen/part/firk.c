/* SPDX-License-Identifier: MIT */
/* Fully implicit Runge-Kutta steps (E. Hairer, G. Wanner, Solving Ordinary
 * Differential Equations II, 2nd ed. 1996, IV.8). With the stages y + z_i,
 *
 *   z_i = h sum_j a_ij f(t + c_j h, y + z_j)   i.e.   f(.., y + z_i) = shift sum_j (A^-1)_ij z_j,  shift = 1/h
 *
 * and Newton's method goes on in the basis in which A^-1 is block diagonal
 * (spectrum.h): in T^-1 z each block is a linear system of its own, of the size of the
 * problem. The z are kept themselves, not T^-1 z: of what an iteration reads and
 * writes that is the least.
 *
 * The solution, the error and dense output are sums of z: f is never evaluated
 * for what the stages know. */
#include "part/firk.h"

#include "code/problem.h"
#include "code/record.h"
#include "part/newton.h"
#include "solver/linear.h"

View firk_stage_state(const Emitter *e)
{
    return view_of(e, "stage_state");
}

/* Piece i of s, counted from 0. */
static View piece(const Emitter *e, const char *buffer, const char *name, int i)
{
    int n = e->model->states;
    return view_piece(view_buffer(e, buffer), (int64_t)i * n, n, arena_printf(e->arena, "%s%d", name, i + 1));
}

View firk_increment(const Emitter *e, int i)
{
    return piece(e, "stage_increment", "z", i);
}

/* First the right-hand side of stage i, then what Newton's method makes of it. */
View firk_delta(const Emitter *e, int i)
{
    return piece(e, "delta", "d", i);
}

/* Of two derivatives at the start of a run; both are free there. */
static View first_rhs(const Emitter *e)
{
    (void)e;
    return view_of(e, "error");
}

static View other_rhs(const Emitter *e)
{
    return firk_stage_state(e);
}

static void declare_pieces(Emitter *e, View (*view)(const Emitter *, int))
{
    for (int i = 0; i < e->model->tableau->stages; i++) emit_name(e, view(e, i));
}

static void declare(Emitter *e)
{
    emit_declare(e, "stage_increment");
    emit_declare(e, "stage_state");
    declare_pieces(e, firk_increment);
}

static void members(Emitter *e)
{
    emit_line(e, "Real inverse_reach;    // 1/h of the step that stage_increment is of; 0: it holds nothing");
    emit_line(e, "Real origin;           // 1: the next step begins at the end of that one; 0: at its start");
}

static void restart(Emitter *e)
{
    const char *zero = emit_literal(e, number_integer(0));
    emit_line(e, "inverse_reach = select(mask, Real(%s), inverse_reach);", zero);
    emit_line(e, "origin = select(mask, Real(%s), origin);", zero);
}

/* z of the end of the step: of weights b; the last stage when that is the end. */
const Number *firk_end_weights(const Emitter *e)
{
    const Tableau *tableau = e->model->tableau;
    if (!tableau->stiffly_accurate) return spectrum_weights(e->arena, e->model->spectrum, tableau->b);
    Number *weights = ARENA_ARRAY(e->arena, Number, tableau->stages);
    for (int i = 0; i < tableau->stages; i++) weights[i] = number_integer(i == tableau->stages - 1);
    return weights;
}

/* ---- the step ---- */

static void record_stages(Emitter *e)
{
    for (int i = 0; i < e->model->tableau->stages; i++) {
        View z = firk_increment(e, i);
        record_vector(e, z.name, z, NULL, record_name(e, "increment of stage %d", i + 1));
    }
}

/* At the start of the step, or of an earlier one. */
static void emit_factors(Emitter *e)
{
    bool keeps = model_keeps_factors(e->model);
    emit_line(e, "const Real shift = reciprocal(h);");
    emit_comment(e, keeps ? "factors, of an earlier step while they are good" : "factors at the start of the step");
    newton_emit_renew(e, "shift");
    if (keeps) emit_region(e, TRACE_BRANCH, "factors are too old", "if (any(renew))");
    e->parts->linear->prepare(e, &(LinearSystem){ view_of(e, "state"), "t", "shift" }, NULL, keeps ? "renew" : NULL);
    if (keeps) newton_emit_renewed(e, "shift");
    if (keeps) emit_region_end(e);
}

static void step(Emitter *e)
{
    View state = view_of(e, "state");
    declare_pieces(e, firk_delta);
    emit_factors(e);
    firk_emit_prediction(e);
    firk_emit_newton(e);
    record_stages(e);
    TermList terms = family_terms(e, firk_end_weights(e), e->model->tableau->stages);
    emit_comment(e, "solution");
    emit_combination(e, "solution", view_of(e, "proposed_state"), &state, NULL, &terms);
    if (e->model->adaptive) firk_emit_error(e);
    emit_line(e, "inverse_reach = select(trouble == Count(0u), shift, Real(%s));", emit_literal(e, number_integer(0)));
}

static void accepted(Emitter *e)
{
    const char *one = emit_literal(e, number_integer(1)), *zero = emit_literal(e, number_integer(0));
    if (e->model->adaptive)
        emit_line(e, "origin = select(accept, Real(%s), Real(%s));", one, zero);
    else
        emit_line(e, "origin = Real(%s);", one);
}

/* ---- dense output ---- */

/* Without an interpolant of its own a method has cubic Hermite. */
static void dense_begin(Emitter *e)
{
    if (e->model->tableau->dense) return;
    emit_comment(e, "derivatives at both ends of the step");
    problem_call_rhs(e, "derivative at the start of the step", firk_delta(e, 0), view_of(e, "state"), "t");
    problem_call_rhs(e, "derivative at the end of the step", firk_stage_state(e), view_of(e, "proposed_state"),
                     problem_end_time(e));
}

/* Each power of theta is a row of weights. */
static const Number *dense_weights(const Emitter *e)
{
    const Tableau *tableau = e->model->tableau;
    int s = tableau->stages, degree = tableau->dense_degree;
    Number *result = ARENA_ARRAY(e->arena, Number, s * degree), *row = ARENA_ARRAY(e->arena, Number, s);
    for (int k = 0; k < degree; k++) {
        for (int i = 0; i < s; i++) row[i] = tableau->dense[i * degree + k];
        const Number *weights = spectrum_weights(e->arena, e->model->spectrum, row);
        for (int i = 0; i < s; i++) result[i * degree + k] = weights[i];
    }
    return result;
}

static View end_slope(const Emitter *e, bool end)
{
    return end ? firk_stage_state(e) : firk_delta(e, 0);
}

static bool serves(const Model *model)
{
    return model->tableau->family == FAMILY_FIRK;
}

static const FamilyPart offer = {
    .error_is_whole = true,
    .first_rhs = first_rhs,
    .other_rhs = other_rhs,
    .dense_begin = dense_begin,
    .stage = firk_increment,
    .dense_weights = dense_weights,
    .end_slope = end_slope,
};

const Part firk_part = {
    .serves = serves,
    .group = "firk",
    .owner = "methods of the family firk",
    .members = members,
    .sizes = family_sizes,
    .begin = family_begin,
    .restart = restart,
    .declare = declare,
    .step = step,
    .accepted = accepted,
    .family = &offer,
};
