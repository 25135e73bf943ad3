/* SPDX-License-Identifier: MIT */
/* BiCGSTAB (H. A. van der Vorst, SIAM J. Sci. Stat. Comput. 13 (1992) 631-644;
 * Saad, Iterative Methods for Sparse Linear Systems, 2nd ed., algorithm 7.7),
 * preconditioned from the right.
 *
 * Two products an iteration. Each half of an iteration moves x at once by what
 * it found, so that one vector, preconditioned_vec, serves both halves, and a
 * run may stop after the first. */
#include <string.h>

#include "solver/krylov.h"
#include "solver/preconditioner.h"

/* Along the direction, until the residual is orthogonal to the shadow residual. */
static void emit_first_half(Emitter *e)
{
    const PreconditionerPart *preconditioner = preconditioner_of(e->model);
    const char *z = preconditioner_result(e->model, "direction"), *number = krylov_number(e);
    if (preconditioner->apply) preconditioner->apply(e, "direction");
    krylov_emit_product(e, "direction_product", z);
    emit_step(e, "share of the direction");
    emit_line(e, "%s share = %s(Scalar(0));", number, number);
    emit_open(e, "%s", krylov_each(e));
    const char *product = krylov_update(e, "direction_product"), *from = krylov_read(e, z);
    emit_line(e, "%s[i] = %s[i] - inverse * %s[i];", product, from, product);
    emit_line(e, "share += inner(%s[i], %s);", krylov_read(e, "shadow_residual"),
              krylov_scaled(e, "direction_product"));
    emit_close(e, "");
    emit_line(e, "const %s alpha = iteration.quotient(rho, share);", number);
    krylov_emit_move(e, "alpha", z, "direction_product", NULL);
}

static const char *next_rho(Emitter *e)
{
    const char *shadow = krylov_read(e, "shadow_residual");
    return arena_printf(e->arena, "rho += inner(%s[i], %s);", shadow, krylov_scaled(e, "linear_residual"));
}

/* Along what is left of the residual, to the least one. */
static void emit_second_half(Emitter *e)
{
    const char *number = krylov_number(e);
    emit_line(e, "const %s previous = rho;", number);
    emit_line(e, "rho = %s(Scalar(0));", number);
    krylov_emit_least_residual(e, next_rho);
}

static void emit_direction(Emitter *e)
{
    emit_line(e, "const %s beta = iteration.quotient(rho * alpha, previous * omega);", krylov_number(e));
    emit_step(e, "next direction");
    const char *direction = krylov_update(e, "direction"), *residual = krylov_read(e, "linear_residual");
    emit_line(e, "%s %s[i] = %s[i] + beta * (%s[i] - omega * %s[i]);", krylov_each(e), direction, residual, direction,
              krylov_read(e, "direction_product"));
}

/* The first direction, and the shadow of its residual, which stays. */
static void emit_shadow(Emitter *e)
{
    const char *number = krylov_number(e);
    emit_step(e, "shadow residual");
    emit_line(e, "%s rho = %s(Scalar(0));", number, number);
    emit_open(e, "%s", krylov_each(e));
    emit_line(e, "const %s scaled = %s;", number, krylov_scaled(e, "linear_residual"));
    emit_line(e, "%s[i] = %s[i];", krylov_write(e, "direction"), krylov_read(e, "linear_residual"));
    emit_line(e, "%s[i] = scaled;", krylov_write(e, "shadow_residual"));
    emit_line(e, "rho += inner(scaled, scaled);");
    emit_close(e, "");
}

static void routines(Emitter *e)
{
    EmittedFunction function = krylov_emit_begin(
        e, "BiCGSTAB (van der Vorst 1992; Saad, Iterative Methods for Sparse Linear Systems, algorithm 7.7).");
    emit_shadow(e);
    emit_region(e, TRACE_LOOP, "linear iterations", "while (iteration.next())");
    emit_first_half(e);
    emit_region(e, TRACE_BRANCH, "second half", "if (any(iteration.working))");
    emit_second_half(e);
    emit_direction(e);
    emit_region_end(e);
    emit_region_end(e);
    krylov_emit_end(e, &function);
}

static bool serves(const Model *model)
{
    return model->matrix && !strcmp(model->linear_solver, "bicgstab");
}

const Part bicgstab_part = {
    .serves = serves, .group = "bicgstab", .owner = "the linear solver bicgstab", .routines = routines, KRYLOV_PART
};
