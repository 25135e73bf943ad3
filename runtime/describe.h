/* SPDX-License-Identifier: MIT */
/* --describe: what the program holds and what these arguments make of it, on
 * standard output. */
#ifndef CUBIE_DESCRIBE_H
#define CUBIE_DESCRIBE_H

#include "batch.h"

void cubie_print_description(const Batch *batch);

#endif
