/* SPDX-License-Identifier: MIT */
/* Short words for tests of expressions: symbols x y z p, builders, texts, and
 * random trees. */
#ifndef TESTS_EXPR_KIT_H
#define TESTS_EXPR_KIT_H

#include <stdlib.h>
#include <string.h>

#include "base/intern.h"
#include "expr/expr.h"
#include "tap.h"

#define KIT __attribute__((unused)) static

KIT Arena *arena;
KIT Graph *graph;
KIT Symbol symbols[4];
KIT const Expr *x, *y, *z, *p;

KIT void kit_start(void)
{
    static const char *const names[] = { "x", "y", "z", "p[1]" };
    const Expr **const made[] = { &x, &y, &z, &p };
    arena = arena_new();
    graph = graph_new(arena);
    for (int i = 0; i < 4; i++) {
        const char *identifier = intern(i == 3 ? "p_1" : names[i]);
        symbols[i] = (Symbol){ .name = intern(names[i]), .code = identifier, .kind = SYMBOL_STATE, .index = i };
        *made[i] = expr_symbol(graph, &symbols[i]);
    }
}

KIT const Expr *num(double value)
{
    return expr_number(graph, number_double(value));
}
KIT const Expr *neg(const Expr *a)
{
    return expr_negate(graph, a);
}
KIT const Expr *add(const Expr *a, const Expr *b)
{
    return expr_add(graph, a, b);
}
KIT const Expr *sub(const Expr *a, const Expr *b)
{
    return expr_subtract(graph, a, b);
}
KIT const Expr *mul(const Expr *a, const Expr *b)
{
    return expr_multiply(graph, a, b);
}
KIT const Expr *quo(const Expr *a, const Expr *b)
{
    return expr_divide(graph, a, b);
}
KIT const Expr *power(const Expr *a, double b)
{
    return expr_power(graph, a, num(b));
}
KIT const Expr *call(Function f, const Expr *a)
{
    return expr_call(graph, f, a, NULL);
}
KIT const Expr *call2(Function f, const Expr *a, const Expr *b)
{
    return expr_call(graph, f, a, b);
}
KIT const Expr *cond(ExprKind kind, const Expr *a, const Expr *b)
{
    return expr_condition(graph, kind, a, b);
}
KIT const Expr *where(const Expr *c, const Expr *a, const Expr *b)
{
    return expr_where(graph, c, a, b);
}

KIT const char *code(const Expr *expr)
{
    Text text = text_new(arena);
    expr_print(&text, expr, NOTATION_CODE, PRECISION_FLOAT64, NULL, 0);
    return text.data;
}

KIT const char *notation(const Expr *expr)
{
    Text text = text_new(arena);
    expr_print(&text, expr, NOTATION_PROBLEM, PRECISION_FLOAT64, NULL, 0);
    return text.data;
}

KIT void check_text(const char *found, const char *expected)
{
    if (!tap_ok(!strcmp(found, expected), "%s", expected)) tap_diag("found %s", found);
}

/* The statements of a schedule, one line each; outputs are out[i]. */
KIT const char *statements(const Schedule *schedule, Precision precision)
{
    Text text = text_new(arena);
    for (int i = 0; i < schedule->count; i++) {
        const ScheduleStep *step = &schedule->items[i];
        if (step->name)
            text_printf(&text, "%s = ", step->name);
        else
            text_printf(&text, "out[%d] = ", step->root);
        expr_print(&text, step->expr, NOTATION_CODE, precision, schedule, i);
        text_add(&text, ";\n");
    }
    return text.data;
}

KIT int below(int n)
{
    return (int)(lrand48() % n);
}

KIT const Expr *random_tree(int depth);

KIT const Expr *random_condition(int depth)
{
    const Expr *a = random_tree(depth - 1), *b = random_tree(depth - 1);
    const Expr *c = cond((ExprKind)(EXPR_LT + below(4)), a, b);
    switch (depth > 2 ? below(5) : 4) {
    case 0: return cond(EXPR_AND, c, random_condition(depth - 1));
    case 1: return cond(EXPR_OR, random_condition(depth - 1), c);
    case 2: return cond(EXPR_NOT, c, NULL);
    default: return c;
    }
}

/* Constants are powers of two, so that they and their reciprocals are exact
 * in every precision. */
KIT const Expr *random_tree(int depth)
{
    static const double numbers[] = { 0.25, 0.5, 1, 2, 4, -0.5, -2, -1 };
    const Expr *const leaves[] = { x, y, z, p };
    if (depth <= 0 || below(8) == 0) return below(3) ? leaves[below(4)] : num(numbers[below(8)]);
    const Expr *a = random_tree(depth - 1), *b = random_tree(depth - 1);
    switch (below(12)) {
    case 0:
    case 1: return add(a, b);
    case 2:
    case 3: return sub(a, b);
    case 4:
    case 5: return mul(a, b);
    case 6: return quo(a, b);
    case 7: return neg(a);
    case 8: return expr_power(graph, a, num((double)(below(9) - 4) / 2));
    case 9: return where(random_condition(depth - 1), a, b);
    case 10: return call((Function)below(FUNCTION_DIGAMMA), a);
    default: return call2((Function)(FUNCTION_POW + below(5)), a, b);
    }
}

#endif
