/* SPDX-License-Identifier: MIT */
/* Fully implicit methods whose real and complex linear systems are solved by
 * iteration: the end states of LU, with every method, solver and preconditioner on
 * some problem (with CUBIE_LONG_TESTS=1 in the environment on all); where buffers
 * lie changes no bit; runs whose systems cannot be solved are flagged and end. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "numerics/kit.h"
#include "tap.h"

/* Quickly compiled: most of what follows is compiling. */

enum { LINEAR_EXHAUSTED = 4, STEP_TOO_SMALL = 8, LINEAR_BREAKDOWN = 128 };

static const char *const solvers[] = { "bicgstab", "minimal_residual" };
static const char *const preconditioners[] = { "none", "jacobi", "neumann" };
enum { SOLVERS = 2, PRECONDITIONERS = 3 };

/* A bit for each solver and preconditioner. */
enum { NONE = 1, JACOBI = 2, NEUMANN = 4, ALL = 63, MINIMAL_RESIDUAL = PRECONDITIONERS };

/* `set`: what is looked at; `serves`: what can be, since minimal residual iteration and
 * the series have their limits where J h is large and the step is fixed. */
typedef struct Case {
    const char *problem, *algorithm, *step, *words;
    double atol; /* of most states */
    int set, serves;
} Case;

static const Case cases[] = {
    { "brusselator", "gauss-legendre-2", "controller=fixed dt=0.01", "B=3 alpha=0.02", 1e-6,
      NEUMANN << MINIMAL_RESIDUAL, ALL },
    { "brusselator", "gauss-legendre-4", "controller=fixed dt=0.01", "B=3 alpha=0.02", 1e-6, NEUMANN, ALL },
    { "brusselator", "radau-iia-3", "", "B=3 alpha=0.02", 1e-6, 0, ALL },
    { "brusselator", "radau-iia-5", "", "B=3 alpha=0.02", 1e-6, ALL, ALL },
    { "brusselator", "radau-iia-9", "", "B=3 alpha=0.02", 1e-6, 0, ALL },
    { "hires", "gauss-legendre-2", "controller=fixed dt=0.1", "supply=7e-4 k_plus=280", 1e-7, 0,
      ALL & ~(NEUMANN << MINIMAL_RESIDUAL) },
    { "hires", "gauss-legendre-4", "controller=fixed dt=0.1", "supply=7e-4 k_plus=280", 1e-7, 0,
      ALL & ~(NEUMANN << MINIMAL_RESIDUAL) },
    { "hires", "radau-iia-3", "", "supply=7e-4 k_plus=280", 1e-7, NONE, ALL },
    { "hires", "radau-iia-5", "", "supply=7e-4 k_plus=280", 1e-7, 0, ALL },
    { "hires", "radau-iia-9", "", "supply=7e-4 k_plus=280", 1e-7, JACOBI << MINIMAL_RESIDUAL, ALL },
    { "robertson", "gauss-legendre-2", "controller=fixed dt=1e-4", "k1=0.04 k2=3e7 k3=1e4 --duration=0.4", 1e-10, 0,
      ALL },
    { "robertson", "gauss-legendre-4", "controller=fixed dt=1e-4", "k1=0.04 k2=3e7 k3=1e4 --duration=0.4", 1e-10, 0,
      ALL },
    { "robertson", "radau-iia-3", "", "k1=0.04 k2=3e7 k3=1e4 --duration=40", 1e-10, 0, ALL },
    { "robertson", "radau-iia-5", "", "k1=0.04 k2=3e7 k3=1e4 --duration=40", 1e-10, 0, ALL },
    { "robertson", "radau-iia-5", "", "k1=0.04 k2=3e7 k3=1e4 --duration=1e11", 1e-18, JACOBI, JACOBI },
    { "robertson", "radau-iia-9", "", "k1=0.04 k2=3e7 k3=1e4 --duration=40", 1e-10, 0, ALL },
};

/* ---- end states ---- */

/* The largest difference in units of the tolerances. */
static double distance(const KitTable *a, const KitTable *b, double atol)
{
    double most = a->rows == b->rows && a->columns == b->columns ? 0 : INFINITY;
    for (int i = 0; i < a->rows * a->columns && most < INFINITY; i++) {
        double off = fabs(a->value[i] - b->value[i]) / (atol + 1e-6 * fabs(b->value[i]));
        if (!(off <= most)) most = isnan(off) ? INFINITY : off;
    }
    return most;
}

/* What a solve leaves, a ten-millionth of the tolerances, adds up over some thousand steps;
 * where solves fail steps are shorter, and the errors of the method with them. */
static void compare(const Case *c, const char *file, const KitTable *direct, const char *solver,
                    const char *preconditioner)
{
    char words[300];
    snprintf(words, sizeof words, "algorithm=%s linear_solver=%s preconditioner=%s %s", c->algorithm, solver,
             preconditioner, c->step);
    kit_build("iterated", file, words, KIT_QUICK);
    KitTable *seen = kit_run("iterated", "%s", c->words);
    double off = distance(seen, direct, c->atol);
    tap_ok(off <= 1 && strstr(seen->summary, "linear iterations"),
           "%s: %s: the end state of lu, but for %.2g tolerances", c->problem, words, off);
    kit_free(seen);
}

