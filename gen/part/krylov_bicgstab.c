/* BiCGSTAB (H. A. van der Vorst, SIAM J. Sci. Stat. Comput. 13 (1992) 631-644;
 * Saad, Iterative Methods for Sparse Linear Systems, 2nd ed., algorithm 7.7),
 * preconditioned from the right.
 *
 * Two products an iteration. Each half of an iteration moves x at once by what
 * it found, so that one vector, preconditioned_vec, serves both halves, and a
 * run may stop after the first. */
#include "part/krylov.h"
#include "part/krylov_code.h"
#include "part/part.h"
#include "part/preconditioner.h"

static void emit_precondition(Emitter *e, const PartTree *parts, const char *source)
{
    const PreconditionerPart *preconditioner = preconditioner_of(e->model);
    if (preconditioner->apply) preconditioner->apply(e, parts, source);
}

/* x += factor z and linear_residual -= factor product, for the runs that iterate. */
static void emit_move(Emitter *e, const char *factor, const char *z, const char *product, const char *more)
{
    emit_line(e, "norm = Real(Scalar(0));");
    emit_open(e, "%s", krylov_each(e));
    emit_line(e, "x[i] = select(iteration.working, x[i] + %s * %s[i], x[i]);", factor, z);
    emit_line(e, "linear_residual[i] -= %s * %s[i];", factor, product);
    emit_line(e, "const Real weighted = linear_weight[i] * linear_residual[i];");
    emit_line(e, "norm += weighted * weighted;");
    if (*more) emit_line(e, "%s", more);
    emit_close(e, "");
    emit_line(e, "iteration.stop(norm);");
}

/* Along the direction, until the residual is orthogonal to the shadow residual. */
static void emit_first_half(Emitter *e, const PartTree *parts)
{
    const char *z = preconditioner_result(e->model, "direction");
    emit_precondition(e, parts, "direction");
    krylov_emit_product(e, parts, "direction_product", z);
    emit_line(e, "Real along = Real(Scalar(0));");
    emit_open(e, "%s", krylov_each(e));
    emit_line(e, "direction_product[i] = %s[i] - inverse * direction_product[i];", z);
    emit_line(e, "along += shadow_residual[i] * (linear_weight[i] * direction_product[i]);");
    emit_close(e, "");
    emit_line(e, "const Real alpha = iteration.quotient(rho, along);");
    emit_move(e, "alpha", z, "direction_product", "");
}

/* Along what is left of the residual, to the least one. */
static void emit_second_half(Emitter *e, const PartTree *parts)
{
    const char *z = preconditioner_result(e->model, "linear_residual");
    emit_precondition(e, parts, "linear_residual");
    krylov_emit_product(e, parts, "temp", z);
    emit_line(e, "Real size = Real(Scalar(0));");
    emit_line(e, "along = Real(Scalar(0));");
    emit_open(e, "%s", krylov_each(e));
    emit_line(e, "temp[i] = %s[i] - inverse * temp[i];", z);
    emit_line(e, "const Real weighted = linear_weight[i] * temp[i];");
    emit_line(e, "along += weighted * (linear_weight[i] * linear_residual[i]);");
    emit_line(e, "size += weighted * weighted;");
    emit_close(e, "");
    emit_line(e, "const Real omega = iteration.quotient(along, size), previous = rho;");
    emit_line(e, "rho = Real(Scalar(0));");
    emit_move(e, "omega", z, "temp", "rho += shadow_residual[i] * weighted;");
}

static void emit_direction(Emitter *e)
{
    emit_line(e, "const Real beta = iteration.quotient(rho * alpha, previous * omega);");
    emit_line(e, "%s direction[i] = linear_residual[i] + beta * (direction[i] - omega * direction_product[i]);",
              krylov_each(e));
}

static void members(Emitter *e, const PartTree *parts)
{
    static const char *const first[] = { "direction[i] = linear_residual[i];",
                                         "shadow_residual[i] = linear_weight[i] * linear_residual[i];", NULL };
    krylov_emit_begin(e, parts, "BiCGSTAB (van der Vorst 1992; Saad, Iterative Methods for Sparse Linear Systems, algorithm 7.7).",
                      first);
    emit_line(e, "Real rho = norm;");
    emit_open(e, "while (iteration.next())");
    emit_first_half(e, parts);
    emit_line(e, "if (!any(iteration.working)) break;");
    emit_second_half(e, parts);
    emit_direction(e);
    emit_close(e, "");
    krylov_emit_end(e);
}

const LinearPart linear_bicgstab = {
    .name = "bicgstab",
    .may_fail = true,
    .describe = krylov_describe,
    .count = krylov_count,
    .functions = krylov_functions,
    .members = members,
    .declare = krylov_declare,
    .prepare = krylov_prepare,
    .solve = krylov_solve,
};
