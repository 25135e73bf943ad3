/* What the matrix-free solvers share: see krylov.h. */
#include "part/krylov.h"

#include <inttypes.h>

#include "layout/buffer.h"
#include "part/krylov_code.h"
#include "part/part.h"
#include "part/preconditioner.h"

void krylov_count(Arena *arena, PartTree *parts)
{
    *array_push(arena, &parts->counters) = (Counter){ "linear_iterations", "iterations of the linear solver" };
}

void krylov_describe(Text *text, const Model *model, const char *prefix)
{
    const LuCount *lu = &model->matrix->lu->count;
    bool preconditioned = preconditioner_of(model)->apply != NULL;
    text_printf(text, "%s(shift*I - J) x = b by %s%s%s, matrix-free%s\n", prefix, model->linear_solver,
                preconditioned ? ", preconditioner " : "", preconditioned ? model->preconditioner : "",
                settings_given(model->settings, "linear_solver") ? "" : ": chosen, since LU does not pay");
    text_printf(text, "%s  product J v    %d operations, %s\n", prefix, model->product->operations,
                krylov_is_inlined(model) ? "inlined" : "in functions that are not inlined");
    text_printf(text, "%s  LU would have  %d entries, %" PRId64 " bytes, %" PRId64 " multiply-adds a factorisation\n", prefix,
                lu->entries, (int64_t)lu->entries * buffer_width(model->precision), lu->factor_multiply_adds);
}

const char *krylov_arguments(const PartTree *parts)
{
    return parts->loop.hoisted->size ? "parameters, hoisted" : "parameters";
}

void krylov_emit_product(Emitter *e, const PartTree *parts, const char *target, const char *vector)
{
    emit_line(e, "jacobian_times(%s, %s, point, %s, t);", target, vector, krylov_arguments(parts));
}

const char *krylov_each(const Emitter *e)
{
    const char *unroll = krylov_is_inlined(e->model) ? "CUBIE_UNROLL " : e->model->unrolled ? "" : "CUBIE_UNROLL_SOME ";
    return arena_printf(e->arena, "%sfor (int i = 0; i < %d; i++)", unroll, e->model->states);
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
    emit_open(e, "%s", krylov_each(e));
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
