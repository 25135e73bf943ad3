/* SPDX-License-Identifier: MIT */
#include "part/family.h"

#include <string.h>

#include "code/problem.h"

static bool keeps_rhs(const Emitter *e)
{
    const FamilyPart *family = e->parts->family;
    return family->keeps_rhs && family->keeps_rhs(e->model);
}

/* Of the method's own buffers what begin has a use for. */
static void declare_for_begin(Emitter *e)
{
    const FamilyPart *family = e->parts->family;
    const View views[] = { family->first_rhs(e), family->other_rhs(e) };
    for (int i = 0; i < 2; i++) {
        const Buffer *buffer = views[i].buffer;
        if (buffer_group_find(e->parts->group, buffer->name) == buffer) continue; /* a member */
        if (i == 0 || buffer != views[0].buffer) emit_declare(e, buffer->name);
        emit_name(e, views[i]);
    }
}

void family_begin(Emitter *e)
{
    const FamilyPart *family = e->parts->family;
    View state = view_of(e, "state"), first = family->first_rhs(e), rhs = family->other_rhs(e);
    if (!keeps_rhs(e) && !e->model->adaptive) return;
    declare_for_begin(e);
    problem_call_rhs(e, "first stage", keeps_rhs(e) ? rhs : first, state, "t");
    if (keeps_rhs(e)) emit_copy(e, "first stage, kept", "mask", first, rhs);
}

void family_sizes(Scope *scope, const Model *model)
{
    scope_count(scope, "s", model->tableau->stages);
    scope_flag(scope, "first_same_as_last", model->tableau->first_same_as_last);
}

TermList family_terms(const Emitter *e, const Number *weights, int count)
{
    TermList terms = { 0 };
    for (int i = 0; i < count; i++) *array_push(e->arena, &terms) = (Term){ weights[i], e->parts->family->stage(e, i) };
    return terms;
}

void family_emit_solution(Emitter *e)
{
    TermList terms = family_terms(e, e->model->tableau->b, e->model->tableau->stages);
    View state = view_of(e, "state");
    emit_comment(e, "solution");
    emit_combination(e, "solution", view_of(e, "proposed_state"), &state, "h", &terms);
}

void family_keep(Emitter *e, const char *label, View target, View source)
{
    emit_copy(e, label, e->model->adaptive ? "accept" : NULL, target, source);
}
