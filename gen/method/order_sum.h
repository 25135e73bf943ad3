/* SPDX-License-Identifier: MIT */
/* What the files of the check share: order.c (trees, orders, errors),
 * order_rosenbrock.c, order_rest.c. */
#ifndef METHOD_ORDER_SUM_H
#define METHOD_ORDER_SUM_H

#include <math.h>

#include "method/order.h"

/* A value and the sum of the absolute values of the terms that made it. */
typedef struct Sum {
    long double value, scale;
} Sum;

static inline void sum_add(Sum *sum, long double factor, Sum term)
{
    sum->value += factor * term.value;
    sum->scale += fabsl(factor) * term.scale;
}

static inline Sum sum_product(Sum a, Sum b)
{
    return (Sum){ a.value * b.value, a.scale * b.scale };
}

static inline double sum_scaled(long double difference, long double scale)
{
    return difference == 0 ? 0 : (double)(fabsl(difference) / scale);
}

/* Conditions of Rosenbrock methods beyond the classical ones, of all sizes up
 * to `limit`: with any matrix in place of J, and on problems of index 1. Their
 * `tree` only says that one failed. */
OrderResult order_check_w(Arena *arena, const Tableau *tableau, int declared, int limit);
OrderResult order_check_index1(Arena *arena, const Tableau *tableau, int declared, int limit);

/* What is no order condition: row sums, the end of dense output, the flags. */
void order_check_rest(OrderReport *report, const Tableau *tableau);

#endif
