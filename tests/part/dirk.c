/* SPDX-License-Identifier: MIT */
/* Diagonally implicit methods beyond what all methods are tested for (orders:
 * convergence.c, stages: traces.c): first guesses, places of buffers, lanes,
 * tableaux with several numbers on the diagonal, factors that serve several steps,
 * and iterations that fail. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/intern.h"
#include "numerics/kit.h"
#include "method/dirk.h"
#include "script/script.h"
#include "tap.h"

/* ---- what steps take from tableaux ---- */

/* The guess for the derivative of a stage is that of a polynomial through the
 * derivatives at nodes before it. */
static bool is_exact(const Tableau *tableau, int stage, int degree)
{
    Number weight[20];
    long double sum = 0;
    int used = 0;
    dirk_predict(weight, tableau, stage);
    for (int j = 0; j <= stage; j++) {
        long double c = j < stage ? tableau->c[j].value : 0;
        used += !number_is(weight[j], 0);
        sum += weight[j].value * powl(c, degree);
    }
    return degree >= used || fabsl(sum - powl(tableau->c[stage].value, degree)) < 1e-15L;
}

static void test_guesses(const TableauList *shipped)
{
    for (int i = 0; i < shipped->count; i++) {
        const Tableau *tableau = shipped->items[i];
        bool exact = true;
        if (tableau->family != FAMILY_DIRK) continue;
        for (int stage = 0; stage < tableau->stages; stage++) {
            if (tableau_stage_is_explicit(tableau, stage)) continue;
            exact &= is_exact(tableau, stage, 0);
            if (stage) exact &= is_exact(tableau, stage, 1) & is_exact(tableau, stage, 2);
        }
        tap_ok(exact, "%s: first guesses are those of polynomials", tableau->name);
    }
}

static void test_filters(const TableauList *shipped)
{
    static const struct {
        const char *name;
        bool filters;
    } known[] = {
        { "ode23t", true },    { "sdirk-22", true },  { "l-stable-dirk-3", true },  { "l-stable-sdirk-4", true },
        { "kvaerno3", false }, { "kvaerno5", false }, { "backwards-euler", false },
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        const Tableau *tableau = tableau_find(shipped->items, shipped->count, intern(known[i].name));
        tap_ok(dirk_filters_error(tableau) == known[i].filters, "%s: the error estimate is%s filtered", known[i].name,
               known[i].filters ? "" : " not");
    }
}

/* ---- the same bits ---- */

static const char oscillator[] = "problem 'oscillator'\n"
                                 "parameters { mu = 5, force = 1 }\n"
                                 "states { x = 2, y = 0 }\n"
                                 "ddt.x = y\n"
                                 "ddt.y = mu * (1 - x^2) * y - x + force * t / 10\n"
                                 "solve { algorithm = 'kvaerno3', duration = 6, dt = 1, rtol = 1e-4, atol = 1e-4 }\n";

/* Runs that fail stand among others. */
static char *oscillator_results(const char *choices, const char *flags)
{
    const char *most = strstr(choices, "float32") ? "1e38" : "1e300";
    kit_build("oscillator", "oscillator.lua", choices, flags);
    KitTable *table = kit_run("oscillator", "mu=geom:1:1000:21 force=0,1,%s --save-every=0.37", most);
    char *text = strdup(table->text);
    kit_free(table);
    return text;
}

static void compare_results(const char *wanted, const char *choices, const char *flags, const char *what)
{
    char *seen = oscillator_results(choices, flags);
    tap_ok(!strcmp(seen, wanted), "%s: the same bits %s", choices, what);
    free(seen);
}

/* Each alone, each left out, and all; with CUBIE_LONG_TESTS=1 in the environment
 * every combination. */
static bool is_looked_at(int set, int count)
{
    int buffers = __builtin_popcount((unsigned)set);
    return getenv("CUBIE_LONG_TESTS") || buffers == 1 || buffers >= count - 1;
}

static void test_places(const char *choices, const char *const *buffers, int count)
{
    char *wanted = oscillator_results(choices, KIT_QUICK);
    tap_ok(strstr(wanted, "NaN") && strstr(wanted, "\n0,0.37,"), "%s: some runs fail", choices);
    for (int set = 1; set < 1 << count; set++) {
        if (!is_looked_at(set, count)) continue;
        char words[600];
        snprintf(words, sizeof words, "%s", choices);
        for (int i = 0; i < count; i++)
            if (set >> i & 1) sprintf(words + strlen(words), " %s_location=shared", buffers[i]);
        compare_results(wanted, words, KIT_QUICK, "in other places");
    }
    free(wanted);
}

static void test_lanes(const char *choices)
{
    char *wanted = oscillator_results(choices, KIT_LANES " LANES=1");
    compare_results(wanted, choices, KIT_LANES, "in vectors of many runs");
    free(wanted);
}

