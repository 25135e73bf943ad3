/* SPDX-License-Identifier: MIT */
/* Diagonally implicit Runge-Kutta steps (E. Hairer, G. Wanner, Solving Ordinary
 * Differential Equations II, 2nd ed. 1996, IV.6). Stage i solves
 *
 *   z = h a_ii f(t + c_i h, base + z),  base = y + h sum_{j<i} a_ij k_j
 *
 * for its increment z by Newton's method (newton.h); then k_i = z / (h a_ii),
 * and f is not evaluated again. An explicit stage has k_i = f(t + c_i h, base).
 * The derivatives k are kept in accumulator, the last one in stage_increment,
 * where its z was; a first-same-as-last method has k_1 in rhs_cache. */
#include "method/dirk.h"

#include "code/problem.h"
#include "code/record.h"
#include "part/family.h"
#include "part/newton.h"
#include "solver/linear.h"

static View increment_of(const Emitter *e)
{
    return view_of(e, "stage_increment");
}

/* What one step leaves to the next: the derivative of its last stage. */
static View cache_of(const Emitter *e)
{
    return view_of(e, e->model->tableau->first_same_as_last ? "rhs_cache" : "increment_cache");
}

static View first_rhs(const Emitter *e)
{
    return cache_of(e);
}

static View other_rhs(const Emitter *e)
{
    return increment_of(e);
}

/* k of stage i, counted from 0. */
static View stage(const Emitter *e, int i)
{
    const Tableau *tableau = e->model->tableau;
    int n = e->model->states;
    const char *name = arena_printf(e->arena, "k%d", i + 1);
    if (i == 0 && tableau->first_same_as_last) return view_piece(view_buffer(e, "rhs_cache"), 0, n, name);
    if (i == tableau->stages - 1) return view_piece(view_buffer(e, "stage_increment"), 0, n, name);
    return view_piece(view_buffer(e, "accumulator"), (int64_t)i * n, n, name);
}

static void declare(Emitter *e)
{
    static const char *const names[] = { "stage_increment", "accumulator", "stage_base", "increment_cache",
                                         "rhs_cache" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) emit_declare(e, names[i]);
    for (int i = 0; i < e->model->tableau->stages; i++) emit_name(e, stage(e, i));
}

static Number diagonal(const Tableau *tableau, int i)
{
    return tableau_a(tableau, i, i);
}

/* ---- one step ---- */

/* 1/(h a_ii): one name for each number on the diagonal. */
static const char *shift_name(const Emitter *e, int i)
{
    const Tableau *tableau = e->model->tableau;
    bool one = !number_is(tableau_diagonal(tableau), 0);
    for (int j = 0; j < i && !one; j++)
        if (number_equal(diagonal(tableau, j), diagonal(tableau, i))) return shift_name(e, j);
    return one ? "shift" : arena_printf(e->arena, "shift%d", i + 1);
}

static bool has_own_shift(const Tableau *tableau, int i)
{
    if (tableau_stage_is_explicit(tableau, i)) return false;
    for (int j = 0; j < i; j++)
        if (number_equal(diagonal(tableau, j), diagonal(tableau, i))) return false;
    return true;
}

static const char *matrix_time(const Emitter *e)
{
    return e->model->system->autonomous ? "t" : "t_matrix";
}

static int implicit_before(const Tableau *tableau, int i)
{
    for (i--; i >= 0 && tableau_stage_is_explicit(tableau, i); i--) {
    }
    return i;
}

