/* SPDX-License-Identifier: MIT */
/* Traces: what a traced program records is what its method says. Every attempt
 * is taken up from the recorded time, step and state, and its stages, solution
 * and error are computed again, from the tableau in its classical form, in long
 * double and with derivatives written here by hand. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/intern.h"
#include "numerics/kit.h"
#include "script/script.h"
#include "support/stages.h"
#include "tap.h"

/* One row of the table, as far as it is compared. */
typedef struct Attempt {
    const KitTable *table;
    int row;
    long double worst; /* difference so far, of what rounding explains */
} Attempt;

static double number(const Attempt *attempt, const char *name)
{
    return kit_value(attempt->table, attempt->row, name);
}

static void read_vector(Vector out, const Attempt *attempt, const char *name)
{
    static const char *const states[] = { "x", "y", "z" };
    char column[60];
    for (int i = 0; i < N; i++) {
        snprintf(column, sizeof column, "%s_%s", name, states[i]);
        out[i] = number(attempt, column);
    }
}

/* Differences count in units of what rounding may do to double precision. */
static void compare(Attempt *attempt, const char *name, const Vector expected, long double bound)
{
    Vector got;
    read_vector(got, attempt, name);
    for (int i = 0; i < N; i++) {
        long double off = fabsl(got[i] - expected[i]) / (bound * 0x1p-53L);
        if (!(off <= attempt->worst)) attempt->worst = off; /* NaN too */
    }
}

/* What the family records: k_i; u_i = h sum_j gamma_ij k_j; z_i = h sum_j a_ij k_j. */
static void compare_stages(Attempt *attempt, const Tableau *tableau, Vector *k, const long double *bound, long double h)
{
    for (int i = 0; i < tableau->stages; i++) {
        Vector u;
        bool u_form = tableau->family == FAMILY_ROSENBROCK, z_form = tableau->family == FAMILY_FIRK;
        const Number *row = u_form ? tableau->gamma : tableau->a;
        row += i * tableau->stages;
        char name[20];
        if (u_form || z_form) combine(u, NULL, h, row, tableau->stages, k);
        snprintf(name, sizeof name, "%c%d", u_form ? 'u' : z_form ? 'z' : 'k', i + 1);
        compare(attempt, name, u_form || z_form ? u : k[i],
                u_form || z_form ? bound_of(h, row, tableau->stages, k, bound) : bound[i]);
    }
}

/* Of the tolerances, what a step may err: the method's own default of step_tolerance. */
static long double part_of(const Tableau *tableau)
{
    for (int i = 0; i < tableau->default_count; i++)
        if (!strcmp(tableau->defaults[i].setting, "step_tolerance")) return strtold(tableau->defaults[i].value, NULL);
    return 1;
}

static long double norm_of(const Vector error, const Vector y, const Vector proposed, const Tableau *tableau)
{
    long double sum = 0;
    for (int i = 0; i < N; i++) {
        long double share = error[i] / (1e-6L + 1e-5L * fmaxl(fabsl(y[i]), fabsl(proposed[i])));
        sum += share * share;
    }
    return sqrtl(sum / N) / part_of(tableau);
}

/* That of FIRK methods is filtered again when it is too large in the first attempt
 * or after a rejected one. */
static void error_of(Vector out, const Attempt *attempt, const Tableau *tableau, long double t, long double h,
                     Vector *k, double w)
{
    Attempt before = { attempt->table, attempt->row - 1, 0 };
    bool fresh = attempt->row == 0 || number(&before, "accepted") == 0;
    Vector y, proposed;
    read_vector(y, attempt, "state");
    combine(proposed, y, h, tableau->b, tableau->stages, k);
    combine(out, NULL, h, tableau->error, tableau->stages, k);
    if (tableau->family == FAMILY_DIRK && dirk_filters_error(tableau))
        filter(out, tableau, t + dirk_matrix_node(tableau).value * h, h, y);
    if (tableau->family != FAMILY_FIRK || tableau->error_start.value == 0) return;
    filter_firk(out, tableau, t, h, y, y, k, w);
    if (!fresh || norm_of(out, y, proposed, tableau) <= 1) return;
    for (int i = 0; i < N; i++) y[i] += out[i];
    Vector at = { y[0], y[1], y[2] };
    read_vector(y, attempt, "state");
    filter_firk(out, tableau, t, h, y, at, k, w);
}

