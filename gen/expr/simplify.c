/* SPDX-License-Identifier: MIT */
/* Builders: each makes the node it is named after unless a local, exact rule
 * gives something simpler. Two conventions keep equal values equal nodes:
 *
 * - A sign never stays inside a product or a quotient: -2*x is -(2*x), a/-b
 *   is -(a/b). Sums and differences take it up: a + -b is a - b. A sign costs
 *   nothing on either target.
 * - In a product a constant comes first. */
#include <assert.h>
#include <math.h>

#include "expr/function.h"
#include "expr/graph.h"

static bool is_constant(const Expr *expr)
{
    return expr->kind == EXPR_NUMBER;
}

static bool is_negative(const Expr *expr)
{
    return is_constant(expr) && expr->number.value < 0;
}

static bool is_nonfinite(const Expr *expr)
{
    return graph_node_of(expr)->nonfinite;
}

const Expr *expr_negate(Graph *graph, const Expr *a)
{
    if (is_constant(a)) return expr_number(graph, number_negate(a->number));
    if (a->kind == EXPR_NEG) return a->argument[0];
    return graph_node(graph, EXPR_NEG, a, NULL, NULL);
}

const Expr *expr_add(Graph *graph, const Expr *a, const Expr *b)
{
    if (is_constant(a) && is_constant(b)) return expr_number(graph, number_add(a->number, b->number));
    if (expr_is_number(a, 0)) return b;
    if (expr_is_number(b, 0)) return a;
    if (b->kind == EXPR_NEG || is_negative(b)) return expr_subtract(graph, a, expr_negate(graph, b));
    if (a == b) return expr_multiply(graph, expr_integer(graph, 2), a);
    return graph_node(graph, EXPR_ADD, a, b, NULL);
}

const Expr *expr_subtract(Graph *graph, const Expr *a, const Expr *b)
{
    if (is_constant(a) && is_constant(b)) return expr_number(graph, number_subtract(a->number, b->number));
    if (expr_is_number(b, 0)) return a;
    if (expr_is_number(a, 0)) return expr_negate(graph, b);
    if (b->kind == EXPR_NEG || is_negative(b)) return expr_add(graph, a, expr_negate(graph, b));
    if (a == b && !is_nonfinite(a)) return expr_integer(graph, 0);
    return graph_node(graph, EXPR_SUB, a, b, NULL);
}

/* c * b; two constants in a row become one unless that over- or underflows. */
static const Expr *multiply_constant(Graph *graph, const Expr *c, const Expr *b)
{
    if (expr_is_number(c, 0) && !is_nonfinite(b)) return c;
    if (expr_is_number(c, 1)) return b;
    if (is_negative(c)) return expr_negate(graph, expr_multiply(graph, expr_negate(graph, c), b));
    if (b->kind == EXPR_MUL && is_constant(b->argument[0])) {
        Number both = number_multiply(c->number, b->argument[0]->number);
        if (number_fits(both, PRECISION_FLOAT64) && !number_is(both, 0))
            return expr_multiply(graph, expr_number(graph, both), b->argument[1]);
    }
    return graph_node(graph, EXPR_MUL, c, b, NULL);
}

const Expr *expr_multiply(Graph *graph, const Expr *a, const Expr *b)
{
    if (is_constant(a) && is_constant(b)) return expr_number(graph, number_multiply(a->number, b->number));
    if (a->kind == EXPR_NEG) return expr_negate(graph, expr_multiply(graph, a->argument[0], b));
    if (b->kind == EXPR_NEG) return expr_negate(graph, expr_multiply(graph, a, b->argument[0]));
    if (is_constant(a)) return multiply_constant(graph, a, b);
    if (is_constant(b)) return multiply_constant(graph, b, a);
    return graph_node(graph, EXPR_MUL, a, b, NULL);
}

/* Multiplying by the reciprocal must not overflow where dividing would not. */
static bool is_usable_reciprocal(Number reciprocal)
{
    long double size = fabsl(reciprocal.value);
    return size >= 0x1p-1022L && size <= 0x1p1022L;
}

static const Expr *divide_by_constant(Graph *graph, const Expr *a, const Expr *c)
{
    Number reciprocal = number_divide(number_integer(1), c->number);
    if (number_is(c->number, 0) || is_usable_reciprocal(reciprocal))
        return expr_multiply(graph, expr_number(graph, reciprocal), a);
    return graph_node(graph, EXPR_DIV, a, c, NULL);
}

const Expr *expr_divide(Graph *graph, const Expr *a, const Expr *b)
{
    if (is_constant(a) && is_constant(b)) return expr_number(graph, number_divide(a->number, b->number));
    if (a->kind == EXPR_NEG || is_negative(a)) return expr_negate(graph, expr_divide(graph, expr_negate(graph, a), b));
    if (b->kind == EXPR_NEG || is_negative(b)) return expr_negate(graph, expr_divide(graph, a, expr_negate(graph, b)));
    if (is_constant(b)) return divide_by_constant(graph, a, b);
    if (expr_is_number(a, 0) && !is_nonfinite(b)) return a;
    return graph_node(graph, EXPR_DIV, a, b, NULL);
}

/* a^exponent by squaring, exponent >= 1; every square is one shared node. */
static const Expr *product_power(Graph *graph, const Expr *a, int exponent)
{
    if (exponent == 1) return a;
    const Expr *half = product_power(graph, a, exponent / 2);
    const Expr *square = expr_multiply(graph, half, half);
    return exponent % 2 ? expr_multiply(graph, square, a) : square;
}

static const Expr *square_root(Graph *graph, const Expr *a)
{
    return expr_call(graph, FUNCTION_SQRT, a, NULL);
}

