/* SPDX-License-Identifier: MIT */
/* netCDF-4 as xarray, ncdump, MATLAB, R and Julia expect it:
 *
 *   dimensions   run; time, when instants are saved; element, of vectors (element_N
 *                where vectors have other lengths than the first)
 *   x(run) or x(time, run)      one variable per state and observable, or vector of
 *   u(time, element, run)       them; NaN where a run failed
 *   element(element)            1 to the length
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
#include "output/saved.h"
#include "output/trace.h"
#include "status.h"

enum {
    NETCDF_BLOCK = 1 << 22, /* bytes gathered for one write */
    NETCDF_HEADER = 1 << 14 /* about what the file takes beyond its data */
};

typedef struct Netcdf {
    int file;
    int run, time; /* dimensions; time -1: the end only */
    int time_variable;
    int *column, *saved; /* variables */
    char *block;         /* gathered values, or values of a swept input */
    int failure;         /* first error code of the library, 0: none */
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

static int netcdf_define(Netcdf *netcdf, const char *name, nc_type type, int dimensions, const int *dimension)
{
    int variable = -1;
    netcdf_check(netcdf, nc_def_var(netcdf->file, name, type, dimensions, dimension, &variable));
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
        netcdf->column[i] = netcdf_define(netcdf, batch->saved->column_name[i], netcdf_real(batch), 1, &netcdf->run);
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

/* The dimension with this name; the first time it is asked for, it comes with the
 * numbers of the elements. */
static int netcdf_define_elements(Netcdf *netcdf, const Saved *saved)
{
    int dimension = -1, variable;
    if (nc_inq_dimid(netcdf->file, saved->dimension, &dimension) == NC_NOERR) return dimension;
    netcdf_check(netcdf, nc_def_dim(netcdf->file, saved->dimension, (size_t)saved->elements, &dimension));
    variable = netcdf_define(netcdf, saved->dimension, NC_INT, 1, &dimension);
    netcdf_text(netcdf, variable, "long_name", "element of a vector, from 1");
    return dimension;
}

static nc_type netcdf_type(const Batch *batch, const Saved *saved)
{
    return saved->output->type == CUBIE_UINT16   ? NC_USHORT
           : saved->output->type == CUBIE_UINT32 ? NC_UINT
                                                 : netcdf_real(batch);
}

/* What the values at instants belong to. */
static const char *netcdf_coordinates(const Output *output)
{
    const Batch *batch = output->batch;
    const Netcdf *netcdf = output->state;
    const char *coordinates = netcdf->time < 0 ? "time" : "";
    for (int i = 0; i < batch->columns; i++)
        coordinates = cubie_pool_printf(batch->pool, "%s%s%s", coordinates, *coordinates ? " " : "",
                                        batch->saved->column_name[i]);
    return coordinates;
}

static int netcdf_define_saved(const Output *output, const Saved *saved, const char *coordinates)
{
    const Batch *batch = output->batch;
    Netcdf *netcdf = output->state;
    const bool of_instant = saved->output->dimension == CUBIE_OF_INSTANT;
    const nc_type type = netcdf_type(batch, saved);
    int dimension[3], dimensions = 0;
    if (of_instant && netcdf->time >= 0) dimension[dimensions++] = netcdf->time;
    if (saved->elements) dimension[dimensions++] = netcdf_define_elements(netcdf, saved);
    dimension[dimensions++] = netcdf->run;
    const int variable = netcdf_define(netcdf, saved->name, type, dimensions, dimension);
    if (saved->output->type == CUBIE_REAL) netcdf_put_fill(netcdf, variable, type);
    netcdf_text(netcdf, variable, "units", saved->output->unit);
    netcdf_text(netcdf, variable, "long_name", saved->title);
    if (of_instant) netcdf_text(netcdf, variable, "coordinates", coordinates);
    return variable;
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

static void netcdf_put_flags(Netcdf *netcdf, int variable, Pool *pool)
{
    unsigned short mask[CUBIE_STATUS_BITS];
    size_t masks = 0;
    const char *meanings = "";
    for (int bit = 0; bit < CUBIE_STATUS_BITS; bit++)
        if (cubie_status_text(bit)) {
            meanings = cubie_pool_printf(pool, "%s%s%s", meanings, masks ? " " : "", cubie_status_text(bit)->name);
            mask[masks++] = (unsigned short)(1 << bit);
        }
    netcdf_check(netcdf, nc_put_att_ushort(netcdf->file, variable, "flag_masks", NC_USHORT, masks, mask));
    netcdf_text(netcdf, variable, "flag_meanings", meanings);
}

static void netcdf_define_all_saved(const Output *output)
{
    const SavedList *list = output->batch->saved;
    Netcdf *netcdf = output->state;
    const char *coordinates = netcdf_coordinates(output);
    for (int i = 0; i < list->count; i++) {
        netcdf->saved[i] = netcdf_define_saved(output, &list->item[i], coordinates);
        if (cubie_saved_is_status(&list->item[i])) netcdf_put_flags(netcdf, netcdf->saved[i], output->batch->pool);
    }
}

/* 1 to the length. */
static void netcdf_put_numbers(Netcdf *netcdf, int variable, size_t length)
{
    int *number = (int *)netcdf->block;
    const size_t most = NETCDF_BLOCK / sizeof *number;
    for (size_t start = 0, count; start < length; start += count) {
        count = length - start < most ? length - start : most;
        for (size_t i = 0; i < count; i++) number[i] = (int)(start + i) + 1;
        netcdf_check(netcdf, nc_put_vara_int(netcdf->file, variable, &start, &count, number));
    }
}

static void netcdf_put_elements(const Output *output)
{
    const SavedList *list = output->batch->saved;
    Netcdf *netcdf = output->state;
    for (int i = 0; i < list->count; i++) {
        const Saved *saved = &list->item[i];
        int variable;
        if (saved->dimension && nc_inq_varid(netcdf->file, saved->dimension, &variable) == NC_NOERR)
            netcdf_put_numbers(netcdf, variable, (size_t)saved->elements);
    }
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
    netcdf_define_all_saved(output);
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
    netcdf->saved = cubie_pool_array(batch->pool, (size_t)batch->saved->count, sizeof(int));
    netcdf->block = malloc(NETCDF_BLOCK);
    errno = 0;
    netcdf_check(netcdf, netcdf->block ? NC_NOERR : ENOMEM);
    if (!netcdf->failure) netcdf_check(netcdf, nc_create(output->written, NC_NETCDF4 | NC_CLOBBER, &netcdf->file));
    if (!netcdf->failure) netcdf_define_all(output);
    if (!netcdf->failure) netcdf_put_time(output);
    if (!netcdf->failure) netcdf_put_elements(output);
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

/* A box of one variable: some instants with all elements, or one instant with some. */
typedef struct Box {
    uint64_t instant;
    int element;
    size_t instants, elements;
} Box;

/* The values of a piece, [instant][element][run]. A chunk may have other values between
 * them: many short rows are gathered, a long one is written from where it lies. */
static const void *netcdf_gather(Netcdf *netcdf, const Saved *saved, const CubieChunk *chunk, const Box *piece,
                                 size_t row)
{
    char *to = netcdf->block;
    if (piece->instants * piece->elements == 1) return cubie_saved_values(saved, chunk, piece->instant, piece->element);
    for (size_t k = 0; k < piece->instants; k++)
        for (size_t e = 0; e < piece->elements; e++, to += row)
            memcpy(to, cubie_saved_values(saved, chunk, piece->instant + k, piece->element + (int)e), row);
    return netcdf->block;
}

static void netcdf_put_piece(const Output *output, const CubieChunk *chunk, int number, const Box *piece)
{
    const Saved *saved = &output->batch->saved->item[number];
    Netcdf *netcdf = output->state;
    const size_t row = chunk->runs * cubie_saved_size(saved, output->batch->problem);
    const void *values = netcdf_gather(netcdf, saved, chunk, piece, row);
    size_t start[3], count[3];
    int dimensions = 0;
    if (saved->output->dimension == CUBIE_OF_INSTANT && netcdf->time >= 0) {
        start[dimensions] = (size_t)piece->instant;
        count[dimensions++] = piece->instants;
    }
    if (saved->elements) {
        start[dimensions] = (size_t)piece->element;
        count[dimensions++] = piece->elements;
    }
    start[dimensions] = (size_t)chunk->first;
    count[dimensions] = chunk->runs;
    netcdf_check(netcdf, nc_put_vara(netcdf->file, netcdf->saved[number], start, count, values));
}

/* In pieces that the block holds. */
static void netcdf_put_saved(const Output *output, const CubieChunk *chunk, int number)
{
    const Batch *batch = output->batch;
    const Netcdf *netcdf = output->state;
    const Saved *saved = &batch->saved->item[number];
    const size_t elements = (size_t)(saved->elements ? saved->elements : 1);
    const uint64_t instants = cubie_saved_rows(saved, &batch->settings) / elements;
    const size_t fit = NETCDF_BLOCK / (chunk->runs * cubie_saved_size(saved, batch->problem));
    const size_t together = fit / elements, some = fit < 1 ? 1 : fit < elements ? fit : elements;
    for (uint64_t k = 0; k < instants; k += together ? together : 1)
        for (size_t e = 0; e < elements && !netcdf->failure; e += some) {
            const size_t left = instants - k < together ? (size_t)(instants - k) : together ? together : 1;
            const Box piece = { k, (int)e, left, elements - e < some ? elements - e : some };
            netcdf_put_piece(output, chunk, number, &piece);
        }
}

static bool netcdf_write(Output *output, const CubieChunk *chunk)
{
    const Netcdf *netcdf = output->state;
    errno = 0;
    netcdf_put_columns(output, chunk);
    for (int i = 0; i < output->batch->saved->count && !netcdf->failure; i++) netcdf_put_saved(output, chunk, i);
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
    const double inputs = (double)cubie_real_size(batch->problem) * batch->columns;
    return NETCDF_HEADER + (double)batch->runs * (cubie_saved_bytes(batch) + inputs);
}

const OutputKind cubie_output_netcdf = { netcdf_open, netcdf_write, netcdf_close, netcdf_abort, true, netcdf_size };

#else
typedef int NetcdfIsAbsent; /* a translation unit is not empty */
#endif
