/* SPDX-License-Identifier: MIT */
/* Results in arrays of the caller (cubie_solve), and results nobody wants. */
#include <string.h>

#include "output/output.h"
#include "output/saved.h"

static bool memory_wants_instants(const Output *output)
{
    const CubieProblem *problem = output->batch->problem;
    for (int i = 0; i < problem->outputs; i++)
        if (output->batch->saved->wanted[i] && problem->output[i].dimension == CUBIE_OF_INSTANT) return true;
    return false;
}

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
    cubie_saved_want(batch->saved, result);
    if (memory_wants_instants(output) && result->instants != instants) {
        cubie_error(batch->report, "%llu instants are saved, but the result holds %llu", (unsigned long long)instants,
                    (unsigned long long)result->instants);
        return false;
    }
    return true;
}

/* Where the caller has results of this number, or NULL. */
static void *memory_place(const Output *output, int number)
{
    const CubieResult *result = output->result;
    const int outputs = output->batch->problem->outputs;
    void *const own[CUBIE_OWN_OUTPUTS] = { result->status, result->steps, result->rejected };
    return number >= outputs ? own[number - outputs] : result->array ? result->array[number] : NULL;
}

static void memory_copy(const Output *output, const CubieChunk *chunk, const Saved *saved)
{
    const Batch *batch = output->batch;
    const size_t size = cubie_saved_size(saved, batch->problem);
    const uint64_t elements = (uint64_t)(saved->elements ? saved->elements : 1);
    const uint64_t rows = cubie_saved_rows(saved, &batch->settings);
    char *place = memory_place(output, saved->number);
    for (uint64_t row = 0; place && row < rows; row++)
        memcpy(place + (row * batch->runs + chunk->first) * size,
               cubie_saved_values(saved, chunk, row / elements, (int)(row % elements)), chunk->runs * size);
}

static bool memory_write(Output *output, const CubieChunk *chunk)
{
    const SavedList *list = output->batch->saved;
    for (int i = 0; i < list->count; i++) memory_copy(output, chunk, &list->item[i]);
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
