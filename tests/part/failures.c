/* SPDX-License-Identifier: MIT */
/* Runs that fail: they are flagged with the reason, hold NaN from there on,
 * end soon, and leave the runs beside them in the vector and in the batch
 * alone, to the last bit. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "numerics/kit.h"
#include "tap.h"

/* y runs away at t = 1/a when a is not 0; z is no number when c is negative;
 * v is as fast as b. */
static const char problem[] = "problem 'fragile'\n"
                              "parameters { a = 0, b = 1, c = 1 }\n"
                              "states { y = 1, z = 1, v = 0 }\n"
                              "ddt.y = a * y^2 + cos(t)\n"
                              "ddt.z = -sqrt(c) * z\n"
                              "ddt.v = b * cos(b * t)\n";

enum { STEP_TOO_SMALL = 8, MAX_STEPS = 32, NOT_FINITE = 512 };

enum { GOOD = 40 };

/* Words of a batch of GOOD good runs, b = 1 .. 5; after every `every` of them
 * comes a bad one with these values of a and c. */
static void batch_words(char *words, int every, const char *bad_a, const char *bad_c)
{
    char a[2000] = "", c[2000] = "", b[4000] = "";
    for (int i = 0; i < GOOD; i++) {
        sprintf(a + strlen(a), "%s0", i ? "," : "");
        sprintf(c + strlen(c), "%s1", i ? "," : "");
        sprintf(b + strlen(b), "%s%.17g", i ? "," : "", 1 + 4.0 * i / GOOD);
        if (!every || i % every) continue;
        sprintf(a + strlen(a), ",%s", bad_a);
        sprintf(c + strlen(c), ",%s", bad_c);
        sprintf(b + strlen(b), ",2");
    }
    sprintf(words, "--zip a=%s c=%s b=%s", a, c, b);
}

static bool same_values(const KitTable *a, int row_a, const KitTable *b, int row_b)
{
    return !memcmp(&a->value[row_a * a->columns + 1], &b->value[row_b * b->columns + 1],
                   (size_t)(a->columns - 1) * sizeof(double));
}

/* Whether all rows of good runs are in both tables, with the same bits. */
static bool same_neighbours(const KitTable *good, const KitTable *mixed, int instants)
{
    int found = 0;
    for (int row = 0; row < mixed->rows; row++) {
        if (kit_value(mixed, row, "a") != 0 || kit_value(mixed, row, "c") != 1) continue;
        if (found >= good->rows || !same_values(good, found, mixed, row)) return false;
        found++;
    }
    return found == GOOD * instants;
}

/* Rows of bad runs: all flagged; numbers first and NaN from some instant on.
 * Returns the number of those runs. */
static int check_bad(const KitTable *table, int status, const char *what)
{
    int runs = 0, flagged = 0, rows = 0, last_run = -1;
    bool ordered = true, ended = false;
    for (int row = 0; row < table->rows; row++) {
        if (kit_value(table, row, "a") == 0 && kit_value(table, row, "c") == 1) continue;
        int run = (int)kit_value(table, row, "run");
        if (run != last_run) runs++, ended = false;
        last_run = run;
        rows++;
        flagged += kit_value(table, row, "status") == status;
        bool lost =
            isnan(kit_value(table, row, "y")) && isnan(kit_value(table, row, "z")) && isnan(kit_value(table, row, "v"));
        bool whole = isfinite(kit_value(table, row, "y")) && isfinite(kit_value(table, row, "z")) &&
                     isfinite(kit_value(table, row, "v"));
        ordered = ordered && (lost || whole) && !(ended && whole);
        ended = ended || lost;
    }
    tap_ok(rows > 0 && flagged == rows, "%s: all are flagged with %d", what, status);
    tap_ok(ordered && ended, "%s: numbers until the failure, NaN from there on", what);
    return runs;
}

/* The same batch without and with bad runs. */
static void test_mixture(const char *directory, const char *what, const char *bad_a, const char *bad_c, int status,
                         const char *options, int instants)
{
    char words[9000];
    batch_words(words, 0, "", "");
    KitTable *good = kit_run(directory, "%s %s", words, options);
    tap_ok(good->status == 0 && good->rows == GOOD * instants && !strstr(good->text, "NaN"),
           "%s: the good ones are good", what);
    batch_words(words, 3, bad_a, bad_c);
    KitTable *mixed = kit_run(directory, "%s %s", words, options);
    tap_ok(mixed->status == 0, "%s: the program succeeds", what);
    tap_ok(same_neighbours(good, mixed, instants), "%s: the runs beside them have the same bits", what);
    int runs = check_bad(mixed, status, what);
    char count[60];
    snprintf(count, sizeof count, "failed  %d of %d runs: %d ", runs, GOOD + runs, runs);
    tap_ok(strstr(mixed->summary, count) != NULL, "%s: the summary counts them", what);
    kit_free(mixed);
    mixed = kit_run(directory, "%s %s --strict", words, options);
    tap_ok(mixed->status == 1, "%s: --strict has status 1", what);
    kit_free(mixed);
    kit_free(good);
}

