/* SPDX-License-Identifier: MIT */
/* The stability function of any one-step method of a tableau. */
#ifndef TESTS_SUPPORT_STABILITY_H
#define TESTS_SUPPORT_STABILITY_H

#include <assert.h>
#include <complex.h>

#include "method/dirk.h"
#include "method/tableau.h"

static inline long double complex stability_entry(const Tableau *tableau, int i, int j)
{
    long double value = tableau_a(tableau, i, j).value;
    return tableau->gamma ? value + tableau->gamma[i * tableau->stages + j].value : value;
}

enum { STABILITY_STAGES = 16 };

/* k of (I - z (a + gamma)) k = (1 .. 1), by elimination with pivots. */
static inline void stability_stages(long double complex *k, const Tableau *tableau, long double complex z)
{
    long double complex m[STABILITY_STAGES][STABILITY_STAGES + 1];
    int s = tableau->stages;
    assert(s <= STABILITY_STAGES);
    for (int i = 0; i < s; i++) {
        for (int j = 0; j < s; j++) m[i][j] = (i == j) - z * stability_entry(tableau, i, j);
        m[i][s] = 1;
    }
    for (int c = 0; c < s; c++) {
        int pivot = c;
        for (int i = c; i < s; i++) pivot = cabsl(m[i][c]) > cabsl(m[pivot][c]) ? i : pivot;
        for (int j = 0; j <= s; j++) {
            long double complex kept = m[c][j];
            m[c][j] = m[pivot][j];
            m[pivot][j] = kept;
        }
        for (int i = 0; i < s; i++)
            for (int j = s; i != c && j >= c; j--) m[i][j] -= m[i][c] / m[c][c] * m[c][j];
    }
    for (int i = 0; i < s; i++) k[i] = m[i][s] / m[i][i];
}

/* R(z) = 1 + z b (I - z (a + gamma))^-1 1 */
static inline long double complex stability(const Tableau *tableau, long double complex z)
{
    long double complex k[STABILITY_STAGES], sum = 1;
    stability_stages(k, tableau, z);
    for (int i = 0; i < tableau->stages; i++) sum += z * tableau->b[i].value * k[i];
    return sum;
}

/* The error estimate of y' = lambda y, y = 1, z = h lambda, as steps use it: filtered where they do. */
static inline long double complex stability_estimate(const Tableau *tableau, long double complex z)
{
    long double complex k[STABILITY_STAGES], sum = z * tableau->error_start.value;
    bool filtered = tableau->family == FAMILY_DIRK && dirk_filters_error(tableau);
    long double gamma = filtered ? tableau_diagonal(tableau).value : tableau->error_start.value;
    stability_stages(k, tableau, z);
    for (int i = 0; i < tableau->stages; i++) sum += z * tableau->error[i].value * k[i];
    return sum / (1 - z * gamma);
}

#endif
