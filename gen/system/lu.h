/* SPDX-License-Identifier: MIT */
/* Sparse LU factorisation, worked out before any value is known (Duff, Erisman
 * & Reid, Direct Methods for Sparse Matrices, chapters 3 and 10).
 *
 * P A P^T = L U with the pivots in the order given. Rows and columns are moved
 * alike, so a solve works in place on a vector in the order of the states, and
 * nothing is ever permuted.
 *
 * Per pivot, either its column of L or its row of U is divided by it, whichever
 * is shorter: L has the unit diagonal there, or U has. That saves
 * multiplications of the factorisation and costs the solve nothing.
 *
 * The factors lie packed in one array. Slot i holds the value that operation i
 * of the solve uses: a solve is one pass through memory, forward substitution
 * first. The slot of a pivot holds its reciprocal.
 *
 * The factorisation goes row by row, in the order of the pivots: a row takes
 * in its entries of A, then all updates by rows above, and is finished. So
 * entries of A need not exist before the turn of their row, and the factors
 * are all that lives on.
 *
 * A step is the same over real and over complex numbers. */
#ifndef SYSTEM_LU_H
#define SYSTEM_LU_H

#include <stdbool.h>
#include <stdint.h>

#include "system/pattern.h"

/* f: the packed array, x: the vector that the solve works on. */
typedef enum LuKind {
    LU_RECIPROCAL, /* f[target] = 1 / f[target]; a pivot, to be watched */
    LU_SCALE,      /* f[target] *= f[left];             solve: x[target] *= f[left] */
    LU_SUBTRACT,   /* f[target] -= f[left] * f[right];  solve: x[target] -= f[left] * x[right] */
    LU_FILL        /* f[target] = -(f[left] * f[right]); the first value of an entry of fill */
} LuKind;

/* What a kind does not use is -1. */
typedef struct LuOperation {
    LuKind kind;
    int target, left, right;
} LuOperation;
typedef ARRAY(LuOperation) LuOperationList;

typedef struct LuEntry {
    int row, column; /* states */
    int source;      /* the entry of A that it starts from, or -1: fill */
} LuEntry;

typedef struct LuCount {
    int entries;                  /* of L, U and the pivots: the length of f */
    int fill;                     /* those that A does not have */
    int divisions;                /* n */
    int64_t factor_multiply_adds; /* (r - 1)(c - 1) over all pivots */
    int factor_multiplications;   /* divisions by pivots */
    int solve_multiply_adds;      /* entries - n */
    int solve_multiplications;    /* n */
} LuCount;

typedef struct Lu {
    int n;
    const int *pivot;       /* [n] the state that is eliminated k-th */
    const LuEntry *entry;   /* [count.entries] by slot */
    const bool *scales_row; /* [n] by k: row k of U is divided by pivot k, not column k of L */
    Pattern pattern;        /* of L + U; rows and columns in the order of the pivots */
    const int *slot;        /* [count.entries] slot of each entry of `pattern` */
    int backward;           /* operations of the solve from this one on are backward substitution */
    LuCount count;
} Lu;

/* pattern: of A, with a full diagonal. pivot: a permutation (ordering.h). */
const Lu *lu_make(Arena *arena, const Pattern *pattern, const int *pivot);

/* The factorisation of f, which holds A's values at the slots of entries with a
 * source. Fill may hold anything before its LU_FILL; a table-driven form that
 * sets it to zero beforehand can take LU_FILL for LU_SUBTRACT.
 *
 * There are factor_multiply_adds + factor_multiplications + divisions of them:
 * look at the count before asking. row_end [n] or NULL: the operations before
 * row_end[k] finish the rows up to the k-th. */
LuOperationList lu_factor(Arena *arena, const Lu *lu, int *row_end);

/* The solution of A x = b, with b in x at the start. Operation i uses slot i
 * (left == i). */
LuOperationList lu_solve(Arena *arena, const Lu *lu);

#endif
