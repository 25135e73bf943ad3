/* SPDX-License-Identifier: MIT */
/* A C program that calls the integrators of two projects, for library.sh.
 *
 *   library_call CHECK [FILE.csv]
 *
 * compares results with what the project's own program wrote to the file, or
 * makes a call that is wrong, whose messages it prints. The exit status is 0 when
 * all is equal, 9 when not, else that of the call. */
#include <math.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "HH.h"
#include "cubie/problem.h"
#include "double.h"

enum { RUNS = 4, INSTANTS = 9, UNEQUAL = 9, LINE_MOST = 4096 };

enum { OUTPUTS = 3 }; /* of the problem double, in the order of its columns */

/* Set before a call, so that what is not written is seen. */
static double value[OUTPUTS][INSTANTS * RUNS];
static uint16_t status[RUNS];
static uint32_t steps[RUNS], rejected[RUNS];
static char messages[1000];

static double_outputs results(uint64_t instants)
{
    for (int o = 0; o < OUTPUTS; o++)
        for (int i = 0; i < INSTANTS * RUNS; i++) value[o][i] = -1;
    memset(status, 255, sizeof status);
    memset(steps, 0, sizeof steps);
    memset(rejected, 255, sizeof rejected);
    return (double_outputs){
        .instants = instants,
        .OUTPUTS = value[0],
        .x = value[1],
        .inputs = value[2],
        .status = status,
        .steps = steps,
        .rejected = rejected,
        .messages = messages,
        .messages_size = sizeof messages,
    };
}

/* The last fields of a row of the file, from the end: status, then outputs. */
static bool read_row(double *outputs, int count, FILE *file)
{
    char line[LINE_MOST];
    if (!fgets(line, sizeof line, file)) return false;
    for (int i = count; i >= 0; i--) {
        char *comma = strrchr(line, ',');
        if (!comma) return false;
        outputs[i] = strtod(comma + 1, NULL);
        *comma = '\0';
    }
    return true;
}

/* Rows of the file are sorted by run, then by instant. `same`: every run of
 * the call is the first of the file. */
static int compare(const char *path, int runs, int instants, bool same)
{
    FILE *file = fopen(path, "r");
    char line[LINE_MOST];
    int unequal = !file || !fgets(line, sizeof line, file);
    for (int run = 0; !unequal && run < runs; run++) {
        if (same) rewind(file), unequal |= !fgets(line, sizeof line, file);
        for (int instant = 0; instant < instants; instant++) {
            double row[OUTPUTS + 1] = { 0 };
            unequal |= !read_row(row, OUTPUTS, file);
            for (int o = 0; o < OUTPUTS; o++) unequal |= value[o][instant * runs + run] != row[o];
            unequal |= status[run] != row[OUTPUTS] || steps[run] == 0 || rejected[run] > 100000;
        }
    }
    if (file) fclose(file);
    return unequal ? UNEQUAL : 0;
}

/* A parameter and an initial value per run; a setting that a parameter is named like. */
static int check_arrays(const char *path)
{
    const double rate[RUNS] = { 0.5, 1, 1.5, 2.25 }, start[RUNS] = { 3, 0.1, 1e-3, 7 };
    const double_inputs inputs = { .register_ = rate, .OUTPUTS = start };
    double_options options = double_defaults();
    options.save_every = 0.25;
    options.dt = 0.01;
    double_outputs outputs = results(INSTANTS);
    int failed = double_solve(RUNS, &inputs, &options, &outputs);
    return failed ? failed : compare(path, RUNS, INSTANTS, false);
}

static int check_defaults(const char *path)
{
    double_outputs outputs = results(5);
    int failed = double_solve(RUNS, NULL, NULL, &outputs);
    return failed ? failed : compare(path, RUNS, 5, true);
}

static int check_instants(const char *path)
{
    const char *const arguments[] = { "--save-at=0.3,1.1", "--rtol=1e-4" };
    double_options options = double_defaults();
    options.argument_count = 2;
    options.arguments = arguments;
    double_outputs outputs = results(2);
    int failed = double_solve(RUNS, NULL, &options, &outputs);
    return failed ? failed : compare(path, RUNS, 2, true);
}

static int check_nothing_wanted(const char *path)
{
    (void)path;
    double_outputs outputs = { 0 };
    return double_solve(RUNS, NULL, NULL, &outputs);
}

/* The other problem, of another precision: its first run never ends. */
static int check_failed(const char *path)
{
    (void)path;
    const double start[2] = { 3, 0.5 };
    HH_real real[2] = { 0 }, observed[2] = { 0 };
    const HH_inputs inputs = { .real = start };
    HH_outputs outputs = { .instants = 1, .real = real, .outputs_count = observed, .status = status };
    int failed = HH_solve(2, &inputs, NULL, &outputs);
    if (failed) return failed;
    const bool good = fabsf(real[1]) < 1e-3f && observed[1] == 2.0f * real[1];
    return status[0] != 0 && isnan(real[0]) && isnan(observed[0]) && status[1] == 0 && good ? 0 : UNEQUAL;
}

/* Every thread has its own inputs, and both problems turn and turn about; all
 * results are those of one call alone. */
enum { THREADS = 6, TURNS = 5, POINTS = 33 };

