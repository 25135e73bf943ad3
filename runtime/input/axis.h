/* SPDX-License-Identifier: MIT */
/* The notation of values, on the command line and in a problem's sweep:
 *
 *   28  8/3                 one value: fixed, not swept
 *   1,2,3                   a list
 *   0:21:1000               1000 values from 0 to 21, both ends included
 *   geom:1e-3:1e3:100       100 values, equal ratios
 *   uniform:0:1             random, uniform between the two
 *   normal:0:0.1            random, mean and standard deviation
 *   file:p.csv:k1           a column of a CSV file
 */
#ifndef CUBIE_AXIS_H
#define CUBIE_AXIS_H

#include "batch.h"

typedef struct Axis {
    int input;
    bool fixed; /* one value, in `start` */
    CubieSweepKind kind;
    uint64_t count; /* 0 for the random kinds */
    double start, stop;
    double *table;    /* TABLE: [count] */
    const char *name; /* of what is set, for messages */
    const char *text; /* the notation */
} Axis;

/* Reads the notation; mistakes are reported with `name` in front. `precision`
 * is that of the run: values that overflow it are refused. */
bool cubie_axis_read(Axis *axis, const char *name, const char *text, int precision, Report *report, Pool *pool);

static inline bool cubie_axis_random(const Axis *axis)
{
    return !axis->fixed && (axis->kind == CUBIE_SWEEP_UNIFORM || axis->kind == CUBIE_SWEEP_NORMAL);
}

#endif