/* ---- tableaux of users ---- */

static const char two_diagonals[] =
    "problem 'curve'\n"
    "tableau 'two' { title = 'two numbers on the diagonal', reference = 'none', family = 'dirk', order = 2,\n"
    "  c = { '1/4', '3/4' }, a = { { '1/4' }, { '5/12', '1/3' } }, b = { '1/2', '1/2' } }\n"
    "states { p = 1 }\n"
    "ddt.p = -2 * t * p^2\n"
    "solve { algorithm = 'two', controller = 'fixed', dt = 0.1, duration = 2, rtol = 1e-9, atol = 1e-9 }\n";

static double curve_error(double dt)
{
    KitTable *table = kit_run("curve", "--dt=%.17g", dt);
    double error = fabs(kit_value(table, 0, "p") - 0.2);
    kit_free(table);
    return error;
}

static void test_two_diagonals(void)
{
    kit_write("curve.lua", two_diagonals);
    kit_build("curve", "curve.lua", "", KIT_QUICK);
    double order = log2(curve_error(1.0 / 64) / curve_error(1.0 / 128));
    tap_ok(fabs(order - 2) < 0.1, "two numbers on the diagonal: order 2 (seen: %.2f)", order);
    KitTable *table = kit_run("curve", "--dt=0.1");
    tap_ok(strstr(table->summary, " 40 factorisations (2 a step)") != NULL, "and two factorisations a step");
    kit_free(table);
}

/* ---- factors that serve several steps ---- */

static double count_of(const KitTable *table, const char *title)
{
    const char *place = strstr(table->summary, title);
    while (place && place > table->summary && place[-1] != ' ') place--;
    for (place = place ? place - 1 : NULL; place && place > table->summary && place[-1] != ' ';) place--;
    return place ? atof(place) : NAN;
}

static void test_reuse(void)
{
    static const char words[] = "k1=0.35 --rtol=1e-8 --atol=1e-11";
    kit_build("pollution", kit_source("problems/pollution.lua"), "algorithm=kvaerno3", KIT_QUICK);
    KitTable *anew = kit_run("pollution", "%s", words);
    kit_build("pollution", kit_source("problems/pollution.lua"), "algorithm=kvaerno3 factor_reuse=steps", KIT_QUICK);
    KitTable *kept = kit_run("pollution", "%s", words);
    double off = 0;
    for (int i = 0; i < anew->columns; i++) {
        if (!strcmp(anew->name[i], "run") || !strcmp(anew->name[i], "time") || !isfinite(anew->value[i])) continue;
        off = fmax(off, fabs(anew->value[i] - kept->value[i]) / (1e-8 * fabs(anew->value[i]) + 1e-11));
    }
    tap_ok(off < 10, "factor_reuse=steps: the end state is off by %.2g tolerances", off);
    double before = count_of(anew, "factorisations"), after = count_of(kept, "factorisations");
    tap_ok(after < 0.7 * before, "with %.0f factorisations instead of %.0f", after, before);
    kit_free(anew);
    kit_free(kept);
}

/* ---- iterations that fail ---- */

/* f overflows in exp when a is not 0; it jumps where b is not 0; with steps of 1/16
 * the matrix is singular for c = 17; f is no number for negative d. */
static const char fragile[] = "problem 'fragile'\n"
                              "parameters { a = 0, b = 0, c = 0, d = 1 }\n"
                              "states { u = 1, v = 1, w = 1, z = 1 }\n"
                              "ddt.u = a * exp(u) - sin(u)\n"
                              "ddt.v = -b * sign(v) - v\n"
                              "ddt.w = (c - 1) * w\n"
                              "ddt.z = -sqrt(d) * z^3\n"
                              "solve { algorithm = 'kvaerno5', duration = 3, max_steps = 5000 }\n";

enum {
    EXHAUSTED = 2,
    TOO_SMALL = 8,
    MAX_STEPS = 32,
    STAGNATED = 64,
    BREAKDOWN = 128,
    DIVERGED = 256,
    NOT_FINITE = 512
};
enum { NEWTON = EXHAUSTED | STAGNATED | DIVERGED, GOOD = 9 };

/* Words of GOOD good runs; after each second one comes one with `name` = `bad`. */
static void batch_words(char words[2000], const char *name, const char *standard, const char *bad)
{
    char starts[500] = "", values[500] = "";
    for (int i = 0; i < GOOD; i++) {
        sprintf(starts + strlen(starts), "%s%.17g", i ? "," : "", 1 + i / 8.0);
        sprintf(values + strlen(values), "%s%s", i ? "," : "", standard);
        if (!bad || i % 2) continue;
        sprintf(starts + strlen(starts), ",1");
        sprintf(values + strlen(values), ",%s", bad);
    }
    snprintf(words, 2000, "--zip u=%s %s=%s", starts, name, values);
}

