/* SPDX-License-Identifier: MIT */
/* Runs a batch in chunks, two of them in flight: while the target integrates
 * one, the one before it is written. */
#include "engine.h"

#include <stdio.h>
#include <time.h>

#include "output/saved.h"
#include "output/trace.h"
#include "progress.h"

enum {
    SLOTS = 2,
    CHUNK_MOST = 1 << 22,  /* runs; beyond it nothing is gained on any device */
    CHUNK_FULL = 1 << 18,  /* runs that keep any device busy */
    CHUNK_BYTES = 1 << 29, /* results of a chunk larger than CHUNK_FULL */
    CHUNK_LEAST = 32,      /* where running out of memory is final */
    OUT_OF_MEMORY = 2,     /* returned by CubieTarget.start */
    POLL_FIRST = 20000,    /* ns between two looks at a chunk in flight ... */
    POLL_LAST = 5000000    /* ... which grow */
};

typedef struct Engine {
    const Batch *batch;
    const CubieTarget *target;
    CubieDevice *device;
    Output *output;
    Tally *tally;
    Progress progress;
    const volatile sig_atomic_t *interrupted;
    CubieJob job;         /* all but first and runs */
    uint32_t chunk;       /* runs at once */
    uint64_t next;        /* first run that was not started */
    int oldest, flying;   /* slots: oldest, oldest + 1, ... */
    uint32_t runs[SLOTS]; /* of the chunk in the slot */
    uint32_t *traced_run; /* of the job; room for all */
    CubieBlock *block;    /* of a chunk */
    CubieMessage message;
} Engine;

static bool engine_stopped(const Engine *engine)
{
    return engine->interrupted && *engine->interrupted;
}

static CubieJob engine_job(const Batch *batch)
{
    const Settings *settings = &batch->settings;
    return (CubieJob){
        .columns = batch->columns,
        .column = batch->column,
        .value = batch->value,
        .given = batch->given,
        .t0 = settings->t0,
        .t_end = settings->t0 + settings->settle + settings->duration,
        .saves = settings->saves,
        .save_start = settings->t0 + settings->settle,
        .save_every = settings->save_every,
        .save_at = settings->save_at,
        .rtol = settings->step_rtol,
        .atol = settings->step_atol,
        .dt = settings->dt,
        .fixed_steps = settings->fixed_steps,
        .dt_min = settings->dt_min,
        .dt_max = settings->dt_max,
        .safety = settings->safety,
        .min_gain = settings->min_gain,
        .max_gain = settings->max_gain,
        .kp = settings->kp,
        .ki = settings->ki,
        .kd = settings->kd,
        .max_steps = settings->max_steps,
        .newton_tolerance = settings->newton_tolerance,
        .krylov_tolerance = settings->krylov_tolerance,
        .newton_max_iterations = settings->newton_max_iterations,
        .krylov_max_iterations = settings->krylov_max_iterations,
        .wanted = batch->saved->wanted,
    };
}

/* Most runs of a chunk for what is neither too little work nor too much memory. */
static uint64_t engine_good_chunk(const Batch *batch)
{
    const double row = (double)cubie_settings_instants(&batch->settings) * cubie_problem_row(batch->problem);
    const double runs = CHUNK_BYTES / (row * (double)cubie_real_size(batch->problem));
    return runs > CHUNK_MOST ? CHUNK_MOST : runs < CHUNK_FULL ? CHUNK_FULL : (uint64_t)runs;
}

/* Equal chunks, as few as capacity and --chunk allow. */
static uint32_t engine_chunk(const Engine *engine)
{
    const Batch *batch = engine->batch;
    uint64_t most = engine->target->capacity(engine->device, cubie_settings_instants(&batch->settings));
    const uint64_t good = engine_good_chunk(batch);
    if (most > good) most = good;
    if (batch->options.chunk && batch->options.chunk < most) most = batch->options.chunk;
    if (most < 1) most = 1;
    if (batch->options.chunk) return (uint32_t)(most < batch->runs ? most : batch->runs);
    const uint64_t chunks = (batch->runs + most - 1) / most;
    return (uint32_t)((batch->runs + chunks - 1) / chunks);
}

static bool engine_failed(Engine *engine)
{
    cubie_system_error(engine->batch->report, "%s", engine->message.text);
    return false;
}

/* Starts the next chunk in the free slot. Out of memory with another chunk in
 * flight: leaves it at that, else halves the chunk. */
