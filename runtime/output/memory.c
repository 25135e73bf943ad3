/* SPDX-License-Identifier: MIT */
/* Results in arrays of the caller (cubie_solve), and results nobody wants. */
#include <string.h>

#include "output/output.h"

static bool memory_open(Output *output)
{
    const Batch *batch = output->batch;
    CubieResult *result = output->result;
    const uint64_t instants = cubie_settings_instants(&batch->settings);
    result->runs = batch->runs;
    if (result->capacity < batch->runs) {
        cubie_error(batch->report, "the batch has %llu runs, but the result has room for %llu",
                    (unsigned long long)batch->runs, (unsigned long long)result->capacity);
        return false;
    }
    if (result->value && result->instants != instants) {
        cubie_error(batch->report, "%llu instants are saved, but the result holds %llu", (unsigned long long)instants,
                    (unsigned long long)result->instants);
        return false;
    }
    return true;
}

static void memory_copy_values(const Output *output, const CubieChunk *chunk)
{
    const Batch *batch = output->batch;
    const size_t size = cubie_real_size(batch->problem);
    const uint64_t rows = cubie_settings_instants(&batch->settings) * (uint64_t)batch->problem->outputs;
    for (uint64_t row = 0; row < rows; row++)
        memcpy((char *)output->result->value + (row * batch->runs + chunk->first) * size,
               (const char *)chunk->value + row * chunk->runs * size, chunk->runs * size);
}

static bool memory_write(Output *output, const CubieChunk *chunk)
{
    CubieResult *result = output->result;
    if (result->value) memory_copy_values(output, chunk);
    if (result->status) memcpy(result->status + chunk->first, chunk->status, chunk->runs * sizeof *chunk->status);
    if (result->steps) memcpy(result->steps + chunk->first, chunk->steps, chunk->runs * sizeof *chunk->steps);
    if (result->rejected)
        memcpy(result->rejected + chunk->first, chunk->rejected, chunk->runs * sizeof *chunk->rejected);
    for (int i = 0; result->counter && i < output->batch->problem->counters; i++)
        if (result->counter[i])
            memcpy(result->counter[i] + chunk->first, chunk->counter + (size_t)i * chunk->runs,
                   chunk->runs * sizeof *chunk->counter);
    return true;
}

static bool none_open(Output *output)
{
    (void)output;
    return true;
}

static bool none_write(Output *output, const CubieChunk *chunk)
{
    (void)output;
    (void)chunk;
    return true;
}

static void none_abort(Output *output)
{
    (void)output;
}

const OutputKind cubie_output_memory = { memory_open, memory_write, none_open, none_abort, false, NULL };
const OutputKind cubie_output_none = { none_open, none_write, none_open, none_abort, false, NULL };
