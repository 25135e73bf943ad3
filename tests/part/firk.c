/* SPDX-License-Identifier: MIT */
/* Fully implicit methods as programs: the order on a stiff problem, published steps
 * of RADAU5, long times, failing iterations, equal results of lanes and of factors in
 * float32, methods of problem files, and what is refused. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "numerics/kit.h"
#include "tap.h"

/* ---- order ---- */

/* A. Prothero, A. Robinson, Math. Comp. 28 (1974) 145-162: far from the limit h L -> 0
 * the error goes with h^s, s the number of stages: h^s for Gauss methods with an
 * even one, h^s / L for Radau IIA (E. Hairer, G. Wanner, Solving Ordinary Differential
 * Equations II, 2nd ed. 1996, IV.15, table 15.1). */
static const char prothero_robinson[] =
    "problem 'stiff'\n"
    "constants { L = 1e6 }\n"
    "states { y = 0 }\n"
    "ddt.y = L * (sin(t) - y) + cos(t)\n"
    "solve { controller = 'fixed', dt = 0.1, duration = 2, newton_tolerance = 1e-9, newton_max_iterations = 50 }\n";

static double error_at(const char *algorithm, int steps)
{
    KitTable *table = kit_run(algorithm, "--dt=%.17g", 2.0 / steps);
    double error = fabs(kit_value(table, 0, "y") - sin(2));
    kit_free(table);
    return error;
}

static void test_order(const char *algorithm, int stages, int steps, double most)
{
    char choices[80];
    snprintf(choices, sizeof choices, "algorithm=%s", algorithm);
    kit_build(algorithm, "stiff.lua", choices, KIT_QUICK);
    double coarse = error_at(algorithm, steps), fine = error_at(algorithm, 2 * steps);
    double order = log2(coarse / fine);
    tap_ok(fabs(order - stages) <= 0.25, "%s: order %d at h L = %g (seen: %.2f)", algorithm, stages, 1e6 / steps,
           order);
    tap_ok(coarse <= most, "%s: error %.2g at h = %g", algorithm, coarse, 2.0 / steps);
}

static void test_orders(void)
{
    kit_write("stiff.lua", prothero_robinson);
    test_order("gauss-legendre-2", 2, 10, 2e-3);
    test_order("gauss-legendre-4", 4, 10, 3e-7);
    test_order("radau-iia-3", 2, 40, 2e-10);
    test_order("radau-iia-5", 3, 6, 5e-10);
    test_order("radau-iia-9", 5, 4, 2e-12);
}

/* ---- RADAU5 ---- */

static double number_after(const char *text, const char *word)
{
    const char *at = strstr(text, word);
    return at ? atof(at + strlen(word)) : NAN;
}

static double number_before(const char *text, const char *word)
{
    const char *at = strstr(text, word);
    if (!at) return NAN;
    while (at > text && at[-1] == ' ') at--;
    while (at > text && strchr("0123456789.", at[-1])) at--;
    return atof(at);
}

/* Van der Pol's equation as in the driver of RADAU5 (E. Hairer, G. Wanner): from (2,
 * -0.6) to t = 2, first step 1e-6, both tolerances 1e-4, which the code turns into
 * 0.1 (1e-4)^(2/3) for its estimate of order 3. It takes 241 steps and 7 that are
 * rejected for their error, with 663 linear systems (two a Newton iteration, one
 * real, one complex, counted as one), and ends at (1.706163, -0.892797); the solution
 * is there from F. Mazzia, C. Magherini, Test Set for Initial Value Problem Solvers,
 * release 2.4, Bari 2008, problem VDPOL. */
