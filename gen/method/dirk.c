/* SPDX-License-Identifier: MIT */
/* What a step of a dirk method needs to know of its tableau beyond the numbers. */
#include <math.h>

#include "method/dirk.h"

/* Nodes from which a derivative is predicted, and how far apart they are at
 * least: weights of closer ones are large, and so is then the error of stiff
 * components, whose derivatives hold little of their digits. */
enum { NODES_MOST = 3 };
static const long double least_distance = 0.1L;

typedef struct Nodes {
    int count, index[NODES_MOST];
    Number c[NODES_MOST];
} Nodes;

/* Whether the derivative that the step before has left is one of an end of the
 * step, at a node of its own. */
static bool has_start_node(const Tableau *tableau)
{
    return !tableau->first_same_as_last && number_is(tableau->c[tableau->stages - 1], 1);
}

static bool is_apart(const Nodes *nodes, Number c)
{
    for (int k = 0; k < nodes->count; k++)
        if (fabsl(nodes->c[k].value - c.value) < least_distance) return false;
    return true;
}

/* The node nearest to that of the stage, the last one of equals, that is apart from
 * those chosen; the start of the step has the index `stage`. */
static bool add_nearest(Nodes *nodes, const Tableau *tableau, int stage)
{
    int best = -1, count = stage + has_start_node(tableau);
    Number found = number_integer(0);
    for (int j = 0; j < count; j++) {
        Number c = j < stage ? tableau->c[j] : number_integer(0);
        long double distance = fabsl(c.value - tableau->c[stage].value);
        if (!is_apart(nodes, c) || (best >= 0 && distance > fabsl(found.value - tableau->c[stage].value))) continue;
        best = j;
        found = c;
    }
    if (best < 0) return false;
    nodes->index[nodes->count] = best;
    nodes->c[nodes->count++] = found;
    return true;
}

/* The polynomial through the derivatives at those nodes. */
void dirk_predict(Number *weight, const Tableau *tableau, int stage)
{
    Nodes nodes = { 0 };
    Number c = tableau->c[stage];
    for (int j = 0; j <= stage; j++) weight[j] = number_integer(0);
    while (nodes.count < NODES_MOST && add_nearest(&nodes, tableau, stage)) {
    }
    if (!nodes.count) weight[stage] = number_integer(1);
    for (int k = 0; k < nodes.count; k++) {
        Number product = number_integer(1);
        for (int l = 0; l < nodes.count; l++) {
            if (l == k) continue;
            Number rise = number_subtract(nodes.c[k], nodes.c[l]);
            product = number_multiply(product, number_divide(number_subtract(c, nodes.c[l]), rise));
        }
        weight[nodes.index[k]] = product;
    }
}

/* In the limit of h lambda to infinity, a component y of the stiff test equation
 * has h k_i = x_i y with A x = -1. When the first stage is explicit, h k_1 is
 * h lambda y, and x_i h lambda y is the limit with x_1 = 1 and A x = 0 in the other
 * rows. */
bool dirk_filters_error(const Tableau *tableau)
{
    bool first = tableau_stage_is_explicit(tableau, 0);
    Arena *scratch = arena_new();
    long double *x = ARENA_ARRAY(scratch, long double, tableau->stages), limit = 0;
    for (int i = 0; i < tableau->stages && tableau->error; i++) {
        long double sum = first ? 0 : 1;
        for (int j = 0; j < i; j++) sum += tableau_a(tableau, i, j).value * x[j];
        x[i] = first && i == 0 ? 1 : -sum / tableau_a(tableau, i, i).value; /* a later explicit stage: not finite */
        limit += tableau->error[i].value * x[i];
    }
    arena_free(scratch);
    return tableau->error && !(fabsl(limit) < 1e-12L);
}

Number dirk_matrix_node(const Tableau *tableau)
{
    Number sum = number_integer(0);
    int count = 0;
    for (int i = 0; i < tableau->stages; i++) {
        if (tableau_stage_is_explicit(tableau, i)) continue;
        sum = number_add(sum, tableau->c[i]);
        count++;
    }
    return count ? number_divide(sum, number_integer(count)) : sum;
}
