#include "part/tableau.h"

#include <string.h>

static int64_t binomial(int n, int k)
{
    int64_t value = 1;
    for (int i = 1; i <= k; i++) value = value * (n - k + i) / i;
    return value;
}

void tableau_dense_bernstein(Number *rows, const Tableau *tableau)
{
    int m = tableau->dense_degree;
    for (int i = 0; i < tableau->stages + tableau->dense_stages; i++)
        for (int j = 0; j < m; j++) {
            Number sum = number_integer(0);
            for (int k = 0; k <= j; k++)
                sum = number_add(
                    sum, number_multiply(number_integer(binomial(m - 1 - k, j - k)), tableau->dense[i * m + k]));
            rows[i * m + j] = sum;
        }
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

static bool check_explicit(const Tableau *tableau)
{
    int n = tableau->stages + tableau->dense_stages;
    for (int i = 0; i < n; i++)
        for (int j = i; j < n; j++)
            if (!number_is(tableau_a(tableau, i, j), 0)) {
                diag_error(tableau->source,
                           "tableau '%s' is not explicit: stage %d uses stage %d; it may use earlier ones only",
                           tableau->name, i + 1, j + 1);
                return false;
            }
    return true;
}

bool tableau_check(const Tableau *tableau)
{
    bool ok = check_order_of(tableau, "error weights", tableau->error, "embedded_order", tableau->embedded_order);
    ok &= check_order_of(tableau, "dense weights", tableau->dense, "dense_order", tableau->dense_order);
    if (tableau->order < 1) {
        diag_error(tableau->source, "tableau '%s' has no order; state it, from 1 on", tableau->name);
        ok = false;
    }
    if (tableau->error_low && !tableau->error) {
        diag_error(tableau->source, "tableau '%s' has error_low but no error, which it goes with", tableau->name);
        ok = false;
    }
    if (tableau->dense_stages && !tableau->dense) {
        diag_error(tableau->source, "tableau '%s' has extra stages but no dense weights that use them", tableau->name);
        ok = false;
    }
    if (tableau->family == FAMILY_ERK) ok &= check_explicit(tableau);
    return ok;
}
