/* SPDX-License-Identifier: MIT */
/* The generated functions that matrix-free solvers call: the product J v, and what a
 * preconditioner adds. They are inlined where the problem is small. */
#include "code/pieces.h"
#include "solver/krylov.h"
#include "solver/preconditioner.h"

enum { INLINED_MOST = 4 }; /* operations of a product, for each state that loops are unrolled for */

bool krylov_is_inlined(const Model *model)
{
    return model->unrolled &&
           model->product->operations <= INLINED_MOST * settings_number(model->settings, "unroll_limit");
}

static void emit_complex_product(Emitter *e)
{
    bool hoisted = e->model->hoisted_count > 0;
    const char *passed = hoisted ? "state, parameters, hoisted, t" : "state, parameters, t";
    emit_comment(e, "The same for complex vectors: J is real.");
    emit_line(e, "template <class Target, class Vector, class State, class Parameters%s>",
              hoisted ? ", class Hoisted" : "");
    emit_line(
        e, "CUBIE_INLINE void jacobian_times(ComplexVector<Real, Target> product, ComplexVector<Real, Vector> vector,");
    emit_open(e, "    State state, Parameters parameters, %sReal t)", hoisted ? "Hoisted hoisted, " : "");
    emit_line(e, "jacobian_times(product.re, vector.re, %s);", passed);
    emit_line(e, "jacobian_times(product.im, vector.im, %s);", passed);
    emit_close(e, "");
    emit_line(e, "%s", "");
}

void krylov_functions(Emitter *e)
{
    const KrylovProduct *product = e->model->product;
    Operand vector = { product->vector, e->model->states, "vector" };
    OutputList outputs = { 0 };
    for (int i = 0; i < e->model->states; i++)
        *array_push(e->arena, &outputs) =
            (Output){ .expr = product->element[i],
                      .place = arena_printf(e->arena, "product[%d]", i),
                      .comment = arena_printf(e->arena, "d ddt.%s", e->model->derivative[i].name) };
    emit_comment(e, "product = J vector, J = d ddt / d state.");
    pieces_emit(e,
                &(DeviceFunction){ .name = "jacobian_times",
                                   .inlined = krylov_is_inlined(e->model),
                                   .of_problem = true,
                                   .own = { { "Target", "product" }, { "Vector", "vector" } },
                                   .operand = &vector },
                &outputs);
    if (krylov_may_be_complex(e->model)) emit_complex_product(e);
    if (preconditioner_of(e->model)->functions) preconditioner_of(e->model)->functions(e);
}
