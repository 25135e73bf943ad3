/* SPDX-License-Identifier: MIT */
/* Rosenbrock steps in the transformed form (tableau.h, TransformedTableau): one
 * factorisation, and per stage one solve and at most one evaluation of f. With
 * shift = 1/(h gamma),
 *
 *   (shift I - J) u_i = f(t + c_i h, y + sum_j a_ij u_j) + shift sum_j gamma c_ij u_j + h d_i df/dt
 *
 * The input of each stage is formed in proposed_state, f in stage_rhs, the right
 * side and then u_i in stage_increment, from where all but the last go to
 * stage_store. stage_cache holds f at the start of the step where that is needed
 * again. */
#include "code/problem.h"
#include "code/record.h"
#include "method/rosenbrock.h"
#include "part/family.h"
#include "solver/linear.h"

/* u of stage i, counted from 0. */
static View stage(const Emitter *e, int i)
{
    int n = e->model->states;
    if (i == e->model->tableau->stages - 1) return view_of(e, "stage_increment");
    return view_piece(view_buffer(e, "stage_store"), (int64_t)i * n, n, arena_printf(e->arena, "u%d", i + 1));
}

static View rhs_of(const Emitter *e)
{
    return view_of(e, "stage_rhs");
}

/* f at the start of the step: in stage_cache where there is one. (Else it is
 * asked for when a run begins only, and nothing has an error yet.) */
static View first_rhs(const Emitter *e)
{
    View cache = view_of(e, "stage_cache");
    return cache.count ? cache : view_of(e, "error");
}

static View other_rhs(const Emitter *e)
{
    return rhs_of(e);
}

/* Stages that fill this many bytes leave few registers for the factors: they
 * are memory, read once a stage in order. Below, ptxas does better on its own
 * (pollution in float64, bytes of spills and of such accesses in an attempt:
 * rodas5p 17900 without this and 10000 with, rodas4p 9100 and 6900). */
enum { MEMORY_BYTES = 768 };

static bool is_memory(const Emitter *e)
{
    return e->model->unrolled &&
           view_buffer(e, "stage_store")->size * buffer_width(e->model->precision) >= MEMORY_BYTES;
}

static void declare(Emitter *e)
{
    emit_declare(e, "stage_rhs");
    emit_declare(e, "stage_increment");
    if (is_memory(e))
        emit_declare_in_memory(e, "stage_store");
    else
        emit_declare(e, "stage_store");
    emit_declare(e, "stage_cache");
    emit_declare(e, "cached_auxiliaries");
    for (int i = 0; i < e->model->tableau->stages - 1; i++) emit_name(e, stage(e, i));
}

/* f and the matrix at the start of the step. */
static void emit_start(Emitter *e)
{
    const Tableau *tableau = e->model->tableau;
    View state = view_of(e, "state"), first = rosenbrock_keeps_first_rhs(tableau) ? first_rhs(e) : rhs_of(e);
    Number gamma = tableau->gamma[0];
    emit_line(e, "const Real shift = reciprocal(%s * h);", emit_literal(e, gamma));
    emit_comment(e, "right-hand side and factors at the start of the step");
    e->parts->linear->prepare(e, &(LinearSystem){ state, "t", "shift" }, tableau->first_same_as_last ? NULL : &first,
                              NULL);
    if (!e->model->matrix->jacobian->autonomous)
        problem_call_time_slope(e, view_of(e, "cached_auxiliaries"), state, "t");
}

/* The transformed tableau, and which of its rows proposed_state holds the input of. */
typedef struct Step {
    TransformedTableau form;
    const Number *held; /* NULL: none */
} Step;

/* Whether a sum with these weights is the held one and more. */
static bool extends(const Number *weights, const Number *held, int count)
{
    for (int j = 0; held && j < count; j++)
        if (!number_is(held[j], 0) && !rosenbrock_is_same(weights[j], held[j])) return false;
    return held != NULL;
}

static bool all_zero(const Number *weights, int count)
{
    for (int j = 0; j < count; j++)
        if (!number_is(weights[j], 0)) return false;
    return true;
}

