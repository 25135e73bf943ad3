/* SPDX-License-Identifier: MIT */
/* Direct solution for fully implicit methods: the sparse factors of a I - J for
 * each block of the method (spectrum.h), all from one evaluation of the Jacobian, as
 * straight-line code (lu_block.h) or by tables (lu_blocks_table.c). `shift` is 1/h here. */
#include "solver/linear.h"
#include "solver/lu_block.h"
#include "solver/lu_code.h"
#include "solver/lu_part.h"
#include "code/problem.h"

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
                spectrum->count - complex, complex, precision_name(model->lu_precision), lu_form_text(lu_form(model)));
    if (extra) text_printf(text, "%s  one of them     for the error estimate alone\n", prefix);
    text_printf(text, "%s  entries         %d of each, of these %d of fill\n", prefix, lu->count.entries,
                lu->count.fill);
    text_printf(text, "%s  numbers         %d in all%s\n", prefix, size,
                lu_form(model) == LU_TABLES ? "" : "; what elimination leaves real in complex factors is one number");
    text_printf(text, "%s  factorisations  %lld multiply-adds, %d multiplications, %d divisions each\n", prefix,
                (long long)lu->count.factor_multiply_adds, lu->count.factor_multiplications, lu->count.divisions);
    text_printf(text, "%s  solves          %d multiply-adds, %d multiplications each\n", prefix,
                lu->count.solve_multiply_adds, lu->count.solve_multiplications);
    lu_form_describe_registers(text, model, prefix, 16);
}

/* ---- the generated functions ---- */

/* The entries of -J in row k that are not 0, into entry[0], entry[1], ...; says which are. */
static bool *add_entries(Emitter *e, OutputList *outputs, const Matrix *matrix, int k)
{
    const Lu *lu = matrix->lu;
    int count = 0;
    bool *zero = ARENA_ARRAY(e->arena, bool, lu->n);
    const char *comment = arena_printf(e->arena, "d ddt.%s", e->model->derivative[lu->pivot[k]].name);
    for (int i = lu->pattern.start[k]; i < lu->pattern.start[k + 1]; i++) {
        const LuEntry *entry = &lu->entry[lu->slot[i]];
        if (entry->source < 0) continue;
        const Expr *expr = matrix->minus_jacobian[entry->source];
        zero[count] = expr_is_number(expr, 0);
        if (!zero[count])
            *array_push(e->arena, outputs) = (Output){
                .expr = expr, .comment = comment, .joined = true, .place = arena_printf(e->arena, "entry[%d]", count)
            };
        count++;
    }
    return zero;
}

/* A pivot that nothing is taken from and that has no entry of J needs no watching. */
static bool is_shift_alone(const Matrix *matrix, int k)
{
    int state = matrix->lu->pivot[k], at = pattern_find(&matrix->pattern, state, state);
    return expr_is_number(matrix->minus_jacobian[at], 0);
}

/* Row k of all blocks. */
static void add_row(Emitter *e, OutputList *outputs, LuBlock *blocks, const LuOperation *operations, int count, int k)
{
    const Matrix *matrix = e->model->matrix;
    Text text = text_new(e->arena);
    bool *zero = add_entries(e, outputs, matrix, k);
    for (int b = 0; b < e->model->spectrum->count; b++) {
        lu_block_load_row(&text, &blocks[b], matrix->lu, k, zero);
        lu_block_finish_row(&text, &blocks[b], operations, count, !blocks[b].complex && !is_shift_alone(matrix, k));
    }
    array_push(e->arena, outputs)->after = text.data;
}

static const char *number_of(const Emitter *e, const SpectrumBlock *block)
{
    const char *real = lu_literal(e, block->real);
    return spectrum_is_real(block) ? real : arena_printf(e->arena, "%s + %s i", real, lu_literal(e, block->imaginary));
}

static DeviceLocal shifts(const Emitter *e, const char *name, bool imaginary)
{
    const Spectrum *spectrum = e->model->spectrum;
    Text text = text_new(e->arena);
    text_printf(&text, "const Real %s[] = {", name);
    for (int i = 0; i < spectrum->count; i++)
        text_printf(&text, "%s %s * shift", i ? "," : "",
                    lu_literal(e, imaginary ? spectrum->block[i].imaginary : spectrum->block[i].real));
    text_add(&text, " };");
    return (DeviceLocal){ name, text.data };
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
    emit_comment(e,
                 "Each has %d entries (%d of fill) and takes %lld multiply-adds, real or complex ones; false where a "
                 "pivot is bad.",
                 count->entries, count->fill, (long long)count->factor_multiply_adds);
}

