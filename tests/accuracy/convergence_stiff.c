/* SPDX-License-Identifier: MIT */
/* The order of convergence of every implicit method on a stiff linear system,
 *
 *   a' = -(r + L)/2 a - (r - L)/2 b,   b' = -(r - L)/2 a - (r + L)/2 b,   r = 1 + sin(2 t)/2
 *
 * that is, a + b decays at the rate r(t) and a - b at the rate L = 1000: from a =
 * b = 1 both are exp(-t + (cos(2 t) - 1)/4), and steps far beyond 1/L see the order
 * of the method, if it is stable there. (With a constant r the leading error of
 * rodas5p is 300 times smaller than the next: its order would seem to be 6.) */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "numerics/kit.h"
#include "tap.h"

static const char problem[] = "problem 'slow'\n"
                              "constants { L = 1000 }\n"
                              "states { a = 1, b = 1 }\n"
                              "local r = 1 + sin(2 * t) / 2\n"
                              "ddt.a = (L - r) / 2 * b - (L + r) / 2 * a\n"
                              "ddt.b = (L - r) / 2 * a - (L + r) / 2 * b\n"
                              "solve { controller = 'fixed', dt = 0.1, duration = 4 }\n";

static const double duration = 4;

static double error_at(const char *algorithm, double steps)
{
    KitTable *table = kit_run(algorithm, "--duration=%.17g --dt=%.17g", duration, duration / steps);
    double exact = exp(-duration + (cos(2 * duration) - 1) / 4), a = kit_value(table, 0, "a"),
           b = kit_value(table, 0, "b");
    kit_free(table);
    return fmax(fabs(a - exact), fabs(b - exact)) / exact;
}

/* The slope between the two smallest steps whose errors are well above what Newton
 * iterations and rounding leave, which adds up over the steps: methods of high order
 * take few, and show their order late. */
static double order_seen(const char *algorithm, int order)
{
    const double least = order < 8 ? 2e-10 : 2e-11;
    double last = NAN, slope = NAN;
    for (int k = 0; k < 24; k++) {
        double steps = floor(4 * pow(1.3, k)), before = floor(4 * pow(1.3, k - 1));
        double error = error_at(algorithm, steps);
        if (!(error > least)) break;
        if (k) slope = log(last / error) / log(steps / before);
        last = error;
    }
    return slope;
}

static void test_algorithm(const KitAlgorithm *algorithm)
{
    char choices[120];
    snprintf(choices, sizeof choices, "algorithm=%.40s", algorithm->name);
    /* Rosenbrock methods do not iterate; the others do to rounding. */
    if (strcmp(algorithm->family, "rosenbrock"))
        strcat(choices, " rtol=1e-11 atol=1e-11 newton_tolerance=1e-3 newton_max_iterations=50");
    kit_build(algorithm->name, "slow.lua", choices, KIT_QUICK);
    double slope = order_seen(algorithm->name, algorithm->order);
    tap_ok(fabs(slope - algorithm->order) <= 0.25, "%s: order on a stiff linear problem is %d (seen: %.2f)",
           algorithm->name, algorithm->order, slope);
}

int main(void)
{
    KitAlgorithm list[KIT_ALGORITHMS];
    kit_begin();
    kit_write("slow.lua", problem);
    int count = kit_algorithms(list);
    for (int i = 0; i < count; i++)
        if (strcmp(list[i].family, "erk")) test_algorithm(&list[i]);
    return tap_done();
}
