/* SPDX-License-Identifier: MIT */
#include "code/pieces.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "code/wrap.h"
#include "expr/carry.h"

/* ---- heads and calls ---- */

typedef struct ArgumentList {
    Argument items[DEVICE_ARGUMENTS + 6];
    int count;
    int templates; /* of these the types are template parameters */
} ArgumentList;

static void add(ArgumentList *list, const char *type, const char *name)
{
    list->items[list->count++] = (Argument){ type, name };
}

static ArgumentList arguments_of(const Emitter *e, const DeviceFunction *function)
{
    ArgumentList list = { 0 };
    while (list.count < DEVICE_ARGUMENTS && function->own[list.count].name) {
        list.items[list.count] = function->own[list.count];
        list.count++;
    }
    if (function->of_problem) add(&list, "State", "state");
    if (function->of_problem) add(&list, "Parameters", "parameters");
    if (function->of_problem && e->model->hoisted_count) add(&list, "Hoisted", "hoisted");
    list.templates = list.count;
    if (function->of_problem) add(&list, "Real", function->narrow ? "time" : "t");
    if (function->last.name) add(&list, function->last.type, function->last.name);
    return list;
}

static bool is_new_type(const ArgumentList *list, int i)
{
    for (int k = 0; k < i; k++)
        if (!strcmp(list->items[k].type, list->items[i].type)) return false;
    return true;
}

static const char *template_head(const Emitter *e, const ArgumentList *list)
{
    Text line = text_new(e->arena);
    for (int i = 0; i < list->templates; i++)
        if (is_new_type(list, i)) text_printf(&line, "%sclass %s", i ? ", " : "", list->items[i].type);
    return line.data;
}

size_t pieces_open(Emitter *e)
{
    e->indent++;
    return e->text.length;
}

/* The head comes last: the body tells which arguments it has no use for. */
void pieces_close(Emitter *e, const DeviceFunction *function, size_t body)
{
    ArgumentList list = arguments_of(e, function);
    Text line = text_new(e->arena), head = text_new(e->arena);
    text_printf(&line, "%s %s %s(", function->inlined ? "CUBIE_INLINE" : "CUBIE_NOINLINE",
                function->gives_mask ? "Mask" : "void", function->name);
    for (int i = 0; i < list.count; i++)
        text_printf(&line, "%s%s%s %s", i ? ", " : "",
                    emit_has_word(e, body, list.items[i].name) ? "" : "[[maybe_unused]] ", list.items[i].type,
                    list.items[i].name);
    text_add(&line, ") {");
    e->indent--;
    wrap_add(&head, 4 * e->indent, arena_printf(e->arena, "template <%s>", template_head(e, &list)), EMIT_WIDTH);
    wrap_add(&head, 4 * e->indent, line.data, EMIT_WIDTH);
    emit_insert(e, body, head.data);
    emit_line(e, "}");
    emit_line(e, "%s", "");
}

const char *pieces_call(const Emitter *e, const DeviceFunction *function)
{
    ArgumentList list = arguments_of(e, function);
    Text call = text_new(e->arena);
    text_printf(&call, "%s(", function->name);
    for (int i = 0; i < list.count; i++) text_printf(&call, "%s%s", i ? ", " : "", list.items[i].name);
    text_add(&call, ")");
    return call.data;
}

/* ---- lengths ---- */

static int own_statements(const Output *output)
{
    int statements = output->expr != NULL;
    for (const char *c = output->after; c && *c; c++) statements += *c == '\n';
    return statements;
}

static int64_t length_of(const Emitter *e, const OutputList *outputs)
{
    const Expr **roots = ARENA_ARRAY(e->arena, const Expr *, outputs->count);
    int expressions = 0;
    int64_t statements = 0;
    for (int i = 0; i < outputs->count; i++) {
        if (outputs->items[i].expr) roots[expressions++] = outputs->items[i].expr;
        statements += own_statements(&outputs->items[i]);
    }
    return statements + expr_cost(roots, expressions);
}

bool pieces_are_few(const Emitter *e, const OutputList *outputs)
{
    return e->model->unrolled && length_of(e, outputs) - outputs->count <= model_inlined_most(e->model);
}

/* The outputs from number `first` on that make a piece; what they share counts once. */
static int end_of_piece(const Emitter *e, const OutputList *outputs, int first)
{
    Graph *graph = e->model->system->graph;
    int64_t length = 0;
    cost_begin(graph);
    for (int i = first; i < outputs->count; i++) {
        length += own_statements(&outputs->items[i]);
        if (outputs->items[i].expr) cost_add(&length, graph, outputs->items[i].expr, PIECES_LENGTH);
        if (length >= PIECES_LENGTH && !outputs->items[i].joined) return i + 1;
    }
    return outputs->count;
}

/* ---- functions and their pieces ---- */