static void compare_attempt(Attempt *attempt, long double *worst_norm, const Tableau *tableau, double w, bool adaptive)
{
    Vector y, k[STAGES], expected;
    long double bound[STAGES], t = number(attempt, "time"), h = number(attempt, "step");
    read_vector(y, attempt, "state");
    stages_of(k, tableau, t, h, y, w);
    bounds_of(bound, tableau, h, y, k);
    compare_stages(attempt, tableau, k, bound, h);
    combine(expected, y, h, tableau->b, tableau->stages, k);
    compare(attempt, "proposed_state", expected, size_of(y) + bound_of(h, tableau->b, tableau->stages, k, bound));
    if (!adaptive) return;
    Vector proposed = { expected[0], expected[1], expected[2] };
    error_of(expected, attempt, tableau, t, h, k, w);
    compare(attempt, "error", expected, size_of(y) + bound_of(h, tableau->error, tableau->stages, k, bound));
    if (tableau->error_low) return; /* its norm is of two estimates */
    long double norm = norm_of(expected, y, proposed, tableau), got = number(attempt, "error_norm");
    *worst_norm = fmaxl(*worst_norm, fabsl(got - norm) / (norm + 1e-3L));
    if ((norm <= 1) != (number(attempt, "accepted") == 1) && fabsl(norm - 1) > 1e-4L) *worst_norm = 1;
}

/* Times and states follow from each other, up to the end. */
static bool is_chain(const KitTable *table, double end, const char *precision)
{
    bool narrow = !strcmp(precision, "float32");
    double t = 0;
    for (int row = 0; row < table->rows; row++) {
        Attempt now = { table, row, 0 }, next = { table, row + 1, 0 };
        double off = fabs(number(&now, "time") - t);
        if (off > (narrow ? 1e-5 : 1e-15) * (1 + t)) return false;
        bool accepted = number(&now, "accepted") == 1;
        if (accepted) t += number(&now, "step");
        if (row + 1 == table->rows) break;
        Vector here, there;
        read_vector(here, &now, accepted ? "proposed_state" : "state");
        read_vector(there, &next, "state");
        if (here[0] != there[0] || here[1] != there[1] || here[2] != there[2]) return false;
    }
    return fabs(t - end) <= (narrow ? 1e-5 : 1e-14) * (1 + end);
}

/* Rows of one traced run and the summary of a batch of it alone. */
static KitTable *trace_of(const char *directory, const char *options)
{
    if (kit_shell("log", "'./%s/program' --no-progress -o trace.csv %s", directory, options))
        tap_diag("%s", kit_read("log"));
    return kit_table("trace.trace.csv");
}

static int attempts_made(void)
{
    double steps = -1, rejected = 0;
    char *log = kit_read("log"), *at = strstr(log, "steps");
    if (at && sscanf(at, "steps %lf a run (at most %*d), %lf", &steps, &rejected) < 1) steps = -1;
    free(log);
    return (int)(steps + rejected);
}

static void test_method(const Tableau *tableau, const char *choices, bool adaptive)
{
    char all[200];
    snprintf(all, sizeof all, "algorithm=%s %s", tableau->name, choices);
    kit_build(tableau->name, "bent.lua", all,
              tableau->family == FAMILY_DIRK || tableau->family == FAMILY_FIRK ? KIT_LANES : KIT_QUICK);
    KitTable *table = trace_of(tableau->name, "w=1.5");
    Attempt attempt = { table, 0, 0 };
    long double norm = 0;
    for (; attempt.row < table->rows; attempt.row++) compare_attempt(&attempt, &norm, tableau, 1.5, adaptive);
    bool iterates =
        tableau->family == FAMILY_DIRK || tableau->family == FAMILY_FIRK; /* until an estimate says that it is enough */
    tap_ok(table->rows > 10 && attempt.worst <= (iterates ? 30 : 4),
           "%s: stages, solution and error of %d attempts (off by %.2Lf of rounding)", tableau->name, table->rows,
           attempt.worst);
    tap_ok(norm < 1e-4L, "%s: norms, and what they accept (off by %.1Le)", tableau->name, norm);
    tap_ok(is_chain(table, 4, "float64"), "%s: attempts follow from each other to the end", tableau->name);
    tap_ok(table->rows == attempts_made(), "%s: all attempts are recorded", tableau->name);
    kit_free(table);
}

/* Neighbours of a vector iterate differently: each run has as many norms as
 * iterations, those of the stages are those of the attempt, and updates shrink. */
