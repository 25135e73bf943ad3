/* SPDX-License-Identifier: MIT */
#include "method/tableau.h"

#include <float.h>
#include <math.h>
#include <string.h>

static int64_t binomial(int n, int k)
{
    int64_t value = 1;
    for (int i = 1; i <= k; i++) value = value * (n - k + i) / i;
    return value;
}

/* beta_ij of tableau_dense_bernstein. Terms that cancel up to their rounding are 0. */
static Number bernstein(const Number *row, int degree, int j)
{
    Number sum = number_integer(0);
    long double size = 0;
    for (int k = 0; k <= j; k++) {
        Number term = number_multiply(number_integer(binomial(degree - 1 - k, j - k)), row[k]);
        sum = number_add(sum, term);
        size += fabsl(term.value);
    }
    return fabsl(sum.value) <= 4 * LDBL_EPSILON * size ? number_integer(0) : sum;
}

void tableau_dense_bernstein(Number *beta, const Number *dense, int rows, int degree)
{
    for (int i = 0; i < rows; i++)
        for (int j = 0; j < degree; j++) beta[i * degree + j] = bernstein(&dense[i * degree], degree, j);
}

bool tableau_stage_is_explicit(const Tableau *tableau, int stage)
{
    return number_is(tableau_a(tableau, stage, stage), 0);
}

Number tableau_diagonal(const Tableau *tableau)
{
    Number found = number_integer(0);
    if (tableau->gamma) return tableau->gamma[0];
    for (int i = 0; i < tableau->stages; i++) {
        Number entry = tableau_a(tableau, i, i);
        if (number_is(entry, 0)) continue;
        if (!number_is(found, 0) && !number_equal(found, entry)) return number_integer(0);
        found = entry;
    }
    return found;
}

static bool is_called(const Tableau *tableau, const char *name)
{
    bool found = !strcmp(tableau->name, name);
    for (int i = 0; i < tableau->alias_count; i++) found = found || !strcmp(tableau->aliases[i], name);
    return found;
}

const Tableau *tableau_find(const Tableau *const *tableaux, int count, const char *name)
{
    for (int i = 0; i < count; i++)
        if (is_called(tableaux[i], name)) return tableaux[i];
    return NULL;
}

/* An order without coefficients, or coefficients without an order. */
static bool check_order_of(const Tableau *tableau, const char *coefficients, bool present, const char *word, int order)
{
    if (present == (order > 0)) return true;
    if (present)
        diag_error(tableau->source, "tableau '%s' has %s but no %s; state the order of those weights", tableau->name,
                   coefficients, word);
    else
        diag_error(tableau->source, "tableau '%s' has %s = %d but no %s; give the coefficients or leave the order out",
                   tableau->name, word, order, coefficients);
    return false;
}

/* How many columns of row i may hold something. */
static int columns_of(const Tableau *tableau, int i)
{
    int n = tableau->stages + tableau->dense_stages;
    return tableau->family == FAMILY_FIRK ? n : tableau->family == FAMILY_DIRK ? i + 1 : i;
}

static bool check_shape(const Tableau *tableau)
{
    int n = tableau->stages + tableau->dense_stages;
    bool diagonal = tableau->family == FAMILY_DIRK;
    for (int i = 0; i < n; i++)
        for (int j = columns_of(tableau, i); j < n; j++)
            if (!number_is(tableau_a(tableau, i, j), 0)) {
                diag_error(tableau->source, "tableau '%s' is not %s: stage %d uses stage %d; it may use %s only",
                           tableau->name, diagonal ? "diagonally implicit" : "explicit", i + 1, j + 1,
                           diagonal ? "earlier ones and itself" : "earlier ones");
                return false;
            }
    return true;
}

/* A lower triangle with one number on its diagonal. */
static bool check_gamma(const Tableau *tableau)
{
    int s = tableau->stages;
    if (!tableau->gamma) {
        diag_error(tableau->source, "tableau '%s' has no gamma, which a Rosenbrock method needs", tableau->name);
        return false;
    }
    bool good = tableau->gamma[0].value != 0;
    for (int i = 0; i < s; i++) {
        good &= number_equal(tableau->gamma[i * s + i], tableau->gamma[0]);
        for (int j = i + 1; j < s; j++) good &= number_is(tableau->gamma[i * s + j], 0);
    }
    if (!good)
        diag_error(tableau->source,
                   "tableau '%s': gamma must be lower triangular, with the same number other than 0 all along its "
                   "diagonal",
                   tableau->name);
    return good;
}

/* What only some families have. */
static bool check_family(const Tableau *tableau)
{
    bool rosenbrock = tableau->family == FAMILY_ROSENBROCK, ok = true;
    if (rosenbrock) ok &= check_gamma(tableau);
    if (tableau->dense_stages && tableau->family != FAMILY_ERK) {
        diag_error(tableau->source,
                   "tableau '%s' has extra stages for dense output, which only erk methods can have; without them and "
                   "dense, cubic Hermite interpolation is used",
                   tableau->name);
        ok = false;
    }
    if (!rosenbrock && (tableau->gamma || tableau->d || tableau->w_order || tableau->index1_order)) {
        diag_error(tableau->source,
                   "tableau '%s' has gamma, d, w_order or index1_order, which only Rosenbrock methods have",
                   tableau->name);
        ok = false;
    }
    if (tableau->error_start.value != 0 && (!tableau->error || tableau->family != FAMILY_FIRK)) {
        diag_error(tableau->source, "tableau '%s' has error_start, which goes with the error of a firk method",
                   tableau->name);
        ok = false;
    }
    return ok;
}

/* The second estimate, which has the lower order of the two. */
static bool check_error_low(const Tableau *tableau)
{
    bool ok = check_order_of(tableau, "error_low", tableau->error_low, "error_low_order", tableau->error_low_order);
    if (tableau->error_low && !tableau->error)
        diag_error(tableau->source, "tableau '%s' has error_low but no error, which it goes with", tableau->name);
    else if (tableau->error_low && tableau->error_low_order >= tableau->embedded_order)
        diag_error(tableau->source, "tableau '%s' has error_low_order = %d; it must be below embedded_order = %d",
                   tableau->name, tableau->error_low_order, tableau->embedded_order);
    else
        return ok;
    return false;
}

bool tableau_check(const Tableau *tableau)
{
    bool ok = check_order_of(tableau, "error weights", tableau->error, "embedded_order", tableau->embedded_order);
    ok &= check_error_low(tableau);
    ok &= check_order_of(tableau, "dense weights", tableau->dense, "dense_order", tableau->dense_order);
    if (tableau->order < 1) {
        diag_error(tableau->source, "tableau '%s' has no order; state it, from 1 on", tableau->name);
        ok = false;
    }
    if (tableau->dense_stages && !tableau->dense) {
        diag_error(tableau->source, "tableau '%s' has extra stages but no dense weights that use them", tableau->name);
        ok = false;
    }
    return check_family(tableau) & check_shape(tableau) & ok;
}
