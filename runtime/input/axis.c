/* SPDX-License-Identifier: MIT */
#include "input/axis.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "number.h"
#include "input/table.h"

/* A piece of a text between separators. */
typedef struct Piece {
    const char *bytes;
    size_t length;
} Piece;

enum { PIECES_MOST = 4 };

typedef struct Reading {
    Axis *axis;
    int precision;
    Report *report;
    Pool *pool;
} Reading;

static int axis_split(Piece piece[PIECES_MOST], const char *text, char separator)
{
    for (int count = 0; count < PIECES_MOST; count++) {
        const char *end = strchr(text, separator);
        piece[count] = (Piece){ text, end ? (size_t)(end - text) : strlen(text) };
        if (!end) return count + 1;
        text = end + 1;
    }
    return PIECES_MOST + 1;
}

static bool axis_number(double *out, Piece piece, const Reading *reading)
{
    const Axis *axis = reading->axis;
    if (!cubie_number_read(out, piece.bytes, piece.length)) {
        cubie_error(reading->report, "%s=%s: '%.*s' is not a number", axis->name, axis->text, (int)piece.length,
                    piece.bytes);
        return false;
    }
    if (!isfinite(*out)) {
        cubie_error(reading->report, "%s=%s: a value must be finite", axis->name, axis->text);
        return false;
    }
    if (reading->precision == 32 && fabs(*out) > (double)FLT_MAX) {
        cubie_error(reading->report, "%s=%s: %s does not fit in float32, whose largest number is 3.4e38", axis->name,
                    axis->text, cubie_number_text(*out).text);
        return false;
    }
    return true;
}

static bool axis_pair(Piece first, Piece second, const Reading *reading)
{
    bool start = axis_number(&reading->axis->start, first, reading);
    return axis_number(&reading->axis->stop, second, reading) && start;
}

static bool axis_count(Piece piece, const Reading *reading)
{
    Axis *axis = reading->axis;
    if (!cubie_number_whole(&axis->count, piece.bytes, piece.length, UINT64_MAX)) {
        cubie_error(reading->report, "%s=%s: '%.*s' is not a count; it must be a whole number", axis->name, axis->text,
                    (int)piece.length, piece.bytes);
        return false;
    }
    if (axis->count == 0)
        cubie_error(reading->report, "%s=%s: the sweep is empty; the count must be at least 1", axis->name, axis->text);
    return axis->count > 0;
}

static bool axis_wrong(const Reading *reading, const char *expected)
{
    cubie_error(reading->report, "%s=%s: expected %s", reading->axis->name, reading->axis->text, expected);
    return false;
}

/* start:stop:count; a single value is the start. */
static bool axis_read_grid(const Reading *reading, const Piece *piece)
{
    bool ends = axis_pair(piece[0], piece[1], reading);
    return axis_count(piece[2], reading) && ends;
}

static bool axis_read_linear(const Reading *reading, const Piece *piece, int pieces)
{
    if (pieces != 3) return axis_wrong(reading, "start:stop:count, for example 0:21:1000");
    reading->axis->kind = CUBIE_SWEEP_LINEAR;
    return axis_read_grid(reading, piece);
}

static bool axis_read_geometric(const Reading *reading, const Piece *piece, int pieces)
{
    Axis *axis = reading->axis;
    if (pieces != 4) return axis_wrong(reading, "geom:start:stop:count, for example geom:1e-3:1e3:100");
    axis->kind = CUBIE_SWEEP_GEOMETRIC;
    if (!axis_read_grid(reading, piece + 1)) return false;
    if (!(axis->start > 0 && axis->stop > 0) && !(axis->start < 0 && axis->stop < 0)) {
        cubie_error(reading->report, "%s=%s: the ends of a geometric range must have one sign and not be 0", axis->name,
                    axis->text);
        return false;
    }
    return true;
}

static bool axis_read_uniform(const Reading *reading, const Piece *piece, int pieces)
{
    Axis *axis = reading->axis;
    if (pieces != 3) return axis_wrong(reading, "uniform:low:high, for example uniform:0:1");
    axis->kind = CUBIE_SWEEP_UNIFORM;
    if (!axis_pair(piece[1], piece[2], reading)) return false;
    if (!(axis->start < axis->stop)) {
        cubie_error(reading->report, "%s=%s: the first end must be below the second", axis->name, axis->text);
        return false;
    }
    return true;
}

static bool axis_read_normal(const Reading *reading, const Piece *piece, int pieces)
{
    Axis *axis = reading->axis;
    if (pieces != 3) return axis_wrong(reading, "normal:mean:deviation, for example normal:0:0.1");
    axis->kind = CUBIE_SWEEP_NORMAL;
    if (!axis_pair(piece[1], piece[2], reading)) return false;
    if (!(axis->stop > 0)) {
        cubie_error(reading->report, "%s=%s: the standard deviation must be above 0", axis->name, axis->text);
        return false;
    }
    return true;
}

/* file:PATH:COLUMN; the path may hold colons. */
static bool axis_read_file(const Reading *reading, const char *rest)
{
    Axis *axis = reading->axis;
    const char *colon = strrchr(rest, ':');
    if (!colon || colon == rest || !colon[1]) return axis_wrong(reading, "file:PATH:COLUMN, for example file:p.csv:k1");
    const char *path = cubie_pool_text(reading->pool, rest, (size_t)(colon - rest));
    Table table;
    if (!cubie_table_read(&table, path, reading->report, reading->pool)) return false;
    int column = cubie_table_find(&table, colon + 1, reading->report, reading->pool);
    if (column < 0) return false;
    axis->kind = CUBIE_SWEEP_TABLE;
    axis->count = table.rows;
    axis->table = table.column[column].value;
    return true;
}

static bool axis_read_list(const Reading *reading, const char *text)
{
    Axis *axis = reading->axis;
    axis->kind = CUBIE_SWEEP_TABLE;
    axis->count = 1;
    for (const char *c = text; *c; c++) axis->count += *c == ',';
    axis->table = cubie_pool_array(reading->pool, axis->count, sizeof *axis->table);
    bool good = true;
    for (uint64_t i = 0; i < axis->count; i++) {
        size_t length = strcspn(text, ",");
        good &= axis_number(&axis->table[i], (Piece){ text, length }, reading);
        text += length + 1;
    }
    return good;
}

bool cubie_axis_read(Axis *axis, const char *name, const char *text, int precision, Report *report, Pool *pool)
{
    static const struct {
        const char *word;
        bool (*read)(const Reading *, const Piece *, int);
    } kinds[] = { { "geom", axis_read_geometric }, { "uniform", axis_read_uniform }, { "normal", axis_read_normal } };
    const Reading reading = { axis, precision, report, pool };
    *axis = (Axis){ .input = -1, .name = name, .text = text };
    if (strncmp(text, "file:", 5) == 0) return axis_read_file(&reading, text + 5);
    if (!*text) return axis_wrong(&reading, "a value after '='");
    Piece piece[PIECES_MOST];
    int pieces = axis_split(piece, text, ':');
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (piece[0].length == strlen(kinds[i].word) && strncmp(text, kinds[i].word, piece[0].length) == 0)
            return kinds[i].read(&reading, piece, pieces);
    if (pieces > 1) return axis_read_linear(&reading, piece, pieces);
    if (strchr(text, ',')) return axis_read_list(&reading, text);
    axis->fixed = true;
    return axis_number(&axis->start, piece[0], &reading);
}
