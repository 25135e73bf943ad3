/* SPDX-License-Identifier: MIT */
/* What the printer writes is what the graph means: random expressions are
 * printed as scheduled statements, read back by the small C evaluator below,
 * and compared with expr_evaluate bit by bit. */
#include <ctype.h>
#include <math.h>

#include "expr/expr_kit.h"

/* C's grammar of expressions, as far as it is printed; every value is a long
 * double, so the text is computed as expr_evaluate computes. */
typedef struct Variable {
    const char *name;
    long double value;
} Variable;

static ARRAY(Variable) variables;
static const char *at;
static bool is_c; /* the text was legal C so far */

static long double parse_or(void);

static long double value_of(void *context, const Symbol *symbol)
{
    return ((const long double *)context)[symbol->index];
}

static bool take(const char *token)
{
    size_t length = strlen(token);
    while (*at == ' ') at++;
    if (strncmp(at, token, length) != 0) return false;
    if (strlen(token) == 1 && strchr("<=!", *token) && at[1] == '=') return false;
    at += length;
    return true;
}

static long double parse_call(const char *name)
{
    long double argument[3] = { 0, 0, 0 };
    int count = 0;
    do argument[count++] = parse_or();
    while (count < 3 && take(","));
    is_c = is_c && take(")");
    if (!strcmp(name, "select")) return argument[0] != 0 ? argument[1] : argument[2];
    Function function;
    is_c = is_c && function_find(&function, name) && function_arity(function) == count;
    if (!is_c) return 0;
    return expr_evaluate(expr_call(graph, function, x, count == 2 ? y : NULL), value_of, argument);
}

static long double parse_parenthesised(void)
{
    long double value = parse_or();
    is_c = is_c && take(")");
    return value;
}

static long double parse_name(void)
{
    const char *start = at;
    while (isalnum((unsigned char)*at) || *at == '_') at++;
    const char *name = intern_bytes(start, (size_t)(at - start));
    if (take("(")) return strcmp(name, "Real") ? parse_call(name) : parse_parenthesised();
    for (int i = variables.count - 1; i >= 0; i--)
        if (variables.items[i].name == name) return variables.items[i].value;
    if (!strcmp(name, "NAN")) return (long double)NAN;
    if (!strcmp(name, "INFINITY")) return INFINITY;
    is_c = false;
    return 0;
}

static long double parse_primary(void)
{
    while (*at == ' ') at++;
    if (take("(")) return parse_parenthesised();
    if (isalpha((unsigned char)*at)) return parse_name();
    is_c = is_c && isdigit((unsigned char)*at);
    char *end;
    long double value = strtold(at, &end);
    at = end;
    if (*at == 'f') at++;
    return value;
}

static long double parse_unary(void)
{
    if (take("!")) return parse_unary() == 0;
    if (!take("-")) return parse_primary();
    is_c = is_c && *at != '-'; /* -- is another operator */
    return -parse_unary();
}

static long double parse_product(void)
{
    long double value = parse_unary();
    for (;;) {
        if (take("*"))
            value *= parse_unary();
        else if (take("/"))
            value /= parse_unary();
        else
            return value;
    }
}

static long double parse_sum(void)
{
    long double value = parse_product();
    for (;;) {
        if (take("+"))
            value += parse_product();
        else if (take("-"))
            value -= parse_product();
        else
            return value;
    }
}

static long double parse_comparison(void)
{
    long double value = parse_sum();
    if (take("<=")) return value <= parse_sum();
    if (take("<")) return value < parse_sum();
    if (take("==")) return value == parse_sum();
    if (take("!=")) return value != parse_sum();
    return value;
}

static long double parse_and(void)
{
    long double value = parse_comparison();
    while (take("&")) {
        long double right = parse_comparison();
        value = value != 0 && right != 0;
    }
    return value;
}

static long double parse_or(void)
{
    long double value = parse_and();
    while (take("|")) {
        long double right = parse_and();
        value = value != 0 || right != 0;
    }
    return value;
}

static void set_variable(const char *name, long double value)
{
    *array_push(arena, &variables) = (Variable){ intern(name), value };
}

static bool same(long double a, long double b)
{
    return a == b || (isnan(a) && isnan(b));
}

/* Runs the statements of a schedule; outputs go to `results`. */
static bool run_statements(long double *results, const Schedule *schedule, Precision precision)
{
    for (int i = 0; i < schedule->count && is_c; i++) {
        Text text = text_new(arena);
        expr_print(&text, schedule->items[i].expr, NOTATION_CODE, precision, schedule, i);
        at = text.data;
        long double value = parse_or();
        is_c = is_c && *at == '\0';
        if (!is_c) tap_diag("not C at '%s' in\n%s", at, text.data);
        if (schedule->items[i].root >= 0)
            results[schedule->items[i].root] = value;
        else
            set_variable(schedule->items[i].name, value);
    }
    return is_c;
}

/* Constants of random trees fold into others that need all 17 digits, so only
 * those whose literals are exact are compared bit by bit. */
static bool is_dyadic(const Expr *expr)
{
    if (expr->kind == EXPR_NUMBER) {
        bool finite = number_is_finite(expr->number);
        return finite && (long double)(float)expr->number.value == expr->number.value;
    }
    for (int i = 0; i < expr->arity; i++)
        if (!is_dyadic(expr->argument[i])) return false;
    return true;
}

