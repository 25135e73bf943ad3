/* SPDX-License-Identifier: MIT */
/* What the matrix-free solvers share: see krylov.h. */
#include "solver/krylov.h"

#include <inttypes.h>

#include "layout/buffer.h"
#include "model/lu_form.h"
#include "part/part.h"
#include "solver/preconditioner.h"

void krylov_count(Arena *arena, PartTree *parts)
{
    *array_push(arena, &parts->counters) = (Counter){ "linear_iterations", "iterations of the linear solver" };
}

void krylov_describe(Text *text, const Model *model, const char *prefix)
{
    const LuCount *lu = &model->matrix->lu->count;
    const Spectrum *spectrum = model->spectrum;
    int entries = lu_form_elements(model);
    bool preconditioned = preconditioner_of(model)->apply != NULL;
    text_printf(text, "%s(%s) x = b by %s%s%s, matrix-free%s\n", prefix, spectrum ? "a/h*I - J" : "shift*I - J",
                model->linear_solver, preconditioned ? ", preconditioner " : "",
                preconditioned ? model->preconditioner : "",
                settings_given(model->settings, "linear_solver") ? "" : ": chosen, since LU does not pay");
    if (spectrum)
        text_printf(text, "%s  numbers a      %d real, %d complex\n", prefix, spectrum->count - spectrum->pairs,
                    spectrum->pairs);
    text_printf(text, "%s  product J v    %d operations, %s\n", prefix, model->product->operations,
                krylov_is_inlined(model) ? "inlined" : "in functions that are not inlined");
    text_printf(text, "%s  LU would have  %d entries, %" PRId64 " bytes, %" PRId64 " multiply-adds %s\n", prefix,
                entries, (int64_t)entries * buffer_width(model->precision), lu->factor_multiply_adds,
                spectrum ? "for each a" : "a factorisation");
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
    return arena_printf(e->arena, "%s for (int i = 0; i < %d; i++)",
                        krylov_is_inlined(e->model) ? "CUBIE_UNROLL" : "CUBIE_UNROLL_SOME", e->model->states);
}

/* ---- the function `solve` ---- */

static bool may_be_complex(const Model *model)
{
    return model_linear_unknowns(model) > model->states;
}

const char *krylov_number(const Emitter *e)
{
    return may_be_complex(e->model) ? "Number" : "Real";
}

/* Where systems may be complex, under its name what is as long as they are: as many
 * numbers, whatever they are. */
static void declare_buffer(Emitter *e, const Buffer *buffer)
{
    if (!may_be_complex(e->model) || buffer->size <= e->model->states) {
        emit_declare(e, buffer);
        return;
    }
    const char *parts = arena_printf(e->arena, "%s_parts", buffer->name);
    emit_declare_as(e, buffer, parts);
    emit_line(e, "const auto %s = numbers<Number>(%s, %d);", buffer->name, parts, e->model->states);
}

static void emit_head(Emitter *e, const PartTree *parts, const char *method)
{
    bool complex = may_be_complex(e->model);
    emit_comment(e, "x = (shift*I - J)^-1 x with J at (t, point), for the runs in `active`; status bits.");
    if (complex) emit_comment(e, "Number: Real, or Complex<Real> where the shift is complex.");
    emit_comment(e, "%s", method);
    emit_comment(e,
                 "Residuals are those of (I - J/shift) x = b/shift: changes of the solution, measured in tolerances.");
    emit_line(e, "template <%sclass Vector, class State>", complex ? "class Number, " : "");
    emit_open(e, "CUBIE_INLINE Count solve(Vector x, State point, [[maybe_unused]] Real t, %s shift, Mask active)",
              krylov_number(e));
    for (int i = 0; i < parts->linear_group->buffers.count; i++)
        declare_buffer(e, parts->linear_group->buffers.items[i]);
}

void krylov_emit_begin(Emitter *e, const PartTree *parts, const char *method)
{
    const PreconditionerPart *preconditioner = preconditioner_of(e->model);
    emit_head(e, parts, method);
    emit_line(e, "const %s inverse = reciprocal(shift);", krylov_number(e));
    emit_line(e, "Iteration iteration(active, limits.krylov_tolerance, limits.krylov_max_iterations);");
    if (preconditioner->begin) preconditioner->begin(e, parts);
    emit_line(e, "Real norm = Real(Scalar(0));");
    emit_open(e, "%s", krylov_each(e));
    emit_line(e, "linear_weight[i] = error_weight(point[i], limits.atol[i], limits.rtol[i]);");
    emit_line(e, "linear_residual[i] = inverse * x[i];");
    emit_line(e, "x[i] = %s(Scalar(0));", krylov_number(e));
    emit_line(e, "norm += squared_size(linear_weight[i] * linear_residual[i]);");
    emit_close(e, "");
    emit_line(e, "iteration.stop(norm);");
}

const char *krylov_scaled(const Emitter *e, const char *vector)
{
    const char *rows = preconditioner_of(e->model)->rows,
               *element = arena_printf(e->arena, "linear_weight[i] * %s[i]", vector);
    return rows ? arena_printf(e->arena, "%s[i] * (%s)", rows, element) : element;
}

