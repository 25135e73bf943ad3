#include "part/lu_pieces.h"

static int64_t count_lines(const char *lines)
{
    int64_t count = 0;
    for (; lines && *lines; lines++) count += *lines == '\n';
    return count;
}

/* Divisions, roots and functions in units of additions, about. */
static int64_t cost_of(Emitter *e, const OutputList *outputs)
{
    const Expr **roots = ARENA_ARRAY(e->arena, const Expr *, outputs->count);
    int64_t lines = outputs->count;
    for (int i = 0; i < outputs->count; i++) {
        roots[i] = outputs->items[i].expr;
        lines += count_lines(outputs->items[i].after);
    }
    OperationCount count = expr_count(roots, outputs->count);
    int arithmetic = count.additions + count.multiplications + count.selections;
    return lines + arithmetic + 4 * (count.divisions + count.roots) + 8 * (int64_t)count.functions;
}

int lu_pieces_emit(Emitter *e, const OutputList *rows, int count, const char *name, bool in_pieces, LuEmitPiece *emit,
                   const void *context)
{
    OutputList piece = { 0 };
    int pieces = 0;
    int64_t cost = 0;
    for (int k = 0; k < count; k++) {
        for (int i = 0; i < rows[k].count; i++) *array_push(e->arena, &piece) = rows[k].items[i];
        if (in_pieces) cost += cost_of(e, &rows[k]);
        if (k < count - 1 && (!in_pieces || cost < LU_PIECE_MOST)) continue;
        pieces++;
        emit(e, context, in_pieces ? arena_printf(e->arena, "%s_%d", name, pieces) : name, &piece);
        piece = (OutputList){ 0 };
        cost = 0;
    }
    return pieces;
}