/* proposed_state = state + sum of the first `count` stages; its statement, with the
 * accesses recorded. NULL when it holds that. */
static const char *input_text(Emitter *e, Step *now, const Number *weights, int count)
{
    View proposed = view_of(e, "proposed_state");
    bool goes_on = extends(weights, now->held, count);
    Number *rest = ARENA_ARRAY(e->arena, Number, count);
    for (int j = 0; j < count; j++) rest[j] = goes_on && !number_is(now->held[j], 0) ? number_integer(0) : weights[j];
    now->held = weights;
    if (goes_on && all_zero(rest, count)) return NULL;
    TermList terms = family_terms(e, rest, count);
    const char *start = arena_printf(e->arena, "%s[i]", emit_read(e, goes_on ? proposed : view_of(e, "state")));
    const char *sum = emit_sum_after(e, start, &terms, NULL);
    return arena_printf(e->arena, "%s[i] = %s;", emit_write(e, proposed), sum);
}

/* stage_increment = sum_j gamma c_ij u_j, likewise; NULL when that is 0. Times shift it
 * goes into the right side where f is added: were it a product here already, the GPU's
 * compiler would join that with the sum there or not, as the buffer's place allows. */
static const char *right_side_text(Emitter *e, const TransformedTableau *form, int i)
{
    Number *weights = ARENA_ARRAY(e->arena, Number, i);
    bool any = false;
    for (int j = 0; j < i; j++) {
        weights[j] = number_multiply(form->gamma, form->c[i * e->model->tableau->stages + j]);
        any |= !number_is(weights[j], 0);
    }
    if (!any) return NULL;
    TermList terms = family_terms(e, weights, i);
    const char *sum = emit_sum(e, &terms, NULL);
    return arena_printf(e->arena, "%s[i] = %s;", emit_write(e, view_of(e, "stage_increment")), sum);
}

/* The input of stage i, if it has one of its own, and its right side but for f,
 * in one pass over the stages before. Whether there is a right side. */
static bool emit_sums(Emitter *e, Step *now, int i, bool input)
{
    emit_elementwise(e, arena_printf(e->arena, "sums of stage %d", i + 1));
    const char *first = input ? input_text(e, now, &now->form.a[i * e->model->tableau->stages], i) : NULL;
    const char *second = right_side_text(e, &now->form, i);
    if (!first && !second) return false;
    emit_open(e, "%s", emit_each(e, e->model->states));
    if (first) emit_line(e, "%s", first);
    if (second) emit_line(e, "%s", second);
    emit_close(e, "");
    return second != NULL;
}

/* stage_increment = f + h d df/dt, and shift times the sum before if there is one. */
static void emit_add_rhs(Emitter *e, View rhs, int i, bool sum)
{
    Number d = e->model->tableau->d[i];
    View x = view_of(e, "stage_increment"), slope = view_of(e, "cached_auxiliaries");
    bool forced = !e->model->matrix->jacobian->autonomous && !number_is(d, 0);
    emit_elementwise(e, arena_printf(e->arena, "right side of stage %d", i + 1));
    const char *value = arena_printf(e->arena, "%s[i]", emit_read(e, rhs));
    if (sum) value = arena_printf(e->arena, "%s + shift * %s[i]", value, emit_read(e, x));
    if (forced) value = arena_printf(e->arena, "%s + (%s * h) * %s[i]", value, emit_literal(e, d), emit_read(e, slope));
    emit_line(e, "%s %s[i] = %s;", emit_each(e, x.count), emit_write(e, x), value);
}

