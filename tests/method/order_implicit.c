/* SPDX-License-Identifier: MIT */
/* Tableaux of the implicit families: what each declares holds, against order
 * conditions, stability and figures of other codes; what is wrong is caught. */
#include <math.h>
#include <string.h>

#include "base/intern.h"
#include "method/order.h"
#include "script/script.h"
#include "support/gauss.h"
#include "support/stability.h"
#include "tap.h"

static Arena *arena;
static TableauList shipped;

static const Tableau *named(const char *name)
{
    const Tableau *found = tableau_find(shipped.items, shipped.count, intern(name));
    if (!found) tap_ok(false, "there is a method %s", name);
    return found;
}

/* ---- what each declares ---- */

typedef struct Known {
    const char *name, *alias;
    Family family;
    int stages, order, embedded, dense, w, index1;
    bool last, stiff;     /* first same as last, stiffly accurate */
    long double infinity; /* |R(inf)| */
} Known;

static const Known methods[] = {
    { "backwards-euler", NULL, FAMILY_DIRK, 1, 1, 0, 0, 0, 0, false, true, 0 },
    { "implicit-midpoint", NULL, FAMILY_DIRK, 1, 2, 0, 0, 0, 0, false, false, 1 },
    { "trapezoidal", "crank-nicolson", FAMILY_DIRK, 2, 2, 0, 0, 0, 0, true, true, 1 },
    { "ode23t", NULL, FAMILY_DIRK, 3, 2, 3, 0, 0, 0, true, true, 1 },
    { "sdirk-22", NULL, FAMILY_DIRK, 2, 2, 1, 2, 0, 0, false, true, 0 },
    { "l-stable-dirk-3", NULL, FAMILY_DIRK, 3, 3, 2, 2, 0, 0, false, true, 0 },
    { "kvaerno3", NULL, FAMILY_DIRK, 4, 3, 2, 0, 0, 0, true, true, 0 },
    { "l-stable-sdirk-4", NULL, FAMILY_DIRK, 5, 4, 3, 3, 0, 0, false, true, 0 },
    { "kvaerno5", NULL, FAMILY_DIRK, 7, 5, 4, 0, 0, 0, true, true, 0 },
    { "gauss-legendre-2", NULL, FAMILY_FIRK, 2, 4, 0, 0, 0, 0, false, false, 1 },
    { "gauss-legendre-4", NULL, FAMILY_FIRK, 4, 8, 0, 4, 0, 0, false, false, 1 },
    { "radau-iia-3", NULL, FAMILY_FIRK, 2, 3, 2, 2, 0, 0, false, true, 0 },
    { "radau-iia-5", "radau", FAMILY_FIRK, 3, 5, 3, 3, 0, 0, false, true, 0 },
    { "radau-iia-9", NULL, FAMILY_FIRK, 5, 9, 5, 5, 0, 0, false, true, 0 },
    { "rodas3", NULL, FAMILY_ROSENBROCK, 4, 3, 2, 0, 0, 3, false, true, 0 },
    { "ros34pw2", NULL, FAMILY_ROSENBROCK, 4, 3, 2, 0, 3, 3, false, true, 0 },
    { "ros3p", NULL, FAMILY_ROSENBROCK, 3, 3, 2, 0, 0, 3, false, false, 0.73205080756887729353L },
    { "rosenbrock23", "ode23s", FAMILY_ROSENBROCK, 3, 2, 3, 2, 2, 0, true, false, 0 },
    { "rodas3p", NULL, FAMILY_ROSENBROCK, 5, 3, 2, 3, 0, 3, false, true, 0 },
    { "rodas4p", NULL, FAMILY_ROSENBROCK, 6, 4, 3, 3, 0, 4, false, true, 0 },
    { "rodas5p", NULL, FAMILY_ROSENBROCK, 8, 5, 4, 4, 0, 5, false, true, 0 },
};

