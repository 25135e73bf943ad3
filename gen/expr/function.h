/* SPDX-License-Identifier: MIT */
/* Inside gen/expr only: all that is known about a function stands in one row
 * of the table in function.c. A new function is a row there, a word of the
 * enum in expr.h at the same place, and a rule in rule.c. */
#ifndef EXPR_FUNCTION_H
#define EXPR_FUNCTION_H

#include <complex.h>
#include <string.h>

#include "expr/expr.h"

/* How an operation counts (OperationCount). */
typedef enum CostKind { COST_ROOT, COST_FUNCTION, COST_SELECTION } CostKind;

/* The derivative of y = f(a), or of y = f(a, b), where da and db are those of
 * the arguments, not both zero. */
typedef const Expr *UnaryRule(Graph *graph, const Expr *y, const Expr *da);
typedef const Expr *BinaryRule(Graph *graph, const Expr *y, const Expr *da, const Expr *db);

/* A unary function has the members that end in 1, a binary one those in 2. */
typedef struct FunctionRow {
    const char *name; /* in problem files and in generated code */
    CostKind cost;
    long double (*real1)(long double);
    double _Complex (*complex1)(double _Complex);
    UnaryRule *rule1; /* NULL: the derivative is 0 */
    long double (*real2)(long double, long double);
    double _Complex (*complex2)(double _Complex, double _Complex);
    BinaryRule *rule2;
} FunctionRow;

const FunctionRow *function_row(Function function);
long double function_evaluate(Function function, long double a, long double b);
double _Complex function_evaluate_complex(Function function, double _Complex a, double _Complex b);

/* CMPLX of C11, which not every compiler's header has. */
static inline double _Complex complex_of(double real, double imaginary)
{
    double parts[2] = { real, imaginary };
    double _Complex z;
    memcpy(&z, parts, sizeof z); /* C11 6.2.5 paragraph 13 */
    return z;
}

/* special.c: real functions the C library lacks, and continuations of real
 * functions into the complex plane for the complex-step check. */
long double special_sign(long double x);
long double special_digamma(long double x);
double _Complex special_cbrt(double _Complex z);
double _Complex special_expm1(double _Complex z);
double _Complex special_log1p(double _Complex z);
double _Complex special_log10(double _Complex z);
double _Complex special_log2(double _Complex z);
double _Complex special_abs(double _Complex z);
double _Complex special_sign_complex(double _Complex z);
double _Complex special_floor(double _Complex z);
double _Complex special_ceil(double _Complex z);
double _Complex special_erf(double _Complex z);
double _Complex special_erfc(double _Complex z);
double _Complex special_pow(double _Complex a, double _Complex b);
double _Complex special_min(double _Complex a, double _Complex b);
double _Complex special_max(double _Complex a, double _Complex b);
double _Complex special_atan2(double _Complex a, double _Complex b);
double _Complex special_hypot(double _Complex a, double _Complex b);

/* rule.c */
UnaryRule rule_sqrt, rule_cbrt, rule_exp, rule_expm1, rule_log, rule_log1p, rule_log10, rule_log2, rule_abs, rule_sin,
    rule_cos, rule_tan, rule_asin, rule_acos, rule_atan, rule_sinh, rule_cosh, rule_tanh, rule_asinh, rule_acosh,
    rule_atanh, rule_erf, rule_erfc, rule_tgamma, rule_lgamma, rule_digamma;
BinaryRule rule_pow, rule_min, rule_max, rule_atan2, rule_hypot;

#endif
