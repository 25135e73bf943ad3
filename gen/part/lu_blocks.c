/* Direct solution for fully implicit methods: the sparse factors of a I - J for
 * each block of the method (spectrum.h), all from one evaluation of the Jacobian, as
 * straight-line code (lu_block.h) or by tables (lu_blocks_table.c). `shift` is 1/h here. */
#include "part/equations.h"
#include "part/linear.h"
#include "part/lu_block.h"
#include "layout/buffer.h"
#include "part/lu_code.h"
#include "part/part.h"

/* Statements in one function: nvcc's time grows faster than the length of a function. */
enum { PIECE_MOST = 1000 };

static bool is_narrow(const Model *model)
{
    return model->lu_precision != model->precision;
}

static const Buffer *buffer(const PartTree *parts, const char *name)
{
    return buffer_group_find(parts->linear_group, name);
}

static const char *factor_literal(const Emitter *e, Number number)
{
    Text text = text_new(e->arena);
    number_literal(&text, number, e->model->lu_precision);
    return text.data;
}

bool lu_blocks_check(const Model *model)
{
    const char *name = model->tableau->name, *solver = model->linear_solver;
    if (!linear_find(solver)->blocks) {
        diag_error(settings_source(model->settings, "linear_solver"),
                   "linear_solver = %s cannot be used with %s: a fully implicit method has complex matrices, which lu "
                   "alone factors; leave it out, or choose a dirk or rosenbrock algorithm",
                   solver, name);
        return false;
    }
    return lu_form_check(model);
}

static void describe(Text *text, const Model *model, const char *prefix)
{
    const Lu *lu = model->matrix->lu;
    const Spectrum *spectrum = model->spectrum;
    int complex = 0, extra = 0, size = lu_form_elements(model);
    for (int i = 0; i < spectrum->count; i++) {
        complex += !spectrum_is_real(&spectrum->block[i]);
        extra += spectrum->block[i].first < 0;
    }
    text_printf(text, "%sLU of a/h*I - J for %d real and %d complex numbers a (%s): %s\n", prefix,
                spectrum->count - complex, complex, precision_name(model->lu_precision),
                lu_form_text(lu_form(model)));
    if (extra) text_printf(text, "%s  one of them     for the error estimate alone\n", prefix);
    text_printf(text, "%s  entries         %d of each, of these %d of fill\n", prefix, lu->count.entries, lu->count.fill);
    text_printf(text, "%s  numbers         %d in all%s\n", prefix, size,
                lu_form(model) == LU_TABLES ? "" : "; what elimination leaves real in complex factors is one number");
    text_printf(text, "%s  factorisations  %lld multiply-adds, %d multiplications, %d divisions each\n", prefix,
                (long long)lu->count.factor_multiply_adds, lu->count.factor_multiplications, lu->count.divisions);
    text_printf(text, "%s  solves          %d multiply-adds, %d multiplications each\n", prefix, lu->count.solve_multiply_adds,
                lu->count.solve_multiplications);
    lu_form_describe_registers(text, model, prefix, 16);
}

/* ---- the generated functions ---- */

static bool in_pieces(const Emitter *e)
{
    return lu_form(e->model) != LU_INLINED;
}

static const char *inlining(const Emitter *e)
{
    return in_pieces(e) ? "CUBIE_NOINLINE" : "CUBIE_INLINE";
}

static bool is_zero(const Expr *expr)
{
    return expr->kind == EXPR_NUMBER && number_is(expr->number, 0);
}

/* The entries of -J in row k, into entry[0], entry[1], ...; a row of zeros has its
 * first written, since what finishes the row follows an output. */
static bool *add_entries(Emitter *e, OutputList *outputs, const Matrix *matrix, int k)
{
    const Lu *lu = matrix->lu;
    int first = outputs->count, count = 0;
    bool *zero = ARENA_ARRAY(e->arena, bool, lu->n);
    const char *comment = arena_printf(e->arena, "d ddt.%s", e->model->derivative[lu->pivot[k]].name);
    for (int pass = 0; pass < 2 && outputs->count == first; pass++) {
        count = 0;
        for (int i = lu->pattern.start[k]; i < lu->pattern.start[k + 1]; i++) {
            const LuEntry *entry = &lu->entry[lu->slot[i]];
            if (entry->source < 0) continue;
            Output output = { .expr = matrix->minus_jacobian[entry->source], .comment = comment,
                              .place = arena_printf(e->arena, "entry[%d]", count) };
            zero[count++] = is_zero(output.expr);
            if (!is_zero(output.expr) || pass) *array_push(e->arena, outputs) = output;
        }
    }
    return zero;
}