static void test_orders(const Tableau *tableau)
{
    OrderReport report = order_check(tableau);
    const struct {
        const char *word;
        const OrderResult *result;
        int declared;
    } orders[] = {
        { "order", &report.solution, tableau->order },
        { "embedded order", &report.embedded, tableau->embedded_order },
        { "dense order", &report.dense, tableau->dense_order },
        { "W order", &report.w, tableau->w_order },
        { "index-1 order", &report.index1, tableau->index1_order },
    };
    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++) {
        if (!orders[i].declared) continue;
        tap_ok(orders[i].result->order == orders[i].declared && orders[i].result->residual < 1e-14,
               "%s: %s %d and no more", tableau->name, orders[i].word, orders[i].declared);
        tap_diag("residual %.1e", orders[i].result->residual);
    }
    tap_ok(report.first_same_as_last == tableau->first_same_as_last &&
               report.stiffly_accurate == tableau->stiffly_accurate,
           "%s: its flags are true where they are set, and nowhere else", tableau->name);
    tap_ok(report.row_sum < 1e-14 && report.gamma_sum < 1e-14 && report.dense_end < 1e-14,
           "%s: row sums, and the end of dense output", tableau->name);
}

static void test_known(const Known *known)
{
    const Tableau *tableau = named(known->name);
    if (!tableau) return;
    tap_ok(tableau->family == known->family && tableau->stages == known->stages && tableau->order == known->order &&
               tableau->embedded_order == known->embedded && tableau->dense_order == known->dense &&
               tableau->w_order == known->w && tableau->index1_order == known->index1 &&
               tableau->first_same_as_last == known->last && tableau->stiffly_accurate == known->stiff,
           "%s declares what it is known for", known->name);
    tap_ok(known->alias ? named(known->alias) == tableau : tableau->alias_count == 0, "%s has its names", known->name);
    tap_ok(*tableau->title && *tableau->reference, "%s has a title and a reference", known->name);
    tap_ok(tableau->family == FAMILY_FIRK || !number_is(tableau_diagonal(tableau), 0),
           "%s: one factorisation serves all stages", known->name);
    diag_reset();
    tap_ok(tableau_check(tableau) && order_verify(tableau) && !diag_errors(), "%s passes as it is", known->name);
    test_orders(tableau);
}

/* ---- stability ---- */

/* The poles are right of the axis, so on it is everywhere left of it. */
static void test_stability(const Known *known)
{
    const Tableau *tableau = named(known->name);
    if (!tableau) return;
    long double worst = 0, away = cabsl(stability(tableau, -1e9L));
    for (int i = -60; i <= 60; i++) worst = fmaxl(worst, cabsl(stability(tableau, I * expl(i / 6.0L))));
    tap_ok(worst < 1 + 1e-12L, "%s: |R(iy)| is 1 at most", known->name);
    tap_diag("%.15Lf", worst);
    tap_ok(fabsl(away - known->infinity) < 1e-6L, "%s: |R| far left is %.2Lf", known->name, known->infinity);
    tap_diag("%.3Le", away);
}

/* ---- figures of others ---- */

static bool close_to(Number number, long double expected)
{
    return fabsl(number.value - expected) <= 2e-15L * fmaxl(1, fabsl(expected));
}

static void test_collocation(const char *name)
{
    const Tableau *tableau = named(name);
    long double worst = 0;
    for (int i = 0; tableau && i < tableau->stages; i++)
        for (int j = 0; j < tableau->stages; j++) {
            long double theta = tableau->c[i].value, sum = 0;
            for (int k = tableau->dense_degree; k--;)
                sum = theta * (sum + tableau->dense[j * tableau->dense_degree + k].value);
            worst = fmaxl(worst, fabsl(sum - tableau_a(tableau, i, j).value));
        }
    tap_ok(tableau && worst < 1e-17L, "%s: dense output passes through the stages", name);
}

static void test_gauss(const char *name)
{
    const Tableau *tableau = named(name);
    if (!tableau) return;
    Tableau *other = gauss(arena, tableau->stages);
    long double worst = 0;
    for (int i = 0; i < tableau->stages; i++) {
        worst = fmaxl(worst, fabsl(tableau->c[i].value - other->c[i].value));
        worst = fmaxl(worst, fabsl(tableau->b[i].value - other->b[i].value));
        for (int j = 0; j < tableau->stages; j++)
            worst = fmaxl(worst, fabsl(tableau_a(tableau, i, j).value - tableau_a(other, i, j).value));
    }
    tap_ok(worst < 1e-17L, "%s is what Legendre's polynomial gives", name);
    tap_diag("%.1Le", worst);
}

