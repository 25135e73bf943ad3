/* SPDX-License-Identifier: MIT */
/* The order of convergence of every method, as programs made from
 * problem files show it with fixed steps: of the solution at the end, and of
 * dense output at instants inside steps. Four problems whose solutions are
 * known: the two that depend on time see the nodes c_i, the rigid body the
 * elementary differentials that scalar equations lack, the oscillator shows a
 * clean power of h. Each is solved from several initial values, since a single
 * error curve can cross zero.
 *
 * Expected: order p of the method; min(p, q + 1) for all saved values, q the
 * order of the interpolant; and q + 1 for those of a first step alone, where
 * nothing hides the interpolant's own error. The error norm of all problems
 * together has that order; on one of them a method may do better. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "numerics/kit.h"
#include "tap.h"

static const char problem[] = "problem 'known'\n"
                              "parameters { w = 1 }\n"
                              "states { p = 1, q = 1, a = 1, b = 0, sn = 0, cn = 1, dn = 1 }\n"
                              "ddt.p = -2 * t * p^2\n"
                              "ddt.q = w * q * cos(w * t)\n"
                              "ddt.a = 2 * w * b\n"
                              "ddt.b = -2 * w * a\n"
                              "ddt.sn = cn * dn\n"
                              "ddt.cn = -sn * dn\n"
                              "ddt.dn = -0.51 * sn * cn\n"
                              "solve { controller = 'fixed', dt = 0.1 }\n";

enum { STATES = 7, PROBLEMS = 4, RUNS = 7, ALL = PROBLEMS };
static const char *const state_name[STATES] = { "p", "q", "a", "b", "sn", "cn", "dn" };
static const int problem_of[STATES] = { 0, 1, 2, 2, 3, 3, 3 };
static const char *const problem_name[PROBLEMS] = { "y' = -2 t y^2", "y' = w y cos w t", "oscillator", "rigid body" };
static const double t_start = 0.375;

/* Jacobi's elliptic functions by the arithmetic-geometric mean (Abramowitz and
 * Stegun, 16.4), m = 0.51: the rigid body, B5 of Hull, Enright, Fellen and
 * Sedgwick, SIAM J. Numer. Anal. 9 (1972) 603-637. */
static void elliptic(long double t, long double *sn, long double *cn, long double *dn)
{
    const long double m = 0.51L;
    long double a[12] = { 1 }, c[12] = { sqrtl(m) }, b = sqrtl(1 - m);
    int n = 0;
    for (; n < 10 && fabsl(c[n]) > 1e-18L; n++) {
        a[n + 1] = (a[n] + b) / 2;
        c[n + 1] = (a[n] - b) / 2;
        b = sqrtl(a[n] * b);
    }
    long double phi = ldexpl(a[n] * t, n);
    for (int i = n; i > 0; i--) phi = (phi + asinl(c[i] / a[i] * sinl(phi))) / 2;
    *sn = sinl(phi);
    *cn = cosl(phi);
    *dn = sqrtl(1 - m * *sn * *sn);
}

static double rate_of(int run)
{
    return 0.75 + 0.0625 * run;
}

/* What run number `run` ought to be at time t. */
static void solution(long double value[STATES], int run, long double t)
{
    value[0] = 1 / (t * t + 4 + run);
    value[1] = expl(sinl(rate_of(run) * t));
    value[2] = cosl(2 * rate_of(run) * t);
    value[3] = -sinl(2 * rate_of(run) * t);
    elliptic(t + 0.5L * run, &value[4], &value[5], &value[6]);
}

/* NAME=VALUES of a batch that starts on the solutions. */
static const char *batch_words(void)
{
    static char words[2000];
    int length = 0;
    for (int i = -1; i < STATES; i++)
        for (int run = 0; run < RUNS; run++) {
            long double value[STATES];
            solution(value, run, t_start);
            if (run == 0) length += sprintf(words + length, " %s=", i < 0 ? "w" : state_name[i]);
            length +=
                sprintf(words + length, "%.17g%s", i < 0 ? rate_of(run) : (double)value[i], run + 1 < RUNS ? "," : "");
        }
    return words;
}

/* Root mean square errors of each problem and, last, of the worst one. */
static void errors_of(double error[PROBLEMS + 1], const KitTable *table)
{
    int count[PROBLEMS] = { 0 };
    for (int k = 0; k <= ALL; k++) error[k] = 0;
    for (int row = 0; row < table->rows; row++) {
        long double exact[STATES];
        solution(exact, (int)kit_value(table, row, "run"), (long double)kit_value(table, row, "time"));
        for (int i = 0; i < STATES; i++) {
            double off = (double)((long double)kit_value(table, row, state_name[i]) - exact[i]);
            error[problem_of[i]] += off * off;
            count[problem_of[i]]++;
        }
    }
    for (int k = 0; k < PROBLEMS; k++) error[k] = sqrt(error[k] / count[k]);
    for (int k = 0; k < PROBLEMS; k++) error[ALL] = fmax(error[ALL], error[k]);
}

enum { POINTS = 100 };
typedef struct Curves {
    int points;
    double h[POINTS], rounding[POINTS], error[POINTS][PROBLEMS + 1];
} Curves;

/* Solves the normal equations of a fit with `terms` terms; the second coefficient. */
static double solve(double m[3][4], int terms)
{
    for (int k = 0; k < terms; k++)
        for (int r = 0; r < terms; r++) {
            double factor = m[r][k] / m[k][k];
            for (int c = k; r != k && c < 4; c++) m[r][c] -= factor * m[k][c];
        }
    return m[1][3] / m[1][1];
}

