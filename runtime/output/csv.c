/* SPDX-License-Identifier: MIT */
/* CSV: a header row, then one row per run and saved instant:
 * run, time, swept inputs, what is saved of instants (and of runs, where --save
 * names it), status. A vector has a column for each element. Numbers are the
 * shortest that read back as the same. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "input/sweep.h"
#include "number.h"
#include "output/saved.h"
#include "output/trace.h"

enum { CSV_BUFFER = 1 << 18 };

typedef struct Csv {
    int file;
    size_t used;
    char *column;        /* values of the swept inputs in the chunk, [columns][runs] */
    NumberText *instant; /* [instants], as text */
    char buffer[CSV_BUFFER + CUBIE_NUMBER_SIZE];
} Csv;

static bool csv_flush(Output *output)
{
    Csv *csv = output->state;
    size_t done = 0;
    while (done < csv->used) {
        ssize_t count = write(csv->file, csv->buffer + done, csv->used - done);
        if (count > 0)
            done += (size_t)count;
        else if (count < 0 && errno != EINTR) {
            cubie_output_error(output, strerror(errno));
            return false;
        }
    }
    csv->used = 0;
    return true;
}

static bool csv_text(Output *output, const char *text)
{
    Csv *csv = output->state;
    for (; *text; text++) {
        csv->buffer[csv->used++] = *text;
        if (csv->used >= CSV_BUFFER && !csv_flush(output)) return false;
    }
    return true;
}

/* Status is the last column unless --save says where. */
static bool csv_has(const Saved *saved)
{
    return saved->asked || saved->output->dimension == CUBIE_OF_INSTANT || cubie_saved_is_status(saved);
}

static int csv_columns(const Saved *saved)
{
    return !csv_has(saved) ? 0 : saved->elements ? saved->elements : 1;
}

static bool csv_header(Output *output)
{
    const Batch *batch = output->batch;
    bool good = csv_text(output, "run,time");
    for (int i = 0; i < batch->columns; i++)
        good = good && csv_text(output, ",") && csv_text(output, batch->saved->column_name[i]);
    for (int i = 0; i < batch->saved->count; i++)
        for (int e = 0; e < csv_columns(&batch->saved->item[i]); e++)
            good = good && csv_text(output, ",") && csv_text(output, batch->saved->item[i].column[e]);
    return good && csv_text(output, "\n") && csv_flush(output);
}

static void csv_release(Output *output)
{
    Csv *csv = output->state;
    if (csv->file > STDERR_FILENO) close(csv->file);
    free(csv->column);
    free(csv->instant);
    free(csv);
}

static bool csv_open(Output *output)
{
    const Batch *batch = output->batch;
    const uint64_t instants = cubie_settings_instants(&batch->settings);
    Csv *csv = calloc(1, sizeof *csv);
    if (!csv) {
        cubie_output_error(output, strerror(ENOMEM));
        return false;
    }
    output->state = csv;
    csv->file = output->written ? open(output->written, O_WRONLY | O_CLOEXEC) : STDOUT_FILENO;
    if (csv->file < 0) cubie_output_error(output, strerror(errno));
    csv->instant = calloc(instants, sizeof *csv->instant);
    if (!csv->instant) cubie_output_error(output, strerror(ENOMEM));
    for (uint64_t k = 0; csv->instant && k < instants; k++)
        csv->instant[k] = cubie_number_text(cubie_settings_instant(&batch->settings, k));
    if (csv->file >= 0 && csv->instant && csv_header(output)) return true;
    csv_release(output);
    return false;
}

static void csv_number(const Output *output, int type, const void *values, uint32_t run)
{
    Csv *csv = output->state;
    char *end = csv->buffer + csv->used;
    if (type == CUBIE_UINT16)
        csv->used += cubie_number_write_whole(end, ((const uint16_t *)values)[run]);
    else if (type == CUBIE_UINT32)
        csv->used += cubie_number_write_whole(end, ((const uint32_t *)values)[run]);
    else if (output->batch->problem->precision == 32)
        csv->used += cubie_number_write_f32(end, ((const float *)values)[run]);
    else
        csv->used += cubie_number_write(end, ((const double *)values)[run]);
}

static bool csv_saved(Output *output, const Saved *saved, const CubieChunk *chunk, uint32_t run, uint64_t instant)
{
    bool good = true;
    for (int e = 0; good && e < csv_columns(saved); e++) {
        good = csv_text(output, ",");
        csv_number(output, saved->output->type, cubie_saved_values(saved, chunk, instant, e), run);
    }
    return good;
}

/* One row. Flushes between fields, so that rows may be of any length. */
static bool csv_row(Output *output, const CubieChunk *chunk, uint32_t run, uint64_t instant)
{
    const Batch *batch = output->batch;
    const size_t size = cubie_real_size(batch->problem);
    Csv *csv = output->state;
    csv->used += cubie_number_write_whole(csv->buffer + csv->used, chunk->first + run);
    bool good = csv_text(output, ",") && csv_text(output, csv->instant[instant].text);
    for (int i = 0; good && i < batch->columns; i++) {
        good = csv_text(output, ",");
        csv_number(output, CUBIE_REAL, csv->column + (size_t)i * chunk->runs * size, run);
    }
    for (int i = 0; good && i < batch->saved->count; i++)
        good = csv_saved(output, &batch->saved->item[i], chunk, run, instant);
    return good && csv_text(output, "\n");
}

static bool csv_fill_columns(Output *output, const CubieChunk *chunk)
{
    const Batch *batch = output->batch;
    const size_t size = cubie_real_size(batch->problem) * chunk->runs;
    Csv *csv = output->state;
    char *column = realloc(csv->column, size * (size_t)batch->columns + 1);
    if (!column) {
        cubie_output_error(output, strerror(ENOMEM));
        return false;
    }
    csv->column = column;
    for (int i = 0; i < batch->columns; i++)
        cubie_sweep_fill(column + size * (size_t)i, &batch->column[i], batch->problem->precision, chunk->first,
                         chunk->runs);
    return true;
}

static bool csv_write(Output *output, const CubieChunk *chunk)
{
    const uint64_t instants = cubie_settings_instants(&output->batch->settings);
    bool good = csv_fill_columns(output, chunk);
    for (uint32_t run = 0; good && run < chunk->runs; run++)
        for (uint64_t instant = 0; good && instant < instants; instant++) good = csv_row(output, chunk, run, instant);
    return good;
}

static bool csv_close(Output *output)
{
    Csv *csv = output->state;
    bool good = csv_flush(output);
    if (good && csv->file > STDERR_FILENO) {
        const int file = csv->file;
        csv->file = STDOUT_FILENO; /* closed here, where its failure matters */
        if (close(file) != 0) {
            cubie_output_error(output, strerror(errno));
            good = false;
        }
    }
    csv_release(output);
    return good && (!output->file.partial || !output->batch->traces || cubie_traces_write_csv(output));
}

/* At least 6 bytes a field: "0.123,". */
static double csv_size(const Output *output)
{
    const Batch *batch = output->batch;
    double fields = 2.0 + batch->columns;
    for (int i = 0; i < batch->saved->count; i++) fields += csv_columns(&batch->saved->item[i]);
    return 6.0 * fields * (double)batch->runs * (double)cubie_settings_instants(&batch->settings);
}

const OutputKind cubie_output_csv = { csv_open, csv_write, csv_close, csv_release, true, csv_size };
