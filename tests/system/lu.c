/* SPDX-License-Identifier: MIT */
/* Sparse LU: L U = P A P^T and the residual of the solve on random matrices of
 * many patterns, real and complex; the operations and what they cost against
 * known figures and an independent elimination. */
#include <complex.h>
#include <string.h>
#include <time.h>

#include "support/saprc99.h"
#include "support/stiff.h"
#include "system/ordering.h"

#define NUMBER double
#define SIZE fabs
#define NAME(x) real_##x
#include "support/factor.h"

#define NUMBER double _Complex
#define SIZE cabs
#define NAME(x) complex_##x
#include "support/factor.h"

enum { MATRICES = 1000 };

static double between(double low, double high)
{
    return low + (high - low) * drand48();
}

/* ---- patterns ---- */

typedef bool Rule(int row, int column, int n);

static bool is_dense(int row, int column, int n)
{
    return row < n && column < n;
}
static bool is_diagonal(int row, int column, int n)
{
    return n && row == column;
}
static bool is_tridiagonal(int row, int column, int n)
{
    return n && abs(row - column) <= 1;
}
static bool is_head_arrow(int row, int column, int n)
{
    return n && (row == 0 || column == 0 || row == column);
}
static bool is_tail_arrow(int row, int column, int n)
{
    return row == n - 1 || column == n - 1 || row == column;
}
static bool is_upper(int row, int column, int n)
{
    return n && row <= column;
}
static bool is_random(int row, int column, int n)
{
    return row == column || drand48() < 3.0 / n;
}

static Pattern pattern_of(Arena *arena, int n, Rule *rule)
{
    int *start = ARENA_ARRAY(arena, int, n + 1);
    IntList columns = { 0 };
    for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++)
            if (rule(i, j, n)) *array_push(arena, &columns) = j;
        start[i + 1] = columns.count;
    }
    return (Pattern){ n, start, columns.items };
}

static Pattern pattern_of_problem(Kit *kit, const char *text)
{
    const Jacobian *jacobian = jacobian_of_system(kit->arena, stiff_system(kit, text));
    return pattern_with_diagonal(kit->arena, &jacobian->pattern);
}

static const char *saprc99_text(Arena *arena)
{
    return arena_printf(
        arena, "states { y = vector(74, 1) }\nlocal species = [[%s]]\nlocal reactions = [[%s%s%s%s]]\n%s",
        saprc99_species, saprc99_radicals, saprc99_acyl, saprc99_products, saprc99_hydrocarbons, saprc99_equations);
}

static const Lu *make(Arena *arena, const Pattern *pattern)
{
    return lu_make(arena, pattern, ordering_markowitz(arena, pattern));
}

/* ---- numbers ---- */

/* Off the diagonal sizes over six decades; the diagonal as large as its row
 * when `dominant`, else like the rest. */
static void fill_matrix(real_Factor *m, const Pattern *pattern, bool dominant)
{
    memset(m->a, 0, sizeof m->a);
    for (int i = 0; i < pattern->n; i++) {
        double sum = 0;
        for (int e = pattern->start[i]; e < pattern->start[i + 1]; e++) {
            double value = between(-1, 1) * pow(10, between(-3, 3));
            m->a[i][pattern->column[e]] = value;
            if (pattern->column[e] != i) sum += fabs(value);
        }
        if (dominant) m->a[i][i] = sum + between(1e-3, 1);
    }
}

static bool is_finite(const double *x, int n)
{
    for (int i = 0; i < n; i++)
        if (!isfinite(x[i])) return false;
    return true;
}

/* For dominant matrices the factors cannot grow much, so plain bounds hold:
 * |A - L U| <= 1e-13 max |A|. */
static bool is_product_plain(const real_Factor *m)
{
    int n = m->lu->n;
    double largest = 0, worst = 0;
    for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
            double sum = m->a[m->lu->pivot[i]][m->lu->pivot[j]];
            largest = fmax(largest, fabs(sum));
            for (int k = 0; k < n; k++) sum -= m->lower[i][k] * m->upper[k][j];
            worst = fmax(worst, fabs(sum));
        }
    }
    return worst <= 1e-13 * largest;
}

