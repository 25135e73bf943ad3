/* SPDX-License-Identifier: MIT */
/* Traces as text: a table to read, and CSV. */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "input/sweep.h"
#include "number.h"
#include "output/trace.h"

static bool trace_is_alone(const CubieRecord *record)
{
    return record->kind == CUBIE_RECORD_NUMBER || record->kind == CUBIE_RECORD_COUNT;
}

/* ---- the table ------------------------------------------------------------ */

static void trace_print_head(const Batch *batch, const TracedRun *traced)
{
    printf("run %llu: %llu attempts", (unsigned long long)traced->run, (unsigned long long)traced->attempts);
    if (traced->recorded < traced->attempts) printf(", the first %u recorded", traced->recorded);
    for (int i = 0; i < batch->columns; i++) {
        double value = 0;
        float narrow;
        const bool wide = batch->problem->precision == 64;
        cubie_sweep_fill(wide ? (void *)&value : (void *)&narrow, &batch->column[i], batch->problem->precision,
                         traced->run, 1);
        printf("%s %s=%s", i ? "" : ";", batch->problem->input[batch->column[i].input].name,
               cubie_number_text(wide ? value : (double)narrow).text);
    }
    printf("\nattempt");
    for (int i = 0; i < batch->problem->records; i++)
        if (trace_is_alone(&batch->problem->record[i])) printf(" %16s", batch->problem->record[i].name);
    printf("\n");
}

/* The fields of several numbers, a line each; what was not reached is left out. */
static void trace_print_rest(const Batch *batch, const TracedRun *traced, uint32_t attempt)
{
    for (int i = 0; i < batch->problem->records; i++) {
        const CubieRecord *record = &batch->problem->record[i];
        int count = trace_is_alone(record) ? 0 : record->count;
        while (count > 0 && isnan(cubie_trace_number(batch, traced, attempt, record->first + count - 1))) count--;
        if (!count) continue;
        printf("        %-20s", record->name);
        for (int k = 0; k < count; k++)
            printf("  %s=%s", cubie_trace_element(batch, record, k),
                   cubie_number_text(cubie_trace_number(batch, traced, attempt, record->first + k)).text);
        printf("\n");
    }
}

void cubie_traces_print(const Batch *batch)
{
    const Traces *traces = batch->traces;
    for (int t = 0; t < traces->count; t++) {
        const TracedRun *traced = &traces->item[t];
        trace_print_head(batch, traced);
        for (uint32_t attempt = 0; attempt < traced->recorded; attempt++) {
            printf("%7u", attempt + 1);
            for (int i = 0; i < batch->problem->records; i++)
                if (trace_is_alone(&batch->problem->record[i]))
                    printf(" %16.9g", cubie_trace_number(batch, traced, attempt, batch->problem->record[i].first));
            printf("\n");
            trace_print_rest(batch, traced, attempt);
        }
    }
}

/* ---- CSV ------------------------------------------------------------------ */

static void trace_write_header(FILE *file, const Batch *batch)
{
    fprintf(file, "run,attempt");
    for (int i = 0; i < batch->problem->records; i++) {
        const CubieRecord *record = &batch->problem->record[i];
        for (int k = 0; k < record->count; k++)
            fprintf(file, ",%s%s%s", record->name, trace_is_alone(record) ? "" : "_",
                    cubie_trace_element(batch, record, k));
    }
    fprintf(file, "\n");
}

static void trace_write_row(FILE *file, const Batch *batch, const TracedRun *traced, uint32_t attempt)
{
    char text[CUBIE_NUMBER_SIZE];
    fprintf(file, "%llu,%u", (unsigned long long)traced->run, attempt + 1);
    for (int i = 0; i < batch->traces->numbers; i++) {
        const double value = cubie_trace_number(batch, traced, attempt, i);
        const size_t length = batch->problem->precision == 32 ? cubie_number_write_f32(text, (float)value)
                                                              : cubie_number_write(text, value);
        fprintf(file, ",%.*s", (int)length, text);
    }
    fprintf(file, "\n");
}

static bool trace_write_file(const Output *output, const char *path)
{
    const Batch *batch = output->batch;
    FILE *file = fopen(path, "we");
    if (!file) return false;
    trace_write_header(file, batch);
    for (int t = 0; t < batch->traces->count; t++)
        for (uint32_t attempt = 0; attempt < batch->traces->item[t].recorded; attempt++)
            trace_write_row(file, batch, &batch->traces->item[t], attempt);
    const bool good = !ferror(file);
    const int reason = errno;
    if (fclose(file) != 0 && good) return false;
    errno = reason;
    return good;
}

bool cubie_traces_write_csv(const Output *output)
{
    const Batch *batch = output->batch;
    WholeFile file;
    const size_t name = strlen(output->path) - strlen(".csv");
    const char *path = cubie_pool_printf(batch->pool, "%.*s.trace.csv", (int)name, output->path);
    if (!cubie_file_begin(&file, path, batch->report, batch->pool)) return false;
    if (trace_write_file(output, file.partial)) return cubie_file_keep(&file, batch->report);
    cubie_file_error(path, strerror(errno), batch->report);
    cubie_file_drop(&file);
    return false;
}
