/* SPDX-License-Identifier: MIT */
#include "runtime/fake_problem.h"

#include <math.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "cubie/sweep.h"

enum { FAKE_SLICE = 16 };

typedef struct FakeSlot {
    CubieJob job;
    uint32_t done;
    void *value;
    uint32_t *steps, *rejected, *counter;
    uint16_t *status;
    double *trace; /* [traced][attempts][numbers] */
} FakeSlot;

struct CubieDevice {
    const CubieProblem *problem;
    int precision;
    uint32_t capacity, memory;
    long delay;
    bool cancelled;
    FakeSlot slot[2];
};

static long fake_setting(const char *name, long initial)
{
    const char *text = getenv(name);
    return text && *text ? atol(text) : initial;
}

static bool fake_fails(const char *where, CubieMessage *message)
{
    const char *text = getenv("FAKE_FAIL");
    if (!text || strcmp(text, where) != 0) return false;
    snprintf(message->text, sizeof message->text, "the fake device failed to %s", where);
    return true;
}

static CubieDevice *fake_open(const CubieProblem *problem, int device, int threads, CubieMessage *message)
{
    (void)device;
    (void)threads;
    if (fake_fails("open", message)) return NULL;
    CubieDevice *made = calloc(1, sizeof *made);
    made->problem = problem;
    made->precision = problem->precision;
    made->capacity = (uint32_t)fake_setting("FAKE_CAPACITY", 1000000);
    made->memory = (uint32_t)fake_setting("FAKE_MEMORY", 1L << 30);
    made->delay = fake_setting("FAKE_DELAY", 0);
    const long most = fake_setting("FAKE_FILE_LIMIT", 0);
    if (most) { /* from now on, when the output is open */
        signal(SIGXFSZ, SIG_IGN);
        setrlimit(RLIMIT_FSIZE, &(struct rlimit){ (rlim_t)most, (rlim_t)most });
    }
    return made;
}

static const char *fake_describe(CubieDevice *device)
{
    return device->precision == 32 ? "a fake (float)" : "a fake (double)";
}

static uint32_t fake_capacity(CubieDevice *device, uint64_t instants)
{
    (void)instants;
    return device->capacity;
}

static void fake_release(FakeSlot *slot)
{
    free(slot->value);
    free(slot->steps);
    free(slot->rejected);
    free(slot->counter);
    free(slot->status);
    free(slot->trace);
    *slot = (FakeSlot){ .value = NULL };
}

/* Rows that tell run, attempt and field: 3002.5 is number 4 of attempt 2 of run 3. */
static void fake_trace(FakeSlot *slot, uint32_t traced, uint64_t run)
{
    for (uint32_t attempt = 0; attempt < slot->job.trace_attempts; attempt++) {
        double *row = slot->trace + ((size_t)traced * slot->job.trace_attempts + attempt) * FAKE_NUMBERS;
        for (int i = 0; i < FAKE_NUMBERS; i++) row[i] = 1000 * (double)run + attempt + 0.125 * i;
        row[1] = attempt % 2;
        for (uint32_t i = 4 + attempt % 4; i < FAKE_NUMBERS; i++) row[i] = NAN;
    }
}

static int fake_start(CubieDevice *device, int number, const CubieJob *job, CubieMessage *message)
{
    FakeSlot *slot = &device->slot[number];
    if (fake_fails("start", message)) return 1;
    if (job->runs > device->memory) {
        snprintf(message->text, sizeof message->text, "no memory for %u runs", job->runs);
        return 2;
    }
    fake_release(slot);
    const size_t rows = (size_t)(job->saves ? job->saves : 1) * FAKE_OUTPUTS;
    slot->job = *job;
    slot->value = calloc(rows * job->runs, (size_t)device->precision / 8);
    slot->steps = calloc(job->runs, sizeof *slot->steps);
    slot->rejected = calloc(job->runs, sizeof *slot->rejected);
    slot->counter = calloc((size_t)FAKE_COUNTERS * job->runs, sizeof *slot->counter);
    slot->status = calloc(job->runs, sizeof *slot->status);
    slot->trace = calloc((size_t)job->traced * job->trace_attempts * FAKE_NUMBERS + 1, sizeof *slot->trace);
    for (uint32_t i = 0; i < job->traced; i++) fake_trace(slot, i, job->first + job->traced_run[i]);
    return 0;
}

