/* SPDX-License-Identifier: MIT */
/* Programs whose linear systems are solved by iteration: they come to the end
 * states that LU comes to, run by run the same wherever their buffers lie; runs
 * whose systems cannot be solved are flagged and end; settings that mean
 * nothing are errors; and who is chosen when nothing is said. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "numerics/kit.h"
#include "tap.h"

/* Robertson's reactions: three rates that are far apart. */
static const char reactions[] = "problem 'reactions'\n"
                                "parameters { k1 = 0.04, k2 = 3e7, k3 = 1e4 }\n"
                                "states { A = 1, B = 0, C = 0 }\n"
                                "ddt.A = -k1 * A + k3 * B * C\n"
                                "ddt.B = k1 * A - k2 * B^2 - k3 * B * C\n"
                                "ddt.C = k2 * B^2\n"
                                "solve { algorithm = 'rodas4p', rtol = 1e-6, atol = 1e-10, duration = 40 }\n"
                                "sweep { k1 = list { 0.004, 0.04, 0.4 }, k3 = list { 1e3, 1e4, 1e5 } }\n";

/* Diffusion and reaction on 32 points of a line. */
static const char diffusion[] =
    "problem 'diffusion'\n"
    "local n = 32\n"
    "parameters { a = 3 }\n"
    "states { u = vector(n, function(i) return 1 + math.sin(2 * math.pi * i / (n + 1)) end) }\n"
    "for i = 1, n do\n"
    "  local left, right = i > 1 and u[i - 1] or 1, i < n and u[i + 1] or 1\n"
    "  ddt.u[i] = 0.02 * (n + 1)^2 * (left - 2 * u[i] + right) + a * u[i] * (1 - u[i]) * exp(-u[i]) + 0.1 * cos(t)\n"
    "end\n"
    "solve { algorithm = 'rodas4p', rtol = 1e-6, atol = 1e-6, duration = 2 }\n"
    "sweep { a = list { 1, 3, 9 } }\n";

/* Three entries a row beside the diagonal, at random. */
static const char sparse[] = "problem 'sparse'\n"
                             "local n, seed = 24, 1\n"
                             "local function draw()\n"
                             "  seed = (seed * 16807) % 2147483647\n"
                             "  return seed / 2147483647\n"
                             "end\n"
                             "parameters { a = 1 }\n"
                             "states { y = vector(n, 1) }\n"
                             "for i = 1, n do\n"
                             "  local sum = -(4 + 20 * draw()) * y[i]\n"
                             "  for k = 1, 3 do sum = sum + (2 * draw() - 1) * y[1 + math.floor(n * draw())] end\n"
                             "  ddt.y[i] = a * sum + sin(t)\n"
                             "end\n"
                             "solve { algorithm = 'rodas4p', rtol = 1e-6, atol = 1e-6, duration = 1 }\n"
                             "sweep { a = list { 0.5, 1, 2 } }\n";

/* The matrix of one backward Euler step of 0.5 is 0 for a = 2, and skew for b != 0. */
static const char linear[] = "problem 'linear'\n"
                             "parameters { a = -1, b = 0 }\n"
                             "states { x = 1, y = 0.5 }\n"
                             "ddt.x = a * x + b * y\n"
                             "ddt.y = a * y - b * x\n"
                             "solve { algorithm = 'backwards-euler', controller = 'fixed', dt = 0.5, duration = 2 }\n";

enum { LINEAR_EXHAUSTED = 4, STEP_TOO_SMALL = 8, MAX_STEPS = 32, LINEAR_BREAKDOWN = 128 };

/* ---- end states ---- */

/* The largest difference of two tables in units of the tolerances. */
static double distance(const KitTable *a, const KitTable *b, double atol)
{
    double most = a->rows == b->rows ? 0 : INFINITY;
    for (int row = 0; row < a->rows && row < b->rows; row++)
        for (int c = 0; c < a->columns; c++) {
            double x = a->value[row * a->columns + c], y = b->value[row * b->columns + c];
            double off = fabs(x - y) / (atol + 1e-6 * fabs(y));
            if (!(off <= most)) most = isnan(off) ? INFINITY : off;
        }
    return most;
}

static double steps_of(const KitTable *table)
{
    double steps = NAN;
    sscanf(strstr(table->summary, "  steps "), " steps %lf", &steps);
    return steps;
}