static bool engine_start(Engine *engine, bool *full)
{
    const int slot = (engine->oldest + engine->flying) % SLOTS;
    *full = false;
    for (;;) {
        const uint64_t left = engine->batch->runs - engine->next;
        engine->job.first = engine->next;
        engine->job.runs = left < engine->chunk ? (uint32_t)left : engine->chunk;
        cubie_traces_choose(engine->batch, &engine->job, engine->traced_run);
        const int failed = engine->target->start(engine->device, slot, &engine->job, &engine->message);
        if (!failed) break;
        if (failed != OUT_OF_MEMORY) return engine_failed(engine);
        *full = engine->flying > 0;
        if (*full) return true;
        if (engine->chunk <= CHUNK_LEAST) return engine_failed(engine);
        engine->chunk = (engine->job.runs < engine->chunk ? engine->job.runs : engine->chunk) / 2;
        if (engine->chunk == 0) return engine_failed(engine);
    }
    engine->runs[slot] = engine->job.runs;
    engine->next += engine->job.runs;
    engine->flying++;
    return true;
}

/* Waits until the oldest chunk is done, showing progress. False: interrupted. */
static bool engine_wait(Engine *engine)
{
    long pause = POLL_FIRST;
    for (;;) {
        int finished = 0;
        uint64_t taken = 0;
        for (int i = engine->flying - 1; i >= 0; i--) {
            const int slot = (engine->oldest + i) % SLOTS;
            const uint32_t runs = engine->target->progress(engine->device, slot, &finished);
            taken += runs < engine->runs[slot] ? runs : engine->runs[slot];
        }
        if (engine_stopped(engine)) return false;
        if (finished) return true;
        cubie_progress_show(&engine->progress, engine->tally->runs + taken);
        nanosleep(&(struct timespec){ 0, pause }, NULL);
        pause = 2 * pause < POLL_LAST ? 2 * pause : POLL_LAST;
    }
}

/* Takes the oldest chunk out of flight, and writes it. */
static bool engine_finish(Engine *engine)
{
    CubieChunk chunk = { .block = engine->block };
    const int slot = engine->oldest;
    engine->oldest = (slot + 1) % SLOTS;
    engine->flying--;
    if (engine->target->finish(engine->device, slot, &chunk, &engine->message)) return engine_failed(engine);
    cubie_saved_blocks(engine->batch->saved, &chunk);
    cubie_tally_add(engine->tally, &chunk);
    if (!cubie_traces_keep(engine->batch, &chunk)) return false;
    const double before = cubie_seconds();
    const bool written = cubie_output_write(engine->output, &chunk);
    engine->tally->write_seconds += cubie_seconds() - before;
    return written;
}

/* Ends what is in flight after a failure or an interrupt. */
static void engine_drop(Engine *engine)
{
    CubieChunk chunk = { .block = engine->block };
    engine->target->cancel(engine->device);
    for (; engine->flying > 0; engine->flying--) {
        (void)engine->target->finish(engine->device, engine->oldest, &chunk, &engine->message);
        engine->oldest = (engine->oldest + 1) % SLOTS;
    }
}

static bool engine_loop(Engine *engine)
{
    const uint64_t runs = engine->batch->runs;
    bool good = true;
    while (good && (engine->next < runs || engine->flying > 0)) {
        bool full = false;
        while (good && !full && engine->flying < SLOTS && engine->next < runs) good = engine_start(engine, &full);
        good = good && engine_wait(engine) && engine_finish(engine) && !engine_stopped(engine);
    }
    if (!good) engine_drop(engine);
    return good;
}

bool cubie_engine_run(const Batch *batch, Output *output, Tally *tally, const volatile sig_atomic_t *interrupted)
{
    const CubieTarget *target = batch->problem->target;
    Engine engine = { .batch = batch, .target = target, .output = output, .tally = tally, .interrupted = interrupted };
    const size_t traced = batch->traces ? (size_t)batch->traces->count : 0;
    engine.traced_run = cubie_pool_array(batch->pool, traced, sizeof *engine.traced_run);
    engine.block = cubie_pool_array(batch->pool, (size_t)batch->saved->outputs, sizeof *engine.block);
    const double start = cubie_seconds();
    engine.device = target->open(batch->problem, batch->options.device, batch->options.threads, &engine.message);
    if (!engine.device) return engine_failed(&engine);
    tally->open_seconds = cubie_seconds() - start;
    snprintf(tally->device, sizeof tally->device, "%s", target->describe(engine.device));
    engine.job = engine_job(batch);
    engine.chunk = engine_chunk(&engine);
    cubie_progress_begin(&engine.progress, batch);
    const bool good = engine_loop(&engine);
    cubie_progress_end(&engine.progress);
    target->close(engine.device);
    return good;
}
