/* SPDX-License-Identifier: MIT */
/* The order in which a sparse matrix is eliminated.
 *
 * Pivots are diagonal elements: on the pattern of I - h*gamma*J they are there
 * for every J, and for small enough h they are good ones, so the order can be
 * chosen once, before any value is known. Whoever factors watches the pivots. */
#ifndef SYSTEM_ORDERING_H
#define SYSTEM_ORDERING_H

#include "system/pattern.h"

/* Markowitz's rule (The elimination form of the inverse, Management Science 3
 * (1957) 255) on the diagonal: next comes the pivot with the least
 * (r - 1)(c - 1), r and c being the entries of its row and column that are not
 * eliminated yet, fill included (Duff, Erisman & Reid, Direct Methods for Sparse
 * Matrices, 7.2 and 7.3); of several the first. The diagonal must be full.
 *
 * Returns [n]: the state whose row and column are eliminated k-th. Takes n^2
 * bytes of scratch memory, and time like n^2 plus the multiply-adds of the
 * factorisation. */
const int *ordering_markowitz(Arena *arena, const Pattern *pattern);

#endif
