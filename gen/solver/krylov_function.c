/* SPDX-License-Identifier: MIT */
/* The generated member function `solve` of matrix-free solvers, but for their loops. Each
 * pass over the vectors is a step of the trace; it is not elementwise, since of complex
 * numbers element i is two. */
#include <stdint.h>
#include <string.h>

#include "code/problem.h"
#include "code/sum.h"
#include "solver/krylov.h"
#include "solver/preconditioner.h"

const Buffer krylov_x = { .name = "x", .size = INT64_MAX }, krylov_point = { .name = "point", .size = INT64_MAX };

bool krylov_may_be_complex(const Model *model)
{
    return model_linear_unknowns(model) > model->states;
}

const char *krylov_number(const Emitter *e)
{
    return krylov_may_be_complex(e->model) ? "Number" : "Real";
}

const char *krylov_each(const Emitter *e)
{
    return arena_printf(e->arena, "%s for (int i = 0; i < %d; i++)",
                        krylov_is_inlined(e->model) ? "CUBIE_UNROLL" : "CUBIE_UNROLL_SOME", e->model->states);
}

/* ---- vectors ---- */

static View krylov_vector(const Emitter *e, const char *name)
{
    const Buffer *const formals[] = { &krylov_x, &krylov_point };
    for (int i = 0; i < 2; i++)
        if (!strcmp(formals[i]->name, name)) return view_piece(formals[i], 0, e->model->states, name);
    return view_of(e, name);
}

const char *krylov_read(Emitter *e, const char *vector)
{
    return emit_read(e, krylov_vector(e, vector));
}

const char *krylov_write(Emitter *e, const char *vector)
{
    return emit_write(e, krylov_vector(e, vector));
}

const char *krylov_update(Emitter *e, const char *vector)
{
    return emit_update(e, krylov_vector(e, vector));
}

const char *krylov_scaled(Emitter *e, const char *vector)
{
    const char *rows = preconditioner_of(e->model)->rows, *weight = krylov_read(e, "linear_weight"),
               *element = arena_printf(e->arena, "%s[i] * %s[i]", weight, krylov_read(e, vector));
    return rows ? arena_printf(e->arena, "%s[i] * (%s)", krylov_read(e, rows), element) : element;
}

void krylov_emit_product(Emitter *e, const char *target, const char *vector)
{
    emit_step(e, "product");
    const char *from = krylov_read(e, vector), *point = krylov_read(e, "point"), *arguments = problem_arguments(e);
    emit_line(e, "jacobian_times(%s, %s, %s, %s, t);", krylov_write(e, target), from, point, arguments);
}

/* ---- the head ---- */

/* Where systems may be complex, under its name what is as long as they are: as many
 * numbers, whatever they are. */
static void declare_buffer(Emitter *e, const Buffer *buffer)
{
    if (!krylov_may_be_complex(e->model) || buffer->size <= e->model->states) {
        emit_declare(e, buffer->name);
        return;
    }
    const char *parts = arena_printf(e->arena, "%s_parts", buffer->name);
    emit_declare_as(e, buffer, parts);
    emit_declare_numbers(e, buffer, "const auto %s = numbers<Number>(%s, %d);", buffer->name, parts, e->model->states);
}

static EmittedFunction emit_head(Emitter *e, const char *method)
{
    bool complex = krylov_may_be_complex(e->model);
    const BufferGroup *group = view_group(e, e->model->linear_solver);
    emit_comment(e, "x = (shift*I - J)^-1 x with J at (t, point), for the runs in `active`; status bits.");
    if (complex) emit_comment(e, "Number: Real, or Complex<Real> where the shift is complex.");
    emit_comment(e, "%s", method);
    emit_comment(e,
                 "Residuals are those of (I - J/shift) x = b/shift: changes of the solution, measured in tolerances.");
    emit_line(e, "template <%sclass Vector, class State>", complex ? "class Number, " : "");
    EmittedFunction function = emit_function(
        e, "solve", "CUBIE_INLINE Count solve(Vector x, State point, Real t, %s shift, Mask active)", krylov_number(e));
    for (int i = 0; i < group->buffers.count; i++) declare_buffer(e, group->buffers.items[i]);
    return function;
}

