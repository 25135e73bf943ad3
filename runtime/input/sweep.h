/* SPDX-License-Identifier: MIT */
/* How the runs of a batch differ: the sweeps of the problem, --input, the values of
 * the command line. */
#ifndef CUBIE_INPUT_SWEEP_H
#define CUBIE_INPUT_SWEEP_H

#include "batch.h"

/* Columns, fixed values and the number of runs. The settings come first: the seed is
 * one of them. */
void cubie_sweep_resolve(Batch *batch);

/* Values of a column for runs first .. first + runs - 1, as float or double by
 * the problem's precision: what the target computes. */
void cubie_sweep_fill(void *out, const CubieColumn *column, int precision, uint64_t first, uint32_t runs);

/* In the notation of the command line: "rho=0:21:1000", what varies, and
 * "sigma=10 beta=2.6666666666666665", what does not. */
const char *cubie_swept_text(const Batch *batch);
const char *cubie_fixed_text(const Batch *batch);

#endif
