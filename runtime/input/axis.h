/* SPDX-License-Identifier: MIT */
/* One input that differs from run to run, or is given: values in their notation
 * (rule/values.h) with what they stand for, the tables of files included. */
#ifndef CUBIE_AXIS_H
#define CUBIE_AXIS_H

#include "batch.h"
#include "rule/values.h"

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
 * is that of the run: values that it cannot hold are refused. */
bool cubie_axis_read(Axis *axis, const char *name, const char *text, int precision, Report *report, Pool *pool);

static inline bool cubie_axis_random(const Axis *axis)
{
    return !axis->fixed && (axis->kind == CUBIE_SWEEP_UNIFORM || axis->kind == CUBIE_SWEEP_NORMAL);
}

#endif
