/* SPDX-License-Identifier: MIT */
/* Implicit methods where there is trouble: a matrix shift*I - J that is singular at
 * some step, derivatives that overflow, right-hand sides that jump, and systems whose
 * Jacobian is singular but whose steps are not. A step without a solution is rejected
 * and counted, or its run is flagged; none gives a wrong number without a flag, and
 * every program ends. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "numerics/kit.h"
#include "tap.h"

enum { STEP_TOO_SMALL = 8, MAX_STEPS = 32, BREAKDOWN = 128, NOT_FINITE = 512 };

/* "N bad pivots" of the summary. */
static int bad_pivots(const KitTable *table)
{
    const char *text = strstr(table->summary, " factorisations");
    text = text ? strstr(text, "), ") : NULL;
    return text && strstr(text, " bad pivots") ? atoi(text + 3) : -1;
}

static bool all_missing(const KitTable *table, int row)
{
    return isnan(kit_value(table, row, "x")) && isnan(kit_value(table, row, "y"));
}

/* ---- a singular matrix ---- */

static const char linear[] = "problem 'linear'\n"
                             "parameters { a = 0, b = 0, c = 0, d = 0 }\n"
                             "states { x = 1, y = 1 }\n"
                             "ddt.x = a * x + b * y\n"
                             "ddt.y = c * x + d * y\n"
                             "solve { duration = 1, dt = 0.1 }\n";

/* The eigenvalue that is the number of a step of 0.1: 1/(h gamma) of rodas4p and
 * kvaerno3, and the real one over h of radau-iia-5. */
static const struct {
    const char *algorithm;
    double shift;
} methods[] = {
    { "rodas4p", 40 },
    { "kvaerno3", 22.942803602790416 },
    { "radau-iia-5", 36.378342527444957 },
};
enum { METHODS = 3 };

/* With steps of fixed length there is no other step: the run is lost, and flagged. */
static void test_fixed(const char *algorithm, double shift, const char *choices)
{
    char words[200], directory[] = "fixed";
    snprintf(words, sizeof words, "algorithm=%s controller=fixed outputs=states %s", algorithm, choices);
    kit_build(directory, "linear.lua", words, KIT_LANES);
    KitTable *diagonal = kit_run(directory, "a=1,%.17g,2,%.17g d=-1", shift, shift);
    for (int row = 0; row < diagonal->rows; row++) {
        bool singular = row % 2 == 1;
        int status = (int)kit_value(diagonal, row, "status");
        tap_ok(singular ? (status & BREAKDOWN) && all_missing(diagonal, row)
                        : status == 0 && kit_value(diagonal, row, "x") > 2,
               "%s: diagonal, run %d is %s", words, row, singular ? "flagged" : "good");
    }
    tap_ok(bad_pivots(diagonal) >= 2, "%s: bad pivots are counted", words);
    kit_free(diagonal);
    KitTable *cancelled = kit_run(directory, "b=%.17g c=%.17g", shift, shift);
    tap_ok(((int)kit_value(cancelled, 0, "status") & BREAKDOWN) && all_missing(cancelled, 0),
           "%s: a pivot that elimination cancels is flagged", words);
    kit_free(cancelled);
}

/* Else the attempt is rejected, counted, and the run goes on to its end. */
static void test_adaptive(const char *algorithm, double shift)
{
    char words[200], directory[] = "adaptive";
    snprintf(words, sizeof words, "algorithm=%s rtol=1e-7 atol=1e-7 max_steps=100000 outputs=states", algorithm);
    kit_build(directory, "linear.lua", words, KIT_LANES);
    KitTable *good = kit_run(directory, "a=%.17g duration=0.5 d=-1", shift * 1.01);
    KitTable *table = kit_run(directory, "a=%.17g duration=0.5 d=-1", shift);
    double error = fabs(kit_value(table, 0, "x") / exp(shift / 2) - 1);
    tap_ok(bad_pivots(good) == 0 && bad_pivots(table) == 1, "%s: one bad pivot, at the first step", words);
    tap_ok(kit_value(table, 0, "status") == 0 && error < 1e-3,
           "%s: the step is tried shorter, and the end is right (%.1g)", words, error);
    kit_free(good);
    kit_free(table);
}

