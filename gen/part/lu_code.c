#include "part/lu_code.h"

/* Operations in one function: nvcc's time and its spills grow faster than the
 * length of a function, and what functions share is computed in each. */
enum { PIECE_MOST = 800 };

static bool is_narrow(const Emitter *e)
{
    return e->model->lu_precision != e->model->precision;
}

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
static const char *row_operations(Emitter *e, const Matrix *matrix, const LuOperationList *operations, int first, int stop)
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
static void add_row(Emitter *e, OutputList *outputs, const Matrix *matrix, int k, bool with_rhs)
{
    const Lu *lu = matrix->lu;
    int state = lu->pivot[k];
    const Equation *equation = &e->model->derivative[state];
    const char *comment = arena_printf(e->arena, "d ddt.%s", equation->name);
    if (with_rhs)
        *array_push(e->arena, outputs) = (Output){ .expr = equation->expr, .comment = equation->text,
                                                   .place = arena_printf(e->arena, "ddt[%d]", state) };
    for (int i = lu->pattern.start[k]; i < lu->pattern.start[k + 1]; i++) {
        int slot = lu->slot[i], source = lu->entry[slot].source;
        if (source < 0) continue;
        *array_push(e->arena, outputs) = (Output){ .expr = matrix->entry[source], .comment = comment,
                                                   .place = arena_printf(e->arena, "lu[%d]", slot) };
    }
}

static int64_t outputs_cost(Emitter *e, const OutputList *outputs)
{
    const Expr **roots = ARENA_ARRAY(e->arena, const Expr *, outputs->count);
    for (int i = 0; i < outputs->count; i++) roots[i] = outputs->items[i].expr;
    OperationCount count = expr_count(roots, outputs->count);
    int arithmetic = count.additions + count.multiplications + count.selections;
    return outputs->count + arithmetic + 4 * (count.divisions + count.roots) + 8 * (int64_t)count.functions;
}

/* ---- functions over rows ---- */

static const char *time_name(const Emitter *e)
{
    return is_narrow(e) ? "time" : "t";
}

void lu_emit_head(Emitter *e, const LuFunction *function, const char *name, bool row)
{
    emit_line(e, "template <class Factors%s%s, class State%s>", row ? ", class Row" : "", function->with_rhs ? ", class Target" : "",
              equations_types(e));
    emit_line(e, "%s %s %s(Factors lu, %s%s[[maybe_unused]] State state, %s,", function->inlining,
              function->with_operations ? "Mask" : "void", name, row ? "Row row, " : "", function->with_rhs ? "Target ddt, " : "",
              equations_declarations(e));
    emit_open(e, "    [[maybe_unused]] Real %s, [[maybe_unused]] Factor shift)", time_name(e));
}

const char *lu_passed_on(const Emitter *e, bool with_rhs)
{
    return arena_printf(e->arena, "lu, %sstate, parameters%s, %s, shift", with_rhs ? "ddt, " : "",
                        e->model->hoisted_count ? ", hoisted" : "", time_name(e));
}

static void emit_rows_function(Emitter *e, const LuFunction *function, const char *name, const OutputList *outputs)
{
    lu_emit_head(e, function, name, false);
    if (is_narrow(e)) {
        emit_line(e, "typedef Factor Real; // all numbers below");
        emit_line(e, "[[maybe_unused]] const Real t = to_factor(time);");
    }
    if (function->with_operations) {
        emit_line(e, "Mask good = Mask(true);");
        emit_line(e, "[[maybe_unused]] Real before; // of a diagonal element, its value before elimination");
    }
    equations_emit(e, outputs, is_narrow(e) ? "to_factor" : NULL, e->model->lu_precision);
    if (function->with_operations) emit_line(e, "return good;");
    emit_close(e, "");
    emit_line(e, "%s", "");
}