/* With the tolerances of linear iterations as they are by default. */
static void compare(const char *file, const char *algorithm, const char *runs, double atol, const char *const *choices)
{
    char words[300];
    kit_shell("removed", "rm -rf direct iterated");
    snprintf(words, sizeof words, "linear_solver=lu algorithm=%s", algorithm);
    kit_build("direct", file, words, KIT_QUICK);
    KitTable *wanted = kit_run("direct", "%s", runs);
    for (; *choices; choices++) {
        snprintf(words, sizeof words, "algorithm=%s %s", algorithm, *choices);
        kit_build("iterated", file, words, KIT_QUICK);
        KitTable *seen = kit_run("iterated", "%s", runs);
        double off = distance(seen, wanted, atol);
        tap_ok(off <= 1, "%s: %s: the end states of lu, but for %.2g tolerances",
               strrchr(file, '/') ? strrchr(file, '/') + 1 : file, words, off);
        tap_ok(strstr(seen->summary, "linear iterations") != NULL, "iterations are counted");
        tap_ok(steps_of(seen) <= 1.05 * steps_of(wanted), "and the steps: %g of %g", steps_of(seen), steps_of(wanted));
        kit_free(seen);
    }
    kit_free(wanted);
}

static void test_end_states(void)
{
    /* Until the condition of the systems is 1e15. */
    static const char robertson[] = "k1=0.04 k2=3e7 k3=1e3,1e4 --duration=1e11 --rtol=1e-6";
    static const char *const with_stiff[] = { "linear_solver=bicgstab preconditioner=none", "linear_solver=bicgstab",
                                              NULL };
    static const char *const with_newton[] = { "linear_solver=bicgstab", NULL };
    static const char *const with_diffusion[] = { "linear_solver=bicgstab",
                                                  "linear_solver=bicgstab preconditioner=neumann",
                                                  "linear_solver=minimal_residual", NULL };
    static const char *const with_sparse[] = { "linear_solver=bicgstab preconditioner=none",
                                               "linear_solver=minimal_residual preconditioner=none",
                                               "linear_solver=minimal_residual preconditioner=neumann neumann_order=3",
                                               NULL };
    compare("reactions.lua", "rodas4p", "", 1e-10, with_stiff);
    compare("reactions.lua", "kvaerno5", "", 1e-10, with_newton);
    compare("diffusion.lua", "rodas4p", "", 1e-6, with_diffusion);
    compare("diffusion.lua", "sdirk-22", "", 1e-6, with_newton);
    compare("sparse.lua", "rodas4p", "", 1e-6, with_sparse);
    compare(kit_source("problems/hires.lua"), "rodas5p", "k_plus=28,280,2800 --rtol=1e-6 --atol=1e-10", 1e-10,
            with_newton);
    compare(kit_source("problems/oregonator.lua"), "kvaerno5", "s=77.27 w=0.161 --rtol=1e-6 --atol=1e-10", 1e-10,
            with_newton);
    compare(kit_source("problems/pollution.lua"), "rodas5p", "k1=0.035,0.35,3.5 --rtol=1e-6 --atol=1e-9", 1e-9,
            with_newton);
    compare(kit_source("problems/van_der_pol_stiff.lua"), "rodas5p", "eps=1e-6,1e-4 --rtol=1e-6 --atol=1e-6", 1e-6,
            with_newton);
    compare(kit_source("problems/robertson.lua"), "rodas5p", robertson, 1e-18, with_newton);
    compare(kit_source("problems/robertson.lua"), "kvaerno5", robertson, 1e-18, with_newton);
}

/* ---- bits ---- */

static const char *const buffers[] = {
    "linear_residual",   "linear_weight",      "shadow_residual",         "direction",
    "direction_product", "preconditioned_vec", "preconditioner_diagonal", "temp",
};
enum { BUFFERS = sizeof buffers / sizeof *buffers };

/* `every`: of every so many buffers the first lies in shared memory. */
static char *results_with(const char *algorithm, int every, const char *flags)
{
    char choices[1000];
    int length = snprintf(choices, sizeof choices, "linear_solver=bicgstab algorithm=%s", algorithm);
    for (int i = 0; every && i < BUFFERS; i += every)
        length += snprintf(choices + length, sizeof choices - (size_t)length, " %s_location=shared", buffers[i]);
    kit_build("placed", "reactions.lua", choices, flags);
    KitTable *table = kit_run("placed", "--rtol=1e-3");
    char *text = strdup(table->text);
    kit_free(table);
    return text;
}

