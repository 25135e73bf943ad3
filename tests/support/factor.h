/* SPDX-License-Identifier: MIT */
/* Carries out the operations of lu.h on numbers, and keeps a dense copy of the
 * matrix beside them. Included once for each kind of number, with
 *
 *     #define NUMBER double
 *     #define SIZE fabs
 *     #define NAME(x) real_##x
 *
 * before it; it takes these away again. */
#include <float.h>
#include <math.h>

#include "system/lu.h"

#ifndef FACTOR_MOST
#define FACTOR_MOST 80 /* states */
#endif

typedef struct NAME(Factor) {
    const Lu *lu;
    NUMBER a[FACTOR_MOST][FACTOR_MOST];     /* by states */
    NUMBER lower[FACTOR_MOST][FACTOR_MOST]; /* in the order of the pivots */
    NUMBER upper[FACTOR_MOST][FACTOR_MOST];
    NUMBER f[FACTOR_MOST * FACTOR_MOST];
    double least; /* the smallest pivot there was */
} NAME(Factor);

static void NAME(operate)(NAME(Factor) * m, const LuOperation *o)
{
    NUMBER *f = m->f;
    switch (o->kind) {
    case LU_RECIPROCAL:
        m->least = fmin(m->least, SIZE(f[o->target]));
        f[o->target] = 1 / f[o->target];
        break;
    case LU_SCALE: f[o->target] *= f[o->left]; break;
    case LU_SUBTRACT: f[o->target] -= f[o->left] * f[o->right]; break;
    case LU_FILL: f[o->target] = -(f[o->left] * f[o->right]); break;
    }
}

/* Entries come in when the turn of their row comes; all else is a NaN. */
static void NAME(factor)(NAME(Factor) * m, const LuOperationList *list, const int *row_end)
{
    m->least = INFINITY;
    for (int i = 0; i < m->lu->count.entries; i++) m->f[i] = NAN;
    for (int k = 0, o = 0; k < m->lu->n; k++) {
        for (int i = 0; i < m->lu->count.entries; i++) {
            const LuEntry *entry = &m->lu->entry[i];
            if (entry->source >= 0 && entry->row == m->lu->pivot[k]) m->f[i] = m->a[entry->row][entry->column];
        }
        for (; o < row_end[k]; o++) NAME(operate)(m, &list->items[o]);
    }
}

static void NAME(solve)(const NAME(Factor) * m, const LuOperationList *list, NUMBER *x)
{
    for (int i = 0; i < list->count; i++) {
        const LuOperation *o = &list->items[i];
        if (o->kind == LU_SCALE)
            x[o->target] *= m->f[o->left];
        else
            x[o->target] -= m->f[o->left] * x[o->right];
    }
}

/* L and U as matrices, out of the packed array. */
static void NAME(unpack)(NAME(Factor) * m)
{
    const Lu *lu = m->lu;
    memset(m->lower, 0, sizeof m->lower);
    memset(m->upper, 0, sizeof m->upper);
    for (int i = 0; i < lu->n; i++) {
        for (int e = lu->pattern.start[i]; e < lu->pattern.start[i + 1]; e++) {
            int j = lu->pattern.column[e];
            NUMBER value = m->f[lu->slot[e]];
            if (j < i) m->lower[i][j] = value;
            if (j > i) m->upper[i][j] = value;
            if (j != i) continue;
            m->lower[i][i] = lu->scales_row[i] ? 1 / value : 1;
            m->upper[i][i] = lu->scales_row[i] ? 1 : 1 / value;
        }
    }
}

/* The largest ratio of (P A P^T - L U)[i][j] to (|L| |U|)[i][j], in units of
 * n eps. It is small in any sound elimination, whatever the pivots: Higham,
 * Accuracy and Stability of Numerical Algorithms, theorem 9.3. */
static double NAME(defect)(const NAME(Factor) * m)
{
    int n = m->lu->n;
    double worst = 0;
    for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
            double size = DBL_MIN;
            NUMBER sum = m->a[m->lu->pivot[i]][m->lu->pivot[j]];
            for (int k = 0; k < n; k++) {
                if (m->lower[i][k] == 0 || m->upper[k][j] == 0) continue;
                sum -= m->lower[i][k] * m->upper[k][j];
                size += SIZE(m->lower[i][k] * m->upper[k][j]);
            }
            double ratio = SIZE(sum) / size / (n * DBL_EPSILON);
            if (!(ratio <= worst)) worst = ratio; /* a NaN is the worst */
        }
    }
    return worst;
}

/* The largest ratio of (b - A x)[i] to (|L| |U| |x|)[i], likewise (theorem
 * 9.4). */
static double NAME(residual)(const NAME(Factor) * m, const NUMBER *x, const NUMBER *b)
{
    int n = m->lu->n;
    double inner[FACTOR_MOST], worst = 0;
    for (int k = 0; k < n; k++) {
        inner[k] = DBL_MIN;
        for (int j = k; j < n; j++) inner[k] += SIZE(m->upper[k][j]) * SIZE(x[m->lu->pivot[j]]);
    }
    for (int i = 0; i < n; i++) {
        int row = m->lu->pivot[i];
        double size = 0;
        NUMBER sum = b[row];
        for (int k = 0; k <= i; k++) size += SIZE(m->lower[i][k]) * inner[k];
        for (int j = 0; j < n; j++) sum -= m->a[row][j] * x[j];
        double ratio = SIZE(sum) / size / (n * DBL_EPSILON);
        if (!(ratio <= worst)) worst = ratio;
    }
    return worst;
}

#undef NUMBER
#undef SIZE
#undef NAME
