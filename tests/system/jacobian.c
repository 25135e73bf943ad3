/* SPDX-License-Identifier: MIT */
/* Derivatives of whole systems: entries and df/dt against the complex step,
 * J v against J times v, what f and J share, and the time for 600 states. */
#include <complex.h>
#include <math.h>
#include <time.h>

#include "base/intern.h"
#include "support/stiff.h"

/* Gates with removable singularities, a stimulus in t, shared exponentials. */
static const char gates[] = "parameters { g = 120 }\n"
                            "states { v = -65, m = 0.05, h = 0.6, n = 0.32 }\n"
                            "local function ratio(x) return where(lt(abs(x), 1e-4), 1 - x / 2, x / expm1(x)) end\n"
                            "local am, bm = ratio(-(v + 40) / 10), 4 * exp(-(v + 65) / 18)\n"
                            "local ah, bh = 0.07 * exp(-(v + 65) / 20), 1 / (1 + exp(-(v + 35) / 10))\n"
                            "local an, bn = 0.1 * ratio(-(v + 55) / 10), 0.125 * exp(-(v + 65) / 80)\n"
                            "ddt.v = 10 * sin(t)^2 - g * m^3 * h * (v - 50) - 36 * n^4 * (v + 77) - 0.3 * (v + 54.4)\n"
                            "ddt.m = am * (1 - m) - bm * m\n"
                            "ddt.h = ah * (1 - h) - bh * h\n"
                            "ddt.n = an * (1 - n) - bn * n\n";

/* Enright, Hull & Lindberg, BIT 15 (1975) 10, problem F1: one exponential. */
static const char reactor[] = "states { a = 761, b = 0, c = 600, d = 0.1 }\n"
                              "local k = exp(20.7 - 1500 / a)\n"
                              "ddt.a = 1.3 * (c - a) + 10400 * k * b\n"
                              "ddt.b = 1880 * (d - b * (1 + k))\n"
                              "ddt.c = 1752 - 269 * c + 267 * a\n"
                              "ddt.d = 0.1 + 320 * b - 321 * d\n";

static const char linear[] = "parameters { k = 3 }\n"
                             "states { a = 1, b = 2, c = 3 }\n"
                             "ddt.a = -k * a + b + sin(t)\n"
                             "ddt.b = a - b\n"
                             "ddt.c = 1\n";

enum { STATES_MOST = 32 };

typedef struct Point {
    double state[STATES_MOST], time;
    int direction; /* of a complex step; -1: t */
    double step;
} Point;

static double between(double low, double high)
{
    return low + (high - low) * drand48();
}

static double _Complex complex_value(void *context, const Symbol *symbol)
{
    const Point *point = context;
    if (symbol->kind == SYMBOL_TIME) return point->time + (point->direction < 0 ? point->step * I : 0);
    if (symbol->kind == SYMBOL_STATE) {
        double step = symbol->index == point->direction ? point->step : 0;
        return point->state[symbol->index] + step * I;
    }
    return symbol->kind == SYMBOL_PARAMETER ? 1.5 + symbol->index : 0.25 * (symbol->index + 1);
}

static long double real_value(void *context, const Symbol *symbol)
{
    Point point = *(const Point *)context;
    point.step = 0;
    return creal(complex_value(&point, symbol));
}

static double complex_step(const Expr *f, Point point, int direction)
{
    point.direction = direction;
    point.step = 1e-40;
    return cimag(expr_evaluate_complex(f, complex_value, &point)) / point.step;
}

/* The step works in double: what cancels within an entry costs it digits, so
 * it is held against the size of the row. */
static bool is_near(double found, double exact, double size)
{
    return fabs(found - exact) <= 1e-12 * size;
}

