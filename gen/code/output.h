/* SPDX-License-Identifier: MIT */
/* What parts write of every run. Each part lists its values in the order of the places
 * that it stores them at (`store`, `store_counter` of cubie/arguments.hpp), those of a
 * vector element by element ("u[3]"); plan/outputs.h makes one list of outputs of it,
 * from which descriptor, header and so all files are made. */
#ifndef CODE_OUTPUT_H
#define CODE_OUTPUT_H

#include <stdbool.h>

#include "base/array.h"

typedef struct WrittenValue {
    const char *name;  /* as in the problem file */
    const char *code;  /* identifier in the generated code */
    const char *title; /* in words; "" where the name is the user's */
    const char *unit;  /* "" when none was given */
    bool of_instant;   /* a real for each saved instant; else a count for each run */
} WrittenValue;
typedef ARRAY(WrittenValue) WrittenValueList;

#endif