static void set_locals(const Emitter *e, DeviceFunction *factor)
{
    const char *entry = arena_printf(e->arena, "Real entry[%d]; // of a row of -J", longest_row(e->model->matrix));
    factor->locals[0] = shifts(e, "shifts", false);
    factor->locals[1] = shifts(e, "turns", true);
    factor->locals[2] = (DeviceLocal){ "before", "Real before; // the size of a diagonal element, before elimination" };
    factor->locals[3] = (DeviceLocal){ "entry", entry };
}

static void emit_factor(Emitter *e, LuBlock *blocks)
{
    const Lu *lu = e->model->matrix->lu;
    int *end = ARENA_ARRAY(e->arena, int, lu->n);
    LuOperationList operations = lu_factor(e->arena, lu, end);
    OutputList outputs = { 0 };
    for (int k = 0, first = 0; k < lu->n; first = end[k++])
        add_row(e, &outputs, blocks, operations.items + first, end[k] - first, k);
    DeviceFunction factor = lu_device_function(e, &(LuFunction){ .name = "factor", .entries_of = LU_OF_ELIMINATION });
    set_locals(e, &factor);
    lu_blocks_emit_comment(e);
    pieces_emit(e, &factor, &outputs);
}

void lu_blocks_emit_solve_comment(Emitter *e, int block)
{
    bool complex = !spectrum_is_real(&e->model->spectrum->block[block]);
    emit_comment(e, "%s by the factors of number %d.",
                 complex ? "x + i y = (shift*a*I - J)^-1 (x + i y)" : "x = (shift*a*I - J)^-1 x", block);
}

DeviceFunction lu_blocks_solve_function(const Emitter *e, int block)
{
    DeviceFunction solve = { .name = arena_printf(e->arena, "solve%d", block),
                             .inlined = lu_form(e->model) == LU_INLINED,
                             .own = { { "Factors", "lu" }, { "Vector", "x" } } };
    if (!spectrum_is_real(&e->model->spectrum->block[block])) solve.own[2] = (Argument){ "Vector", "y" };
    return solve;
}

static void emit_solve(Emitter *e, const LuBlock *block)
{
    LuOperationList operations = lu_solve(e->arena, e->model->matrix->lu);
    DeviceFunction solve = lu_blocks_solve_function(e, block->index);
    OutputList outputs = { 0 };
    for (int i = 0; i < operations.count; i++) {
        Text text = text_new(e->arena);
        lu_block_solve(&text, block, &operations.items[i]);
        array_push(e->arena, &outputs)->after = text.data;
    }
    lu_blocks_emit_solve_comment(e, block->index);
    pieces_emit(e, &solve, &outputs);
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

static void prepare(Emitter *e, const LinearSystem *system, const View *ddt, const char *mask)
{
    if (ddt) problem_call_rhs(e, "right-hand side", *ddt, system->state, system->time);
    lu_part_factor(e, system, NULL, mask);
}

/* The vectors of the solve: x and y, or their copies in the precision of the factors. */
static View vector_of(Emitter *e, View original, int number)
{
    int n = original.count;
    if (!model_is_narrow(e->model)) return original;
    return view_piece(view_buffer(e, "lu_vector"), (int64_t)number * n, n,
                      number ? arena_printf(e->arena, "at(lu_vector, %d)", n) : "lu_vector");
}

/* x, and of a complex block y: in the precision of the factors, solved, and back. */
static void solve_block(Emitter *e, int block, View x, const View *y, const char *active)
{
    (void)active;
    bool narrow = model_is_narrow(e->model);
    View re = vector_of(e, x, 0), im = y ? vector_of(e, *y, 1) : re;
    if (narrow) lu_part_convert(e, "to the precision of the factors", re, x, "to_factor");
    if (narrow && y) lu_part_convert(e, "to the precision of the factors", im, *y, "to_factor");
    emit_step(e, "solve");
    const char *factors = emit_read(e, view_of(e, "lu_factor")), *real = emit_update(e, re);
    emit_line(e, "solve%d(%s, %s%s%s);", block, factors, real, y ? ", " : "", y ? emit_update(e, im) : "");
    if (narrow) lu_part_convert(e, "from the precision of the factors", x, re, "real");
    if (narrow && y) lu_part_convert(e, "from the precision of the factors", *y, im, "real");
}

static bool serves(const Model *model)
{
    return model_is_direct(model) && model->spectrum;
}

static const LinearPart offer = { .prepare = prepare, .solve_block = solve_block };

const Part lu_blocks_part = {
    .serves = serves,
    .group = "lu",
    .owner = "the linear solver lu",
    .inner = true,
    .counters = lu_counters,
    .sizes = lu_part_sizes,
    .describe = describe,
    .functions = functions,
    .declare = lu_part_declare,
    .linear = &offer,
};