/* Squares of the residual, in tolerances. */
static void emit_norm(Emitter *e, const char *weight, const char *residual)
{
    emit_line(e, "norm += squared_size(%s[i] * %s[i]);", weight, residual);
}

static void emit_first_residual(Emitter *e)
{
    emit_step(e, "first residual");
    const char *x = krylov_update(e, "x"), *weight = krylov_write(e, "linear_weight"),
               *residual = krylov_write(e, "linear_residual");
    emit_line(e, "Real norm = Real(Scalar(0));");
    emit_open(e, "%s", krylov_each(e));
    emit_line(e, "%s[i] = error_weight(%s[i], limits.atol[i], limits.rtol[i]);", weight, krylov_read(e, "point"));
    emit_line(e, "%s[i] = inverse * %s[i];", residual, x);
    emit_line(e, "%s[i] = %s(Scalar(0));", x, krylov_number(e));
    emit_norm(e, weight, residual);
    emit_close(e, "");
    emit_line(e, "iteration.stop(norm);");
}

EmittedFunction krylov_emit_begin(Emitter *e, const char *method)
{
    const PreconditionerPart *preconditioner = preconditioner_of(e->model);
    EmittedFunction function = emit_head(e, method);
    emit_line(e, "const %s inverse = reciprocal(shift);", krylov_number(e));
    emit_line(e, "Iteration iteration(active, limits.krylov_tolerance, limits.krylov_max_iterations);");
    if (preconditioner->begin) preconditioner->begin(e);
    emit_first_residual(e);
    return function;
}

void krylov_emit_end(Emitter *e, const EmittedFunction *function)
{
    emit_line(e, "linear_iterations += iteration.done;");
    emit_line(e, "return iteration.trouble;");
    emit_function_end(e, function, "");
    emit_line(e, "%s", "");
}

/* ---- steps of the iterations ---- */

void krylov_emit_move(Emitter *e, const char *factor, const char *z, const char *product, KrylovStatement more)
{
    emit_step(e, "move");
    emit_line(e, "norm = Real(Scalar(0));");
    emit_open(e, "%s", krylov_each(e));
    const char *x = krylov_read(e, "x"), *direction = krylov_read(e, z),
               *residual = krylov_update(e, "linear_residual");
    emit_may_write(e, krylov_vector(e, "x"));
    emit_line(e, "%s[i] = select(iteration.working, %s[i] + %s * %s[i], %s[i]);", x, x, factor, direction, x);
    emit_line(e, "%s[i] -= %s * %s[i];", residual, factor, krylov_read(e, product));
    emit_norm(e, krylov_read(e, "linear_weight"), residual);
    if (more) emit_line(e, "%s", more(e));
    emit_close(e, "");
    emit_line(e, "iteration.stop(norm);");
}

void krylov_emit_least_residual(Emitter *e, KrylovStatement more)
{
    const PreconditionerPart *preconditioner = preconditioner_of(e->model);
    const char *z = preconditioner_result(e->model, "linear_residual"), *number = krylov_number(e);
    if (preconditioner->apply) preconditioner->apply(e, "linear_residual");
    krylov_emit_product(e, "temp", z);
    emit_step(e, "least residual");
    emit_line(e, "%s along = %s(Scalar(0));", number, number);
    emit_line(e, "Real size = Real(Scalar(0));");
    emit_open(e, "%s", krylov_each(e));
    const char *temp = krylov_update(e, "temp"), *from = krylov_read(e, z);
    emit_line(e, "%s[i] = %s[i] - inverse * %s[i];", temp, from, temp);
    emit_line(e, "const %s scaled = %s;", number, krylov_scaled(e, "temp"));
    emit_line(e, "along += inner(scaled, %s);", krylov_scaled(e, "linear_residual"));
    emit_line(e, "size += squared_size(scaled);");
    emit_close(e, "");
    emit_line(e, "const %s omega = iteration.quotient(along, size);", number);
    krylov_emit_move(e, "omega", z, "temp", more);
}
