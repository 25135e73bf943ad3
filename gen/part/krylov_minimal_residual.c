/* Minimal residual iteration in one dimension (Saad, Iterative Methods for
 * Sparse Linear Systems, 2nd ed., section 5.3.2): each step goes along the
 * (preconditioned) residual as far as makes the next one smallest.
 *
 * One product an iteration, and few vectors. It converges when the symmetric
 * part of the preconditioned matrix is definite, the faster the closer the
 * matrix is to the identity: with short steps, |J|/shift of order 1. */
#include "part/krylov.h"
#include "part/krylov_code.h"
#include "part/part.h"
#include "part/preconditioner.h"

/* temp = (I - J/shift) z, and the step to the least residual along it. */
static void emit_step(Emitter *e, const PartTree *parts, const char *z)
{
    const char *each = krylov_each(e);
    krylov_emit_product(e, parts, "temp", z);
    emit_line(e, "Real along = Real(Scalar(0)), size = Real(Scalar(0));");
    emit_open(e, "%s", each);
    emit_line(e, "temp[i] = %s[i] - inverse * temp[i];", z);
    emit_line(e, "const Real weighted = linear_weight[i] * temp[i];");
    emit_line(e, "along += weighted * (linear_weight[i] * linear_residual[i]);");
    emit_line(e, "size += weighted * weighted;");
    emit_close(e, "");
    emit_line(e, "const Real alpha = iteration.quotient(along, size);");
}

static void members(Emitter *e, const PartTree *parts)
{
    static const char *const first[] = { NULL };
    const PreconditionerPart *preconditioner = preconditioner_of(e->model);
    const char *z = preconditioner_result(e->model, "linear_residual");
    krylov_emit_begin(e, parts, "Minimal residual iteration (Saad, Iterative Methods for Sparse Linear Systems, 5.3.2).", first);
    emit_open(e, "while (iteration.next())");
    if (preconditioner->apply) preconditioner->apply(e, parts, "linear_residual");
    emit_step(e, parts, z);
    emit_line(e, "norm = Real(Scalar(0));");
    emit_open(e, "%s", krylov_each(e));
    emit_line(e, "x[i] = select(iteration.working, x[i] + alpha * %s[i], x[i]);", z);
    emit_line(e, "linear_residual[i] -= alpha * temp[i];");
    emit_line(e, "norm += square(linear_weight[i] * linear_residual[i]);");
    emit_close(e, "");
    emit_line(e, "iteration.stop(norm);");
    emit_close(e, "");
    krylov_emit_end(e);
}

const LinearPart linear_minimal_residual = {
    .name = "minimal_residual",
    .may_fail = true,
    .describe = krylov_describe,
    .count = krylov_count,
    .functions = krylov_functions,
    .members = members,
    .declare = krylov_declare,
    .prepare = krylov_prepare,
    .solve = krylov_solve,
};
