/* SPDX-License-Identifier: MIT */
/* Direct solution: the sparse factors of shift*I - J in diagonal Markowitz
 * order (system/lu.h). An entry of the matrix is computed when the turn of its
 * row comes, so only the factors live on; with tables the row at work lives
 * beside them. lu_form.h: how it is written.
 *
 * The pivots were chosen before any value was known, so each is watched: where
 * elimination cancelled all but rounding errors of a diagonal element, or left
 * nothing, the attempt is rejected (implicit.hpp, is_pivot). */
#include "solver/lu_part.h"

#include "code/problem.h"
#include "code/sum.h"
#include "solver/lu_code.h"

const Counter lu_counters[] = {
    { "factorisations", "LU factorisations" },
    { "bad_pivots", "attempts rejected for a bad pivot" },
    { 0 },
};

void lu_part_sizes(Scope *scope, const Model *model)
{
    scope_count(scope, "lu_entries", lu_form_elements(model));
    scope_count(scope, "linear_unknowns", model_linear_unknowns(model));
    scope_flag(scope, "lu_tables", lu_form(model) == LU_TABLES);
    scope_flag(scope, "keeps_factors", model_keeps_factors(model));
    scope_text(scope, "lu_precision", precision_name(model->lu_precision));
}

void lu_part_declare(Emitter *e)
{
    emit_declare(e, "lu_factor");
    emit_declare(e, "lu_renewed");
    emit_declare(e, "lu_vector");
    emit_declare(e, "lu_row");
}

/* "factor(lu, row, ddt, state, parameters.., time, shift)" */
static const char *factor_call(Emitter *e, const LinearSystem *system, View result, const View *ddt)
{
    const char *shift =
        model_is_narrow(e->model) ? arena_printf(e->arena, "to_factor(%s)", system->shift) : system->shift;
    Text call = text_new(e->arena);
    text_printf(&call, "%s(%s, ", ddt ? "linearise" : "factor", emit_write(e, result));
    if (lu_form(e->model) == LU_TABLES) text_printf(&call, "%s, ", emit_write(e, view_of(e, "lu_row")));
    if (ddt) text_printf(&call, "%s, ", emit_write(e, *ddt));
    text_printf(&call, "%s, ", emit_read(e, system->state));
    text_printf(&call, "%s, %s, %s)", problem_arguments(e), system->time, shift);
    return call.data;
}

void lu_part_factor(Emitter *e, const LinearSystem *system, const View *ddt, const char *mask)
{
    View lu = view_of(e, "lu_factor"), result = mask ? view_of(e, "lu_renewed") : lu;
    emit_step(e, "factorisation");
    emit_line(e, "const Mask solvable = %s;", factor_call(e, system, result, ddt));
    if (ddt) trace_evaluates(e->trace);
    if (mask) emit_copy(e, "factors renewed", mask, lu, result);
    emit_line(e, "note(trouble, %s%s!solvable, CUBIE_LINEAR_BREAKDOWN);", mask ? mask : "", mask ? " & " : "");
    emit_line(e, "count_if(%s, factorisations);", mask ? mask : "active");
    emit_line(e, "count_if(%s & !solvable, bad_pivots);", mask ? mask : "active");
}

static void prepare(Emitter *e, const LinearSystem *system, const View *ddt, const char *mask)
{
    bool joint = model_linearises(e->model);
    if (ddt && !joint) problem_call_rhs(e, "right-hand side", *ddt, system->state, system->time);
    lu_part_factor(e, system, joint ? ddt : NULL, mask);
}

void lu_part_convert(Emitter *e, const char *label, View target, View source, const char *conversion)
{
    emit_elementwise(e, label);
    emit_line(e, "%s %s[i] = %s(%s[i]);", emit_each(e, target.count), emit_write(e, target), conversion,
              emit_read(e, source));
}

static void solve(Emitter *e, const LinearSystem *system, View x, const char *active)
{
    (void)system, (void)active;
    bool narrow = model_is_narrow(e->model);
    View vector = narrow ? view_of(e, "lu_vector") : x;
    if (narrow) lu_part_convert(e, "to the precision of the factors", vector, x, "to_factor");
    emit_step(e, "solve");
    emit_line(e, "solve(%s, %s);", emit_read(e, view_of(e, "lu_factor")), emit_update(e, vector));
    if (narrow) lu_part_convert(e, "from the precision of the factors", x, vector, "real");
}

static bool serves(const Model *model)
{
    return model_is_direct(model) && !model->spectrum;
}

static const LinearPart offer = { .prepare = prepare, .solve = solve };

const Part lu_part = {
    .serves = serves,
    .group = "lu",
    .owner = "the linear solver lu",
    .inner = true,
    .counters = lu_counters,
    .sizes = lu_part_sizes,
    .describe = lu_form_describe,
    .functions = lu_code_emit,
    .declare = lu_part_declare,
    .linear = &offer,
};