/* The matrix, for the first implicit stage and wherever the diagonal changes. */
static void emit_matrix(Emitter *e, int i)
{
    const Tableau *tableau = e->model->tableau;
    int before = implicit_before(tableau, i);
    const char *shift = shift_name(e, i);
    if (has_own_shift(tableau, i))
        emit_line(e, "const Real %s = reciprocal(%s * h);", shift, emit_literal(e, diagonal(tableau, i)));
    if (before < 0 && !e->model->system->autonomous)
        emit_line(e, "const Real t_matrix = t + %s * h; // the mean of the stages",
                  emit_literal(e, dirk_matrix_node(tableau)));
    if (before >= 0 && number_equal(diagonal(tableau, before), diagonal(tableau, i))) return;
    bool keeps = model_keeps_factors(e->model);
    if (keeps) newton_emit_renew(e, shift);
    if (keeps)
        emit_region(e, TRACE_BRANCH, "factors are too old", "if (any(renew))");
    else
        emit_open(e, "%s", "");
    e->parts->linear->prepare(e, &(LinearSystem){ view_of(e, "state"), matrix_time(e), shift }, NULL,
                              keeps ? "renew" : NULL);
    if (keeps) newton_emit_renewed(e, shift);
    if (keeps)
        emit_region_end(e);
    else
        emit_close(e, "");
}

static void emit_base(Emitter *e, int i, View target)
{
    const Tableau *tableau = e->model->tableau;
    View state = view_of(e, "state");
    TermList terms = family_terms(e, &tableau->a[i * (tableau->stages + tableau->dense_stages)], i);
    emit_combination(e, arena_printf(e->arena, "start of stage %d", i + 1), target, &state, "h", &terms);
}

static void emit_explicit(Emitter *e, int i)
{
    const char *label = arena_printf(e->arena, "stage %d", i + 1);
    View input = i ? view_of(e, "proposed_state") : view_of(e, "state");
    if (i) emit_base(e, i, input);
    problem_call_rhs(e, label, stage(e, i), input, problem_stage_time(e, i));
}

/* The first guess: h a_ii times a derivative. */
static void emit_guess(Emitter *e, int i)
{
    const Tableau *tableau = e->model->tableau;
    Number *weights = ARENA_ARRAY(e->arena, Number, i + 1);
    dirk_predict(weights, tableau, i);
    TermList terms = family_terms(e, weights, i);
    if (!number_is(weights[i], 0)) *array_push(e->arena, &terms) = (Term){ weights[i], cache_of(e) };
    for (int j = 0; j < terms.count; j++)
        terms.items[j].coefficient = number_multiply(terms.items[j].coefficient, diagonal(tableau, i));
    emit_combination(e, arena_printf(e->arena, "first guess of stage %d", i + 1), increment_of(e), NULL, "h", &terms);
}

/* k = z / (h a_ii) */
static void emit_derivative(Emitter *e, int i)
{
    View z = increment_of(e), k = stage(e, i);
    emit_elementwise(e, arena_printf(e->arena, "derivative of stage %d", i + 1));
    emit_line(e, "%s %s[i] = %s * %s[i];", emit_each(e, k.count), emit_write(e, k), shift_name(e, i), emit_read(e, z));
}

static void emit_implicit(Emitter *e, int i)
{
    View base = view_of(e, "stage_base");
    const NewtonStage stage = { .number = i + 1,
                                .base = base,
                                .increment = increment_of(e),
                                .time = problem_stage_time(e, i),
                                .matrix_time = matrix_time(e),
                                .shift = shift_name(e, i) };
    emit_matrix(e, i);
    if (implicit_before(e->model->tableau, i) < 0) newton_emit_function(e, &stage);
    emit_base(e, i, base);
    emit_comment(e, "increment: a guess from derivatives before, then Newton's method");
    emit_guess(e, i);
    newton_emit_stage(e, &stage);
}

/* Stiffly accurate: the last stage, while its z is there. */
static void emit_last_stage(Emitter *e)
{
    View base = view_of(e, "stage_base");
    TermList terms = { 0 };
    *array_push(e->arena, &terms) = (Term){ number_integer(1), increment_of(e) };
    emit_comment(e, "solution: the last stage");
    emit_combination(e, "solution", view_of(e, "proposed_state"), &base, NULL, &terms);
}