static void test_radau5(void)
{
    const double x = 1.706167732170483, y = -0.8928097010247975;
    kit_build("vdpol", kit_source("problems/van_der_pol_stiff.lua"), "algorithm=radau", KIT_QUICK);
    KitTable *table = kit_run("vdpol", "--duration=2 x=2 y=-0.6 eps=1e-6 --dt=1e-6 --rtol=2.1544e-4 --atol=2.1544e-4");
    double steps = number_after(table->summary, "steps "), rejected = number_before(table->summary, " rejected");
    double iterations = number_after(table->summary, "counts ");
    tap_ok(steps <= 241 * 1.3, "van der Pol: %g steps, 241 of RADAU5", steps);
    tap_ok(steps + rejected <= 248 * 1.3, "van der Pol: %g attempts, 248 of RADAU5", steps + rejected);
    tap_ok(iterations <= 663 * 1.3, "van der Pol: %g Newton iterations, 663 of RADAU5", iterations);
    double error = fabs(kit_value(table, 0, "x") - x), error_y = fabs(kit_value(table, 0, "y") - y);
    tap_ok(error <= fabs(1.706163410178079 - x), "van der Pol: error of x %.1e, 4.3e-06 of RADAU5", error);
    tap_ok(error_y <= 2 * fabs(-0.8927971289301175 - y), "van der Pol: error of y %.1e, 1.3e-05 of RADAU5", error_y);
    kit_free(table);
    for (double tolerance = 1e-4; tolerance > 1e-9; tolerance /= 100) {
        table = kit_run("vdpol", "x=2 y=0 eps=1e-6 --duration=2 --rtol=%g --atol=%g", tolerance, tolerance);
        error = fabs(kit_value(table, 0, "x") - x) / x, error_y = fabs(kit_value(table, 0, "y") - y) / fabs(y);
        tap_ok(fmax(error, error_y) <= 100 * tolerance, "van der Pol to t = 2 at %g: error %.1e", tolerance,
               fmax(error, error_y));
        kit_free(table);
    }
}

/* ---- long times ---- */

/* The end state at t = 1e11 from the same test set, problem ROBER: an absolute tolerance
 * above it would let B become negative, and the solution run away. */
static void test_robertson(const char *algorithm, double most)
{
    char all[80];
    snprintf(all, sizeof all, "algorithm=%s", algorithm);
    kit_build("robertson", kit_source("problems/robertson.lua"), all, KIT_QUICK);
    KitTable *table = kit_run("robertson", "k1=0.04 k2=3e7 k3=1e4 --rtol=1e-6");
    double a = kit_value(table, 0, "A"), b = kit_value(table, 0, "B"), c = kit_value(table, 0, "C");
    double error = fmax(fabs(a / 0.2083340149701255e-7 - 1), fabs(b / 0.8333360770334713e-13 - 1));
    tap_ok(kit_value(table, 0, "status") == 0 && a > 0 && b > 0 && fabs(a + b + c - 1) < 1e-9,
           "%s: robertson to t = 1e11", all);
    tap_ok(error <= most, "%s: relative error of its small components %.1e", all, error);
    double attempts = number_after(table->summary, "steps ") + number_before(table->summary, " rejected");
    tap_ok(attempts < 3000, "%s: %g attempts", all, attempts);
    kit_free(table);
    table = kit_run("robertson", "--rtol=1e-4 --atol=A=1e-18,B=1e-26,C=1e-8");
    int lost = 0;
    for (int row = 0; row < table->rows; row++)
        lost +=
            kit_value(table, row, "status") != 0 || kit_value(table, row, "B") < 0 || kit_value(table, row, "A") < 0;
    tap_ok(table->rows == 1000 && lost == 0, "%s: the same for 1000 sets of rates", all);
    kit_free(table);
}

/* ---- lanes, and factors in float32 ---- */

