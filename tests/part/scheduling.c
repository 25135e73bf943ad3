/* SPDX-License-Identifier: MIT */
/* A run's results are its own: the same bits for any number of threads, any
 * size of chunks and any order of the batch, and the same to rounding for one
 * run a vector and many. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "numerics/kit.h"
#include "tap.h"

/* Runs of very different length (mu), functions from the vector library, and some
 * that fail: they need more steps than they may take (force). */
static const char problem[] = "problem 'batch'\n"
                              "parameters { mu = 1, force = 0 }\n"
                              "states { x = 2, y = 0, z = 0 }\n"
                              "ddt.x = y\n"
                              "ddt.y = mu * (1 - x^2) * y - x + force * exp(t)\n"
                              "ddt.z = sin(x) * exp(-z^2) + log(1 + t) * tanh(y)\n"
                              "observe.energy = x^2 + y^2\n";

static const char saving[] = "--duration=5 --settle=1 --save-every=0.23";

static void same_text(const char *directory, const char *batch, const char *options, const char *wanted)
{
    KitTable *table = kit_run(directory, "%s %s", batch, options);
    if (!tap_ok(!strcmp(table->text, wanted), "%s: the same bits with %s", directory, options))
        tap_diag("%d rows, said: %s", table->rows, table->summary);
    kit_free(table);
}

/* Threads and chunks, for a batch given in words. */
static void test_shares(const char *directory, const char *batch)
{
    static const char *const options[] = { "--threads=2", "--threads=3", "--threads=7",           "--chunk=1",
                                           "--chunk=7",   "--chunk=64",  "--chunk=7 --threads=3", "--threads=16" };
    KitTable *table = kit_run(directory, "%s --threads=1", batch);
    for (size_t i = 0; i < sizeof options / sizeof *options; i++) same_text(directory, batch, options[i], table->text);
    kit_free(table);
}

static unsigned next_random(unsigned *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

enum { VALUES = 101 };

/* Words "mu=..." of the values in a permuted order; order[i] is the place in
 * the sorted batch of run i. */
static void shuffle_words(char *words, int order[VALUES], bool shuffled)
{
    unsigned state = 42;
    for (int i = 0; i < VALUES; i++) order[i] = i;
    for (int i = VALUES - 1; shuffled && i > 0; i--) {
        int j = (int)(next_random(&state) % (unsigned)(i + 1)), swap = order[i];
        order[i] = order[j];
        order[j] = swap;
    }
    words += sprintf(words, "mu=");
    for (int i = 0; i < VALUES; i++) words += sprintf(words, "%s%.17g", i ? "," : "", exp(0.05 * order[i]));
}

/* Values of two rows, all but the number of the run; NaN equals NaN. */
static bool same_row(const KitTable *a, int row_a, const KitTable *b, int row_b)
{
    for (int i = 1; i < a->columns; i++) {
        double u = a->value[row_a * a->columns + i], v = b->value[row_b * b->columns + i];
        if (!(u == v || (isnan(u) && isnan(v)))) return false;
    }
    return true;
}

static void test_order(const char *directory)
{
    char sorted_words[4000], shuffled_words[4000];
    int sorted[VALUES], order[VALUES];
    shuffle_words(sorted_words, sorted, false);
    shuffle_words(shuffled_words, order, true);
    KitTable *a = kit_run(directory, "%s %s", sorted_words, saving),
             *b = kit_run(directory, "%s %s", shuffled_words, saving);
    int instants = a->rows / VALUES, bad = -1;
    for (int run = 0; run < VALUES; run++)
        for (int k = 0; k < instants; k++)
            if (!same_row(a, order[run] * instants + k, b, run * instants + k)) bad = run;
    tap_ok(a->rows == b->rows && instants == 22 && bad < 0, "%s: the order of the batch makes no difference",
           directory);
    if (bad >= 0) tap_diag("run %d differs from run %d of the sorted batch", bad, order[bad]);
    kit_free(a);
    kit_free(b);
}

/* The largest difference of two tables, relative to 1 + |value|. */
static double distance(const KitTable *a, const KitTable *b)
{
    double worst = a->rows == b->rows && a->columns == b->columns ? 0 : INFINITY;
    for (int i = 0; isfinite(worst) && i < a->rows * a->columns; i++) {
        double off = fabs(a->value[i] - b->value[i]) / (1 + fabs(a->value[i]));
        if (isnan(a->value[i]) && isnan(b->value[i])) continue;
        if (!(off <= worst)) worst = isnan(off) ? INFINITY : off;
    }
    return worst;
}

static void test_lanes(const char *many, const char *one, const char *words, double bound)
{
    KitTable *a = kit_run(many, "mu=0.1:3:50 %s", words), *b = kit_run(one, "mu=0.1:3:50 %s", words);
    double seen = distance(a, b);
    tap_ok(seen <= bound, "%s and %s agree to %.0e, %s (seen: %.1e)", many, one, bound, words, seen);
    kit_free(a);
    kit_free(b);
}

static const char some_fail[] =
    "mu=geom:0.1:100:61 force=0,0,1e30 --duration=5 --settle=1 --save-every=0.23 --max-steps=20000";
static const char random_values[] = "mu=uniform:0.1:5 x=normal:2:0.1 --runs=333 --seed=7 --duration=2";

int main(void)
{
    kit_begin();
    kit_write("batch.lua", problem);
    kit_build("float64", "batch.lua", "", KIT_LANES);
    kit_build("float32", "batch.lua", "precision=float32", KIT_LANES);
    kit_build("one-lane", "batch.lua", "", KIT_QUICK);
    kit_build("fixed", "batch.lua", "controller=fixed dt=0.01", KIT_LANES);
    kit_build("fixed-one-lane", "batch.lua", "controller=fixed dt=0.01", KIT_QUICK);
    static const char *const directories[] = { "float64", "float32", "one-lane" };
    for (int i = 0; i < 3; i++) {
        test_shares(directories[i], some_fail);
        test_shares(directories[i], random_values);
        test_order(directories[i]);
    }
    test_lanes("float64", "one-lane", "--duration=5 --rtol=1e-10 --atol=1e-10", 1e-12);
    test_lanes("float64", "one-lane", "--duration=5 --rtol=1e-10 --atol=1e-10 --save-every=0.1", 1e-12);
    test_lanes("fixed", "fixed-one-lane", "--duration=5", 1e-13);
    return tap_done();
}
