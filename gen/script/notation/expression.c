/* SPDX-License-Identifier: MIT */
/* Expressions of `equations` by operator precedence (V. R. Pratt, Top down
 * operator precedence, POPL 1973), from the loosest to the tightest:
 *
 *     or ||    and &&    not !    < <= > >= == !=    + -    * /    -x    ^ **
 *
 * ^ is grouped from the right and binds tighter than a sign before it: -x^2 is
 * -(x^2), 2^-x is 2^(-x). */
#include <string.h>

#include "script/notation/expression.h"
#include "script/lua/symbols.h"

enum Binding { BIND_NONE, BIND_OR, BIND_AND, BIND_NOT, BIND_COMPARE, BIND_SUM, BIND_PRODUCT, BIND_SIGN, BIND_POWER };

enum { DEPTH_MOST = 200, ARGUMENTS_MOST = 64 };

static const Expr *read_binding(ExpressionReader *reader, int binding);

/* Breaks inside of an expression mean nothing. */
static const Token *current(ExpressionReader *reader)
{
    static const Token end = { .kind = TOKEN_END, .text = "the end of the equation" };
    while (reader->at < reader->end && reader->tokens->items[reader->at].kind == TOKEN_BREAK) reader->at++;
    return reader->at < reader->end ? &reader->tokens->items[reader->at] : &end;
}

static Source source_here(const ExpressionReader *reader)
{
    int at = reader->at < reader->end ? reader->at : reader->end - 1;
    return reader->tokens->items[at].source;
}

static const Expr *stand_in(ExpressionReader *reader)
{
    return symbol_stand_in(reader->L, "?");
}

/* After a mistake nothing more is read of this expression. */
static const Expr *give_up(ExpressionReader *reader)
{
    reader->at = reader->end;
    reader->failed = true;
    return stand_in(reader);
}

static const Expr *want_number(ExpressionReader *reader, const Expr *expr, Source source)
{
    if (!expr_is_condition(expr)) return expr;
    diag_error(source, "a condition stands where a number is needed: where(condition, 1, 0)");
    return stand_in(reader);
}

/* NULL for a stand-in. */
static const Expr *want_condition(const Expr *expr, Source source)
{
    if (expr_is_condition(expr)) return expr;
    if (!symbol_is_stand_in(expr)) diag_error(source, "a number stands where a condition is needed, such as x < 1");
    return NULL;
}

static bool accept(ExpressionReader *reader, TokenKind kind)
{
    if (current(reader)->kind != kind) return false;
    reader->at++;
    return true;
}

static int read_arguments(const Expr **arguments, ExpressionReader *reader)
{
    int count = 0;
    if (current(reader)->kind == TOKEN_CLOSE) return 0;
    do {
        const Expr *argument = read_binding(reader, BIND_NONE);
        if (count < ARGUMENTS_MOST) arguments[count++] = argument;
    } while (accept(reader, TOKEN_COMMA));
    return count;
}

static const Expr *read_close(ExpressionReader *reader, const Token *open, const Expr *inner)
{
    if (accept(reader, TOKEN_CLOSE)) return inner;
    if (reader->failed) return stand_in(reader);
    if (reader->at < reader->end)
        diag_error(source_here(reader), "')' expected before '%s'", current(reader)->text);
    else
        diag_error(open->source, "this '(' is never closed");
    return give_up(reader);
}

static const Expr *read_name(ExpressionReader *reader)
{
    const Expr *arguments[ARGUMENTS_MOST];
    const char *base;
    const Token *name = current(reader);
    if (reader->at + 1 < reader->end && name[1].kind == TOKEN_OPEN) {
        const Token *open = &name[1];
        reader->at += 2;
        int count = read_arguments(arguments, reader);
        const Expr *closed = read_close(reader, open, NULL);
        return closed ? closed : expression_call(reader, name, arguments, count);
    }
    const char *full = notation_name(&base, reader->arena, reader->tokens, &reader->at);
    if (!full || reader->at > reader->end) return give_up(reader);
    if (accept(reader, TOKEN_PRIME)) return reader->lookup_derivative(reader->context, full, base, name);
    return reader->lookup(reader->context, full, base, name);
}

static const Expr *read_number(ExpressionReader *reader)
{
    Number number;
    const char *why = "";
    const Token *token = current(reader);
    reader->at++;
    if (number_parse(&number, token->text, &why)) return expr_number(reader->graph, number);
    diag_error(token->source, "'%s' is no number: %s", token->text, why);
    return stand_in(reader);
}

static const Expr *read_not(ExpressionReader *reader, Source source)
{
    const Expr *operand = want_condition(read_binding(reader, BIND_NOT), source);
    return operand ? expr_condition(reader->graph, EXPR_NOT, operand, NULL) : stand_in(reader);
}

