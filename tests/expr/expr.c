/* SPDX-License-Identifier: MIT */
/* The expression graph: sharing, simplification, texts, schedules, passes. */
#include <math.h>
#include <time.h>

#include "expr/identifier.h"
#include "expr/expr_kit.h"

static const Expr *build_again(void)
{
    const Expr *sum = add(mul(x, y), call(FUNCTION_SIN, z));
    return where(cond(EXPR_LT, x, y), quo(sum, power(p, 3)), neg(sum));
}

static void test_sharing(void)
{
    const Expr *first = build_again();
    int size = graph_size(graph);
    bool same = true;
    for (int i = 0; i < 1000; i++) same &= build_again() == first;
    tap_ok(same && graph_size(graph) == size, "building again makes no node");
    tap_ok(add(x, y) == add(y, x) && mul(x, y) == mul(y, x), "operands of + and * commute");
    tap_ok(call2(FUNCTION_MAX, x, y) == call2(FUNCTION_MAX, y, x), "operands of max commute");
    tap_ok(cond(EXPR_EQ, x, y) == cond(EXPR_EQ, y, x), "operands of == commute");
    tap_ok(sub(x, y) != sub(y, x) && cond(EXPR_LT, x, y) != cond(EXPR_LT, y, x), "those of - and < do not");
    tap_ok(num(0.5) == expr_number(graph, number_ratio(1, 2)), "equal constants are one node");
    tap_ok(mul(num(-2), x) == neg(mul(x, num(2))), "-2*x is -(2*x)");
    tap_ok(expr_depends(first, &symbols[3]) && !expr_depends(add(x, y), &symbols[2]), "dependence");
    Symbol stranger = { .name = "w", .code = "w" };
    tap_ok(!expr_depends(first, &stranger), "nothing depends on a symbol outside");
}

static void test_simplification(void)
{
    const Expr *zero = num(0), *one = num(1);
    tap_ok(add(x, zero) == x && add(zero, x) == x && sub(x, zero) == x && sub(zero, x) == neg(x), "x + 0");
    tap_ok(mul(x, one) == x && mul(zero, x) == zero && quo(x, one) == x && quo(zero, x) == zero, "x * 1, x * 0");
    tap_ok(sub(x, x) == zero && add(x, x) == mul(num(2), x) && neg(neg(x)) == x, "x - x, x + x, -(-x)");
    tap_ok(mul(neg(x), neg(y)) == mul(x, y) && quo(neg(x), neg(y)) == quo(x, y), "signs cancel");
    tap_ok(add(num(0.1), num(0.2)) == num(0.3), "0.1 + 0.2 is 0.3");
    tap_ok(call(FUNCTION_SQRT, num(2.25)) == num(1.5) && call(FUNCTION_EXP, zero) == one, "calls of constants fold");
    tap_ok(power(x, 0) == one && power(x, 1) == x && power(x, -1) == quo(one, x), "x^0, x^1, x^-1");
    tap_ok(power(x, 4) == mul(power(x, 2), power(x, 2)), "x^4 squares x^2");
    tap_ok(power(neg(x), 2) == power(x, 2), "(-x)^2");
    tap_ok(quo(x, num(3)) == mul(expr_number(graph, number_ratio(1, 3)), x), "x / 3 is (1/3)*x, exactly");
    tap_ok(mul(num(3), quo(x, num(3))) == x, "3 * (x / 3)");
    tap_ok(quo(x, num(1e-310))->kind == EXPR_DIV, "no reciprocal that overflows");
    tap_ok(where(cond(EXPR_LT, one, zero), x, y) == y && where(cond(EXPR_LT, x, y), z, z) == z, "known choices");
    const Expr *c = cond(EXPR_LT, x, y), *truth = cond(EXPR_LE, one, one);
    tap_ok(cond(EXPR_AND, c, truth) == c && cond(EXPR_OR, truth, c) == truth && cond(EXPR_AND, c, c) == c, "and, or");
    tap_ok(cond(EXPR_NOT, cond(EXPR_NOT, c, NULL), NULL) == c && where(cond(EXPR_NOT, truth, NULL), x, y) == y, "not");
}