static bool same_row(const KitTable *a, int row_a, const KitTable *b, int row_b)
{
    return !memcmp(&a->value[row_a * a->columns + 1], &b->value[row_b * b->columns + 1],
                   (size_t)(a->columns - 1) * sizeof(double));
}

/* Bad runs become NaN and have some of these bits and perhaps Newton's; the runs
 * beside them keep their values. */
static void test_failure(const char *directory, const char *name, const char *standard, const char *bad, int bits,
                         const char *options)
{
    char words[2000];
    batch_words(words, name, standard, NULL);
    KitTable *good = kit_run(directory, "%s %s", words, options);
    batch_words(words, name, standard, bad);
    KitTable *mixed = kit_run(directory, "%s %s", words, options);
    int found = 0, failed = 0, flagged = 0;
    for (int row = 0; row < mixed->rows; row++) {
        if (kit_value(mixed, row, name) == atof(standard))
            found += found < good->rows && same_row(good, found, mixed, row);
        else {
            int status = (int)kit_value(mixed, row, "status");
            failed += isnan(kit_value(mixed, row, "u")) && isnan(kit_value(mixed, row, "w"));
            flagged += status & bits && !(status & ~(bits | NEWTON));
            if (!(status & bits) || status & ~(bits | NEWTON)) tap_diag("status %d", status);
        }
    }
    int lost = mixed->rows - found;
    tap_ok(found == good->rows && found >= GOOD, "%s, %s = %s: runs beside it have their bits", directory, name, bad);
    tap_ok(lost > 0 && failed > 0 && (failed == lost || good->rows > GOOD) && flagged == lost,
           "%s, %s = %s: NaN, and the reason", directory, name, bad);
    kit_free(good);
    kit_free(mixed);
}

static void test_cap(const char *directory)
{
    KitTable *table = kit_run(directory, "u=1:2:9 --newton-max-iterations=1 --dt=0.5 --dt-min=0.1");
    int flagged = 0;
    for (int row = 0; row < table->rows; row++)
        flagged += (int)kit_value(table, row, "status") == (EXHAUSTED | TOO_SMALL) && isnan(kit_value(table, row, "u"));
    tap_ok(flagged == 9, "%s: too few iterations end with status %d", directory, EXHAUSTED | TOO_SMALL);
    kit_free(table);
    table = kit_run(directory, "u=1:2:9 --newton-max-iterations=1 --max-steps=1000000");
    double last = table->rows == 9 ? kit_value(table, 8, "u") : NAN;
    tap_ok(last > 0 && last < 2, "%s: or with the short steps that these allow (%g)", directory, last);
    kit_free(table);
}

static void test_failures(void)
{
    kit_write("fragile.lua", fragile);
    kit_build("lanes", "fragile.lua", "", KIT_LANES);
    kit_build("kept", "fragile.lua", "factor_reuse=steps", KIT_LANES);
    kit_build("narrow", "fragile.lua", "precision=float32", KIT_LANES);
    kit_build("fixed", "fragile.lua", "algorithm=backwards-euler dt=1/16", KIT_LANES);
    static const char *const adaptive[] = { "lanes", "kept", "narrow" };
    for (int i = 0; i < 3; i++) {
        test_failure(adaptive[i], "a", "0", "1", TOO_SMALL | MAX_STEPS, "--save-every=0.25");
        test_failure(adaptive[i], "b", "0", "1000", TOO_SMALL | MAX_STEPS, "--save-at=3");
        test_failure(adaptive[i], "d", "1", "-1", BREAKDOWN | TOO_SMALL, "--save-at=3");
        test_cap(adaptive[i]);
    }
    test_failure("fixed", "c", "0", "17", BREAKDOWN | NOT_FINITE, "--save-at=3");
    test_failure("fixed", "d", "1", "-1", BREAKDOWN | NOT_FINITE, "--save-at=3");
}

/* ---- stiff problems ---- */

/* From 0.01 to 1e11, where an absolute tolerance above what is left of a species
 * would let it become negative and run away. */