typedef struct Work {
    double rate[POINTS], x[POINTS];
    float real[POINTS];
    uint32_t steps[POINTS];
    char messages[200];
    bool wrong; /* makes mistakes, too */
    int failed;
} Work;

static void solve_both(Work *work)
{
    const char *const mistake = "--rtol=0";
    const double_inputs rates = { .register_ = work->rate };
    const HH_inputs starts = { .real = work->rate };
    double_options options = double_defaults();
    double_outputs outputs = { .instants = 1, .x = work->x, .steps = work->steps };
    HH_outputs other = { .instants = 1, .real = work->real };
    options.save_every = 0;
    work->failed |= double_solve(POINTS, &rates, &options, &outputs);
    work->failed |= HH_solve(POINTS, &starts, NULL, &other);
    if (!work->wrong) return;
    options.arguments = &mistake;
    options.argument_count = 1;
    outputs.messages = work->messages;
    outputs.messages_size = sizeof work->messages;
    work->failed |= double_solve(POINTS, &rates, &options, &outputs) != 1;
    work->failed |= !strstr(work->messages, "error: rtol=0 is out of range");
}

static void *work_on(void *work)
{
    for (int i = 0; i < TURNS; i++) solve_both(work);
    return NULL;
}

static void begin_work(Work *work, int number)
{
    memset(work, 0, sizeof *work);
    for (int i = 0; i < POINTS; i++) work->rate[i] = 0.01 * (i + 1) + 0.1 * number;
    work->wrong = number % 2;
}

static int check_threads(const char *path)
{
    (void)path;
    static Work together[THREADS], alone;
    pthread_t thread[THREADS];
    int unequal = 0;
    for (int i = 0; i < THREADS; i++) begin_work(&together[i], i);
    for (int i = 0; i < THREADS; i++)
        if (pthread_create(&thread[i], NULL, work_on, &together[i])) return UNEQUAL;
    for (int i = 0; i < THREADS; i++) pthread_join(thread[i], NULL);
    for (int i = 0; i < THREADS; i++) {
        begin_work(&alone, i);
        solve_both(&alone);
        unequal |= memcmp(&alone, &together[i], sizeof alone) || alone.failed;
    }
    return unequal ? UNEQUAL : 0;
}

static int solve_with(const char *argument, uint64_t instants, double duration)
{
    double_options options = double_defaults();
    options.duration = duration;
    options.argument_count = argument != NULL;
    options.arguments = &argument;
    double_outputs outputs = results(instants);
    return double_solve(RUNS, NULL, &options, &outputs);
}

/* Messages that have no room end early, with a 0. */
static int solve_in_little_room(void)
{
    double_outputs outputs = results(4);
    memset(messages, '?', sizeof messages);
    outputs.messages_size = 20;
    const int failed = double_solve(RUNS, NULL, NULL, &outputs);
    return strlen(messages) == 19 && messages[20] == '?' ? failed : UNEQUAL;
}

static int solve_with_options(int count, const char *const *arguments)
{
    double_options options = double_defaults();
    options.argument_count = count;
    options.arguments = arguments;
    double_outputs outputs = results(5);
    return double_solve(RUNS, NULL, &options, &outputs);
}

/* More runs than memory has room for, whose values are never looked at. */
static int solve_too_much(void)
{
    const double_inputs inputs = { .register_ = &value[0][0] };
    double_outputs outputs = results(5);
    return double_solve(UINT64_C(1) << 40, &inputs, NULL, &outputs);
}

static int call_wrongly(const char *how)
{
    static const char *const hole[] = { "--rtol=1e-3", NULL };
    double_outputs outputs = results(5);
    if (!strcmp(how, "no outputs")) return double_solve(1, NULL, NULL, NULL);
    if (!strcmp(how, "no problem")) return cubie_solve(NULL, NULL, NULL);
    if (!strcmp(how, "no call")) return cubie_solve(double_problem(), NULL, NULL);
    if (!strcmp(how, "no arguments")) return solve_with_options(2, NULL);
    if (!strcmp(how, "a hole")) return solve_with_options(2, hole);
    if (!strcmp(how, "minus one")) return solve_with_options(-1, hole);
    if (!strcmp(how, "little room")) return solve_in_little_room();
    if (!strcmp(how, "many runs")) return double_solve(UINT64_C(1) << 62, NULL, NULL, &outputs);
    if (!strcmp(how, "no memory")) return solve_too_much();
    if (!strcmp(how, "instants")) return solve_with(NULL, 4, NAN);
    if (!strcmp(how, "duration")) return solve_with(NULL, 5, -1);
    return solve_with(how, 5, NAN);
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        int (*check)(const char *path);
    } checks[] = {
        { "arrays", check_arrays }, { "defaults", check_defaults },      { "instants", check_instants },
        { "failed", check_failed }, { "nothing", check_nothing_wanted }, { "threads", check_threads },
    };
    for (size_t i = 0; argc == 3 && i < sizeof checks / sizeof *checks; i++)
        if (!strcmp(argv[1], checks[i].name)) return checks[i].check(argv[2]);
    if (argc != 3 || strcmp(argv[1], "wrong") != 0) return UNEQUAL;
    const int failed = call_wrongly(argv[2]);
    fputs(messages, stdout);
    return failed;
}
