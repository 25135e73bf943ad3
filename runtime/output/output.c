/* SPDX-License-Identifier: MIT */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "output/output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "number.h"
#include "output/trace.h"

static bool output_ends(const char *path, const char *ending)
{
    size_t length = strlen(path), tail = strlen(ending);
    return length > tail && strcmp(path + length - tail, ending) == 0;
}

void cubie_output_error(const Output *output, const char *reason)
{
    const char *name = strcmp(output->path, "-") == 0 ? "standard output" : output->path;
    cubie_system_error(output->batch->report, "cannot write %s: %s", name, reason);
}

const void *cubie_chunk_values(const Batch *batch, const CubieChunk *chunk, uint64_t instant, int item)
{
    const uint64_t row = instant * (uint64_t)batch->problem->outputs + (uint64_t)item;
    return (const char *)chunk->value + row * chunk->runs * cubie_real_size(batch->problem);
}

static bool output_choose_file(Output *output)
{
    const Batch *batch = output->batch;
    const char *path = output->path;
    if (strcmp(path, "-") == 0 || output_ends(path, ".csv")) {
        output->kind = &cubie_output_csv;
        return true;
    }
    if (strcmp(path, "/dev/null") == 0) {
        output->kind = &cubie_output_none;
        return true;
    }
    if (!output_ends(path, ".nc") && !output_ends(path, ".nc4")) {
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

/* Variables and dimensions of trace_netcdf.c. */
static bool output_is_trace(const CubieProblem *problem, const char *name)
{
    static const char *const own[] = { "run", "attempt", "attempts", "component", "iteration" };
    const size_t prefix = strlen("trace_");
    if (!problem->records || strncmp(name, "trace_", prefix) != 0) return false;
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (strcmp(own[i], name + prefix) == 0) return true;
    for (int i = 0; i < problem->records; i++)
        if (strcmp(problem->record[i].name, name + prefix) == 0) return true;
    return false;
}

static bool output_taken(const Output *output, const char *name, int columns, int items)
{
    const CubieProblem *problem = output->batch->problem;
    static const char *const own[] = { "run", "time", "status", "steps", "rejected" };
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (strcmp(own[i], name) == 0) return true;
    for (int i = 0; i < problem->counters; i++)
        if (strcmp(problem->counter[i].name, name) == 0) return true;
    if (output_is_trace(problem, name)) return true;
    for (int i = 0; i < columns; i++)
        if (strcmp(output->column_name[i], name) == 0) return true;
    for (int i = 0; i < items; i++)
        if (strcmp(output->output_name[i], name) == 0) return true;
    return false;
}

/* Names of the variables: identifiers of the problem, swept initial values as
 * initial_NAME, and an underscore behind what is taken already. */
static void output_set_names(Output *output)
{
    const Batch *batch = output->batch;
    const CubieProblem *problem = batch->problem;
    output->output_name = cubie_pool_array(batch->pool, (size_t)problem->outputs, sizeof(char *));
    output->column_name = cubie_pool_array(batch->pool, (size_t)batch->columns, sizeof(char *));
    for (int i = 0; i < problem->outputs; i++) {
        const char *name = problem->output[i].code;
        while (output_taken(output, name, 0, i)) name = cubie_pool_printf(batch->pool, "%s_", name);
        output->output_name[i] = name;
    }
    for (int i = 0; i < batch->columns; i++) {
        const int input = batch->column[i].input;
        const char *name = problem->input[input].code;
        if (input >= problem->parameters) name = cubie_pool_printf(batch->pool, "initial_%s", name);
        while (output_taken(output, name, i, problem->outputs)) name = cubie_pool_printf(batch->pool, "%s_", name);
        output->column_name[i] = name;
    }
}

/* The file's directory, with a slash. */
static const char *output_directory(const Output *output)
{
    const char *slash = strrchr(output->path, '/');
    return slash ? cubie_pool_text(output->batch->pool, output->path, (size_t)(slash - output->path) + 1) : "./";
}

static bool output_check_space(const Output *output)
{
    struct statvfs disk;
    const double needed = output->kind->size(output);
    if (statvfs(output_directory(output), &disk) != 0) return true; /* opening the file will tell */
    const double free_bytes = (double)disk.f_bavail * (double)disk.f_frsize;
    if (needed > free_bytes) {
        const uint64_t instants = cubie_settings_instants(&output->batch->settings);
        const char *saves = "";
        if (instants > 1)
            saves = cubie_pool_printf(output->batch->pool, " of %llu instants", (unsigned long long)instants);
        cubie_system_error(output->batch->report,
                           "%s needs %s for %llu runs%s, but %s are free in %s; save fewer, or elsewhere with -o",
                           output->path, cubie_number_bytes(needed).text, (unsigned long long)output->batch->runs,
                           saves, cubie_number_bytes(free_bytes).text, output_directory(output));
    }
    return needed <= free_bytes;
}

/* What stands in the way under the file's own name. Nobody's permission bits
 * are read-only by chance, so they count for root as well. */
static bool output_check_place(const Output *output)
{
    struct stat file;
    if (stat(output->path, &file) != 0) {
        if (errno == ENOENT) return true;
        cubie_output_error(output, strerror(errno));
        return false;
    }
    if (S_ISDIR(file.st_mode))
        cubie_output_error(output, "it is a directory");
    else if (!S_ISREG(file.st_mode))
        cubie_output_error(output, "it is no regular file");
    else if ((file.st_mode & 0222) == 0 || access(output->path, W_OK) != 0)
        cubie_output_error(output, "the file is read-only");
    else
        return true;
    return false;
}

/* Libraries say less about what is wrong than open does. */
static bool output_check_create(const Output *output)
{
    const int file = open(output->partial, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (file >= 0) {
        close(file);
        return true;
    }
    const char *reason = strerror(errno);
    if (errno == ENOENT && access(output_directory(output), F_OK) != 0)
        reason = cubie_pool_printf(output->batch->pool, "there is no directory %s", output_directory(output));
    cubie_output_error(output, reason);
    return false;
}

/* Takes the disk space that the file will need, as far as the file system can:
 * a disk that cannot hold it is found now, not after the integration. */
static bool output_reserve(const Output *output)
{
    const int file = open(output->partial, O_WRONLY | O_CLOEXEC);
    if (file < 0) return true;
    const int failed = fallocate(file, FALLOC_FL_KEEP_SIZE, 0, (off_t)output->kind->size(output)) ? errno : 0;
    close(file);
    const bool full = failed == ENOSPC || failed == EFBIG || failed == EDQUOT;
    if (full) cubie_output_error(output, strerror(failed));
    return !full;
}

/* Opening may start the file afresh, so space is taken after it, too. */
static bool output_open_file(Output *output)
{
    output->partial = cubie_pool_printf(output->batch->pool, "%s.partial", output->path);
    if (!output_check_place(output) || !output_check_create(output)) return false;
    if (output_check_space(output) && output_reserve(output) && output->kind->open(output)) {
        if (output_reserve(output)) return true;
        output->kind->abort(output);
    }
    unlink(output->partial);
    return false;
}

bool cubie_output_open(Output *output, const Batch *batch, CubieResult *result)
{
    *output = (Output){ .batch = batch, .result = result };
    output->path = batch->options.output ? batch->options.output : output_default_path(batch);
    if (result)
        output->kind = &cubie_output_memory;
    else if (!output_choose_file(output))
        return false;
    output_set_names(output);
    return output->kind->file && strcmp(output->path, "-") != 0 ? output_open_file(output) : output->kind->open(output);
}

bool cubie_output_write(Output *output, const CubieChunk *chunk)
{
    return output->kind->write(output, chunk);
}

bool cubie_output_close(Output *output)
{
    bool good = output->kind->close(output);
    if (!output->partial) return good;
    if (good && rename(output->partial, output->path) != 0) {
        cubie_output_error(output, strerror(errno));
        good = false;
    }
    if (!good) unlink(output->partial);
    return good;
}

void cubie_output_abort(Output *output)
{
    output->kind->abort(output);
    if (output->partial) unlink(output->partial);
}
