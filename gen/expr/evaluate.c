/* SPDX-License-Identifier: MIT */
/* Values of expressions, in long double and in complex numbers. */
#include <complex.h>
#include <math.h>

#include "expr/function.h"
#include "expr/graph.h"

/* `v`: the values of the arguments; a condition is 1 or 0. */
static long double evaluate_item(const Expr *expr, const long double v[3], ExprValue *value, void *context)
{
    switch (expr->kind) {
    case EXPR_NUMBER: return expr->number.value;
    case EXPR_SYMBOL: return value(context, expr->symbol);
    case EXPR_NEG: return -v[0];
    case EXPR_ADD: return v[0] + v[1];
    case EXPR_SUB: return v[0] - v[1];
    case EXPR_MUL: return v[0] * v[1];
    case EXPR_DIV: return v[0] / v[1];
    case EXPR_CALL: return function_evaluate(expr->function, v[0], v[1]);
    case EXPR_LT: return v[0] < v[1];
    case EXPR_LE: return v[0] <= v[1];
    case EXPR_EQ: return v[0] == v[1];
    case EXPR_NE: return v[0] != v[1];
    case EXPR_AND: return v[0] != 0 && v[1] != 0;
    case EXPR_OR: return v[0] != 0 || v[1] != 0;
    case EXPR_NOT: return v[0] == 0;
    case EXPR_WHERE: return v[0] != 0 ? v[1] : v[2];
    }
    return (long double)NAN;
}

void expr_evaluate_all(long double *results, const Expr *const *roots, int count, ExprValue *value, void *context)
{
    Arena *scratch = arena_new();
    Walk walk = walk_make(scratch, roots, count);
    long double *values = ARENA_ARRAY(scratch, long double, walk.count);
    for (int i = 0; i < walk.count; i++) {
        const WalkItem *item = &walk.items[i];
        long double v[3] = { 0, 0, 0 };
        for (int k = 0; k < item->expr->arity; k++) v[k] = values[item->argument[k]];
        values[i] = evaluate_item(item->expr, v, value, context);
    }
    for (int i = 0; i < count; i++) results[i] = values[walk.root[i]];
    arena_free(scratch);
}

long double expr_evaluate(const Expr *expr, ExprValue *value, void *context)
{
    long double result;
    expr_evaluate_all(&result, &expr, 1, value, context);
    return result;
}

/* Comparisons look at the real parts: a step off the real axis changes no
 * branch. */
static double _Complex evaluate_complex_item(const Expr *expr, const double _Complex v[3], ExprComplexValue *value,
                                             void *context)
{
    switch (expr->kind) {
    case EXPR_NUMBER: return (double)expr->number.value;
    case EXPR_SYMBOL: return value(context, expr->symbol);
    case EXPR_NEG: return -v[0];
    case EXPR_ADD: return v[0] + v[1];
    case EXPR_SUB: return v[0] - v[1];
    case EXPR_MUL: return v[0] * v[1];
    case EXPR_DIV: return v[0] / v[1];
    case EXPR_CALL: return function_evaluate_complex(expr->function, v[0], v[1]);
    case EXPR_LT: return creal(v[0]) < creal(v[1]);
    case EXPR_LE: return creal(v[0]) <= creal(v[1]);
    case EXPR_EQ: return creal(v[0]) == creal(v[1]);
    case EXPR_NE: return creal(v[0]) != creal(v[1]);
    case EXPR_AND: return creal(v[0]) != 0 && creal(v[1]) != 0;
    case EXPR_OR: return creal(v[0]) != 0 || creal(v[1]) != 0;
    case EXPR_NOT: return creal(v[0]) == 0;
    case EXPR_WHERE: return creal(v[0]) != 0 ? v[1] : v[2];
    }
    return complex_of(NAN, NAN);
}

double _Complex expr_evaluate_complex(const Expr *expr, ExprComplexValue *value, void *context)
{
    Arena *scratch = arena_new();
    Walk walk = walk_make(scratch, &expr, 1);
    double _Complex *values = ARENA_ARRAY(scratch, double _Complex, walk.count);
    for (int i = 0; i < walk.count; i++) {
        const WalkItem *item = &walk.items[i];
        double _Complex v[3] = { 0, 0, 0 };
        for (int k = 0; k < item->expr->arity; k++) v[k] = values[item->argument[k]];
        values[i] = evaluate_complex_item(item->expr, v, value, context);
    }
    double _Complex result = values[walk.count - 1];
    arena_free(scratch);
    return result;
}
