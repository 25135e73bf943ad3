/* SPDX-License-Identifier: MIT */
/* Derivatives: each function alone and random compositions, against the
 * complex step where the function is analytic, and against central differences
 * of sixth order in long double everywhere. */
#include <complex.h>
#include <math.h>

#include "expr/expr_kit.h"

typedef struct Point {
    long double value[4];
    int direction;
    long double step;
} Point;

static long double real_value(void *context, const Symbol *symbol)
{
    const Point *point = context;
    return point->value[symbol->index] + (symbol->index == point->direction ? point->step : 0);
}

static double _Complex complex_value(void *context, const Symbol *symbol)
{
    const Point *point = context;
    double step = symbol->index == point->direction ? (double)point->step : 0;
    return (double)point->value[symbol->index] + step * I;
}

static long double complex_step(const Expr *expr, Point point)
{
    point.step = 1e-40L;
    return (long double)cimag(expr_evaluate_complex(expr, complex_value, &point)) / point.step;
}

static long double at_step(const Expr *expr, Point point, int steps, long double size)
{
    point.step = (long double)steps * size;
    return expr_evaluate(expr, real_value, &point);
}

/* Fornberg, Math. Comp. 51 (1988) 699, table 1: weights 3/4, -3/20, 1/60. */
static long double difference(const Expr *expr, Point point, long double size)
{
    long double sum = 0;
    static const long double weight[] = { 0, 45, -9, 1 };
    for (int i = 1; i <= 3; i++) sum += weight[i] * (at_step(expr, point, i, size) - at_step(expr, point, -i, size));
    return sum / (60 * size);
}

static long double derivative_at(const Expr *expr, Point point)
{
    point.step = 0;
    return expr_evaluate(expr_derivative(graph, expr, &symbols[point.direction]), real_value, &point);
}

static bool is_near(long double found, long double expected, long double tolerance)
{
    return fabsl(found - expected) <= tolerance * (1 + fabsl(expected));
}

typedef struct Domain {
    Function function;
    long double low, high;
    bool analytic;
} Domain;

static const Domain domains[] = {
    { FUNCTION_SQRT, 0.1L, 5, true },     { FUNCTION_CBRT, -4, -0.2L, true },
    { FUNCTION_EXP, -3, 3, true },        { FUNCTION_EXPM1, -40, 3, true },
    { FUNCTION_LOG, 0.1L, 5, true },      { FUNCTION_LOG1P, -0.8L, 5, true },
    { FUNCTION_LOG10, 0.1L, 5, true },    { FUNCTION_LOG2, 0.1L, 5, true },
    { FUNCTION_ABS, -3, -0.1L, true },    { FUNCTION_SIGN, 0.1L, 3, true },
    { FUNCTION_FLOOR, 1.1L, 1.9L, true }, { FUNCTION_CEIL, 1.1L, 1.9L, true },
    { FUNCTION_SIN, -6, 6, true },        { FUNCTION_COS, -6, 6, true },
    { FUNCTION_TAN, -1.3L, 1.3L, true },  { FUNCTION_ASIN, -0.9L, 0.9L, true },
    { FUNCTION_ACOS, -0.9L, 0.9L, true }, { FUNCTION_ATAN, -5, 5, true },
    { FUNCTION_SINH, -3, 3, true },       { FUNCTION_COSH, -3, 3, true },
    { FUNCTION_TANH, -2, 2, true },       { FUNCTION_ASINH, -5, 5, true },
    { FUNCTION_ACOSH, 1.2L, 5, true },    { FUNCTION_ATANH, -0.9L, 0.9L, true },
    { FUNCTION_ERF, -2, 2, true },        { FUNCTION_ERFC, -2, 2, true },
    { FUNCTION_TGAMMA, 0.3L, 5, false },  { FUNCTION_LGAMMA, -1.9L, -1.1L, false },
    { FUNCTION_LGAMMA, 0.3L, 50, false },
};

static long double between(long double low, long double high)
{
    return low + (high - low) * (long double)drand48();
}