static void emit_stage(Emitter *e, Step *now, int i)
{
    const Tableau *tableau = e->model->tableau;
    bool first = i == 0 || rosenbrock_share_input(tableau, i, 0),
         again = i > 0 && rosenbrock_share_input(tableau, i, i - 1);
    View x = view_of(e, "stage_increment"), rhs = rhs_of(e);
    emit_comment(e, "stage %d", i + 1);
    bool sum = i > 0 && emit_sums(e, now, i, !first && !again);
    if (!first && !again)
        problem_call_rhs(e, arena_printf(e->arena, "stage %d", i + 1), rhs, view_of(e, "proposed_state"),
                         problem_stage_time(e, i));
    emit_add_rhs(e, first && rosenbrock_keeps_first_rhs(tableau) ? first_rhs(e) : rhs, i, sum);
    e->parts->linear->solve(e, &(LinearSystem){ view_of(e, "state"), "t", "shift" }, x, "active");
    const char *title = record_name(e, "increment of stage %d, transformed: (1/(h gamma) I - J) u = ...", i + 1);
    record_vector(e, record_name(e, "u%d", i + 1), x, NULL, title);
    if (i < tableau->stages - 1) emit_copy(e, "stage kept", NULL, stage(e, i), x);
}

static void emit_solution(Emitter *e, Step *now)
{
    emit_elementwise(e, "solution");
    const char *statement = input_text(e, now, now->form.m, e->model->tableau->stages);
    emit_comment(e, statement ? "solution" : "solution: the input of the last stage");
    if (statement) emit_line(e, "%s %s", emit_each(e, e->model->states), statement);
}

static void emit_error(Emitter *e, const TransformedTableau *form)
{
    TermList terms = family_terms(e, form->error, e->model->tableau->stages);
    emit_comment(e, "error estimate");
    emit_combination(e, "error", view_of(e, "error"), NULL, NULL, &terms);
}

static void step(Emitter *e)
{
    const Tableau *tableau = e->model->tableau;
    Step now = { tableau_transformed(e->arena, tableau), NULL };
    emit_start(e);
    for (int i = 0; i < tableau->stages; i++) emit_stage(e, &now, i);
    emit_solution(e, &now);
    if (e->model->adaptive) emit_error(e, &now.form);
}

static void accepted(Emitter *e)
{
    if (!e->model->tableau->first_same_as_last) return;
    family_keep(e, "right-hand side at the next step's start", view_of(e, "stage_cache"), rhs_of(e));
}

/* Without an interpolant of its own a method has cubic Hermite. */
static void dense_begin(Emitter *e)
{
    const Tableau *tableau = e->model->tableau;
    if (tableau->dense || tableau->first_same_as_last) return;
    emit_comment(e, "derivative at the end of the step");
    problem_call_rhs(e, "derivative at the end of the step", rhs_of(e), view_of(e, "proposed_state"),
                     problem_end_time(e));
}

static const Number *dense_weights(const Emitter *e)
{
    return tableau_transformed(e->arena, e->model->tableau).dense;
}

static View end_slope(const Emitter *e, bool end)
{
    return end ? rhs_of(e) : first_rhs(e);
}

static bool keeps_rhs(const Model *model)
{
    return model->tableau->first_same_as_last;
}

static void functions(Emitter *e)
{
    if (!e->model->matrix->jacobian->autonomous) problem_emit_time_slope(e);
}

static void sizes(Scope *scope, const Model *model)
{
    family_sizes(scope, model);
    scope_flag(scope, "keeps_first_rhs", rosenbrock_keeps_first_rhs(model->tableau));
    scope_flag(scope, "autonomous", model->matrix->jacobian->autonomous);
}

static bool serves(const Model *model)
{
    return model->tableau->family == FAMILY_ROSENBROCK;
}

static const FamilyPart offer = {
    .error_is_whole = true,
    .first_rhs = first_rhs,
    .other_rhs = other_rhs,
    .keeps_rhs = keeps_rhs,
    .dense_begin = dense_begin,
    .stage = stage,
    .dense_weights = dense_weights,
    .end_slope = end_slope,
};

const Part rosenbrock_part = {
    .serves = serves,
    .group = "rosenbrock",
    .owner = "methods of the family rosenbrock",
    .functions = functions,
    .sizes = sizes,
    .begin = family_begin,
    .declare = declare,
    .step = step,
    .accepted = accepted,
    .family = &offer,
};
