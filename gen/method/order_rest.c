/* SPDX-License-Identifier: MIT */
/* What a tableau has to keep besides the order conditions: row sums, flags, ends of dense output. */
#include "method/order_sum.h"

static void check_row_sums(OrderReport *report, const Tableau *tableau)
{
    int n = tableau->stages + tableau->dense_stages;
    for (int i = 0; i < n; i++) {
        long double sum = tableau->c[i].value, scale = fabsl(sum);
        for (int j = 0; j < n; j++) {
            sum -= tableau_a(tableau, i, j).value;
            scale += fabsl(tableau_a(tableau, i, j).value);
        }
        if (sum_scaled(sum, scale) > report->row_sum) {
            report->row_sum = sum_scaled(sum, scale);
            report->row_sum_stage = i;
        }
    }
}

static void check_dense_end(OrderReport *report, const Tableau *tableau)
{
    for (int i = 0; i < tableau->stages + tableau->dense_stages; i++) {
        long double sum = i < tableau->stages ? -tableau->b[i].value : 0, scale = fabsl(sum);
        for (int k = 0; k < tableau->dense_degree; k++) {
            sum += tableau->dense[i * tableau->dense_degree + k].value;
            scale += fabsl(tableau->dense[i * tableau->dense_degree + k].value);
        }
        if (sum_scaled(sum, scale) > report->dense_end) {
            report->dense_end = sum_scaled(sum, scale);
            report->dense_end_stage = i;
        }
    }
}

static bool same(Number a, Number b)
{
    return sum_scaled(a.value - b.value, fabsl(a.value) + fabsl(b.value)) <= ORDER_TOLERANCE;
}

/* A first stage of its own is no f(t, y). */
static bool is_first_same_as_last(const Tableau *tableau)
{
    int last = tableau->stages - 1;
    bool found = last > 0 && same(tableau->c[last], number_integer(1)) && number_is(tableau->c[0], 0);
    for (int j = 0; j <= last; j++)
        found = found && same(tableau_a(tableau, last, j), tableau->b[j]) && number_is(tableau_a(tableau, 0, j), 0);
    return found;
}

/* Rosenbrock: y_new is the last stage, where g = 0 on problems of index 1. */
static bool is_stiffly_accurate(const Tableau *tableau)
{
    int s = tableau->stages, last = s - 1;
    bool found =
        same(tableau->c[last], number_integer(1)) && (tableau->gamma || !tableau_stage_is_explicit(tableau, last));
    for (int j = 0; j <= last; j++) {
        Number entry = tableau_a(tableau, last, j);
        if (tableau->gamma) entry = number_add(entry, tableau->gamma[last * s + j]);
        found = found && same(entry, tableau->b[j]);
    }
    return found;
}

static void check_gamma_sums(OrderReport *report, const Tableau *tableau)
{
    int s = tableau->stages;
    for (int i = 0; tableau->gamma && i < s; i++) {
        Sum sum = { tableau->d[i].value, fabsl(tableau->d[i].value) };
        for (int j = 0; j < s; j++) {
            Number entry = tableau->gamma[i * s + j];
            sum_add(&sum, -1, (Sum){ entry.value, fabsl(entry.value) });
        }
        if (sum_scaled(sum.value, sum.scale) <= report->gamma_sum) continue;
        report->gamma_sum = sum_scaled(sum.value, sum.scale);
        report->gamma_sum_stage = i;
    }
}

void order_check_rest(OrderReport *report, const Tableau *tableau)
{
    if (tableau->dense) check_dense_end(report, tableau);
    check_row_sums(report, tableau);
    check_gamma_sums(report, tableau);
    report->first_same_as_last = is_first_same_as_last(tableau);
    report->stiffly_accurate = is_stiffly_accurate(tableau);
}