/* ---- derivatives too large ---- */

static const char steep[] = "problem 'steep'\n"
                            "parameters { k = 1e60, e = 0 }\n"
                            "states { x = 1, y = 1 }\n"
                            "ddt.x = -k * x\n"
                            "ddt.y = -exp(e * x) * y\n"
                            "solve { duration = 1, max_steps = 10000 }\n";

static void test_overflow(const char *algorithm)
{
    char words[200];
    snprintf(words, sizeof words, "algorithm=%s outputs=states", algorithm);
    kit_build("steep", "steep.lua", words, KIT_LANES);
    KitTable *table = kit_run("steep", "k=1 e=0,1000,-1000");
    tap_ok(table->rows == 3 && kit_value(table, 0, "status") == 0 && kit_value(table, 2, "status") == 0,
           "%s: beside an overflow inside exp runs are good", words);
    int status = (int)kit_value(table, 1, "status");
    tap_ok(all_missing(table, 1) && status & (NOT_FINITE | STEP_TOO_SMALL), "%s: overflow inside exp is flagged (%d)",
           words, status);
    kit_free(table);
    snprintf(words, sizeof words, "algorithm=%s lu_precision=float32 outputs=states", algorithm);
    kit_build("narrow", "steep.lua", words, KIT_LANES);
    table = kit_run("narrow", "k=1,1e60 e=0");
    status = (int)kit_value(table, 1, "status");
    tap_ok(kit_value(table, 0, "status") == 0 && all_missing(table, 1) && status & BREAKDOWN,
           "%s: a Jacobian beyond float32 is flagged (%d)", words, status);
    kit_free(table);
}

/* ---- Jacobians that are singular, steps that are not ---- */

/* A cycle of rank 2 with the conserved sum p + q + r, a constant, an integral, and a
 * state that nothing depends on. */
static const char conserved[] = "problem 'conserved'\n"
                                "parameters { k = 1000 }\n"
                                "states { p = 1, q = 0, r = 0, constant = 2, integral = 0, loss = 3 }\n"
                                "ddt.p = -p + k * q\n"
                                "ddt.q = p - k * q\n"
                                "ddt.r = 0 * p\n"
                                "ddt.constant = 0\n"
                                "ddt.integral = constant * t\n"
                                "ddt.loss = -p\n"
                                "solve { duration = 2, rtol = 1e-7, atol = 1e-10 }\n";

static void test_conserved(const char *algorithm, const char *choices)
{
    char words[200];
    snprintf(words, sizeof words, "algorithm=%s outputs=states %s", algorithm, choices);
    kit_build("conserved", "conserved.lua", words, KIT_LANES);
    KitTable *table = kit_run("conserved", "k=1000,1,0,1e9");
    for (int row = 0; row < table->rows; row++) {
        double k = kit_value(table, row, "k"), t = 2, decay = exp(-(1 + k) * t);
        double p = (k + decay) / (1 + k), area = (k * t + (1 - decay) / (1 + k)) / (1 + k);
        double sum = kit_value(table, row, "p") + kit_value(table, row, "q");
        double error = fmax(fabs(kit_value(table, row, "p") - p), fabs(kit_value(table, row, "loss") - 3 + area));
        tap_ok(kit_value(table, row, "status") == 0 && fabs(sum - 1) < 1e-12 && error < 1e-5 &&
                   kit_value(table, row, "constant") == 2 && kit_value(table, row, "r") == 0 &&
                   fabs(kit_value(table, row, "integral") - 4) < 1e-9,
               "%s: k = %g, conserved to %.1g, error %.1g", words, k, fabs(sum - 1), error);
    }
    kit_free(table);
}