static void test_nonfinite(void)
{
    const Expr *infinite = quo(x, num(0)), *not_number = call(FUNCTION_LOG, num(-1));
    tap_ok(expr_find_nonfinite(infinite) && isinf(expr_find_nonfinite(infinite)->number.value), "x / 0");
    tap_ok(expr_find_nonfinite(not_number) == not_number, "log(-1)");
    tap_ok(!expr_find_nonfinite(build_again()), "nothing to find");
    const Expr *large = add(x, mul(num(1e40), y));
    tap_ok(expr_find_unfit(large, PRECISION_FLOAT32) == num(1e40) && !expr_find_unfit(large, PRECISION_FLOAT64),
           "1e40 does not fit float32");
    tap_ok(expr_find_nonfinite(mul(num(0), infinite)) != NULL, "0 * (x / 0) is not hidden");
    tap_ok(expr_find_nonfinite(sub(infinite, infinite)) != NULL, "x / 0 - x / 0 is not hidden");
    tap_ok(expr_find_nonfinite(power(infinite, 0)) != NULL, "(x / 0)^0 is not hidden");
    tap_ok(expr_find_nonfinite(quo(num(0), infinite)) != NULL, "0 / (x / 0) is not hidden");
    tap_ok(expr_find_nonfinite(call2(FUNCTION_MAX, num(1), not_number)) != NULL, "max(1, NaN) is not hidden");
    tap_ok(expr_find_nonfinite(call(FUNCTION_SIN, add(y, mul(z, infinite)))) != NULL, "found below a call");
}

static void test_texts(void)
{
    check_text(code(sub(mul(x, sub(num(28), z)), y)), "x * (28.0 - z) - y");
    check_text(code(mul(x, num(2))), "2.0 * x");
    check_text(code(add(x, num(-0.5))), "x - 0.5");
    check_text(code(sub(x, num(-0.5))), "x + 0.5");
    check_text(code(sub(x, mul(num(-2), y))), "x + 2.0 * y");
    check_text(code(sub(num(-2), x)), "-2.0 - x");
    check_text(code(sub(x, sub(y, z))), "x - (y - z)");
    check_text(code(add(x, add(y, z))), "x + (y + z)");
    check_text(code(mul(x, mul(y, z))), "x * (y * z)");
    check_text(code(mul(mul(x, y), z)), "x * y * z");
    check_text(code(quo(x, mul(y, z))), "x / (y * z)");
    check_text(code(quo(quo(x, y), z)), "x / y / z");
    check_text(code(quo(x, quo(y, z))), "x / (y / z)");
    check_text(code(neg(add(x, y))), "-(x + y)");
    check_text(code(neg(mul(x, y))), "-x * y");
    check_text(code(add(neg(x), y)), "-x + y");
    check_text(code(mul(neg(add(x, y)), z)), "-(x + y) * z");
    check_text(code(power(x, 2)), "x * x");
    check_text(code(power(x, 3)), "x * x * x");
    check_text(code(power(x, 1.5)), "x * sqrt(x)");
    check_text(code(power(x, -1.5)), "1.0 / (x * sqrt(x))");
    check_text(code(power(x, 0.5)), "sqrt(x)");
    check_text(code(power(x, 17)), "pow(x, 17.0)");
    check_text(code(power(x, -0.3)), "pow(x, -0.3)");
    check_text(code(quo(x, num(3))), "0.3333333333333333 * x");
    check_text(code(p), "p_1");
    const Expr *less = cond(EXPR_LT, x, num(-65)), *near = cond(EXPR_LE, call(FUNCTION_ABS, y), num(0.1));
    check_text(code(where(less, num(1), add(x, y))), "select(x < -65.0, 1.0, x + y)");
    check_text(code(where(less, num(1), num(-0.5))), "select(x < -65.0, Real(1.0), -0.5)");
    check_text(code(cond(EXPR_AND, cond(EXPR_OR, less, near), cond(EXPR_NE, x, y))),
               "((x < -65.0) | (abs(y) <= 0.1)) & (x != y)");
    check_text(code(cond(EXPR_NOT, less, NULL)), "!(x < -65.0)");
    check_text(code(cond(EXPR_AND, cond(EXPR_NOT, less, NULL), near)), "(!(x < -65.0)) & (abs(y) <= 0.1)");
    check_text(code(call2(FUNCTION_MIN, call2(FUNCTION_ATAN2, x, y), p)), "min(atan2(x, y), p_1)");
    check_text(notation(cond(EXPR_AND, less, cond(EXPR_NOT, near, NULL))), "all(lt(x, -65), no(le(abs(y), 0.1)))");
    check_text(notation(where(less, quo(p, num(3)), num(0.1))), "where(lt(x, -65), 1/3 * p[1], 0.1)");
    check_text(notation(mul(x, expr_call(graph, FUNCTION_POW, y, expr_number(graph, number_ratio(1, 3))))),
               "x * pow(y, 1/3)");
}

