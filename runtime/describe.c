/* SPDX-License-Identifier: MIT */
/* --describe: what the program holds and what these arguments make of it. */
#include "describe.h"

#include <stdio.h>
#include <string.h>

#include "input/sweep.h"
#include "number.h"
#include "output/saved.h"
#include "status.h"

static int describe_width(const CubieVariable *variable, int count, int least)
{
    for (int i = 0; i < count; i++)
        if ((int)strlen(variable[i].name) > least) least = (int)strlen(variable[i].name);
    return least;
}

static const char *describe_swept(const Batch *batch, int input)
{
    for (int i = 0; i < batch->columns; i++)
        if (batch->column[i].input == input) return batch->values[i];
    return NULL;
}

static void describe_inputs(const Batch *batch, const char *title, int first, int count)
{
    const CubieProblem *problem = batch->problem;
    const int width = describe_width(problem->input, batch->inputs, 8);
    printf("\n%s:\n", title);
    for (int i = first; i < first + count; i++) {
        const CubieVariable *input = &problem->input[i];
        const char *swept = describe_swept(batch, i);
        const bool given = i >= problem->parameters && batch->given[i - problem->parameters];
        printf("  %-*s  ", width, input->name);
        if (swept)
            printf("%s", swept);
        else if (input->expression && !given)
            printf("%s", input->expression);
        else
            printf("%s", cubie_number_text(batch->value[i]).text);
        printf("%s%s\n", *input->unit ? "  " : "", input->unit);
    }
}

/* "u[64]" */
static const char *describe_name(const Batch *batch, const CubieOutput *output)
{
    return output->elements ? cubie_pool_printf(batch->pool, "%s[%d]", output->name, output->elements) : output->name;
}

static void describe_outputs(const Batch *batch, const char *title, CubieDimension dimension)
{
    const CubieProblem *problem = batch->problem;
    int width = 8, count = 0;
    for (int i = 0; i < problem->outputs; i++) {
        const int length = (int)strlen(describe_name(batch, &problem->output[i]));
        if (problem->output[i].dimension != (int)dimension) continue;
        width = length > width ? length : width;
        count++;
    }
    if (count) printf("\n%s:\n", title);
    for (int i = 0; i < problem->outputs; i++) {
        const CubieOutput *output = &problem->output[i];
        const char *text = *output->title ? output->title : output->unit;
        if (output->dimension == (int)dimension)
            printf("  %-*s%s%s\n", *text ? width : 0, describe_name(batch, output), *text ? "  " : "", text);
    }
}

static void describe_records(const CubieProblem *problem)
{
    if (problem->records) printf("\nrecorded of each attempt of a traced run:\n");
    for (int i = 0; i < problem->records; i++)
        printf("  %-20s  %s\n", problem->record[i].name, problem->record[i].title);
}

static void describe_status(void)
{
    printf("\nstatus of each run, bits:\n");
    printf("  %4d  %-18s%s\n", 0, "", "it reached the end");
    for (int bit = 0; bit < CUBIE_STATUS_BITS; bit++)
        if (cubie_status_text(bit))
            printf("  %4d  %-18s%s\n", 1 << bit, cubie_status_text(bit)->name, cubie_status_text(bit)->meaning);
}

void cubie_print_description(const Batch *batch)
{
    const CubieProblem *problem = batch->problem;
    printf("%s (problem %s, %s)\n", problem->name, problem->hash, problem->generator);
    printf("  %-12s%s, order %d, %s\n", "algorithm", problem->algorithm, problem->order,
           problem->adaptive ? "adaptive" : "fixed steps");
    printf("  %-12s%s\n", "controller", problem->controller);
    printf("  %-12sfloat%d\n", "precision", problem->precision);
    printf("  %-12s%s\n", "target", problem->target->name);
    if (*problem->generation) printf("  %-12s%s\n", "generated", problem->generation);
    printf("  %-12s%d bytes shared, %d persistent, %d local, a run\n", "memory", problem->shared_bytes,
           problem->persistent_bytes, problem->local_bytes);
    describe_inputs(batch, "parameters", 0, problem->parameters);
    describe_inputs(batch, "initial values", problem->parameters, problem->states);
    describe_outputs(batch, "outputs (--save chooses)", CUBIE_OF_INSTANT);
    describe_outputs(batch, "counters of each run", CUBIE_OF_RUN);
    describe_records(problem);
    describe_status();
    cubie_settings_print(batch);
    if (batch->columns) printf("\nsweep: %s\n", cubie_swept_text(batch));
    printf("\nruns: %llu, %s of results\n", (unsigned long long)batch->runs,
           cubie_number_bytes((double)batch->runs * cubie_saved_bytes(batch)).text);
}
