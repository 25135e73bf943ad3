/* A small problem, smooth, bent and depending on time, and the stages of a step
 * of it in long double: from the tableau in its classical form, with derivatives
 * written by hand. */
#ifndef TESTS_SUPPORT_STAGES_H
#define TESTS_SUPPORT_STAGES_H

#include <math.h>
#include <string.h>

#include "part/dirk.h"
#include "part/tableau.h"

enum { N = 3, STAGES = 20 };
typedef long double Vector[N];
#define NEWTON 1e-9L /* newton_tolerance */

static const char problem[] =
    "problem 'bent'\n"
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

/* x = A^-1 x by elimination with row exchanges. */
static void solve(long double a[N][N], Vector x)
{
    for (int k = 0; k < N; k++) {
        int best = k;
        for (int i = k + 1; i < N; i++)
            if (fabsl(a[i][k]) > fabsl(a[best][k])) best = i;
        for (int j = 0; j < N; j++) {
            long double spare = a[k][j];
            a[k][j] = a[best][j], a[best][j] = spare;
        }
        long double spare = x[k];
        x[k] = x[best], x[best] = spare;
        for (int i = k + 1; i < N; i++) {
            long double factor = a[i][k] / a[k][k];
            for (int j = k; j < N; j++) a[i][j] -= factor * a[k][j];
            x[i] -= factor * x[k];
        }
    }
    for (int k = N - 1; k >= 0; k--) {
        for (int j = k + 1; j < N; j++) x[k] -= a[k][j] * x[j];
        x[k] /= a[k][k];
    }
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

/* k_i = f(t + c_i h, y + h sum a_ij k_j), solved for k_i where a_ii is not 0; Rosenbrock methods as tableau.h has
 * them: (I - h gamma J) k_i = f + h J sum_{j<i} gamma_ij k_j + h d_i df/dt. */
/* k = f(t, base + h a k) by Newton's method, until nothing changes. */
static void solve_stage(Vector k, long double t, long double h, long double a, const Vector base, long double w)
{
    for (int iteration = 0; iteration < 50; iteration++) {
        long double matrix[N][N];
        Vector at, rest;
        for (int r = 0; r < N; r++) at[r] = base[r] + h * a * k[r];
        slope(rest, t, at, w);
        jacobian(matrix, t, at);
        for (int r = 0; r < N; r++) {
            rest[r] -= k[r];
            for (int c = 0; c < N; c++) matrix[r][c] = (r == c) - h * a * matrix[r][c];
        }
        solve(matrix, rest);
        for (int r = 0; r < N; r++) k[r] += rest[r];
    }
}

static void stages_of(Vector *k, const Tableau *tableau, long double t, long double h, const Vector y, long double w)
{
    int columns = tableau->stages + tableau->dense_stages;
    long double j[N][N];
    Vector ft;
    jacobian(j, t, y);
    time_slope(ft, t, y, w);
    for (int i = 0; i < tableau->stages; i++) {
        Vector at;
        combine(at, y, h, &tableau->a[i * columns], i, k);
        slope(k[i], t + tableau->c[i].value * h, at, w);
        if (tableau->family == FAMILY_DIRK)
            solve_stage(k[i], t + tableau->c[i].value * h, h, tableau->a[i * columns + i].value, at, w);
        if (tableau->family != FAMILY_ROSENBROCK) continue;
        long double matrix[N][N];
        Vector sum;
        combine(sum, NULL, h, &tableau->gamma[i * tableau->stages], i, k);
        for (int r = 0; r < N; r++) {
            k[i][r] += h * tableau->d[i].value * ft[r];
            for (int c = 0; c < N; c++) {
                k[i][r] += j[r][c] * sum[c];
                matrix[r][c] = (r == c) - h * tableau->gamma[i * tableau->stages + i].value * j[r][c];
            }
        }
        solve(matrix, k[i]);
    }
}

/* e = (I - h a J)^-1 e, with J at the start of the step. */
static void filter(Vector e, const Tableau *tableau, long double t, long double h, const Vector y)
{
    int columns = tableau->stages + tableau->dense_stages, last = tableau->stages - 1;
    long double matrix[N][N];
    jacobian(matrix, t, y);
    while (tableau->a[last * columns + last].value == 0) last--;
    for (int r = 0; r < N; r++)
        for (int c = 0; c < N; c++) matrix[r][c] = (r == c) - h * tableau->a[last * columns + last].value * matrix[r][c];
    solve(matrix, e);
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
        long double a = tableau->family == FAMILY_DIRK ? tableau->a[i * columns + i].value : 0;
        if (tableau->first_same_as_last && i == 0) a = tableau->a[(tableau->stages - 1) * (columns + 1)].value / 10; /* of a shorter step before */
        bound[i] = 100 * (1 + size_of(k[i]));
        if (a > 0) bound[i] += NEWTON * sqrtl(N) * (1e-6L + 1e-5L * (1 + size_of(y))) / (h * a) * 0x1p53L;
    }
}

#endif
