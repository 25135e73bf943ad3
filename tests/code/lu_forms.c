/* SPDX-License-Identifier: MIT */
/* The size classes of sparse LU (gen/model/lu_form.h): whichever is chosen, runs end at
 * the same bits; layout.txt says which was chosen and why. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "numerics/kit.h"
#include "tap.h"

/* unroll_limit for a system of 8 states. */
static const struct {
    const char *name, *choice, *says;
} forms[] = {
    { "inlined", "unroll_limit=8", "straight-line code, inlined" },
    { "functions", "unroll_limit=1", "straight-line code in functions that are not inlined" },
    { "tables", "unroll_limit=0", "loops over tables" },
};
enum { FORMS = 3 };

static const char runs[] = "Pr=1,0.7,0.4 E=0.0057,0.01 supply=0.0007 k_plus=28,280,2800 --duration=3";

static KitTable *run_form(int form, const char *choices)
{
    char directory[80], words[400];
    snprintf(directory, sizeof directory, "%s", forms[form].name);
    snprintf(words, sizeof words, "%s %s duration=1", forms[form].choice, choices);
    kit_build(directory, kit_source("problems/hires.lua"), words, KIT_LANES);
    char path[100];
    snprintf(path, sizeof path, "%s/layout.txt", directory);
    char *layout = kit_read(path);
    tap_ok(strstr(layout, forms[form].says) != NULL, "%s, %s: %s", choices, forms[form].choice, forms[form].says);
    free(layout);
    return kit_run(directory, "%s", runs);
}

static double largest_difference(const KitTable *a, const KitTable *b)
{
    double worst = a->rows == b->rows ? 0 : INFINITY;
    for (int i = 0; i < a->rows && isfinite(worst); i++)
        for (int k = 0; k < a->columns; k++) {
            double x = a->value[i * a->columns + k], y = b->value[i * b->columns + k];
            double error = x == y ? 0 : fabs(x - y) / fmax(fabs(x), fabs(y));
            if (!(error <= worst)) worst = error;
        }
    return worst;
}

/* `bound`: 0 for equal bits. */
static void test_method(const char *choices, double bound)
{
    KitTable *table[FORMS];
    for (int i = 0; i < FORMS; i++) table[i] = run_form(i, choices);
    tap_ok(table[0]->status == 0 && table[0]->rows == 18 && !strstr(table[0]->text, "NaN"), "%s: all runs are good",
           choices);
    for (int i = 1; i < FORMS; i++) {
        double difference = largest_difference(table[0], table[i]);
        tap_ok(difference <= bound, "%s: %s and inlined differ by %.2g", choices, forms[i].name, difference);
    }
    for (int i = 0; i < FORMS; i++) kit_free(table[i]);
}

/* What a user reads of it. */
static void test_report(void)
{
    kit_build("hires", kit_source("problems/hires.lua"), "algorithm=rodas4p", KIT_QUICK);
    static const char expected[] = "LU of shift*I - J (float64): straight-line code, inlined\n"
                                   "  entries        27, of these 2 of fill\n"
                                   "  factorisation  13 multiply-adds, 8 multiplications, 8 divisions\n"
                                   "  solve          19 multiply-adds, 8 multiplications\n"
                                   "  registers      54 for the factors\n";
    char *layout = kit_read("hires/layout.txt"), *source = kit_read("hires/hires.cu");
    tap_ok(strstr(layout, expected) != NULL, "layout.txt: entries, fill, operations, registers");
    if (!strstr(layout, expected)) tap_diag("%s", layout);
    tap_ok(strstr(source, "// LU of shift*I - J (float64): straight-line code, inlined\n//   entries        27, of "
                          "these 2 of fill\n") != NULL,
           "the head of the source has it, too");
    free(layout);
    free(source);
}

int main(void)
{
    kit_begin();
    test_report();
    test_method("algorithm=rodas4p", 0);
    test_method("algorithm=kvaerno3", 0);
    test_method("algorithm=rodas4p lu_precision=float32 lu_factor_location=shared lu_row_location=shared", 0);
    test_method("algorithm=rodas4p rtol=1e-8", 0);
    /* Complex factors by tables are plain complex arithmetic: to rounding. */
    test_method("algorithm=radau-iia-5 rtol=1e-8", 1e-9);
    return tap_done();
}