static void test_matrices(Arena *arena, const char *name, const Pattern *pattern)
{
    static real_Factor m;
    m.lu = make(arena, pattern);
    int n = m.lu->n, wrong = 0, wrong_solve = 0, wrong_plain = 0, refused = 0, row_end[FACTOR_MOST];
    double least = INFINITY, worst = 0;
    LuOperationList factor = lu_factor(arena, m.lu, row_end), solve = lu_solve(arena, m.lu);
    for (int i = 0; i < 2 * MATRICES; i++) {
        double b[FACTOR_MOST], x[FACTOR_MOST];
        fill_matrix(&m, pattern, i < MATRICES);
        real_factor(&m, &factor, row_end);
        real_unpack(&m);
        for (int k = 0; k < n; k++) b[k] = x[k] = between(-1, 1);
        real_solve(&m, &solve, x);
        if (i >= MATRICES && m.least == 0) { /* all digits of a pivot cancelled, and it shows */
            refused++;
            wrong_solve += is_finite(x, n);
            continue;
        }
        double defect = real_defect(&m);
        worst = fmax(worst, defect);
        wrong += !(defect <= 4);
        wrong_plain += i < MATRICES && !is_product_plain(&m);
        wrong_solve += !(real_residual(&m, x, b) <= 8);
        least = fmin(least, m.least);
    }
    tap_ok(wrong == 0 && wrong_plain == 0 && refused <= MATRICES / 100, "%s: L U = P A P^T", name);
    tap_diag("defect %.2g n eps at most, smallest pivot %.2g, %d + %d wrong, %d with a pivot of 0", worst, least, wrong,
             wrong_plain, refused);
    tap_ok(wrong_solve == 0, "%s: residual of the solve", name);
}

static void test_complex(Arena *arena, const char *name, const Pattern *pattern)
{
    static complex_Factor m;
    m.lu = make(arena, pattern);
    int wrong = 0, row_end[FACTOR_MOST];
    LuOperationList factor = lu_factor(arena, m.lu, row_end), solve = lu_solve(arena, m.lu);
    for (int i = 0; i < 100; i++) {
        double _Complex b[FACTOR_MOST], x[FACTOR_MOST];
        memset(m.a, 0, sizeof m.a);
        for (int k = 0; k < m.lu->n; k++)
            for (int e = pattern->start[k]; e < pattern->start[k + 1]; e++)
                m.a[k][pattern->column[e]] = between(-1, 1) + between(-1, 1) * I;
        for (int k = 0; k < m.lu->n; k++) b[k] = x[k] = between(-1, 1) + between(-1, 1) * I;
        complex_factor(&m, &factor, row_end);
        complex_unpack(&m);
        complex_solve(&m, &solve, x);
        wrong += !(complex_defect(&m) <= 8) || !(complex_residual(&m, x, b) <= 16);
    }
    tap_ok(wrong == 0, "%s: complex matrices", name);
}

/* A pivot of 0 leaves an infinite reciprocal behind, and the solution is not
 * finite: never a wrong number that looks like a right one. */
static void test_singular(Arena *arena)
{
    static real_Factor m;
    Pattern pattern = pattern_of(arena, 3, is_dense);
    m.lu = make(arena, &pattern);
    int row_end[3];
    LuOperationList factor = lu_factor(arena, m.lu, row_end), solve = lu_solve(arena, m.lu);
    memset(m.a, 0, sizeof m.a);
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++) m.a[i][j] = (i + 1) * (j + 1); /* of rank 1 */
    real_factor(&m, &factor, row_end);
    double x[3] = { 1, 0, 0 };
    real_solve(&m, &solve, x);
    tap_ok(m.least == 0 && !isfinite(x[0]) && !isfinite(x[1]) && !isfinite(x[2]), "a singular matrix shows");
}

/* ---- operations and counts ---- */

/* Elimination of the pattern alone, by the definition: what the order costs,
 * and whether each of its pivots was the first of the least costly. */
typedef struct Elimination {
    bool present[FACTOR_MOST][FACTOR_MOST], gone[FACTOR_MOST];
    int64_t multiply_adds;
    int entries, multiplications;
    bool greedy;
} Elimination;

static int count_row(const Elimination *e, int n, int row)
{
    int count = 0;
    for (int j = 0; j < n; j++) count += !e->gone[j] && e->present[row][j];
    return count;
}

static int count_column(const Elimination *e, int n, int column)
{
    int count = 0;
    for (int i = 0; i < n; i++) count += !e->gone[i] && e->present[i][column];
    return count;
}

static int64_t cost(const Elimination *e, int n, int i)
{
    return (int64_t)(count_row(e, n, i) - 1) * (count_column(e, n, i) - 1);
}

