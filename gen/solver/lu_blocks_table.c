/* SPDX-License-Identifier: MIT */
/* The factors of a fully implicit method as loops over tables (cubie/sparse.hpp).
 * Each block has `entries` elements of lu_factor, a complex one twice as many: real
 * parts first. -J is computed once, where block 0 will be: the last block is made
 * first. */
#include "model/lu_block.h"
#include "solver/lu_code.h"

static const char *part(const Emitter *e, const char *array, int offset)
{
    return offset ? arena_printf(e->arena, "at(%s, %d)", array, offset) : array;
}

/* Both parts of block b. */
static const char *parts_of(const Emitter *e, int b)
{
    int entries = e->model->matrix->lu->count.entries, first = lu_blocks_table_place(e->model->spectrum, b) * entries;
    const char *re = part(e, "lu", first);
    if (spectrum_is_real(&e->model->spectrum->block[b])) return re;
    return arena_printf(e->arena, "%s, %s", re, part(e, "lu", first + entries));
}

static void emit_block(Emitter *e, int b)
{
    const SpectrumBlock *block = &e->model->spectrum->block[b];
    const char *parts = parts_of(e, b), *a = lu_literal(e, block->real);
    if (spectrum_is_real(block)) {
        emit_line(e, "sparse_load(%s, lu, %s * shift, tables());", parts, a);
        emit_line(e, "good = good & sparse_factor(%s, row, shift, tables());", parts);
        return;
    }
    emit_line(e, "sparse_load(%s, lu, %s * shift, %s * shift, tables());", parts, a, lu_literal(e, block->imaginary));
    emit_line(e,
              "good = good & sparse_factor(complex_vector<Factor>(%s), complex_vector<Factor>(row, at(row, %d)), "
              "shift, tables());",
              parts, e->model->states);
}

static void emit_factor(Emitter *e)
{
    LuFunction entries = { .name = "minus_jacobian", .entries_of = LU_OF_MINUS_JACOBIAN };
    emit_comment(e, "-J where the factors of block 0 will be.");
    lu_emit_rows(e, &entries);
    lu_blocks_emit_comment(e);
    DeviceFunction whole = lu_device_function(e, &(LuFunction){ .name = "factor", .entries_of = LU_OF_TABLES });
    size_t body = lu_table_open(e, &entries);
    emit_line(e, "Mask good = Mask(true);");
    for (int b = e->model->spectrum->count - 1; b >= 0; b--) emit_block(e, b);
    emit_line(e, "return good;");
    pieces_close(e, &whole, body);
}

static void emit_solve(Emitter *e, int b)
{
    bool complex = !spectrum_is_real(&e->model->spectrum->block[b]);
    const char *parts = parts_of(e, b);
    DeviceFunction solve = lu_blocks_solve_function(e, b);
    solve.inlined = true;
    lu_blocks_emit_solve_comment(e, b);
    size_t body = pieces_open(e);
    if (complex)
        emit_line(e, "sparse_solve(complex_vector<Factor>(%s), complex_vector<Factor>(x, y), tables());", parts);
    else
        emit_line(e, "sparse_solve(%s, x, tables());", parts);
    pieces_close(e, &solve, body);
}

void lu_blocks_table_emit(Emitter *e)
{
    lu_table_emit_tables(e);
    emit_factor(e);
    for (int b = 0; b < e->model->spectrum->count; b++) emit_solve(e, b);
}
