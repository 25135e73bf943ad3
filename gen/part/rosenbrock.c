/* Rosenbrock steps in the transformed form (tableau.h, TransformedTableau): one
 * factorisation, and per stage one solve and at most one evaluation of f. With
 * shift = 1/(h gamma),
 *
 *   (shift I - J) u_i = f(t + c_i h, y + sum_j a_ij u_j) + shift sum_j gamma c_ij u_j + h d_i df/dt
 *
 * The input of each stage is formed in proposed_state, f in stage_rhs, the right
 * side and then u_i in stage_store. stage_cache holds f at the start of the step
 * where that is needed again. */
#include "part/dense.h"
#include "part/linear.h"
#include "part/part.h"
#include "part/record.h"

typedef struct RosenbrockBuffers {
    const Buffer *stage_rhs, *stage_store, *stage_cache, *cached_auxiliaries;
} RosenbrockBuffers;

static RosenbrockBuffers buffers(const PartTree *parts)
{
    return (RosenbrockBuffers){
        .stage_rhs = buffer_group_find(parts->group, "stage_rhs"),
        .stage_store = buffer_group_find(parts->group, "stage_store"),
        .stage_cache = buffer_group_find(parts->group, "stage_cache"),
        .cached_auxiliaries = buffer_group_find(parts->group, "cached_auxiliaries"),
    };
}

/* u of stage i, counted from 0. */
static View stage(const Emitter *e, const PartTree *parts, int i)
{
    int n = e->model->states;
    return view_piece(buffers(parts).stage_store, (int64_t)i * n, n, arena_printf(e->arena, "u%d", i + 1));
}

static View rhs_of(const PartTree *parts)
{
    return view_of(buffers(parts).stage_rhs);
}

/* f at the start of the step: in stage_cache where there is one. */
static View first_rhs(const Emitter *e, const PartTree *parts)
{
    const Buffer *cache = buffers(parts).stage_cache;
    return cache->size ? view_of(cache) : stage(e, parts, 0);
}

static View other_rhs(const Emitter *e, const PartTree *parts)
{
    (void)e;
    return rhs_of(parts);
}

static void declare(Emitter *e, const PartTree *parts)
{
    const RosenbrockBuffers own = buffers(parts);
    emit_declare(e, own.stage_rhs);
    emit_declare(e, own.stage_store);
    emit_declare(e, own.stage_cache);
    emit_declare(e, own.cached_auxiliaries);
    for (int i = 0; i < e->model->tableau->stages; i++) {
        View u = stage(e, parts, i);
        if (e->layout && !emit_is_used(e, u.buffer)) return;
        emit_line(e, "[[maybe_unused]] const auto %s = at(stage_store, %lld);", u.name, (long long)u.first);
    }
}

static TermList terms_of(const Emitter *e, const PartTree *parts, const Number *weights, int count)
{
    TermList terms = { 0 };
    for (int i = 0; i < count; i++) *array_push(e->arena, &terms) = (Term){ weights[i], stage(e, parts, i) };
    return terms;
}

static const char *stage_time(const Emitter *e, int i)
{
    Number c = e->model->tableau->c[i];
    if (e->model->system->autonomous || number_is(c, 0)) return "t";
    if (number_is(c, 1)) return "t + h";
    return arena_printf(e->arena, "t + %s * h", emit_literal(e, c));
}

/* Whether stages i and j evaluate f at the same place. */
static bool share_input(const Tableau *tableau, int i, int j)
{
    for (int k = 0; k < tableau->stages; k++)
        if (number_compare(tableau_a(tableau, i, k), tableau_a(tableau, j, k))) return false;
    return !number_compare(tableau->c[i], tableau->c[j]);
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
    View state = view_of(parts->loop.state), first = rosenbrock_keeps_first_rhs(tableau) ? first_rhs(e, parts) : rhs_of(parts);
    Number gamma = tableau->gamma[0];
    emit_line(e, "const Real shift = reciprocal(%s * h);", emit_literal(e, gamma));
    emit_comment(e, "right-hand side and factors at the start of the step");
    parts->linear->prepare(e, parts, tableau->first_same_as_last ? NULL : &first, state, "t", "shift", NULL);
    if (!e->model->matrix->jacobian->autonomous)
        system_emit_time_slope(e, parts, view_of(buffers(parts).cached_auxiliaries), state, "t");
}

