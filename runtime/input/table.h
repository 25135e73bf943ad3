/* SPDX-License-Identifier: MIT */
/* Tables of numbers with a header row: CSV, or separated by tabs or semicolons
 * (what the header uses). Empty lines and lines that start with '#' are
 * skipped; names may stand in double quotes. */
#ifndef CUBIE_TABLE_H
#define CUBIE_TABLE_H

#include "batch.h"

typedef struct TableColumn {
    const char *name;
    double *value; /* [rows] */
} TableColumn;

typedef struct Table {
    const char *path;
    int columns;
    TableColumn *column;
    uint64_t rows;
} Table;

/* False after mistakes, which were reported with file and line. */
bool cubie_table_read(Table *table, const char *path, Report *report, Pool *pool);

/* The column of this name, or -1 with an error. */
int cubie_table_find(const Table *table, const char *name, Report *report, Pool *pool);

#endif
