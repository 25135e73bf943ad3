/* SPDX-License-Identifier: MIT */
/* Kernel time of a generated project, best of several repeats, beside a
 * ceiling that is measured by another program in the same run.
 *
 *   kernel INPUT lin|log FROM TO RUNS [--shuffle] [--duration=T] [--tol=X] [--atol=X] [--dt=H] [--newton=X]
 *                                     [--repeats=N] [--saves=K] [--write=FILE] [--reference=FILE]
 *
 * The controller's settings are those of the hand-written kernels, whatever the
 * method's own defaults: all of the tolerance for a step, safety 0.9, gains from
 * 0.2 to 10.
 *
 * Compiled with -DPROBLEM=NAME_problem and linked with libNAME.a. One input is
 * swept from FROM to TO over RUNS runs, all else at its default; shuffled, the
 * same values come as a table in random order. Prints: milliseconds, attempts
 * per run, failed runs, and a checksum of the end states. --write keeps these,
 * as doubles by state and run; against such a --reference it prints the median
 * over the runs of the error sqrt(mean over states of (d / (1e-6 + most))^2), most
 * being the largest value that the state has in any run of the reference. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cubie/problem.h"

const CubieProblem *PROBLEM(void);

typedef struct Case {
    const char *input, *scale;
    double from, to, duration, tol, atol, dt, newton;
    const char *write, *reference;
    uint32_t runs;
    int shuffle, repeats;
    uint64_t saves;
} Case;

static double value_of(const char *word, const char *option, double otherwise)
{
    size_t length = strlen(option);
    return strncmp(word, option, length) ? otherwise : atof(word + length);
}

static Case read_case(int argc, char **argv)
{
    if (argc < 6) {
        fputs("usage: kernel INPUT lin|log FROM TO RUNS [OPTION]...\n", stderr);
        exit(2);
    }
    Case c = { .input = argv[1],
               .scale = argv[2],
               .from = atof(argv[3]),
               .to = atof(argv[4]),
               .duration = 10,
               .tol = 1e-6,
               .newton = 0,
               .runs = (uint32_t)atof(argv[5]),
               .repeats = 5 };
    for (int i = 6; i < argc; i++) {
        c.shuffle |= !strcmp(argv[i], "--shuffle");
        c.duration = value_of(argv[i], "--duration=", c.duration);
        c.tol = value_of(argv[i], "--tol=", c.tol);
        c.atol = value_of(argv[i], "--atol=", c.atol);
        if (!strncmp(argv[i], "--write=", 8)) c.write = argv[i] + 8;
        if (!strncmp(argv[i], "--reference=", 12)) c.reference = argv[i] + 12;
        c.dt = value_of(argv[i], "--dt=", c.dt);
        c.newton = value_of(argv[i], "--newton=", c.newton);
        c.repeats = (int)value_of(argv[i], "--repeats=", c.repeats);
        c.saves = (uint64_t)value_of(argv[i], "--saves=", (double)c.saves);
    }
    return c;
}

static int find_input(const CubieProblem *problem, const char *name)
{
    for (int i = 0; i < problem->parameters + problem->states; i++)
        if (!strcmp(problem->input[i].name, name)) return i;
    fprintf(stderr, "kernel: no input '%s'\n", name);
    exit(1);
}

static uint64_t next_random(uint64_t *state)
{
    uint64_t z = (*state += 0x9e3779b97f4a7c15u); /* splitmix64 */
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static double *shuffled_values(const Case *c)
{
    double *values = malloc(sizeof *values * c->runs);
    int linear = !strcmp(c->scale, "lin");
    uint64_t state = 1;
    for (uint32_t i = 0; i < c->runs; i++) {
        double part = (double)i / c->runs;
        values[i] = linear ? c->from + part * (c->to - c->from) : c->from * exp(part * log(c->to / c->from));
    }
    for (uint32_t i = c->runs - 1; i > 0; i--) {
        uint32_t j = (uint32_t)(next_random(&state) % (i + 1));
        double kept = values[i];
        values[i] = values[j];
        values[j] = kept;
    }
    return values;
}

static CubieColumn make_column(const Case *c, int input)
{
    int linear = !strcmp(c->scale, "lin");
    CubieColumn column = { .input = input, .stride = 1, .count = c->runs, .start = c->from, .stop = c->to };
    column.kind = linear ? CUBIE_SWEEP_LINEAR : CUBIE_SWEEP_GEOMETRIC;
    column.step = linear ? (c->to - c->from) / (c->runs - 1) : log(c->to / c->from) / (c->runs - 1);
    if (c->shuffle) {
        column.kind = CUBIE_SWEEP_TABLE;
        column.table = shuffled_values(c);
    }
    return column;
}

