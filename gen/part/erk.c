/* SPDX-License-Identifier: MIT */
/* Explicit Runge-Kutta steps in the classical form: every stage derivative is
 * kept, k1 in stage_cache when the last stage of the step before is the first
 * of this one, else in stage_accumulator; the last one in stage_rhs. The input
 * of each stage is formed in proposed_state. */
#include "part/part.h"
#include "code/record.h"

typedef struct ErkBuffers {
    const Buffer *stage_rhs, *stage_accumulator, *stage_cache, *stage_dense;
} ErkBuffers;

static ErkBuffers buffers(const PartTree *parts)
{
    return (ErkBuffers){
        .stage_rhs = buffer_group_find(parts->group, "stage_rhs"),
        .stage_accumulator = buffer_group_find(parts->group, "stage_accumulator"),
        .stage_cache = buffer_group_find(parts->group, "stage_cache"),
        .stage_dense = buffer_group_find(parts->group, "stage_dense"),
    };
}

/* k of stage i, counted from 0; extra stages of the interpolant follow. */
static View stage(const Emitter *e, const PartTree *parts, int i)
{
    const Tableau *tableau = e->model->tableau;
    const ErkBuffers erk = buffers(parts);
    int n = e->model->states, s = tableau->stages;
    const char *name = arena_printf(e->arena, "k%d", i + 1);
    if (i >= s) return view_piece(erk.stage_dense, (int64_t)(i - s) * n, n, name);
    if (i == 0 && tableau->first_same_as_last) return view_piece(erk.stage_cache, 0, n, name);
    if (i == s - 1) return view_piece(erk.stage_rhs, 0, n, name);
    return view_piece(erk.stage_accumulator, (int64_t)i * n, n, name);
}

static View first_rhs(const Emitter *e, const PartTree *parts)
{
    return stage(e, parts, 0);
}

static View other_rhs(const Emitter *e, const PartTree *parts)
{
    (void)e;
    return view_of(buffers(parts).stage_rhs);
}

static void declare(Emitter *e, const PartTree *parts)
{
    const ErkBuffers erk = buffers(parts);
    emit_declare(e, erk.stage_rhs);
    emit_declare(e, erk.stage_accumulator);
    emit_declare(e, erk.stage_cache);
    emit_declare(e, erk.stage_dense);
    const Tableau *tableau = e->model->tableau;
    for (int i = 0; i < tableau->stages + tableau->dense_stages; i++) emit_name(e, stage(e, parts, i));
}

/* target = state + h sum a_ij k_j, then k_i = f(t + c_i h, target). */
static void emit_stage(Emitter *e, const PartTree *parts, int i, View target)
{
    const Tableau *tableau = e->model->tableau;
    int columns = tableau->stages + tableau->dense_stages;
    const char *label = arena_printf(e->arena, "stage %d", i + 1);
    if (i > 0) {
        TermList terms = family_terms(e, parts, &tableau->a[i * columns], i);
        View state = view_of(parts->loop.state);
        emit_combination(e, arena_printf(e->arena, "input of %s", label), target, &state, "h", &terms);
    } else {
        target = view_of(parts->loop.state);
    }
    system_emit_rhs(e, label, parts, stage(e, parts, i), target, system_stage_time(e, i));
}

static void emit_error(Emitter *e, const PartTree *parts)
{
    TermList terms = family_terms(e, parts, e->model->tableau->error, e->model->tableau->stages);
    emit_comment(e, "error estimate, divided by h");
    emit_combination(e, "error", view_of(parts->loop.error), NULL, NULL, &terms);
}

static void record_stage(Emitter *e, const PartTree *parts, int i)
{
    View k = stage(e, parts, i);
    record_vector(e, k.name, k, NULL, record_name(e, "derivative of stage %d", i + 1));
}

static void step(Emitter *e, const PartTree *parts)
{
    const Tableau *tableau = e->model->tableau;
    if (tableau->first_same_as_last) record_stage(e, parts, 0);
    for (int i = tableau->first_same_as_last ? 1 : 0; i < tableau->stages; i++) {
        bool last = tableau->first_same_as_last && i == tableau->stages - 1;
        emit_comment(e, last ? "stage %d: at the solution" : "stage %d", i + 1);
        emit_stage(e, parts, i, view_of(parts->loop.proposed_state));
        record_stage(e, parts, i);
    }
    if (!tableau->first_same_as_last) family_emit_solution(e, parts);
    if (e->model->adaptive) emit_error(e, parts);
}

static const char *error_low(Emitter *e, const PartTree *parts)
{
    if (!e->model->tableau->error_low) return NULL;
    TermList terms = family_terms(e, parts, e->model->tableau->error_low, e->model->tableau->stages);
    for (int j = 0; j < terms.count; j++)
        if (!number_is(terms.items[j].coefficient, 0)) emit_read(e, terms.items[j].view);
    return emit_sum(e, &terms, NULL);
}

static void accept(Emitter *e, const PartTree *parts, const char *mask)
{
    if (!e->model->tableau->first_same_as_last) return;
    View cache = view_of(buffers(parts).stage_cache);
    emit_copy(e, "first stage of the next step", mask, cache, stage(e, parts, e->model->tableau->stages - 1));
}

/* Without an interpolant of its own a method has cubic Hermite, which needs
 * the derivative at the end of the step (Hairer, Norsett & Wanner I, II.6). */
static bool needs_last_rhs(const Tableau *tableau)
{
    return !tableau->dense && !tableau->first_same_as_last;
}

static void dense_begin(Emitter *e, const PartTree *parts)
{
    const Tableau *tableau = e->model->tableau;
    for (int i = tableau->stages; tableau->dense && i < tableau->stages + tableau->dense_stages; i++) {
        emit_comment(e, "stage %d: for dense output only", i + 1);
        emit_stage(e, parts, i, view_of(parts->loop.saved_state));
    }
    if (!needs_last_rhs(tableau)) return;
    emit_comment(e, "derivative at the end of the step");
    system_emit_rhs(e, "derivative at the end of the step", parts, view_of(buffers(parts).stage_rhs),
                    view_of(parts->loop.proposed_state), e->model->system->autonomous ? "t" : "t + h");
}

static View end_slope(const Emitter *e, const PartTree *parts, bool end)
{
    return end ? view_of(buffers(parts).stage_rhs) : stage(e, parts, 0);
}

const FamilyPart erk_family = {
    .family = FAMILY_ERK,
    .declare = declare,
    .step = step,
    .accept = accept,
    .first_rhs = first_rhs,
    .other_rhs = other_rhs,
    .error_low = error_low,
    .dense_begin = dense_begin,
    .stage = stage,
    .dense_scale = "h",
    .end_slope = end_slope,
};