void krylov_emit_move(Emitter *e, const char *factor, const char *z, const char *product, const char *more)
{
    emit_line(e, "norm = Real(Scalar(0));");
    emit_open(e, "%s", krylov_each(e));
    emit_line(e, "x[i] = select(iteration.working, x[i] + %s * %s[i], x[i]);", factor, z);
    emit_line(e, "linear_residual[i] -= %s * %s[i];", factor, product);
    emit_line(e, "norm += squared_size(linear_weight[i] * linear_residual[i]);");
    if (*more) emit_line(e, "%s", more);
    emit_close(e, "");
    emit_line(e, "iteration.stop(norm);");
}

void krylov_emit_least_residual(Emitter *e, const PartTree *parts, const char *more)
{
    const PreconditionerPart *preconditioner = preconditioner_of(e->model);
    const char *z = preconditioner_result(e->model, "linear_residual"), *number = krylov_number(e);
    if (preconditioner->apply) preconditioner->apply(e, parts, "linear_residual");
    krylov_emit_product(e, parts, "temp", z);
    emit_line(e, "%s along = %s(Scalar(0));", number, number);
    emit_line(e, "Real size = Real(Scalar(0));");
    emit_open(e, "%s", krylov_each(e));
    emit_line(e, "temp[i] = %s[i] - inverse * temp[i];", z);
    emit_line(e, "const %s scaled = %s;", number, krylov_scaled(e, "temp"));
    emit_line(e, "along += inner(scaled, %s);", krylov_scaled(e, "linear_residual"));
    emit_line(e, "size += squared_size(scaled);");
    emit_close(e, "");
    emit_line(e, "const %s omega = iteration.quotient(along, size);", number);
    krylov_emit_move(e, "omega", z, "temp", more);
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

void krylov_prepare(Emitter *e, const PartTree *parts, const View *ddt, View state, const char *time, const char *shift,
                    const char *mask)
{
    (void)shift, (void)mask;
    if (ddt) system_emit_rhs(e, "right-hand side", parts, *ddt, state, time);
}

/* Of the buffers, what a system has a use for. */
static View vector_of(const Buffer *buffer, int unknowns)
{
    return view_piece(buffer, 0, buffer->size < unknowns ? (int)buffer->size : unknowns, buffer->name);
}

static void access_all(Emitter *e, const PartTree *parts, int unknowns, void (*access)(Emitter *, View))
{
    for (int i = 0; i < parts->linear_group->buffers.count; i++)
        access(e, vector_of(parts->linear_group->buffers.items[i], unknowns));
}

/* The vectors of a system: x, and of a complex one the imaginary parts y. */
typedef struct Unknowns {
    View x;
    const View *y;
} Unknowns;

static void access_unknowns(Emitter *e, const Unknowns *unknowns, void (*access)(Emitter *, View))
{
    access(e, unknowns->x);
    if (unknowns->y) access(e, *unknowns->y);
}

/* Every vector lives from the first iteration to the last. */
static void record_solve(Emitter *e, const PartTree *parts, const Unknowns *unknowns, View state)
{
    int count = unknowns->x.count + (unknowns->y ? unknowns->y->count : 0);
    for (int part = 0; part < 2; part++) {
        if (part) trace_begin(e->trace, TRACE_LOOP, "linear iterations");
        trace_step(e->trace, part ? "linear iteration" : "solve");
        emit_read(e, state);
        access_unknowns(e, unknowns, emit_read);
        equations_arguments(e, parts);
        if (part) access_all(e, parts, count, emit_read);
        access_all(e, parts, count, emit_write);
        access_unknowns(e, unknowns, emit_write);
        if (part) trace_end(e->trace);
    }
}

void krylov_solve(Emitter *e, const PartTree *parts, View x, View state, const char *time, const char *shift,
                  const char *active)
{
    record_solve(e, parts, &(Unknowns){ x, NULL }, state);
    emit_line(e, "trouble = trouble | solve(%s, %s, %s, %s, %s & (trouble == Count(0u)));", x.name, state.name, time,
              shift, active);
}

static const char *times_shift(const Emitter *e, Number number)
{
    return number_is(number, 1) ? "shift" : arena_printf(e->arena, "%s * shift", emit_literal(e, number));
}

void krylov_solve_block(Emitter *e, const PartTree *parts, int block, View x, const View *y, const char *active)
{
    const SpectrumBlock *number = &e->model->spectrum->block[block];
    const char *state = parts->loop.state->name, *shift = times_shift(e, number->real), *vector = x.name;
    if (y) {
        vector = arena_printf(e->arena, "complex_vector<Real>(%s, %s)", x.name, y->name);
        shift = arena_printf(e->arena, "Complex<Real>(%s, %s)", shift, times_shift(e, number->imaginary));
    } else if (!number_is(number->real, 1)) {
        shift = arena_printf(e->arena, "Real(%s)", shift);
    }
    record_solve(e, parts, &(Unknowns){ x, y }, view_of(parts->loop.state));
    emit_line(e, "trouble = trouble | solve(%s, %s, t, %s, %s & (trouble == Count(0u)));", vector, state, shift,
              active);
}