static void test_case(const Case *c, int set)
{
    char file[500], words[300];
    bool small = !strcmp(c->problem, "brusselator");
    snprintf(file, sizeof file, "problems/%s.lua", c->problem);
    snprintf(file, sizeof file, "%s", small ? "brusselator.lua" : kit_source(file));
    snprintf(words, sizeof words, "algorithm=%s linear_solver=lu %s", c->algorithm, c->step);
    kit_build("direct", file, words, KIT_QUICK);
    KitTable *direct = kit_run("direct", "%s", c->words);
    for (int i = 0; i < SOLVERS * PRECONDITIONERS; i++)
        if (set >> i & 1) compare(c, file, direct, solvers[i / PRECONDITIONERS], preconditioners[i % PRECONDITIONERS]);
    kit_free(direct);
}

static void test_cases(void)
{
    kit_shell("brusselator.lua", "sed 's/local n = 64/local n = 4/' '%s'", kit_source("problems/brusselator.lua"));
    bool all = getenv("CUBIE_LONG_TESTS") != NULL;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int set = all ? cases[i].serves : cases[i].set;
        if (set) test_case(&cases[i], set);
    }
}

/* ---- bits ---- */

static const char *const buffers[] = {
    "linear_residual",   "linear_weight",      "shadow_residual",         "direction",
    "direction_product", "preconditioned_vec", "preconditioner_diagonal", "temp",
};
enum { BUFFERS = sizeof buffers / sizeof *buffers };

/* `every`: of every so many buffers the first lies in shared memory. */
static char *results_with(int every)
{
    char choices[1000];
    int length = snprintf(choices, sizeof choices, "algorithm=radau-iia-3 linear_solver=bicgstab");
    for (int i = 0; every && i < BUFFERS; i += every)
        length += snprintf(choices + length, sizeof choices - (size_t)length, " %s_location=shared", buffers[i]);
    kit_build("placed", kit_source("problems/robertson.lua"), choices, KIT_LANES);
    KitTable *table = kit_run("placed", "k1=geom:0.004:0.4:5 k2=3e7 k3=1e4 --duration=40 --rtol=1e-3");
    char *text = strdup(table->text);
    kit_free(table);
    return text;
}

static void test_bits(void)
{
    char *wanted = results_with(0), *all = results_with(1), *some = results_with(3);
    tap_ok(!strcmp(wanted, all) && !strstr(wanted, "NaN"), "the same bits with all vectors in shared memory");
    tap_ok(!strcmp(wanted, some), "and with some of them");
    free(wanted);
    free(all);
    free(some);
}

/* ---- failures ---- */

static const char linear[] =
    "problem 'linear'\n"
    "parameters { a = -1, b = 0 }\n"
    "states { x = 1, y = 0.5 }\n"
    "ddt.x = a * x + b * y\n"
    "ddt.y = a * y - b * x\n"
    "solve { algorithm = 'radau-iia-5', linear_solver = 'bicgstab', controller = 'fixed', dt = 0.5, duration = 2 }\n";
/* The real eigenvalue of A^-1 is 3 - 3^(1/3) + 3^(2/3) (Hairer & Wanner II, IV.8): with h =
 * 0.5 and twice that for a the matrix of the real system is 0 but for rounding. */
static const char root[] = "7.275668505488991";

static void test_breakdown(void)
{
    kit_write("linear.lua", linear);
    kit_build("linear", "linear.lua", "", KIT_QUICK);
    KitTable *table = kit_run("linear", "--zip a=-1,%s,-1,1 b=0.25,0,2,1", root);
    for (int row = 0; row < table->rows; row++) {
        int status = (int)kit_value(table, row, "status");
        double x = kit_value(table, row, "x");
        if (row == 1)
            tap_ok((status & LINEAR_BREAKDOWN) && isnan(x), "a system without solution: status %d", status);
        else
            tap_ok(status == 0 && isfinite(x), "run %d beside it is served", row);
    }
    kit_free(table);
}

static void test_exhausted(void)
{
    kit_build("tight", "brusselator.lua", "algorithm=radau-iia-5 linear_solver=bicgstab", KIT_QUICK);
    KitTable *table =
        kit_run("tight", "B=3 alpha=0.02 --krylov-max-iterations=1 --krylov-tolerance=1e-6 --dt-min=1e-3");
    int status = (int)kit_value(table, 0, "status"), bits = LINEAR_EXHAUSTED | STEP_TOO_SMALL;
    tap_ok((status & bits) == bits && isnan(kit_value(table, 0, "u_1")),
           "one iteration, and no step below 1e-3: status %d", status);
    kit_free(table);
    table = kit_run("tight", "B=3 alpha=0.02 --krylov-max-iterations=3");
    tap_ok(kit_value(table, 0, "status") == 0 && !strstr(table->summary, ", 0.0 rejected"),
           "three iterations: steps are rejected until they do");
    kit_free(table);
}

int main(void)
{
    kit_begin();
    test_cases();
    test_bits();
    test_breakdown();
    test_exhausted();
    return tap_done();
}
