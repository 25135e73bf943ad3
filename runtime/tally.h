/* SPDX-License-Identifier: MIT */
/* What happened in a batch, for the summary. */
#ifndef CUBIE_TALLY_H
#define CUBIE_TALLY_H

#include "cubie/problem.h"
#include "pool.h"
#include "status.h"

typedef struct Tally {
    uint64_t runs, failed;
    uint64_t failed_by[CUBIE_STATUS_BITS];
    uint64_t steps, rejected;
    uint32_t most_steps;
    int counters;
    uint64_t *counted;   /* [counters] in all runs; of the pool */
    double open_seconds; /* until the device is ready */
    double kernel_seconds, copy_seconds, write_seconds, wall_seconds;
    const char *device; /* of the target, in the pool */
} Tally;

/* Nothing yet, of the counters of this problem. */
Tally cubie_tally(const CubieProblem *problem, Pool *pool);
void cubie_tally_add(Tally *tally, const CubieChunk *chunk);

/* A clock that only goes forward. */
double cubie_seconds(void);

#endif
