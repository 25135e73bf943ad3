/* SPDX-License-Identifier: MIT */
/* netCDF-4 as xarray, ncdump, MATLAB, R and Julia expect it:
 *
 *   dimensions   run; time, when instants are saved
 *   x(run) or x(time, run)      one variable per state and observable; NaN where
 *                               a run failed
 *   rho(run)                    swept inputs, the coordinates of the others;
 *                               swept initial values are initial_x(run)
 *   time(time), or time         instants, or the time of the end
 *   status(run) steps(run) rejected(run), and what the method counts
 *
 * All sizes are known at the start, so variables are contiguous and written
 * once: no chunk cache, no fill values beforehand. Global attributes tell the
 * problem, the settings and the arguments, and no date and no path. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#ifdef CUBIE_HAVE_NETCDF

#include <errno.h>
#include <math.h>
#include <netcdf.h>
#include <stdlib.h>
#include <string.h>

#include "input/sweep.h"
#include "output/netcdf_attributes.h"
#include "output/output.h"
#include "status.h"
#include "output/trace.h"

enum {
    NETCDF_BLOCK = 1 << 22, /* bytes gathered for one write */
    NETCDF_HEADER = 1 << 14 /* about what the file takes beyond its data */
};

typedef struct Netcdf {
    int file;
    int run, time; /* dimensions; time -1: the end only */
    int time_variable, status, steps, rejected;
    int *column, *output, *counter; /* variables */
    char *block;                    /* gathered values, or values of a swept input */
    int failure;                    /* first error code of the library, 0: none */
} Netcdf;

/* Keeps the first failure; later calls do nothing harmful after it. */
static void netcdf_check(Netcdf *netcdf, int code)
{
    if (!netcdf->failure) netcdf->failure = code;
}

/* HDF5 knows why, but netCDF only tells that it failed: errno says more. */
static bool netcdf_done(const Output *output)
{
    const Netcdf *netcdf = output->state;
    if (!netcdf->failure) return true;
    const bool hidden = netcdf->failure == NC_EHDFERR && errno != 0;
    const bool system = netcdf->failure > 0;
    cubie_output_error(output, system   ? strerror(netcdf->failure)
                               : hidden ? strerror(errno)
                                        : nc_strerror(netcdf->failure));
    return false;
}

static nc_type netcdf_real(const Batch *batch)
{
    return batch->problem->precision == 32 ? NC_FLOAT : NC_DOUBLE;
}

static void netcdf_text(Netcdf *netcdf, int variable, const char *name, const char *text)
{
    if (text && *text) netcdf_check(netcdf, nc_put_att_text(netcdf->file, variable, name, strlen(text), text));
}

/* A variable on `dimensions` of (time, run), the last ones. */
static int netcdf_define(Netcdf *netcdf, const char *name, nc_type type, int dimensions)
{
    const int all[] = { netcdf->time, netcdf->run };
    int variable = -1;
    netcdf_check(netcdf, nc_def_var(netcdf->file, name, type, dimensions, all + 2 - dimensions, &variable));
    if (dimensions) netcdf_check(netcdf, nc_def_var_chunking(netcdf->file, variable, NC_CONTIGUOUS, NULL));
    return variable;
}

static void netcdf_define_columns(Output *output)
{
    const Batch *batch = output->batch;
    Netcdf *netcdf = output->state;
    for (int i = 0; i < batch->columns; i++) {
        const int input = batch->column[i].input;
        const CubieVariable *variable = &batch->problem->input[input];
        const bool initial = input >= batch->problem->parameters;
        netcdf->column[i] = netcdf_define(netcdf, output->column_name[i], netcdf_real(batch), 1);
        netcdf_text(netcdf, netcdf->column[i], "units", variable->unit);
        netcdf_text(
            netcdf, netcdf->column[i], "long_name",
            cubie_pool_printf(batch->pool, "%s %s", initial ? "initial value of" : "parameter", variable->name));
    }
}