static void eliminate(Elimination *e, int n, int pivot)
{
    for (int i = 0; i < n; i++) {
        if (e->gone[i]) continue;
        e->greedy &= i < pivot ? cost(e, n, i) > cost(e, n, pivot) : cost(e, n, i) >= cost(e, n, pivot);
    }
    int right = count_row(e, n, pivot) - 1, below = count_column(e, n, pivot) - 1;
    e->multiply_adds += (int64_t)right * below;
    e->multiplications += right < below ? right : below;
    e->entries += right + below + 1;
    e->gone[pivot] = true;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n && !e->gone[i] && e->present[i][pivot]; j++)
            e->present[i][j] |= e->present[pivot][j] && !e->gone[j];
}

static Elimination eliminate_all(const Pattern *pattern, const int *pivot)
{
    Elimination e = { .greedy = true };
    for (int i = 0; i < pattern->n; i++)
        for (int k = pattern->start[i]; k < pattern->start[i + 1]; k++) e.present[i][pattern->column[k]] = true;
    for (int k = 0; k < pattern->n; k++) eliminate(&e, pattern->n, pivot[k]);
    return e;
}

static void test_order(Arena *arena, const char *name, const Pattern *pattern)
{
    const Lu *lu = make(arena, pattern);
    Elimination e = eliminate_all(pattern, lu->pivot);
    tap_ok(e.greedy, "%s: each pivot is the first of the cheapest", name);
    tap_ok(e.entries == lu->count.entries && e.multiply_adds == lu->count.factor_multiply_adds &&
               e.multiplications == lu->count.factor_multiplications &&
               lu->count.fill == e.entries - pattern_entries(pattern),
           "%s: entries, fill and operations", name);
}

static int count_kind(const LuOperationList *list, LuKind kind)
{
    int count = 0;
    for (int i = 0; i < list->count; i++) count += list->items[i].kind == kind;
    return count;
}

/* Forward substitution uses what was eliminated before, backward substitution
 * what is eliminated after; each row uses the newest of these last. */
static bool is_solve_order(const Lu *lu)
{
    int position[FACTOR_MOST];
    for (int k = 0; k < lu->n; k++) position[lu->pivot[k]] = k;
    for (int i = 0; i < lu->count.entries; i++) {
        int row = position[lu->entry[i].row], column = position[lu->entry[i].column];
        bool forward = i < lu->backward;
        if (row == column ? lu->scales_row[row] != forward : (column < row) != forward) return false;
        if (i == 0 || lu->entry[i - 1].row != lu->entry[i].row || i == lu->backward) continue;
        int before = position[lu->entry[i - 1].column];
        if (row != column && (forward ? before > column : before < column)) return false;
    }
    return true;
}

static void test_operations(Arena *arena, const char *name, const Pattern *pattern)
{
    const Lu *lu = make(arena, pattern);
    LuOperationList factor = lu_factor(arena, lu, NULL), solve = lu_solve(arena, lu);
    int64_t multiply_adds = count_kind(&factor, LU_SUBTRACT) + count_kind(&factor, LU_FILL);
    tap_ok(multiply_adds == lu->count.factor_multiply_adds && count_kind(&factor, LU_FILL) == lu->count.fill &&
               count_kind(&factor, LU_SCALE) == lu->count.factor_multiplications &&
               count_kind(&factor, LU_RECIPROCAL) == lu->count.divisions && lu->count.divisions == lu->n,
           "%s: operations are as many as counted", name);
    bool in_order = solve.count == lu->count.entries;
    for (int i = 0; in_order && i < solve.count; i++) in_order = solve.items[i].left == i;
    tap_ok(in_order && count_kind(&solve, LU_SUBTRACT) == lu->count.solve_multiply_adds &&
               count_kind(&solve, LU_SCALE) == lu->count.solve_multiplications,
           "%s: the solve passes through the slots once", name);
    tap_ok(is_solve_order(lu), "%s: order of the solve", name);
    bool once = true;
    int *seen = ARENA_ARRAY(arena, int, pattern_entries(pattern));
    for (int i = 0; i < lu->count.entries; i++)
        if (lu->entry[i].source >= 0) seen[lu->entry[i].source]++;
    for (int i = 0; i < pattern_entries(pattern); i++) once &= seen[i] == 1;
    tap_ok(once, "%s: each entry of A has one slot", name);
}

