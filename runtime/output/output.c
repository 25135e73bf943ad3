/* SPDX-License-Identifier: MIT */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "output/output.h"

#include <string.h>

static bool output_ends(const char *path, const char *ending)
{
    size_t length = strlen(path), tail = strlen(ending);
    return length > tail && strcmp(path + length - tail, ending) == 0;
}

void cubie_output_error(const Output *output, const char *reason)
{
    cubie_file_error(output->path, reason, output->batch->report);
}

static bool output_choose_file(Output *output)
{
    const Batch *batch = output->batch;
    const char *path = output->path;
    const bool stream = cubie_file_is_stream(path), netcdf = output_ends(path, ".nc") || output_ends(path, ".nc4");
    if (strcmp(path, "-") == 0 || output_ends(path, ".csv") || (stream && !netcdf)) {
        output->kind = strcmp(path, "/dev/null") == 0 ? &cubie_output_none : &cubie_output_csv;
        return true;
    }
    if (stream) {
        cubie_error(batch->report, "%s is a device or a pipe, which takes CSV alone; netCDF needs a file", path);
        return false;
    }
    if (!netcdf) {
        cubie_error(batch->report, "%s: the ending chooses the format; use .nc (netCDF) or .csv", path);
        return false;
    }
#ifdef CUBIE_HAVE_NETCDF
    output->kind = &cubie_output_netcdf;
    return true;
#else
    cubie_error(batch->report, "%s: this program was built without netCDF; use .csv", path);
    return false;
#endif
}

static const char *output_default_path(const Batch *batch)
{
#ifdef CUBIE_HAVE_NETCDF
    return cubie_pool_printf(batch->pool, "%s.nc", batch->problem->name);
#else
    return cubie_pool_printf(batch->pool, "%s.csv", batch->problem->name);
#endif
}

/* "1000 runs of 5 instants" */
static const char *output_runs(const Output *output)
{
    const unsigned long long runs = output->batch->runs, instants = cubie_settings_instants(&output->batch->settings);
    Pool *pool = output->batch->pool;
    return instants > 1 ? cubie_pool_printf(pool, "%llu runs of %llu instants", runs, instants)
                        : cubie_pool_printf(pool, "%llu runs", runs);
}

/* Opening may start the file afresh, so space is taken before and after it. */
static bool output_open_file(Output *output)
{
    const Batch *batch = output->batch;
    WholeFile *file = &output->file;
    if (!cubie_file_begin(file, output->path, batch->report, batch->pool)) return false;
    output->written = file->partial;
    const double bytes = output->kind->size(output);
    if (cubie_file_has_room(file, bytes, output_runs(output), batch->report, batch->pool) &&
        cubie_file_reserve(file, bytes, batch->report) && output->kind->open(output)) {
        if (cubie_file_reserve(file, bytes, batch->report)) return true;
        output->kind->abort(output);
    }
    cubie_file_drop(file);
    return false;
}

static bool output_open(Output *output)
{
    if (!output->kind->file || strcmp(output->path, "-") == 0) return output->kind->open(output);
    if (!cubie_file_is_stream(output->path)) return output_open_file(output);
    output->written = output->path;
    return output->kind->open(output);
}

bool cubie_output_open(Output *output, const Batch *batch, CubieResult *result)
{
    *output = (Output){ .batch = batch, .result = result, .file = { .lock_file = -1 } };
    output->path = batch->options.output ? batch->options.output : output_default_path(batch);
    if (result)
        output->kind = &cubie_output_memory;
    else if (!output_choose_file(output))
        return false;
    output->open = output_open(output);
    return output->open;
}

bool cubie_output_write(Output *output, const CubieChunk *chunk)
{
    return output->kind->write(output, chunk);
}

bool cubie_output_close(Output *output)
{
    output->open = false;
    const bool good = output->kind->close(output);
    if (good && output->file.partial) return cubie_file_keep(&output->file, output->batch->report);
    cubie_file_drop(&output->file);
    return good;
}

void cubie_output_abort(Output *output)
{
    output->open = false;
    output->kind->abort(output);
    cubie_file_drop(&output->file);
}

void cubie_output_drop(Output *output)
{
    if (output->open) cubie_output_abort(output);
    cubie_file_drop(&output->file);
}
