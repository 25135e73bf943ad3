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

#include "solver/linear.h"
#include "part/newton.h"
#include "part/part.h"
#include "code/record.h"

static const Buffer *increments(const PartTree *parts)
{
    return buffer_group_find(parts->group, "stage_increment");
}

View firk_stage_state(const PartTree *parts)
{
    return view_of(buffer_group_find(parts->group, "stage_state"));
}

/* Piece i of s, counted from 0. */
static View piece(const Emitter *e, const Buffer *buffer, const char *name, int i)
{
    int n = e->model->states;
    return view_piece(buffer, (int64_t)i * n, n, arena_printf(e->arena, "%s%d", name, i + 1));
}

View firk_increment(const Emitter *e, const PartTree *parts, int i)
{
    return piece(e, increments(parts), "z", i);
}

/* First the right-hand side of stage i, then what Newton's method makes of it. */
View firk_delta(const Emitter *e, const PartTree *parts, int i)
{
    return piece(e, buffer_group_find(parts->newton_group, "delta"), "d", i);
}

/* Of two derivatives at the start of a run; both are free there. */
static View first_rhs(const Emitter *e, const PartTree *parts)
{
    (void)e;
    return view_of(parts->loop.error);
}

static View other_rhs(const Emitter *e, const PartTree *parts)
{
    (void)e;
    return firk_stage_state(parts);
}

static void declare_pieces(Emitter *e, View (*view)(const Emitter *, const PartTree *, int), const PartTree *parts)
{
    for (int i = 0; i < e->model->tableau->stages; i++) emit_name(e, view(e, parts, i));
}

static void declare(Emitter *e, const PartTree *parts)
{
    emit_declare(e, increments(parts));
    emit_declare(e, firk_stage_state(parts).buffer);
    declare_pieces(e, firk_increment, parts);
}

static void members(Emitter *e)
{
    emit_line(e, "Real inverse_reach;    // 1/h of the step that stage_increment is of; 0: it holds nothing");
    emit_line(e, "Real origin;           // 1: the next step begins at the end of that one; 0: at its start");
}

static void reset(Emitter *e)
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

static void record_stages(Emitter *e, const PartTree *parts)
{
    for (int i = 0; i < e->model->tableau->stages; i++) {
        View z = firk_increment(e, parts, i);
        record_vector(e, z.name, z, NULL, record_name(e, "increment of stage %d", i + 1));
    }
}

/* At the start of the step, or of an earlier one. */
static void emit_factors(Emitter *e, const PartTree *parts)
{
    View state = view_of(parts->loop.state);
    bool keeps = model_keeps_factors(e->model);
    emit_line(e, "const Real shift = reciprocal(h);");
    emit_comment(e, keeps ? "factors, of an earlier step while they are good" : "factors at the start of the step");
    newton_emit_renew(e, "shift");
    if (keeps) emit_region(e, TRACE_BRANCH, "factors are too old", "if (any(renew))");
    parts->linear->prepare(e, parts, NULL, state, "t", "shift", keeps ? "renew" : NULL);
    if (keeps) newton_emit_renewed(e, "shift");
    if (keeps) emit_region_end(e);
}

static void step(Emitter *e, const PartTree *parts)
{
    View state = view_of(parts->loop.state);
    declare_pieces(e, firk_delta, parts);
    emit_factors(e, parts);
    firk_emit_prediction(e, parts);
    firk_emit_newton(e, parts);
    record_stages(e, parts);
    TermList terms = family_terms(e, parts, firk_end_weights(e), e->model->tableau->stages);
    emit_comment(e, "solution");
    emit_combination(e, "solution", view_of(parts->loop.proposed_state), &state, NULL, &terms);
    if (e->model->adaptive) firk_emit_error(e, parts);
    newton_emit_kept(e);
    emit_line(e, "inverse_reach = select(trouble == Count(0u), shift, Real(%s));", emit_literal(e, number_integer(0)));
}

static void accept(Emitter *e, const PartTree *parts, const char *mask)
{
    (void)parts;
    const char *one = emit_literal(e, number_integer(1)), *zero = emit_literal(e, number_integer(0));
    if (mask)
        emit_line(e, "origin = select(%s, Real(%s), Real(%s));", mask, one, zero);
    else
        emit_line(e, "origin = Real(%s);", one);
}

/* ---- dense output ---- */

/* Without an interpolant of its own a method has cubic Hermite. */
static void dense_begin(Emitter *e, const PartTree *parts)
{
    if (e->model->tableau->dense) return;
    emit_comment(e, "derivatives at both ends of the step");
    system_emit_rhs(e, "derivative at the start of the step", parts, firk_delta(e, parts, 0),
                    view_of(parts->loop.state), "t");
    system_emit_rhs(e, "derivative at the end of the step", parts, firk_stage_state(parts),
                    view_of(parts->loop.proposed_state), e->model->system->autonomous ? "t" : "t + h");
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

static View end_slope(const Emitter *e, const PartTree *parts, bool end)
{
    return end ? firk_stage_state(parts) : firk_delta(e, parts, 0);
}

const FamilyPart firk_family = {
    .family = FAMILY_FIRK,
    .error_is_whole = true,
    .members = members,
    .reset = reset,
    .declare = declare,
    .step = step,
    .accept = accept,
    .first_rhs = first_rhs,
    .other_rhs = other_rhs,
    .dense_begin = dense_begin,
    .stage = firk_increment,
    .dense_weights = dense_weights,
    .end_slope = end_slope,
};