/* A pivot that nothing is taken from and that has no entry of J needs no watching. */
static bool is_shift_alone(const Matrix *matrix, int k)
{
    int state = matrix->lu->pivot[k], at = pattern_find(&matrix->pattern, state, state);
    return is_zero(matrix->minus_jacobian[at]);
}

/* Row k of all blocks. */
static OutputList row_of(Emitter *e, LuBlock *blocks, const LuOperation *operations, int count, int k)
{
    const Matrix *matrix = e->model->matrix;
    OutputList outputs = { 0 };
    Text text = text_new(e->arena);
    bool *zero = add_entries(e, &outputs, matrix, k);
    for (int b = 0; b < e->model->spectrum->count; b++) {
        lu_block_load_row(&text, &blocks[b], matrix->lu, k, zero);
        lu_block_finish_row(&text, &blocks[b], operations, count, !blocks[b].complex && !is_shift_alone(matrix, k));
    }
    outputs.items[outputs.count - 1].after = text.data;
    return outputs;
}

static const char *number_of(const Emitter *e, const SpectrumBlock *block)
{
    const char *real = factor_literal(e, block->real);
    return spectrum_is_real(block) ? real : arena_printf(e->arena, "%s + %s i", real, factor_literal(e, block->imaginary));
}

static void emit_shifts(Emitter *e, const char *name, bool imaginary)
{
    const Spectrum *spectrum = e->model->spectrum;
    Text text = text_new(e->arena);
    if (imaginary && !spectrum->pairs) return;
    for (int i = 0; i < spectrum->count; i++)
        text_printf(&text, "%s%s * shift", i ? ", " : "", factor_literal(e, imaginary ? spectrum->block[i].imaginary : spectrum->block[i].real));
    emit_line(e, "[[maybe_unused]] const Real %s[] = { %s };", name, text.data);
}

/* Entries of -J at a time: those of a row. */
static int longest_row(const Matrix *matrix)
{
    int longest = 1;
    for (int i = 0; i < matrix->pattern.n; i++) {
        int length = matrix->pattern.start[i + 1] - matrix->pattern.start[i];
        if (length > longest) longest = length;
    }
    return longest;
}

void lu_blocks_emit_comment(Emitter *e)
{
    const LuCount *count = &e->model->matrix->lu->count;
    const Spectrum *spectrum = e->model->spectrum;
    emit_comment(e, "Factors of shift*a*I - J, J = d ddt / d state, for these numbers a of the method:");
    for (int i = 0; i < spectrum->count; i++) emit_comment(e, "  %d: %s", i, number_of(e, &spectrum->block[i]));
    emit_comment(e, "Each has %d entries (%d of fill) and takes %lld multiply-adds, real or complex ones; false where a pivot is bad.",
                 count->entries, count->fill, (long long)count->factor_multiply_adds);
}

static void emit_head(Emitter *e, const char *attributes, const char *name)
{
    emit_line(e, "template <class Factors, class State%s>", equations_types(e));
    emit_line(e, "%s Mask %s(Factors lu, [[maybe_unused]] State state, %s,", attributes, name, equations_declarations(e));
    emit_open(e, "    [[maybe_unused]] Real %s, Factor shift)", is_narrow(e->model) ? "time" : "t");
}

static void emit_rows(Emitter *e, const char *name, const OutputList *outputs)
{
    bool narrow = is_narrow(e->model);
    emit_head(e, inlining(e), name);
    if (narrow) {
        emit_line(e, "typedef Factor Real; // all numbers below");
        emit_line(e, "[[maybe_unused]] const Real t = to_factor(time);");
    }
    emit_shifts(e, "shifts", false);
    emit_shifts(e, "turns", true);
    emit_line(e, "Mask good = Mask(true);");
    emit_line(e, "[[maybe_unused]] Real before; // the size of a diagonal element, before elimination");
    emit_line(e, "Real entry[%d]; // of a row of -J", longest_row(e->model->matrix));
    equations_emit(e, outputs, narrow ? "to_factor" : NULL, e->model->lu_precision);
    emit_line(e, "return good;");
    emit_close(e, "");
    emit_line(e, "%s", "");
}