/* RADAU5 and RADAU form the estimate of the increments z = a k: gamma0 dd z, and
 * gamma0 is 1 over their U1. */
static void test_radau(const char *name, const long double *dd, long double u1)
{
    const Tableau *tableau = named(name);
    bool same = tableau && close_to(tableau->error_start, 1 / u1);
    for (int j = 0; same && j < tableau->stages; j++) {
        long double sum = 0;
        for (int i = 0; i < tableau->stages; i++) sum += dd[i] / u1 * tableau_a(tableau, i, j).value;
        same = close_to(tableau->error[j], sum);
    }
    tap_ok(same, "%s: the estimate is that of the code RADAU", name);
}

typedef struct Figure {
    const Number *number;
    long double expected;
} Figure;

static void test_figures(const char *what, const Figure *figures, int count)
{
    for (int i = 0; i < count; i++) {
        bool good = close_to(*figures[i].number, figures[i].expected);
        tap_ok(good, "%s: figure %d", what, i + 1);
        if (!good) tap_diag("%.18Lg instead of %.18Lg", figures[i].number->value, figures[i].expected);
    }
}

/* ROS3P and ode23s as other codes list them, Rodas5P as published. */
static void test_transformed(void)
{
    const Tableau *ros3p = named("ros3p"), *ode23s = named("ode23s"), *rodas5p = named("rodas5p");
    if (!ros3p || !ode23s || !rodas5p) return;
    TransformedTableau r = tableau_transformed(arena, ros3p), o = tableau_transformed(arena, ode23s);
    TransformedTableau p = tableau_transformed(arena, rodas5p);
    long double root = sqrtl(2);
    /* clang-format off */
    const Figure figures[] = {
        { &r.a[3], 1.267949192431123L }, { &r.a[6], 1.267949192431123L }, { &r.c[3], -1.607695154586736L },
        { &r.c[6], -3.464101615137755L }, { &r.c[7], -1.732050807568877L }, { &r.m[0], 2 },
        { &r.m[1], 0.5773502691896258L }, { &r.m[2], 0.4226497308103742L }, { &r.error[0], 2 - 2.113248654051871L },
        { &ros3p->d[2], -1.077350269189626L }, { &o.a[3], 1 + root / 2 }, { &o.a[6], 2 + root },
        { &o.c[3], -2 - root }, { &o.c[6], -4 - 2 * root }, { &o.c[7], -14 - 8 * root }, { &o.m[0], 2 + root },
        { &p.a[8], 3 }, { &p.a[42], -11.627539656261098L }, { &p.c[62], -9.48861652309627L },
        { &p.c[24], 147.12150275711716L }, { &p.m[5], 1 }, { &p.error[7], 1 }, { &p.error[0], 0 },
        { &rodas5p->d[4], 2.325825639765069L }, { &p.dense[0], -7.502846399306121L + 25.948786856663858L },
    };
    /* clang-format on */
    test_figures("transformed form", figures, sizeof figures / sizeof *figures);
    bool kept = true;
    for (int i = 0; i < rodas5p->stages; i++) kept = kept && number_is(p.error[i], i == 7);
    tap_ok(kept, "a form that is stated is kept: rodas5p's error is its last stage and nothing else");
}

/* The table of the paper, in the classical form. */
static void test_rodas3p(void)
{
    const int64_t a[] = { -217, 384, 183, 128, 13, 96 }, beta[] = { 33, 8, -27, 8, -3, 4, 2, 3, 1, 3 };
    const Tableau *tableau = named("rodas3p");
    bool same = tableau;
    for (int j = 0; same && j < 3; j++)
        same = number_equal(tableau_a(tableau, 3, j), number_ratio(a[2 * j], a[2 * j + 1])) &&
               number_equal(tableau_a(tableau, 4, j), tableau_a(tableau, 3, j));
    for (int j = 0; same && j < 5; j++)
        same = tableau->b[j].exact && number_equal(tableau->b[j], number_ratio(beta[2 * j], beta[2 * j + 1]));
    tap_ok(same, "rodas3p: the transformed form is that of the paper's fractions, exactly");
}

