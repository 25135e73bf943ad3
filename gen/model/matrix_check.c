/* SPDX-License-Identifier: MIT */
#include "model/matrix_check.h"

#include "layout/buffer.h"

static const char *derivative_name(Arena *arena, const System *system, int row, int column)
{
    return arena_printf(arena, "d ddt.%s / d %s", system->derivative[row].name,
                        column < 0 ? "t" : system->state[column].symbol->name);
}

/* column: -1 for the derivative by time. */
static bool check_entry(Arena *scratch, const Model *model, const Expr *expr, int row, int column)
{
    Precision precision = column < 0 ? model->precision : model->lu_precision;
    const Source source = model->system->derivative[row].source;
    const char *name = derivative_name(scratch, model->system, row, column);
    if (expr_find_nonfinite(expr)) {
        diag_error(source,
                   "%s does not exist: it holds a constant that is not finite; write the equation otherwise, or "
                   "use an explicit method",
                   name);
        return false;
    }
    const Expr *unfit = expr_find_unfit(expr, precision);
    if (!unfit) return true;
    diag_error(source, "%s holds the constant %.6Lg, which does not fit in %s; use %s = \"float64\" or other units",
               name, unfit->number.value, precision_name(precision),
               precision == model->precision ? "precision" : "lu_precision");
    return false;
}

/* One pass finds most rows good. */
static bool check_row(Arena *scratch, const Model *model, const Jacobian *jacobian, int row)
{
    int first = jacobian->pattern.start[row], count = jacobian->pattern.start[row + 1] - first;
    bool suspect = expr_find_unfit_in(jacobian->entry + first, count, model->lu_precision) != NULL;
    for (int e = first; e < first + count; e++) {
        if (!suspect && !expr_find_nonfinite(jacobian->entry[e])) continue;
        if (!check_entry(scratch, model, jacobian->entry[e], row, jacobian->pattern.column[e])) return false;
    }
    return model->tableau->family != FAMILY_ROSENBROCK || check_entry(scratch, model, jacobian->time[row], row, -1);
}

bool matrix_check(const Model *model, const Jacobian *jacobian)
{
    bool good = true;
    Arena *scratch = arena_new();
    for (int row = 0; row < jacobian->n; row++) good &= check_row(scratch, model, jacobian, row);
    arena_free(scratch);
    return good;
}