static int count_lines(const char *text)
{
    int lines = 0;
    for (; *text; text++) lines += *text == '\n';
    return lines;
}

/* Rows are collected; a piece that is long enough is emitted. */
static int emit_pieces(Emitter *e, LuBlock *blocks)
{
    const Lu *lu = e->model->matrix->lu;
    int pieces = 0, cost = 0, *end = ARENA_ARRAY(e->arena, int, lu->n);
    LuOperationList operations = lu_factor(e->arena, lu, end);
    OutputList piece = { 0 };
    for (int k = 0; k < lu->n; k++) {
        int first = k ? end[k - 1] : 0;
        OutputList row = row_of(e, blocks, operations.items + first, end[k] - first, k);
        for (int i = 0; i < row.count; i++) *array_push(e->arena, &piece) = row.items[i];
        cost += count_lines(row.items[row.count - 1].after) + 2 * row.count;
        if (k < lu->n - 1 && (!in_pieces(e) || cost < PIECE_MOST)) continue;
        emit_rows(e, in_pieces(e) ? arena_printf(e->arena, "factor_%d", ++pieces) : "factor", &piece);
        piece = (OutputList){ 0 };
        cost = 0;
    }
    return pieces;
}

static void emit_factor(Emitter *e, LuBlock *blocks)
{
    const char *hoisted = e->model->hoisted_count ? ", hoisted" : "", *time = is_narrow(e->model) ? "time" : "t";
    lu_blocks_emit_comment(e);
    int pieces = emit_pieces(e, blocks);
    if (!pieces) return;
    emit_head(e, "CUBIE_INLINE", "factor");
    emit_line(e, "Mask good = Mask(true);");
    for (int i = 1; i <= pieces; i++)
        emit_line(e, "good = good & factor_%d(lu, state, parameters%s, %s, shift);", i, hoisted, time);
    emit_line(e, "return good;");
    emit_close(e, "");
    emit_line(e, "%s", "");
}

static void emit_lines(Emitter *e, const char *text)
{
    for (const char *line = text, *end; *line; line = end + 1) {
        for (end = line; *end != '\n'; end++) continue;
        emit_line(e, "%.*s", (int)(end - line), line);
    }
}

static void emit_solve_head(Emitter *e, const LuBlock *block, const char *attributes, const char *name)
{
    emit_line(e, "template <class Factors, class Vector>");
    emit_open(e, "%s void %s(Factors lu, Vector x%s)", attributes, name, block->complex ? ", Vector y" : "");
}

static int emit_solve_pieces(Emitter *e, const LuBlock *block, const char *name)
{
    LuOperationList operations = lu_solve(e->arena, e->model->matrix->lu);
    Text text = text_new(e->arena);
    int pieces = 0;
    for (int i = 0; i < operations.count; i++) {
        lu_block_solve(&text, block, &operations.items[i]);
        bool last = i == operations.count - 1;
        if (!last && (!in_pieces(e) || count_lines(text.data) < PIECE_MOST)) continue;
        emit_solve_head(e, block, inlining(e), in_pieces(e) ? arena_printf(e->arena, "%s_%d", name, ++pieces) : name);
        emit_lines(e, text.data);
        emit_close(e, "");
        emit_line(e, "%s", "");
        text = text_new(e->arena);
    }
    return pieces;
}

void lu_blocks_emit_solve_comment(Emitter *e, int block)
{
    bool complex = !spectrum_is_real(&e->model->spectrum->block[block]);
    emit_comment(e, "%s by the factors of number %d.",
                 complex ? "x + i y = (shift*a*I - J)^-1 (x + i y)" : "x = (shift*a*I - J)^-1 x", block);
}