/* f of stage i, where it lies: computed unless a stage before had it. */
static View emit_stage_rhs(Emitter *e, const PartTree *parts, const TransformedTableau *form, int i)
{
    const Tableau *tableau = e->model->tableau;
    View rhs = rhs_of(parts), input = view_of(parts->loop.proposed_state), state = view_of(parts->loop.state);
    if (i == 0 || share_input(tableau, i, 0)) return rosenbrock_keeps_first_rhs(tableau) ? first_rhs(e, parts) : rhs;
    if (share_input(tableau, i, i - 1)) return rhs;
    TermList terms = terms_of(e, parts, &form->a[i * tableau->stages], i);
    emit_combination(e, arena_printf(e->arena, "input of stage %d", i + 1), input, &state, NULL, &terms);
    system_emit_rhs(e, arena_printf(e->arena, "stage %d", i + 1), parts, rhs, input, stage_time(e, i));
    return rhs;
}

/* target += h d df/dt */
static void emit_time_term(Emitter *e, const PartTree *parts, View target, Number d)
{
    if (e->model->matrix->jacobian->autonomous || number_is(d, 0)) return;
    View slope = view_of(buffers(parts).cached_auxiliaries);
    trace_elementwise(e->trace, "time derivative");
    emit_read(e, slope);
    emit_read(e, target);
    emit_write(e, target);
    emit_line(e, "%s %s[i] += (%s * h) * %s[i];", emit_each(e, target.count), target.name, emit_literal(e, d), slope.name);
}

static void emit_stage(Emitter *e, const PartTree *parts, const TransformedTableau *form, int i)
{
    const Tableau *tableau = e->model->tableau;
    View u = stage(e, parts, i);
    emit_comment(e, "stage %d", i + 1);
    View rhs = emit_stage_rhs(e, parts, form, i);
    Number *weights = ARENA_ARRAY(e->arena, Number, i);
    for (int j = 0; j < i; j++) weights[j] = number_multiply(form->gamma, form->c[i * tableau->stages + j]);
    TermList terms = terms_of(e, parts, weights, i);
    emit_combination(e, arena_printf(e->arena, "right side of stage %d", i + 1), u, &rhs, "shift", &terms);
    emit_time_term(e, parts, u, tableau->d[i]);
    parts->linear->solve(e, parts, u, view_of(parts->loop.state), "t", "shift", "active");
    record_vector(e, u.name, u, NULL, record_name(e, "increment of stage %d, transformed: (1/(h gamma) I - J) u = ...", i + 1));
}

/* Whether y_new is the input of the last stage plus u of that stage. */
static bool ends_at_input(const Tableau *tableau, const TransformedTableau *form)
{
    int s = tableau->stages;
    for (int j = 0; j < s - 1; j++)
        if (number_compare(form->m[j], form->a[(s - 1) * s + j])) return false;
    return number_is(form->m[s - 1], 1);
}

static void emit_solution(Emitter *e, const PartTree *parts, const TransformedTableau *form)
{
    int s = e->model->tableau->stages;
    View proposed = view_of(parts->loop.proposed_state), state = view_of(parts->loop.state);
    TermList terms = terms_of(e, parts, form->m, s);
    emit_comment(e, "solution");
    if (ends_at_input(e->model->tableau, form)) {
        for (int j = 0; j < s - 1; j++) terms.items[j].coefficient = number_integer(0);
        emit_combination(e, "solution", proposed, &proposed, NULL, &terms);
    } else {
        emit_combination(e, "solution", proposed, &state, NULL, &terms);
    }
}

static void step(Emitter *e, const PartTree *parts)
{
    const Tableau *tableau = e->model->tableau;
    TransformedTableau form = tableau_transformed(e->arena, tableau);
    emit_start(e, parts);
    for (int i = 0; i < tableau->stages; i++) emit_stage(e, parts, &form, i);
    emit_solution(e, parts, &form);
    if (!e->model->adaptive) return;
    TermList terms = terms_of(e, parts, form.error, tableau->stages);
    emit_comment(e, "error estimate");
    emit_combination(e, "error", view_of(parts->loop.error), NULL, NULL, &terms);
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

static void dense(Emitter *e, const PartTree *parts)
{
    Tableau tableau = *e->model->tableau;
    if (!tableau.dense) {
        dense_emit_hermite(e, parts, first_rhs(e, parts), rhs_of(parts));
        return;
    }
    View *stages = ARENA_ARRAY(e->arena, View, tableau.stages);
    for (int i = 0; i < tableau.stages; i++) stages[i] = stage(e, parts, i);
    tableau.dense = tableau_transformed(e->arena, &tableau).dense;
    dense_emit_interpolant(e, parts, &tableau, stages, NULL);
}

const FamilyPart rosenbrock_family = {
    .family = FAMILY_ROSENBROCK,
    .name = "rosenbrock",
    .implicit = true,
    .error_is_whole = true,
    .declare = declare,
    .step = step,
    .accept = accept,
    .first_rhs = first_rhs,
    .other_rhs = other_rhs,
    .dense_begin = dense_begin,
    .dense = dense,
};
