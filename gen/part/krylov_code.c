#include "part/krylov_code.h"

#include "part/krylov.h"
#include "part/preconditioner.h"

enum {
    PIECE_MOST = 300, /* operations in one function, so that its states fit into registers */
    INLINED_MOST = 4  /* operations of a product, for each state that loops are unrolled for */
};

bool krylov_is_inlined(const Model *model)
{
    return model->unrolled && model->product->operations <= INLINED_MOST * settings_number(model->settings, "unroll_limit");
}

static int total_cost(const Emitter *e, const OutputList *outputs)
{
    const Expr **roots = ARENA_ARRAY(e->arena, const Expr *, outputs->count);
    for (int i = 0; i < outputs->count; i++) roots[i] = outputs->items[i].expr;
    return krylov_operations(roots, outputs->count);
}

static void emit_piece(Emitter *e, const KrylovFunction *function, const char *name, const OutputList *outputs)
{
    emit_line(e, "template <%s, class State%s>", function->types, equations_types(e));
    emit_line(e, "%s %s %s(%s, [[maybe_unused]] State state, %s,", krylov_is_inlined(e->model) ? "CUBIE_INLINE" : "CUBIE_NOINLINE",
              function->gives_mask ? "Mask" : "void", name, function->targets, equations_declarations(e));
    emit_open(e, "    [[maybe_unused]] Real t%s%s)", function->more ? ", [[maybe_unused]] Real " : "", function->more ? function->more : "");
    if (function->gives_mask) emit_line(e, "Mask good = Mask(true);");
    if (function->vector) equations_emit_with(e, outputs, function->vector, NULL, e->model->precision);
    else equations_emit(e, outputs, NULL, e->model->precision);
    if (function->gives_mask) emit_line(e, "return good;");
    emit_close(e, "");
    emit_line(e, "%s", "");
}

/* The outputs from number `first` on that make a piece: until it has grown by
 * PIECE_MOST since the first, and by as much as that one costs, since what all of
 * them share is computed in every piece. */
static int end_of_piece(const Emitter *e, const OutputList *outputs, int first)
{
    OutputList piece = { outputs->items + first, 1, 1 };
    int start = total_cost(e, &piece), most = start + (start > PIECE_MOST ? start : PIECE_MOST);
    while (first + piece.count < outputs->count && total_cost(e, &piece) < most) piece.count++;
    return first + piece.count;
}

static int emit_pieces(Emitter *e, const KrylovFunction *function, const OutputList *outputs)
{
    int pieces = 0;
    for (int first = 0, stop; first < outputs->count; first = stop) {
        stop = end_of_piece(e, outputs, first);
        OutputList piece = { outputs->items + first, stop - first, stop - first };
        emit_piece(e, function, arena_printf(e->arena, "%s_%d", function->name, ++pieces), &piece);
    }
    return pieces;
}

static void emit_calls(Emitter *e, const KrylovFunction *function, int pieces)
{
    emit_line(e, "template <%s, class State%s>", function->types, equations_types(e));
    emit_line(e, "CUBIE_INLINE %s %s(%s, State state, %s,", function->gives_mask ? "Mask" : "void", function->name,
              function->targets, equations_declarations(e));
    emit_open(e, "    Real t%s%s)", function->more ? ", Real " : "", function->more ? function->more : "");
    if (function->gives_mask) emit_line(e, "Mask good = Mask(true);");
    for (int i = 1; i <= pieces; i++)
        emit_line(e, "%s%s_%d(%s, state, parameters%s, t%s%s);", function->gives_mask ? "good = good & " : "", function->name, i,
                  function->passed, e->model->hoisted_count ? ", hoisted" : "", function->more ? ", " : "",
                  function->more ? function->more : "");
    if (function->gives_mask) emit_line(e, "return good;");
    emit_close(e, "");
    emit_line(e, "%s", "");
}

void krylov_emit_function(Emitter *e, const KrylovFunction *function, const OutputList *outputs)
{
    if (krylov_is_inlined(e->model) || total_cost(e, outputs) <= 2 * PIECE_MOST) emit_piece(e, function, function->name, outputs);
    else emit_calls(e, function, emit_pieces(e, function, outputs));
}

void krylov_functions(Emitter *e)
{
    const KrylovProduct *product = e->model->product;
    Operand vector = { product->vector, e->model->states, "vector" };
    OutputList outputs = { 0 };
    for (int i = 0; i < e->model->states; i++)
        *array_push(e->arena, &outputs) = (Output){ .expr = product->element[i], .place = arena_printf(e->arena, "product[%d]", i),
                                                    .comment = arena_printf(e->arena, "d ddt.%s", e->model->derivative[i].name) };
    emit_comment(e, "product = J vector, J = d ddt / d state.");
    krylov_emit_function(e, &(KrylovFunction){ .name = "jacobian_times", .types = "class Target, class Vector",
                                               .targets = "Target product, [[maybe_unused]] Vector vector",
                                               .passed = "product, vector", .vector = &vector }, &outputs);
    if (preconditioner_of(e->model)->functions) preconditioner_of(e->model)->functions(e);
}
