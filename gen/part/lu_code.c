#include "part/lu_code.h"
#include "part/lu_pieces.h"

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
static void add_row(Emitter *e, OutputList *outputs, const LuFunction *function, int k)
{
    const Matrix *matrix = e->model->matrix;
    const Lu *lu = matrix->lu;
    bool without_shift = function->entries_of == LU_OF_MINUS_JACOBIAN;
    int state = lu->pivot[k];
    const Equation *equation = &e->model->derivative[state];
    const char *comment = arena_printf(e->arena, "d ddt.%s", equation->name);
    if (function->with_rhs)
        *array_push(e->arena, outputs) = (Output){ .expr = equation->expr, .comment = equation->text,
                                                   .place = arena_printf(e->arena, "ddt[%d]", state) };
    for (int i = lu->pattern.start[k]; i < lu->pattern.start[k + 1]; i++) {
        int slot = lu->slot[i], source = lu->entry[slot].source;
        if (source < 0 || (without_shift && expr_is_number(matrix->minus_jacobian[source], 0))) continue;
        *array_push(e->arena, outputs) =
            (Output){ .expr = without_shift ? matrix->minus_jacobian[source] : matrix->entry[source], .comment = comment,
                      .place = arena_printf(e->arena, "lu[%d]", slot) };
    }
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
              function->entries_of == LU_OF_ELIMINATION ? "Mask" : "void", name, row ? "Row row, " : "", function->with_rhs ? "Target ddt, " : "",
              equations_declarations(e));
    emit_open(e, "    [[maybe_unused]] Real %s, [[maybe_unused]] Factor shift)", time_name(e));
}

const char *lu_passed_on(const Emitter *e, bool with_rhs)
{
    return arena_printf(e->arena, "lu, %sstate, parameters%s, %s, shift", with_rhs ? "ddt, " : "",
                        e->model->hoisted_count ? ", hoisted" : "", time_name(e));
}

static void emit_piece(Emitter *e, const void *context, const char *name, const OutputList *outputs)
{
    const LuFunction *function = context;
    bool eliminates = function->entries_of == LU_OF_ELIMINATION;
    lu_emit_head(e, function, name, false);
    if (is_narrow(e)) {
        emit_line(e, "typedef Factor Real; // all numbers below");
        emit_line(e, "[[maybe_unused]] const Real t = to_factor(time);");
    }
    if (eliminates) {
        emit_line(e, "Mask good = Mask(true);");
        emit_line(e, "[[maybe_unused]] Real before; // of a diagonal element, its value before elimination");
    }
    equations_emit(e, outputs, is_narrow(e) ? "to_factor" : NULL, e->model->lu_precision);
    if (eliminates) emit_line(e, "return good;");
    emit_close(e, "");
    emit_line(e, "%s", "");
}

int lu_emit_rows(Emitter *e, const LuFunction *function)
{
    const Matrix *matrix = e->model->matrix;
    int n = matrix->lu->n, *end = ARENA_ARRAY(e->arena, int, n);
    OutputList *rows = ARENA_ARRAY(e->arena, OutputList, n);
    LuOperationList operations = { 0 };
    bool eliminates = function->entries_of == LU_OF_ELIMINATION;
    if (eliminates) operations = lu_factor(e->arena, matrix->lu, end);
    for (int k = 0; k < n; k++) {
        add_row(e, &rows[k], function, k);
        if (eliminates)
            rows[k].items[rows[k].count - 1].after = row_operations(e, matrix, &operations, k ? end[k - 1] : 0, end[k]);
    }
    return lu_pieces_emit(e, rows, n, function->name, function->in_pieces, emit_piece, function);
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
    LuFunction function = { .name = with_rhs ? "linearise" : "factor", .with_rhs = with_rhs, .entries_of = LU_OF_ELIMINATION,
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
    if (operations.count <= 2 * LU_PIECE_MOST) {
        emit_solve_piece(e, &operations, "solve", 0, operations.count);
        return;
    }
    int pieces = 0;
    for (int first = 0; first < operations.count; first += LU_PIECE_MOST) {
        int stop = first + LU_PIECE_MOST < operations.count ? first + LU_PIECE_MOST : operations.count;
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
