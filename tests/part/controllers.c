/* SPDX-License-Identifier: MIT */
/* The controllers of lua/controller: what the files say, and what they do to
 * step sizes on models of the error; and what power of the step size the errors
 * of the shipped methods go with. (Mistakes: controllers_read.c.) */
#include "script/shipped/controllers.h"

#include <math.h>
#include <stdlib.h>

#include "base/diag.h"
#include "base/intern.h"
#include "model/model.h"
#include "script/script.h"
#include "tap.h"

static Arena *arena;
static ControllerList controllers;

static const Controller *find(const char *name)
{
    for (int i = 0; i < controllers.count; i++)
        if (controllers.items[i].name == intern(name)) return &controllers.items[i];
    return NULL;
}

/* ---- q of the shipped methods, from their errors. */

static long double weighted(const Number *weights, const long double *k, int count)
{
    long double sum = 0;
    for (int i = 0; i < count; i++) sum += weights[i].value * k[i];
    return sum;
}

/* What the controller sees of a step of size h: y' = y^2 + t, from y = t = 1. */
static long double estimate(const Tableau *tableau, long double h)
{
    int s = tableau->stages, n = s + tableau->dense_stages;
    long double *k = ARENA_ARRAY(arena, long double, s);
    for (int i = 0; i < s; i++) {
        long double y = 1 + h * weighted(&tableau->a[i * n], k, i);
        k[i] = y * y + 1 + h * tableau->c[i].value;
    }
    long double high = h * weighted(tableau->error, k, s);
    if (!tableau->error_low) return fabsl(high);
    return high * high / hypotl(high, 0.1L * h * weighted(tableau->error_low, k, s));
}

static void test_power(const Tableau *tableau)
{
    int q = model_error_order(&(Model){ .tableau = tableau });
    long double h = 1.0L / 64, seen = log2l(estimate(tableau, 2 * h) / estimate(tableau, h));
    tap_ok(fabsl(seen - q) < 0.4L, "%s: the error estimate goes with h^%d", tableau->name, q);
    tap_diag("found %.3Lf", seen);
}

static void test_powers(void)
{
    TableauList shipped = script_read_tableaux(arena);
    int tested = 0;
    for (int i = 0; i < shipped.count; i++) {
        if (shipped.items[i]->family != FAMILY_ERK || !shipped.items[i]->error) continue;
        test_power(shipped.items[i]);
        tested++;
    }
    tap_ok(tested >= 9, "%d explicit methods have an error estimate", tested);
}

/* ---- The model: err_n = C_n h_n^q, and the gain as part/control.c emits it. */

typedef struct Run {
    const Controller *controller;
    int q;
    double safety;
    double c_log2;                   /* of the error coefficient, now */
    double h_log2;                   /* of the next attempt */
    double norm_log2;                /* of the last attempt's error, squared */
    double error_log2, earlier_log2; /* of accepted steps, squared */
    double last_h_log2;
    bool started;
    int accepted, rejected;
} Run;

static Run run_new(const Controller *controller, int q, double safety)
{
    return (Run){ .controller = controller, .q = q, .safety = safety };
}

static double gain_log2(const Run *run, bool accept)
{
    const Controller *it = run->controller;
    const double half = 0.5 / run->q, safety = log2(run->safety);
    const double classical = safety - half * run->norm_log2;
    double gain = safety - half * ((double)it->ki.value * run->norm_log2 - (double)it->kp.value * run->error_log2 +
                                   (double)it->kd.value * run->earlier_log2);
    if (!number_is(it->ratio, 0)) {
        gain += (double)it->ratio.value * (run->h_log2 - run->last_h_log2);
        if (!accept || !run->started) gain = 1e6;
    }
    return it->at_most_i && classical < gain ? classical : gain;
}