static void test_iterations(const Tableau *tableau)
{
    KitTable *table = trace_of(tableau->name, "--trace-runs=0,1,2,3,4,5,6,7,8");
    int wrong = 0, iterated = 0;
    for (int row = 0; row < table->rows; row++) {
        Attempt attempt = { table, row, 0 };
        double sum = 0;
        for (int i = 1; i <= tableau->stages; i++) {
            char name[40];
            if (tableau_stage_is_explicit(tableau, i - 1)) continue;
            snprintf(name, sizeof name, "newton_iterations_%d", i);
            double count = number(&attempt, name), before = INFINITY;
            sum += count;
            for (int k = 1; k <= 16; k++) {
                snprintf(name, sizeof name, "newton_update_%d_%d", i, k);
                double update = number(&attempt, name);
                wrong += isnan(update) != (k > count) || (k > 1 && k <= count && !(update < before));
                before = update;
            }
        }
        wrong += sum != number(&attempt, "newton_iterations") || number(&attempt, "factorisations") != 1 ||
                 number(&attempt, "status") != 0;
        iterated += sum > 0;
    }
    tap_ok(wrong == 0 && iterated == table->rows && iterated > 100,
           "%s: iterations and norms of %d attempts (%d wrong)", tableau->name, iterated, wrong);
    kit_free(table);
}

/* Rows of the chosen runs only, in order; each as when it is alone; the same in
 * chunks of any size, in one lane or many. */
static void test_choice(const char *directory)
{
    KitTable *all = trace_of(directory, "--trace-runs=7,0,3"),
             *chunks = trace_of(directory, "--trace-runs=0,3,7 --chunk=2");
    int rows = 0, runs[] = { 0, 3, 7 };
    bool same = true;
    for (int i = 0; i < 3; i++) {
        char options[60];
        snprintf(options, sizeof options, "--trace-runs=%d", runs[i]);
        KitTable *one = trace_of(directory, options);
        for (int row = 0; same && row < one->rows; row++, rows++)
            same = kit_value(one, row, "attempt") == row + 1 && rows < all->rows &&
                   kit_value(one, row, "run") == runs[i] &&
                   !memcmp(&one->value[row * one->columns], &all->value[rows * all->columns],
                           (size_t)one->columns * sizeof(double));
        kit_free(one);
    }
    tap_ok(same && rows == all->rows && rows > 30, "%s: chosen runs only, each as it is alone (%d attempts)", directory,
           rows);
    tap_ok(!strcmp(all->text, chunks->text), "%s: chunks change nothing", directory);
    kit_free(all);
    kit_free(chunks);
}

/* A trace that is full keeps what came first, and says so. */
static void test_capacity(const char *directory)
{
    KitTable *all = trace_of(directory, "--trace-runs=4"),
             *cut = trace_of(directory, "--trace-runs=4 --trace-attempts=5");
    tap_ok(cut->rows == 5 && !strncmp(cut->text, all->text, strlen(cut->text)),
           "%s: --trace-attempts=5 keeps the first 5", directory);
    char expected[200], *log = kit_read("log");
    snprintf(expected, sizeof expected,
             "warning: run 4 made %d attempts, of which the first 5 are recorded; --trace-attempts=%d records all",
             all->rows, all->rows);
    tap_ok(strstr(log, expected) != NULL, "%s: and the program says so", directory);
    free(log);
    kit_free(all);
    kit_free(cut);
}

static void refused(const char *directory, const char *options, const char *text)
{
    int status = kit_shell("log", "'./%s/program' -o trace.csv %s", directory, options);
    char *log = kit_read("log");
    if (!tap_ok(status == 1 && strstr(log, text), "%s: refused", options)) tap_diag("%d: %s", status, log);
    free(log);
}

static void test_refusals(const char *directory, const char *plain)
{
    refused(directory, "--trace-runs=0,x",
            "error: --trace-runs=0,x: 'x' is no run; give whole numbers from 0, with commas between\n");
    refused(directory, "--trace-runs=1.5", "'1.5' is no run");
    refused(directory, "--trace-runs=-1", "'-1' is no run");
    refused(directory, "--trace-runs=", "'' is no run");
    refused(directory, "--trace-runs=2,9",
            "error: --trace-runs=2,9: there is no run 9; the batch has 9, numbered from 0\n");
    refused(directory, "--trace-runs=3,1,3", "error: --trace-runs=3,1,3: run 3 is named twice\n");
    refused(directory, "--trace-attempts=0",
            "error: --trace-attempts=0: expected a whole number from 1 to 4294967295\n");
    refused(directory, "--print-trace -o -",
            "error: --print-trace and -o - both write to standard output; give -o a file\n");
    refused(plain, "--trace-runs=0",
            "error: --trace-runs: this program records no traces; generate it again with trace=true\n");
    refused(plain, "--print-trace",
            "error: --print-trace: this program records no traces; generate it again with trace=true\n");
}