static void test_bits(const char *algorithm)
{
    static const char *const states[] = { "A", "B", "C" };
    char *wanted = results_with(algorithm, 0, KIT_LANES), *all = results_with(algorithm, 1, KIT_LANES);
    char *some = results_with(algorithm, 3, KIT_LANES), *one = results_with(algorithm, 0, KIT_LANES " LANES=1");
    tap_ok(!strcmp(wanted, all), "%s: the same bits with all vectors in shared memory", algorithm);
    tap_ok(!strcmp(wanted, some), "%s: and with some of them", algorithm);
    tap_ok(!strcmp(wanted, one), "%s: and with one run a vector", algorithm);
    free(one);
    free(all);
    free(some);
    KitTable *first = kit_run("placed", "--rtol=1e-3 k1=0.4,0.004 k3=1e4,1e5"),
             *second = kit_run("placed", "--rtol=1e-3 k1=0.004 k3=1e5");
    bool same = first->rows == 4;
    for (int i = 0; i < 3; i++) same &= kit_value(first, 3, states[i]) == kit_value(second, 0, states[i]);
    tap_ok(same, "%s: a run alone has the bits that it has among others", algorithm);
    kit_free(first);
    kit_free(second);
    free(wanted);
}

/* ---- failures ---- */

/* Every run has one of the bits, and NaN in place of its end state. */
static void check_failed(const KitTable *table, int bits, const char *state, const char *what)
{
    int failed = 0;
    for (int row = 0; row < table->rows; row++)
        failed += ((int)kit_value(table, row, "status") & bits) == bits && isnan(kit_value(table, row, state));
    tap_ok(failed == table->rows && failed > 0, "%s: status %d, no end state (%d of %d runs)", what, bits, failed,
           table->rows);
}

static void test_breakdown(const char *choices)
{
    kit_build("linear", "linear.lua", choices, KIT_LANES);
    KitTable *table = kit_run("linear", "a=2 b=0,1,2");
    check_failed(table, LINEAR_BREAKDOWN, "x", choices);
    kit_free(table);
    table = kit_run("linear", "--zip a=-1,2,-1,1 b=0.25,1,2,0.5");
    bool good = ((int)kit_value(table, 1, "status") & LINEAR_BREAKDOWN) != 0;
    for (int row = 0; row < 4; row++)
        if (row != 1) good &= kit_value(table, row, "status") == 0 && isfinite(kit_value(table, row, "y"));
    tap_ok(good, "%s: the runs beside it are served", choices);
    kit_free(table);
}

static void test_exhausted(void)
{
    kit_build("tight", "diffusion.lua", "linear_solver=bicgstab", KIT_LANES);
    KitTable *table = kit_run("tight", "--krylov-max-iterations=1 --krylov-tolerance=1e-6 --dt-min=1e-3");
    check_failed(table, LINEAR_EXHAUSTED | STEP_TOO_SMALL, "u_3", "one iteration, and no step below 1e-3");
    kit_free(table);
    table = kit_run("tight", "--krylov-max-iterations=1 --krylov-tolerance=1e-6 --dt=0.5 --max-steps=3");
    check_failed(table, LINEAR_EXHAUSTED | MAX_STEPS, "u_3", "no attempt left, and why the last one failed");
    kit_free(table);
    table = kit_run("tight", "--krylov-max-iterations=2");
    int good = 0;
    for (int row = 0; row < table->rows; row++) good += kit_value(table, row, "status") == 0;
    tap_ok(good == table->rows && !strstr(table->summary, ", 0.0 rejected"),
           "two iterations: steps are rejected until they do");
    kit_free(table);
}

/* |J| h is far above 1: the series makes it worse, and the run is given up. */
static void test_divergence(void)
{
    kit_build("series", "diffusion.lua",
              "linear_solver=minimal_residual preconditioner=neumann neumann_order=10 controller=fixed dt=0.1",
              KIT_LANES);
    KitTable *table = kit_run("series", "%s", "");
    int failed = 0;
    for (int row = 0; row < table->rows; row++)
        failed += ((int)kit_value(table, row, "status") & (LINEAR_EXHAUSTED | LINEAR_BREAKDOWN)) != 0 &&
                  isnan(kit_value(table, row, "u_1"));
    tap_ok(failed == table->rows, "a series that diverges: %d of %d runs are flagged", failed, table->rows);
    kit_free(table);
}

