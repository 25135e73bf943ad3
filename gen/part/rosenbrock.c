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
#include <math.h>

#include "solver/linear.h"
#include "part/part.h"
#include "code/record.h"

typedef struct RosenbrockBuffers {
    const Buffer *stage_rhs, *stage_increment, *stage_store, *stage_cache, *cached_auxiliaries;
} RosenbrockBuffers;

static RosenbrockBuffers buffers(const PartTree *parts)
{
    return (RosenbrockBuffers){
        .stage_rhs = buffer_group_find(parts->group, "stage_rhs"),
        .stage_increment = buffer_group_find(parts->group, "stage_increment"),
        .stage_store = buffer_group_find(parts->group, "stage_store"),
        .stage_cache = buffer_group_find(parts->group, "stage_cache"),
        .cached_auxiliaries = buffer_group_find(parts->group, "cached_auxiliaries"),
    };
}

/* u of stage i, counted from 0. */
static View stage(const Emitter *e, const PartTree *parts, int i)
{
    int n = e->model->states;
    if (i == e->model->tableau->stages - 1) return view_of(buffers(parts).stage_increment);
    return view_piece(buffers(parts).stage_store, (int64_t)i * n, n, arena_printf(e->arena, "u%d", i + 1));
}

static View rhs_of(const PartTree *parts)
{
    return view_of(buffers(parts).stage_rhs);
}

/* f at the start of the step: in stage_cache where there is one. (Else it is
 * asked for when a run begins only, and nothing has an error yet.) */
static View first_rhs(const Emitter *e, const PartTree *parts)
{
    (void)e;
    const Buffer *cache = buffers(parts).stage_cache;
    return view_of(cache->size ? cache : parts->loop.error);
}

static View other_rhs(const Emitter *e, const PartTree *parts)
{
    (void)e;
    return rhs_of(parts);
}

/* Stages that fill this many bytes leave few registers for the factors: they
 * are memory, read once a stage in order. Below, ptxas does better on its own
 * (pollution in float64, bytes of spills and of such accesses in an attempt:
 * rodas5p 17900 without this and 10000 with, rodas4p 9100 and 6900, ros3p 2900
 * and 4700). */
enum { MEMORY_BYTES = 768 };

static bool is_memory(const Emitter *e, const Buffer *store)
{
    return e->model->unrolled && store->size * buffer_width(e->model->precision) >= MEMORY_BYTES;
}

static void declare(Emitter *e, const PartTree *parts)
{
    const RosenbrockBuffers own = buffers(parts);
    emit_declare(e, own.stage_rhs);
    emit_declare(e, own.stage_increment);
    if (is_memory(e, own.stage_store))
        emit_declare_in_memory(e, own.stage_store);
    else
        emit_declare(e, own.stage_store);
    emit_declare(e, own.stage_cache);
    emit_declare(e, own.cached_auxiliaries);
    for (int i = 0; i < e->model->tableau->stages - 1; i++) emit_name(e, stage(e, parts, i));
}

/* Equal but for the rounding of the transformation. */
static bool is_same(Number a, Number b)
{
    return fabsl(a.value - b.value) <= 1e-16L * fabsl(a.value);
}

/* Whether stages i and j evaluate f at the same place. */
static bool share_input(const Tableau *tableau, int i, int j)
{
    for (int k = 0; k < tableau->stages; k++)
        if (!is_same(tableau_a(tableau, i, k), tableau_a(tableau, j, k))) return false;
    return is_same(tableau->c[i], tableau->c[j]);
}

bool rosenbrock_keeps_first_rhs(const Tableau *tableau)
{
    if (tableau->first_same_as_last || !tableau->dense) return true;
    for (int i = 2; i < tableau->stages; i++)
        if (share_input(tableau, i, 0) && !share_input(tableau, i, i - 1)) return true;
    return false;
}

