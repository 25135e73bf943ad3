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
#include "input/settings.h"
#include "pool.h"
#include "report.h"

/* NAME=VALUE as the user wrote it; `word` is the whole of it, for messages. */
typedef struct Assignment {
    const char *name, *value, *word;
} Assignment;

typedef struct AssignmentList {
    Assignment *item; /* room for every word of the command line */
    int count;
} AssignmentList;

typedef struct Options {
    const char *output;    /* NULL: NAME.nc, or NAME.csv without netCDF */
    const char *input;     /* --input, or NULL */
    AssignmentList inputs; /* NAME=VALUES of inputs, in order */
    AssignmentList settings;
    const char *arguments;   /* the command line, for the file's attributes */
    bool zip, product;       /* --zip, --product: override the problem's sweep */
    uint64_t runs;           /* 0: not given */
    int device;              /* -1: any */
    uint32_t chunk;          /* 0: not given */
    const char *trace_runs;  /* --trace-runs, or NULL */
    uint32_t trace_attempts; /* 0: not given */
    bool print_trace;
    int threads; /* 0: all cores */
    bool no_progress, quiet, strict, describe, help, version;
} Options;

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

/* cli.c: the words after the program's name. */
void cubie_options_read(Batch *batch, int words, const char *const *word);
void cubie_print_help(const Batch *batch);
void cubie_print_version(const Batch *batch);

/* sweep.c: columns, fixed values and the number of runs. */
void cubie_sweep_resolve(Batch *batch);
/* Values of a column for runs first .. first + runs - 1, as float or double by
 * the problem's precision: what the target computes. */
void cubie_sweep_fill(void *out, const CubieColumn *column, int precision, uint64_t first, uint32_t runs);
/* In the notation of the command line: "rho=0:21:1000", what varies, and
 * "sigma=10 beta=2.6666666666666665", what does not. */
const char *cubie_swept_text(const Batch *batch);
const char *cubie_fixed_text(const Batch *batch);

/* describe.c: --describe. */
void cubie_print_description(const Batch *batch);

/* Bytes of one number of the results. */
static inline size_t cubie_real_size(const CubieProblem *problem)
{
    return problem->precision == 32 ? sizeof(float) : sizeof(double);
}

/* Index of the input with this name (as in the problem file, or as an
 * identifier), or -1. */
int cubie_input_find(const CubieProblem *problem, const char *name);

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