/* What can begin an operand. */
static const Expr *read_operand(ExpressionReader *reader)
{
    const Token *token = current(reader);
    switch (token->kind) {
    case TOKEN_NUMBER: return read_number(reader);
    case TOKEN_NAME: return read_name(reader);
    case TOKEN_OPEN: reader->at++; return read_close(reader, token, read_binding(reader, BIND_NONE));
    case TOKEN_NOT: reader->at++; return read_not(reader, token->source);
    case TOKEN_PLUS:
    case TOKEN_MINUS: {
        reader->at++;
        const Expr *operand = want_number(reader, read_binding(reader, BIND_SIGN), token->source);
        return token->kind == TOKEN_PLUS ? operand : expr_negate(reader->graph, operand);
    }
    default:
        if (reader->failed) return stand_in(reader);
        diag_error(source_here(reader), "a number, a name or '(' expected before %s%s%s",
                   token->kind == TOKEN_END ? "" : "'", token->text, token->kind == TOKEN_END ? "" : "'");
        return give_up(reader);
    }
}

static int binding_of(TokenKind kind)
{
    switch (kind) {
    case TOKEN_OR: return BIND_OR;
    case TOKEN_AND: return BIND_AND;
    case TOKEN_LT:
    case TOKEN_LE:
    case TOKEN_GT:
    case TOKEN_GE:
    case TOKEN_EQ:
    case TOKEN_NE: return BIND_COMPARE;
    case TOKEN_PLUS:
    case TOKEN_MINUS: return BIND_SUM;
    case TOKEN_TIMES:
    case TOKEN_OVER: return BIND_PRODUCT;
    case TOKEN_POWER: return BIND_POWER;
    default: return BIND_NONE;
    }
}

static const Expr *join_conditions(ExpressionReader *reader, const Token *sign, const Expr *left, const Expr *right)
{
    ExprKind kind = sign->kind == TOKEN_AND ? EXPR_AND : EXPR_OR;
    const Expr *a = want_condition(left, sign->source), *b = want_condition(right, sign->source);
    return a && b ? expr_condition(reader->graph, kind, a, b) : stand_in(reader);
}

static const Expr *compare(ExpressionReader *reader, const Token *sign, const Expr *left, const Expr *right)
{
    Comparison comparison = (Comparison)(COMPARE_LT + (int)(sign->kind - TOKEN_LT));
    if (expr_is_condition(left)) {
        diag_error(sign->source, "comparisons do not chain; write a < b && b < c");
        return stand_in(reader);
    }
    return symbol_compare(reader->graph, comparison, left, want_number(reader, right, sign->source));
}

static const Expr *combine(ExpressionReader *reader, const Token *sign, const Expr *left, const Expr *right)
{
    Graph *graph = reader->graph;
    int binding = binding_of(sign->kind);
    if (binding == BIND_AND || binding == BIND_OR) return join_conditions(reader, sign, left, right);
    if (binding == BIND_COMPARE) return compare(reader, sign, left, right);
    left = want_number(reader, left, sign->source);
    right = want_number(reader, right, sign->source);
    switch (sign->kind) {
    case TOKEN_PLUS: return expr_add(graph, left, right);
    case TOKEN_MINUS: return expr_subtract(graph, left, right);
    case TOKEN_TIMES: return expr_multiply(graph, left, right);
    case TOKEN_OVER: return expr_divide(graph, left, right);
    default: return expr_power(graph, left, right);
    }
}

/* Operators that bind tighter than `binding`. */
static const Expr *read_binding(ExpressionReader *reader, int binding)
{
    if (++reader->depth > DEPTH_MOST) {
        diag_error(source_here(reader), "brackets are nested more than %d deep", DEPTH_MOST);
        reader->depth--;
        return give_up(reader);
    }
    const Expr *left = read_operand(reader);
    for (;;) {
        const Token *sign = current(reader);
        int next = binding_of(sign->kind);
        if (next == BIND_NONE || next <= binding) break;
        reader->at++;
        /* The exponent may have a sign and is grouped from the right. */
        const Expr *right = read_binding(reader, next == BIND_POWER ? BIND_POWER - 1 : next);
        left = combine(reader, sign, left, right);
    }
    reader->depth--;
    return left;
}

static void report_rest(ExpressionReader *reader)
{
    const Token *rest = current(reader);
    if (rest->kind == TOKEN_ASSIGN)
        diag_error(rest->source, "a second '=' in one equation; a comparison is written '=='");
    else if (rest->kind == TOKEN_CLOSE)
        diag_error(rest->source, "this ')' closes nothing");
    else if (rest->kind == TOKEN_NAME || rest->kind == TOKEN_NUMBER || rest->kind == TOKEN_OPEN)
        diag_error(rest->source, "an operator is missing before '%s'", rest->text);
    else
        diag_error(rest->source, "'%s' is not expected here", rest->text);
}

const Expr *expression_read(ExpressionReader *reader)
{
    int first = reader->at;
    const Expr *expr = read_binding(reader, BIND_NONE);
    if (current(reader)->kind == TOKEN_END)
        return reader->takes_condition ? expr : want_number(reader, expr, reader->tokens->items[first].source);
    report_rest(reader);
    return give_up(reader);
}
