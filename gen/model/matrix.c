/* SPDX-License-Identifier: MIT */
#include "model/matrix.h"

#include "base/intern.h"
#include "system/ordering.h"

static const Jacobian *with_roots(Arena *arena, const Jacobian *jacobian, const Expr *const *roots)
{
    Jacobian *copy = ARENA_NEW(arena, Jacobian);
    *copy = *jacobian;
    copy->f = roots;
    copy->entry = roots + jacobian->n;
    copy->time = copy->entry + pattern_entries(&jacobian->pattern);
    return copy;
}

static const Symbol *shift_symbol(Arena *arena)
{
    Symbol *symbol = ARENA_NEW(arena, Symbol);
    *symbol = (Symbol){ .name = intern("shift"), .code = intern("shift"), .kind = SYMBOL_OTHER };
    return symbol;
}

static const Expr *const *entries_with(Arena *arena, Graph *graph, const Matrix *matrix, const Expr *shift)
{
    const Expr **entry = ARENA_ARRAY(arena, const Expr *, pattern_entries(&matrix->pattern));
    jacobian_matrix(entry, graph, matrix->jacobian, &matrix->pattern, shift, expr_integer(graph, 1));
    return entry;
}

const Matrix *matrix_make(Arena *arena, Graph *graph, const Jacobian *jacobian, const Expr *const *roots)
{
    Matrix *matrix = ARENA_NEW(arena, Matrix);
    matrix->jacobian = with_roots(arena, jacobian, roots);
    matrix->shift = shift_symbol(arena);
    matrix->pattern = pattern_with_diagonal(arena, &jacobian->pattern);
    matrix->entry = entries_with(arena, graph, matrix, expr_symbol(graph, matrix->shift));
    matrix->minus_jacobian = entries_with(arena, graph, matrix, expr_integer(graph, 0));
    matrix->lu = lu_make(arena, &matrix->pattern, ordering_markowitz(arena, &matrix->pattern));
    return matrix;
}
