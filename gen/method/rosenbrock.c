/* SPDX-License-Identifier: MIT */
#include "method/rosenbrock.h"

#include <math.h>

bool rosenbrock_is_same(Number a, Number b)
{
    return fabsl(a.value - b.value) <= 1e-16L * fabsl(a.value);
}

bool rosenbrock_share_input(const Tableau *tableau, int i, int j)
{
    for (int k = 0; k < tableau->stages; k++)
        if (!rosenbrock_is_same(tableau_a(tableau, i, k), tableau_a(tableau, j, k))) return false;
    return rosenbrock_is_same(tableau->c[i], tableau->c[j]);
}

bool rosenbrock_keeps_first_rhs(const Tableau *tableau)
{
    if (tableau->first_same_as_last || !tableau->dense) return true;
    for (int i = 2; i < tableau->stages; i++)
        if (rosenbrock_share_input(tableau, i, 0) && !rosenbrock_share_input(tableau, i, i - 1)) return true;
    return false;
}