/* The attribute alone: nothing is filled beforehand. */
static void netcdf_put_fill(Netcdf *netcdf, int variable, nc_type type)
{
    const double fill = NAN;
    netcdf_check(netcdf, nc_put_att_double(netcdf->file, variable, "_FillValue", type, 1, &fill));
}

static void netcdf_define_outputs(Output *output)
{
    const Batch *batch = output->batch;
    Netcdf *netcdf = output->state;
    const char *coordinates = netcdf->time < 0 ? "time" : "";
    for (int i = 0; i < batch->columns; i++)
        coordinates =
            cubie_pool_printf(batch->pool, "%s%s%s", coordinates, *coordinates ? " " : "", output->column_name[i]);
    for (int i = 0; i < batch->problem->outputs; i++) {
        const CubieVariable *variable = &batch->problem->output[i];
        netcdf->output[i] = netcdf_define(netcdf, output->output_name[i], netcdf_real(batch), netcdf->time < 0 ? 1 : 2);
        netcdf_put_fill(netcdf, netcdf->output[i], netcdf_real(batch));
        netcdf_text(netcdf, netcdf->output[i], "units", variable->unit);
        if (strcmp(variable->name, output->output_name[i]) != 0)
            netcdf_text(netcdf, netcdf->output[i], "long_name", variable->name);
        netcdf_text(netcdf, netcdf->output[i], "coordinates", coordinates);
    }
}

static void netcdf_define_time(const Output *output)
{
    const Batch *batch = output->batch;
    Netcdf *netcdf = output->state;
    const int dimensions = netcdf->time >= 0;
    const int all[] = { netcdf->time };
    netcdf_check(netcdf, nc_def_var(netcdf->file, "time", NC_DOUBLE, dimensions, all, &netcdf->time_variable));
    netcdf_text(netcdf, netcdf->time_variable, "units", batch->problem->time_unit);
    netcdf_text(netcdf, netcdf->time_variable, "long_name", "time");
}

static int netcdf_define_count(Netcdf *netcdf, const char *name, const char *title)
{
    const int variable = netcdf_define(netcdf, name, NC_UINT, 1);
    netcdf_text(netcdf, variable, "long_name", title);
    return variable;
}

static void netcdf_define_counters(Netcdf *netcdf, const CubieProblem *problem)
{
    netcdf->steps = netcdf_define_count(netcdf, "steps", "accepted steps");
    netcdf->rejected = netcdf_define_count(netcdf, "rejected", "rejected steps");
    for (int i = 0; i < problem->counters; i++)
        netcdf->counter[i] = netcdf_define_count(netcdf, problem->counter[i].name, problem->counter[i].title);
}

static void netcdf_define_status(Netcdf *netcdf, Pool *pool)
{
    unsigned short mask[CUBIE_STATUS_BITS];
    size_t masks = 0;
    const char *meanings = "";
    for (int bit = 0; bit < CUBIE_STATUS_BITS; bit++)
        if (cubie_status_text(bit)) {
            meanings = cubie_pool_printf(pool, "%s%s%s", meanings, masks ? " " : "", cubie_status_text(bit)->name);
            mask[masks++] = (unsigned short)(1 << bit);
        }
    netcdf->status = netcdf_define(netcdf, "status", NC_USHORT, 1);
    netcdf_text(netcdf, netcdf->status, "long_name", "why the run failed; 0 when it did not");
    netcdf_check(netcdf, nc_put_att_ushort(netcdf->file, netcdf->status, "flag_masks", NC_USHORT, masks, mask));
    netcdf_text(netcdf, netcdf->status, "flag_meanings", meanings);
}

