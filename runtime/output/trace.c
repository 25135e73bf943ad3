/* SPDX-License-Identifier: MIT */
#include "output/trace.h"

#include <stdlib.h>
#include <string.h>

#include "number.h"
#include "rule/real.h"

enum { TRACE_ATTEMPTS = 10000 };

static int trace_compare(const void *a, const void *b)
{
    const uint64_t left = ((const TracedRun *)a)->run, right = ((const TracedRun *)b)->run;
    return left < right ? -1 : left > right;
}

static void trace_check_runs(const Batch *batch, const Traces *traces, const char *text)
{
    for (int i = 0; i < traces->count; i++) {
        const unsigned long long run = traces->item[i].run;
        if (run >= batch->runs)
            cubie_error(batch->report, "--trace-runs=%s: there is no run %llu; the batch has %llu, numbered from 0",
                        text, run, (unsigned long long)batch->runs);
        else if (i && run == traces->item[i - 1].run)
            cubie_error(batch->report, "--trace-runs=%s: run %llu is named twice", text, run);
    }
}

/* "0,5,17" */
static void trace_read_runs(const Batch *batch, Traces *traces, const char *text)
{
    traces->item = cubie_pool_array(batch->pool, strlen(text) / 2 + 1, sizeof *traces->item);
    for (const char *word = text; word; word = strchr(word, ',') ? strchr(word, ',') + 1 : NULL) {
        const int length = (int)strcspn(word, ",");
        uint64_t run;
        if (real_read_whole(&run, (Piece){ word, (size_t)length }, UINT64_MAX))
            traces->item[traces->count++].run = run;
        else
            cubie_error(batch->report,
                        "--trace-runs=%s: '%.*s' is no run; give whole numbers from 0, with commas between", text,
                        length, word);
    }
    qsort(traces->item, (size_t)traces->count, sizeof *traces->item, trace_compare);
    trace_check_runs(batch, traces, text);
}

/* No more rows than a run can make attempts. */
static uint32_t trace_room(const Batch *batch)
{
    const uint64_t asked = batch->options.trace_attempts ? batch->options.trace_attempts : TRACE_ATTEMPTS;
    const uint64_t most = batch->problem->adaptive ? batch->settings.max_steps : batch->settings.fixed_steps;
    return (uint32_t)(asked < most ? asked : most);
}

static void trace_refuse(const Batch *batch)
{
    const Options *options = &batch->options;
    const char *option = options->trace_runs       ? "--trace-runs"
                         : options->trace_attempts ? "--trace-attempts"
                         : options->print_trace    ? "--print-trace"
                                                   : NULL;
    if (option)
        cubie_error(batch->report, "%s: this program records no traces; generate it again with trace=true", option);
}

void cubie_traces_resolve(Batch *batch)
{
    const CubieProblem *problem = batch->problem;
    if (!problem->records) {
        trace_refuse(batch);
        return;
    }
    Traces *traces = cubie_pool_array(batch->pool, 1, sizeof *traces);
    for (int i = 0; i < problem->records; i++) traces->numbers += problem->record[i].count;
    traces->attempts = trace_room(batch);
    trace_read_runs(batch, traces, batch->options.trace_runs ? batch->options.trace_runs : "0");
    const char *output = batch->options.output;
    if (batch->options.print_trace && output && strcmp(output, "-") == 0)
        cubie_error(batch->report, "--print-trace and -o - both write to standard output; give -o a file");
    else if (output && strcmp(output, "-") == 0)
        cubie_warning(batch->report, "traces go into no file with -o -; give -o a file");
    batch->traces = traces;
}

void cubie_traces_choose(const Batch *batch, CubieJob *job, uint32_t *room)
{
    const Traces *traces = batch->traces;
    job->traced = 0;
    if (!traces) return;
    for (int i = 0; i < traces->count; i++)
        if (traces->item[i].run >= job->first && traces->item[i].run - job->first < job->runs)
            room[job->traced++] = (uint32_t)(traces->item[i].run - job->first);
    job->traced_run = room;
    job->trace_attempts = traces->attempts;
}

static bool trace_keep_run(const Batch *batch, TracedRun *traced, const CubieChunk *chunk, const char *row)
{
    const Traces *traces = batch->traces;
    const size_t run = (size_t)(traced->run - chunk->first);
    traced->attempts = (uint64_t)chunk->steps[run] + chunk->rejected[run];
    traced->recorded = (uint32_t)(traced->attempts < traces->attempts ? traced->attempts : traces->attempts);
    const size_t bytes = traced->recorded * (size_t)traces->numbers * cubie_real_size(batch->problem);
    traced->row = malloc(bytes + 1);
    if (!traced->row) {
        cubie_system_error(batch->report, "no memory for the trace of run %llu (%s)", (unsigned long long)traced->run,
                           cubie_number_bytes((double)bytes).text);
        return false;
    }
    memcpy(traced->row, row, bytes);
    if (traced->recorded < traced->attempts)
        cubie_warning(
            batch->report,
            "run %llu made %llu attempts, of which the first %u are recorded; --trace-attempts=%llu records all",
            (unsigned long long)traced->run, (unsigned long long)traced->attempts, traced->recorded,
            (unsigned long long)traced->attempts);
    return true;
}

bool cubie_traces_keep(const Batch *batch, const CubieChunk *chunk)
{
    Traces *traces = batch->traces;
    const char *row = chunk->trace;
    bool good = true;
    for (int i = 0; good && traces && i < traces->count; i++) {
        TracedRun *traced = &traces->item[i];
        if (traced->run < chunk->first || traced->run - chunk->first >= chunk->runs) continue;
        good = trace_keep_run(batch, traced, chunk, row);
        row += (size_t)traces->attempts * (size_t)traces->numbers * cubie_real_size(batch->problem);
    }
    return good;
}

void cubie_traces_free(const Batch *batch)
{
    Traces *traces = batch->traces;
    for (int i = 0; traces && i < traces->count; i++) {
        free(traces->item[i].row);
        traces->item[i].row = NULL;
    }
}

double cubie_trace_number(const Batch *batch, const TracedRun *traced, uint32_t attempt, int index)
{
    const size_t at = attempt * (size_t)batch->traces->numbers + (size_t)index;
    return batch->problem->precision == 32 ? (double)((const float *)traced->row)[at]
                                           : ((const double *)traced->row)[at];
}

uint32_t cubie_traces_longest(const Traces *traces)
{
    uint32_t most = 0;
    for (int i = 0; i < traces->count; i++) most = traces->item[i].recorded > most ? traces->item[i].recorded : most;
    return most;
}

const char *cubie_trace_element(const Batch *batch, const CubieRecord *record, int index)
{
    const CubieProblem *problem = batch->problem;
    if (record->kind == CUBIE_RECORD_STATES) return problem->input[problem->parameters + index].code;
    return record->kind == CUBIE_RECORD_ITEMS ? cubie_pool_printf(batch->pool, "%d", index + 1) : "";
}
