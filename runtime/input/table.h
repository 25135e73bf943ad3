/* SPDX-License-Identifier: MIT */
/* Tables of numbers with a header row: CSV, or separated by tabs or semicolons
 * (what the header uses). Empty lines and lines that start with '#' are
 * skipped; fields may stand in double quotes, and may hold separators then. A
 * number is a decimal or a fraction ("0.1", "-2e3", "8/3"): no arithmetic, no
 * hexadecimal, no infinity. */
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

typedef struct TableRequest {
    const char *path;
    const char *column; /* the one that is asked for, or NULL: all. Others may hold anything. */
    int precision;      /* of the run, in bits: what it cannot hold is refused */
} TableRequest;

/* False after mistakes, which were reported with file and line. */
bool cubie_table_read(Table *table, const TableRequest *request, Report *report, Pool *pool);

/* The column of this name, or -1. */
int cubie_table_find(const Table *table, const char *name);

#endif
