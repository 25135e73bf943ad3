/* SPDX-License-Identifier: MIT */
/* A small problem, smooth, bent and depending on time, and the stages of a step
 * of it in long double: from the tableau in its classical form, with derivatives
 * written by hand. */
#ifndef TESTS_SUPPORT_STAGES_H
#define TESTS_SUPPORT_STAGES_H

#include <math.h>
#include <string.h>

#include "method/dirk.h"
#include "method/tableau.h"

enum { N = 3, STAGES = 20 };
typedef long double Vector[N];
#define NEWTON 1e-9L /* newton_tolerance */

static const char problem[] = "problem 'bent'\n"
                              "parameters { w = 1.25 }\n"
                              "states { x = 1, y = -0.5, z = 0.25 }\n"
                              "ddt.x = -x * y + sin(w * t)\n"
                              "ddt.y = x - 0.5 * y^3 - 8 * (y - cos(t))\n"
                              "ddt.z = x - z^3 - t * sin(z) / 4\n"
                              "solve { duration = 4, rtol = 1e-5, atol = 1e-6, trace = true }\n"
                              "sweep { w = linspace(1, 2, 9) }\n";

static void slope(Vector out, long double t, const Vector v, long double w)
{
    out[0] = -v[0] * v[1] + sinl(w * t);
    out[1] = v[0] - 0.5L * v[1] * v[1] * v[1] - 8 * (v[1] - cosl(t));
    out[2] = v[0] - v[2] * v[2] * v[2] - t * sinl(v[2]) / 4;
}

static void time_slope(Vector out, long double t, const Vector v, long double w)
{
    out[0] = w * cosl(w * t);
    out[1] = -8 * sinl(t);
    out[2] = -sinl(v[2]) / 4;
}

static void jacobian(long double j[N][N], long double t, const Vector v)
{
    const long double rows[N][N] = { { -v[1], -v[0], 0 },
                                     { 1, -1.5L * v[1] * v[1] - 8, 0 },
                                     { 1, 0, -3 * v[2] * v[2] - t * cosl(v[2]) / 4 } };
    memcpy(j, rows, sizeof rows);
}

/* x = A^-1 x by elimination with row exchanges; A has n rows of n. */
static void solve(int n, long double *a, long double *x)
{
    for (int k = 0; k < n; k++) {
        int best = k;
        for (int i = k + 1; i < n; i++)
            if (fabsl(a[i * n + k]) > fabsl(a[best * n + k])) best = i;
        for (int j = 0; j < n; j++) {
            long double spare = a[k * n + j];
            a[k * n + j] = a[best * n + j], a[best * n + j] = spare;
        }
        long double spare = x[k];
        x[k] = x[best], x[best] = spare;
        for (int i = k + 1; i < n; i++) {
            long double factor = a[i * n + k] / a[k * n + k];
            for (int j = k; j < n; j++) a[i * n + j] -= factor * a[k * n + j];
            x[i] -= factor * x[k];
        }
    }
    for (int k = n - 1; k >= 0; k--) {
        for (int j = k + 1; j < n; j++) x[k] -= a[k * n + j] * x[j];
        x[k] /= a[k * n + k];
    }
}

/* x = (I - factor J)^-1 x */
static void solve_shifted(Vector x, long double factor, long double j[N][N])
{
    long double matrix[N * N];
    for (int r = 0; r < N; r++)
        for (int c = 0; c < N; c++) matrix[r * N + c] = (r == c) - factor * j[r][c];
    solve(N, matrix, x);
}

static long double weight(const Number *row, int j)
{
    return row[j].value;
}

/* out = base + h sum_j row_j k_j */
static void combine(Vector out, const Vector base, long double h, const Number *row, int count, Vector *k)
{
    for (int i = 0; i < N; i++) {
        out[i] = base ? base[i] : 0;
        for (int j = 0; j < count; j++) out[i] += h * weight(row, j) * k[j][i];
    }
}

/* Stages first .. first + count - 1, which are in each other's sums, by Newton's
 * method until nothing changes: k_i = f(t + c_i h, y + h sum a_ij k_j). */
static void solve_stages(Vector *k, int first, int count, const Tableau *tableau, long double t, long double h,
                         const Vector y, long double w)
{
    int columns = tableau->stages + tableau->dense_stages, n = count * N;
    for (int iteration = 0; iteration < 50; iteration++) {
        static long double matrix[STAGES * N * STAGES * N], rest[STAGES * N];
        for (int i = 0; i < count; i++) {
            const Number *row = &tableau->a[(first + i) * columns];
            long double j[N][N], at_time = t + tableau->c[first + i].value * h;
            Vector at;
            combine(at, y, h, row, first + count, k);
            slope(&rest[i * N], at_time, at, w);
            jacobian(j, at_time, at);
            for (int r = 0; r < N; r++) {
                rest[i * N + r] -= k[first + i][r];
                for (int c = 0; c < n; c++)
                    matrix[(i * N + r) * n + c] = (i * N + r == c) - h * row[first + c / N].value * j[r][c % N];
            }
        }
        solve(n, matrix, rest);
        for (int i = 0; i < n; i++) k[first + i / N][i % N] += rest[i];
    }
}

