/* SPDX-License-Identifier: MIT */
/* The order conditions: the check itself against methods of known order, and
 * every shipped explicit tableau against what it declares (the others:
 * order_implicit.c). */
#include "method/order.h"

#include <glob.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "support/gauss.h"
#include "support/tableaux.h"
#include "tap.h"

static Arena *arena;

static ReadTableaux shipped;

static void read_shipped(void)
{
    const char *top = getenv("srcdir");
    glob_t files;
    bool found = !glob(arena_printf(arena, "%s/lua/tableau/*.lua", top ? top : "."), 0, NULL, &files);
    for (size_t i = 0; found && i < files.gl_pathc; i++) {
        const char *base = strrchr(files.gl_pathv[i], '/') + 1;
        int before = shipped.count;
        const char *message = read_tableau_file(arena, &shipped, files.gl_pathv[i]);
        if (!message && shipped.count == before) continue;
        const char *name = message ? "" : shipped.items[shipped.count - 1]->name;
        if (!tap_ok(!strcmp(base, arena_printf(arena, "%s.lua", name)), "%s is the tableau of that name", base))
            tap_diag("%s", message ? message : name);
    }
    if (found) globfree(&files);
}

static Tableau *shipped_named(const char *name)
{
    const Tableau *const *items = (const Tableau *const *)shipped.items;
    const Tableau *found = tableau_find(items, shipped.count, name);
    for (int i = 0; i < shipped.count; i++)
        if (shipped.items[i] == found) return shipped.items[i];
    tap_ok(false, "there is a method %s", name);
    exit(tap_done());
}

/* ---- the check itself ---- */

static void test_trees(void)
{
    const int counts[] = { 0, 1, 1, 2, 4, 9, 20, 48, 115, 286, 719 };
    for (int size = 1; size <= ORDER_MAX; size++)
        tap_ok(order_tree_count(size) - order_tree_count(size - 1) == counts[size], "%d trees of %d nodes",
               counts[size], size);
    const char *const texts[] = { "b.(1)",   "b.(c)",      "b.(c^2)",    "b.(A(c))",
                                  "b.(c^3)", "b.(c*A(c))", "b.(A(c^2))", "b.(A(A(c)))" };
    const long gammas[] = { 1, 2, 3, 6, 4, 8, 12, 24 };
    for (int tree = 0; tree < order_tree_count(4); tree++) {
        Text text = text_new(arena);
        order_condition(&text, "b", tree);
        int match = 0;
        while (match < 8 && strcmp(texts[match], text.data)) match++;
        tap_ok(match < 8 && order_tree_gamma(tree) == gammas[match], "%s = 1/%ld", text.data, order_tree_gamma(tree));
    }
}

/* With five stages that is all trees. */
static void test_gauss(void)
{
    for (int s = 1; s <= 5; s++) {
        OrderReport report = order_check(gauss(arena, s));
        tap_ok(report.solution.order == 2 * s, "Gauss-Legendre with %d stages has order %d", s, 2 * s);
        tap_diag("found %d, residual %.1e, row sums %.1e", report.solution.order, report.solution.residual,
                 report.row_sum);
    }
}

/* ---- the shipped tableaux ---- */

static void test_plain(const Tableau *tableau, const OrderReport *report)
{
    const char *name = tableau->name;
    tap_ok(report->solution.order == tableau->order, "%s: order %d and no more", name, tableau->order);
    if (tableau->error)
        tap_ok(report->embedded.order == tableau->embedded_order, "%s: embedded order %d and no more", name,
               tableau->embedded_order);
    if (tableau->error_low)
        tap_ok(report->embedded_low.order == tableau->error_low_order,
               "%s: order of the second estimate %d and no more", name, tableau->error_low_order);
    tap_ok(report->row_sum <= ORDER_TOLERANCE, "%s: rows of a sum to c", name);
    tap_ok(report->first_same_as_last == tableau->first_same_as_last, "%s: first same as last is %s", name,
           tableau->first_same_as_last ? "true" : "false");
    tap_diag("residuals: b %.1e, b - error %.1e, row sums %.1e", report->solution.residual, report->embedded.residual,
             report->row_sum);
}

/* The same through b_i(theta) evaluated. */
static int dense_order_at(const Tableau *tableau, long double theta, int limit)
{
    long double *row = ARENA_ARRAY(arena, long double, tableau->stages + tableau->dense_stages);
    for (int i = 0; i < tableau->stages + tableau->dense_stages; i++)
        for (int k = tableau->dense_degree; k--;)
            row[i] = theta * (row[i] + tableau->dense[i * tableau->dense_degree + k].value);
    return order_of_weights(tableau, row, theta, limit);
}