/* All runs fail with this status. */
static void test_all(const char *directory, const char *options, int status)
{
    KitTable *table = kit_run(directory, "b=1:5:20 %s", options);
    int flagged = 0;
    for (int row = 0; row < table->rows; row++)
        flagged += kit_value(table, row, "status") == status && isnan(kit_value(table, row, "v"));
    tap_ok(table->rows >= 20 && flagged == table->rows, "%s, %s: all are flagged with %d", directory, options, status);
    if (flagged != table->rows) tap_diag("%s", table->summary);
    kit_free(table);
}

/* The summary of runs that fail for small steps holds the text. */
static void test_reason(const char *directory, const char *options, const char *text)
{
    KitTable *table = kit_run(directory, "%s", options);
    tap_ok(kit_value(table, 0, "status") == STEP_TOO_SMALL && strstr(table->summary, text), "%s, %s: %s", directory,
           options, text);
    if (!strstr(table->summary, text)) tap_diag("%s", table->summary);
    kit_free(table);
}

/* Whether it is the time that has no digits left. */
static void test_reasons(void)
{
    static const char late[] =
        "step too small: float32 resolves no step shorter than 0.062 at t=100010, and shorter ones were needed; "
        "generate with precision=float64, or count the time from t0=0 (and add 100000 where the equations use t)\n";
    static const char before[] = "step too small: float32 resolves no step shorter than 0.0078 at t=-10010,";
    static const char far[] =
        "step too small: float64 resolves no step shorter than 0.0039 at t=4.000000000001e12, and "
        "shorter ones were needed; count the time from t0=0 (and add 4e12 where the";
    static const char singular[] = "the solution may have a singularity or a jump there";
    test_reason("narrow", "--t0=1e5 --duration=10 b=20", late);
    test_reason("narrow", "--t0=-10010 --duration=10 b=200", before);
    test_reason("scalar", "--t0=4e12 --duration=1 b=2000", far);
    test_reason("narrow", "--t0=1e5 --duration=10 b=1 --dt-min=1 --dt=2", singular);
    test_reason("narrow", "--duration=10 a=1", singular);
    test_reason("scalar", "--t0=1e5 --duration=10 a=1", singular);
}

int main(void)
{
    static const char saving[] = "--duration=2 --save-every=0.125";
    kit_begin();
    kit_write("fragile.lua", problem);
    kit_build("adaptive", "fragile.lua", "", KIT_LANES);
    kit_build("narrow", "fragile.lua", "precision=float32", KIT_LANES);
    kit_build("scalar", "fragile.lua", "", KIT_QUICK);
    kit_build("fixed", "fragile.lua", "controller=fixed dt=0.01 algorithm=rk4", KIT_LANES);
    static const char *const programs[] = { "adaptive", "narrow", "scalar" };
    for (int i = 0; i < 3; i++) {
        char what[80];
        snprintf(what, sizeof what, "%s, runs away", programs[i]);
        test_mixture(programs[i], what, "0.8", "1", STEP_TOO_SMALL, saving, 17);
        test_mixture(programs[i], what, "0.8", "1", STEP_TOO_SMALL, "--duration=2", 1);
        snprintf(what, sizeof what, "%s, no number", programs[i]);
        test_mixture(programs[i], what, "0", "-1", NOT_FINITE, saving, 17);
        test_mixture(programs[i], what, "0", "-1", NOT_FINITE, "--duration=2 --dt=0.01", 1);
        test_all(programs[i], "--duration=20 --max-steps=5", MAX_STEPS);
        test_all(programs[i], "--duration=20 --dt-min=1 --dt=2", STEP_TOO_SMALL);
    }
    test_reasons();
    test_mixture("fixed", "fixed, runs away", "0.8", "1", NOT_FINITE, saving, 17);
    test_mixture("fixed", "fixed, no number", "0", "-1", NOT_FINITE, "--duration=2", 1);
    return tap_done();
}
