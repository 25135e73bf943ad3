/* SPDX-License-Identifier: MIT */
/* Traces in a netCDF file that is open (trace.h). Everything of them is known
 * only at the end, so it is defined then:
 *
 *   dimensions   trace_run; trace_attempt, as many as the longest run has rows;
 *                trace_component; trace_iteration, when something is recorded by iteration
 *   trace_run(trace_run) trace_attempt(trace_attempt) trace_component(trace_component)
 *   trace_attempts(trace_run)            attempts made; more than rows: cut off
 *   trace_NAME(trace_run, trace_attempt[, trace_component or trace_iteration])
 */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#ifdef CUBIE_HAVE_NETCDF

#include <errno.h>
#include <math.h>
#include <netcdf.h>
#include <stdlib.h>
#include <string.h>

#include "output/trace.h"

typedef struct TraceFile {
    int file;
    const Batch *batch;
    int run, attempt, state, iteration; /* dimensions */
    int iterations;                     /* most of any field */
    uint32_t rows;                      /* of the longest run */
    int failure;                        /* first error code */
} TraceFile;

static void trace_check(TraceFile *trace, int code)
{
    if (!trace->failure) trace->failure = code;
}

static int trace_define(TraceFile *trace, const char *name, nc_type type, int dimensions, const int *dimension,
                        const char *title)
{
    int variable = -1;
    trace_check(trace, nc_def_var(trace->file, name, type, dimensions, dimension, &variable));
    if (!trace->failure) trace_check(trace, nc_put_att_text(trace->file, variable, "long_name", strlen(title), title));
    return variable;
}

static void trace_define_dimensions(TraceFile *trace)
{
    const CubieProblem *problem = trace->batch->problem;
    for (int i = 0; i < problem->records; i++)
        if (problem->record[i].kind == CUBIE_RECORD_ITEMS && problem->record[i].count > trace->iterations)
            trace->iterations = problem->record[i].count;
    trace_check(trace, nc_def_dim(trace->file, "trace_run", (size_t)trace->batch->traces->count, &trace->run));
    trace_check(trace, nc_def_dim(trace->file, "trace_attempt", trace->rows, &trace->attempt));
    trace_check(trace, nc_def_dim(trace->file, "trace_component", (size_t)problem->states, &trace->state));
    if (trace->iterations)
        trace_check(trace, nc_def_dim(trace->file, "trace_iteration", (size_t)trace->iterations, &trace->iteration));
}

static void trace_put_runs(TraceFile *trace)
{
    const Traces *traces = trace->batch->traces;
    const int run = trace_define(trace, "trace_run", NC_UINT64, 1, &trace->run, "traced runs");
    const int made = trace_define(trace, "trace_attempts", NC_UINT64, 1, &trace->run,
                                  "attempts made; those beyond trace_attempt are not recorded");
    for (int i = 0; i < traces->count; i++) {
        const size_t at = (size_t)i;
        const unsigned long long number = traces->item[i].run, attempts = traces->item[i].attempts;
        trace_check(trace, nc_put_var1_ulonglong(trace->file, run, &at, &number));
        trace_check(trace, nc_put_var1_ulonglong(trace->file, made, &at, &attempts));
    }
}

static void trace_put_coordinates(TraceFile *trace)
{
    const CubieProblem *problem = trace->batch->problem;
    const int attempt =
        trace_define(trace, "trace_attempt", NC_UINT, 1, &trace->attempt, "number of the attempt, from 1");
    const int state =
        trace_define(trace, "trace_component", NC_STRING, 1, &trace->state, "states, for what has one number of each");
    for (uint32_t i = 0; i < trace->rows && !trace->failure; i++) {
        const size_t at = i;
        const unsigned number = i + 1;
        trace_check(trace, nc_put_var1_uint(trace->file, attempt, &at, &number));
    }
    for (int i = 0; i < problem->states; i++) {
        const size_t at = (size_t)i;
        const char *name = problem->input[problem->parameters + i].name;
        trace_check(trace, nc_put_var1_string(trace->file, state, &at, &name));
    }
}

/* Values of one field and run, [rows][width]; NaN where there is no row. */
static void trace_fill(const TraceFile *trace, double *out, const CubieRecord *record, const TracedRun *traced,
                       int width)
{
    for (uint32_t row = 0; row < trace->rows; row++)
        for (int k = 0; k < width; k++)
            out[row * (size_t)width + (size_t)k] =
                row < traced->recorded && k < record->count
                    ? cubie_trace_number(trace->batch, traced, row, record->first + k)
                    : NAN;
}

static void trace_put_field(TraceFile *trace, const CubieRecord *record)
{
    const bool whole = record->kind == CUBIE_RECORD_COUNT, alone = whole || record->kind == CUBIE_RECORD_NUMBER;
    const int width = alone ? 1 : record->kind == CUBIE_RECORD_STATES ? record->count : trace->iterations;
    const int dimension[] = { trace->run, trace->attempt,
                              record->kind == CUBIE_RECORD_STATES ? trace->state : trace->iteration };
    const nc_type real = trace->batch->problem->precision == 32 ? NC_FLOAT : NC_DOUBLE;
    const double fill = whole ? -1 : (double)NAN;
    const size_t values = trace->rows * (size_t)width, count[] = { 1, trace->rows, (size_t)width };
    double *value = malloc(values * sizeof *value);
    const char *name = cubie_pool_printf(trace->batch->pool, "trace_%s", record->name);
    const int variable = trace_define(trace, name, whole ? NC_INT : real, alone ? 2 : 3, dimension, record->title);
    trace_check(trace, value ? NC_NOERR : ENOMEM);
    if (!trace->failure)
        trace_check(trace, nc_put_att_double(trace->file, variable, "_FillValue", whole ? NC_INT : real, 1, &fill));
    for (int i = 0; i < trace->batch->traces->count && !trace->failure; i++) {
        const size_t start[] = { (size_t)i, 0, 0 };
        trace_fill(trace, value, record, &trace->batch->traces->item[i], width);
        for (size_t k = 0; whole && k < values; k++)
            if (isnan(value[k])) value[k] = fill;
        trace_check(trace, nc_put_vara_double(trace->file, variable, start, count, value));
    }
    free(value);
}

int cubie_traces_write_netcdf(int file, const Batch *batch)
{
    TraceFile trace = { .file = file, .batch = batch, .rows = cubie_traces_longest(batch->traces) };
    if (!trace.rows) trace.rows = 1; /* a dimension of 0 would be unlimited */
    trace_define_dimensions(&trace);
    if (!trace.failure) trace_put_runs(&trace);
    if (!trace.failure) trace_put_coordinates(&trace);
    for (int i = 0; i < batch->problem->records && !trace.failure; i++)
        trace_put_field(&trace, &batch->problem->record[i]);
    return trace.failure;
}

#else
typedef int TraceNetcdfIsAbsent; /* a translation unit is not empty */
#endif