static int wrong_row(const Jacobian *jacobian, const System *system, int row, Point point)
{
    int n = jacobian->n, wrong = 0;
    double exact[STATES_MOST], size = 0;
    for (int j = 0; j < n; j++) {
        exact[j] = complex_step(system->derivative[row].expr, point, j);
        size = fmax(size, fabs(exact[j]));
    }
    for (int j = 0; j < n; j++) {
        int e = pattern_find(&jacobian->pattern, row, j);
        double found = e < 0 ? 0 : (double)expr_evaluate(jacobian->entry[e], real_value, &point);
        bool near = e < 0 ? exact[j] == 0 : is_near(found, exact[j], size);
        if (!near) tap_diag("row %d, column %d: %.17g is not %.17g", row, j, found, exact[j]);
        wrong += !near;
    }
    double slope = complex_step(system->derivative[row].expr, point, -1);
    return wrong + !is_near((double)expr_evaluate(jacobian->time[row], real_value, &point), slope, fabs(slope));
}

static int wrong_products(Kit *kit, const Jacobian *jacobian, const System *system, Point point)
{
    int n = jacobian->n, wrong = 0;
    const Expr *v[STATES_MOST], *product[STATES_MOST];
    for (int i = 0; i < n; i++) {
        Symbol *symbol = ARENA_NEW(kit->arena, Symbol);
        symbol->name = symbol->code = intern(arena_printf(kit->arena, "v_%d", i));
        symbol->kind = SYMBOL_OTHER;
        symbol->index = i;
        v[i] = expr_symbol(system->graph, symbol);
    }
    jacobian_times(product, system->graph, jacobian, v);
    for (int i = 0; i < n; i++) {
        long double sum = 0, size = 0;
        for (int e = jacobian->pattern.start[i]; e < jacobian->pattern.start[i + 1]; e++) {
            long double term = expr_evaluate(jacobian->entry[e], real_value, &point);
            term *= 0.25L * (jacobian->pattern.column[e] + 1);
            sum += term;
            size += fabsl(term);
        }
        wrong += fabsl(expr_evaluate(product[i], real_value, &point) - sum) > 1e-17L * size;
    }
    return wrong;
}

/* States between low and high, t below `end`. */
static void test_values(Kit *kit, const char *name, const char *text, double low, double high, double end)
{
    const System *system = stiff_system(kit, text);
    const Jacobian *jacobian = jacobian_of_system(kit->arena, system);
    int wrong = 0, wrong_v = 0;
    for (int i = 0; i < 20; i++) {
        Point point = { .time = between(0, end) };
        for (int k = 0; k < jacobian->n; k++) point.state[k] = between(low, high);
        for (int row = 0; row < jacobian->n; row++) wrong += wrong_row(jacobian, system, row, point);
        wrong_v += wrong_products(kit, jacobian, system, point);
    }
    tap_ok(wrong == 0, "%s: entries and df/dt by complex step", name);
    tap_ok(wrong_v == 0, "%s: J v", name);
}

/* ---- facts ---- */

static void test_facts(Kit *kit)
{
    const Jacobian *j = jacobian_of_system(kit->arena, stiff_system(kit, linear));
    tap_ok(pattern_entries(&j->pattern) == 4 && pattern_find(&j->pattern, 0, 1) == 1 &&
               pattern_find(&j->pattern, 2, 0) < 0 && pattern_find(&j->pattern, 0, 2) < 0,
           "pattern of a linear system");
    tap_ok(j->constant && !j->autonomous && j->rank == 2, "it is constant, driven, of rank 2");
    j = jacobian_of_system(kit->arena, stiff_system(kit, stiff_hires));
    tap_ok(!j->constant && j->autonomous && j->rank == 8, "hires is none of that");
    tap_ok(pattern_entries(&j->pattern) == 25, "hires has 25 entries, the diagonal among them");
    j = jacobian_of_system(kit->arena, stiff_system(kit, stiff_ring_modulator));
    tap_ok(!j->constant && !j->autonomous && j->rank == 15, "ring modulator: driven, of full rank");
    const System *driven = stiff_system(kit, "states { a = 1 }\nddt.a = -cos(t) * a\n");
    tap_ok(!jacobian_of_system(kit->arena, driven)->constant, "an entry that depends on t is not constant");
    const System *steps = stiff_system(kit, "states { a = 1, b = 1 }\nddt.a = floor(b) - a\nddt.b = a * b - b * a\n");
    j = jacobian_of_system(kit->arena, steps);
    tap_ok(pattern_entries(&j->pattern) == 1 && j->rank == 1, "steps and what cancels have no entries");
}

