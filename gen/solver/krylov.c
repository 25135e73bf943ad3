/* SPDX-License-Identifier: MIT */
/* What the matrix-free solvers share as parts, and the calls of their function: see krylov.h. */
#include "solver/krylov.h"

#include <inttypes.h>

#include "code/problem.h"
#include "code/sum.h"
#include "layout/buffer.h"
#include "model/lu_form.h"
#include "solver/preconditioner.h"

const Counter krylov_counters[] = { { "linear_iterations", "iterations of the linear solver" }, { 0 } };

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

void krylov_sizes(Scope *scope, const Model *model)
{
    scope_count(scope, "linear_unknowns", model_linear_unknowns(model));
    scope_text(scope, "preconditioner", model->preconditioner);
}

static void prepare(Emitter *e, const LinearSystem *system, const View *ddt, const char *mask)
{
    (void)mask;
    if (ddt) problem_call_rhs(e, "right-hand side", *ddt, system->state, system->time);
}

static Access access_of(View view)
{
    return (Access){ .buffer = view.buffer, .first = view.first, .count = view.count };
}

/* The vectors of the system: x, and of a complex one the imaginary parts y. */
static void bind_call(Emitter *e, View state, View x, const View *y)
{
    const TraceBinding bindings[] = {
        { &krylov_x, { access_of(x), access_of(y ? *y : x) }, y ? 2 : 1 },
        { &krylov_point, { access_of(state) }, 1 },
    };
    int elements = x.count + (y ? y->count : 0);
    emit_call(e, "solve", &(TraceBindings){ bindings, 2, elements });
}

static void solve(Emitter *e, const LinearSystem *system, View x, const char *active)
{
    emit_step(e, "arguments of the linear solver");
    emit_line(e, "trouble = trouble | solve(%s, %s, %s, %s, %s & (trouble == Count(0u)));", emit_read(e, x),
              emit_read(e, system->state), system->time, system->shift, active);
    bind_call(e, system->state, x, NULL);
}

static const char *times_shift(const Emitter *e, Number number)
{
    return number_is(number, 1) ? "shift" : arena_printf(e->arena, "%s * shift", emit_literal(e, number));
}

/* The shift of a block; one that is a product must not stay one, since functions are templates. */
static const char *shift_of(const Emitter *e, const SpectrumBlock *block, bool complex)
{
    const char *real = times_shift(e, block->real);
    if (complex) return arena_printf(e->arena, "Complex<Real>(%s, %s)", real, times_shift(e, block->imaginary));
    return number_is(block->real, 1) ? real : arena_printf(e->arena, "Real(%s)", real);
}

static void solve_block(Emitter *e, int block, View x, const View *y, const char *active)
{
    View state = view_of(e, "state");
    emit_step(e, "arguments of the linear solver");
    const char *vector = emit_read(e, x);
    if (y) vector = arena_printf(e->arena, "complex_vector<Real>(%s, %s)", vector, emit_read(e, *y));
    emit_line(e, "trouble = trouble | solve(%s, %s, t, %s, %s & (trouble == Count(0u)));", vector, emit_read(e, state),
              shift_of(e, &e->model->spectrum->block[block], y != NULL), active);
    bind_call(e, state, x, y);
}

const LinearPart krylov_offer = { .may_fail = true, .prepare = prepare, .solve = solve, .solve_block = solve_block };