static void emit_whole(Emitter *e, const DeviceFunction *function, const OutputList *outputs)
{
    const Model *model = e->model;
    int scope = emit_scope(e);
    size_t body = pieces_open(e);
    if (function->narrow) {
        emit_line(e, "typedef Factor Real; // all numbers below");
        emit_if_used(e, "t", "const Real t = to_factor(time);");
    }
    if (function->gives_mask) emit_line(e, "Mask good = Mask(true);");
    for (int i = 0; i < DEVICE_LOCALS && function->locals[i].name; i++)
        emit_if_used(e, function->locals[i].name, "%s", function->locals[i].declaration);
    equations_emit(e, outputs, function->operand, function->narrow ? "to_factor" : NULL,
                   function->narrow ? model->lu_precision : model->precision);
    if (function->gives_mask) emit_line(e, "return good;");
    emit_scope_end(e, scope);
    pieces_close(e, function, body);
}

/* A function while it is cut. */
typedef struct Cut {
    DeviceFunction piece;
    OutputList outputs, carried;
    int pieces;
    Text calls;
} Cut;

/* Pieces before anything is carried: what shares within one of them is computed
 * there, and they stay together. [outputs.count] from 0 on. */
static int *find_groups(Emitter *e, OutputList *outputs)
{
    int *group = ARENA_ARRAY(e->arena, int, outputs->count);
    for (int first = 0, stop, number = 0; first < outputs->count; first = stop, number++) {
        stop = end_of_piece(e, outputs, first);
        for (int i = first; i < stop; i++) group[i] = number;
        for (int i = first; i < stop - 1; i++) outputs->items[i].joined = true;
    }
    return group;
}

/* Takes what is carried out of the outputs. */
static void find_carried(Emitter *e, Cut *cut, const int *group)
{
    int count = 0, outputs = cut->outputs.count;
    const Expr **roots = ARENA_ARRAY(e->arena, const Expr *, outputs),
               **made = ARENA_ARRAY(e->arena, const Expr *, outputs);
    int *root_group = ARENA_ARRAY(e->arena, int, outputs);
    for (int i = 0; i < outputs; i++) {
        if (!cut->outputs.items[i].expr) continue;
        root_group[count] = group[i];
        roots[count++] = cut->outputs.items[i].expr;
    }
    CarriedList values = carry_make(made, e->model->system->graph, roots, root_group, count, "carried", PIECES_UNCUT);
    for (int i = 0, k = 0; i < outputs; i++)
        if (cut->outputs.items[i].expr) cut->outputs.items[i].expr = made[k++];
    for (int i = 0; i < values.count; i++)
        *array_push(e->arena, &cut->carried) =
            (Output){ .expr = values.items[i], .place = arena_printf(e->arena, "carried[%d]", i) };
}

static Cut cut_make(Emitter *e, const DeviceFunction *function, const OutputList *outputs)
{
    Cut cut = { .piece = *function, .calls = text_new(e->arena) };
    for (int i = 0; i < outputs->count; i++) *array_push(e->arena, &cut.outputs) = outputs->items[i];
    find_carried(e, &cut, find_groups(e, &cut.outputs));
    int own = 0;
    while (own < DEVICE_ARGUMENTS && cut.piece.own[own].name) own++;
    assert(!cut.carried.count || own < DEVICE_ARGUMENTS);
    if (cut.carried.count) cut.piece.own[own] = (Argument){ "Carried", "carried" };
    return cut;
}

static void emit_pieces(Emitter *e, Cut *cut, const char *name, const OutputList *outputs)
{
    for (int first = 0, stop; first < outputs->count; first = stop) {
        stop = end_of_piece(e, outputs, first);
        cut->piece.name = arena_printf(e->arena, "%s_%d", name, ++cut->pieces);
        emit_whole(e, &cut->piece, &(OutputList){ outputs->items + first, stop - first, stop - first });
        const char *result = !cut->piece.gives_mask ? "" : cut->pieces == 1 ? "Mask good = " : "good = good & ";
        text_printf(&cut->calls, "%s%s;\n", result, pieces_call(e, &cut->piece));
    }
}

static void emit_cut(Emitter *e, const DeviceFunction *function, const OutputList *outputs)
{
    Cut cut = cut_make(e, function, outputs);
    emit_pieces(e, &cut, function->name, &cut.carried);
    emit_pieces(e, &cut, function->name, &cut.outputs);
    size_t body = pieces_open(e);
    if (cut.carried.count) emit_line(e, "%s carried[%d];", function->narrow ? "Factor" : "Real", cut.carried.count);
    equations_emit_lines(e, cut.calls.data);
    if (function->gives_mask) emit_line(e, "return good;");
    pieces_close(e, function, body);
}

void pieces_emit(Emitter *e, const DeviceFunction *function, const OutputList *outputs)
{
    bool is_long = length_of(e, outputs) > PIECES_UNCUT;
    if (is_long && !function->inlined)
        emit_cut(e, function, outputs);
    else
        emit_whole(e, function, outputs);
}
