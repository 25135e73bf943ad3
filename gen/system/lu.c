/* SPDX-License-Identifier: MIT */
#include "system/lu.h"

#include <assert.h>

/* ---- the pattern of L + U ---- */

typedef struct Symbolic {
    Arena *arena;
    const Pattern *matrix;
    const int *pivot;
    int *position; /* [n] the inverse of pivot */
    bool *present; /* [n] columns of the row at work, in the order of the pivots */
    int *start;    /* [n + 1] */
    int *diagonal; /* [n] entry of the pivot in `columns` */
    IntList columns;
} Symbolic;

static void load_row(Symbolic *s, int k)
{
    int row = s->pivot[k];
    for (int e = s->matrix->start[row]; e < s->matrix->start[row + 1]; e++)
        s->present[s->position[s->matrix->column[e]]] = true;
    assert(s->present[k]);
}

/* The row takes the entries of U of each row that it is reduced by. */
static void merge_rows(Symbolic *s, int k)
{
    for (int j = 0; j < k; j++) {
        if (!s->present[j]) continue;
        for (int e = s->diagonal[j] + 1; e < s->start[j + 1]; e++) s->present[s->columns.items[e]] = true;
    }
}

static void store_row(Symbolic *s, int k)
{
    for (int j = 0; j < s->matrix->n; j++) {
        if (!s->present[j]) continue;
        if (j == k) s->diagonal[k] = s->columns.count;
        *array_push(s->arena, &s->columns) = j;
        s->present[j] = false;
    }
    s->start[k + 1] = s->columns.count;
}

static Symbolic factor_pattern(Arena *arena, Arena *scratch, const Pattern *matrix, const int *pivot)
{
    int n = matrix->n;
    Symbolic s = { .arena = arena, .matrix = matrix, .pivot = pivot };
    s.position = ARENA_ARRAY(scratch, int, n);
    s.present = ARENA_ARRAY(scratch, bool, n);
    s.diagonal = ARENA_ARRAY(scratch, int, n);
    s.start = ARENA_ARRAY(arena, int, n + 1);
    for (int k = 0; k < n; k++) s.position[pivot[k]] = k;
    for (int k = 0; k < n; k++) {
        load_row(&s, k);
        merge_rows(&s, k);
        store_row(&s, k);
    }
    return s;
}

/* ---- scaling, slots and counts ---- */

static int row_length(const Symbolic *s, int k)
{
    return s->start[k + 1] - s->diagonal[k] - 1;
}

static void choose_scaling(Lu *lu, Arena *arena, const Symbolic *s, Arena *scratch)
{
    bool *scales_row = ARENA_ARRAY(arena, bool, lu->n);
    int *below = ARENA_ARRAY(scratch, int, lu->n);
    for (int k = 0; k < lu->n; k++)
        for (int e = s->start[k]; e < s->diagonal[k]; e++) below[s->columns.items[e]]++;
    for (int k = 0; k < lu->n; k++) {
        int right = row_length(s, k);
        scales_row[k] = right < below[k];
        lu->count.factor_multiply_adds += (int64_t)right * below[k];
        lu->count.factor_multiplications += scales_row[k] ? right : below[k];
    }
    lu->scales_row = scales_row;
}

typedef struct Slots {
    const Symbolic *symbolic;
    int *slot; /* by entry of the pattern */
    LuEntry *entry;
    int count;
} Slots;

static void give_slot(Slots *slots, int k, int e)
{
    const Symbolic *s = slots->symbolic;
    int row = s->pivot[k], column = s->pivot[s->columns.items[e]];
    slots->slot[e] = slots->count;
    slots->entry[slots->count++] = (LuEntry){ row, column, pattern_find(s->matrix, row, column) };
}

/* In each row the value that was found last is used last: no waiting for it. */
static void give_slots(Lu *lu, Slots *slots)
{
    const Symbolic *s = slots->symbolic;
    for (int k = 0; k < lu->n; k++) {
        for (int e = s->start[k]; e < s->diagonal[k]; e++) give_slot(slots, k, e);
        if (lu->scales_row[k]) give_slot(slots, k, s->diagonal[k]);
    }
    lu->backward = slots->count;
    for (int k = lu->n - 1; k >= 0; k--) {
        for (int e = s->start[k + 1] - 1; e > s->diagonal[k]; e--) give_slot(slots, k, e);
        if (!lu->scales_row[k]) give_slot(slots, k, s->diagonal[k]);
    }
}