/* b_i(theta) again, and how much larger than 1 its terms get in all. */
static void test_bernstein(const Tableau *tableau)
{
    int m = tableau->dense_degree, n = tableau->stages + tableau->dense_stages;
    Number *rows = zeros(n * m);
    long double worst = 0, largest = 0;
    tableau_dense_bernstein(rows, tableau->dense, n, m);
    for (int at = 0; at <= 40; at++) {
        long double theta = at / 40.0L, terms = 0;
        for (int i = 0; i < n; i++) {
            long double sum = 0, power = 0;
            for (int j = m; j--;) {
                long double term = rows[i * m + j].value * powl(theta, j + 1) * powl(1 - theta, m - 1 - j);
                power = theta * (power + tableau->dense[i * m + j].value);
                sum += term;
                terms += fabsl(term);
            }
            worst = fmaxl(worst, fabsl(sum - power));
        }
        largest = fmaxl(largest, terms);
    }
    tap_ok(worst < 1e-14L && largest < 30, "%s: dense weights in Bernstein's basis", tableau->name);
    tap_diag("differ by %.1Le, terms add up to %.1Lf", worst, largest);
}

static void test_dense(const Tableau *tableau, const OrderReport *report)
{
    const char *name = tableau->name;
    int order = tableau->dense_order;
    tap_ok(report->dense.order == order, "%s: dense order %d and no more", name, order);
    tap_ok(report->dense_end <= ORDER_TOLERANCE, "%s: dense output ends at y_new", name);
    tap_diag("residuals: powers %.1e, end %.1e", report->dense.residual, report->dense_end);
    const long double thetas[] = { 0.125L, 0.3L, 0.5L, 0.77L, 0.9L, 1.1L };
    for (int i = 0; i < 6; i++)
        tap_ok(dense_order_at(tableau, thetas[i], order) == order, "%s: b(%.3Lg) has order %d", name, thetas[i], order);
    tap_ok(dense_order_at(tableau, 0.3L, order + 1) == order, "%s: b(0.3) has no more", name);
    tap_ok(dense_order_at(tableau, 1, tableau->order) == tableau->order, "%s: b(1) has order %d", name, tableau->order);
    test_bernstein(tableau);
}

static void test_tableau(const Tableau *tableau)
{
    OrderReport report = order_check(tableau);
    diag_reset();
    tap_ok(tableau_check(tableau) && order_verify(tableau) && !diag_errors(), "%s passes as it is", tableau->name);
    tap_ok(*tableau->title && *tableau->reference, "%s has a title and a reference", tableau->name);
    test_plain(tableau, &report);
    if (tableau->dense) test_dense(tableau, &report);
}

static void test_speed(const Tableau *tableau)
{
    double best = 1;
    for (int i = 0; i < 5; i++) {
        clock_t start = clock();
        order_check(tableau);
        best = fmin(best, (double)(clock() - start) / CLOCKS_PER_SEC);
    }
    if (tap_is_sanitized())
        tap_skip("speed of the check", "sanitizers are on");
    else
        tap_ok(best < 0.05, "%s is checked in under 50 ms", tableau->name);
    tap_diag("%.2f ms", best * 1e3);
}

static void test_inventory(void)
{
    const struct {
        const char *name, *alias;
        int stages, extra, order, embedded, dense;
    } methods[] = {
        { "euler", NULL, 1, 0, 1, 0, 0 },          { "heun-21", NULL, 2, 0, 2, 1, 0 },
        { "ralston-33", NULL, 3, 0, 3, 0, 0 },     { "bogacki-shampine-32", "rk23 ode23 bs32", 4, 0, 3, 2, 0 },
        { "classical-rk4", "rk4", 4, 0, 4, 0, 0 }, { "cash-karp-54", NULL, 6, 0, 5, 4, 0 },
        { "fehlberg-45", "rkf45", 6, 0, 4, 5, 0 }, { "dormand-prince-54", "dopri5 rk45 ode45", 7, 0, 5, 4, 4 },
        { "tsit5", NULL, 7, 0, 5, 4, 4 },          { "vern7", NULL, 10, 6, 7, 6, 7 },
        { "vern9", NULL, 16, 10, 9, 8, 9 },        { "dormand-prince-853", "dop853", 12, 4, 8, 5, 7 },
    };
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++) {
        const Tableau *tableau = shipped_named(methods[i].name);
        tap_ok(tableau->stages == methods[i].stages && tableau->dense_stages == methods[i].extra &&
                   tableau->order == methods[i].order && tableau->embedded_order == methods[i].embedded &&
                   tableau->dense_order == methods[i].dense,
               "%s declares what it is known for", methods[i].name);
        char *aliases = arena_printf(arena, "%s", methods[i].alias ? methods[i].alias : "");
        for (char *rest = aliases, *alias; (alias = strtok_r(rest, " ", &rest));)
            tap_ok(shipped_named(alias) == tableau, "%s is %s", alias, methods[i].name);
    }
    const Tableau *dop853 = shipped_named("dop853");
    tap_ok(dop853->error_low_order == 3, "dop853: error_low belongs to a method of order 3");
}