/* The argument is not x alone, so that the chain rule is in it too. */
static void test_unary(const Domain *domain)
{
    const Expr *expr = call(domain->function, mul(num(0.5), add(x, x)));
    int wrong = 0;
    for (int i = 0; i < 200; i++) {
        Point point = { { (long double)(double)between(domain->low, domain->high), 0, 0, 0 }, 0, 0 };
        long double found = derivative_at(expr, point), numeric = difference(expr, point, 1e-3L);
        bool near = is_near(found, numeric, fabsl(numeric) > 100 ? 1e-9L : 1e-10L);
        if (domain->analytic) {
            long double exact = complex_step(expr, point);
            near = near && fabsl(found - exact) <= 1e-12L * fabsl(exact);
        }
        if (!near) tap_diag("at %Lg: %.18Lg, differences %.18Lg", point.value[0], found, numeric);
        wrong += !near;
    }
    tap_ok(wrong == 0, "%s", function_name(domain->function));
}

static void test_binary(Function function)
{
    const Expr *expr = call2(function, add(x, mul(y, y)), sub(y, mul(num(0.25), x)));
    int wrong = 0;
    for (int i = 0; i < 200; i++) {
        Point point = { { (long double)(double)between(0.5L, 3), (long double)(double)between(1, 2), 0, 0 }, i % 2, 0 };
        long double found = derivative_at(expr, point), exact = complex_step(expr, point);
        wrong += !is_near(found, exact, 1e-12L) || !is_near(found, difference(expr, point, 1e-4L), 1e-9L);
    }
    tap_ok(wrong == 0, "%s of two variables", function_name(function));
}

static void test_quadrants(void)
{
    const Expr *expr = call2(FUNCTION_ATAN2, y, x);
    int wrong = 0;
    for (int i = 0; i < 16; i++) {
        long double angle = 0.2L + i * acosl(-1) / 8;
        Point point = { { (long double)(double)cosl(angle), (long double)(double)sinl(angle), 0, 0 }, i % 2, 0 };
        wrong += !is_near(derivative_at(expr, point), complex_step(expr, point), 1e-12L);
    }
    tap_ok(wrong == 0, "atan2 in all quadrants");
}

static bool is_digamma(long double at, long double expected)
{
    const Expr *folded = call(FUNCTION_DIGAMMA, expr_number(graph, number_real(at)));
    return fabsl(folded->number.value - expected) <= 2e-18L * (1 + fabsl(expected));
}

/* Abramowitz and Stegun 6.3.2, 6.3.3, 6.3.5 and 6.3.7. */
static void test_digamma(void)
{
    const long double euler = 0.577215664901532860606512090082402431L, pi = acosl(-1);
    tap_ok(is_digamma(1, -euler) && is_digamma(2, 1 - euler), "digamma(1), digamma(2)");
    tap_ok(is_digamma(0.5L, -euler - 2 * logl(2)) && is_digamma(-0.5L, 2 - euler - 2 * logl(2)), "digamma(+-1/2)");
    tap_ok(is_digamma(0.25L, -euler - pi / 2 - 3 * logl(2)), "digamma(1/4)");
    tap_ok(expr_find_nonfinite(call(FUNCTION_DIGAMMA, num(-3))) != NULL, "poles of digamma");
}

static const Expr *derived(const Expr *expr)
{
    return expr_derivative(graph, expr, &symbols[0]);
}