/* f and the matrix at the start of the step. */
static void emit_start(Emitter *e, const PartTree *parts)
{
    const Tableau *tableau = e->model->tableau;
    View state = view_of(parts->loop.state),
         first = rosenbrock_keeps_first_rhs(tableau) ? first_rhs(e, parts) : rhs_of(parts);
    Number gamma = tableau->gamma[0];
    emit_line(e, "const Real shift = reciprocal(%s * h);", emit_literal(e, gamma));
    emit_comment(e, "right-hand side and factors at the start of the step");
    parts->linear->prepare(e, parts, tableau->first_same_as_last ? NULL : &first, state, "t", "shift", NULL);
    if (!e->model->matrix->jacobian->autonomous)
        system_emit_time_slope(e, parts, view_of(buffers(parts).cached_auxiliaries), state, "t");
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
        if (!number_is(held[j], 0) && !is_same(weights[j], held[j])) return false;
    return held != NULL;
}

static void read_terms(Emitter *e, const TermList *terms)
{
    for (int j = 0; j < terms->count; j++)
        if (!number_is(terms->items[j].coefficient, 0)) emit_read(e, terms->items[j].view);
}

static bool all_zero(const Number *weights, int count)
{
    for (int j = 0; j < count; j++)
        if (!number_is(weights[j], 0)) return false;
    return true;
}

/* proposed_state = state + sum of the first `count` stages; its statement, with the
 * accesses recorded. NULL when it holds that. */
static const char *input_text(Emitter *e, const PartTree *parts, Step *now, const Number *weights, int count)
{
    View proposed = view_of(parts->loop.proposed_state);
    bool goes_on = extends(weights, now->held, count);
    Number *rest = ARENA_ARRAY(e->arena, Number, count);
    for (int j = 0; j < count; j++) rest[j] = goes_on && !number_is(now->held[j], 0) ? number_integer(0) : weights[j];
    now->held = weights;
    if (goes_on && all_zero(rest, count)) return NULL;
    TermList terms = family_terms(e, parts, rest, count);
    emit_read(e, goes_on ? proposed : view_of(parts->loop.state));
    read_terms(e, &terms);
    emit_write(e, proposed);
    return arena_printf(e->arena, "proposed_state[i] = %s;",
                        emit_sum_after(e, goes_on ? "proposed_state[i]" : "state[i]", &terms, NULL));
}

/* stage_increment = sum_j gamma c_ij u_j, likewise; NULL when that is 0. Times shift it
 * goes into the right side where f is added: were it a product here already, the GPU's
 * compiler would join that with the sum there or not, as the buffer's place allows. */
static const char *right_side_text(Emitter *e, const PartTree *parts, const TransformedTableau *form, int i)
{
    Number *weights = ARENA_ARRAY(e->arena, Number, i);
    bool any = false;
    for (int j = 0; j < i; j++) {
        weights[j] = number_multiply(form->gamma, form->c[i * e->model->tableau->stages + j]);
        any |= !number_is(weights[j], 0);
    }
    if (!any) return NULL;
    TermList terms = family_terms(e, parts, weights, i);
    read_terms(e, &terms);
    emit_write(e, view_of(buffers(parts).stage_increment));
    return arena_printf(e->arena, "stage_increment[i] = %s;", emit_sum(e, &terms, NULL));
}

/* The input of stage i, if it has one of its own, and its right side but for f,
 * in one pass over the stages before. Whether there is a right side. */
static bool emit_sums(Emitter *e, const PartTree *parts, Step *now, int i, bool input)
{
    trace_elementwise(e->trace, arena_printf(e->arena, "sums of stage %d", i + 1));
    const char *first = input ? input_text(e, parts, now, &now->form.a[i * e->model->tableau->stages], i) : NULL;
    const char *second = right_side_text(e, parts, &now->form, i);
    if (!first && !second) return false;
    emit_open(e, "%s", emit_each(e, e->model->states));
    if (first) emit_line(e, "%s", first);
    if (second) emit_line(e, "%s", second);
    emit_close(e, "");
    return second != NULL;
}

/* stage_increment = f + h d df/dt, and shift times the sum before if there is one. */
static void emit_add_rhs(Emitter *e, const PartTree *parts, View rhs, int i, bool sum)
{
    Number d = e->model->tableau->d[i];
    View x = view_of(buffers(parts).stage_increment), slope = view_of(buffers(parts).cached_auxiliaries);
    bool forced = !e->model->matrix->jacobian->autonomous && !number_is(d, 0);
    trace_elementwise(e->trace, arena_printf(e->arena, "right side of stage %d", i + 1));
    emit_read(e, rhs);
    if (forced) emit_read(e, slope);
    if (sum) emit_read(e, x);
    emit_write(e, x);
    const char *value = arena_printf(e->arena, sum ? "%s[i] + shift * stage_increment[i]" : "%s[i]", rhs.name);
    if (forced) value = arena_printf(e->arena, "%s + (%s * h) * %s[i]", value, emit_literal(e, d), slope.name);
    emit_line(e, "%s stage_increment[i] = %s;", emit_each(e, x.count), value);
}

