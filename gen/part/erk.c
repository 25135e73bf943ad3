/* SPDX-License-Identifier: MIT */
/* Explicit Runge-Kutta steps in the classical form: every stage derivative is
 * kept, k1 in stage_cache when the last stage of the step before is the first
 * of this one, else in stage_accumulator; the last one in stage_rhs. The input
 * of each stage is formed in proposed_state. */
#include "code/problem.h"
#include "code/record.h"
#include "part/family.h"

/* k of stage i, counted from 0; extra stages of the interpolant follow. */
static View stage(const Emitter *e, int i)
{
    const Tableau *tableau = e->model->tableau;
    int n = e->model->states, s = tableau->stages;
    const char *name = arena_printf(e->arena, "k%d", i + 1);
    if (i >= s) return view_piece(view_buffer(e, "stage_dense"), (int64_t)(i - s) * n, n, name);
    if (i == 0 && tableau->first_same_as_last) return view_piece(view_buffer(e, "stage_cache"), 0, n, name);
    if (i == s - 1) return view_piece(view_buffer(e, "stage_rhs"), 0, n, name);
    return view_piece(view_buffer(e, "stage_accumulator"), (int64_t)i * n, n, name);
}

static View first_rhs(const Emitter *e)
{
    return stage(e, 0);
}

static View other_rhs(const Emitter *e)
{
    return view_of(e, "stage_rhs");
}

static void declare(Emitter *e)
{
    emit_declare(e, "stage_rhs");
    emit_declare(e, "stage_accumulator");
    emit_declare(e, "stage_cache");
    emit_declare(e, "stage_dense");
    const Tableau *tableau = e->model->tableau;
    for (int i = 0; i < tableau->stages + tableau->dense_stages; i++) emit_name(e, stage(e, i));
}

/* target = state + h sum a_ij k_j, then k_i = f(t + c_i h, target). */
static void emit_stage(Emitter *e, int i, View target)
{
    const Tableau *tableau = e->model->tableau;
    int columns = tableau->stages + tableau->dense_stages;
    const char *label = arena_printf(e->arena, "stage %d", i + 1);
    if (i > 0) {
        TermList terms = family_terms(e, &tableau->a[i * columns], i);
        View state = view_of(e, "state");
        emit_combination(e, arena_printf(e->arena, "input of %s", label), target, &state, "h", &terms);
    } else {
        target = view_of(e, "state");
    }
    problem_call_rhs(e, label, stage(e, i), target, problem_stage_time(e, i));
}

static void emit_error(Emitter *e)
{
    TermList terms = family_terms(e, e->model->tableau->error, e->model->tableau->stages);
    emit_comment(e, "error estimate, divided by h");
    emit_combination(e, "error", view_of(e, "error"), NULL, NULL, &terms);
}

static void record_stage(Emitter *e, int i)
{
    View k = stage(e, i);
    record_vector(e, k.name, k, NULL, record_name(e, "derivative of stage %d", i + 1));
}

static void step(Emitter *e)
{
    const Tableau *tableau = e->model->tableau;
    if (tableau->first_same_as_last) record_stage(e, 0);
    for (int i = tableau->first_same_as_last ? 1 : 0; i < tableau->stages; i++) {
        bool last = tableau->first_same_as_last && i == tableau->stages - 1;
        emit_comment(e, last ? "stage %d: at the solution" : "stage %d", i + 1);
        emit_stage(e, i, view_of(e, "proposed_state"));
        record_stage(e, i);
    }
    if (!tableau->first_same_as_last) family_emit_solution(e);
    if (e->model->adaptive) emit_error(e);
}

static const char *error_low(Emitter *e)
{
    if (!e->model->tableau->error_low) return NULL;
    TermList terms = family_terms(e, e->model->tableau->error_low, e->model->tableau->stages);
    return emit_sum(e, &terms, NULL);
}

static void accepted(Emitter *e)
{
    if (!e->model->tableau->first_same_as_last) return;
    family_keep(e, "first stage of the next step", view_of(e, "stage_cache"), stage(e, e->model->tableau->stages - 1));
}

/* Without an interpolant of its own a method has cubic Hermite, which needs
 * the derivative at the end of the step (Hairer, Norsett & Wanner I, II.6). */
static bool needs_last_rhs(const Tableau *tableau)
{
    return !tableau->dense && !tableau->first_same_as_last;
}

static void dense_begin(Emitter *e)
{
    const Tableau *tableau = e->model->tableau;
    for (int i = tableau->stages; tableau->dense && i < tableau->stages + tableau->dense_stages; i++) {
        emit_comment(e, "stage %d: for dense output only", i + 1);
        emit_stage(e, i, view_of(e, "saved_state"));
    }
    if (!needs_last_rhs(tableau)) return;
    emit_comment(e, "derivative at the end of the step");
    problem_call_rhs(e, "derivative at the end of the step", view_of(e, "stage_rhs"), view_of(e, "proposed_state"),
                     problem_end_time(e));
}

static View end_slope(const Emitter *e, bool end)
{
    return end ? view_of(e, "stage_rhs") : stage(e, 0);
}

static bool keeps_rhs(const Model *model)
{
    return model->tableau->first_same_as_last;
}

static void sizes(Scope *scope, const Model *model)
{
    family_sizes(scope, model);
    scope_count(scope, "dense_stages", model->tableau->dense ? model->tableau->dense_stages : 0);
}

static bool serves(const Model *model)
{
    return model->tableau->family == FAMILY_ERK;
}

static const FamilyPart offer = {
    .first_rhs = first_rhs,
    .other_rhs = other_rhs,
    .keeps_rhs = keeps_rhs,
    .error_low = error_low,
    .dense_begin = dense_begin,
    .stage = stage,
    .dense_scale = "h",
    .end_slope = end_slope,
};

const Part erk_part = {
    .serves = serves,
    .group = "erk",
    .owner = "methods of the family erk",
    .sizes = sizes,
    .begin = family_begin,
    .declare = declare,
    .step = step,
    .accepted = accepted,
    .family = &offer,
};