/* Explicit stages one by one, those of Rosenbrock methods as tableau.h has them:
 * (I - h gamma J) k_i = f + h J sum_{j<i} gamma_ij k_j + h d_i df/dt. */
static void stages_of(Vector *k, const Tableau *tableau, long double t, long double h, const Vector y, long double w)
{
    int columns = tableau->stages + tableau->dense_stages;
    long double j[N][N];
    Vector ft;
    jacobian(j, t, y);
    time_slope(ft, t, y, w);
    memset(k, 0, (size_t)tableau->stages * sizeof *k);
    if (tableau->family == FAMILY_FIRK) {
        solve_stages(k, 0, tableau->stages, tableau, t, h, y, w);
        return;
    }
    for (int i = 0; i < tableau->stages; i++) {
        Vector at;
        combine(at, y, h, &tableau->a[i * columns], i, k);
        slope(k[i], t + tableau->c[i].value * h, at, w);
        if (tableau->family == FAMILY_DIRK) solve_stages(k, i, 1, tableau, t, h, y, w);
        if (tableau->family != FAMILY_ROSENBROCK) continue;
        Vector sum;
        combine(sum, NULL, h, &tableau->gamma[i * tableau->stages], i, k);
        for (int r = 0; r < N; r++) {
            k[i][r] += h * tableau->d[i].value * ft[r];
            for (int c = 0; c < N; c++) k[i][r] += j[r][c] * sum[c];
        }
        solve_shifted(k[i], h * tableau->gamma[i * tableau->stages + i].value, j);
    }
}

/* e = (I - h a J)^-1 e, with J at the start of the step. */
static void filter(Vector e, const Tableau *tableau, long double t, long double h, const Vector y)
{
    int columns = tableau->stages + tableau->dense_stages, last = tableau->stages - 1;
    long double j[N][N];
    jacobian(j, t, y);
    while (tableau->a[last * columns + last].value == 0) last--;
    solve_shifted(e, h * tableau->a[last * columns + last].value, j);
}

/* e = (I - h e0 J)^-1 (h e0 f(t, at) + h sum error_i k_i) */
static void filter_firk(Vector e, const Tableau *tableau, long double t, long double h, const Vector y, const Vector at,
                        Vector *k, long double w)
{
    long double j[N][N], factor = h * tableau->error_start.value;
    Vector f;
    jacobian(j, t, y);
    slope(f, t, at, w);
    combine(e, NULL, h, tableau->error, tableau->stages, k);
    for (int r = 0; r < N; r++) e[r] += factor * f[r];
    solve_shifted(e, factor, j);
}

/* ---- rounding ---- */

static long double size_of(const Vector v)
{
    return fmaxl(fabsl(v[0]), fmaxl(fabsl(v[1]), fabsl(v[2])));
}

/* h sum_j |row_j| (|k_j| + bound_j): what rounding does to such a sum. */
static long double bound_of(long double h, const Number *row, int count, Vector *k, const long double *bound)
{
    long double sum = 0;
    for (int j = 0; j < count; j++) sum += h * fabsl(weight(row, j)) * (size_of(k[j]) + bound[j]);
    return sum;
}

/* Of f at a rounded place: it changes by less than 12 times the change of its
 * argument, and is a sum of terms of that size. Implicit stages solve a system with
 * a matrix of a condition below 100, or iterate up to NEWTON of the tolerance. */
static void bounds_of(long double *bound, const Tableau *tableau, long double h, const Vector y, Vector *k)
{
    int columns = tableau->stages + tableau->dense_stages;
    for (int i = 0; i < tableau->stages; i++)
        bound[i] = 12 * (1 + size_of(y) + bound_of(h, &tableau->a[i * columns], i, k, bound));
    for (int i = 0; tableau->family != FAMILY_ERK && i < tableau->stages; i++) {
        bool iterates = tableau->family == FAMILY_DIRK || tableau->family == FAMILY_FIRK;
        long double a = iterates ? tableau->a[i * columns + i].value : 0;
        if (tableau->first_same_as_last && i == 0)
            a = tableau->a[(tableau->stages - 1) * (columns + 1)].value / 10; /* of a shorter step before */
        bound[i] = 100 * (1 + size_of(k[i]));
        if (tableau->family == FAMILY_FIRK) a /= tableau->stages; /* all of them iterate together */
        if (a > 0) bound[i] += NEWTON * sqrtl(N) * (1e-6L + 1e-5L * (1 + size_of(y))) / (h * a) * 0x1p53L;
    }
}

#endif
