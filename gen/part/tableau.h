/* A Runge-Kutta method as data (lua/tableau/NAME.lua, or `tableau "x" {...}`
 * in a problem file). Coefficients are exact Numbers.
 *
 *   k_i = f(t + c_i h, y + h sum_j a_ij k_j),   y_new = y + h sum_i b_i k_i
 *   error = h sum_i error_i k_i                 (b minus the embedded weights)
 *   dense(theta) = y + h sum_i b_i(theta) k_i,  b_i(theta) = sum_{k>=1} dense_ik theta^k
 *
 * Extra stages (dense_stages of them) follow the s stages and are computed only
 * when a step is interpolated; when the method is not first-same-as-last and
 * dense output wants f(t+h, y_new), that is an ordinary extra stage with
 * c = 1 and a = b. */
#ifndef PART_TABLEAU_H
#define PART_TABLEAU_H

#include <stdbool.h>

#include "base/diag.h"
#include "base/number.h"

typedef enum Family { FAMILY_ERK, FAMILY_DIRK, FAMILY_FIRK, FAMILY_ROSENBROCK } Family;

typedef struct Tableau {
    const char *name;       /* interned: "tsit5" */
    const char *title;      /* "Tsitouras 5(4)" */
    const char *reference;  /* the paper, with the table or equation numbers */
    Family family;
    int alias_count;
    const char **aliases;   /* interned */
    int stages;             /* s */
    int dense_stages;       /* extra stages, 0 when none */
    int order;              /* of b */
    int embedded_order;     /* of b - error; 0: no error estimate */
    int dense_order;        /* of dense; 0: none, cubic Hermite (order 3) is used */
    int dense_degree;       /* highest power of theta */
    bool first_same_as_last;
    Number *a;              /* (s + dense_stages) rows of s + dense_stages columns, row-major */
    Number *b;              /* s */
    Number *c;              /* s + dense_stages */
    Number *error;          /* s, or NULL */
    Number *error_low;      /* s, or NULL: a second, lower order estimate (dop853), see reference:
                               err = |error|^2 / sqrt(|error|^2 + 0.01 |error_low|^2) in weighted norms */
    Number *dense;          /* (s + dense_stages) rows of dense_degree columns, or NULL */
    Source source;          /* where it was declared */
} Tableau;

/* a_ij of the extended matrix. */
static inline Number tableau_a(const Tableau *tableau, int i, int j)
{
    return tableau->a[i * (tableau->stages + tableau->dense_stages) + j];
}

/* The dense weights in the basis that rounding leaves alone: `rows` gets
 * s + dense_stages rows of m = dense_degree coefficients beta_ij with
 *
 *   b_i(theta) = theta sum_{j<m} beta_ij theta^j (1 - theta)^(m-1-j),
 *   beta_ij = sum_{k<=j} binomial(m-1-k, j-k) dense_ik   (k from 0)
 *
 * In powers of theta the terms of vern9 add up to 2e5 times the result, which
 * float32 cannot bear; in this basis (Bernstein's) to 20 times. */
void tableau_dense_bernstein(Number *rows, const Tableau *tableau);

/* The first with that name or alias, or NULL. */
const Tableau *tableau_find(const Tableau *const *tableaux, int count, const char *name);

/* What must hold before the order conditions (order.h) can be looked at:
 * orders are stated where there are coefficients for them and only there, and
 * an explicit method is strictly lower triangular. Reports at the tableau's
 * source what does not; true when all does. */
bool tableau_check(const Tableau *tableau);

#endif
