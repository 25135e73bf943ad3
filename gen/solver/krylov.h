/* SPDX-License-Identifier: MIT */
/* What the matrix-free solvers share. They see the matrix only through the
 * product J v, a generated function, so that nothing of its size is stored.
 *
 * A solver becomes one member function of the generated struct Run,
 *
 *     Count solve(Vector x, State point, Real t, Number shift, Mask active)
 *
 * which declares the solver's buffers and gives status bits. Number is Real; where a
 * fully implicit method has complex systems the function is a template of it, and
 * serves those, too, with the same text: vectors of complex numbers are indexed like
 * the others, and inner products take the conjugate of the first. It works on the
 * system divided by shift, (I - J/shift) x = b/shift, whose residual is the
 * change of the solution that it would still make; what is small against the
 * tolerances is then told by the norm of the error estimate. The solvers work on
 * states measured in tolerances (Brown & Hindmarsh, Reduced storage matrix methods
 * in stiff ODE systems, Appl. Math. Comput. 31 (1989) 40-91).
 *
 * Inner products are of equations that the preconditioner scales, too
 * (PreconditionerPart.rows). The fast equations of a stiff system have elements that
 * exceed those of the slow ones by many orders, and would rule the products alone:
 * Robertson's reactions to t = 1e11 then take 300 times as many steps, since few
 * systems of longer ones are solved.
 *
 * What LU leaves at rounding these leave at krylov_tolerance times the tolerances:
 * sums that the equations keep (total mass) drift by as much, and the stages of
 * a Rosenbrock method pass their residuals on to the next. */
#ifndef SOLVER_KRYLOV_H
#define SOLVER_KRYLOV_H

#include "solver/krylov_code.h"
#include "model/matrix_free.h"
#include "solver/linear.h"

/* What both solvers have of a LinearPart, as its initialisers. */
void krylov_describe(Text *text, const Model *model, const char *prefix);
void krylov_count(Arena *arena, struct PartTree *parts);
void krylov_declare(Emitter *e, const struct PartTree *parts);
void krylov_prepare(Emitter *e, const struct PartTree *parts, const View *ddt, View state, const char *time,
                    const char *shift, const char *mask);
void krylov_solve(Emitter *e, const struct PartTree *parts, View x, View state, const char *time, const char *shift,
                  const char *active);
void krylov_solve_block(Emitter *e, const struct PartTree *parts, int block, View x, const View *y, const char *active);
#define KRYLOV_PART                                                                                      \
    .may_fail = true, .describe = krylov_describe, .count = krylov_count, .functions = krylov_functions, \
    .declare = krylov_declare, .prepare = krylov_prepare, .solve = krylov_solve, .solve_block = krylov_solve_block

/* The head of `solve` under a comment that names the method, up to the first
 * residual, in linear_residual; and its end after the loop. */
void krylov_emit_begin(Emitter *e, const struct PartTree *parts, const char *method);
void krylov_emit_end(Emitter *e);

/* "Real", or "Number" where systems may be complex. */
const char *krylov_number(const Emitter *e);
/* Element i of a vector on the side of the equations, as inner products take it. */
const char *krylov_scaled(const Emitter *e, const char *vector);
/* For the runs that iterate: x goes on by factor z, linear_residual goes down by factor
 * product; the loop ends with the statement `more` ("": none). */
void krylov_emit_move(Emitter *e, const char *factor, const char *z, const char *product, const char *more);
/* Such a move along the preconditioned residual to where the next one is smallest, by a
 * factor `omega` that stays in scope. */
void krylov_emit_least_residual(Emitter *e, const struct PartTree *parts, const char *more);

/* The head of a loop over the states. Where it is not unrolled it says so: nvcc would unroll
 * 128 elements, and spill them. */
const char *krylov_each(const Emitter *e);
/* target = J vector, where `point` and t are in scope. */
void krylov_emit_product(Emitter *e, const struct PartTree *parts, const char *target, const char *vector);
/* What the functions of the problem take beside the state: "parameters, hoisted". */
const char *krylov_arguments(const struct PartTree *parts);

#endif
