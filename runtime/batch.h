/* SPDX-License-Identifier: MIT */
/* What one call of the program is to do, resolved before anything runs.
 *
 *   command line --cli.c--> Options
 *     --sweep.c--> columns, runs    --settings.c--> Settings, both in Batch
 *     --batch.c--> chunks through the target, to an Output (output.h)
 *
 * Every stage reports all mistakes it finds (report.h); the caller stops
 * between stages. All memory is of the batch's pool. */
#ifndef CUBIE_BATCH_H
#define CUBIE_BATCH_H

#include <signal.h>

#include "cubie/problem.h"
#include "input/options.h"
#include "input/settings.h"
#include "pool.h"
#include "report.h"

struct Traces;

typedef struct Batch {
    const CubieProblem *problem;
    Report *report;
    Pool *pool;
    const CubieCall *call; /* of the library, or NULL */
    Options options;
    Settings settings;
    int inputs; /* parameters + states */
    int columns;
    CubieColumn *column;  /* [columns], in loop order: the last one fastest */
    const char **values;  /* [columns] each in the notation of the command line */
    double *value;        /* [inputs] of those that do not vary */
    unsigned char *given; /* [states] */
    uint64_t runs;
    struct Traces *traces; /* trace.h: of the runs that are recorded; NULL: none */
} Batch;

/* describe.c: --describe. */
void cubie_print_description(const Batch *batch);

/* Bytes of one number of the results. */
static inline size_t cubie_real_size(const CubieProblem *problem)
{
    return problem->precision == 32 ? sizeof(float) : sizeof(double);
}

struct Output;

/* What happened; for the summary. */
typedef struct Tally {
    uint64_t runs, failed;
    uint64_t failed_by[16]; /* by status bit */
    uint64_t steps, rejected;
    uint32_t most_steps;
    uint64_t *counted;   /* [counters] in all runs; of the pool */
    double open_seconds; /* until the device is ready */
    double kernel_seconds, copy_seconds, write_seconds, wall_seconds;
    double output_bytes;
    const char *device; /* of the target, in the pool */
} Tally;

/* batch.c: a clock that only goes forward. */
double cubie_seconds(void);

/* Integrates the batch into an output that is open. `interrupted` is
 * set by a signal handler, or NULL. False after a failure, which was reported,
 * or an interrupt, which was not. */
bool cubie_batch_run(const Batch *batch, struct Output *output, Tally *tally, const volatile sig_atomic_t *interrupted);

#endif
