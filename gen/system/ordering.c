/* SPDX-License-Identifier: MIT */
#include "system/ordering.h"

#include <assert.h>
#include <stdbool.h>
#include <stdint.h>

/* The part of the matrix that is not eliminated yet. */
typedef struct Active {
    int n;
    bool *present;    /* [n][n] */
    bool *eliminated; /* [n] */
    int *row_count;   /* [n] */
    int *column_count;
    int *rows, *columns; /* scratch: those that meet the pivot */
} Active;

static bool *at(const Active *active, int row, int column)
{
    return &active->present[(size_t)row * (size_t)active->n + (size_t)column];
}

static void add(Active *active, int row, int column)
{
    *at(active, row, column) = true;
    active->row_count[row]++;
    active->column_count[column]++;
}

static Active start(Arena *scratch, const Pattern *pattern)
{
    int n = pattern->n;
    Active active = { .n = n };
    active.present = arena_alloc(scratch, (size_t)n * (size_t)n * sizeof(bool));
    active.eliminated = ARENA_ARRAY(scratch, bool, n);
    active.row_count = ARENA_ARRAY(scratch, int, n);
    active.column_count = ARENA_ARRAY(scratch, int, n);
    active.rows = ARENA_ARRAY(scratch, int, n);
    active.columns = ARENA_ARRAY(scratch, int, n);
    for (int row = 0; row < n; row++) {
        for (int e = pattern->start[row]; e < pattern->start[row + 1]; e++) add(&active, row, pattern->column[e]);
        assert(*at(&active, row, row));
    }
    return active;
}

static int choose_pivot(const Active *active)
{
    int best = -1;
    int64_t least = INT64_MAX;
    for (int i = 0; i < active->n && least; i++) {
        if (active->eliminated[i]) continue;
        int64_t cost = (int64_t)(active->row_count[i] - 1) * (active->column_count[i] - 1);
        if (cost < least) {
            least = cost;
            best = i;
        }
    }
    return best;
}

static void eliminate(Active *active, int pivot)
{
    int rows = 0, columns = 0;
    active->eliminated[pivot] = true;
    for (int i = 0; i < active->n; i++) {
        if (active->eliminated[i]) continue;
        if (*at(active, i, pivot)) active->rows[rows++] = i;
        if (*at(active, pivot, i)) active->columns[columns++] = i;
    }
    for (int i = 0; i < rows; i++) active->row_count[active->rows[i]]--;
    for (int i = 0; i < columns; i++) active->column_count[active->columns[i]]--;
    for (int i = 0; i < rows; i++)
        for (int j = 0; j < columns; j++)
            if (!*at(active, active->rows[i], active->columns[j])) add(active, active->rows[i], active->columns[j]);
}

const int *ordering_markowitz(Arena *arena, const Pattern *pattern)
{
    int *order = ARENA_ARRAY(arena, int, pattern->n);
    Arena *scratch = arena_new();
    Active active = start(scratch, pattern);
    for (int k = 0; k < pattern->n; k++) {
        order[k] = choose_pivot(&active);
        eliminate(&active, order[k]);
    }
    arena_free(scratch);
    return order;
}