static const Expr *dyadic_tree(int depth)
{
    const Expr *expr;
    do expr = random_tree(depth);
    while (!is_dyadic(expr));
    return expr;
}

static bool check_random(Precision precision, long double point[4])
{
    enum { ROOTS = 3 };
    const Expr *roots[ROOTS];
    long double found[ROOTS] = { 0, 0, 0 }, expected[ROOTS];
    bool right = true;
    for (int i = 0; i < ROOTS; i++) roots[i] = dyadic_tree(2 + below(6));
    for (int i = 0; i < 4; i++) {
        point[i] = (below(64) - 24) / 8.0L;
        set_variable(symbols[i].code, point[i]);
    }
    Schedule schedule = schedule_make(arena, roots, ROOTS, NULL);
    is_c = true;
    if (!run_statements(found, &schedule, precision)) return false;
    expr_evaluate_all(expected, roots, ROOTS, value_of, point);
    for (int i = 0; i < ROOTS; i++) {
        right &= same(found[i], expected[i]);
        if (!same(found[i], expected[i])) tap_diag("%Lg is not %Lg in\n%s", found[i], expected[i], notation(roots[i]));
    }
    return right;
}

/* A sum and a nest so large that the schedule cuts them. */
static void test_long(void)
{
    long double point[4] = { 0.5L, -1.25L, 2, 0.125L }, found[2] = { 0, 0 }, expected[2];
    const Expr *roots[2] = { x, y };
    variables.count = 0;
    for (int i = 0; i < 4; i++) set_variable(symbols[i].code, point[i]);
    for (int i = 0; i < 500; i++) {
        roots[0] = sub(roots[0], mul(num((i % 7 + 1) * 0.125), call(FUNCTION_SIN, mul(num(i + 1), z))));
        roots[1] = where(cond(EXPR_LT, roots[1], add(x, num(i % 5))), mul(roots[1], x), neg(add(p, roots[1])));
    }
    Schedule schedule = schedule_make(arena, roots, 2, NULL);
    is_c = true;
    bool ran = run_statements(found, &schedule, PRECISION_FLOAT64);
    expr_evaluate_all(expected, roots, 2, value_of, point);
    tap_ok(ran && same(found[0], expected[0]) && same(found[1], expected[1]) && schedule.count > 500,
           "statements that were cut mean what the graph means");
}

static bool is_literal_start(const char *text, const char *c)
{
    return isdigit((unsigned char)*c) && (c == text || !(isalnum((unsigned char)c[-1]) || strchr("_.", c[-1])));
}

/* Digits that begin a number must end in f, with a point or an exponent. */
static int double_literals(const char *text)
{
    int count = 0;
    for (const char *c = text; *c; c++) {
        if (!is_literal_start(text, c)) continue;
        char *end;
        strtod(c, &end);
        bool typed = memchr(c, '.', (size_t)(end - c)) || memchr(c, 'e', (size_t)(end - c));
        count += *end != 'f' || !typed;
        c = end - 1;
    }
    return count;
}

static void test_random(Precision precision, int trials)
{
    int wrong = 0;
    for (int i = 0; i < trials; i++) {
        long double point[4];
        variables.count = 0;
        wrong += !check_random(precision, point);
    }
    tap_ok(wrong == 0, "%d random sets of statements mean what the graph means%s (%d do not)", trials,
           precision == PRECISION_FLOAT32 ? " in float32" : "", wrong);
}

static void test_float32(void)
{
    int doubles = 0, seen = 0;
    for (int i = 0; i < 2000; i++) {
        const Expr *root = mul(add(random_tree(6), num(below(1000) * 1e-7)), num(below(99) * 1e9));
        Schedule schedule = schedule_make(arena, &root, 1, NULL);
        const char *text = statements(&schedule, PRECISION_FLOAT32);
        for (const char *line = text; *line; line = strchr(line, '\n') + 1) {
            const char *end = strchr(line, '\n'), *start = strstr(line, " = ") + 3;
            doubles += double_literals(arena_string(arena, start, (size_t)(end - start)));
            seen++;
        }
    }
    tap_ok(doubles == 0 && seen > 2000, "no double literal in %d float32 statements (%d found)", seen, doubles);
    tap_ok(double_literals("x1 + 2.0 * w2 - 1f + 3.0f + 1e5 * 2e-3f") == 3, "the scan finds those there are");
}

static void test_evaluator(void)
{
    variables.count = 0;
    static const struct {
        const char *text;
        long double value;
    } known[] = { { "-2.0 - 3.0 * 4.0 - 5.0", -19 },
                  { "8.0 / 4.0 / 2.0", 1 },
                  { "-(1.0 + 2.0) * 3.0", -9 },
                  { "select((1.0 < 2.0) & !(1.0 == 2.0), 5.0, 6.0)", 5 },
                  { "1.0 <= 1.0 | 0.0 < -1.0", 1 } };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        is_c = true;
        at = known[i].text;
        tap_ok(parse_or() == known[i].value && is_c, "the evaluator knows %s", known[i].text);
    }
}

int main(void)
{
    kit_start();
    srand48(11);
    test_evaluator();
    test_random(PRECISION_FLOAT64, 3000);
    test_random(PRECISION_FLOAT32, 3000);
    test_long();
    test_float32();
    arena_free(arena);
    return tap_done();
}
