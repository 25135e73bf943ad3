/* SPDX-License-Identifier: MIT */
/* The stability function of any one-step method of a tableau. */
#ifndef TESTS_SUPPORT_STABILITY_H
#define TESTS_SUPPORT_STABILITY_H

#include <assert.h>
#include <complex.h>

#include "method/tableau.h"

static inline long double complex stability_entry(const Tableau *tableau, int i, int j)
{
    long double value = tableau_a(tableau, i, j).value;
    return tableau->gamma ? value + tableau->gamma[i * tableau->stages + j].value : value;
}

/* R(z) = 1 + z b (I - z (a + gamma))^-1 1, by elimination with pivots. */
static inline long double complex stability(const Tableau *tableau, long double complex z)
{
    enum { MOST = 8 };
    long double complex m[MOST][MOST + 1], sum = 1;
    int s = tableau->stages;
    assert(s <= MOST);
    for (int i = 0; i < s; i++) {
        for (int j = 0; j < s; j++) m[i][j] = (i == j) - z * stability_entry(tableau, i, j);
        m[i][s] = 1;
    }
    for (int k = 0; k < s; k++) {
        int pivot = k;
        for (int i = k; i < s; i++) pivot = cabsl(m[i][k]) > cabsl(m[pivot][k]) ? i : pivot;
        for (int j = 0; j <= s; j++) {
            long double complex kept = m[k][j];
            m[k][j] = m[pivot][j];
            m[pivot][j] = kept;
        }
        for (int i = 0; i < s; i++)
            for (int j = s; i != k && j >= k; j--) m[i][j] -= m[i][k] / m[k][k] * m[k][j];
    }
    for (int i = 0; i < s; i++) sum += z * tableau->b[i].value * m[i][s] / m[i][i];
    return sum;
}

#endif
