/* SPDX-License-Identifier: MIT */
/* Statements. */
#include "script/grammar/parser.h"

static void read_wrapped(Parser *parser, Call call)
{
    Lexeme first = parser->now;
    parser_read_expression(parser);
    parser_open(parser, call, first.start);
    parser_close(parser, first.line);
}

static void read_if(Parser *parser)
{
    Call call = CALL_IF;
    do {
        parser_next(parser);
        read_wrapped(parser, call);
        parser_want(parser, LEX_THEN);
        parser_read_block(parser);
        call = CALL_ELSEIF;
    } while (parser_is(parser, LEX_ELSEIF));
    if (parser_accept(parser, LEX_ELSE)) parser_read_block(parser);
    parser_want(parser, LEX_END_WORD);
}

static void read_body(Parser *parser)
{
    parser_want(parser, LEX_DO);
    parser_read_block(parser);
    parser_want(parser, LEX_END_WORD);
}

static void read_for(Parser *parser)
{
    parser_want(parser, LEX_NAME);
    if (parser_accept(parser, LEX_ASSIGN)) {
        read_wrapped(parser, CALL_INITIAL);
        parser_want(parser, LEX_COMMA);
        read_wrapped(parser, CALL_LIMIT);
        if (parser_accept(parser, LEX_COMMA)) read_wrapped(parser, CALL_STEP);
    } else {
        while (parser_accept(parser, LEX_COMMA)) parser_want(parser, LEX_NAME);
        parser_want(parser, LEX_IN);
        parser_read_list(parser);
    }
    read_body(parser);
}

static void read_function_statement(Parser *parser)
{
    parser_want(parser, LEX_NAME);
    while (parser_accept(parser, LEX_DOT)) parser_want(parser, LEX_NAME);
    if (parser_accept(parser, LEX_COLON)) parser_want(parser, LEX_NAME);
    parser_read_function(parser);
}

/* NAME [< const | close >] {, ...} [= ...] */
static void read_local(Parser *parser)
{
    if (parser_accept(parser, LEX_FUNCTION)) {
        parser_want(parser, LEX_NAME);
        parser_read_function(parser);
        return;
    }
    do {
        parser_want(parser, LEX_NAME);
        if (!parser_accept(parser, LEX_LT)) continue;
        parser_want(parser, LEX_NAME);
        parser_want(parser, LEX_GT);
    } while (parser_accept(parser, LEX_COMMA));
    if (parser_accept(parser, LEX_ASSIGN)) parser_read_list(parser);
}

/* A call, or an assignment. */
static void read_plain(Parser *parser)
{
    Suffixed what = parser_read_suffixed(parser);
    if (!parser_is(parser, LEX_ASSIGN) && !parser_is(parser, LEX_COMMA)) {
        if (what != SUFFIXED_CALL) parser_fail(parser);
        return;
    }
    while (what == SUFFIXED_VARIABLE && parser_accept(parser, LEX_COMMA)) what = parser_read_suffixed(parser);
    if (what != SUFFIXED_VARIABLE) parser_fail(parser);
    parser_want(parser, LEX_ASSIGN);
    parser_read_list(parser);
}

static bool ends_block(const Parser *parser)
{
    return parser_is(parser, LEX_END) || parser_is(parser, LEX_END_WORD) || parser_is(parser, LEX_ELSE) ||
           parser_is(parser, LEX_ELSEIF) || parser_is(parser, LEX_UNTIL);
}

static void read_return(Parser *parser)
{
    if (!ends_block(parser) && !parser_is(parser, LEX_SEMICOLON)) parser_read_list(parser);
    parser_accept(parser, LEX_SEMICOLON);
}

static void read_repeat(Parser *parser)
{
    parser_read_block(parser);
    parser_want(parser, LEX_UNTIL);
    read_wrapped(parser, CALL_UNTIL);
}

static void read_statement(Parser *parser)
{
    if (parser_accept(parser, LEX_SEMICOLON) || parser_accept(parser, LEX_BREAK)) return;
    if (parser_is(parser, LEX_IF))
        read_if(parser);
    else if (parser_accept(parser, LEX_WHILE))
        read_wrapped(parser, CALL_WHILE), read_body(parser);
    else if (parser_is(parser, LEX_DO))
        read_body(parser);
    else if (parser_accept(parser, LEX_FOR))
        read_for(parser);
    else if (parser_accept(parser, LEX_REPEAT))
        read_repeat(parser);
    else if (parser_accept(parser, LEX_FUNCTION))
        read_function_statement(parser);
    else if (parser_accept(parser, LEX_LOCAL))
        read_local(parser);
    else if (parser_accept(parser, LEX_LABEL))
        parser_want(parser, LEX_NAME), parser_want(parser, LEX_LABEL);
    else if (parser_accept(parser, LEX_GOTO))
        parser_want(parser, LEX_NAME);
    else
        read_plain(parser);
}

void parser_read_block(Parser *parser)
{
    if (!parser_enter(parser)) return;
    while (!ends_block(parser)) {
        if (parser_accept(parser, LEX_RETURN)) {
            read_return(parser);
            if (!ends_block(parser)) parser_fail(parser);
            break;
        }
        read_statement(parser);
    }
    parser->depth--;
}