/* One attempt; `disturbance` is log2 of a factor on its error. */
static bool attempt(Run *run, double disturbance)
{
    const double least = 2 * log2(1e-4), min_gain = log2(0.2), max_gain = log2(10);
    run->norm_log2 = 2 * (run->c_log2 + run->q * run->h_log2 + disturbance);
    const bool accept = run->norm_log2 <= 0;
    const double gain = fmin(fmax(gain_log2(run, accept), min_gain), max_gain);
    if (accept) {
        run->earlier_log2 = run->error_log2;
        run->error_log2 = fmax(run->norm_log2, least);
        run->last_h_log2 = run->h_log2;
        run->started = true;
    }
    run->h_log2 += gain;
    *(accept ? &run->accepted : &run->rejected) += 1;
    return accept;
}

static void step(Run *run, double disturbance)
{
    for (int i = 0; i < 100 && !attempt(run, disturbance); i++) continue;
}

static void settle(Run *run)
{
    for (int i = 0; i < 300; i++) step(run, 0);
    run->accepted = run->rejected = 0;
}

/* log2 of the error where steps settle. */
static double settled_log2(const Run *run)
{
    const Controller *it = run->controller;
    return run->q * log2(run->safety) / (double)(it->ki.value - it->kp.value + it->kd.value);
}

static double error_log2(const Run *run)
{
    return run->c_log2 + run->q * run->h_log2;
}

/* ---- Files. */

static bool has_exponents(const char *name, const char *ki, const char *kp, const char *kd, const char *ratio)
{
    const Controller *it = find(name);
    const char *texts[] = { ki, kp, kd, ratio };
    const Number found[] = { it->ki, it->kp, it->kd, it->ratio };
    bool same = true;
    for (int i = 0; i < 4; i++) {
        Number expected;
        same &= number_parse(&expected, texts[i], NULL) && found[i].exact && number_equal(found[i], expected);
    }
    return same;
}

static void test_shipped(void)
{
    static const char *const names[] = { "fixed", "i", "pi", "pid", "gustafsson" };
    controllers = controllers_read(arena);
    tap_ok(diag_errors() == 0, "the shipped controllers are read without errors");
    tap_ok(controllers.count == 5, "there are 5 of them (%d)", controllers.count);
    for (int i = 0; i < 5; i++) {
        const Controller *it = find(names[i]);
        if (!tap_ok(it && *it->title && *it->reference, "%s is there, with title and reference", names[i])) exit(1);
        tap_ok(it->adaptive == (i > 0), "%s is %sadaptive", names[i], i ? "" : "not ");
    }
    tap_ok(has_exponents("fixed", "0", "0", "0", "0"), "exponents of fixed are 0");
    tap_ok(has_exponents("i", "1", "0", "0", "0"), "exponents of i");
    tap_ok(has_exponents("pi", "5*(1/5 - 0.75*0.04)", "5*0.04", "0", "0"), "exponents of pi are those of DOPRI5");
    tap_ok(has_exponents("pid", "0.25 + 0.14 + 0.10", "0.14 + 2*0.10", "0.10", "0"), "exponents of pid");
    tap_ok(has_exponents("gustafsson", "2", "1", "0", "1"), "exponents of gustafsson are those of RADAU5");
    tap_ok(!find("i")->at_most_i && !find("pi")->at_most_i && find("pid")->at_most_i && find("gustafsson")->at_most_i,
           "pid and gustafsson are bounded by the I controller");
}

/* ---- Behaviour, for every adaptive controller and q. */

static const char *const adaptive[] = { "i", "pi", "pid", "gustafsson" };

enum { LEAST_Q = 2, MOST_Q = 9 };

/* From a first step far too small or large to the settled error. */
static void test_settling(const char *name)
{
    double worst = 0, power = 0;
    for (int q = LEAST_Q; q <= MOST_Q; q++) {
        for (int start = -20; start <= 20; start += 5) {
            Run run = run_new(find(name), q, 0.9);
            run.h_log2 = start;
            settle(&run);
            worst = fmax(worst, fabs(error_log2(&run) - settled_log2(&run)));
            power = settled_log2(&run) / (q * log2(0.9));
        }
    }
    tap_ok(worst < 1e-9, "%s settles at err = safety^(%.4g q), off by %.1e", name, power, worst);
}