static void test_round_trip(const char *name)
{
    const Tableau *tableau = named(name);
    if (!tableau) return;
    Tableau copy = *tableau;
    copy.transformed = NULL;
    TransformedTableau transformed = tableau_transformed(arena, &copy);
    tableau_from_transformed(&copy, &transformed, arena);
    long double worst = 0;
    for (int i = 0; i < copy.stages * copy.stages; i++) {
        worst = fmaxl(worst, fabsl(copy.a[i].value - tableau->a[i].value));
        worst = fmaxl(worst, fabsl(copy.gamma[i].value - tableau->gamma[i].value));
    }
    for (int i = 0; i < copy.stages; i++) worst = fmaxl(worst, fabsl(copy.b[i].value - tableau->b[i].value));
    tap_ok(worst < 1e-15L, "%s: there and back again", name);
    tap_diag("%.1Le", worst);
}

/* ---- what must be caught ---- */

static Number *list_copy(const Number *list, int count)
{
    return list ? arena_copy(arena, list, sizeof *list * (size_t)count) : NULL;
}

static Tableau *copy_of(const char *name)
{
    const Tableau *tableau = named(name);
    Tableau *copy = arena_copy(arena, tableau, sizeof *copy);
    int s = copy->stages;
    copy->name = "mine";
    copy->source = (Source){ "p.lua", 3, 0 };
    copy->a = list_copy(copy->a, s * s);
    copy->gamma = list_copy(copy->gamma, s * s);
    copy->b = list_copy(copy->b, s);
    copy->c = list_copy(copy->c, s);
    copy->d = list_copy(copy->d, s);
    copy->error = list_copy(copy->error, s);
    copy->dense = list_copy(copy->dense, s * copy->dense_degree);
    return copy;
}

static bool caught(const Tableau *tableau, Text *text)
{
    *text = text_new(arena);
    diag_reset();
    diag_capture(text);
    bool ok = tableau_check(tableau) && order_verify(tableau);
    diag_capture(NULL);
    return !ok && diag_errors();
}

/* Each coefficient shifted in turn; returns how many went unnoticed. */
static int missed(const Tableau *tableau, Number *list, int count)
{
    int unseen = 0;
    for (int i = 0; list && i < count; i++) {
        Number saved = list[i];
        Text text;
        list[i] = number_real(saved.value + 1e-6L);
        unseen += !caught(tableau, &text);
        list[i] = saved;
    }
    return unseen;
}

/* Rows of a whose sum stays: only the order conditions can tell. (Those of ros3p
 * and rodas3p leave such a parameter free.) */
static int missed_pairs(Tableau *tableau)
{
    int s = tableau->stages, unseen = 0;
    for (int i = 1; i < s; i++) {
        int last = tableau->family == FAMILY_FIRK ? s - 1 : i - 1;
        Number *row = &tableau->a[i * s], first = row[0], other = row[last];
        Text text;
        if (number_equal(tableau->c[0], tableau->c[last])) continue;
        row[0] = number_real(first.value + 1e-6L);
        row[last] = number_real(other.value - 1e-6L);
        unseen += !caught(tableau, &text);
        row[0] = first;
        row[last] = other;
    }
    return unseen;
}

static void test_corruption(const char *name)
{
    Tableau *copy = copy_of(name);
    int s = copy->stages, unseen = missed(copy, copy->a, s * s) + missed(copy, copy->b, s) + missed(copy, copy->c, s);
    unseen += missed(copy, copy->gamma, s * s) + missed(copy, copy->d, s) + missed(copy, copy->error, s);
    unseen += missed(copy, copy->dense, s * copy->dense_degree);
    if (copy->error_start.value != 0) unseen += missed(copy, &copy->error_start, 1);
    if (copy->order > 2 && !copy->gamma) unseen += missed_pairs(copy);
    tap_ok(unseen == 0, "%s: no shift of a coefficient by 1e-6 goes unnoticed", name);
    tap_diag("%d unnoticed", unseen);
}