/* ---- right-hand sides that jump ---- */

static const char jumping[] = "problem 'jumping'\n"
                              "states { x = 0, y = 1, z = 0, u = 1 }\n"
                              "ddt.x = where(lt(t, 0.3), 1, -2) - 100 * (x - y)\n"
                              "ddt.y = -y * floor(4 * t)\n"
                              "ddt.z = sign(sin(20 * t)) + ceil(t)\n"
                              "ddt.u = -where(eq(u, 0), 1, u / expm1(u)) * u\n"
                              "solve { duration = 1, rtol = 1e-6, atol = 1e-6, max_steps = 100000 }\n";

/* y and z are known. A jump costs rejected attempts, and some tolerances where it
 * falls between the stages of a step. */
static void test_jumps(const char *algorithm)
{
    char words[200];
    snprintf(words, sizeof words, "algorithm=%s outputs=states", algorithm);
    kit_build("jumping", "jumping.lua", words, KIT_LANES);
    KitTable *table = kit_run("jumping", "u=1,0");
    double y = exp(-(0.25 + 0.5 + 0.75)),
           z = 1; /* z: of ceil, and of the seven signs from one multiple of pi/20 to the next */
    const double pi = acos(-1);

    for (int i = 0; i < 7; i++) z += (i % 2 ? -1 : 1) * ((i == 6 ? 1 : (i + 1) * pi / 20) - i * pi / 20);
    tap_ok(table->rows == 2 && kit_value(table, 0, "status") == 0 && kit_value(table, 1, "status") == 0,
           "%s: jumps, both runs end", words);
    double error = fmax(fabs(kit_value(table, 0, "y") - y), fabs(kit_value(table, 0, "z") - z));
    tap_ok(error < 1e-3, "%s: jumps, error %.1g", words, error);
    tap_ok(kit_value(table, 1, "u") == 0 && kit_value(table, 0, "u") > 0.3,
           "%s: a removable singularity, at it and away from it", words);
    kit_free(table);
}

/* On x = 0 there is no solution in the usual sense: whatever comes, it ends. */
static void test_sliding(const char *algorithm)
{
    char words[200];
    snprintf(words, sizeof words, "algorithm=%s outputs=states", algorithm);
    kit_build("sliding", "sliding.lua", words, KIT_LANES);
    KitTable *table = kit_run("sliding", "x=1,-0.5,0");
    for (int row = 0; row < table->rows; row++) {
        int status = (int)kit_value(table, row, "status");
        bool near = status == 0 && fabs(kit_value(table, row, "x")) < 1e-3;
        tap_ok(near || (status != 0 && isnan(kit_value(table, row, "x"))), "%s: sliding, run %d has status %d", words,
               row, status);
    }
    kit_free(table);
}

int main(void)
{
    kit_begin();
    kit_write("linear.lua", linear);
    kit_write("steep.lua", steep);
    kit_write("conserved.lua", conserved);
    kit_write("jumping.lua", jumping);
    kit_write("sliding.lua", "problem 'sliding'\nstates { x = 1, y = 0 }\nddt.x = -1000 * sign(x)\nddt.y = x\n"
                             "solve { duration = 1, max_steps = 20000 }\n");
    for (int i = 0; i < METHODS; i++) test_adaptive(methods[i].algorithm, methods[i].shift);
    test_fixed("rodas4p", methods[0].shift, "");
    test_fixed("rodas4p", methods[0].shift, "unroll_limit=0 lu_precision=float32");
    test_fixed("kvaerno3", methods[1].shift, "unroll_limit=1");
    static const char *const algorithms[] = { "rodas5p", "kvaerno5", "radau-iia-5" };
    for (int i = 0; i < METHODS; i++) {
        test_overflow(algorithms[i]);
        test_conserved(algorithms[i], i == 1 ? "unroll_limit=0" : "");
        test_jumps(algorithms[i]);
        test_sliding(algorithms[i]);
    }
    return tap_done();
}