static void netcdf_put_time(const Output *output)
{
    const Settings *settings = &output->batch->settings;
    Netcdf *netcdf = output->state;
    double *instant = (double *)netcdf->block;
    const uint64_t most = NETCDF_BLOCK / sizeof *instant, all = cubie_settings_instants(settings);
    if (netcdf->time < 0) {
        *instant = cubie_settings_instant(settings, 0);
        netcdf_check(netcdf, nc_put_var_double(netcdf->file, netcdf->time_variable, instant));
        return;
    }
    for (uint64_t first = 0; first < all; first += most) {
        const size_t start = (size_t)first, count = (size_t)(all - first < most ? all - first : most);
        for (size_t k = 0; k < count; k++) instant[k] = cubie_settings_instant(settings, first + k);
        netcdf_check(netcdf, nc_put_vara_double(netcdf->file, netcdf->time_variable, &start, &count, instant));
    }
}

static void netcdf_define_all(Output *output)
{
    const Batch *batch = output->batch;
    Netcdf *netcdf = output->state;
    int old;
    netcdf_check(netcdf, nc_set_fill(netcdf->file, NC_NOFILL, &old));
    netcdf_check(netcdf, nc_def_dim(netcdf->file, "run", (size_t)batch->runs, &netcdf->run));
    netcdf->time = -1;
    if (batch->settings.saves)
        netcdf_check(netcdf, nc_def_dim(netcdf->file, "time", (size_t)batch->settings.saves, &netcdf->time));
    netcdf_define_time(output);
    netcdf_define_columns(output);
    netcdf_define_outputs(output);
    netcdf_define_status(netcdf, batch->pool);
    netcdf_define_counters(netcdf, batch->problem);
    netcdf_check(netcdf, cubie_netcdf_put_attributes(netcdf->file, batch));
    netcdf_check(netcdf, nc_enddef(netcdf->file));
}

/* Closes the file when it can be closed: when HDF5 cannot write what it still
 * holds (a full disk), nc_close and nc_abort of netCDF 4.9 crash, and so does
 * HDF5's exit handler. Such a file is left open, without its name. */
static void netcdf_end(Output *output)
{
    Netcdf *netcdf = output->state;
    if (!netcdf->failure) netcdf_check(netcdf, nc_sync(netcdf->file));
    if (!netcdf->failure) netcdf_check(netcdf, nc_close(netcdf->file));
    output->broken = netcdf->failure != NC_NOERR;
}

static void netcdf_release(Output *output)
{
    Netcdf *netcdf = output->state;
    free(netcdf->block);
    netcdf->block = NULL;
}

static bool netcdf_open(Output *output)
{
    const Batch *batch = output->batch;
    Netcdf *netcdf = cubie_pool_array(batch->pool, 1, sizeof *netcdf);
    output->state = netcdf;
    netcdf->column = cubie_pool_array(batch->pool, (size_t)batch->columns, sizeof(int));
    netcdf->output = cubie_pool_array(batch->pool, (size_t)batch->problem->outputs, sizeof(int));
    netcdf->counter = cubie_pool_array(batch->pool, (size_t)batch->problem->counters, sizeof(int));
    netcdf->block = malloc(NETCDF_BLOCK);
    errno = 0;
    netcdf_check(netcdf, netcdf->block ? NC_NOERR : ENOMEM);
    if (!netcdf->failure) netcdf_check(netcdf, nc_create(output->written, NC_NETCDF4 | NC_CLOBBER, &netcdf->file));
    if (!netcdf->failure) netcdf_define_all(output);
    if (!netcdf->failure) netcdf_put_time(output);
    if (netcdf_done(output)) return true;
    output->broken = true;
    netcdf_release(output);
    return false;
}

static void netcdf_put_columns(const Output *output, const CubieChunk *chunk)
{
    const Batch *batch = output->batch;
    Netcdf *netcdf = output->state;
    const uint32_t most = (uint32_t)(NETCDF_BLOCK / cubie_real_size(batch->problem));
    for (int i = 0; i < batch->columns; i++)
        for (uint32_t done = 0; done < chunk->runs && !netcdf->failure; done += most) {
            const uint32_t runs = chunk->runs - done < most ? chunk->runs - done : most;
            const size_t start = (size_t)chunk->first + done, count = runs;
            cubie_sweep_fill(netcdf->block, &batch->column[i], batch->problem->precision, start, runs);
            netcdf_check(netcdf, nc_put_vara(netcdf->file, netcdf->column[i], &start, &count, netcdf->block));
        }
}

