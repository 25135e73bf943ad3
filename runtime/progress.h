/* SPDX-License-Identifier: MIT */
/* What users see while a batch runs, and at its end: all on standard error. */
#ifndef CUBIE_PROGRESS_H
#define CUBIE_PROGRESS_H

#include "batch.h"
#include "tally.h"

typedef struct Progress {
    const Batch *batch;
    bool on; /* a terminal, and not silenced */
    double begin, shown;
    int width; /* of the line shown, 0: none */
} Progress;

void cubie_progress_begin(Progress *progress, const Batch *batch);
/* `runs` were taken up so far; draws at most ten times a second. */
void cubie_progress_show(Progress *progress, uint64_t runs);
/* Removes the line. */
void cubie_progress_end(Progress *progress);

/* The summary; `path` is the file written, NULL for none. */
void cubie_print_summary(const Batch *batch, const Tally *tally, const char *path);

#endif