static void test_shapes(void)
{
    check_text(code(derived(mul(y, sub(z, x)))), "-y");
    check_text(code(derived(power(x, 2))), "2.0 * x");
    check_text(code(derived(quo(x, y))), "1.0 / y");
    check_text(code(derived(quo(y, x))), "-y / x / x");
    check_text(code(derived(quo(mul(x, y), num(4)))), "0.25 * y");
    check_text(code(derived(call(FUNCTION_ABS, x))), "sign(x)");
    check_text(code(derived(expr_power(graph, x, y))), "y * pow(x, y - 1.0)");
    check_text(code(derived(expr_power(graph, y, x))), "pow(y, x) * log(y)");
    check_text(code(derived(power(x, 0.3))), "0.3 * pow(x, -0.7)");
    check_text(code(derived(call2(FUNCTION_MIN, x, y))), "select(y < x, Real(0.0), 1.0)");
    const Expr *near = cond(EXPR_LT, call(FUNCTION_ABS, x), num(1e-6));
    const Expr *series = sub(num(1), mul(num(0.5), x)), *closed = quo(x, call(FUNCTION_EXPM1, x));
    const Expr *slope = derived(where(near, series, closed));
    tap_ok(slope->kind == EXPR_WHERE && slope->argument[0] == near && slope->argument[1] == num(-0.5) &&
               slope->argument[2] == derived(closed),
           "a removable singularity stays inside its branch");
    tap_ok(derived(call(FUNCTION_FLOOR, x)) == num(0) && derived(where(near, y, z)) == num(0), "steps have slope 0");
    tap_ok(derived(add(mul(y, z), num(3))) == num(0), "nothing to derive");
    tap_ok(derived(derived(power(x, 3))) == derived(derived(power(x, 3))), "derivatives are shared");
    tap_ok(expr_find_nonfinite(derived(derived(call(FUNCTION_LGAMMA, x)))) != NULL, "digamma has no derivative");
    Symbol stranger = { .name = "w", .code = "w" };
    tap_ok(expr_derivative(graph, mul(x, y), &stranger) == num(0), "a symbol outside the graph");
}

/* s / (1 - exp(-s)) = 1 + s/2 + sum of B_2k s^2k / (2k)!, Abramowitz and Stegun
 * 23.1.1; its slope, by terms while there is cancellation in the closed form. */
static long double linoid_slope(long double s)
{
    static const long double term[] = {
        -691.0L / 108972864000, 1.0L / 4790016, -1.0L / 151200, 1.0L / 5040, -1.0L / 180, 1.0L / 6
    };
    const long double e = expl(-s);
    if (fabsl(s) > 0.5L) return (1 - e - s * e) / (1 - e) / (1 - e);
    long double sum = 0;
    for (int i = 0; i < 6; i++) sum = sum * s * s + term[i];
    return 0.5L + s * sum;
}

/* As in problems/hodgkin_huxley.lua: at the singularity, on both sides of it,
 * where the branches meet, and far away. */
static void test_linoid(void)
{
    static const long double at[] = { 0, 1e-300L, 1e-12L, 1e-5L, 0.0499999L, 0.05L, 0.0500001L, 0.4L, 3, 40 };
    const Expr *x2 = power(x, 2), *series = add(num(1), quo(x, num(2)));
    series = add(series, sub(quo(x2, num(12)), quo(power(x, 4), num(720))));
    series = add(series, quo(power(x, 6), num(30240)));
    const Expr *closed = quo(x, neg(call(FUNCTION_EXPM1, neg(x))));
    const Expr *linoid = where(cond(EXPR_LT, call(FUNCTION_ABS, x), num(0.05)), series, closed);
    int wrong = 0;
    for (int i = 0; i < 20; i++) {
        Point point = { .value = { i % 2 ? -at[i / 2] : at[i / 2] } };
        long double exact = linoid_slope(point.value[0]), found = derivative_at(linoid, point);
        wrong += !is_near(found, exact, 1e-14L) || !is_near(complex_step(linoid, point), exact, 1e-12L);
    }
    tap_ok(wrong == 0, "a gate's rate at and near its removable singularity");
}

/* A smooth function of one argument that stays in its domain anywhere. */
static const Expr *smooth_call(const Expr *a)
{
    static const Function entire[] = { FUNCTION_SIN,  FUNCTION_COS,   FUNCTION_ATAN,
                                       FUNCTION_TANH, FUNCTION_ASINH, FUNCTION_ERF };
    static const Function positive[] = { FUNCTION_SQRT, FUNCTION_LOG,   FUNCTION_CBRT,
                                         FUNCTION_LOG2, FUNCTION_LOG1P, FUNCTION_LOG10 };
    static const Function bounded[] = { FUNCTION_EXP, FUNCTION_EXPM1, FUNCTION_SINH, FUNCTION_COSH, FUNCTION_TAN };
    const Expr *above = add(power(a, 2), num(0.5)), *within = call(FUNCTION_SIN, a);
    switch (below(4)) {
    case 0: return call(entire[below(6)], a);
    case 1: return call(positive[below(6)], above);
    case 2: return call(bounded[below(5)], within);
    default: return call2(below(2) ? FUNCTION_POW : FUNCTION_HYPOT, above, within);
    }
}

