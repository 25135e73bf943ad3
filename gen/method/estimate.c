/* SPDX-License-Identifier: MIT */
#include "method/estimate.h"

#include <math.h>

#include "method/order.h"

static long double entry(const Tableau *tableau, int i, int j)
{
    long double value = tableau_a(tableau, i, j).value;
    return tableau->gamma ? value + tableau->gamma[i * tableau->stages + j].value : value;
}

/* next = B power, of which the sizes of all terms add up in next_size. */
static void multiply(long double *next, long double *next_size, const Tableau *tableau, const long double *power,
                     const long double *size)
{
    for (int i = 0; i < tableau->stages; i++) {
        next[i] = next_size[i] = 0;
        for (int j = 0; j < tableau->stages; j++) {
            next[i] += entry(tableau, i, j) * power[j];
            next_size[i] += fabsl(entry(tableau, i, j)) * size[j];
        }
    }
}

/* Whether start + sum_i error_i power_i is more than rounding of its terms. */
static bool is_seen(const Tableau *tableau, long double start, const long double *power, const long double *size)
{
    long double sum = start, scale = fabsl(start);
    for (int i = 0; i < tableau->stages; i++) {
        sum += tableau->error[i].value * power[i];
        scale += fabsl(tableau->error[i].value) * size[i];
    }
    return fabsl(sum) > ORDER_TOLERANCE * scale;
}

/* The coefficient of z^(k+1) in E is error B^k (1 .. 1), with error_start at k = 0. When those of
 * k = 0 .. s are zero all are: B^(s+1) is a combination of B .. B^s (Cayley and Hamilton). */
bool estimate_sees(const Tableau *tableau)
{
    if (!tableau->error) return false;
    int s = tableau->stages;
    Arena *scratch = arena_new();
    long double *power = ARENA_ARRAY(scratch, long double, s), *size = ARENA_ARRAY(scratch, long double, s);
    long double *next = ARENA_ARRAY(scratch, long double, s), *next_size = ARENA_ARRAY(scratch, long double, s);
    for (int i = 0; i < s; i++) power[i] = size[i] = 1;
    bool seen = is_seen(tableau, tableau->error_start.value, power, size);
    for (int k = 1; k <= s && !seen; k++) {
        multiply(next, next_size, tableau, power, size);
        for (int i = 0; i < s; i++) {
            power[i] = next[i];
            size[i] = next_size[i];
        }
        seen = is_seen(tableau, 0, power, size);
    }
    arena_free(scratch);
    return seen;
}