static void test_neighbours(const char *directory)
{
    const char *const words = "k2=3e7 k3=1e4 --rtol=1e-5 --save-at=0.1,40,4e5,4e9";
    KitTable *alone = kit_run(directory, "k1=0.04 %s", words);
    KitTable *among = kit_run(directory, "k1=4,0.0004,0.04,4e-5,0.1,1,0.01,2,3 %s", words);
    bool same = alone->rows == 4 && among->rows == 36;
    for (int row = 0; same && row < 4; row++)
        same = kit_value(alone, row, "A") == kit_value(among, 8 + row, "A") &&
               kit_value(alone, row, "B") == kit_value(among, 8 + row, "B");
    tap_ok(same, "%s: what neighbours in the vector do changes no bit of a run", directory);
    kit_free(alone);
    kit_free(among);
}

static void test_lanes(void)
{
    const char *const words = "k1=geom:0.0004:4:13 k2=3e7 k3=1e4 --rtol=1e-5 --save-at=0.1,40,4e5,4e9";
    kit_build("wide", kit_source("problems/robertson.lua"), "algorithm=radau", KIT_LANES);
    kit_build("narrow", kit_source("problems/robertson.lua"), "algorithm=radau", KIT_LANES " LANES=1");
    KitTable *wide = kit_run("wide", "%s", words), *narrow = kit_run("narrow", "%s", words);
    tap_ok(wide->rows == 52 && !strstr(wide->text, "NaN"), "robertson saves %d rows", wide->rows);
    double most = 0;
    for (int row = 0; row < wide->rows && row < narrow->rows; row++)
        for (int i = 0; i < 2; i++) {
            double a = kit_value(wide, row, i ? "B" : "A"), b = kit_value(narrow, row, i ? "B" : "A");
            most = fmax(most, fabs(a / b - 1));
        }
    tap_ok(most <= 1e-12, "one lane and many agree to %.1e", most);
    kit_free(wide);
    kit_free(narrow);
    test_neighbours("wide");
}

/* Half as many, for a tenth more iterations. */
static void test_reuse(void)
{
    kit_build("kept", kit_source("problems/robertson.lua"), "algorithm=radau factor_reuse=steps", KIT_LANES);
    KitTable *kept = kit_run("kept", "k1=geom:0.0004:4:13 k2=3e7 k3=1e4"),
             *fresh = kit_run("wide", "k1=geom:0.0004:4:13 k2=3e7 k3=1e4");
    double less = number_before(kept->summary, " factorisations") / number_before(fresh->summary, " factorisations");
    double more = number_after(kept->summary, "counts ") / number_after(fresh->summary, "counts ");
    tap_ok(less < 0.75 && more < 1.25, "factors that serve several steps: %.2f as many, and %.2f as many iterations",
           less, more);
    double most = 0;
    for (int row = 0; row < kept->rows; row++)
        most = fmax(most, fabs(kit_value(kept, row, "A") / kit_value(fresh, row, "A") - 1));
    tap_ok(kept->rows == 13 && most < 1e-5, "the end states differ by %.1e", most);
    kit_free(kept);
    kit_free(fresh);
    test_neighbours("kept");
}

/* Factors only steer the iterations: what these end at is the same, to their tolerance,
 * in as many steps. */
static void test_narrow(void)
{
    const char *const problem = "problems/pollution.lua", *const words = "k1=geom:0.035:3.5:9";
    kit_build("factors64", kit_source(problem), "algorithm=radau", KIT_LANES);
    kit_build("factors32", kit_source(problem), "algorithm=radau lu_precision=float32", KIT_LANES);
    KitTable *wide = kit_run("factors64", "%s", words), *narrow = kit_run("factors32", "%s", words);
    double steps = number_after(wide->summary, "steps "), steps_narrow = number_after(narrow->summary, "steps ");
    tap_ok(wide->rows == 9 && fabs(steps / steps_narrow - 1) < 0.02, "pollution: %g steps, %g with factors in float32",
           steps, steps_narrow);
    double most = 0;
    for (int i = 0; i < wide->columns && narrow->rows == wide->rows; i++)
        for (int row = 0; row < wide->rows; row++) {
            double a = wide->value[row * wide->columns + i], b = narrow->value[row * wide->columns + i];
            most = fmax(most, fabs(a - b) / (1e-9 + 1e-6 * fabs(a)));
        }
    tap_ok(most <= 1, "pollution: factors in float32 change the end states by %.2g tolerances", most);
    kit_free(wide);
    kit_free(narrow);
}

