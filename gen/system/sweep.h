/* SPDX-License-Identifier: MIT */
/* Sweeps of a Spec, in the notation of the generated program's command line. */
#ifndef SYSTEM_SWEEP_H
#define SYSTEM_SWEEP_H

#include "system/spec.h"

/* What an axis adds to the batch: `count` points of a grid, or values drawn for
 * every run, or as many as a file holds. */
typedef enum SweepExtent { SWEEP_POINTS, SWEEP_DRAWN, SWEEP_FILE } SweepExtent;
SweepExtent sweep_extent(int64_t *count, const char *values);

/* Checks names and sizes; reports every mistake. */
void sweep_check(Arena *arena, const Spec *spec);

#endif