static void test_matrix(Kit *kit)
{
    const System *system = stiff_system(kit, linear);
    const Jacobian *j = jacobian_of_system(kit->arena, system);
    Pattern matrix = pattern_with_diagonal(kit->arena, &j->pattern);
    Graph *graph = system->graph;
    const Expr *one = expr_integer(graph, 1), *h = expr_number(graph, number_double(0.125)), *values[16];
    jacobian_matrix(values, graph, j, &matrix, one, h);
    Point point = { .direction = 0 };
    static const double expected[] = { 1 + 0.125 * 1.5, -0.125, -0.125, 1.125, 1 };
    bool same = pattern_entries(&matrix) == 5;
    for (int i = 0; same && i < 5; i++) same = expr_evaluate(values[i], real_value, &point) == expected[i];
    tap_ok(same, "I - h J");
    jacobian_matrix(values, graph, j, &matrix, expr_integer(graph, 8), one);
    tap_ok(expr_is_number(values[1], -1) && expr_is_number(values[3], 9) && expr_is_number(values[4], 8), "8 I - J");
}

static void test_sharing(Kit *kit)
{
    const Jacobian *j = jacobian_of_system(kit->arena, stiff_system(kit, reactor));
    int count, n = j->n;
    const Expr *const *roots = jacobian_roots(kit->arena, j, &count);
    tap_ok(count == 2 * n + pattern_entries(&j->pattern) && roots[0] == j->f[0] && roots[n] == j->entry[0] &&
               roots[count - 1] == j->time[n - 1],
           "roots: f, entries, df/dt");
    OperationCount together = expr_count(roots, count), f = expr_count(roots, n);
    OperationCount rest = expr_count(roots + n, count - n);
    tap_ok(f.functions == 1 && rest.functions == 1 && together.functions == 1, "one exponential for f and J");
    tap_ok(together.multiplications < f.multiplications + rest.multiplications, "f and J share products");
    Schedule schedule = schedule_make(kit->arena, roots, count, NULL);
    int exponentials = 0;
    for (int i = 0; i < schedule.count; i++) {
        Text text = text_new(kit->arena);
        expr_print(&text, schedule.items[i].expr, NOTATION_CODE, PRECISION_FLOAT64, &schedule, i);
        exponentials += strstr(text.data, "exp(") != NULL;
    }
    tap_ok(exponentials == 1, "one statement computes it");
}

static void test_singularities(Kit *kit)
{
    const Jacobian *j = jacobian_of_system(kit->arena, stiff_system(kit, gates));
    int wrong = 0;
    for (int k = -3; k <= 3; k++) {
        Point point = { .state = { -40 + k * 1e-3, 0.1, 0.2, 0.3 } };
        Point other = { .state = { -55 + k * 1e-3, 0.1, 0.2, 0.3 } };
        for (int e = 0; e < pattern_entries(&j->pattern); e++) {
            wrong += !isfinite(expr_evaluate(j->entry[e], real_value, &point));
            wrong += !isfinite(expr_evaluate(j->entry[e], real_value, &other));
        }
        /* d(am (1 - m) - bm m)/dv = am' (1 - m) + bm m / 18; am' = 1/20 + O(x) */
        int e = pattern_find(&j->pattern, 1, 0);
        double bm = 4 * exp(-(point.state[0] + 65) / 18);
        wrong += fabs((double)expr_evaluate(j->entry[e], real_value, &point) - 0.9 / 20 - bm * 0.1 / 18) > 1e-4;
    }
    tap_ok(wrong == 0, "removable singularities have slopes");
}

/* ---- structural rank, against elimination over a prime field ---- */

