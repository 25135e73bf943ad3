/* SPDX-License-Identifier: MIT */
/* Saved instants: exactly those asked for, the values that shorter runs end
 * with, and time that does not drift. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "numerics/kit.h"
#include "tap.h"

static const char problem[] = "problem 'clock'\n"
                              "parameters { w = 1 }\n"
                              "states { x = 1, y = 0, s = 0 }\n"
                              "ddt.x = w * y\n"
                              "ddt.y = -w * x\n"
                              "ddt.s = cos(t)\n"
                              "observe.now = t\n"
                              "observe.radius = x^2 + y^2\n";

/* Settings that ask for instants, and what they are. */
typedef struct Instants {
    const char *options;
    double start, end; /* of the integration */
    int count;
    double first, every; /* first + k every; */
    const double *at;    /* or these */
} Instants;

static const double listed[] = { -1, -0.75, 0.125, 0.126, 2.5, 3 };
static const Instants cases[] = {
    { "--duration=3 --save-every=0.5", 0, 3, 7, 0, 0.5, NULL },
    { "--duration=3 --save-every=0.7", 0, 3, 5, 0, 0.7, NULL },
    { "--t0=-2 --duration=3 --save-every=0.25", -2, 1, 13, -2, 0.25, NULL },
    { "--t0=1 --settle=0.75 --duration=3 --save-every=1", 1, 4.75, 4, 1.75, 1, NULL },
    { "--settle=10 --duration=1 --save-every=0.001", 0, 11, 1001, 10, 0.001, NULL },
    { "--t0=-1 --duration=4 --save-at=-1,-0.75,0.125,0.126,2.5,3", -1, 3, 6, 0, 0, listed },
    { "--t0=-1 --settle=1.125 --duration=2.875 --save-at=0.125,0.126,2.5,3", -1, 3, 4, 0, 0, listed + 2 },
    { "--duration=3 --save-every=3", 0, 3, 2, 0, 3, NULL },
    { "--duration=3 --save-at=3", 0, 3, 1, 3, 1, NULL },
    { "--duration=3", 0, 3, 1, 3, 1, NULL },
    { "--t0=1 --settle=0.5 --duration=1.5", 1, 3, 1, 3, 1, NULL },
};
enum { CASES = sizeof cases / sizeof *cases };

static double instant_of(const Instants *instants, int k)
{
    return instants->at ? instants->at[k] : instants->first + k * instants->every;
}

/* How a program was made, and what its values may be off: of the solution, and
 * of rounding. */
typedef struct Program {
    const char *name, *choices;
    double error, epsilon;
} Program;

static const Program programs[] = {
    { "tsit5", "rtol=1e-9 atol=1e-9", 1e-7, 4e-16 },
    { "dop853", "algorithm=dop853 rtol=1e-9 atol=1e-9", 1e-7, 4e-16 },
    { "rk4", "algorithm=rk4 dt=0.01", 1e-7, 4e-16 },
    { "cash-karp", "algorithm=cash-karp-54 rtol=1e-9 atol=1e-9 dt_max=0.05", 2e-6, 4e-16 },
    { "float32", "precision=float32 rtol=1e-5 atol=1e-5", 1e-3, 2e-7 },
    { "float32-rk4", "precision=float32 algorithm=rk4 dt=0.01", 1e-4, 2e-7 },
};
enum { PROGRAMS = sizeof programs / sizeof *programs, FIXED = 2, ADAPTIVE32 = 4, FIXED32 = 5 };

/* Times are those asked for; the observable `now` is the time that the values
 * belong to; values are those of the solution from (1, 0, 0). */
static void check_rows(const Program *program, const Instants *instants, const KitTable *table, double w)
{
    double off_time = 0, off_now = 0, off = 0;
    for (int k = 0; k < table->rows && k < instants->count; k++) {
        double t = instant_of(instants, k), passed = t - instants->start;
        off_time = fmax(off_time, fabs(kit_value(table, k, "time") - t) / (1 + fabs(t)));
        off_now = fmax(off_now, fabs(kit_value(table, k, "now") - t) / (1 + fabs(t)));
        off = fmax(off, fabs(kit_value(table, k, "x") - cos(w * passed)));
        off = fmax(off, fabs(kit_value(table, k, "y") + sin(w * passed)));
        off = fmax(off, fabs(kit_value(table, k, "s") - sin(t) + sin(instants->start)));
    }
    tap_ok(table->rows == instants->count && off_time <= 2e-16, "%s, %s: %d instants at their times", program->name,
           instants->options, instants->count);
    tap_ok(off_now <= program->epsilon, "%s, %s: observables at these times (off by %.1e)", program->name,
           instants->options, off_now);
    if (!tap_ok(off <= program->error, "%s, %s: states at these times (off by %.1e)", program->name, instants->options,
                off))
        tap_diag("%s", table->text);
}

