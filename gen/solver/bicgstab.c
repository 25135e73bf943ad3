/* SPDX-License-Identifier: MIT */
/* BiCGSTAB (H. A. van der Vorst, SIAM J. Sci. Stat. Comput. 13 (1992) 631-644;
 * Saad, Iterative Methods for Sparse Linear Systems, 2nd ed., algorithm 7.7),
 * preconditioned from the right.
 *
 * Two products an iteration. Each half of an iteration moves x at once by what
 * it found, so that one vector, preconditioned_vec, serves both halves, and a
 * run may stop after the first. */
#include "solver/krylov.h"
#include "part/part.h"
#include "solver/preconditioner.h"

/* Along the direction, until the residual is orthogonal to the shadow residual. */
static void emit_first_half(Emitter *e, const PartTree *parts)
{
    const PreconditionerPart *preconditioner = preconditioner_of(e->model);
    const char *z = preconditioner_result(e->model, "direction"), *number = krylov_number(e);
    if (preconditioner->apply) preconditioner->apply(e, parts, "direction");
    krylov_emit_product(e, parts, "direction_product", z);
    emit_line(e, "%s share = %s(Scalar(0));", number, number);
    emit_open(e, "%s", krylov_each(e));
    emit_line(e, "direction_product[i] = %s[i] - inverse * direction_product[i];", z);
    emit_line(e, "share += inner(shadow_residual[i], %s);", krylov_scaled(e, "direction_product"));
    emit_close(e, "");
    emit_line(e, "const %s alpha = iteration.quotient(rho, share);", number);
    krylov_emit_move(e, "alpha", z, "direction_product", "");
}

/* Along what is left of the residual, to the least one. */
static void emit_second_half(Emitter *e, const PartTree *parts)
{
    const char *number = krylov_number(e), *residual = krylov_scaled(e, "linear_residual");
    emit_line(e, "const %s previous = rho;", number);
    emit_line(e, "rho = %s(Scalar(0));", number);
    krylov_emit_least_residual(e, parts, arena_printf(e->arena, "rho += inner(shadow_residual[i], %s);", residual));
}

static void emit_direction(Emitter *e)
{
    emit_line(e, "const %s beta = iteration.quotient(rho * alpha, previous * omega);", krylov_number(e));
    emit_line(e, "%s direction[i] = linear_residual[i] + beta * (direction[i] - omega * direction_product[i]);",
              krylov_each(e));
}

/* The first direction, and the shadow of its residual, which stays. */
static void emit_shadow(Emitter *e)
{
    const char *number = krylov_number(e);
    emit_line(e, "%s rho = %s(Scalar(0));", number, number);
    emit_open(e, "%s", krylov_each(e));
    emit_line(e, "const %s scaled = %s;", number, krylov_scaled(e, "linear_residual"));
    emit_line(e, "direction[i] = linear_residual[i];");
    emit_line(e, "shadow_residual[i] = scaled;");
    emit_line(e, "rho += inner(scaled, scaled);");
    emit_close(e, "");
}

static void members(Emitter *e, const PartTree *parts)
{
    krylov_emit_begin(
        e, parts, "BiCGSTAB (van der Vorst 1992; Saad, Iterative Methods for Sparse Linear Systems, algorithm 7.7).");
    emit_shadow(e);
    emit_open(e, "while (iteration.next())");
    emit_first_half(e, parts);
    emit_line(e, "if (!any(iteration.working)) break;");
    emit_second_half(e, parts);
    emit_direction(e);
    emit_close(e, "");
    krylov_emit_end(e);
}

const LinearPart linear_bicgstab = { .name = "bicgstab", .members = members, KRYLOV_PART };