/* ---- iterations that fail ---- */

static const char failing[] = "problem 'failing'\n"
                              "parameters { a = 1, wall = 0 }\n"
                              "states { y = 0 }\n"
                              "ddt.y = exp(a * y) + where(gt(y, 0.5), wall, 0)\n"
                              "solve { duration = 2, rtol = 1e-6, atol = 1e-6, max_steps = 20000 }\n";

/* y runs away at t = 1/a; a wall that sends it back is no place to go through. */
static void test_failing(const char *algorithm, const char *choices)
{
    char all[200];
    snprintf(all, sizeof all, "algorithm=%s %s", algorithm, choices);
    kit_build("failing", "failing.lua", all, KIT_LANES);
    KitTable *table = kit_run("failing", "--zip a=0.1,1,0.1,2,0.1 wall=0,0,-1e6,0,0");
    for (int row = 0; row < table->rows; row++) {
        double a = kit_value(table, row, "a"), wall = kit_value(table, row, "wall"), y = kit_value(table, row, "y");
        int status = (int)kit_value(table, row, "status");
        if (a < 1 && wall == 0)
            tap_ok(status == 0 && fabs(y + log(1 - 2 * a) / a) < 1e-4, "%s: run %d is good", all, row);
        else if (a >= 1)
            tap_ok(status != 0 && isnan(y), "%s: run %d fails with status %d and NaN", all, row, status);
        else
            tap_ok((status != 0) == isnan(y) && (isnan(y) || fabs(y - 0.5) < 0.01),
                   "%s: the wall holds, or the run is flagged (%g, %d)", all, y, status);
    }
    kit_free(table);
}

/* ---- methods of problem files ---- */

/* Lobatto IIIC with 2 and the midpoint rule with 1 stage; the first with an estimate
 * that is not filtered: its weights less those of the backward Euler method. */
static const char own_methods[] =
    "problem 'own'\n"
    "tableau 'lobatto-iiic-2' { family = 'firk', order = 2, embedded_order = 1, stiffly_accurate = true,\n"
    "  title = 'Lobatto IIIC', reference = 'B. L. Ehle 1969', c = { '0', '1' }, b = { '1/2', '1/2' },\n"
    "  a = { { '1/2', '-1/2' }, { '1/2', '1/2' } }, error = { '1/2', '-1/2' } }\n"
    "tableau 'midpoint' { family = 'firk', order = 2, title = 'midpoint rule', reference = 'folklore',\n"
    "  c = { '1/2' }, b = { '1' }, a = { { '1/2' } } }\n"
    "states { x = 1, y = 0 }\n"
    "ddt.x = y\n"
    "ddt.y = -x + 0.1 * (1 - x^2) * y * sin(t)^2\n"
    "solve { duration = 3, newton_tolerance = 1e-6 }\n";

static double own_end(const char *algorithm, double dt)
{
    KitTable *table = kit_run(algorithm, "--dt=%.17g", dt);
    double x = kit_value(table, 0, "x");
    kit_free(table);
    return x;
}