/* At the start of the integration the initial state stands, to the bit. */
static void check_first(const Program *program, const Instants *instants, const KitTable *table)
{
    if (instant_of(instants, 0) != instants->start) return;
    tap_ok(kit_value(table, 0, "x") == 1 && kit_value(table, 0, "y") == 0 && kit_value(table, 0, "s") == 0,
           "%s, %s: the initial state", program->name, instants->options);
}

/* Saving does not change the steps: what is saved at the end is the end state. */
static void check_last(const Program *program, const Instants *instants, const KitTable *table, const char *options)
{
    int last = table->rows - 1;
    if (instant_of(instants, instants->count - 1) != instants->end) return;
    KitTable *end = kit_run(program->name, "%s", options);
    double off = 0;
    static const char *const names[] = { "x", "y", "s" };
    for (int i = 0; i < 3; i++) off = fmax(off, fabs(kit_value(table, last, names[i]) - kit_value(end, 0, names[i])));
    tap_ok(off <= 4 * program->epsilon, "%s, %s: the last instant holds the end state (off by %.1e)", program->name,
           instants->options, off);
    kit_free(end);
}

static void test_instants(const Program *program, const Instants *instants)
{
    char end_options[200];
    snprintf(end_options, sizeof end_options, "%s", instants->options);
    char *save = strstr(end_options, "--save");
    if (save) *save = 0;
    KitTable *table = kit_run(program->name, "%s", instants->options);
    check_rows(program, instants, table, 1);
    check_first(program, instants, table);
    check_last(program, instants, table, end_options);
    kit_free(table);
}

/* Every step ends at an instant: those are the states that runs of that many
 * steps end with. */
static void test_step_ends(const Program *program)
{
    KitTable *table = kit_run(program->name, "--duration=1.28 --dt=0.01 --save-every=0.01");
    double worst = 0;
    int compared = 0;
    for (int steps = 1; steps <= 128; steps *= 2, compared++) {
        KitTable *end = kit_run(program->name, "--duration=%.17g --dt=%.17g", 0.01 * steps, 0.01);
        worst = fmax(worst, fabs(kit_value(table, steps, "x") - kit_value(end, 0, "x")));
        worst = fmax(worst, fabs(kit_value(table, steps, "s") - kit_value(end, 0, "s")));
        kit_free(end);
    }
    tap_ok(table->rows == 129 && compared == 8 && worst <= 4 * program->epsilon,
           "%s: saved at the ends of steps (off by %.1e)", program->name, worst);
    kit_free(table);
}

/* Very many short steps in float32: time takes part in the state s, and in when
 * the run ends; the number of steps tells how far time drifted. */
static void test_drift(const Program *program, const char *options)
{
    KitTable *table = kit_run(program->name, "--duration=100 %s --save-at=50,99.875,100", options);
    int average = 0;
    const char *line = strstr(table->summary, "  steps ");
    double error = fabs(kit_value(table, 2, "s") - sin(100)),
           worst = fmax(error, fabs(kit_value(table, 0, "s") - sin(50)));
    if (line) sscanf(line, "  steps %d", &average);
    tap_ok(abs(average - 100000) <= 1, "%s: 100 are 100000 steps of 0.001 (seen: %d)", program->name, average);
    tap_ok(worst < 1e-4, "%s: time after 100000 steps is right to 1e-6 (states are off by %.1e)", program->name, worst);
    kit_free(table);
}

/* No instant is lost or doubled when thousands lie in one step, or one in
 * thousands of steps, and runs of a vector are at different times. */
static void test_many(const Program *program)
{
    KitTable *table = kit_run(program->name, "w=0.1:30:23 --duration=2 --save-every=0.0004");
    double worst = 0;
    for (int row = 0; row < table->rows; row++)
        worst = fmax(
            worst, fabs(kit_value(table, row, "x") - cos(kit_value(table, row, "w") * kit_value(table, row, "time"))));
    tap_ok(table->rows == 23 * 5001 && worst < 100 * program->error, "%s: 23 runs of 5001 instants (off by %.1e)",
           program->name, worst);
    kit_free(table);
}

int main(void)
{
    kit_begin();
    kit_write("clock.lua", problem);
    for (int i = 0; i < PROGRAMS; i++) {
        kit_build(programs[i].name, "clock.lua", programs[i].choices, KIT_LANES);
        for (int k = 0; k < CASES; k++) test_instants(&programs[i], &cases[k]);
    }
    test_many(&programs[0]);
    test_many(&programs[ADAPTIVE32]);
    test_step_ends(&programs[FIXED]);
    test_step_ends(&programs[FIXED32]);
    test_drift(&programs[ADAPTIVE32], "--dt=0.001 --dt-max=0.001");
    test_drift(&programs[FIXED32], "--dt=0.001");
    return tap_done();
}
