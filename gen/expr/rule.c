/* SPDX-License-Identifier: MIT */
/* Derivatives of the functions, in the form that is cheap and safe where the
 * function is: they share the value y where that loses no accuracy. */
#include <math.h>

#include "expr/function.h"

static const Expr *constant(Graph *graph, long double value)
{
    return expr_number(graph, number_real(value));
}

static const Expr *scale(Graph *graph, long double factor, const Expr *a)
{
    return expr_multiply(graph, constant(graph, factor), a);
}

static const Expr *square(Graph *graph, const Expr *a)
{
    return expr_multiply(graph, a, a);
}

static const Expr *unary(Graph *graph, Function function, const Expr *a)
{
    return expr_call(graph, function, a, NULL);
}

/* 1 - a^2 */
static const Expr *one_less_square(Graph *graph, const Expr *a)
{
    return expr_subtract(graph, expr_integer(graph, 1), square(graph, a));
}

const Expr *rule_sqrt(Graph *graph, const Expr *y, const Expr *da)
{
    return expr_divide(graph, da, scale(graph, 2, y));
}

const Expr *rule_cbrt(Graph *graph, const Expr *y, const Expr *da)
{
    return expr_divide(graph, da, scale(graph, 3, square(graph, y)));
}

const Expr *rule_exp(Graph *graph, const Expr *y, const Expr *da)
{
    return expr_multiply(graph, y, da);
}

/* Not (y + 1): that has no correct digit left for large negative a. */
const Expr *rule_expm1(Graph *graph, const Expr *y, const Expr *da)
{
    return expr_multiply(graph, unary(graph, FUNCTION_EXP, y->argument[0]), da);
}

const Expr *rule_log(Graph *graph, const Expr *y, const Expr *da)
{
    return expr_divide(graph, da, y->argument[0]);
}

const Expr *rule_log1p(Graph *graph, const Expr *y, const Expr *da)
{
    return expr_divide(graph, da, expr_add(graph, expr_integer(graph, 1), y->argument[0]));
}

const Expr *rule_log10(Graph *graph, const Expr *y, const Expr *da)
{
    return expr_divide(graph, scale(graph, 1 / logl(10), da), y->argument[0]);
}

const Expr *rule_log2(Graph *graph, const Expr *y, const Expr *da)
{
    return expr_divide(graph, scale(graph, 1 / logl(2), da), y->argument[0]);
}

const Expr *rule_abs(Graph *graph, const Expr *y, const Expr *da)
{
    return expr_multiply(graph, unary(graph, FUNCTION_SIGN, y->argument[0]), da);
}

const Expr *rule_sin(Graph *graph, const Expr *y, const Expr *da)
{
    return expr_multiply(graph, unary(graph, FUNCTION_COS, y->argument[0]), da);
}

const Expr *rule_cos(Graph *graph, const Expr *y, const Expr *da)
{
    return expr_negate(graph, expr_multiply(graph, unary(graph, FUNCTION_SIN, y->argument[0]), da));
}

const Expr *rule_tan(Graph *graph, const Expr *y, const Expr *da)
{
    return expr_multiply(graph, expr_add(graph, expr_integer(graph, 1), square(graph, y)), da);
}

const Expr *rule_asin(Graph *graph, const Expr *y, const Expr *da)
{
    return expr_divide(graph, da, unary(graph, FUNCTION_SQRT, one_less_square(graph, y->argument[0])));
}

const Expr *rule_acos(Graph *graph, const Expr *y, const Expr *da)
{
    return expr_negate(graph, rule_asin(graph, y, da));
}

const Expr *rule_atan(Graph *graph, const Expr *y, const Expr *da)
{
    return expr_divide(graph, da, expr_add(graph, expr_integer(graph, 1), square(graph, y->argument[0])));
}

const Expr *rule_sinh(Graph *graph, const Expr *y, const Expr *da)
{
    return expr_multiply(graph, unary(graph, FUNCTION_COSH, y->argument[0]), da);
}

const Expr *rule_cosh(Graph *graph, const Expr *y, const Expr *da)
{
    return expr_multiply(graph, unary(graph, FUNCTION_SINH, y->argument[0]), da);
}

/* One fused operation. Its relative error grows as the derivative vanishes
 * for large a, its absolute error does not. */