/* a^(halves/2) for halves >= 1: whole products times at most one root. */
static const Expr *half_power(Graph *graph, const Expr *a, int halves)
{
    if (halves == 1) return square_root(graph, a);
    const Expr *product = product_power(graph, a, halves / 2);
    return halves % 2 ? expr_multiply(graph, product, square_root(graph, a)) : product;
}

/* a^b for a constant b that is a small multiple of 1/2, else NULL. */
static const Expr *constant_power(Graph *graph, const Expr *a, Number b)
{
    enum { HALVES_MOST = 32 };
    long double halves = 2 * b.value;
    if (!b.exact || b.denominator > 2 || fabsl(halves) > HALVES_MOST) return NULL;
    if (halves == 0) return is_nonfinite(a) ? NULL : expr_integer(graph, 1);
    const Expr *power = half_power(graph, a, (int)fabsl(halves));
    return halves > 0 ? power : expr_divide(graph, expr_integer(graph, 1), power);
}

const Expr *expr_power(Graph *graph, const Expr *a, const Expr *b)
{
    if (is_constant(a) && is_constant(b)) return expr_number(graph, number_power(a->number, b->number));
    const Expr *power = is_constant(b) ? constant_power(graph, a, b->number) : NULL;
    if (power) return power;
    if (expr_is_number(a, 1) && !is_nonfinite(b)) return a;
    return graph_call(graph, FUNCTION_POW, a, b);
}

static Number fold_call(Function function, const Expr *a, const Expr *b)
{
    if (function == FUNCTION_SQRT) return number_sqrt(a->number);
    if (function == FUNCTION_MIN) return number_compare(b->number, a->number) < 0 ? b->number : a->number;
    if (function == FUNCTION_MAX) return number_compare(b->number, a->number) > 0 ? b->number : a->number;
    if (function == FUNCTION_ABS && a->number.exact) return a->number.value < 0 ? number_negate(a->number) : a->number;
    return number_real(function_evaluate(function, a->number.value, b ? b->number.value : 0));
}

const Expr *expr_call(Graph *graph, Function function, const Expr *a, const Expr *b)
{
    assert(function_arity(function) == 1 + (b != NULL));
    bool is_choice = function == FUNCTION_MIN || function == FUNCTION_MAX;
    if (function == FUNCTION_POW) return expr_power(graph, a, b);
    if (is_choice && a == b) return a;
    bool folds = is_constant(a) && (!b || is_constant(b));
    /* min and max would hide a NaN */
    if (is_choice && (is_nonfinite(a) || is_nonfinite(b))) folds = false;
    return folds ? expr_number(graph, fold_call(function, a, b)) : graph_call(graph, function, a, b);
}

static bool compare(ExprKind kind, Number a, Number b)
{
    switch (kind) {
    case EXPR_LT: return number_compare(a, b) < 0;
    case EXPR_LE: return number_compare(a, b) <= 0;
    case EXPR_EQ: return number_compare(a, b) == 0;
    default: return number_compare(a, b) != 0;
    }
}

/* The condition as a truth value; false when it is not constant. */
static bool constant_condition(bool *truth, const Expr *condition)
{
    if (condition->kind > EXPR_NE || is_nonfinite(condition)) return false;
    const Expr *a = condition->argument[0], *b = condition->argument[1];
    if (!is_constant(a) || !is_constant(b)) return false;
    *truth = compare(condition->kind, a->number, b->number);
    return true;
}

static const Expr *truth_node(Graph *graph, bool truth)
{
    const Expr *zero = expr_integer(graph, 0);
    return graph_node(graph, truth ? EXPR_EQ : EXPR_NE, zero, zero, NULL);
}

static const Expr *negate_condition(Graph *graph, const Expr *a)
{
    bool truth;
    if (constant_condition(&truth, a)) return truth_node(graph, !truth);
    if (a->kind == EXPR_NOT) return a->argument[0];
    /* The other comparisons have no negation that holds for NaN too. */
    if (a->kind == EXPR_EQ) return graph_node(graph, EXPR_NE, a->argument[0], a->argument[1], NULL);
    if (a->kind == EXPR_NE) return graph_node(graph, EXPR_EQ, a->argument[0], a->argument[1], NULL);
    return graph_node(graph, EXPR_NOT, a, NULL, NULL);
}

/* AND and OR: a constant operand decides or falls away. */
static const Expr *join_conditions(Graph *graph, ExprKind kind, const Expr *a, const Expr *b)
{
    bool truth;
    if (a == b) return a;
    if (constant_condition(&truth, a)) return truth == (kind == EXPR_AND) ? b : a;
    if (constant_condition(&truth, b)) return truth == (kind == EXPR_AND) ? a : b;
    return graph_node(graph, kind, a, b, NULL);
}

const Expr *expr_condition(Graph *graph, ExprKind kind, const Expr *a, const Expr *b)
{
    assert(kind >= EXPR_LT && kind <= EXPR_NOT);
    if (kind == EXPR_NOT) return negate_condition(graph, a);
    if (kind == EXPR_AND || kind == EXPR_OR) return join_conditions(graph, kind, a, b);
    return graph_node(graph, kind, a, b, NULL);
}

const Expr *expr_where(Graph *graph, const Expr *condition, const Expr *yes, const Expr *no)
{
    bool truth;
    assert(expr_is_condition(condition));
    if (constant_condition(&truth, condition)) return truth ? yes : no;
    if (yes == no && !is_nonfinite(condition)) return yes;
    return graph_node(graph, EXPR_WHERE, condition, yes, no);
}
