/* SPDX-License-Identifier: MIT */
/* Factorisation and solve as loops over tables: what cubie/sparse.hpp does, with
 * the numbers of this problem. */
#include <stddef.h>

#include "solver/lu_code.h"

enum { WIDTH_MOST = 100, CONSTANT_MOST = 32 << 10 }; /* of a line; bytes of constant memory of a GPU */

static void emit_table(Emitter *e, const char *type, const char *name, const int *values, int count,
                       const char *comment)
{
    const Lu *lu = e->model->matrix->lu;
    bool large = 2 * lu->count.entries > CONSTANT_MOST;
    emit_line(e, "%s %s %s[%d] = { // %s", large ? "CUBIE_LARGE_TABLE" : "CUBIE_TABLE", type, name, count, comment);
    Text line = text_new(e->arena);
    for (int i = 0; i < count; i++) {
        text_printf(&line, "%s%d,", line.length ? " " : "", values[i]);
        if (line.length < WIDTH_MOST && i < count - 1) continue;
        emit_line(e, "    %s", line.data);
        line = text_new(e->arena);
    }
    emit_line(e, "};");
}

/* First slots of the rows: of L in the order of elimination, of U in the order
 * of the solve. The pivot is the last of the row that it belongs to. */
static void find_starts(int *lower, int *upper, const Lu *lu)
{
    int n = lu->n;
    for (int k = 0; k < n; k++) {
        int left = 0, right = 0;
        for (int e = lu->pattern.start[k]; e < lu->pattern.start[k + 1]; e++) {
            int column = lu->pattern.column[e];
            if (column < k || (column == k && lu->scales_row[k]))
                left++;
            else
                right++;
        }
        lower[k + 1] = lower[k] + left;
        upper[n - k] = right; /* a count at first */
    }
    upper[0] = lu->backward;
    for (int j = 0; j < n; j++) upper[j + 1] += upper[j];
}

void lu_table_emit_tables(Emitter *e)
{
    const Lu *lu = e->model->matrix->lu;
    int n = lu->n, entries = lu->count.entries;
    int *lower = ARENA_ARRAY(e->arena, int, n + 1), *upper = ARENA_ARRAY(e->arena, int, n + 1);
    int *column = ARENA_ARRAY(e->arena, int, entries), *position = ARENA_ARRAY(e->arena, int, n);
    int *scales_row = ARENA_ARRAY(e->arena, int, n);
    find_starts(lower, upper, lu);
    for (int i = 0; i < entries; i++) column[i] = lu->entry[i].column;
    for (int k = 0; k < n; k++) position[lu->pivot[k]] = k;
    for (int k = 0; k < n; k++) scales_row[k] = lu->scales_row[k];
    emit_comment(e, "Tables of the factors. A slot is an index into lu; k counts eliminated states.");
    emit_table(e, "uint16_t", "lu_pivot", lu->pivot, n, "by k: the state");
    emit_table(e, "uint16_t", "lu_position", position, n, "by state: k");
    emit_table(e, "uint8_t", "lu_scales_row", scales_row, n,
               "by k: whether its row of U is divided by the pivot, and L has it");
    emit_table(e, "uint32_t", "lu_lower", lower, n + 1, "by k: first slot of its row of L");
    emit_table(e, "uint32_t", "lu_upper", upper, n + 1, "by n - 1 - k: first slot of its row of U");
    emit_table(e, "uint16_t", "lu_column", column, entries, "by slot: the state of the column");
    emit_line(e, "%s", "");
    emit_line(e, "typedef SparseFactors<%d, %d> Tables;", n, entries);
    emit_line(e, "CUBIE_INLINE Tables tables() { return { lu_pivot, lu_position, lu_scales_row, lu_lower, lu_upper, "
                 "lu_column }; }");
    emit_line(e, "%s", "");
}

size_t lu_table_open(Emitter *e, const LuFunction *entries)
{
    DeviceFunction called = lu_device_function(e, entries);
    size_t body = pieces_open(e);
    emit_line(e, "sparse_clear(lu, tables());");
    emit_line(e, "%s;", pieces_call(e, &called));
    return body;
}

static void emit_factor(Emitter *e, bool with_rhs)
{
    LuFunction entries = { with_rhs ? "rhs_and_entries" : "entries", with_rhs, LU_OF_MATRIX };
    LuFunction function = { with_rhs ? "linearise" : "factor", with_rhs, LU_OF_TABLES };
    emit_comment(e, "Entries of shift*I - J where their factors will be%s.",
                 with_rhs ? ", and the right-hand side" : "");
    lu_emit_rows(e, &entries);
    lu_emit_comment(e, with_rhs);
    DeviceFunction whole = lu_device_function(e, &function);
    size_t body = lu_table_open(e, &entries);
    emit_line(e, "return sparse_factor(lu, row, shift, tables());");
    pieces_close(e, &whole, body);
}

void lu_table_emit(Emitter *e, bool with_rhs)
{
    lu_table_emit_tables(e);
    emit_factor(e, with_rhs);
    emit_comment(e, "x = (shift*I - J)^-1 x by the factors.");
    size_t body = pieces_open(e);
    emit_line(e, "sparse_solve(lu, x, tables());");
    pieces_close(
        e, &(DeviceFunction){ .name = "solve", .inlined = true, .own = { { "Factors", "lu" }, { "Vector", "x" } } },
        body);
}
