/* SPDX-License-Identifier: MIT */
#include "rule/values.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { PIECES_MOST = 4 };

typedef struct Reading {
    Values *values;
    RuleText *why;
    Piece piece[PIECES_MOST];
    int pieces;
    int bits;
} Reading;

static bool wrong(const Reading *reading, const char *message)
{
    snprintf(reading->why->text, sizeof reading->why->text, "%s", message);
    return false;
}

static bool read_number(double *out, const Reading *reading, Piece piece)
{
    if (!real_read(out, reading->why, piece)) return false;
    if (!isfinite(*out)) return wrong(reading, "a value must be finite");
    return real_fits(reading->why, *out, reading->bits);
}

static bool read_pair(const Reading *reading, int first)
{
    return read_number(&reading->values->start, reading, reading->piece[first]) &&
           read_number(&reading->values->stop, reading, reading->piece[first + 1]);
}

static bool read_count(const Reading *reading, Piece piece)
{
    uint64_t *count = &reading->values->count;
    if (!real_read_whole(count, piece, UINT64_MAX)) {
        snprintf(reading->why->text, sizeof reading->why->text, "'%s' is not a count; it must be a whole number",
                 real_shown(piece).text);
        return false;
    }
    if (*count == 0) return wrong(reading, "the sweep is empty; the count must be at least 1");
    if (*count <= (uint64_t)1 << VALUES_COUNT_LOG2) return true;
    snprintf(reading->why->text, sizeof reading->why->text, "%.4g values; at most 2^%d (about 1.1e12) can be counted",
             (double)*count, VALUES_COUNT_LOG2);
    return false;
}

static bool read_linear(const Reading *reading)
{
    if (reading->pieces != 3) return wrong(reading, "expected start:stop:count, for example 0:21:1000");
    return read_pair(reading, 0) && read_count(reading, reading->piece[2]);
}

static bool read_geometric(const Reading *reading)
{
    const Values *values = reading->values;
    if (reading->pieces != 4) return wrong(reading, "expected geom:start:stop:count, for example geom:1e-3:1e3:100");
    if (!read_pair(reading, 1) || !read_count(reading, reading->piece[3])) return false;
    if ((values->start > 0 && values->stop > 0) || (values->start < 0 && values->stop < 0)) return true;
    return wrong(reading, "the ends of a geometric range must have one sign and not be 0");
}

static bool read_uniform(const Reading *reading)
{
    if (reading->pieces != 3) return wrong(reading, "expected uniform:low:high, for example uniform:0:1");
    if (!read_pair(reading, 1)) return false;
    return reading->values->start < reading->values->stop || wrong(reading, "the first end must be below the second");
}

static bool read_normal(const Reading *reading)
{
    if (reading->pieces != 3) return wrong(reading, "expected normal:mean:deviation, for example normal:0:0.1");
    if (!read_pair(reading, 1)) return false;
    return reading->values->stop > 0 || wrong(reading, "the standard deviation must be above 0");
}

/* file:PATH:COLUMN; the path may hold colons. */
static bool read_file(const Reading *reading, const char *rest)
{
    const char *colon = strrchr(rest, ':');
    if (!colon || colon == rest || !colon[1])
        return wrong(reading, "expected file:PATH:COLUMN, for example file:p.csv:k1");
    reading->values->form = VALUES_FILE;
    reading->values->path = (Piece){ rest, (size_t)(colon - rest) };
    reading->values->column = colon + 1;
    return true;
}

static bool read_list(const Reading *reading, const char *text)
{
    Values *values = reading->values;
    values->form = VALUES_LIST;
    values->list = text;
    for (double item; text; values->count++)
        if (!read_number(&item, reading, piece_next(&text, ','))) return false;
    return true;
}

/* start:stop:count, WORD:..., or what is neither: -1. */
static int read_pieces(Reading *reading, const char *text)
{
    static const struct {
        const char *word;
        ValuesForm form;
        bool (*read)(const Reading *);
    } kinds[] = { { "geom", VALUES_GEOMETRIC, read_geometric },
                  { "uniform", VALUES_UNIFORM, read_uniform },
                  { "normal", VALUES_NORMAL, read_normal },
                  { "", VALUES_LINEAR, read_linear } };
    size_t i = 0;
    while (text && reading->pieces < PIECES_MOST) reading->piece[reading->pieces++] = piece_next(&text, ':');
    if (text) reading->pieces++;
    const Piece head = reading->piece[0];
    while (*kinds[i].word && (strlen(kinds[i].word) != head.length || strncmp(kinds[i].word, head.bytes, head.length)))
        i++;
    if (!*kinds[i].word && reading->pieces == 1) return -1;
    reading->values->form = kinds[i].form;
    return kinds[i].read(reading);
}

bool values_read(Values *values, RuleText *why, const char *text, int bits)
{
    Reading reading = { .values = values, .why = why, .bits = bits };
    *values = (Values){ .form = VALUES_ONE };
    if (!*text) return wrong(&reading, "expected a value after '='");
    if (strncmp(text, "file:", 5) == 0) return read_file(&reading, text + 5);
    const int read = read_pieces(&reading, text);
    if (read >= 0) return read;
    if (strchr(text, ',')) return read_list(&reading, text);
    values->count = 1;
    return read_number(&values->start, &reading, piece_of(text));
}

double values_item(const char **list)
{
    double value = 0;
    RuleText why;
    (void)real_read(&value, &why, piece_next(list, ','));
    return value;
}

static bool list_ascends(const Values *values, RuleText *why)
{
    double last = -INFINITY;
    for (const char *list = values->list; list;) {
        const double item = values_item(&list);
        if (!(item > last)) {
            snprintf(why->text, sizeof why->text, "the times must ascend, but %.16g follows %.16g", item, last);
            return false;
        }
        last = item;
    }
    return true;
}

bool values_are_instants(const Values *values, RuleText *why)
{
    const bool grid = values->form == VALUES_LINEAR || values->form == VALUES_GEOMETRIC;
    const char *fault = NULL;
    if (values_drawn(values))
        fault = "save times cannot be random";
    else if (values->count > VALUES_INSTANTS)
        fault = "more than 10^8 save times";
    else if (grid && values->count > 1 && !(values->start < values->stop))
        fault = "the times must ascend";
    if (!fault) return values->form != VALUES_LIST || list_ascends(values, why);
    snprintf(why->text, sizeof why->text, "%s", fault);
    return false;
}