enum { PRIME = 2147483647, RANK_MOST = 12 };

static int64_t inverse(int64_t a)
{
    int64_t result = 1;
    for (int64_t e = PRIME - 2; e; e >>= 1, a = a * a % PRIME)
        if (e & 1) result = result * a % PRIME;
    return result;
}

static int numeric_rank(int64_t a[RANK_MOST][RANK_MOST], int n)
{
    int rank = 0;
    for (int column = 0; column < n; column++) {
        int row = rank;
        while (row < n && !a[row][column]) row++;
        if (row == n) continue;
        for (int j = 0; j < n; j++) {
            int64_t moved = a[row][j];
            a[row][j] = a[rank][j];
            a[rank][j] = moved;
        }
        int64_t scale = inverse(a[rank][column]);
        for (int i = rank + 1; i < n; i++) {
            int64_t factor = a[i][column] * scale % PRIME;
            for (int j = 0; j < n; j++) a[i][j] = (a[i][j] + (PRIME - factor) * a[rank][j]) % PRIME;
        }
        rank++;
    }
    return rank;
}

static bool is_rank_right(Arena *arena, double density)
{
    int n = 1 + (int)(lrand48() % RANK_MOST), start[RANK_MOST + 1] = { 0 };
    int64_t a[RANK_MOST][RANK_MOST] = { 0 };
    IntList columns = { 0 };
    for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
            if (drand48() > density) continue;
            a[i][j] = 1 + lrand48() % (PRIME - 1);
            *array_push(arena, &columns) = j;
        }
        start[i + 1] = columns.count;
    }
    return pattern_rank(&(Pattern){ n, start, columns.items }) == numeric_rank(a, n);
}

static void test_rank(Kit *kit)
{
    int wrong = 0;
    for (int i = 0; i < 5000; i++) wrong += !is_rank_right(kit->arena, between(0.05, 0.4));
    tap_ok(wrong == 0, "structural rank of 5000 patterns");
}

/* ---- size ---- */

/* The Brusselator with diffusion in one dimension, and a term that couples far
 * ends. */
static void test_size(Kit *kit)
{
    const System *system = stiff_system(
        kit, "states { u = vector(300, 1), v = vector(300, 3) }\n"
             "local function at(y, i) return i < 1 and 1 or i > 300 and 3 or y[i] end\n"
             "for i = 1, 300 do\n"
             "  local r = u[i]^2 * v[i]\n"
             "  ddt.u[i] = 1 + r - 4 * u[i] + 1812 * (at(u, i - 1) - 2 * u[i] + at(u, i + 1)) - exp(-u[301 - i])\n"
             "  ddt.v[i] = 3 * u[i] - r + 1812 * (at(v, i - 1) - 2 * v[i] + at(v, i + 1))\n"
             "end\n");
    clock_t begin = clock();
    const Jacobian *jacobian = jacobian_of_system(kit->arena, system);
    double seconds = (double)(clock() - begin) / CLOCKS_PER_SEC;
    tap_ok(pattern_entries(&jacobian->pattern) == 2694 && jacobian->rank == 600, "600 states: pattern");
    tap_ok(seconds < 1, "600 states in less than a second");
    tap_diag("%.3f s", seconds);
}

int main(void)
{
    Kit kit = kit_open();
    srand48(3);
    test_values(&kit, "hires", stiff_hires, 0, 1, 3);
    test_values(&kit, "pollution", stiff_pollution, 0, 0.3, 3);
    test_values(&kit, "ring modulator", stiff_ring_modulator, -0.2, 0.2, 1e-3);
    test_values(&kit, "gates", gates, -1.2, 1.2, 3);
    test_values(&kit, "reactor", reactor, 500, 800, 3);
    test_values(&kit, "linear", linear, -1, 1, 3);
    test_facts(&kit);
    test_matrix(&kit);
    test_sharing(&kit);
    test_singularities(&kit);
    test_rank(&kit);
    test_size(&kit);
    kit_close(&kit);
    return tap_done();
}
