/* SPDX-License-Identifier: MIT */
#include "input/table.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rule/real.h"

enum { TABLE_FIRST_ROWS = 1024, TABLE_ERRORS = 10 };

typedef struct TableReader {
    Table *table;
    FILE *file;
    char *line; /* of getline */
    size_t size;
    uint64_t number; /* of the line */
    char separator;
    int only;      /* the column that is asked for; -1: all */
    int precision; /* in bits */
    uint64_t room; /* rows that the columns hold */
    int errors;
    bool broken; /* what follows is no text of lines */
    Report *report;
    Pool *pool;
} TableReader;

static void table_wrong(TableReader *reader, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* One mistake with file and line; the first few of them. */
static void table_wrong(TableReader *reader, const char *format, ...)
{
    char text[512];
    va_list args;
    if (reader->errors++ >= TABLE_ERRORS) return;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    cubie_error(reader->report, "%s:%llu: %s", reader->table->path, (unsigned long long)reader->number, text);
}

static bool table_next_line(TableReader *reader)
{
    ssize_t length;
    while (!reader->broken && (length = getline(&reader->line, &reader->size, reader->file)) > 0) {
        reader->number++;
        if (memchr(reader->line, '\0', (size_t)length)) {
            table_wrong(reader,
                        "the line holds a NUL byte, so the file is no text, or text in UTF-16; save it as UTF-8");
            reader->broken = true;
            return false;
        }
        while (length > 0 && strchr("\r\n", reader->line[length - 1])) reader->line[--length] = '\0';
        if (length > 0 && reader->line[0] != '#') return true;
    }
    return false;
}

static bool table_is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* A field in quotes, from the first one on, without them; two stand for one.
 * *rest lies behind the last one; NULL: there is none. */
static Piece table_quoted(char *text, char **rest)
{
    char *to = text;
    for (char *c = text + 1; *c; c++) {
        if (*c == '"' && c[1] != '"') {
            *rest = c + 1;
            return (Piece){ text, (size_t)(to - text) };
        }
        if (*c == '"') c++;
        *to++ = *c;
    }
    *rest = NULL;
    return (Piece){ text, (size_t)(to - text) };
}

/* The field at *text without blanks and quotes around it; *text then is the field
 * after it, or NULL. */
static Piece table_field(TableReader *reader, char **text)
{
    char *start = *text, *rest;
    while (table_is_blank(*start) && *start != reader->separator) start++;
    if (*start == '"') {
        const Piece field = table_quoted(start, &rest);
        while (rest && table_is_blank(*rest) && *rest != reader->separator) rest++;
        if (!rest || (*rest && *rest != reader->separator))
            table_wrong(reader, rest ? "text follows the quotes around a field" : "a quote is not closed");
        *text = rest && *rest == reader->separator ? rest + 1 : NULL;
        return field;
    }
    char *end = start + strcspn(start, (char[]){ reader->separator, '\0' });
    *text = *end ? end + 1 : NULL;
    while (end > start && table_is_blank(end[-1])) end--;
    return (Piece){ start, (size_t)(end - start) };
}

/* The first of the separators that stands outside of quotes. */
static char table_separator(const char *line)
{
    for (const char *candidate = ",;\t"; *candidate; candidate++) {
        bool quoted = false;
        for (const char *c = line; *c; c++) {
            quoted ^= *c == '"';
            if (*c == *candidate && !quoted) return *candidate;
        }
    }
    return ',';
}

static bool table_read_header(TableReader *reader)
{
    Table *table = reader->table;
    if (!table_next_line(reader)) {
        if (!reader->broken)
            cubie_error(reader->report, "%s: the file is empty; its first line must name the columns", table->path);
        return false;
    }
    char *field = reader->line;
    if (strncmp(field, "\xEF\xBB\xBF", 3) == 0) field += 3; /* byte order mark */
    reader->separator = table_separator(field);
    int room = 1;
    for (const char *c = field; *c; c++) room += *c == reader->separator;
    table->column = cubie_pool_array(reader->pool, (size_t)room, sizeof *table->column);
    while (field) {
        const Piece name = table_field(reader, &field);
        table->column[table->columns++].name = cubie_pool_text(reader->pool, name.bytes, name.length);
    }
    return reader->errors == 0;
}

static void table_grow(TableReader *reader)
{
    Table *table = reader->table;
    const uint64_t room = reader->room ? 2 * reader->room : TABLE_FIRST_ROWS;
    for (int i = 0; i < table->columns; i++) {
        double *larger = realloc(table->column[i].value, room * sizeof *larger);
        if (!larger) cubie_pool_fail(reader->pool);
        table->column[i].value = larger;
    }
    reader->room = room;
}

static double table_number(TableReader *reader, Piece field, const char *column)
{
    double value;
    RuleText why;
    if (!real_read_plain(&value, field)) {
        table_wrong(reader, "'%s' in column '%.60s' is not a finite number", real_shown(field).text, column);
        return 0;
    }
    if (!real_fits(&why, value, reader->precision)) table_wrong(reader, "column '%.60s': %s", column, why.text);
    return value;
}

static void table_read_row(TableReader *reader)
{
    Table *table = reader->table;
    if (table->rows == reader->room) table_grow(reader);
    char *field = reader->line;
    int count = 0;
    for (; field; count++) {
        const Piece piece = table_field(reader, &field);
        const bool wanted = reader->only < 0 || reader->only == count;
        if (count < table->columns && wanted)
            table->column[count].value[table->rows] = table_number(reader, piece, table->column[count].name);
    }
    if (count != table->columns)
        table_wrong(reader, "%d values where the header names %d columns", count, table->columns);
    table->rows++;
}

/* Moves the columns to the pool, so that they end with the batch. */
static void table_settle(TableReader *reader)
{
    Table *table = reader->table;
    for (int i = 0; i < table->columns; i++) {
        double *value = cubie_pool_array(reader->pool, table->rows, sizeof *value);
        if (table->rows) memcpy(value, table->column[i].value, table->rows * sizeof *value);
        free(table->column[i].value);
        table->column[i].value = value;
    }
}

static void table_read_rows(TableReader *reader)
{
    while (table_next_line(reader)) table_read_row(reader);
    table_settle(reader);
    if (ferror(reader->file)) {
        reader->errors++;
        cubie_system_error(reader->report, "cannot read %s: %s", reader->table->path, strerror(errno));
    } else if (reader->table->rows == 0 && !reader->broken) {
        reader->errors++;
        cubie_error(reader->report, "%s: the table has no rows", reader->table->path);
    }
}

int cubie_table_find(const Table *table, const char *name)
{
    for (int i = 0; i < table->columns; i++)
        if (strcmp(table->column[i].name, name) == 0) return i;
    return -1;
}

/* Finds the column that is asked for. */
static bool table_choose(TableReader *reader, const char *name)
{
    const Table *table = reader->table;
    Suggestion near = cubie_suggest(name ? name : "");
    reader->only = name ? cubie_table_find(table, name) : -1;
    if (!name || reader->only >= 0) return true;
    for (int i = 0; i < table->columns; i++) cubie_suggest_try(&near, table->column[i].name);
    cubie_error(reader->report, "%s has no column '%s'%s", table->path, name, cubie_suggest_text(&near, reader->pool));
    return false;
}

bool cubie_table_read(Table *table, const TableRequest *request, Report *report, Pool *pool)
{
    *table = (Table){ .path = request->path };
    TableReader reader = { .table = table, .report = report, .pool = pool, .precision = request->precision };
    reader.file = fopen(table->path, "r");
    if (!reader.file) {
        cubie_error(report, "cannot open %s: %s", table->path, strerror(errno));
        return false;
    }
    if (table_read_header(&reader) && table_choose(&reader, request->column))
        table_read_rows(&reader);
    else
        reader.errors++;
    free(reader.line);
    fclose(reader.file);
    return reader.errors == 0;
}
