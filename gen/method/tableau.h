/* SPDX-License-Identifier: MIT */
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
 * c = 1 and a = b.
 *
 * a is strictly lower triangular (erk), lower triangular (dirk) or full (firk).
 * A Rosenbrock method has, with J = df/dy and T = df/dt at (t, y),
 *
 *   k_i = f(t + c_i h, y + h sum_j a_ij k_j) + h J sum_{j<=i} gamma_ij k_j + h d_i T
 *
 * with c and d the row sums of a and gamma, a strictly lower triangular, gamma
 * lower triangular with one number on its diagonal (E. Hairer, G. Wanner,
 * Solving Ordinary Differential Equations II, 2nd ed. 1996, IV.7). This classical
 * form is the one in memory, for all of them: b, error and dense mean what they
 * mean in the other families, and its order conditions are plain.
 * tableau_transformed gives the one to compute with; a tableau that states that
 * one keeps it, too, with the numbers as published. */
#ifndef METHOD_TABLEAU_H
#define METHOD_TABLEAU_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/number.h"
#include "method/family.h"

/* A Rosenbrock method without products by J (IV.7): with u = h gamma k,
 *
 *   (I/(gamma h) - J) u_i = f(t + c_i h, y + sum_j a_ij u_j) + sum_{j<i} c_ij/h u_j + h d_i T
 *   y_new = y + sum_i m_i u_i,  error = sum_i error_i u_i,  dense(theta) = y + sum_i dense_i(theta) u_i
 *
 * where (c_ij) = diag(1/gamma) - gamma^-1 and a, m, error, dense are those of the
 * tableau times gamma^-1. Stages with the same row of a and the same node have
 * their f in common (rodas3: 1 and 2; ros3p: 2 and 3; rodas3p: 1 and 3, 4 and 5). */
typedef struct TransformedTableau {
    Number gamma;  /* of the diagonal */
    Number *a, *c; /* s rows of s columns, strictly lower triangular */
    Number *m;     /* s */
    Number *error; /* s, or NULL */
    Number *dense; /* s rows of dense_degree columns, powers of theta as in Tableau, or NULL */
} TransformedTableau;

/* The method's own default of a run-time setting that is a number, instead of the one
 * in lua/settings.lua. Checked when the method is chosen (settings_set_default). */
typedef struct TableauDefault {
    const char *setting, *value; /* interned; "safety", "0.75" */
} TableauDefault;

typedef struct Tableau {
    const char *name;      /* interned: "tsit5" */
    const char *title;     /* "Tsitouras 5(4)" */
    const char *reference; /* the paper, with the table or equation numbers */
    Family family;
    int alias_count;
    const char **aliases;    /* interned */
    int stages;              /* s */
    int dense_stages;        /* extra stages, 0 when none */
    int order;               /* of b */
    int embedded_order;      /* of b - error; 0: no error estimate (estimate.h tells whether it is of use) */
    int error_low_order;     /* of b - error_low, below embedded_order; 0: none */
    int dense_order;         /* of dense; 0: none, cubic Hermite (order 3) is used */
    int dense_degree;        /* highest power of theta */
    bool first_same_as_last; /* the last stage is the next step's first; rosenbrock: its f is */
    bool stiffly_accurate;   /* y_new is the last stage: b its row of a (rosenbrock: of a + gamma, at c = 1) */
    Number *a;               /* (s + dense_stages) rows of s + dense_stages columns, row-major */
    Number *b;               /* s */
    Number *c;               /* s + dense_stages */
    Number *error;           /* s, or NULL */
    Number *error_low;       /* s, or NULL: a second, lower order estimate (dop853), see reference:
                               err = |error|^2 / sqrt(|error|^2 + 0.01 |error_low|^2) in weighted norms,
                               which for small h is 10 |error|^2 / |error_low| (model_error_order) */
    Number *dense;           /* (s + dense_stages) rows of dense_degree columns, or NULL */
    Number error_start;      /* firk: error = h (error_start f(t, y) + sum_i error_i k_i), filtered by
                               (I - h error_start J)^-1; else 0 */
    Number *gamma;           /* rosenbrock: s rows of s columns; else NULL */
    Number *d;               /* rosenbrock: s; else NULL */
    const TransformedTableau *transformed; /* rosenbrock: as it was stated, or NULL */
    int w_order;                           /* rosenbrock: order with any matrix in place of J; 0: none declared */
    int index1_order; /* rosenbrock: order on differential-algebraic problems of index 1; likewise */
    int default_count;
    TableauDefault *defaults;
    Source source; /* where it was declared */
} Tableau;

/* a_ij of the extended matrix. */
static inline Number tableau_a(const Tableau *tableau, int i, int j)
{
    return tableau->a[i * (tableau->stages + tableau->dense_stages) + j];
}

/* Weights of dense output in the basis that rounding leaves alone: from `rows` rows of
 * m = `degree` powers of theta, as in Tableau.dense, the m coefficients beta_ij of each with
 *
 *   b_i(theta) = theta sum_{j<m} beta_ij theta^j (1 - theta)^(m-1-j),
 *   beta_ij = sum_{k<=j} binomial(m-1-k, j-k) dense_ik   (k from 0)
 *
 * In powers of theta the terms of vern9 add up to 2e5 times the result, which
 * float32 cannot bear; in this basis (Bernstein's) to 20 times. */
void tableau_dense_bernstein(Number *beta, const Number *dense, int rows, int degree);

/* The number on the diagonal of a (dirk; rosenbrock: of gamma) in every implicit
 * stage, or 0 when there are several: one factorisation serves all stages. */
Number tableau_diagonal(const Tableau *tableau);

/* dirk: whether the stage is an evaluation of f alone. */
bool tableau_stage_is_explicit(const Tableau *tableau, int stage);

/* The transformed form, as stated or from the classical one; and back: sets a, b,
 * gamma, error, dense and transformed of a tableau whose stages and dense_degree
 * are known. Rationals stay exact while they fit. */
TransformedTableau tableau_transformed(Arena *arena, const Tableau *tableau);
void tableau_from_transformed(Tableau *tableau, const TransformedTableau *transformed, Arena *arena);

/* The first with that name or alias, or NULL. */
const Tableau *tableau_find(const Tableau *const *tableaux, int count, const char *name);

/* What must hold before the order conditions (order.h) can be looked at:
 * orders are stated where there are coefficients for them and only there, and
 * a and gamma have the shape of the family. Reports at the tableau's
 * source what does not; true when all does. */
bool tableau_check(const Tableau *tableau);

#endif
