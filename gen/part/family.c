/* SPDX-License-Identifier: MIT */
#include "part/family.h"

#include "part/part.h"

const FamilyPart *const families[] = { &erk_family, &dirk_family, &firk_family, &rosenbrock_family, NULL };

const FamilyPart *family_find(Family family)
{
    for (int i = 0; families[i]; i++)
        if (families[i]->family == family) return families[i];
    return NULL;
}

TermList family_terms(const Emitter *e, const PartTree *parts, const Number *weights, int count)
{
    TermList terms = { 0 };
    for (int i = 0; i < count; i++)
        *array_push(e->arena, &terms) = (Term){ weights[i], parts->family->stage(e, parts, i) };
    return terms;
}

void family_emit_solution(Emitter *e, const PartTree *parts)
{
    TermList terms = family_terms(e, parts, e->model->tableau->b, e->model->tableau->stages);
    View state = view_of(parts->loop.state);
    emit_comment(e, "solution");
    emit_combination(e, "solution", view_of(parts->loop.proposed_state), &state, "h", &terms);
}