static void check_schedule(const Expr *const *roots, int count, const char *const *taken, int taken_count,
                           const char *expected, const char *what)
{
    IdentifierScope *scope = identifier_scope_new(arena);
    for (int i = 0; i < taken_count; i++) identifier_take(scope, taken[i]);
    Schedule schedule = schedule_make(arena, roots, count, scope);
    const char *found = statements(&schedule, PRECISION_FLOAT64);
    if (!tap_ok(!strcmp(found, expected), "%s", what)) tap_diag("found\n%s", found);
}

static void test_schedules(void)
{
    const Expr *square = power(x, 2), *current = mul(z, sub(y, num(3)));
    expr_set_name(graph, current, "I[Na]");
    expr_set_name(graph, current, "other");
    const Expr *roots[] = { add(square, y), sub(square, current), z, square, neg(x) };
    check_schedule(roots, 5, NULL, 0,
                   "w1 = x * x;\nout[0] = w1 + y;\nI_Na = z * (y - 3.0);\nout[1] = w1 - I_Na;\nout[2] = z;\n"
                   "out[3] = w1;\nout[4] = -x;\n",
                   "temporaries stand before the first output that needs them");
    const char *const taken[] = { "w1", "I_Na", "w3" };
    check_schedule(roots, 2, taken, 3,
                   "w2 = x * x;\nout[0] = w2 + y;\nI_Na_2 = z * (y - 3.0);\nout[1] = w2 - I_Na_2;\n",
                   "taken names are left alone");
    const Expr *alone[] = { current };
    check_schedule(alone, 1, NULL, 0, "out[0] = z * (y - 3.0);\n", "a named value that is only an output");
    const Expr *sum = add(x, z), *minus = neg(sum);
    const Expr *signs[] = { mul(add(minus, y), z), add(minus, p),
                            where(cond(EXPR_LT, neg(y), neg(x)), neg(y), neg(z)) };
    check_schedule(signs, 3, NULL, 0,
                   "w1 = x + z;\nout[0] = (-w1 + y) * z;\nout[1] = -w1 + p_1;\nout[2] = select(-y < -x, -y, -z);\n",
                   "signs are repeated, their operands shared");
    const Expr *c = cond(EXPR_LT, x, y);
    const Expr *masks[] = { where(c, x, z), where(cond(EXPR_NOT, c, NULL), p, y) };
    check_schedule(masks, 2, NULL, 0, "w1 = x < y;\nout[0] = select(w1, x, z);\nout[1] = select(!w1, p_1, y);\n",
                   "conditions are shared");
}

static void test_names(void)
{
    const Expr *values[6], *roots[6];
    static const char *const names[] = { "double", "exp", "x", "w1", "w1", "a__b" };
    for (int i = 0; i < 6; i++) {
        values[i] = call(FUNCTION_SIN, add(y, num(100 + i)));
        expr_set_name(graph, values[i], names[i]);
        roots[i] = mul(values[i], x);
    }
    Schedule schedule = schedule_make(arena, roots, 6, NULL);
    Text found = text_new(arena);
    for (int i = 0; i < schedule.count; i += 2) text_printf(&found, "%s ", schedule.items[i].name);
    check_text(found.data, "double_ exp_ x_2 w1 w1_2 a_b ");
    check_text(identifier_make("u[3]"), "u_3");
    check_text(identifier_make("2nd"), "x_2nd");
    check_text(identifier_make("rate_"), "rate_");
    check_text(identifier_make("\xce\xb1"), "x");
}

static const Expr *replace_x(void *context, const Symbol *symbol)
{
    return symbol == &symbols[0] ? context : NULL;
}

static const Expr *substitute(const Expr *expr, const Expr *x_becomes)
{
    const Expr *result;
    expr_substitute_all(&result, graph, &expr, 1, replace_x, (void *)(uintptr_t)x_becomes);
    return result;
}

static void test_substitution(void)
{
    const Expr *sum = add(mul(x, y), z);
    expr_set_name(graph, sum, "total");
    const Expr *replaced = substitute(sum, num(3));
    check_text(code(replaced), "3.0 * y + z");
    check_text(replaced->name, "total");
    tap_ok(substitute(add(y, z), NULL) == add(y, z), "nothing to replace");
    tap_ok(substitute(build_again(), y)->kind == EXPR_WHERE, "a comparison of y with y stays");
}

static long double value_of(void *context, const Symbol *symbol)
{
    (void)context;
    return (long double)symbol->index + 1;
}

