/* SPDX-License-Identifier: MIT */
/* Mechanical check of a tableau against the order conditions.
 *
 * A Runge-Kutta method has order p when for every rooted tree t of up to p
 * nodes
 *
 *     sum_i b_i Phi_i(t) = 1 / gamma(t)
 *
 * with Phi_i(node) = 1, Phi_i([t1 .. tm]) = prod_k sum_j a_ij Phi_j(tk), and
 * gamma(t) the product of the sizes of all subtrees of t (J. C. Butcher,
 * Coefficients for the study of Runge-Kutta integration processes, J. Austral.
 * Math. Soc. 3 (1963) 185-201; E. Hairer, S. P. Norsett, G. Wanner, Solving
 * Ordinary Differential Equations I, 2nd ed. 1993, II.2). The same holds for the
 * embedded weights b - error. Dense output of order p needs sum_i b_i(theta)
 * Phi_i(t) = theta^|t| / gamma(t) for all theta (there, II.6), which for
 * b_i(theta) = sum_k d_ik theta^k is one condition for each power:
 * sum_i d_ik Phi_i(t) = 1 / gamma(t) when k = |t|, else 0.
 *
 * The trees are generated, in order of size: 1205 of them up to order 10. A
 * tree is its number in that sequence.
 *
 * Sums run in long double. A residual is |sum - right side| divided by the sum
 * of the absolute values of all terms of the sum written out in b_i, a_ij: the
 * scale that rounding of the coefficients is measured against. A coefficient
 * rounded to double changes a condition of order p by at most p * 1.1e-16 on
 * it, so the tolerance leaves room for decimals of 16 digits.
 *
 * Rosenbrock methods have the same trees and the same right sides; a node with
 * an only child takes a + gamma instead of a (E. Hairer, G. Wanner, Solving
 * Ordinary Differential Equations II, 2nd ed. 1996, IV.7). What they
 * declare beyond, w_order and index1_order, is checked as well
 * (order_rosenbrock.c). */
#ifndef METHOD_ORDER_H
#define METHOD_ORDER_H

#include <stdbool.h>

#include "base/text.h"
#include "method/tableau.h"

enum { ORDER_MAX = 10 };

#define ORDER_TOLERANCE 1e-14

/* How one set of weights does, checked up to one order above the declared one
 * (but not above ORDER_MAX). */
typedef struct OrderResult {
    int order;                 /* all conditions up to this order hold */
    double residual;           /* the largest one up to the declared order */
    int tree;                  /* the first that fails, or -1 */
    int power;                 /* dense: its power of theta; else 0 */
    long double sum, expected; /* its two sides */
} OrderResult;

typedef struct OrderReport {
    OrderResult solution;     /* b */
    OrderResult embedded;     /* b - error; order 0 and tree -1 without `error` */
    OrderResult embedded_low; /* b - error_low; likewise */
    OrderResult dense;        /* likewise without `dense` */
    double row_sum;           /* largest |c_i - sum_j a_ij|, scaled by |c_i| + sum_j |a_ij| */
    int row_sum_stage;        /* where, from 0 */
    double dense_end;         /* largest |b_i(1) - b_i|, scaled likewise; 0 without `dense` */
    int dense_end_stage;
    OrderResult w, index1; /* order 0 and tree -1 unless declared; `power` is the size of what failed */
    double gamma_sum;      /* largest |d_i - sum_j gamma_ij|, scaled likewise */
    int gamma_sum_stage;
    bool first_same_as_last; /* as found, to the tolerance: c_s = 1, a_sj = b_j, and the first stage is f(t, y) */
    bool stiffly_accurate;   /* as found: c_s = 1 and a_sj = b_j in an implicit stage (rosenbrock: a_sj + gamma_sj) */
} OrderReport;

OrderReport order_check(const Tableau *tableau);

/* The highest order up to `limit` (at most ORDER_MAX) whose conditions hold
 * for any weights of all s + dense_stages stages at any theta, e.g. b_i(theta)
 * evaluated: sum_i w_i Phi_i(t) = theta^|t| / gamma(t). */
int order_of_weights(const Tableau *tableau, const long double *weights, long double theta, int limit);

/* Reports what is declared but does not hold (order, embedded_order,
 * error_low_order, dense_order, w_order, index1_order, first_same_as_last, stiffly_accurate),
 * rows that do not sum to c or d and an interpolant that misses y_new, at the
 * tableau's source. Orders above ORDER_MAX are checked up to it, with a warning.
 * True when nothing failed. */
bool order_verify(const Tableau *tableau);

/* The left side of a tree's condition, componentwise products with `*`:
 * order_condition(text, "b", tree) adds e.g. "b.(c^2*A(c))". */
void order_condition(Text *text, const char *weights, int tree);

/* Trees of up to `order` nodes, and the gamma of one. */
int order_tree_count(int order);
long order_tree_gamma(int tree);

#endif
