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

#include "model/matrix_free.h"
#include "solver/linear.h"

/* What both solvers have of a Part, as its initialisers. */
void krylov_describe(Text *text, const Model *model, const char *prefix);
void krylov_sizes(Scope *scope, const Model *model);
void krylov_functions(Emitter *e);
extern const Counter krylov_counters[];
extern const LinearPart krylov_offer;
#define KRYLOV_PART                                                                                 \
    .inner = true, .counters = krylov_counters, .sizes = krylov_sizes, .describe = krylov_describe, \
    .functions = krylov_functions, .linear = &krylov_offer

/* krylov_function.c: the head of `solve` under a comment that names the method, up to the first
 * residual, in linear_residual; and its end after the loop. */
EmittedFunction krylov_emit_begin(Emitter *e, const char *method);
void krylov_emit_end(Emitter *e, const EmittedFunction *function);

/* Whether the solver's loops are unrolled and its functions inlined. */
bool krylov_is_inlined(const Model *model);
/* Whether systems may be complex; then numbers of the function are of its type Number, else Real. */
bool krylov_may_be_complex(const Model *model);
const char *krylov_number(const Emitter *e);
/* The head of a loop over the states. Where it is not unrolled it says so: nvcc would unroll
 * 128 elements, and spill them. */
const char *krylov_each(const Emitter *e);

/* The names of vectors of the function, with the access recorded: the solver's buffers, and its
 * arguments x and point. */
const char *krylov_read(Emitter *e, const char *vector);
const char *krylov_write(Emitter *e, const char *vector);
const char *krylov_update(Emitter *e, const char *vector);
extern const Buffer krylov_x, krylov_point;

/* Element i of a vector on the side of the equations, as inner products take it. */
const char *krylov_scaled(Emitter *e, const char *vector);
/* For the runs that iterate: x goes on by factor z, linear_residual goes down by factor
 * product; then, in the same pass, the statement `more` of what it makes, or NULL. */
typedef const char *(*KrylovStatement)(Emitter *e);
void krylov_emit_move(Emitter *e, const char *factor, const char *z, const char *product, KrylovStatement more);
/* Such a move along the preconditioned residual to where the next one is smallest, by a
 * factor `omega` that stays in scope. */
void krylov_emit_least_residual(Emitter *e, KrylovStatement more);
/* target = J vector, where `point` and t are in scope. */
void krylov_emit_product(Emitter *e, const char *target, const char *vector);

#endif