static void fake_inputs(double value[FAKE_INPUTS], const CubieDevice *device, const CubieJob *job, uint32_t run)
{
    memcpy(value, job->value, FAKE_INPUTS * sizeof *value);
    bool given[2] = { job->given[0], job->given[1] };
    for (int i = 0; i < job->columns; i++) {
        const CubieColumn *column = &job->column[i];
        if (device->precision == 32) {
            CubieColumn32 ready;
            cubie_column_prepare32(&ready, column, job->first, job->runs);
            value[column->input] = column->kind == CUBIE_SWEEP_TABLE
                                       ? (double)(float)column->table[cubie_column_index(&ready.index, run)]
                                       : (double)cubie_sweep_value_f32(&ready, run);
        } else {
            CubieColumn64 ready;
            cubie_column_prepare64(&ready, column, job->first, job->runs);
            value[column->input] = cubie_sweep_value_f64(&ready, run);
        }
    }
    if (!given[1]) value[3] = 2 * value[0];
}

static void fake_store(const CubieDevice *device, FakeSlot *slot, uint64_t row, uint32_t run, double value)
{
    const size_t at = (size_t)row * slot->job.runs + run;
    if (device->precision == 32)
        ((float *)slot->value)[at] = (float)value;
    else
        ((double *)slot->value)[at] = value;
}

static double fake_instant(const CubieJob *job, uint64_t k)
{
    return job->save_at ? job->save_at[k] : job->saves ? job->save_start + (double)k * job->save_every : job->t_end;
}

/* Inputs: c, k, x, y. */
static void fake_run(const CubieDevice *device, FakeSlot *slot, uint32_t run)
{
    const CubieJob *job = &slot->job;
    double in[FAKE_INPUTS];
    fake_inputs(in, device, job, run);
    const double c = in[0], k = in[1], end = in[1] < 0 ? (job->t0 + job->t_end) / 2 : job->t_end;
    slot->status[run] = k < 0 ? CUBIE_STEP_TOO_SMALL : k > 1e6 ? CUBIE_NOT_FINITE : 0;
    slot->steps[run] = job->fixed_steps ? (uint32_t)job->fixed_steps : 10 + (uint32_t)fabs(k);
    slot->rejected[run] = (uint32_t)((job->first + run) % 3);
    slot->counter[run] = 3 * slot->steps[run];
    slot->counter[job->runs + run] = (uint32_t)(job->first + run);
    for (uint64_t i = 0; i < (job->saves ? job->saves : 1); i++) {
        const double t = fake_instant(job, i), time = t - job->t0;
        const bool reached = t <= end && k <= 1e6;
        const double x = reached ? in[2] * exp(-k * time) : NAN, y = reached ? c + (in[3] - c) * exp(-time) : NAN;
        fake_store(device, slot, FAKE_OUTPUTS * i, run, x);
        fake_store(device, slot, FAKE_OUTPUTS * i + 1, run, y);
        fake_store(device, slot, FAKE_OUTPUTS * i + 2, run, x + y);
    }
}

/* A device that works while it is looked at. */
static uint32_t fake_progress(CubieDevice *device, int number, int *finished)
{
    FakeSlot *slot = &device->slot[number];
    for (int i = 0; i < FAKE_SLICE && slot->done < slot->job.runs && !device->cancelled; i++) {
        if (device->delay)
            nanosleep(&(struct timespec){ device->delay / 1000000, device->delay % 1000000 * 1000 }, NULL);
        fake_run(device, slot, slot->done++);
    }
    *finished = slot->done == slot->job.runs || device->delay == 0;
    return slot->done;
}

static int fake_finish(CubieDevice *device, int number, CubieChunk *chunk, CubieMessage *message)
{
    FakeSlot *slot = &device->slot[number];
    if (fake_fails("finish", message)) return 1;
    for (; slot->done < slot->job.runs && !device->cancelled; slot->done++) fake_run(device, slot, slot->done);
    const size_t runs = slot->job.runs, row = runs * (size_t)device->precision / 8;
    for (int i = 0; i < device->problem->outputs; i++) {
        const CubieOutput *output = &device->problem->output[i];
        const size_t first = (size_t)output->first;
        chunk->block[i] = output->dimension == CUBIE_OF_INSTANT
                              ? (CubieBlock){ (char *)slot->value + first * row, FAKE_OUTPUTS * row, row }
                              : (CubieBlock){ slot->counter + first * runs, 0, runs * sizeof(uint32_t) };
    }
    *chunk = (CubieChunk){ .first = slot->job.first,
                           .runs = slot->job.runs,
                           .block = chunk->block,
                           .steps = slot->steps,
                           .rejected = slot->rejected,
                           .status = slot->status,
                           .trace = slot->trace,
                           .kernel_seconds = 0.25,
                           .copy_seconds = 0.125 };
    return 0;
}

