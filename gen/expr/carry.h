/* SPDX-License-Identifier: MIT */
/* Code that is cut into functions: what to compute once and carry over the cuts
 * in an array, so that no function computes much that another one did, and none
 * is longer than `most`. */
#ifndef EXPR_CARRY_H
#define EXPR_CARRY_H

#include "expr/expr.h"

typedef ARRAY(const Expr *) CarriedList;

/* Two rules. A value that roots of several groups need is carried where it is
 * worth a load: it costs a division or a function, or as many sums and products,
 * beside what is carried below it. And of a root that costs more than `most`
 * parts are carried, so that what is left to compute of each, and of the root,
 * costs no more than two or three times that. All else that groups share is cheap,
 * and each computes it. Products are not carried, since sums take up their factors,
 * nor are conditions, but their operands are.
 *
 * *results are the roots with symbols ARRAY[0], ARRAY[1], ... in the place of
 * carried values, and the list has the values, each made of those before it. All
 * operations stay as they are, and in their order. `group` has a number from 0 on
 * for each root. Results and list live in the graph's arena. Linear in the nodes. */
CarriedList carry_make(const Expr **results, Graph *graph, const Expr *const *roots, const int *group, int count,
                       const char *array, int most);

#endif
