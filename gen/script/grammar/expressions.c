/* SPDX-License-Identifier: MIT */
/* Expressions by operator precedence, with Lua's bindings: or, and, comparisons,
 * |, ~, &, shifts, .., sums, products, signs, ^, from the loosest to the
 * tightest; .. and ^ are grouped from the right. */
#include "script/grammar/parser.h"

enum { SIGN_BINDING = 12 };

/* An operator: how tight it binds what is to its left and to its right. */
typedef struct Binding {
    int left, right;
} Binding;

static void read_expression(Parser *parser, int limit);

void parser_read_list(Parser *parser)
{
    do parser_read_expression(parser);
    while (parser_accept(parser, LEX_COMMA));
}

static void read_field(Parser *parser)
{
    if (parser_accept(parser, LEX_OPEN_INDEX)) {
        parser_read_expression(parser);
        parser_want(parser, LEX_CLOSE_INDEX);
        parser_want(parser, LEX_ASSIGN);
    } else if (parser_is(parser, LEX_NAME) && parser->ahead.kind == LEX_ASSIGN) {
        parser_next(parser);
        parser_next(parser);
    }
    parser_read_expression(parser);
}

static void read_table(Parser *parser)
{
    parser_want(parser, LEX_OPEN_TABLE);
    while (!parser_is(parser, LEX_CLOSE_TABLE) && !parser->failed) {
        read_field(parser);
        if (!parser_accept(parser, LEX_COMMA) && !parser_accept(parser, LEX_SEMICOLON)) break;
    }
    parser_want(parser, LEX_CLOSE_TABLE);
}

void parser_read_function(Parser *parser)
{
    parser_want(parser, LEX_OPEN);
    if (!parser_is(parser, LEX_CLOSE)) {
        do
            if (parser_accept(parser, LEX_DOTS))
                break;
            else
                parser_want(parser, LEX_NAME);
        while (parser_accept(parser, LEX_COMMA));
    }
    parser_want(parser, LEX_CLOSE);
    parser_read_block(parser);
    parser_want(parser, LEX_END_WORD);
}

static void read_arguments(Parser *parser)
{
    if (parser_is(parser, LEX_OPEN_TABLE)) {
        read_table(parser);
    } else if (!parser_accept(parser, LEX_STRING)) {
        parser_want(parser, LEX_OPEN);
        if (!parser_is(parser, LEX_CLOSE)) parser_read_list(parser);
        parser_want(parser, LEX_CLOSE);
    }
}

/* One more .name, [index], :name(...) or (...); false when none follows. */
static bool read_suffix(Suffixed *what, Parser *parser)
{
    *what = SUFFIXED_VARIABLE;
    switch (parser->now.kind) {
    case LEX_DOT:
        parser_next(parser);
        parser_want(parser, LEX_NAME);
        return true;
    case LEX_OPEN_INDEX:
        parser_next(parser);
        parser_read_expression(parser);
        parser_want(parser, LEX_CLOSE_INDEX);
        return true;
    case LEX_COLON:
        parser_next(parser);
        parser_want(parser, LEX_NAME);
        break;
    case LEX_OPEN:
    case LEX_OPEN_TABLE:
    case LEX_STRING: break;
    default: return false;
    }
    *what = SUFFIXED_CALL;
    read_arguments(parser);
    return true;
}

Suffixed parser_read_suffixed(Parser *parser)
{
    Suffixed what = SUFFIXED_VARIABLE, after;
    if (parser_accept(parser, LEX_OPEN)) {
        parser_read_expression(parser);
        parser_want(parser, LEX_CLOSE);
        what = SUFFIXED_VALUE;
    } else {
        parser_want(parser, LEX_NAME);
    }
    while (read_suffix(&after, parser)) what = after;
    return what;
}

static void read_simple(Parser *parser)
{
    switch (parser->now.kind) {
    case LEX_NUMERAL:
    case LEX_STRING:
    case LEX_NIL:
    case LEX_TRUE:
    case LEX_FALSE:
    case LEX_DOTS: parser_next(parser); break;
    case LEX_OPEN_TABLE: read_table(parser); break;
    case LEX_FUNCTION:
        parser_next(parser);
        parser_read_function(parser);
        break;
    default: parser_read_suffixed(parser);
    }
}

