/* SPDX-License-Identifier: MIT */
/* What a program writes of every run: the one list (CubieOutput of
 * cubie/problem.h) from which descriptor and header are printed. It is made of what
 * the parts say that they write (code/output.h), the elements of a vector together. */
#ifndef PLAN_OUTPUTS_H
#define PLAN_OUTPUTS_H

#include "plan/plan.h"

typedef struct SavedOutput {
    const char *name; /* as in the problem file: "u" of u[1] .. */
    const char *code; /* in result files */
    const char
        *member; /* of the header's struct: an identifier of C and C++, unlike the members that are always there */
    const char *title, *unit;
    bool of_instant; /* a real for each saved instant; else a count for each run */
    int elements;    /* of a vector; 0: a single value */
    int first, step;
    const int *place; /* [elements] of no regular order, counted from 0; else NULL */
} SavedOutput;
typedef ARRAY(SavedOutput) SavedOutputList;

SavedOutputList plan_outputs(Arena *arena, const Plan *plan);

/* The name in result files: the user's, where it is only its meaning in C++
 * that the code's identifier evades ("double" is double_ there); else ("u[3]")
 * the identifier. */
const char *output_file_name(const char *name, const char *code);

#endif
