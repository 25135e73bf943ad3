/* SPDX-License-Identifier: MIT */
#include "expr/function.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#define UNARY(name, cost, real, complex, rule)            \
    {                                                     \
        name, cost, real, complex, rule, NULL, NULL, NULL \
    }
#define BINARY(name, cost, real, complex, rule)           \
    {                                                     \
        name, cost, NULL, NULL, NULL, real, complex, rule \
    }

/* In the order of the enum Function. Without a complex form: NULL. */
static const FunctionRow rows[] = {
    UNARY("sqrt", COST_ROOT, sqrtl, csqrt, rule_sqrt),
    UNARY("cbrt", COST_ROOT, cbrtl, special_cbrt, rule_cbrt),
    UNARY("exp", COST_FUNCTION, expl, cexp, rule_exp),
    UNARY("expm1", COST_FUNCTION, expm1l, special_expm1, rule_expm1),
    UNARY("log", COST_FUNCTION, logl, clog, rule_log),
    UNARY("log1p", COST_FUNCTION, log1pl, special_log1p, rule_log1p),
    UNARY("log10", COST_FUNCTION, log10l, special_log10, rule_log10),
    UNARY("log2", COST_FUNCTION, log2l, special_log2, rule_log2),
    UNARY("abs", COST_SELECTION, fabsl, special_abs, rule_abs),
    UNARY("sign", COST_SELECTION, special_sign, special_sign_complex, NULL),
    UNARY("floor", COST_SELECTION, floorl, special_floor, NULL),
    UNARY("ceil", COST_SELECTION, ceill, special_ceil, NULL),
    UNARY("sin", COST_FUNCTION, sinl, csin, rule_sin),
    UNARY("cos", COST_FUNCTION, cosl, ccos, rule_cos),
    UNARY("tan", COST_FUNCTION, tanl, ctan, rule_tan),
    UNARY("asin", COST_FUNCTION, asinl, casin, rule_asin),
    UNARY("acos", COST_FUNCTION, acosl, cacos, rule_acos),
    UNARY("atan", COST_FUNCTION, atanl, catan, rule_atan),
    UNARY("sinh", COST_FUNCTION, sinhl, csinh, rule_sinh),
    UNARY("cosh", COST_FUNCTION, coshl, ccosh, rule_cosh),
    UNARY("tanh", COST_FUNCTION, tanhl, ctanh, rule_tanh),
    UNARY("asinh", COST_FUNCTION, asinhl, casinh, rule_asinh),
    UNARY("acosh", COST_FUNCTION, acoshl, cacosh, rule_acosh),
    UNARY("atanh", COST_FUNCTION, atanhl, catanh, rule_atanh),
    UNARY("erf", COST_FUNCTION, erfl, special_erf, rule_erf),
    UNARY("erfc", COST_FUNCTION, erfcl, special_erfc, rule_erfc),
    UNARY("tgamma", COST_FUNCTION, tgammal, NULL, rule_tgamma),
    UNARY("lgamma", COST_FUNCTION, lgammal, NULL, rule_lgamma),
    UNARY("digamma", COST_FUNCTION, special_digamma, NULL, rule_digamma),
    BINARY("pow", COST_FUNCTION, powl, special_pow, rule_pow),
    BINARY("min", COST_SELECTION, fminl, special_min, rule_min),
    BINARY("max", COST_SELECTION, fmaxl, special_max, rule_max),
    BINARY("atan2", COST_FUNCTION, atan2l, special_atan2, rule_atan2),
    BINARY("hypot", COST_ROOT, hypotl, special_hypot, rule_hypot),
};
_Static_assert(sizeof rows / sizeof *rows == FUNCTION_COUNT, "a row for each function");

const FunctionRow *function_row(Function function)
{
    assert(function < FUNCTION_COUNT);
    return &rows[function];
}

const char *function_name(Function function)
{
    return function_row(function)->name;
}

bool function_find(Function *function, const char *name)
{
    for (int i = 0; i < FUNCTION_COUNT; i++) {
        if (i == FUNCTION_DIGAMMA || strcmp(rows[i].name, name) != 0) continue;
        *function = (Function)i;
        return true;
    }
    return false;
}

int function_arity(Function function)
{
    return function_row(function)->real1 ? 1 : 2;
}

long double function_evaluate(Function function, long double a, long double b)
{
    const FunctionRow *row = function_row(function);
    return row->real1 ? row->real1(a) : row->real2(a, b);
}

double _Complex function_evaluate_complex(Function function, double _Complex a, double _Complex b)
{
    const FunctionRow *row = function_row(function);
    if (row->complex1) return row->complex1(a);
    return row->complex2 ? row->complex2(a, b) : complex_of(NAN, NAN);
}