static void count_entries(Lu *lu)
{
    int entries = pattern_entries(&lu->pattern);
    lu->count.entries = entries;
    for (int i = 0; i < entries; i++) lu->count.fill += lu->entry[i].source < 0;
    lu->count.divisions = lu->n;
    lu->count.solve_multiply_adds = entries - lu->n;
    lu->count.solve_multiplications = lu->n;
}

const Lu *lu_make(Arena *arena, const Pattern *pattern, const int *pivot)
{
    Arena *scratch = arena_new();
    Symbolic symbolic = factor_pattern(arena, scratch, pattern, pivot);
    Lu *lu = ARENA_NEW(arena, Lu);
    lu->n = pattern->n;
    lu->pivot = pivot;
    lu->pattern = (Pattern){ pattern->n, symbolic.start, symbolic.columns.items };
    choose_scaling(lu, arena, &symbolic, scratch);
    Slots slots = { &symbolic, ARENA_ARRAY(arena, int, symbolic.columns.count),
                    ARENA_ARRAY(arena, LuEntry, symbolic.columns.count), 0 };
    give_slots(lu, &slots);
    lu->slot = slots.slot;
    lu->entry = slots.entry;
    count_entries(lu);
    arena_free(scratch);
    return lu;
}

/* ---- operations ---- */

static int diagonal_entry(const Lu *lu, int k)
{
    int e = pattern_find(&lu->pattern, k, k);
    assert(e >= 0);
    return e;
}

typedef struct Factoring {
    Arena *arena;
    const Lu *lu;
    LuOperationList operations;
    int *diagonal; /* [n] entries of the pivots */
    int *place;    /* [n] slots of the row at work, by column */
    bool *empty;   /* [entries] by slot: fill without a value yet */
} Factoring;

static void push(Factoring *f, LuKind kind, int target, int left, int right)
{
    *array_push(f->arena, &f->operations) = (LuOperation){ kind, target, left, right };
}

/* Row k less its multiple of row j. */
static void reduce(Factoring *f, int lower, int j)
{
    const Lu *lu = f->lu;
    if (!lu->scales_row[j]) push(f, LU_SCALE, lower, lu->slot[f->diagonal[j]], -1);
    for (int e = f->diagonal[j] + 1; e < lu->pattern.start[j + 1]; e++) {
        int target = f->place[lu->pattern.column[e]];
        push(f, f->empty[target] ? LU_FILL : LU_SUBTRACT, target, lower, lu->slot[e]);
        f->empty[target] = false;
    }
}

static void finish_row(Factoring *f, int k)
{
    const Lu *lu = f->lu;
    int pivot = lu->slot[f->diagonal[k]];
    push(f, LU_RECIPROCAL, pivot, -1, -1);
    if (!lu->scales_row[k]) return;
    for (int e = f->diagonal[k] + 1; e < lu->pattern.start[k + 1]; e++) push(f, LU_SCALE, lu->slot[e], pivot, -1);
}

static void factor_row(Factoring *f, int k)
{
    const Pattern *pattern = &f->lu->pattern;
    for (int e = pattern->start[k]; e < pattern->start[k + 1]; e++) f->place[pattern->column[e]] = f->lu->slot[e];
    for (int e = pattern->start[k]; e < f->diagonal[k]; e++) reduce(f, f->lu->slot[e], pattern->column[e]);
    finish_row(f, k);
}

LuOperationList lu_factor(Arena *arena, const Lu *lu, int *row_end)
{
    Arena *scratch = arena_new();
    Factoring f = { .arena = arena, .lu = lu };
    f.diagonal = ARENA_ARRAY(scratch, int, lu->n);
    f.place = ARENA_ARRAY(scratch, int, lu->n);
    f.empty = ARENA_ARRAY(scratch, bool, lu->count.entries);
    for (int k = 0; k < lu->n; k++) f.diagonal[k] = diagonal_entry(lu, k);
    for (int i = 0; i < lu->count.entries; i++) f.empty[i] = lu->entry[i].source < 0;
    for (int k = 0; k < lu->n; k++) {
        factor_row(&f, k);
        if (row_end) row_end[k] = f.operations.count;
    }
    arena_free(scratch);
    return f.operations;
}

/* The slots are in the order of the solve: each is one operation. */
LuOperationList lu_solve(Arena *arena, const Lu *lu)
{
    LuOperationList operations = { 0 };
    for (int i = 0; i < lu->count.entries; i++) {
        const LuEntry *entry = &lu->entry[i];
        bool is_pivot = entry->row == entry->column;
        *array_push(arena, &operations) =
            (LuOperation){ is_pivot ? LU_SCALE : LU_SUBTRACT, entry->row, i, is_pivot ? -1 : entry->column };
    }
    return operations;
}
