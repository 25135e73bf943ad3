/* What the matrix-free solvers share: see krylov.h. */
#include "part/krylov.h"

#include "part/equations.h"
#include "part/part.h"
#include "part/preconditioner.h"

void krylov_count(Arena *arena, PartTree *parts)
{
    *array_push(arena, &parts->counters) = (Counter){ "linear_iterations", "iterations of the linear solver" };
}

/* ---- functions of the problem ---- */

static void emit_product_function(Emitter *e)
{
    KrylovProduct product = krylov_product(e->arena, e->model);
    Operand operand = { product.vector, e->model->states, "vector" };
    OutputList outputs = { 0 };
    for (int i = 0; i < e->model->states; i++)
        *array_push(e->arena, &outputs) = (Output){ .expr = product.element[i], .place = arena_printf(e->arena, "product[%d]", i),
                                                    .comment = arena_printf(e->arena, "d ddt.%s", e->model->derivative[i].name) };
    emit_comment(e, "product = J vector, J = d ddt / d state.");
    emit_line(e, "template <class Target, class Vector, class State%s>", equations_types(e));
    emit_line(e, "%s void jacobian_times(Target product, [[maybe_unused]] Vector vector, [[maybe_unused]] State state,",
              equations_inlining(e));
    emit_open(e, "    %s, [[maybe_unused]] Real t)", equations_declarations(e));
    equations_emit_with(e, &outputs, &operand, NULL, e->model->precision);
    emit_close(e, "");
    emit_line(e, "%s", "");
}

void krylov_functions(Emitter *e)
{
    emit_product_function(e);
    if (preconditioner_of(e->model)->functions) preconditioner_of(e->model)->functions(e);
}

const char *krylov_arguments(const PartTree *parts)
{
    return parts->loop.hoisted->size ? "parameters, hoisted" : "parameters";
}

void krylov_emit_product(Emitter *e, const PartTree *parts, const char *target, const char *vector)
{
    emit_line(e, "jacobian_times(%s, %s, point, %s, t);", target, vector, krylov_arguments(parts));
}

/* ---- the function `solve` ---- */

static void declare_buffers(Emitter *e, const PartTree *parts)
{
    for (int i = 0; i < parts->linear_group->buffers.count; i++) emit_declare(e, parts->linear_group->buffers.items[i]);
}

void krylov_emit_begin(Emitter *e, const PartTree *parts, const char *method, const char *const *first)
{
    const PreconditionerPart *preconditioner = preconditioner_of(e->model);
    emit_comment(e, "x = (shift*I - J)^-1 x with J at (t, point), for the runs in `active`; status bits.");
    emit_comment(e, "%s", method);
    emit_comment(e, "Residuals are those of (I - J/shift) x = b/shift: changes of the solution, measured in tolerances.");
    emit_line(e, "template <class Vector, class State>");
    emit_open(e, "CUBIE_INLINE Count solve(Vector x, State point, [[maybe_unused]] Real t, Real shift, Mask active)");
    declare_buffers(e, parts);
    emit_line(e, "const Real inverse = reciprocal(shift);");
    emit_line(e, "Iteration iteration(active, limits.krylov_tolerance, limits.krylov_max_iterations);");
    emit_line(e, "Real norm = Real(Scalar(0));");
    emit_open(e, "%s", emit_each(e, e->model->states));
    emit_line(e, "linear_weight[i] = error_weight(point[i], limits.atol[i], limits.rtol[i]);");
    emit_line(e, "linear_residual[i] = inverse * x[i];");
    for (; *first; first++) emit_line(e, "%s", *first);
    emit_line(e, "x[i] = Real(Scalar(0));");
    emit_line(e, "norm += square(linear_weight[i] * linear_residual[i]);");
    emit_close(e, "");
    if (preconditioner->begin) preconditioner->begin(e, parts);
    emit_line(e, "iteration.stop(norm);");
}

void krylov_emit_end(Emitter *e)
{
    emit_line(e, "linear_iterations += iteration.done;");
    emit_line(e, "return iteration.trouble;");
    emit_close(e, "");
    emit_line(e, "%s", "");
}

/* ---- its calls ---- */

/* `solve` declares them itself. */
void krylov_declare(Emitter *e, const PartTree *parts)
{
    (void)e, (void)parts;
}

void krylov_prepare(Emitter *e, const PartTree *parts, const View *ddt, View state, const char *time,
                    const char *shift, const char *mask)
{
    (void)shift, (void)mask;
    if (ddt) system_emit_rhs(e, "right-hand side", parts, *ddt, state, time);
}

static void write_all(Emitter *e, const PartTree *parts)
{
    for (int i = 0; i < parts->linear_group->buffers.count; i++) emit_write(e, view_of(parts->linear_group->buffers.items[i]));
}

/* Every vector lives from the first iteration to the last. */
static void record_iterations(Emitter *e, const PartTree *parts, View x, View state)
{
    trace_begin(e->trace, TRACE_LOOP, "linear iterations");
    trace_step(e->trace, "linear iteration");
    emit_read(e, state);
    emit_read(e, x);
    equations_arguments(e, parts);
    for (int i = 0; i < parts->linear_group->buffers.count; i++) emit_read(e, view_of(parts->linear_group->buffers.items[i]));
    write_all(e, parts);
    emit_write(e, x);
    trace_end(e->trace);
}

void krylov_solve(Emitter *e, const PartTree *parts, View x, View state, const char *time, const char *shift,
                  const char *active)
{
    trace_step(e->trace, "solve");
    emit_read(e, state);
    emit_read(e, x);
    equations_arguments(e, parts);
    write_all(e, parts);
    emit_write(e, x);
    record_iterations(e, parts, x, state);
    emit_line(e, "trouble = trouble | solve(%s, %s, %s, %s, %s & (trouble == Count(0u)));", x.name, state.name, time, shift, active);
}