static CubieJob make_job(const CubieProblem *problem, const Case *c, const CubieColumn *column)
{
    int n = problem->states, inputs = problem->parameters + n;
    double *value = malloc(sizeof *value * (size_t)(inputs + 2 * n));
    unsigned char *given = calloc((size_t)n, 1);
    for (int i = 0; i < inputs; i++) value[i] = problem->input[i].value;
    for (int i = 0; i < 2 * n; i++) value[inputs + i] = i >= n && c->atol > 0 ? c->atol : c->tol;
    CubieJob job = { .runs = c->runs, .columns = 1, .column = column, .value = value, .given = given };
    job.t_end = c->duration;
    job.rtol = value + inputs;
    job.atol = value + inputs + n;
    job.dt = c->dt;
    job.fixed_steps = c->dt > 0 ? (uint64_t)llround(c->duration / c->dt) : 0;
    job.dt_min = 1e-12;
    job.dt_max = INFINITY;
    job.safety = 0.9;
    job.min_gain = 0.2;
    job.max_gain = 10;
    job.max_steps = 1000000;
    job.newton_tolerance = c->newton;
    job.newton_max_iterations = 10;
    job.krylov_tolerance = 1e-7;
    job.krylov_max_iterations = 100;
    job.saves = c->saves;
    if (c->saves) job.save_every = c->duration / (double)(c->saves - 1);
    return job;
}

/* The output with this number of the kernel's values, which are the states first. */
static double end_value(const CubieProblem *problem, const CubieChunk *chunk, int place, uint32_t run)
{
    for (int i = 0; i < problem->outputs; i++) {
        const CubieOutput *output = &problem->output[i];
        for (int e = 0; e < (output->elements ? output->elements : 1); e++) {
            if ((output->place ? output->place[e] : output->first + e * output->step) != place) continue;
            const void *values = cubie_block_values(output, &chunk->block[i], 0, e);
            return problem->precision == 64 ? ((const double *)values)[run] : (double)((const float *)values)[run];
        }
    }
    return NAN;
}

static double checksum(const CubieProblem *problem, const CubieChunk *chunk)
{
    double sum = 0;
    for (uint32_t r = 0; r < chunk->runs; r++) sum += end_value(problem, chunk, 0, r);
    return sum / chunk->runs;
}

static FILE *open_file(const char *path, const char *mode)
{
    FILE *file = fopen(path, mode);
    if (file) return file;
    perror(path);
    exit(3);
}

static void write_ends(const CubieProblem *problem, const CubieChunk *chunk, const char *path)
{
    FILE *file = open_file(path, "wb");
    for (int i = 0; i < problem->states; i++)
        for (uint32_t r = 0; r < chunk->runs; r++) {
            double value = end_value(problem, chunk, i, r);
            fwrite(&value, sizeof value, 1, file);
        }
    fclose(file);
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median_error(const CubieProblem *problem, const CubieChunk *chunk, const char *path)
{
    uint32_t runs = chunk->runs;
    double *sum = calloc(runs, sizeof *sum), *reference = malloc(sizeof *reference * runs);
    FILE *file = open_file(path, "rb");
    for (int i = 0; i < problem->states; i++) {
        double most = 0;
        if (fread(reference, sizeof *reference, runs, file) != runs) perror(path), exit(3);
        for (uint32_t r = 0; r < runs; r++) most = fmax(most, fabs(reference[r]));
        for (uint32_t r = 0; r < runs; r++)
            sum[r] += pow((end_value(problem, chunk, i, r) - reference[r]) / (1e-6 + most), 2);
    }
    fclose(file);
    qsort(sum, runs, sizeof *sum, by_size);
    double median = sqrt(sum[runs / 2] / problem->states);
    free(reference);
    free(sum);
    return median;
}

static void report(const CubieProblem *problem, const CubieChunk *chunk, double best)
{
    double attempts = 0;
    uint32_t failed = 0;
    for (uint32_t r = 0; r < chunk->runs; r++) {
        attempts += (double)chunk->steps[r] + chunk->rejected[r];
        failed += chunk->status[r] != 0;
    }
    printf("%9.3f ms  %7.1f attempts/run  %u failed  mean %.9g\n", best * 1e3, attempts / chunk->runs, failed,
           checksum(problem, chunk));
}

static void check(int status, const CubieMessage *message)
{
    if (!status) return;
    fprintf(stderr, "kernel: %s\n", message->text);
    exit(3);
}

int main(int argc, char **argv)
{
    const CubieProblem *problem = PROBLEM();
    Case c = read_case(argc, argv);
    CubieColumn column = make_column(&c, find_input(problem, c.input));
    CubieJob job = make_job(problem, &c, &column);
    CubieMessage message;
    CubieDevice *device = problem->target->open(problem, -1, 0, &message);
    check(!device, &message);
    CubieChunk chunk = { .block = calloc((size_t)problem->outputs, sizeof(CubieBlock)) };
    double best = INFINITY;
    for (int i = 0; i < c.repeats; i++) {
        check(problem->target->start(device, 0, &job, &message), &message);
        check(problem->target->finish(device, 0, &chunk, &message), &message);
        if (chunk.kernel_seconds < best) best = chunk.kernel_seconds;
    }
    report(problem, &chunk, best);
    if (c.reference) printf("    median error %.2e\n", median_error(problem, &chunk, c.reference));
    if (c.write) write_ends(problem, &chunk, c.write);
    problem->target->close(device);
    return 0;
}