/* Known for the diagonal Markowitz order: 13, 71 and 58 multiply-adds for the
 * small problems, 2484 for saprc99 where species on both sides of a reaction
 * keep their place in the pattern; without those places it takes less. */
static void test_figures(Arena *arena, const char *name, const Pattern *pattern, int multiply_adds, int entries)
{
    const LuCount count = make(arena, pattern)->count;
    tap_ok(count.factor_multiply_adds == multiply_adds && count.entries == entries, "%s: %d multiply-adds, %d entries",
           name, multiply_adds, entries);
    tap_diag("%d multiply-adds, %d entries, %d fill, %d multiplications, %d multiply-adds a solve",
             (int)count.factor_multiply_adds, count.entries, count.fill, count.factor_multiplications,
             count.solve_multiply_adds);
}

static bool is_same_list(const LuOperationList *a, const LuOperationList *b)
{
    return a->count == b->count && !memcmp(a->items, b->items, sizeof *a->items * (size_t)a->count);
}

static void test_determinism(const Pattern *pattern)
{
    Arena *arena[2] = { arena_new(), arena_new() };
    LuOperationList factor[2], solve[2];
    for (int i = 0; i < 2; i++) {
        if (i) arena_alloc(arena[i], 12345); /* addresses do not matter */
        const Lu *lu = make(arena[i], pattern);
        factor[i] = lu_factor(arena[i], lu, NULL);
        solve[i] = lu_solve(arena[i], lu);
    }
    tap_ok(is_same_list(&factor[0], &factor[1]) && is_same_list(&solve[0], &solve[1]), "twice the same operations");
    for (int i = 0; i < 2; i++) arena_free(arena[i]);
}

static void test_size(Arena *arena)
{
    Pattern pattern = pattern_of(arena, 600, is_random);
    clock_t begin = clock();
    const Lu *lu = make(arena, &pattern);
    LuOperationList factor = lu_factor(arena, lu, NULL);
    double seconds = (double)(clock() - begin) / CLOCKS_PER_SEC;
    tap_ok(factor.count > 600 && seconds < 2, "600 states in less than two seconds");
    tap_diag("%d operations, %.2f s", factor.count, seconds);
}

static void test_pattern(Arena *arena, const char *name, Pattern pattern)
{
    test_matrices(arena, name, &pattern);
    test_complex(arena, name, &pattern);
    test_order(arena, name, &pattern);
    test_operations(arena, name, &pattern);
}

static void test_problem(Kit *kit, const char *name, const char *text, int multiply_adds, int entries)
{
    Pattern pattern = pattern_of_problem(kit, text);
    test_figures(kit->arena, name, &pattern, multiply_adds, entries);
    test_pattern(kit->arena, name, pattern);
}

int main(void)
{
    Kit kit = kit_open();
    Arena *arena = kit.arena;
    srand48(11);
    test_problem(&kit, "hires", stiff_hires, 13, 27);
    test_problem(&kit, "pollution", stiff_pollution, 71, 94);
    test_problem(&kit, "ring modulator", stiff_ring_modulator, 58, 67);
    Pattern head = pattern_of(arena, 30, is_head_arrow), tail = pattern_of(arena, 30, is_tail_arrow);
    Pattern band = pattern_of(arena, 40, is_tridiagonal), dense = pattern_of(arena, 12, is_dense);
    test_figures(arena, "arrow, head first", &head, 29, 88);
    test_figures(arena, "arrow, head last", &tail, 29, 88);
    test_figures(arena, "tridiagonal", &band, 39, 118);
    test_figures(arena, "dense", &dense, 12 * 11 * 23 / 6, 144);
    test_pattern(arena, "arrow, head first", head);
    test_pattern(arena, "arrow, head last", tail);
    test_pattern(arena, "tridiagonal", band);
    test_pattern(arena, "dense", dense);
    test_pattern(arena, "diagonal", pattern_of(arena, 5, is_diagonal));
    test_pattern(arena, "upper triangle", pattern_of(arena, 9, is_upper));
    test_pattern(arena, "one state", pattern_of(arena, 1, is_dense));
    for (int n = 10; n <= 40; n += 15)
        test_pattern(arena, arena_printf(arena, "random, n = %d", n), pattern_of(arena, n, is_random));
    test_problem(&kit, "saprc99", saprc99_text(arena), 2386, 920);
    test_singular(arena);
    test_determinism(&head);
    test_size(arena);
    kit_close(&kit);
    return tap_done();
}
