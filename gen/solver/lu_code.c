/* SPDX-License-Identifier: MIT */
#include "solver/lu_code.h"

/* ---- rows ---- */

static void add_operation(Text *text, const LuOperation *o)
{
    switch (o->kind) {
    case LU_RECIPROCAL: text_printf(text, "lu[%d] = reciprocal(lu[%d]);\n", o->target, o->target); break;
    case LU_SCALE: text_printf(text, "lu[%d] *= lu[%d];\n", o->target, o->left); break;
    case LU_SUBTRACT: text_printf(text, "lu[%d] -= lu[%d] * lu[%d];\n", o->target, o->left, o->right); break;
    case LU_FILL: text_printf(text, "lu[%d] = -(lu[%d] * lu[%d]);\n", o->target, o->left, o->right); break;
    }
}

/* A pivot that is `shift` alone needs no watching. */
static void add_watch(Text *text, const Matrix *matrix, int slot, bool changed)
{
    const Expr *entry = matrix->entry[matrix->lu->entry[slot].source];
    if (!changed && entry->kind == EXPR_SYMBOL) return;
    text_printf(text, "good = good & is_pivot(lu[%d], %s, shift);\n", slot,
                changed ? "before" : arena_printf(text->arena, "lu[%d]", slot));
}

/* What finishes row k of the elimination, once its entries of A are there. */
static const char *row_operations(Emitter *e, const Matrix *matrix, const LuOperationList *operations, int first,
                                  int stop)
{
    Text text = text_new(e->arena);
    int pivot = -1;
    bool changed = false;
    for (int i = first; i < stop; i++)
        if (operations->items[i].kind == LU_RECIPROCAL) pivot = operations->items[i].target;
    for (int i = first; i < stop; i++)
        changed |= operations->items[i].kind == LU_SUBTRACT && operations->items[i].target == pivot;
    if (changed) text_printf(&text, "before = lu[%d];\n", pivot);
    for (int i = first; i < stop; i++) {
        const LuOperation *o = &operations->items[i];
        if (o->kind == LU_RECIPROCAL) add_watch(&text, matrix, o->target, changed);
        add_operation(&text, o);
    }
    return text.data;
}

/* f of one state and the entries of its row. */
static void add_row(Emitter *e, OutputList *outputs, const LuFunction *function, int k)
{
    const Matrix *matrix = e->model->matrix;
    const Lu *lu = matrix->lu;
    bool without_shift = function->entries_of == LU_OF_MINUS_JACOBIAN;
    int state = lu->pivot[k];
    const Equation *equation = &e->model->derivative[state];
    const char *comment = arena_printf(e->arena, "d ddt.%s", equation->name);
    if (function->with_rhs)
        *array_push(e->arena, outputs) = (Output){ .expr = equation->expr,
                                                   .comment = equation->text,
                                                   .place = arena_printf(e->arena, "ddt[%d]", state) };
    for (int i = lu->pattern.start[k]; i < lu->pattern.start[k + 1]; i++) {
        int slot = lu->slot[i], source = lu->entry[slot].source;
        if (source < 0 || (without_shift && expr_is_number(matrix->minus_jacobian[source], 0))) continue;
        *array_push(e->arena, outputs) =
            (Output){ .expr = without_shift ? matrix->minus_jacobian[source] : matrix->entry[source],
                      .comment = comment,
                      .place = arena_printf(e->arena, "lu[%d]", slot) };
    }
}

/* ---- functions over rows ---- */

DeviceFunction lu_device_function(const Emitter *e, const LuFunction *function)
{
    bool by_tables = function->entries_of == LU_OF_TABLES, eliminates = function->entries_of == LU_OF_ELIMINATION;
    DeviceFunction device = { .name = function->name,
                              .of_problem = true,
                              .narrow = model_is_narrow(e->model),
                              .own = { { "Factors", "lu" } },
                              .last = { "Factor", "shift" } };
    int own = 1;
    if (by_tables) device.own[own++] = (Argument){ "Row", "row" };
    if (function->with_rhs) device.own[own++] = (Argument){ "Target", "ddt" };
    device.inlined = by_tables || lu_form(e->model) == LU_INLINED;
    device.gives_mask = by_tables || eliminates;
    if (eliminates)
        device.locals[0] =
            (DeviceLocal){ "before", "Real before; // of a diagonal element, its value before elimination" };
    return device;
}

void lu_emit_rows(Emitter *e, const LuFunction *function)
{
    const Matrix *matrix = e->model->matrix;
    int n = matrix->lu->n, *end = ARENA_ARRAY(e->arena, int, n);
    OutputList outputs = { 0 };
    LuOperationList operations = { 0 };
    bool eliminates = function->entries_of == LU_OF_ELIMINATION;
    if (eliminates) operations = lu_factor(e->arena, matrix->lu, end);
    for (int k = 0; k < n; k++) {
        add_row(e, &outputs, function, k);
        if (eliminates)
            outputs.items[outputs.count - 1].after = row_operations(e, matrix, &operations, k ? end[k - 1] : 0, end[k]);
    }
    DeviceFunction device = lu_device_function(e, function);
    pieces_emit(e, &device, &outputs);
}

/* ---- factor, linearise, solve ---- */

const char *lu_literal(const Emitter *e, Number number)
{
    Text text = text_new(e->arena);
    number_literal(&text, number, e->model->lu_precision);
    return text.data;
}

void lu_emit_comment(Emitter *e, bool with_rhs)
{
    const LuCount *count = &e->model->matrix->lu->count;
    if (with_rhs) emit_comment(e, "Right-hand side, and factors as `factor` gives them.");
    emit_comment(e,
                 "Factors of shift*I - J, J = d ddt / d state: %d entries (%d of fill), %lld multiply-adds; false "
                 "where a pivot is bad.",
                 count->entries, count->fill, (long long)count->factor_multiply_adds);
}

static void emit_solve(Emitter *e)
{
    LuOperationList operations = lu_solve(e->arena, e->model->matrix->lu);
    OutputList outputs = { 0 };
    for (int i = 0; i < operations.count; i++) {
        const LuOperation *o = &operations.items[i];
        array_push(e->arena, &outputs)->after =
            o->kind == LU_SUBTRACT ? arena_printf(e->arena, "x[%d] -= lu[%d] * x[%d];\n", o->target, o->left, o->right)
                                   : arena_printf(e->arena, "x[%d] *= lu[%d];\n", o->target, o->left);
    }
    emit_comment(e, "x = (shift*I - J)^-1 x by the factors.");
    pieces_emit(e,
                &(DeviceFunction){ .name = "solve",
                                   .inlined = lu_form(e->model) == LU_INLINED,
                                   .own = { { "Factors", "lu" }, { "Vector", "x" } } },
                &outputs);
}

void lu_code_emit(Emitter *e)
{
    bool with_rhs = model_linearises(e->model);
    if (lu_form(e->model) == LU_TABLES) {
        lu_table_emit(e, with_rhs);
        return;
    }
    lu_emit_comment(e, with_rhs);
    lu_emit_rows(e, &(LuFunction){ with_rhs ? "linearise" : "factor", with_rhs, LU_OF_ELIMINATION });
    emit_solve(e);
}