static void test_own_methods(void)
{
    static const char *const methods[] = { "lobatto-iiic-2", "midpoint" };
    static const char *const solvers[] = { "", " linear_solver=bicgstab" }; /* the one system of midpoint is real */
    kit_write("own.lua", own_methods);
    kit_build("exact", "own.lua", "algorithm=radau-iia-9 rtol=1e-12 atol=1e-12", KIT_QUICK);
    KitTable *table = kit_run("exact", "--dt=0");
    double exact = kit_value(table, 0, "x");
    kit_free(table);
    for (int i = 0; i < 2; i++) {
        char choices[120];
        snprintf(choices, sizeof choices, "algorithm=%s controller=fixed dt=0.1%s", methods[i], solvers[i]);
        kit_build(methods[i], "own.lua", choices, KIT_QUICK);
        double coarse = own_end(methods[i], 0.02) - exact, fine = own_end(methods[i], 0.01) - exact,
               order = log2(coarse / fine);
        tap_ok(fabs(order - 2) < 0.25 && fabs(fine) < 1e-3, "%s of a problem file has order 2 (seen: %.2f)", methods[i],
               order);
    }
    kit_build("adaptive", "own.lua", "algorithm=lobatto-iiic-2 rtol=1e-6 atol=1e-6", KIT_QUICK);
    table = kit_run("adaptive", "--dt=0");
    tap_ok(fabs(kit_value(table, 0, "x") - exact) < 1e-4,
           "lobatto-iiic-2: adaptive steps by an estimate that is not filtered");
    kit_free(table);
}

/* ---- size ---- */

/* All are 1/(1 + 1830 t); too many operations to be written out. */
static const char dense[] = "problem 'dense'\n"
                            "states { u = vector(60, 1) }\n"
                            "local sum = 0\n"
                            "for i = 1, 60 do sum = sum + u[i] * i end\n"
                            "for i = 1, 60 do ddt.u[i] = -u[i] * sum end\n";

static void test_dense(void)
{
    kit_write("dense.lua", dense);
    kit_build("dense", "dense.lua", "algorithm=radau linear_solver=lu duration=1 rtol=1e-8 atol=1e-12", KIT_QUICK);
    KitTable *table = kit_run("dense", "--save-at=0.001,1");
    double error = 0;
    for (int row = 0; row < 2; row++)
        for (int i = 2; i < 62; i++) {
            double exact = 1 / (1 + 1830 * kit_value(table, row, "time"));
            error = fmax(error, fabs(table->value[row * table->columns + i] / exact - 1));
        }
    tap_ok(table->rows == 2 && error < 1e-5, "a dense Jacobian of 60 states: error %.1e", error);
    kit_free(table);
}

/* ---- what is refused ---- */

static void test_refused(const char *problem, const char *choices, const char *said)
{
    int status = kit_shell("refused", "\"$CUBIE_GEN\" \"%s\" -o refused.project %s 2>&1", problem, choices);
    char *text = kit_read("refused");
    if (!tap_ok(status == 1 && strstr(text, said) != NULL, "%s is refused: %s", choices, said)) tap_diag("%s", text);
    free(text);
}

static const char singular[] =
    "problem 'singular'\n"
    "tableau 'mine' { family = 'firk', order = 2, title = 'Lobatto IIIA', reference = 'folklore',\n"
    "  c = { '0', '1' }, b = { '1/2', '1/2' }, a = { { '0', '0' }, { '1/2', '1/2' } } }\n"
    "states { x = 1 }\n"
    "ddt.x = -x\n"
    "solve { algorithm = 'mine', dt = 0.1 }\n";

static void test_all_refused(void)
{
    kit_write("singular.lua", singular);
    test_refused("singular.lua", "dt=0.1",
                 "singular.lua:2: error: tableau 'mine' cannot be used as a firk method: its matrix a is singular");
    test_refused("stiff.lua", "algorithm=gauss-legendre-2 controller=pi",
                 "error: controller 'pi' needs an error estimate");
}

int main(void)
{
    kit_begin();
    test_orders();
    test_radau5();
    test_robertson("radau", 1e-5);
    test_robertson("radau-iia-9", 1e-5);
    test_lanes();
    test_reuse();
    test_narrow();
    kit_write("failing.lua", failing);
    test_failing("radau", "");
    test_failing("radau-iia-3", "");
    test_failing("gauss-legendre-4", "dt=0.01");
    test_own_methods();
    test_dense();
    test_all_refused();
    return tap_done();
}