const Expr *rule_tanh(Graph *graph, const Expr *y, const Expr *da)
{
    return expr_multiply(graph, one_less_square(graph, y), da);
}

const Expr *rule_asinh(Graph *graph, const Expr *y, const Expr *da)
{
    const Expr *inside = expr_add(graph, square(graph, y->argument[0]), expr_integer(graph, 1));
    return expr_divide(graph, da, unary(graph, FUNCTION_SQRT, inside));
}

const Expr *rule_acosh(Graph *graph, const Expr *y, const Expr *da)
{
    const Expr *inside = expr_subtract(graph, square(graph, y->argument[0]), expr_integer(graph, 1));
    return expr_divide(graph, da, unary(graph, FUNCTION_SQRT, inside));
}

const Expr *rule_atanh(Graph *graph, const Expr *y, const Expr *da)
{
    return expr_divide(graph, da, one_less_square(graph, y->argument[0]));
}

const Expr *rule_erf(Graph *graph, const Expr *y, const Expr *da)
{
    const Expr *bell = unary(graph, FUNCTION_EXP, expr_negate(graph, square(graph, y->argument[0])));
    return expr_multiply(graph, scale(graph, 2 / sqrtl(acosl(-1)), bell), da);
}

const Expr *rule_erfc(Graph *graph, const Expr *y, const Expr *da)
{
    return expr_negate(graph, rule_erf(graph, y, da));
}

const Expr *rule_tgamma(Graph *graph, const Expr *y, const Expr *da)
{
    const Expr *digamma = unary(graph, FUNCTION_DIGAMMA, y->argument[0]);
    return expr_multiply(graph, expr_multiply(graph, y, digamma), da);
}

const Expr *rule_lgamma(Graph *graph, const Expr *y, const Expr *da)
{
    return expr_multiply(graph, unary(graph, FUNCTION_DIGAMMA, y->argument[0]), da);
}

/* There is no function for it: a NaN, which expr_find_nonfinite finds. */
const Expr *rule_digamma(Graph *graph, const Expr *y, const Expr *da)
{
    (void)y;
    return expr_multiply(graph, constant(graph, (long double)NAN), da);
}

/* The exponent's part and the base's part stay apart, so that a zero base
 * does no harm to the base's part. */
const Expr *rule_pow(Graph *graph, const Expr *y, const Expr *da, const Expr *db)
{
    const Expr *a = y->argument[0], *b = y->argument[1];
    const Expr *lower = expr_power(graph, a, expr_subtract(graph, b, expr_integer(graph, 1)));
    const Expr *by_base = expr_multiply(graph, expr_multiply(graph, b, lower), da);
    if (expr_is_number(db, 0)) return by_base;
    const Expr *by_exponent = expr_multiply(graph, expr_multiply(graph, y, unary(graph, FUNCTION_LOG, a)), db);
    return expr_add(graph, by_base, by_exponent);
}

const Expr *rule_min(Graph *graph, const Expr *y, const Expr *da, const Expr *db)
{
    return expr_where(graph, expr_condition(graph, EXPR_LT, y->argument[1], y->argument[0]), db, da);
}

const Expr *rule_max(Graph *graph, const Expr *y, const Expr *da, const Expr *db)
{
    return expr_where(graph, expr_condition(graph, EXPR_LT, y->argument[0], y->argument[1]), db, da);
}

/* y = atan2(a, b): (b da - a db) / (a^2 + b^2) */
const Expr *rule_atan2(Graph *graph, const Expr *y, const Expr *da, const Expr *db)
{
    const Expr *a = y->argument[0], *b = y->argument[1];
    const Expr *above = expr_subtract(graph, expr_multiply(graph, b, da), expr_multiply(graph, a, db));
    return expr_divide(graph, above, expr_add(graph, square(graph, a), square(graph, b)));
}

/* y = hypot(a, b): (a da + b db) / y */
const Expr *rule_hypot(Graph *graph, const Expr *y, const Expr *da, const Expr *db)
{
    const Expr *a = y->argument[0], *b = y->argument[1];
    const Expr *above = expr_add(graph, expr_multiply(graph, a, da), expr_multiply(graph, b, db));
    return expr_divide(graph, above, y);
}