/* ---- what must be caught ---- */

/* Whether order_verify fails, with what it says kept in `text`. */
static bool caught(const Tableau *tableau, Text *text)
{
    *text = text_new(arena);
    diag_reset();
    diag_capture(text);
    bool ok = tableau_check(tableau) && order_verify(tableau);
    diag_capture(NULL);
    return !ok && diag_errors();
}

static void shift(Number *number, double by)
{
    *number = number_real(number->value + by);
}

/* Shifts every `stride`-th coefficient of a list in turn. Returns how many
 * went unnoticed. */
static int missed(const Tableau *tableau, Number *list, int count, int stride)
{
    int unseen = 0;
    for (int i = 0; list && i < count; i += stride) {
        Number saved = list[i];
        Text text;
        shift(&list[i], 1e-6);
        unseen += !caught(tableau, &text);
        list[i] = saved;
    }
    return unseen;
}

/* Two entries of a row shifted against each other: row sums still hold. */
static int missed_pairs(const Tableau *tableau, int stride)
{
    int n = tableau->stages + tableau->dense_stages, unseen = 0;
    for (int i = 2; i < n; i += stride) {
        Number *row = &tableau->a[i * n], first = row[0], last = row[i - 1];
        Text text;
        shift(&row[0], 1e-6);
        shift(&row[i - 1], -1e-6);
        unseen += !caught(tableau, &text);
        row[0] = first;
        row[i - 1] = last;
    }
    return unseen;
}

static void test_corruption(const Tableau *tableau)
{
    int s = tableau->stages, n = s + tableau->dense_stages, stride = n > 12 ? 7 : 1, unseen = 0;
    for (int i = 1; i < n; i++) unseen += missed(tableau, &tableau->a[i * n], i, stride);
    unseen += missed(tableau, tableau->b, s, 1) + missed(tableau, tableau->c, n, 1);
    unseen += missed(tableau, tableau->error, s, 1) + missed(tableau, tableau->error_low, s, 1);
    unseen += missed(tableau, tableau->dense, n * tableau->dense_degree, stride);
    unseen += missed_pairs(tableau, 1);
    tap_ok(unseen == 0, "%s: no shift of a coefficient by 1e-6 goes unnoticed", tableau->name);
    tap_diag("%d unnoticed", unseen);
}

/* A copy whose coefficients may be changed. */
static Tableau *copy_of(const char *name)
{
    Tableau *copy = arena_copy(arena, shipped_named(name), sizeof *copy);
    int s = copy->stages, n = s + copy->dense_stages;
    copy->name = "mine";
    copy->source = (Source){ "p.lua", 3, 0 };
    copy->a = arena_copy(arena, copy->a, sizeof(Number) * (size_t)(n * n));
    copy->b = arena_copy(arena, copy->b, sizeof(Number) * (size_t)s);
    copy->c = arena_copy(arena, copy->c, sizeof(Number) * (size_t)n);
    if (copy->error) copy->error = arena_copy(arena, copy->error, sizeof(Number) * (size_t)s);
    if (copy->error_low) copy->error_low = arena_copy(arena, copy->error_low, sizeof(Number) * (size_t)s);
    if (copy->dense) copy->dense = arena_copy(arena, copy->dense, sizeof(Number) * (size_t)(n * copy->dense_degree));
    return copy;
}

static void round_to_double(Number *list, int count)
{
    for (int i = 0; list && i < count; i++) list[i] = number_real((double)list[i].value);
}

/* Who types the 17 digits of a double is not to blame for their rounding. */
static void test_rounded(const char *name)
{
    Tableau *copy = copy_of(name);
    int s = copy->stages, n = s + copy->dense_stages;
    Text text;
    round_to_double(copy->a, n * n);
    round_to_double(copy->b, s);
    round_to_double(copy->c, n);
    round_to_double(copy->error, s);
    round_to_double(copy->error_low, s);
    round_to_double(copy->dense, n * copy->dense_degree);
    if (!tap_ok(!caught(copy, &text), "%s passes when its coefficients are rounded to double", name))
        tap_diag("%s", text.data);
    OrderReport report = order_check(copy);
    tap_diag("residuals: b %.1e, b - error %.1e, powers %.1e, end %.1e", report.solution.residual,
             report.embedded.residual, report.dense.residual, report.dense_end);
}

