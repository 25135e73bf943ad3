/* SPDX-License-Identifier: MIT */
#include "tally.h"

#include <time.h>

double cubie_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

Tally cubie_tally(const CubieProblem *problem, Pool *pool)
{
    return (Tally){
        .problem = problem,
        .counted = cubie_pool_array(pool, (size_t)problem->outputs, sizeof(uint64_t)),
    };
}

static void tally_add_run(Tally *tally, uint32_t status, uint32_t steps, uint32_t rejected)
{
    tally->steps += steps;
    tally->rejected += rejected;
    tally->most_steps = steps > tally->most_steps ? steps : tally->most_steps;
    tally->failed += status != 0;
    for (uint32_t bit = 0; status >> bit; bit++) tally->failed_by[bit] += status >> bit & 1;
}

void cubie_tally_add(Tally *tally, const CubieChunk *chunk)
{
    for (uint32_t run = 0; run < chunk->runs; run++)
        tally_add_run(tally, chunk->status[run], chunk->steps[run], chunk->rejected[run]);
    for (int i = 0; i < tally->problem->outputs; i++) {
        const CubieOutput *output = &tally->problem->output[i];
        if (!cubie_is_count(output)) continue;
        const uint32_t *count = cubie_block_values(output, &chunk->block[i], 0, 0);
        for (uint32_t run = 0; run < chunk->runs; run++) tally->counted[i] += count[run];
    }
    tally->runs += chunk->runs;
    tally->kernel_seconds += chunk->kernel_seconds;
    tally->copy_seconds += chunk->copy_seconds;
}
