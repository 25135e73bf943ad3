/* SPDX-License-Identifier: MIT */
#include "system/pattern.h"

#include <stdbool.h>
#include <stdlib.h>

int pattern_entries(const Pattern *pattern)
{
    return pattern->start[pattern->n];
}

static int compare_columns(const void *a, const void *b)
{
    const int *left = a, *right = b;
    return (*left > *right) - (*left < *right);
}

int pattern_find(const Pattern *pattern, int row, int column)
{
    const int *first = pattern->column + pattern->start[row];
    size_t count = (size_t)(pattern->start[row + 1] - pattern->start[row]);
    const int *found = count ? bsearch(&column, first, count, sizeof column, compare_columns) : NULL;
    return found ? (int)(found - pattern->column) : -1;
}

static void add_row_with_diagonal(Arena *arena, IntList *columns, const Pattern *pattern, int row)
{
    int e = pattern->start[row], end = pattern->start[row + 1];
    for (; e < end && pattern->column[e] < row; e++) *array_push(arena, columns) = pattern->column[e];
    *array_push(arena, columns) = row;
    if (e < end && pattern->column[e] == row) e++;
    for (; e < end; e++) *array_push(arena, columns) = pattern->column[e];
}

Pattern pattern_with_diagonal(Arena *arena, const Pattern *pattern)
{
    int *start = ARENA_ARRAY(arena, int, pattern->n + 1);
    IntList columns = { 0 };
    for (int row = 0; row < pattern->n; row++) {
        add_row_with_diagonal(arena, &columns, pattern, row);
        start[row + 1] = columns.count;
    }
    return (Pattern){ pattern->n, start, columns.items };
}

/* A search for one more row of the transversal. */
typedef struct Matcher {
    const Pattern *pattern;
    int *row_of;  /* [n] by column: the row that has it, or -1 */
    int *visited; /* [n] by column: the last row whose search came here */
    int *next;    /* [n] by row: its next entry to try */
    int *path;    /* rows, each of which wants the column of the one after it */
    int *wanted;  /* the column that each row of the path wants */
} Matcher;

/* Each row of the path takes the column that it wanted. */
static void shift_path(Matcher *m, int depth)
{
    for (int i = depth; i >= 0; i--) m->row_of[m->wanted[i]] = m->path[i];
}

/* Depth first, without the C stack: paths may be as long as there are rows. */
static bool match_row(Matcher *m, int row)
{
    int depth = 0;
    m->path[0] = row;
    m->next[row] = m->pattern->start[row];
    while (depth >= 0) {
        int current = m->path[depth];
        if (m->next[current] == m->pattern->start[current + 1]) {
            depth--;
            continue;
        }
        int column = m->pattern->column[m->next[current]++], owner = m->row_of[column];
        if (m->visited[column] == row) continue;
        m->visited[column] = row;
        m->wanted[depth] = column;
        if (owner < 0) {
            shift_path(m, depth);
            return true;
        }
        m->path[++depth] = owner;
        m->next[owner] = m->pattern->start[owner];
    }
    return false;
}

static int *new_indexes(Arena *arena, int count, int value)
{
    int *indexes = ARENA_ARRAY(arena, int, count);
    for (int i = 0; i < count; i++) indexes[i] = value;
    return indexes;
}

/* The diagonal first: most problems have nearly all of it, and need no search. */
static int match_diagonal(Matcher *m, bool *matched)
{
    int rank = 0;
    for (int row = 0; row < m->pattern->n; row++) {
        matched[row] = pattern_find(m->pattern, row, row) >= 0;
        if (matched[row]) m->row_of[row] = row;
        rank += matched[row];
    }
    return rank;
}

int pattern_rank(const Pattern *pattern)
{
    int n = pattern->n;
    Arena *scratch = arena_new();
    bool *matched = ARENA_ARRAY(scratch, bool, n);
    Matcher matcher = { pattern,
                        new_indexes(scratch, n, -1),
                        new_indexes(scratch, n, -1),
                        new_indexes(scratch, n, 0),
                        new_indexes(scratch, n, 0),
                        new_indexes(scratch, n, 0) };
    int rank = match_diagonal(&matcher, matched);
    for (int row = 0; row < n; row++)
        if (!matched[row]) rank += match_row(&matcher, row);
    arena_free(scratch);
    return rank;
}
