/* SPDX-License-Identifier: MIT */
#include "system/jacobian.h"

#include <stdint.h>
#include <stdlib.h>

#include "system/names.h"

typedef ARRAY(const Expr *) ExprList;

typedef struct Builder {
    Arena *arena;
    Graph *graph;
    const Symbol *const *state;
    NameMap *position; /* of a state's name, as the address of its entry in `state` */
    int n;
    IntList columns;
    ExprList entries;
} Builder;

static void add_entry(Builder *builder, const Expr *f, int column)
{
    const Expr *entry = expr_derivative(builder->graph, f, builder->state[column]);
    if (expr_is_number(entry, 0)) return;
    *array_push(builder->arena, &builder->columns) = column;
    *array_push(builder->arena, &builder->entries) = entry;
}

static int compare_columns(const void *a, const void *b)
{
    int left = *(const int *)a, right = *(const int *)b;
    return (left > right) - (left < right);
}

/* The states that f depends on, in order: most pairs are empty. */
static IntList find_columns(const Builder *builder, const Expr *f)
{
    IntList columns = { 0 };
    int count;
    const Symbol *const *symbols = expr_symbols(builder->arena, &f, 1, &count);
    for (int i = 0; i < count; i++) {
        const Symbol *const *state = names_get(builder->position, symbols[i]->name);
        if (state && *state == symbols[i]) *array_push(builder->arena, &columns) = (int)(state - builder->state);
    }
    if (columns.count) qsort(columns.items, (size_t)columns.count, sizeof *columns.items, compare_columns);
    return columns;
}

static Pattern build_rows(Builder *builder, const Expr *const *f)
{
    int *start = ARENA_ARRAY(builder->arena, int, builder->n + 1);
    for (int row = 0; row < builder->n; row++) {
        IntList columns = find_columns(builder, f[row]);
        for (int i = 0; i < columns.count; i++) add_entry(builder, f[row], columns.items[i]);
        start[row + 1] = builder->columns.count;
    }
    return (Pattern){ builder->n, start, builder->columns.items };
}

static const Expr *const *derive_by_time(Builder *builder, const Expr *const *f, const Symbol *time)
{
    const Expr **result = ARENA_ARRAY(builder->arena, const Expr *, builder->n);
    for (int i = 0; i < builder->n; i++) result[i] = expr_derivative(builder->graph, f[i], time);
    return result;
}

static bool are_all_zero(const Expr *const *exprs, int count)
{
    for (int i = 0; i < count; i++)
        if (!expr_is_number(exprs[i], 0)) return false;
    return true;
}

/* No entry depends on time or on a state. */
static bool is_constant(const Builder *builder, const Symbol *time)
{
    int count;
    const Symbol *const *symbols = expr_symbols(builder->arena, builder->entries.items, builder->entries.count, &count);
    for (int i = 0; i < count; i++) {
        const Symbol *const *state = names_get(builder->position, symbols[i]->name);
        if (symbols[i] == time || (state && *state == symbols[i])) return false;
    }
    return true;
}

const Jacobian *jacobian_of_system(Arena *arena, const System *system)
{
    int n = system->states;
    const Expr **f = ARENA_ARRAY(arena, const Expr *, n);
    const Symbol **state = ARENA_ARRAY(arena, const Symbol *, n);
    for (int i = 0; i < n; i++) {
        f[i] = system->derivative[i].expr;
        state[i] = system->state[i].symbol;
    }
    Builder builder = { .arena = arena, .graph = system->graph, .state = state, .position = names_new(arena), .n = n };
    for (int i = 0; i < n; i++) names_set(builder.position, state[i]->name, (void *)(uintptr_t)&state[i]);
    Jacobian *jacobian = ARENA_NEW(arena, Jacobian);
    jacobian->n = n;
    jacobian->f = f;
    jacobian->pattern = build_rows(&builder, f);
    jacobian->entry = builder.entries.items;
    jacobian->time = derive_by_time(&builder, f, system->time);
    jacobian->autonomous = are_all_zero(jacobian->time, n);
    jacobian->constant = is_constant(&builder, system->time);
    jacobian->rank = pattern_rank(&jacobian->pattern);
    return jacobian;
}

const Expr *const *jacobian_roots(Arena *arena, const Jacobian *jacobian, int *count)
{
    int n = jacobian->n, entries = pattern_entries(&jacobian->pattern), at = 0;
    const Expr **roots = ARENA_ARRAY(arena, const Expr *, 2 * n + entries);
    for (int i = 0; i < n; i++) roots[at++] = jacobian->f[i];
    for (int i = 0; i < entries; i++) roots[at++] = jacobian->entry[i];
    for (int i = 0; i < n; i++) roots[at++] = jacobian->time[i];
    *count = at;
    return roots;
}

void jacobian_matrix(const Expr **values, Graph *graph, const Jacobian *jacobian, const Pattern *matrix,
                     const Expr *shift, const Expr *factor)
{
    for (int row = 0; row < matrix->n; row++) {
        for (int e = matrix->start[row]; e < matrix->start[row + 1]; e++) {
            int column = matrix->column[e], from = pattern_find(&jacobian->pattern, row, column);
            values[e] = row == column ? shift : expr_integer(graph, 0);
            if (from < 0) continue;
            values[e] = expr_subtract(graph, values[e], expr_multiply(graph, factor, jacobian->entry[from]));
        }
    }
}

void jacobian_times(const Expr **product, Graph *graph, const Jacobian *jacobian, const Expr *const *v)
{
    const Pattern *pattern = &jacobian->pattern;
    for (int row = 0; row < jacobian->n; row++) {
        product[row] = expr_integer(graph, 0);
        for (int e = pattern->start[row]; e < pattern->start[row + 1]; e++) {
            const Expr *term = expr_multiply(graph, jacobian->entry[e], v[pattern->column[e]]);
            product[row] = expr_add(graph, product[row], term);
        }
    }
}