static void fake_cancel(CubieDevice *device)
{
    device->cancelled = true;
}

static void fake_close(CubieDevice *device)
{
    fake_release(&device->slot[0]);
    fake_release(&device->slot[1]);
    free(device);
}

static const CubieTarget fake_target = { "fake",        fake_open,   fake_describe, fake_capacity, fake_start,
                                         fake_progress, fake_finish, fake_cancel,   fake_close };

static const CubieVariable fake_input[FAKE_INPUTS] = {
    { "c", "c", "mol", 0.5, NULL },
    { "k", "k", "1/s", 1.0, NULL },
    { "x", "x", "mol", 1.0, NULL },
    { "y[1]", "y_1", "mol", 1.0, "2*c" },
};

/* The last FAKE_COUNTERS are left out unless they are asked for. */
static const CubieOutput fake_output[FAKE_OUTPUTS + FAKE_COUNTERS] = {
    { "x", "x", "", "mol", CUBIE_OF_INSTANT, CUBIE_REAL, 0, 0, 1, NULL },
    { "y", "y", "", "mol", CUBIE_OF_INSTANT, CUBIE_REAL, 1, 1, 1, NULL },
    { "total", "total", "", "", CUBIE_OF_INSTANT, CUBIE_REAL, 0, 2, 1, NULL },
    { "newton_iterations", "newton_iterations", "iterations of Newton's method", "", CUBIE_OF_RUN, CUBIE_UINT32, 0, 0,
      1, NULL },
    { "factorisations", "factorisations", "factorisations of the matrix", "", CUBIE_OF_RUN, CUBIE_UINT32, 0, 1, 1,
      NULL },
};

static const CubieRecord fake_record[] = {
    { "time", "time of the start", CUBIE_RECORD_NUMBER, 0, 1 },
    { "accepted", "1 when accepted", CUBIE_RECORD_COUNT, 1, 1 },
    { "state", "state at the start", CUBIE_RECORD_STATES, 2, 2 },
    { "update", "norms of updates", CUBIE_RECORD_ITEMS, 4, 3 },
};

static const CubieSettingDefault fake_settings[] = {
    { "duration", "2" }, { "atol", "1e-6,x=1e-8" }, { "dt", "0.01" }, { "max_steps", "100000" }, { "seed", "7" },
};

static const CubieSweepDefault fake_sweep[] = { { "k", "0:1:5" } };

const CubieProblem *fake_problem(void)
{
    static CubieProblem problem;
    problem = (CubieProblem){
        .abi = CUBIE_ABI,
        .name = "decay",
        .generator = "cubie-gen 0.1.0",
        .hash = "0123456789abcdef",
        .algorithm = "exact",
        .controller = "pi",
        .generation = "",
        .order = 5,
        .parameters = 2,
        .states = 2,
        .observables = 1,
        .input = fake_input,
        .output = fake_output,
        .settings = sizeof fake_settings / sizeof *fake_settings,
        .setting = fake_settings,
        .sweeps = 1,
        .sweep = fake_sweep,
        .time_unit = "s",
        .shared_bytes = 0,
        .persistent_bytes = 16,
        .local_bytes = 128,
        .target = &fake_target,
    };
    problem.outputs = FAKE_OUTPUTS + (fake_setting("FAKE_COUNTED", 0) ? FAKE_COUNTERS : 0);
    problem.records = fake_setting("FAKE_TRACED", 0) ? (int)(sizeof fake_record / sizeof *fake_record) : 0;
    problem.record = fake_record;
    problem.precision = (int)fake_setting("FAKE_PRECISION", 64);
    problem.adaptive = (int)fake_setting("FAKE_ADAPTIVE", 1);
    problem.uses = problem.adaptive ? "adaptive steps,tolerances,proportional term" : "";
    return &problem;
}