/* What a jump of C by 2^jump costs: steps until the error stays within a
 * quarter of the settled one, rejections, and, as parts of the change of
 * log2 h, its overshoot and its way: 1 when it never turns back. */
typedef struct Recovery {
    int steps, rejected;
    double overshoot, way;
} Recovery;

static Recovery recover(const char *name, int q, double jump)
{
    Run run = run_new(find(name), q, 0.9);
    settle(&run);
    const double change = -jump / q, goal = run.h_log2 + change;
    Recovery recovery = { 0, 0, 0, 0 };
    run.c_log2 += jump;
    for (int i = 1; i <= 100; i++) {
        const double before = run.h_log2;
        step(&run, 0);
        if (fabs(error_log2(&run) - settled_log2(&run)) > log2(1.25)) recovery.steps = i;
        recovery.overshoot = fmax(recovery.overshoot, (run.h_log2 - goal) / change);
        recovery.way += fabs((run.h_log2 - before) / change);
    }
    recovery.rejected = run.rejected;
    return recovery;
}

static Recovery recover_worst(const char *name, double jump)
{
    Recovery worst = { 0, 0, 0, 0 };
    for (int q = LEAST_Q; q <= MOST_Q; q++) {
        Recovery recovery = recover(name, q, jump);
        if (recovery.steps > worst.steps) worst.steps = recovery.steps;
        if (recovery.rejected > worst.rejected) worst.rejected = recovery.rejected;
        worst.overshoot = fmax(worst.overshoot, recovery.overshoot);
        worst.way = fmax(worst.way, recovery.way);
    }
    return worst;
}

/* The predictive controller expects a rise of C to go on: hence its way. */
static void test_jumps(void)
{
    static const struct {
        const char *name;
        double jump;
        Recovery most;
    } cases[] = {
        { "i", -10, { 1, 0, 0, 1 } },        { "i", 3, { 0, 1, 0, 1 } },
        { "i", 10, { 0, 3, 0, 1 } },         { "pi", -10, { 4, 0, 0, 1.15 } },
        { "pi", 3, { 0, 1, 0, 1.03 } },      { "pi", 10, { 2, 3, 0, 1.03 } },
        { "pid", -10, { 13, 0, 0, 1.2 } },   { "pid", 3, { 8, 1, 0, 1.2 } },
        { "pid", 10, { 9, 3, 0, 1.1 } },     { "gustafsson", -10, { 1, 0, 0, 1 } },
        { "gustafsson", 3, { 1, 1, 1, 3 } }, { "gustafsson", 10, { 1, 3, 1, 3 } },
    };
    const double tiny = 1e-9;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const Recovery seen = recover_worst(cases[i].name, cases[i].jump), most = cases[i].most;
        tap_ok(seen.steps <= most.steps && seen.rejected <= most.rejected && seen.overshoot <= most.overshoot + tiny &&
                   seen.way <= most.way + tiny,
               "%s: C times 2^%g is followed within %d more steps and %d rejections", cases[i].name, cases[i].jump,
               most.steps, most.rejected);
        tap_diag("%d steps, %d rejections, overshoot %.3f, way %.3f", seen.steps, seen.rejected, seen.overshoot,
                 seen.way);
    }
}

/* C doubles every step: the predictive controller alone knows. */
static void test_drift(void)
{
    for (int q = LEAST_Q; q <= MOST_Q; q++) {
        Run classical = run_new(find("i"), q, 0.95), predictive = run_new(find("gustafsson"), q, 0.95);
        settle(&classical);
        settle(&predictive);
        for (int i = 0; i < 20; i++) {
            classical.c_log2 += 1;
            predictive.c_log2 += 1;
            step(&classical, 0);
            step(&predictive, 0);
        }
        tap_ok(classical.rejected == 20 && predictive.rejected <= 1,
               "q = %d: i rejects %d of 20 steps along a growing C, gustafsson %d", q, classical.rejected,
               predictive.rejected);
    }
}