/* p of error = C h^p, or C h^p (1 + c h^next) when `next` is not 0, by least squares over
 * the last `fitted` points whose error is above rounding; NaN when there are fewer than 5. */
static double slope_of(const Curves *curves, int which, int fitted, int next)
{
    double m[3][4] = { { 0 } };
    int used = 0;
    for (int i = curves->points - 1; i >= 0 && used < fitted; i--) {
        double error = curves->error[i][which], h = curves->h[i], base[4] = { 1, log(h), pow(h, next), log(error) };
        if (error < curves->rounding[i]) continue;
        used++;
        for (int r = 0; r < 3; r++)
            for (int c = 0; c < 4; c++) m[r][c] += base[r] * base[c];
    }
    return used < 5 ? NAN : solve(m, next ? 3 : 2);
}

static void show(const Curves *curves)
{
    for (int i = 0; i < curves->points; i++) {
        const double *e = curves->error[i];
        tap_diag("h = %.4g: errors %.3g, %.3g, %.3g, %.3g", curves->h[i], e[0], e[1], e[2], e[3]);
    }
}

/* The overall order to 0.2, after the next term of the expansion is taken off;
 * and on no problem a whole order less. */
static void check(const Curves *curves, int order, int next, const char *what, const char *algorithm)
{
    double slope = slope_of(curves, ALL, 12, next);
    bool good = tap_ok(fabs(slope - order) <= 0.2, "%s: order of %s is %d (seen: %.2f)", algorithm, what, order, slope);
    for (int k = 0; k < PROBLEMS; k++) {
        slope = slope_of(curves, k, POINTS, 0);
        if (slope < order - 0.75)
            good = tap_ok(false, "%s: order of %s is %d or more for %s (seen: %.2f)", algorithm, what, order,
                          problem_name[k], slope);
        else if (getenv("SHOW"))
            tap_diag("%s %.2f", problem_name[k], slope);
    }
    if (!good || getenv("SHOW")) show(curves);
}

/* Adds a point; false when its error is not above rounding. */
static bool add_point(Curves *curves, double h, double rounding, KitTable *table)
{
    int point = curves->points++;
    curves->h[point] = h;
    curves->rounding[point] = rounding;
    errors_of(curves->error[point], table);
    kit_free(table);
    return curves->error[point][ALL] > curves->rounding[point] && curves->points < POINTS;
}

/* From one point to the next errors shrink to less than a half. */
static double next_step(double h, const KitAlgorithm *algorithm)
{
    return h / (1 + 0.7 / algorithm->order);
}

/* Instants that lie anywhere in steps, evenly: the golden section of one, and
 * no more than some hundred in all. */
static double save_interval(double steps, double dt)
{
    return (0.381966 + floor(steps / 100)) * dt;
}

/* Newton iterations end at ten units of rounding, in each step anew. */
static bool iterates(const KitAlgorithm *algorithm)
{
    return !strcmp(algorithm->family, "dirk") || !strcmp(algorithm->family, "firk");
}

/* Errors of a whole integration, at its end or at many instants. */
static void measure(Curves *curves, const KitAlgorithm *algorithm, bool saving)
{
    const double duration = 4.5;
    bool more = true;
    for (double h = 0.75; more && h > 1e-3; h = next_step(h, algorithm)) {
        double steps = ceil(duration / h), dt = duration / steps;
        KitTable *table = kit_run(algorithm->name, "--zip --t0=%.17g --duration=%.17g --dt=%.17g --save-every=%.17g %s",
                                  t_start, duration, dt, saving ? save_interval(steps, dt) : 0, batch_words());
        more = add_point(curves, dt, (iterates(algorithm) ? 1e-13 : 1e-14) * sqrt(steps), table);
    }
}

static void measure_one_step(Curves *curves, const KitAlgorithm *algorithm)
{
    bool more = true;
    for (double h = 0.75; more && h > 1e-3; h = next_step(h, algorithm)) {
        KitTable *table = kit_run(algorithm->name, "--zip --t0=%.17g --duration=%.17g --dt=%.17g --save-every=%.17g %s",
                                  t_start, h, h, h / 10.5, batch_words());
        more = add_point(curves, h, 3e-15, table);
    }
}

/* The worst problem is the oscillator. Its errors of amplitude and of phase are
 * of consecutive orders and orthogonal, so that whole integrations have c h^2. */
static void test_algorithm(const KitAlgorithm *algorithm)
{
    char choices[120];
    int p = algorithm->order, q = algorithm->dense < p ? algorithm->dense : p;
    const char *name = algorithm->name;
    Curves end = { 0 }, dense = { 0 }, step = { 0 };
    snprintf(choices, sizeof choices, "algorithm=%.40s%s", name,
             iterates(algorithm) ? " newton_tolerance=1e-9 newton_max_iterations=50" : "");
    kit_build(name, "known.lua", choices, KIT_QUICK);
    measure(&end, algorithm, false);
    check(&end, p, 2, "the end state", name);
    measure(&dense, algorithm, true);
    check(&dense, q < p ? q + 1 : p, 2, "dense output", name);
    measure_one_step(&step, algorithm);
    check(&step, q + 1, 1, "dense output in a first step", name);
}

int main(void)
{
    KitAlgorithm list[KIT_ALGORITHMS];
    kit_begin();
    kit_write("known.lua", problem);
    int count = kit_algorithms(list);
    for (int i = 0; i < count; i++) test_algorithm(&list[i]);
    return tap_done();
}