static void emit_solve(Emitter *e, const LuBlock *block)
{
    const char *name = arena_printf(e->arena, "solve%d", block->index);
    lu_blocks_emit_solve_comment(e, block->index);
    int pieces = emit_solve_pieces(e, block, name);
    if (!pieces) return;
    emit_solve_head(e, block, "CUBIE_INLINE", name);
    for (int i = 1; i <= pieces; i++) emit_line(e, "%s_%d(lu, x%s);", name, i, block->complex ? ", y" : "");
    emit_close(e, "");
    emit_line(e, "%s", "");
}

static void functions(Emitter *e)
{
    if (lu_form(e->model) == LU_TABLES) {
        lu_blocks_table_emit(e);
        return;
    }
    LuBlock *blocks = lu_blocks_make(e->arena, e->model->matrix, e->model->spectrum);
    emit_factor(e, blocks);
    for (int i = 0; i < e->model->spectrum->count; i++) emit_solve(e, &blocks[i]);
}

/* ---- the calls ---- */

static void count(Arena *arena, PartTree *parts)
{
    linear_lu.count(arena, parts);
}

static void declare(Emitter *e, const PartTree *parts)
{
    linear_lu.declare(e, parts);
}

static void prepare(Emitter *e, const PartTree *parts, const View *ddt, View state, const char *time, const char *shift,
                    const char *mask)
{
    View lu = view_of(buffer(parts, "lu_factor")), result = mask ? view_of(buffer(parts, "lu_renewed")) : lu;
    const char *runs = mask ? mask : "active";
    bool by_rows = lu_form(e->model) == LU_TABLES;
    if (ddt) system_emit_rhs(e, "right-hand side", parts, *ddt, state, time);
    trace_step(e->trace, "factorisation");
    emit_read(e, state);
    const char *arguments = equations_arguments(e, parts);
    emit_write(e, result);
    if (by_rows) emit_write(e, view_of(buffer(parts, "lu_row")));
    emit_line(e, "const Mask solvable = factor(%s, %s%s, %s, %s, to_factor(%s));", result.name, by_rows ? "lu_row, " : "", state.name, arguments, time, shift);
    if (mask) emit_copy(e, "factors renewed", mask, lu, result);
    emit_line(e, "note(trouble, %s%s!solvable, CUBIE_LINEAR_BREAKDOWN);", mask ? mask : "", mask ? " & " : "");
    emit_line(e, "count_if(%s, factorisations);", runs);
    emit_line(e, "count_if(%s & !solvable, bad_pivots);", runs);
}

static void emit_convert(Emitter *e, const char *label, View target, View source, const char *conversion)
{
    trace_elementwise(e->trace, label);
    emit_read(e, source);
    emit_write(e, target);
    emit_line(e, "%s %s[i] = %s(%s[i]);", emit_each(e, target.count), target.name, conversion, source.name);
}

/* x, and of a complex block y: in the precision of the factors, solved, and back. */
static void solve_block(Emitter *e, const PartTree *parts, int block, View x, const View *y)
{
    bool narrow = is_narrow(e->model);
    const Buffer *narrow_buffer = buffer(parts, "lu_vector");
    View re = narrow ? view_piece(narrow_buffer, 0, x.count, "lu_vector") : x, im = x;
    if (y) im = narrow ? view_piece(narrow_buffer, x.count, x.count, arena_printf(e->arena, "at(lu_vector, %d)", x.count)) : *y;
    if (narrow) emit_convert(e, "to the precision of the factors", re, x, "to_factor");
    if (narrow && y) emit_convert(e, "to the precision of the factors", im, *y, "to_factor");
    trace_step(e->trace, "solve");
    emit_read(e, view_of(buffer(parts, "lu_factor")));
    emit_read(e, re);
    if (y) emit_read(e, im);
    emit_write(e, re);
    if (y) emit_write(e, im);
    emit_line(e, "solve%d(lu_factor, %s%s%s);", block, re.name, y ? ", " : "", y ? im.name : "");
    if (narrow) emit_convert(e, "from the precision of the factors", x, re, "real");
    if (narrow && y) emit_convert(e, "from the precision of the factors", *y, im, "real");
}

const LinearPart linear_lu_blocks = {
    .name = "lu",
    .count = count,
    .describe = describe,
    .functions = functions,
    .declare = declare,
    .prepare = prepare,
    .solve_block = solve_block,
};