static Binding binding_of(LexemeKind kind)
{
    switch (kind) {
    case LEX_OR: return (Binding){ 1, 1 };
    case LEX_AND: return (Binding){ 2, 2 };
    case LEX_LT:
    case LEX_GT:
    case LEX_LE:
    case LEX_GE:
    case LEX_NE:
    case LEX_EQ: return (Binding){ 3, 3 };
    case LEX_BIT_OR: return (Binding){ 4, 4 };
    case LEX_TILDE: return (Binding){ 5, 5 };
    case LEX_BIT_AND: return (Binding){ 6, 6 };
    case LEX_SHL:
    case LEX_SHR: return (Binding){ 7, 7 };
    case LEX_CONCAT: return (Binding){ 9, 8 };
    case LEX_PLUS:
    case LEX_MINUS: return (Binding){ 10, 10 };
    case LEX_TIMES:
    case LEX_OVER:
    case LEX_IDIV:
    case LEX_MOD: return (Binding){ 11, 11 };
    case LEX_POWER: return (Binding){ 14, 13 };
    default: return (Binding){ 0, 0 };
    }
}

static Call comparison_of(LexemeKind kind)
{
    switch (kind) {
    case LEX_LT: return CALL_LT;
    case LEX_GT: return CALL_GT;
    case LEX_LE: return CALL_LE;
    case LEX_GE: return CALL_GE;
    case LEX_EQ: return CALL_EQ;
    default: return CALL_NE;
    }
}

static void read_comparison(Parser *parser, size_t start)
{
    Lexeme sign = parser->now;
    parser_next(parser);
    read_expression(parser, binding_of(sign.kind).right);
    parser_open(parser, comparison_of(sign.kind), start);
    parser_replace(parser, &sign, EDIT_COMMA);
    parser_close(parser, sign.line);
}

/* a and b and c: one call around all of them, so that long chains stay flat. */
static void read_chain(Parser *parser, size_t start)
{
    LexemeKind kind = parser->now.kind;
    Call all = kind == LEX_AND ? CALL_ALL : CALL_ANY;
    parser_open(parser, all + 1, start);
    parser_close(parser, parser->now.line);
    parser_open(parser, all, start);
    while (parser_is(parser, kind)) {
        int line = parser->now.line;
        parser_next(parser);
        size_t operand = parser->now.start;
        read_expression(parser, binding_of(kind).right);
        if (parser_is(parser, kind)) {
            parser_open(parser, all + 2, operand);
            parser_close(parser, parser->now.line);
        } else {
            parser_close(parser, line);
        }
    }
}

static void read_sign_or_simple(Parser *parser)
{
    Lexeme sign = parser->now;
    if (!parser_is(parser, LEX_NOT) && !parser_is(parser, LEX_MINUS) && !parser_is(parser, LEX_TILDE) &&
        !parser_is(parser, LEX_LENGTH)) {
        read_simple(parser);
        return;
    }
    parser_next(parser);
    read_expression(parser, SIGN_BINDING);
    if (sign.kind != LEX_NOT) return;
    parser_replace(parser, &sign, CALL_NO);
    parser_close(parser, sign.line);
}

/* Operators that bind tighter than `limit`. */
static void read_expression(Parser *parser, int limit)
{
    size_t start = parser->now.start;
    if (!parser_enter(parser)) return;
    read_sign_or_simple(parser);
    while (binding_of(parser->now.kind).left > limit) {
        Binding binding = binding_of(parser->now.kind);
        if (binding.left < 3) {
            read_chain(parser, start);
        } else if (binding.left == 3) {
            read_comparison(parser, start);
        } else {
            parser_next(parser);
            read_expression(parser, binding.right);
        }
    }
    parser->depth--;
}

void parser_read_expression(Parser *parser)
{
    read_expression(parser, 0);
}