static void test_robertson(void)
{
    kit_build("robertson", kit_source("problems/robertson.lua"), "algorithm=kvaerno5", KIT_QUICK);
    KitTable *table = kit_run(
        "robertson", "k1=0.04 k2=3e7 k3=1e4 --save-at=geom:1e-2:1e11:53 --rtol=1e-6 --atol=A=1e-14,B=1e-20,C=1e-10");
    double lowest = HUGE_VAL;
    for (int row = 0; row < table->rows; row++)
        lowest = fmin(lowest, fmin(kit_value(table, row, "A"), kit_value(table, row, "B")));
    int last = table->rows - 1;
    double off = fabs(kit_value(table, last, "A") / 2.08334014970129423057e-8 - 1); /* tests/problems/stiff.csv */
    tap_ok(table->rows == 53 && lowest > 0 && off < 100 * 1e-6,
           "Robertson to 1e11: all positive, the end is off by %.2g", off);
    kit_free(table);
    table = kit_run("robertson", "--threads=1");
    int good = 0;
    for (int row = 0; row < table->rows; row++)
        good += kit_value(table, row, "status") == 0 && kit_value(table, row, "B") > 0;
    tap_ok(good == 1000, "and with other rates (%d of 1000 runs)", good);
    kit_free(table);
}

static void test_van_der_pol(void)
{
    static const char *const algorithms[] = { "kvaerno5", "kvaerno3", "l-stable-sdirk-4" };
    for (int i = 0; i < 3; i++) {
        char choices[60];
        snprintf(choices, sizeof choices, "algorithm=%.30s", algorithms[i]);
        kit_build("relaxation", kit_source("problems/van_der_pol_stiff.lua"), choices, KIT_QUICK);
        KitTable *table = kit_run("relaxation", "eps=1e-6 --duration=1");
        double off = fabs(kit_value(table, 0, "x") + 1.8636464254808); /* tests/problems/stiff.csv */
        tap_ok(off < 100 * 1e-6, "%s: van der Pol, eps = 1e-6, is off by %.2g", algorithms[i], off);
        kit_free(table);
    }
}

/* ---- settings ---- */

static void test_refusal(const char *words, const char *said)
{
    int status = kit_shell("said", "\"$CUBIE_GEN\" -o refused fragile.lua %s 2>&1", words);
    char *text = kit_read("said");
    if (!tap_ok(status == 1 && strstr(text, said), "%s: %s", words, said)) tap_diag("%s", text);
    free(text);
}

static void test_settings(void)
{
    test_refusal("algorithm=tsit5 newton_tolerance=0.1",
                 "newton_tolerance has no effect: tsit5 is an explicit method and solves no equations");
    test_refusal("algorithm=tsit5 linear_solver=lu", "linear_solver has no effect: tsit5 is an explicit method");
    test_refusal("algorithm=tsit5 lu_precision=float32", "lu_precision has no effect: tsit5 is an explicit method");
    test_refusal(
        "algorithm=rodas4p newton_max_iterations=5",
        "newton_max_iterations has no effect: rodas4p is a rosenbrock method, which takes no Newton iterations");
    test_refusal("algorithm=rodas4p factor_reuse=steps",
                 "factor_reuse has no effect: factors are kept by linear_solver = lu, with ");
    test_refusal("krylov_tolerance=0.1", "krylov_tolerance has no effect: linear_solver = lu does not iterate");
    test_refusal("linear_solver=bicgstab lu_precision=float32",
                 "lu_precision has no effect: linear_solver = bicgstab makes no factors");
    test_refusal("newton_tolerance=2", "newton_tolerance = 2 is out of range");
    kit_shell("help", "./lanes/program --help");
    char *text = kit_read("help");
    tap_ok(strstr(text, "--newton-tolerance") && !strstr(text, "--krylov-tolerance"),
           "the program has the settings of its method");
    free(text);
    int status = kit_shell("said", "./lanes/program --krylov-tolerance=0.1 -o - 2>&1");
    text = kit_read("said");
    tap_ok(status == 1 && strstr(text, "krylov_tolerance has no effect: kvaerno5 has no such iterations"),
           "and refuses those of others");
    free(text);
}

int main(void)
{
    static const char *const last_first[] = { "stage_increment", "accumulator", "stage_base",
                                              "rhs_cache",       "delta",       "lu_factor" };
    static const char *const other[] = { "stage_base", "increment_cache", "delta" };
    Arena *arena = arena_new();
    TableauList shipped = script_read_tableaux(arena);
    test_guesses(&shipped);
    test_filters(&shipped);
    kit_begin();
    kit_write("oscillator.lua", oscillator);
    test_places("algorithm=kvaerno3", last_first, 6);
    test_places("algorithm=sdirk-22 stage_increment_location=shared accumulator_location=shared", other, 3);
    test_places("algorithm=kvaerno3 factor_reuse=steps rhs_cache_location=shared", &last_first[4], 2);
    test_lanes("algorithm=kvaerno3");
    test_lanes("algorithm=kvaerno3 factor_reuse=steps");
    test_lanes("algorithm=l-stable-sdirk-4 precision=float32");
    test_two_diagonals();
    test_reuse();
    test_failures();
    test_robertson();
    test_van_der_pol();
    test_settings();
    arena_free(arena);
    return tap_done();
}