/* Sums and nested calls as deep as a loop makes them. */
static void test_depth(void)
{
    enum { TERMS = 100000 };
    const Expr *sum = x, *nested = x;
    for (int i = 0; i < TERMS; i++) {
        sum = add(sum, mul(num(i + 0.5), y));
        nested = call(i % 2 ? FUNCTION_SIN : FUNCTION_COS, add(nested, num(1)));
    }
    tap_ok(expr_evaluate(sum, value_of, NULL) == 1 + TERMS * (long double)TERMS, "a sum of %d terms", TERMS);
    const Expr *slope = expr_derivative(graph, sum, &symbols[1]);
    tap_ok(expr_is_number(slope, (int64_t)TERMS * TERMS / 2), "its derivative is a number");
    tap_ok(isfinite((double)expr_evaluate(expr_derivative(graph, nested, &symbols[0]), value_of, NULL)),
           "nested calls");
    tap_ok(substitute(sum, z) != sum, "substitution");
    tap_ok(!expr_find_nonfinite(nested) && !expr_depends(nested, &symbols[1]), "searches");
    const Expr *roots[] = { sum, nested };
    OperationCount count = expr_count(roots, 2);
    tap_ok(count.additions == 2 * TERMS && count.multiplications == TERMS && count.functions == TERMS, "operations");
    Schedule schedule = schedule_make(arena, roots, 2, NULL);
    size_t longest = 0;
    for (const char *line = statements(&schedule, PRECISION_FLOAT64), *end; *line; line = end + 1) {
        end = strchr(line, '\n');
        if ((size_t)(end - line) > longest) longest = (size_t)(end - line);
    }
    tap_ok(longest > 200 && longest <= 430, "the longest statement has %zu characters", longest);
}

static void test_explosion(void)
{
    const Expr *tower = x;
    for (int i = 0; i < 200; i++) tower = call(FUNCTION_SIN, mul(tower, add(tower, y)));
    size_t length = strlen(code(tower));
    tap_ok(length >= EXPR_TEXT_MOST && length < EXPR_TEXT_MOST + 1000, "a text without end is cut");
    Schedule schedule = schedule_make(arena, &tower, 1, NULL);
    tap_ok(schedule.count == 200, "its schedule has a step for each value");
    OperationCount count = expr_count(&tower, 1);
    tap_ok(count.functions == 200 && count.additions == 200, "each value is counted once");
}

/* 600 equations of 60 couplings, and their Jacobian. */
static void test_large(void)
{
    enum { STATES = 600, COUPLINGS = 30 };
    Symbol *states = ARENA_ARRAY(arena, Symbol, STATES);
    const Expr *rates[STATES];
    graph = graph_new(arena);
    clock_t start = clock();
    for (int i = 0; i < STATES; i++) {
        const char *name = intern(arena_printf(arena, "u_%d", i));
        states[i] = (Symbol){ .name = name, .code = name, .kind = SYMBOL_STATE, .index = i };
    }
    for (int i = 0; i < STATES; i++) {
        rates[i] = num(0);
        for (int k = 0; k < COUPLINGS; k++) {
            const Expr *a = expr_symbol(graph, &states[i]), *b = expr_symbol(graph, &states[(i + k * k + 1) % STATES]);
            const Expr *flow = call(FUNCTION_SIN, mul(num(1 + 0.01 * k), sub(b, a)));
            rates[i] = add(rates[i], quo(flow, add(num(1), power(a, 2))));
        }
    }
    int nodes = graph_size(graph), entries = 0;
    const Expr **jacobian = ARENA_ARRAY(arena, const Expr *, STATES *STATES);
    for (int i = 0; i < STATES; i++)
        for (int j = 0; j < STATES; j++)
            if (expr_depends(rates[i], &states[j])) jacobian[entries++] = expr_derivative(graph, rates[i], &states[j]);
    Schedule right = schedule_make(arena, rates, STATES, NULL), left = schedule_make(arena, jacobian, entries, NULL);
    size_t bytes = strlen(statements(&right, PRECISION_FLOAT64)) + strlen(statements(&left, PRECISION_FLOAT32));
    double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
    tap_ok(entries > STATES * 20 && seconds < 20, "a large system and its Jacobian");
    tap_diag("%d nodes, %d with %d derivatives, %zu bytes of text, %.3f s", nodes, graph_size(graph), entries, bytes,
             seconds);
}

int main(void)
{
    kit_start();
    test_sharing();
    test_simplification();
    test_nonfinite();
    test_texts();
    test_schedules();
    test_names();
    test_substitution();
    test_depth();
    test_explosion();
    test_large();
    arena_free(arena);
    return tap_done();
}
