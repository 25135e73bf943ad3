/* SPDX-License-Identifier: MIT */
/* What happened in a batch, for the summary. */
#ifndef CUBIE_TALLY_H
#define CUBIE_TALLY_H

#include <stdbool.h>

#include "cubie/problem.h"
#include "pool.h"
#include "status.h"

typedef struct Tally {
    uint64_t runs, failed;
    uint64_t failed_by[CUBIE_STATUS_BITS];
    uint64_t steps, rejected;
    uint32_t most_steps;
    const CubieProblem *problem;
    uint64_t *counted;   /* [outputs] in all runs, of those that count; of the pool */
    double open_seconds; /* until the device is ready */
    double kernel_seconds, copy_seconds, write_seconds, wall_seconds;
    char device[256]; /* what the target calls it */
} Tally;

/* Nothing yet. */
Tally cubie_tally(const CubieProblem *problem, Pool *pool);
void cubie_tally_add(Tally *tally, const CubieChunk *chunk);

/* A clock that only goes forward. */
double cubie_seconds(void);

/* Whether the output is a count of what the method did. */
static inline bool cubie_is_count(const CubieOutput *output)
{
    return output->dimension == CUBIE_OF_RUN && output->type == CUBIE_UINT32;
}

#endif