/* Instants first .. first + count - 1 of one output. A chunk holds the outputs
 * of an instant side by side: many short rows are gathered, long ones are
 * written from where they lie. */
static void netcdf_put_instants(const Output *output, const CubieChunk *chunk, int item, uint64_t first, size_t count)
{
    const Batch *batch = output->batch;
    Netcdf *netcdf = output->state;
    const size_t start[] = { (size_t)first, (size_t)chunk->first }, counts[] = { count, chunk->runs };
    const size_t row = chunk->runs * cubie_real_size(batch->problem);
    const int skip = netcdf->time < 0;
    const void *values = cubie_chunk_values(batch, chunk, first, item);
    if (count > 1 && batch->problem->outputs > 1) {
        for (size_t k = 0; k < count; k++)
            memcpy(netcdf->block + k * row, cubie_chunk_values(batch, chunk, first + k, item), row);
        values = netcdf->block;
    }
    netcdf_check(netcdf, nc_put_vara(netcdf->file, netcdf->output[item], start + skip, counts + skip, values));
}

static void netcdf_put_outputs(const Output *output, const CubieChunk *chunk)
{
    const Batch *batch = output->batch;
    Netcdf *netcdf = output->state;
    const uint64_t instants = cubie_settings_instants(&batch->settings);
    const uint64_t fit = NETCDF_BLOCK / (chunk->runs * cubie_real_size(batch->problem)), most = fit ? fit : 1;
    for (int i = 0; i < batch->problem->outputs; i++)
        for (uint64_t first = 0; first < instants && !netcdf->failure; first += most)
            netcdf_put_instants(output, chunk, i, first, (size_t)(instants - first < most ? instants - first : most));
}

static bool netcdf_write(Output *output, const CubieChunk *chunk)
{
    Netcdf *netcdf = output->state;
    const size_t start = (size_t)chunk->first, count = chunk->runs;
    errno = 0;
    netcdf_put_columns(output, chunk);
    netcdf_put_outputs(output, chunk);
    netcdf_check(netcdf, nc_put_vara_ushort(netcdf->file, netcdf->status, &start, &count, chunk->status));
    netcdf_check(netcdf, nc_put_vara_uint(netcdf->file, netcdf->steps, &start, &count, chunk->steps));
    netcdf_check(netcdf, nc_put_vara_uint(netcdf->file, netcdf->rejected, &start, &count, chunk->rejected));
    for (int i = 0; i < output->batch->problem->counters; i++)
        netcdf_check(netcdf, nc_put_vara_uint(netcdf->file, netcdf->counter[i], &start, &count,
                                              chunk->counter + (size_t)i * chunk->runs));
    return netcdf_done(output);
}

static bool netcdf_close(Output *output)
{
    const Netcdf *netcdf = output->state;
    errno = 0;
    if (output->batch->traces && !netcdf->failure)
        netcdf_check(output->state, cubie_traces_write_netcdf(netcdf->file, output->batch));
    netcdf_end(output);
    netcdf_release(output);
    return netcdf_done(output);
}

static void netcdf_abort(Output *output)
{
    netcdf_end(output);
    netcdf_release(output);
}

static double netcdf_size(const Output *output)
{
    const Batch *batch = output->batch;
    const double size = (double)cubie_real_size(batch->problem);
    const double values = (double)cubie_settings_instants(&batch->settings) * batch->problem->outputs;
    const double counts = 10 + 4.0 * batch->problem->counters;
    return NETCDF_HEADER + (double)batch->runs * (size * (values + batch->columns) + counts);
}

const OutputKind cubie_output_netcdf = { netcdf_open, netcdf_write, netcdf_close, netcdf_abort, true, netcdf_size };

#else
typedef int NetcdfIsAbsent; /* a translation unit is not empty */
#endif