/* The largest gain that any history gives a rejected step. */
static double largest_rejected_gain(const Controller *controller)
{
    double largest = -INFINITY;
    Run run = run_new(controller, 5, 1);
    run.started = true;
    for (run.norm_log2 = 1e-6; run.norm_log2 < 40; run.norm_log2 *= 1.5)
        for (int i = 0; i <= 10; i++)
            for (int j = 0; j <= 10; j++)
                for (run.last_h_log2 = -3; run.last_h_log2 <= 3; run.last_h_log2++) {
                    run.error_log2 = 2 * log2(1e-4) * i / 10;
                    run.earlier_log2 = 2 * log2(1e-4) * j / 10;
                    largest = fmax(largest, gain_log2(&run, false));
                }
    return largest;
}

static void test_rejection(void)
{
    for (int i = 0; i < 4; i++)
        tap_ok(largest_rejected_gain(find(adaptive[i])) < 0, "%s shrinks every rejected step", adaptive[i]);
    Controller unbounded = *find("pid");
    unbounded.at_most_i = false;
    tap_ok(largest_rejected_gain(&unbounded) > 0.1, "pid would not without at_most_i");
}

/* Errors of exactly 0 are forgotten in the end. */
static void test_zero(void)
{
    for (int i = 0; i < 4; i++) {
        Run run = run_new(find(adaptive[i]), 5, 0.9);
        settle(&run);
        const double before = run.h_log2;
        for (int k = 0; k < 5; k++) step(&run, -INFINITY);
        tap_ok(run.accepted == 5 && fabs(run.h_log2 - before - 5 * log2(10)) < 1e-9,
               "%s: steps grow by the largest gain without errors", adaptive[i]);
        settle(&run);
        tap_ok(fabs(error_log2(&run) - settled_log2(&run)) < 1e-9, "%s: and settle as before with errors", adaptive[i]);
    }
}

static double standard_deviation(double sum, double sum_of_squares, int count)
{
    return sqrt(fmax(0, sum_of_squares / count - sum / count * (sum / count)));
}

/* Standard deviation of log2 h under a noise on the errors, relative to
 * that of the noise over q; small enough that nothing is rejected. */
static double noise_gain(const char *name)
{
    enum { STEPS = 20000, Q = 5 };
    Run run = run_new(find(name), Q, 0.8);
    uint64_t state = 1;
    double sum = 0, sum_of_squares = 0;
    settle(&run);
    for (int i = 0; i < STEPS; i++) {
        state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        step(&run, 0.2 * ((double)(state >> 11) / 9007199254740992.0 - 0.5));
        sum += run.h_log2;
        sum_of_squares += run.h_log2 * run.h_log2;
    }
    if (run.rejected) tap_diag("%s rejected %d steps of the noise test", name, run.rejected);
    return standard_deviation(sum, sum_of_squares, STEPS) * Q / (0.2 / sqrt(12));
}

static void test_noise(void)
{
    const double classical = noise_gain("i"), pi = noise_gain("pi"), pid = noise_gain("pid");
    tap_ok(fabs(classical - 1) < 0.02, "i hands the noise of errors on (%.3f)", classical);
    tap_ok(pi < 0.9 && pid < 0.6, "pi damps it, pid more (%.3f, %.3f)", pi, pid);
}

int main(void)
{
    arena = arena_new();
    test_shipped();
    test_powers();
    for (int i = 0; i < 4; i++) test_settling(adaptive[i]);
    test_jumps();
    test_drift();
    test_rejection();
    test_zero();
    test_noise();
    arena_free(arena);
    return tap_done();
}