static void test_error(const char *what, const Tableau *tableau, const char *expected)
{
    Text text;
    bool said = caught(tableau, &text);
    if (!tap_ok(said && !strcmp(text.data, expected), "error: %s", what))
        tap_diag("got:  %s\nwant: %s", text.data, expected);
}

static void test_errors(void)
{
    Tableau *mine = copy_of("rk4");
    mine->order = 5;
    test_error("order", mine,
               "p.lua:3: error: tableau 'mine' does not have its declared order = 5: b.(c^4) is 0.208333333333 and "
               "must be 1/5; the order is 4, or a coefficient is wrong\n");
    mine = copy_of("rk4");
    mine->c[1] = number_ratio(1, 3);
    test_error("row sum", mine,
               "p.lua:3: error: tableau 'mine': row 2 of a does not sum to c = 0.333333333333; each row must\n");
    mine = copy_of("rk4");
    mine->b[0] = number_ratio(1, 5);
    test_error("weights", mine,
               "p.lua:3: error: tableau 'mine' does not have its declared order = 4: b.(1) is 1.03333333333 and "
               "must be 1\n");
    mine = copy_of("rk4");
    mine->first_same_as_last = true;
    test_error("first same as last", mine,
               "p.lua:3: error: tableau 'mine' is declared first_same_as_last, but the last row of a is not b at c = "
               "1\n");
    mine = copy_of("bs32");
    mine->embedded_order = 3;
    test_error("embedded order", mine,
               "p.lua:3: error: tableau 'mine' does not have its declared embedded_order = 3: (b - error).(c^2) is "
               "0.375 and must be 1/3; the order is 2, or a coefficient is wrong\n");
    mine = copy_of("dop853");
    mine->error_low_order = 4;
    test_error(
        "order of the second estimate", mine,
        "p.lua:3: error: tableau 'mine' does not have its declared error_low_order = 4: (b - error_low).(c^3) is "
        "0.224786324786 and must be 1/4; the order is 3, or a coefficient is wrong\n");
    mine = copy_of("dopri5");
    mine->dense_order = 5;
    test_error("dense order", mine,
               "p.lua:3: error: tableau 'mine' does not have its declared dense_order = 5: the coefficient of theta^2 "
               "in b(theta).(c^4) is 0.106791808273 and must be 0; the order is 4, or a coefficient is wrong\n");
}

static void test_structure(void)
{
    Tableau *mine = copy_of("rk4");
    mine->embedded_order = 3;
    mine->a[0] = number_ratio(1, 2);
    test_error("structure", mine,
               "p.lua:3: error: tableau 'mine' has embedded_order = 3 but no error weights; give the coefficients or "
               "leave the order out\n"
               "p.lua:3: error: tableau 'mine' is not explicit: stage 1 uses stage 1; it may use earlier ones only\n");
    mine = copy_of("vern7");
    mine->dense = NULL;
    mine->dense_order = 0;
    mine->embedded_order = 0;
    test_error("orders without weights", mine,
               "p.lua:3: error: tableau 'mine' has error weights but no embedded_order; state the order of those "
               "weights\n"
               "p.lua:3: error: tableau 'mine' has extra stages but no dense weights that use them\n");
    mine = copy_of("dop853");
    mine->error_low_order = 0;
    test_error(
        "a second estimate without its order", mine,
        "p.lua:3: error: tableau 'mine' has error_low but no error_low_order; state the order of those weights\n");
    mine = copy_of("dop853");
    mine->error_low_order = 5;
    test_error("a second estimate as good as the first", mine,
               "p.lua:3: error: tableau 'mine' has error_low_order = 5; it must be below embedded_order = 5\n");
    mine = copy_of("dop853");
    mine->error = NULL;
    mine->embedded_order = 0;
    test_error("a second estimate alone", mine,
               "p.lua:3: error: tableau 'mine' has error_low but no error, which it goes with\n");
}

int main(void)
{
    arena = arena_new();
    read_shipped();
    test_trees();
    test_gauss();
    test_inventory();
    for (int i = 0; i < shipped.count; i++) test_tableau(shipped.items[i]);
    test_speed(shipped_named("vern9"));
    test_errors();
    test_structure();
    for (int i = 0; i < shipped.count; i++) {
        test_corruption(shipped.items[i]);
        test_rounded(shipped.items[i]->name);
    }
    arena_free(arena);
    return tap_done();
}
