/* SPDX-License-Identifier: MIT */
/* What one call of the program is to do, resolved before anything runs.
 *
 *   command line --cli.c--> Options
 *     --sweep.c--> columns, runs    --settings.c--> Settings, both in Batch
 *     --engine.c--> chunks through the target, counted in a Tally, to an Output
 *
 * Every stage reports all mistakes it finds (report.h); the caller stops
 * between stages. All memory is of the batch's pool. */
#ifndef CUBIE_BATCH_H
#define CUBIE_BATCH_H

#include <stdbool.h>

#include "cubie/problem.h"
#include "input/options.h"
#include "input/settings.h"
#include "pool.h"
#include "report.h"

struct Traces;
struct SavedList;

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
    struct SavedList *saved; /* saved.h: what is written of every run */
    struct Traces *traces;   /* trace.h: of the runs that are recorded; NULL: none */
} Batch;

/* Bytes of one number of the results. */
static inline size_t cubie_real_size(const CubieProblem *problem)
{
    return problem->precision == 32 ? sizeof(float) : sizeof(double);
}

#endif
