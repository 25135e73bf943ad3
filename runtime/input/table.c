/* SPDX-License-Identifier: MIT */
#include "input/table.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "number.h"

enum { TABLE_FIRST_ROWS = 1024, TABLE_ERRORS = 10 };

typedef struct TableReader {
    Table *table;
    FILE *file;
    char *line; /* of getline */
    size_t size;
    uint64_t number; /* of the line */
    char separator;
    uint64_t room; /* rows that the columns hold */
    int errors;
    Report *report;
    Pool *pool;
} TableReader;

static bool table_next_line(TableReader *reader)
{
    ssize_t length;
    while ((length = getline(&reader->line, &reader->size, reader->file)) > 0) {
        reader->number++;
        while (length > 0 && strchr("\r\n", reader->line[length - 1])) reader->line[--length] = '\0';
        if (length > 0 && reader->line[0] != '#') return true;
    }
    return false;
}

/* The field at `text` without blanks and quotes around it; *next is the field
 * after it, or NULL. */
static const char *table_field(const TableReader *reader, const char *text, size_t *length, const char **next)
{
    const char *end = strchr(text, reader->separator);
    *next = end ? end + 1 : NULL;
    if (!end) end = text + strlen(text);
    while (text < end && (*text == ' ' || *text == '\t')) text++;
    while (end > text && (end[-1] == ' ' || end[-1] == '\t')) end--;
    if (end - text >= 2 && *text == '"' && end[-1] == '"') {
        text++;
        end--;
    }
    *length = (size_t)(end - text);
    return text;
}

static bool table_read_header(TableReader *reader)
{
    Table *table = reader->table;
    if (!table_next_line(reader)) {
        cubie_error(reader->report, "%s: the file is empty; its first line must name the columns", table->path);
        return false;
    }
    reader->separator = strchr(reader->line, ',') ? ',' : strchr(reader->line, ';') ? ';' : '\t';
    table->columns = 1;
    for (const char *c = reader->line; *c; c++) table->columns += *c == reader->separator;
    table->column = cubie_pool_array(reader->pool, (size_t)table->columns, sizeof *table->column);
    const char *field = reader->line;
    for (int i = 0; i < table->columns; i++) {
        size_t length;
        const char *next, *name = table_field(reader, field, &length, &next);
        if (i == 0 && length >= 3 && memcmp(name, "\xEF\xBB\xBF", 3) == 0) { /* byte order mark */
            name += 3;
            length -= 3;
        }
        table->column[i].name = cubie_pool_text(reader->pool, name, length);
        field = next;
    }
    return true;
}

static void table_grow(TableReader *reader)
{
    Table *table = reader->table;
    const uint64_t room = reader->room ? 2 * reader->room : TABLE_FIRST_ROWS;
    for (int i = 0; i < table->columns; i++) {
        double *larger = realloc(table->column[i].value, room * sizeof *larger);
        if (!larger) {
            fprintf(stderr, "%s: error: out of memory reading %s\n", reader->report->program, table->path);
            exit(CUBIE_SYSTEM);
        }
        table->column[i].value = larger;
    }
    reader->room = room;
}

static void table_read_row(TableReader *reader)
{
    Table *table = reader->table;
    if (table->rows == reader->room) table_grow(reader);
    const char *field = reader->line;
    int count = 0;
    for (; field; count++) {
        size_t length;
        const char *next, *text = table_field(reader, field, &length, &next);
        double value;
        if (count < table->columns) {
            if (!cubie_number_read(&value, text, length) || !isfinite(value)) {
                value = 0;
                if (reader->errors++ < TABLE_ERRORS)
                    cubie_error(reader->report, "%s:%llu: '%.*s' in column '%s' is not a finite number", table->path,
                                (unsigned long long)reader->number, (int)length, text, table->column[count].name);
            }
            table->column[count].value[table->rows] = value;
        }
        field = next;
    }
    if (count != table->columns && reader->errors++ < TABLE_ERRORS)
        cubie_error(reader->report, "%s:%llu: %d values where the header names %d columns", table->path,
                    (unsigned long long)reader->number, count, table->columns);
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
    } else if (reader->table->rows == 0) {
        reader->errors++;
        cubie_error(reader->report, "%s: the table has no rows", reader->table->path);
    }
}

bool cubie_table_read(Table *table, const char *path, Report *report, Pool *pool)
{
    *table = (Table){ .path = path };
    TableReader reader = { .table = table, .file = fopen(path, "r"), .report = report, .pool = pool };
    if (!reader.file) {
        cubie_error(report, "cannot open %s: %s", path, strerror(errno));
        return false;
    }
    if (table_read_header(&reader))
        table_read_rows(&reader);
    else
        reader.errors++;
    free(reader.line);
    fclose(reader.file);
    return reader.errors == 0;
}

int cubie_table_find(const Table *table, const char *name, Report *report, Pool *pool)
{
    Suggestion near = cubie_suggest(name);
    for (int i = 0; i < table->columns; i++) {
        if (strcmp(table->column[i].name, name) == 0) return i;
        cubie_suggest_try(&near, table->column[i].name);
    }
    cubie_error(report, "%s has no column '%s'%s", table->path, name, cubie_suggest_text(&near, pool));
    return -1;
}
