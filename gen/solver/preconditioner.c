/* SPDX-License-Identifier: MIT */
/* Preconditioners: none, the diagonal, a truncated Neumann series (Saad,
 * Iterative Methods for Sparse Linear Systems, 2nd ed., sections 10.2 and 12.3). */
#include "solver/preconditioner.h"

#include <assert.h>
#include <string.h>

#include "code/pieces.h"
#include "code/problem.h"
#include "solver/krylov.h"

const PreconditionerPart *preconditioner_find(const char *name)
{
    for (int i = 0; preconditioners[i]; i++)
        if (!strcmp(preconditioners[i]->name, name)) return preconditioners[i];
    return NULL;
}

const PreconditionerPart *preconditioner_of(const Model *model)
{
    const PreconditionerPart *part = preconditioner_find(model->preconditioner);
    assert(part);
    return part;
}

const char *preconditioner_result(const Model *model, const char *source)
{
    return preconditioner_of(model)->apply ? "preconditioned_vec" : source;
}

/* ---- none ---- */

static const PreconditionerPart none = { .name = "none" };

/* ---- jacobi: M = (I - diag(J)/shift)^-1 ---- */

/* -J alone, since the shift may be complex. */
static void jacobi_functions(Emitter *e)
{
    const Matrix *matrix = e->model->matrix;
    OutputList outputs = { 0 };
    for (int i = 0; i < e->model->states; i++) {
        const char *name = e->model->derivative[i].name;
        const Expr *entry = matrix->minus_jacobian[pattern_find(&matrix->pattern, i, i)];
        *array_push(e->arena, &outputs) = (Output){ .expr = entry,
                                                    .place = arena_printf(e->arena, "diagonal[%d]", i),
                                                    .comment = arena_printf(e->arena, "d ddt.%s / d %s", name, name) };
    }
    emit_comment(e, "The diagonal of -J.");
    pieces_emit(e,
                &(DeviceFunction){ .name = "minus_diagonal",
                                   .inlined = krylov_is_inlined(e->model),
                                   .of_problem = true,
                                   .own = { { "Target", "diagonal" } } },
                &outputs);
}

/* An element that is 0 but for rounding has no inverse. */
static void jacobi_begin(Emitter *e)
{
    emit_step(e, "diagonal");
    const char *diagonal = krylov_write(e, "preconditioner_diagonal"), *point = krylov_read(e, "point");
    emit_line(e, "minus_diagonal(%s, %s, %s, t);", diagonal, point, problem_arguments(e));
    emit_step(e, "its inverse");
    emit_line(e, "Mask good = Mask(true);");
    emit_open(e, "%s", krylov_each(e));
    emit_line(e, "const %s element = shift + %s[i];", krylov_number(e), krylov_update(e, "preconditioner_diagonal"));
    emit_line(e, "good = good & is_pivot(element, shift);");
    emit_line(e, "%s[i] = shift * reciprocal(element);", diagonal);
    emit_close(e, "");
    emit_line(e, "iteration.require(good);");
}

static void jacobi_apply(Emitter *e, const char *source)
{
    emit_step(e, "preconditioner");
    const char *from = krylov_read(e, source), *diagonal = krylov_read(e, "preconditioner_diagonal");
    emit_line(e, "%s %s[i] = %s[i] * %s[i];", krylov_each(e), krylov_write(e, "preconditioned_vec"), diagonal, from);
}

static const PreconditionerPart jacobi = {
    .name = "jacobi",
    .rows = "preconditioner_diagonal",
    .functions = jacobi_functions,
    .begin = jacobi_begin,
    .apply = jacobi_apply,
};

/* ---- neumann: M = I + J/shift + ... + (J/shift)^order, by Horner's rule ---- */

/* The series converges when the spectral radius of J/shift is below 1. Beyond
 * that it makes the system worse, and the solver runs into its limit. */
static void neumann_apply(Emitter *e, const char *source)
{
    const char *each = krylov_each(e);
    emit_step(e, "preconditioner");
    emit_line(e, "%s %s[i] = %s[i];", each, krylov_write(e, "preconditioned_vec"), krylov_read(e, source));
    emit_region(e, TRACE_LOOP, "powers", "CUBIE_NO_UNROLL for (int power = 0; power < %d; power++)",
                (int)settings_number(e->model->settings, "neumann_order"));
    krylov_emit_product(e, "temp", "preconditioned_vec");
    emit_step(e, "next power");
    emit_line(e, "%s %s[i] = %s[i] + inverse * %s[i];", each, krylov_write(e, "preconditioned_vec"),
              krylov_read(e, source), krylov_read(e, "temp"));
    emit_region_end(e);
}

static const PreconditionerPart neumann = { .name = "neumann", .apply = neumann_apply };

const PreconditionerPart *const preconditioners[] = { &none, &jacobi, &neumann, NULL };