/* The error itself: divided by h it may be too small for the float32 of step size control.
 * The filter is that of M. E. Hosea, L. F. Shampine, Analysis and implementation of TR-BDF2,
 * Appl. Numer. Math. 20 (1996) 21-37. */
static void emit_error(Emitter *e)
{
    const Tableau *tableau = e->model->tableau;
    int last = implicit_before(tableau, tableau->stages);
    bool filters = dirk_filters_error(tableau) && last >= 0;
    View error = view_of(e, "error");
    TermList terms = family_terms(e, tableau->error, tableau->stages);
    const char *shift = model_keeps_factors(e->model) ? "factored_shift" : last >= 0 ? shift_name(e, last) : NULL;
    emit_comment(e, filters ? "error estimate, filtered" : "error estimate");
    emit_combination(e, "error", error, NULL, filters ? arena_printf(e->arena, "%s * h", shift) : "h", &terms);
    if (filters)
        e->parts->linear->solve(e, &(LinearSystem){ view_of(e, "state"), matrix_time(e), shift }, error, "active");
}

static void step(Emitter *e)
{
    const Tableau *tableau = e->model->tableau;
    int s = tableau->stages;
    bool ends_in_stage = tableau->stiffly_accurate && !tableau_stage_is_explicit(tableau, s - 1);
    for (int i = 0; i < s; i++) {
        bool known = i == 0 && tableau->first_same_as_last, explicit_stage = tableau_stage_is_explicit(tableau, i);
        emit_comment(e, known ? "stage %d: of the step before" : "stage %d", i + 1);
        if (explicit_stage && !known) emit_explicit(e, i);
        if (!explicit_stage) emit_implicit(e, i);
        if (i == s - 1 && ends_in_stage) emit_last_stage(e);
        if (!explicit_stage) emit_derivative(e, i);
        View k = stage(e, i);
        record_vector(e, k.name, k, NULL, record_name(e, "derivative of stage %d", i + 1));
    }
    if (!ends_in_stage) family_emit_solution(e);
    if (e->model->adaptive) emit_error(e);
}

static void accepted(Emitter *e)
{
    family_keep(e, "derivative at the end, for the next step", cache_of(e), increment_of(e));
}

/* ---- dense output ---- */

/* Hermite's derivatives are the last stages of two steps when these lie at the
 * ends of the step; else they are computed. */
static bool has_end_rhs(const Tableau *tableau)
{
    return tableau->stiffly_accurate || tableau->first_same_as_last;
}

static void dense_begin(Emitter *e)
{
    const Tableau *tableau = e->model->tableau;
    if (tableau->dense || has_end_rhs(tableau)) return;
    emit_comment(e, "derivatives at both ends of the step");
    problem_call_rhs(e, "derivative at the start of the step", view_of(e, "stage_base"), view_of(e, "state"), "t");
    problem_call_rhs(e, "derivative at the end of the step", newton_spare(e), view_of(e, "proposed_state"),
                     problem_end_time(e));
}

static View end_slope(const Emitter *e, bool end)
{
    if (has_end_rhs(e->model->tableau)) return end ? increment_of(e) : cache_of(e);
    return end ? newton_spare(e) : view_of(e, "stage_base");
}

/* The first stage is kept, or what its guess is made of. */
static bool keeps_rhs(const Model *model)
{
    (void)model;
    return true;
}

static bool serves(const Model *model)
{
    return model->tableau->family == FAMILY_DIRK;
}

static const FamilyPart offer = {
    .error_is_whole = true,
    .first_rhs = first_rhs,
    .other_rhs = other_rhs,
    .keeps_rhs = keeps_rhs,
    .dense_begin = dense_begin,
    .stage = stage,
    .dense_scale = "h",
    .end_slope = end_slope,
};

const Part dirk_part = {
    .serves = serves,
    .group = "dirk",
    .owner = "methods of the family dirk",
    .sizes = family_sizes,
    .begin = family_begin,
    .declare = declare,
    .step = step,
    .accepted = accepted,
    .family = &offer,
};