static void emit_stage(Emitter *e, const PartTree *parts, Step *now, int i)
{
    const Tableau *tableau = e->model->tableau;
    bool first = i == 0 || share_input(tableau, i, 0), again = i > 0 && share_input(tableau, i, i - 1);
    View x = view_of(buffers(parts).stage_increment), rhs = rhs_of(parts);
    emit_comment(e, "stage %d", i + 1);
    bool sum = i > 0 && emit_sums(e, parts, now, i, !first && !again);
    if (!first && !again)
        system_emit_rhs(e, arena_printf(e->arena, "stage %d", i + 1), parts, rhs, view_of(parts->loop.proposed_state),
                        system_stage_time(e, i));
    emit_add_rhs(e, parts, first && rosenbrock_keeps_first_rhs(tableau) ? first_rhs(e, parts) : rhs, i, sum);
    parts->linear->solve(e, parts, x, view_of(parts->loop.state), "t", "shift", "active");
    const char *title = record_name(e, "increment of stage %d, transformed: (1/(h gamma) I - J) u = ...", i + 1);
    record_vector(e, record_name(e, "u%d", i + 1), x, NULL, title);
    if (i < tableau->stages - 1) emit_copy(e, "stage kept", NULL, stage(e, parts, i), x);
}

static void emit_solution(Emitter *e, const PartTree *parts, Step *now)
{
    trace_elementwise(e->trace, "solution");
    const char *statement = input_text(e, parts, now, now->form.m, e->model->tableau->stages);
    emit_comment(e, statement ? "solution" : "solution: the input of the last stage");
    if (statement) emit_line(e, "%s %s", emit_each(e, e->model->states), statement);
}

static void emit_error(Emitter *e, const PartTree *parts, const TransformedTableau *form)
{
    TermList terms = family_terms(e, parts, form->error, e->model->tableau->stages);
    emit_comment(e, "error estimate");
    emit_combination(e, "error", view_of(parts->loop.error), NULL, NULL, &terms);
}

static void step(Emitter *e, const PartTree *parts)
{
    const Tableau *tableau = e->model->tableau;
    Step now = { tableau_transformed(e->arena, tableau), NULL };
    emit_start(e, parts);
    for (int i = 0; i < tableau->stages; i++) emit_stage(e, parts, &now, i);
    emit_solution(e, parts, &now);
    if (e->model->adaptive) emit_error(e, parts, &now.form);
}

static void accept(Emitter *e, const PartTree *parts, const char *mask)
{
    if (!e->model->tableau->first_same_as_last) return;
    emit_copy(e, "right-hand side at the next step's start", mask, view_of(buffers(parts).stage_cache), rhs_of(parts));
}

/* Without an interpolant of its own a method has cubic Hermite. */
static void dense_begin(Emitter *e, const PartTree *parts)
{
    const Tableau *tableau = e->model->tableau;
    if (tableau->dense || tableau->first_same_as_last) return;
    emit_comment(e, "derivative at the end of the step");
    system_emit_rhs(e, "derivative at the end of the step", parts, rhs_of(parts), view_of(parts->loop.proposed_state),
                    e->model->system->autonomous ? "t" : "t + h");
}

static const Number *dense_weights(const Emitter *e)
{
    return tableau_transformed(e->arena, e->model->tableau).dense;
}

static View end_slope(const Emitter *e, const PartTree *parts, bool end)
{
    return end ? rhs_of(parts) : first_rhs(e, parts);
}

const FamilyPart rosenbrock_family = {
    .family = FAMILY_ROSENBROCK,
    .error_is_whole = true,
    .declare = declare,
    .step = step,
    .accept = accept,
    .first_rhs = first_rhs,
    .other_rhs = other_rhs,
    .dense_begin = dense_begin,
    .stage = stage,
    .dense_weights = dense_weights,
    .end_slope = end_slope,
};
