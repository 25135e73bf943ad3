/* SPDX-License-Identifier: MIT */
/* Sparsity patterns of square matrices, in compressed rows. */
#ifndef SYSTEM_PATTERN_H
#define SYSTEM_PATTERN_H

#include "base/arena.h"
#include "base/array.h"

/* The entries of row i are start[i] .. start[i + 1] - 1; an entry is known by
 * this number in every array that goes with the pattern. */
typedef struct Pattern {
    int n;
    const int *start;  /* [n + 1] */
    const int *column; /* [start[n]]; rising within a row */
} Pattern;

typedef ARRAY(int) IntList;

int pattern_entries(const Pattern *pattern);
/* The entry at that place, or -1. */
int pattern_find(const Pattern *pattern, int row, int column);

/* The pattern of I - h*gamma*J for the pattern of J: the diagonal is full. */
Pattern pattern_with_diagonal(Arena *arena, const Pattern *pattern);

/* The structural rank: the most entries of which no two share a row or a
 * column (Duff, On algorithms for obtaining a maximum transversal, ACM TOMS 7
 * (1981) 315). A rank below n means singular for all values of the entries. */
int pattern_rank(const Pattern *pattern);

#endif