static const Expr *smooth_tree(int depth)
{
    const Expr *const leaves[] = { x, y, z, num(0.75), num(-1.5) };
    if (depth == 0) return leaves[below(5)];
    const Expr *a = smooth_tree(depth - 1), *b = smooth_tree(depth - 1);
    switch (below(7)) {
    case 0: return add(a, b);
    case 1: return sub(a, b);
    case 2: return mul(a, b);
    case 3: return quo(a, add(num(1.5), power(b, 2)));
    case 4: return where(cond(EXPR_LT, a, b), call(FUNCTION_SIN, a), b);
    case 5: return call2(below(2) ? FUNCTION_MIN : FUNCTION_MAX, a, call(FUNCTION_ABS, b));
    default: return smooth_call(a);
    }
}

/* Values above a million come from near-poles, where either way of computing
 * loses digits to the argument's rounding. */
static void test_random(void)
{
    int wrong = 0, seen = 0;
    for (int i = 0; i < 5000; i++) {
        const Expr *expr = smooth_tree(1 + below(4));
        Point point = { { 0, 0, 0, 0 }, below(3), 0 };
        for (int k = 0; k < 3; k++) point.value[k] = (long double)(double)between(-2, 2);
        long double exact = complex_step(expr, point), found = derivative_at(expr, point);
        if (!isfinite(exact) || fabsl(exact) > 1e6L) continue;
        seen++;
        if (is_near(found, exact, 1e-12L)) continue;
        tap_diag("%.18Lg is not %.18Lg in\n%s", found, exact, notation(expr));
        wrong++;
    }
    tap_ok(wrong == 0 && seen > 4000, "%d random compositions (%d wrong)", seen, wrong);
}

/* Sums long enough to be taken apart, with terms on either side, taken away
 * and nested in other sums. */
static void test_long_sums(void)
{
    int wrong = 0;
    for (int i = 0; i < 100; i++) {
        const Expr *sum = smooth_tree(1);
        for (int k = 0; k < 30; k++) {
            const Expr *term = k == 15 ? mul(num(0.5), call(FUNCTION_SIN, sum)) : smooth_tree(below(3));
            sum = below(3) == 0 ? sub(term, sum) : below(2) ? sub(sum, term) : add(sum, term);
        }
        Point point = { { 0, 0, 0, 0 }, below(3), 0 };
        for (int k = 0; k < 3; k++) point.value[k] = (long double)(double)between(-1, 1);
        long double exact = complex_step(sum, point), found = derivative_at(sum, point);
        wrong += isfinite(exact) && fabsl(exact) < 1e4L && !is_near(found, exact, 1e-11L);
    }
    tap_ok(wrong == 0, "100 long sums (%d wrong)", wrong);
    const Expr *dense = num(0);
    for (int k = 1; k <= 20; k++) dense = sub(dense, mul(num(k), k % 2 ? mul(x, y) : z));
    check_text(code(derived(dense)),
               "-y - 3.0 * y - 5.0 * y - 7.0 * y - 9.0 * y - 11.0 * y - 13.0 * y - 15.0 * y - 17.0 * y - 19.0 * y");
}

int main(void)
{
    kit_start();
    srand48(5);
    for (size_t i = 0; i < sizeof domains / sizeof *domains; i++) test_unary(&domains[i]);
    for (Function f = FUNCTION_POW; f < FUNCTION_COUNT; f++) test_binary(f);
    test_quadrants();
    test_digamma();
    test_shapes();
    test_linoid();
    test_random();
    test_long_sums();
    arena_free(arena);
    return tap_done();
}