static void test_error(const Tableau *tableau, const char *expected)
{
    Text text;
    bool good = caught(tableau, &text) && !strcmp(text.data, expected);
    tap_ok(good, "error: %s", expected + strlen("p.lua:3: error: tableau 'mine' "));
    if (!good) tap_diag("got:  %s", text.data);
}

static void test_errors(void)
{
    Tableau *mine = copy_of("sdirk-22");
    mine->a[1] = number_ratio(1, 2);
    test_error(mine, "p.lua:3: error: tableau 'mine' is not diagonally implicit: stage 1 uses stage 2; it may use "
                     "earlier ones and itself only\n");
    mine = copy_of("implicit-midpoint");
    mine->stiffly_accurate = true;
    test_error(mine, "p.lua:3: error: tableau 'mine' is declared stiffly_accurate, but the last row of a is not b at c "
                     "= 1\n");
    mine = copy_of("sdirk-22");
    mine->first_same_as_last = true;
    test_error(mine, "p.lua:3: error: tableau 'mine' is declared first_same_as_last, but the last row of a is not b at "
                     "c = 1\n");
    mine = copy_of("kvaerno3");
    mine->w_order = 2;
    mine->error_start = number_integer(1);
    test_error(mine, "p.lua:3: error: tableau 'mine' has gamma, d, w_order or index1_order, which only Rosenbrock "
                     "methods have\n"
                     "p.lua:3: error: tableau 'mine' has error_start, which goes with the error of a firk method\n");
    mine = copy_of("ros3p");
    mine->gamma[8] = number_ratio(1, 2);
    test_error(mine, "p.lua:3: error: tableau 'mine': gamma must be lower triangular, with the same number other than "
                     "0 all along its diagonal\n");
    mine = copy_of("rodas3p");
    mine->d[1] = number_integer(0);
    test_error(mine, "p.lua:3: error: tableau 'mine': row 2 of gamma does not sum to d = 0; each row must\n");
    mine = copy_of("rodas3p");
    mine->w_order = 2;
    test_error(mine, "p.lua:3: error: tableau 'mine' does not have its declared w_order = 2: a condition of order 2 is "
                     "-0.5 and must be 0.5; the order is 1, or a coefficient is wrong\n");
    mine = copy_of("rodas4p");
    mine->index1_order = 5;
    test_error(mine, "p.lua:3: error: tableau 'mine' does not have its declared index1_order = 5: a condition of order "
                     "5 is 0.069568452381 and must be 0.0666666666667; the order is 4, or a coefficient is "
                     "wrong\n");
    mine = copy_of("radau");
    mine->error_start = number_integer(0);
    test_error(mine, "p.lua:3: error: tableau 'mine' does not have its declared embedded_order = 3: (b - error).(1) is "
                     "1.2748888296 and must be 1\n");
}

int main(void)
{
    const long double radau5[] = { -(13 + 7 * sqrtl(6)) / 3, (-13 + 7 * sqrtl(6)) / 3, -1 / 3.0L };
    const long double radau9[] = { -27.78093394406463730479L, 3.641478498049213152712L, -1.252547721169118720491L,
                                   0.5920031671845428725662L, -0.2L };
    const char *const collocation[] = { "gauss-legendre-4", "radau-iia-3", "radau-iia-5", "radau-iia-9" };
    arena = arena_new();
    shipped = script_read_tableaux(arena);
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++) {
        test_known(&methods[i]);
        test_stability(&methods[i]);
        test_corruption(methods[i].name);
        if (methods[i].family == FAMILY_ROSENBROCK) test_round_trip(methods[i].name);
    }
    for (int i = 0; i < 4; i++) test_collocation(collocation[i]);
    test_gauss("gauss-legendre-2");
    test_gauss("gauss-legendre-4");
    test_radau("radau-iia-5", radau5, 30 / (6 + cbrtl(81) - cbrtl(9)));
    test_radau("radau-iia-9", radau9, 6.286704751729276645173L);
    test_transformed();
    test_rodas3p();
    test_errors();
    arena_free(arena);
    return tap_done();
}
