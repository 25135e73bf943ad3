/* Direct solution: the sparse factors of shift*I - J in diagonal Markowitz
 * order (system/lu.h), as straight-line code. An entry of the matrix is computed
 * when the turn of its row comes, so only the factors live on.
 *
 * The pivots were chosen before any value was known, so each is watched: where
 * elimination cancelled all but rounding errors of a diagonal element, or left
 * nothing, the attempt is rejected (lu.hpp, is_pivot). */
#include "part/equations.h"
#include "part/linear.h"
#include "part/part.h"

static bool is_narrow(const Model *model)
{
    return model->lu_precision != model->precision;
}

static const Buffer *buffer(const PartTree *parts, const char *name)
{
    return buffer_group_find(parts->linear_group, name);
}

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

/* f of one state and the entries of its row, then what finishes the row. */
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

static OutputList rows(Emitter *e, const Matrix *matrix, bool with_rhs)
{
    OutputList outputs = { 0 };
    int *end = ARENA_ARRAY(e->arena, int, matrix->lu->n);
    LuOperationList operations = lu_factor(e->arena, matrix->lu, end);
    for (int k = 0; k < matrix->lu->n; k++) {
        add_row(e, &outputs, matrix, k, with_rhs);
        outputs.items[outputs.count - 1].after = row_operations(e, matrix, &operations, k ? end[k - 1] : 0, end[k]);
    }
    return outputs;
}

static void emit_factor(Emitter *e, const char *name, bool with_rhs)
{
    const Matrix *matrix = e->model->matrix;
    const LuCount *count = &matrix->lu->count;
    bool narrow = is_narrow(e->model);
    OutputList outputs = rows(e, matrix, with_rhs);
    if (with_rhs) emit_comment(e, "Right-hand side, and factors as `factor` gives them.");
    emit_comment(e, "Factors of shift*I - J, J = d ddt / d state: %d entries (%d of fill), %lld multiply-adds; false where a pivot is bad.",
                 count->entries, count->fill, (long long)count->factor_multiply_adds);
    emit_line(e, "template <class Factors%s, class State%s>", with_rhs ? ", class Target" : "", equations_types(e));
    emit_line(e, "%s Mask %s(Factors lu, %s[[maybe_unused]] State state, %s,", equations_inlining(e), name,
              with_rhs ? "Target ddt, " : "", equations_declarations(e));
    emit_open(e, "    [[maybe_unused]] Real %s, Factor shift)", narrow ? "time" : "t");
    if (narrow) {
        emit_line(e, "typedef Factor Real; // all numbers below");
        emit_line(e, "[[maybe_unused]] const Real t = to_factor(time);");
    }
    emit_line(e, "Mask good = Mask(true);");
    emit_line(e, "[[maybe_unused]] Real before; // of a diagonal element, its value before elimination");
    equations_emit(e, &outputs, narrow ? "to_factor" : NULL, e->model->lu_precision);
    emit_line(e, "return good;");
    emit_close(e, "");
    emit_line(e, "%s", "");
}

static void emit_solve(Emitter *e)
{
    LuOperationList operations = lu_solve(e->arena, e->model->matrix->lu);
    emit_comment(e, "x = (shift*I - J)^-1 x by the factors.");
    emit_line(e, "template <class Factors, class Vector>");
    emit_open(e, "%s void solve(Factors lu, Vector x)", equations_inlining(e));
    for (int i = 0; i < operations.count; i++) {
        const LuOperation *o = &operations.items[i];
        if (o->kind == LU_SUBTRACT) emit_line(e, "x[%d] -= lu[%d] * x[%d];", o->target, o->left, o->right);
        else emit_line(e, "x[%d] *= lu[%d];", o->target, o->left);
    }
    emit_close(e, "");
    emit_line(e, "%s", "");
}

static void functions(Emitter *e)
{
    if (model_linearises(e->model)) emit_factor(e, "linearise", true);
    else emit_factor(e, "factor", false);
    emit_solve(e);
}

static void count(Arena *arena, PartTree *parts)
{
    *array_push(arena, &parts->counters) = (Counter){ "factorisations", "LU factorisations" };
    *array_push(arena, &parts->counters) = (Counter){ "bad_pivots", "attempts rejected for a bad pivot" };
}

static void declare(Emitter *e, const PartTree *parts)
{
    emit_declare(e, buffer(parts, "lu_factor"));
    emit_declare(e, buffer(parts, "lu_vector"));
}

static void prepare(Emitter *e, const PartTree *parts, const View *ddt, View state, const char *time, const char *shift,
                    const char *mask)
{
    bool joint = ddt && model_linearises(e->model);
    View lu = view_of(buffer(parts, "lu_factor"));
    if (ddt && !joint) system_emit_rhs(e, "right-hand side", parts, *ddt, state, time);
    trace_step(e->trace, "factorisation");
    emit_read(e, state);
    const char *arguments = equations_arguments(e, parts);
    emit_write(e, lu);
    if (joint) emit_write(e, *ddt);
    const char *scaled = is_narrow(e->model) ? arena_printf(e->arena, "to_factor(%s)", shift) : shift;
    emit_line(e, "const Mask solvable = %s(lu_factor, %s%s%s, %s, %s, %s);", joint ? "linearise" : "factor",
              joint ? ddt->name : "", joint ? ", " : "", state.name, arguments, time, scaled);
    emit_line(e, "note(trouble, !solvable, CUBIE_LINEAR_BREAKDOWN);");
    emit_line(e, "count_if(%s, factorisations);", mask ? mask : "active");
    emit_line(e, "count_if(%s & !solvable, bad_pivots);", mask ? mask : "active");
}

static void emit_convert(Emitter *e, const char *label, View target, View source, const char *conversion)
{
    trace_elementwise(e->trace, label);
    emit_read(e, source);
    emit_write(e, target);
    emit_line(e, "%s %s[i] = %s(%s[i]);", emit_each(e, target.count), target.name, conversion, source.name);
}

static void solve(Emitter *e, const PartTree *parts, View x, View state, const char *time, const char *shift,
                  const char *active)
{
    (void)state, (void)time, (void)shift, (void)active;
    View vector = is_narrow(e->model) ? view_of(buffer(parts, "lu_vector")) : x;
    if (is_narrow(e->model)) emit_convert(e, "to the precision of the factors", vector, x, "to_factor");
    trace_step(e->trace, "solve");
    emit_read(e, view_of(buffer(parts, "lu_factor")));
    emit_read(e, vector);
    emit_write(e, vector);
    emit_line(e, "solve(lu_factor, %s);", vector.name);
    if (is_narrow(e->model)) emit_convert(e, "from the precision of the factors", x, vector, "real");
}

const LinearPart linear_lu = {
    .name = "lu",
    .count = count,
    .functions = functions,
    .declare = declare,
    .prepare = prepare,
    .solve = solve,
};
