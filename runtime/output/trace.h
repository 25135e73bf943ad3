/* SPDX-License-Identifier: MIT */
/* Traces: what a traced program (generated with trace=true) records of every
 * attempt of some runs.
 *
 *   --trace-runs --cubie_traces_resolve--> Batch.traces
 *     each chunk: cubie_traces_choose before its start, cubie_traces_keep at its end
 *     --output, --print-trace--> trace_NAME of netCDF files, NAME.trace.csv, a table
 *
 * A run keeps its first attempts up to --trace-attempts; what was made beyond is
 * counted, and said. Only rows that were used are kept and written. */
#ifndef CUBIE_TRACE_H
#define CUBIE_TRACE_H

#include "output/output.h"

typedef struct TracedRun {
    uint64_t run;
    uint64_t attempts; /* made */
    uint32_t recorded; /* rows: attempts, or as many as there was room for */
    void *row;         /* [recorded] rows as in CubieChunk; of malloc, or NULL */
} TracedRun;

typedef struct Traces {
    int count;
    TracedRun *item;   /* [count] by run */
    uint32_t attempts; /* most rows of a run */
    int numbers;       /* of a row */
} Traces;

/* What the options ask for; batch->traces stays NULL in a program that is not
 * traced, where the options are mistakes. */
void cubie_traces_resolve(Batch *batch);

/* Sets the job's traced runs; `room` holds batch->traces->count of them. */
void cubie_traces_choose(const Batch *batch, CubieJob *job, uint32_t *room);
/* False when there is no memory, which was reported. */
bool cubie_traces_keep(const Batch *batch, const CubieChunk *chunk);
void cubie_traces_free(const Batch *batch);

/* Number `index` of the row of attempt `attempt`, from 0. */
double cubie_trace_number(const Batch *batch, const TracedRun *traced, uint32_t attempt, int index);
/* Rows of the run that has most. */
uint32_t cubie_traces_longest(const Traces *traces);

/* The numbers of a field: "x" of a state, "3" of an iteration, "" of one alone. */
const char *cubie_trace_element(const Batch *batch, const CubieRecord *record, int index);

/* trace_text.c: --print-trace, on standard output; and the table beside a CSV
 * file, which is NAME.trace.csv. */
void cubie_traces_print(const Batch *batch);
bool cubie_traces_write_csv(const Output *output);

#ifdef CUBIE_HAVE_NETCDF
/* trace_netcdf.c: trace_NAME(trace_run, trace_attempt[, trace_component]) and their
 * coordinates, in a file that is open. 0, or the library's error. */
int cubie_traces_write_netcdf(int file, const Batch *batch);
#endif

#endif