/* ---- settings ---- */

static void refuses(const char *choices, const char *message)
{
    int status = kit_shell("said", "\"$CUBIE_GEN\" -o refused reactions.lua %s", choices);
    char *said = kit_read("said");
    if (!tap_ok(status == 1 && strstr(said, message), "%s: %s", choices, message)) tap_diag("%s", said);
    free(said);
}

static void test_errors(void)
{
    refuses("linear_solver=lu preconditioner=jacobi",
            "preconditioner has no effect: linear_solver = lu does not iterate");
    refuses("preconditioner=jacobi", "preconditioner has no effect: linear_solver = lu does not iterate");
    refuses("linear_solver=bicgstab preconditioner=ilu", "it must be none, jacobi or neumann");
    refuses("linear_solver=bicgstab neumann_order=2",
            "neumann_order has no effect: the preconditioner is jacobi; leave it out, or choose neumann");
    refuses("linear_solver=bicgstab preconditioner=neumann neumann_order=0", "neumann_order = 0 is out of range");
    refuses("algorithm=radau-iia-5 linear_solver=bicgstab factor_reuse=steps",
            "factor_reuse has no effect: factors are kept by linear_solver = lu, ");
    refuses("linear_solver=bicgstab lu_precision=float32",
            "lu_precision has no effect: linear_solver = bicgstab makes no factors");
    refuses("krylov_tolerance=0.1", "krylov_tolerance has no effect: linear_solver = lu does not iterate");
    refuses("algorithm=tsit5 linear_solver=bicgstab", "linear_solver has no effect: tsit5 is an explicit method");
    refuses("linear_solver=gmres", "it must be lu, bicgstab or minimal_residual");
}

static void chooses(const char *file, const char *algorithm, const char *line)
{
    kit_shell("map", "\"$CUBIE_GEN\" --layout '%s' algorithm=%s", file, algorithm);
    char *map = kit_read("map");
    if (!tap_ok(strstr(map, line) != NULL, "%s, %s: %s", file, algorithm, line)) tap_diag("%s", map);
    free(map);
}

static void test_choice(void)
{
    kit_write("full.lua", "problem 'full'\nlocal n = 230\nstates { y = vector(n, 1) }\nlocal sum = 0\n"
                          "for i = 1, n do sum = sum + y[i] / i end\nfor i = 1, n do ddt.y[i] = -y[i] + sum end\n");
    kit_write("mean.lua", "problem 'mean'\nlocal n = 60\nstates { y = vector(n, 1) }\nlocal sum = 0\n"
                          "for i = 1, n do sum = sum + y[i]^2 end\nfor i = 1, n do ddt.y[i] = -y[i] * sin(sum) end\n");
    chooses(kit_source("problems/brusselator.lua"), "rodas4p", "LU of shift*I - J");
    chooses(kit_source("problems/brusselator.lua"), "radau-iia-5", "LU of a/h*I - J");
    chooses("sparse.lua", "rodas4p", "LU of shift*I - J");
    chooses("mean.lua", "rodas4p", "by bicgstab, preconditioner jacobi, matrix-free: chosen, since LU does not pay");
    chooses("mean.lua", "radau-iia-5",
            "(a/h*I - J) x = b by bicgstab, preconditioner jacobi, matrix-free: chosen, since LU does not pay");
    chooses("full.lua", "radau-iia-5",
            "by bicgstab, preconditioner jacobi, matrix-free: chosen, since LU does not pay");
    chooses("full.lua", "rodas4p", "by bicgstab, preconditioner jacobi, matrix-free: chosen, since LU does not pay");
}

int main(void)
{
    kit_begin();
    kit_write("reactions.lua", reactions);
    kit_write("diffusion.lua", diffusion);
    kit_write("sparse.lua", sparse);
    kit_write("linear.lua", linear);
    test_errors();
    test_choice();
    test_end_states();
    test_bits("rodas3p");
    test_bits("sdirk-22");
    test_breakdown("linear_solver=bicgstab");
    test_breakdown("linear_solver=minimal_residual preconditioner=none");
    test_exhausted();
    test_divergence();
    return tap_done();
}
