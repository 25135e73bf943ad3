/* SPDX-License-Identifier: MIT */
/* --describe: what the program holds and what these arguments make of it. */
#include "describe.h"

#include <stdio.h>
#include <string.h>

#include "input/sweep.h"
#include "number.h"
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

static void describe_outputs(const CubieProblem *problem)
{
    const int width = describe_width(problem->output, problem->outputs, 8);
    printf("\noutputs:\n");
    for (int i = 0; i < problem->outputs; i++)
        printf("  %-*s%s%s\n", *problem->output[i].unit ? width : 0, problem->output[i].name,
               *problem->output[i].unit ? "  " : "", problem->output[i].unit);
}

static void describe_counters(const CubieProblem *problem)
{
    int width = 8;
    for (int i = 0; i < problem->counters; i++)
        if ((int)strlen(problem->counter[i].name) > width) width = (int)strlen(problem->counter[i].name);
    if (problem->counters) printf("\ncounters of each run:\n");
    for (int i = 0; i < problem->counters; i++)
        printf("  %-*s  %s\n", width, problem->counter[i].name, problem->counter[i].title);
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
    const double row = (double)cubie_settings_instants(&batch->settings) * problem->outputs;
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
    describe_outputs(problem);
    describe_counters(problem);
    describe_records(problem);
    describe_status();
    cubie_settings_print(batch);
    if (batch->columns) printf("\nsweep: %s\n", cubie_swept_text(batch));
    printf("\nruns: %llu, %s of results\n", (unsigned long long)batch->runs,
           cubie_number_bytes((double)batch->runs *
                              (row * (double)cubie_real_size(problem) + 10 + 4.0 * problem->counters))
               .text);
}
