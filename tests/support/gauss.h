/* SPDX-License-Identifier: MIT */
/* The Gauss-Legendre method with s stages: order 2 s and no more. */
#ifndef TESTS_SUPPORT_GAUSS_H
#define TESTS_SUPPORT_GAUSS_H

#include <math.h>

#include "method/tableau.h"

static void legendre(long double *value, long double *slope, int degree, long double x)
{
    long double before = 1, now = x;
    for (int k = 2; k <= degree; k++) {
        long double next = ((2 * k - 1) * x * now - (k - 1) * before) / k;
        before = now;
        now = next;
    }
    *value = now;
    *slope = degree * (x * now - before) / (x * x - 1);
}

static long double gauss_node(int s, int i)
{
    long double x = -cosl(acosl(-1) * (i + 0.75L) / (s + 0.5L)), value, slope;
    for (int step = 0; step < 50; step++) {
        legendre(&value, &slope, s, x);
        x -= value / slope;
    }
    return (1 + x) / 2;
}

/* The integral of the Lagrange polynomial of node j from 0 to `end`. */
static long double lagrange_integral(const long double *node, int s, int j, long double end)
{
    long double power[8] = { 1 }, sum = 0, at = end;
    for (int m = 0, degree = 0; m < s; m++) {
        if (m == j) continue;
        degree++;
        for (int k = degree; k >= 0; k--)
            power[k] = ((k ? power[k - 1] : 0) - node[m] * power[k]) / (node[j] - node[m]);
    }
    for (int k = 0; k < s; k++, at *= end) sum += power[k] * at / (k + 1);
    return sum;
}

static Tableau *gauss(Arena *arena, int s)
{
    Tableau *tableau = ARENA_NEW(arena, Tableau);
    long double node[8];
    tableau->name = "gauss";
    tableau->family = FAMILY_FIRK;
    tableau->stages = s;
    tableau->order = 2 * s;
    tableau->a = ARENA_ARRAY(arena, Number, s * s);
    tableau->b = ARENA_ARRAY(arena, Number, s);
    tableau->c = ARENA_ARRAY(arena, Number, s);
    for (int i = 0; i < s; i++) {
        node[i] = gauss_node(s, i);
        tableau->c[i] = number_real(node[i]);
    }
    for (int j = 0; j < s; j++) {
        tableau->b[j] = number_real(lagrange_integral(node, s, j, 1));
        for (int i = 0; i < s; i++) tableau->a[i * s + j] = number_real(lagrange_integral(node, s, j, node[i]));
    }
    return tableau;
}

#endif