/* A traced program computes what the ordinary one does. */
static void test_same(const char *traced, const char *plain)
{
    int status = kit_shell("one", "./%s/program -q -o -", traced);
    tap_ok(status == 0 && !kit_shell("two", "./%s/program -q -o -", plain), "both programs run");
    char *one = kit_read("one"), *two = kit_read("two");
    const char *rows = strstr(one, "run,time"); /* behind a warning that traces go nowhere */
    tap_ok(rows && !strcmp(rows, two), "a traced program has the results of the ordinary one");
    free(one);
    free(two);
}

/* Where the stages live changes no bit of any of them. */
static void test_location(const char *name)
{
    kit_build("shared", "bent.lua", "algorithm=rodas4p stage_store_location=shared stage_rhs_location=shared",
              KIT_QUICK);
    KitTable *here = trace_of(name, "--trace-runs=2,6"), *there = trace_of("shared", "--trace-runs=2,6");
    tap_ok(here->rows > 20 && !strcmp(here->text, there->text), "%s: the same trace with stages in shared memory",
           name);
    kit_free(here);
    kit_free(there);
}

static void test_print(const char *directory)
{
    tap_ok(!kit_shell("log", "./%s/program -q -o /dev/null --print-trace --trace-runs=1", directory), "--print-trace");
    char *log = kit_read("log");
    KitTable *table = trace_of(directory, "--trace-runs=1");
    char head[60];
    snprintf(head, sizeof head, "run 1: %d attempts; w=1.125\nattempt", table->rows);
    int lines = 0;
    for (const char *at = log; (at = strstr(at, "\n        k3 ")); at++) lines++;
    tap_ok(!strncmp(log, head, strlen(head)), "its head has the run and its inputs");
    tap_ok(lines == table->rows, "every attempt has its stages");
    kit_free(table);
    free(log);
}

int main(void)
{
    static const char *const adaptive[] = { "bogacki-shampine-32", "tsit5",   "dop853",
                                            "rosenbrock23",        "rodas4p", "rodas5p" };
    static const char *const full[] = { "radau-iia-3", "radau-iia-5" };
    static const char *const diagonal[] = { "kvaerno3", "l-stable-sdirk-4", "ode23t" };
    Arena *arena = arena_new();
    TableauList shipped = script_read_tableaux(arena);
    kit_begin();
    kit_write("bent.lua", problem);
    for (size_t i = 0; i < sizeof adaptive / sizeof *adaptive; i++)
        test_method(tableau_find(shipped.items, shipped.count, intern(adaptive[i])), "", true);
    for (size_t i = 0; i < sizeof diagonal / sizeof *diagonal; i++) {
        const Tableau *tableau = tableau_find(shipped.items, shipped.count, intern(diagonal[i]));
        test_method(tableau, "newton_tolerance=1e-9", true);
        test_iterations(tableau);
    }
    for (size_t i = 0; i < sizeof full / sizeof *full; i++)
        test_method(tableau_find(shipped.items, shipped.count, intern(full[i])), "newton_tolerance=1e-9", true);
    test_method(tableau_find(shipped.items, shipped.count, intern("rk4")), "dt=0.0625", false);
    kit_build("plain", "bent.lua", "trace=false", KIT_LANES);
    kit_build("lanes", "bent.lua", "", KIT_LANES);
    kit_build("narrow", "bent.lua", "precision=float32", KIT_LANES);
    test_location("rodas4p");
    test_choice("lanes");
    test_capacity("lanes");
    test_same("lanes", "plain");
    test_print("lanes");
    test_refusals("lanes", "plain");
    KitTable *table = trace_of("narrow", "--trace-runs=8");
    tap_ok(is_chain(table, 4, "float32"), "float32: attempts follow from each other to the end");
    kit_free(table);
    arena_free(arena);
    return tap_done();
}