/* Rows are collected; a piece that is long enough is emitted. */
int lu_emit_rows(Emitter *e, const LuFunction *function)
{
    const Matrix *matrix = e->model->matrix;
    int n = matrix->lu->n, pieces = 0, *end = ARENA_ARRAY(e->arena, int, n);
    LuOperationList operations = { 0 };
    if (function->with_operations) operations = lu_factor(e->arena, matrix->lu, end);
    OutputList piece = { 0 };
    int64_t cost = 0;
    for (int k = 0; k < n; k++) {
        int first = k ? end[k - 1] : 0;
        OutputList row = { 0 };
        add_row(e, &row, matrix, k, function->with_rhs);
        if (function->with_operations)
            row.items[row.count - 1].after = row_operations(e, matrix, &operations, first, end[k]);
        for (int i = 0; i < row.count; i++) *array_push(e->arena, &piece) = row.items[i];
        cost += end[k] - first + outputs_cost(e, &row);
        if (k < n - 1 && (!function->in_pieces || cost < PIECE_MOST)) continue;
        pieces++;
        const char *name = function->in_pieces ? arena_printf(e->arena, "%s_%d", function->name, pieces) : function->name;
        emit_rows_function(e, function, name, &piece);
        piece = (OutputList){ 0 };
        cost = 0;
    }
    return pieces;
}

/* ---- factor, linearise, solve ---- */

void lu_emit_comment(Emitter *e, bool with_rhs)
{
    const LuCount *count = &e->model->matrix->lu->count;
    if (with_rhs) emit_comment(e, "Right-hand side, and factors as `factor` gives them.");
    emit_comment(e, "Factors of shift*I - J, J = d ddt / d state: %d entries (%d of fill), %lld multiply-adds; false where a pivot is bad.",
                 count->entries, count->fill, (long long)count->factor_multiply_adds);
}

static void emit_factor(Emitter *e, bool with_rhs)
{
    bool in_pieces = lu_form(e->model) != LU_INLINED;
    LuFunction function = { .name = with_rhs ? "linearise" : "factor", .with_rhs = with_rhs, .with_operations = true,
                            .inlining = in_pieces ? "CUBIE_NOINLINE" : "CUBIE_INLINE", .in_pieces = in_pieces };
    lu_emit_comment(e, with_rhs);
    int pieces = lu_emit_rows(e, &function);
    if (!in_pieces) return;
    function.inlining = "CUBIE_INLINE";
    lu_emit_head(e, &function, function.name, false);
    const char *arguments = lu_passed_on(e, with_rhs);
    emit_line(e, "Mask good = %s_1(%s);", function.name, arguments);
    for (int i = 2; i <= pieces; i++) emit_line(e, "good = good & %s_%d(%s);", function.name, i, arguments);
    emit_line(e, "return good;");
    emit_close(e, "");
    emit_line(e, "%s", "");
}

static void emit_solve_piece(Emitter *e, const LuOperationList *operations, const char *name, int first, int stop)
{
    emit_line(e, "template <class Factors, class Vector>");
    emit_open(e, "%s void %s(Factors lu, Vector x)", lu_form(e->model) == LU_INLINED ? "CUBIE_INLINE" : "CUBIE_NOINLINE", name);
    for (int i = first; i < stop; i++) {
        const LuOperation *o = &operations->items[i];
        if (o->kind == LU_SUBTRACT) emit_line(e, "x[%d] -= lu[%d] * x[%d];", o->target, o->left, o->right);
        else emit_line(e, "x[%d] *= lu[%d];", o->target, o->left);
    }
    emit_close(e, "");
    emit_line(e, "%s", "");
}

static void emit_solve(Emitter *e)
{
    LuOperationList operations = lu_solve(e->arena, e->model->matrix->lu);
    emit_comment(e, "x = (shift*I - J)^-1 x by the factors.");
    if (operations.count <= 2 * PIECE_MOST) {
        emit_solve_piece(e, &operations, "solve", 0, operations.count);
        return;
    }
    int pieces = 0;
    for (int first = 0; first < operations.count; first += PIECE_MOST) {
        int stop = first + PIECE_MOST < operations.count ? first + PIECE_MOST : operations.count;
        emit_solve_piece(e, &operations, arena_printf(e->arena, "solve_%d", ++pieces), first, stop);
    }
    emit_line(e, "template <class Factors, class Vector>");
    emit_open(e, "CUBIE_INLINE void solve(Factors lu, Vector x)");
    for (int i = 1; i <= pieces; i++) emit_line(e, "solve_%d(lu, x);", i);
    emit_close(e, "");
    emit_line(e, "%s", "");
}

void lu_code_emit(Emitter *e)
{
    bool with_rhs = model_linearises(e->model);
    if (lu_form(e->model) == LU_TABLES) {
        lu_table_emit(e, with_rhs);
        return;
    }
    emit_factor(e, with_rhs);
    emit_solve(e);
}
