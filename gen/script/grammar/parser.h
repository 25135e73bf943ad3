/* SPDX-License-Identifier: MIT */
/* Inside of rewrite.h: the grammar of Lua 5.4 by recursive descent. What is
 * read is kept nowhere: each rule notes the changes it wants as it goes. */
#ifndef SCRIPT_GRAMMAR_PARSER_H
#define SCRIPT_GRAMMAR_PARSER_H

#include "script/grammar/edits.h"
#include "script/grammar/lexer.h"

/* The functions of logic.c that calls are made of. */
typedef enum Call {
    CALL_EQ,
    CALL_NE,
    CALL_LE,
    CALL_GE,
    CALL_LT,
    CALL_GT,
    CALL_NO,
    CALL_ALL,
    CALL_ALL_FIRST,
    CALL_ALL_NEXT,
    CALL_ANY,
    CALL_ANY_FIRST,
    CALL_ANY_NEXT,
    CALL_IF,
    CALL_ELSEIF,
    CALL_WHILE,
    CALL_UNTIL,
    CALL_INITIAL,
    CALL_LIMIT,
    CALL_STEP
} Call;

typedef struct Parser {
    Lexer lexer;
    Lexeme now, ahead;
    size_t last; /* end of the lexeme before `now` */
    int depth;
    int deep; /* the line where the text is nested too deep, or 0 */
    bool failed, too_many;
    int edits_most;
    Edits edits;
    unsigned long long names; /* the text has no name L and this number, or a larger one */
} Parser;

/* parser.c. After a failure everything looks like the end of the text. */
void parser_fail(Parser *parser);
void parser_next(Parser *parser);
bool parser_is(const Parser *parser, LexemeKind kind);
bool parser_accept(Parser *parser, LexemeKind kind); /* goes on when it is that kind */
void parser_want(Parser *parser, LexemeKind kind);   /* fails when it is not */
/* One level deeper; false after a failure. The caller takes it back from depth. */
bool parser_enter(Parser *parser);

/* Changes: `CALL(` before the offset; `, LINE)` behind the lexeme read last; a
 * lexeme that gives way to a comma (EDIT_COMMA) or to `CALL(`. */
void parser_open(Parser *parser, Call call, size_t at);
void parser_close(Parser *parser, int line);
void parser_replace(Parser *parser, const Lexeme *lexeme, int function);

/* What a suffixed expression is good for besides its value. */
typedef enum Suffixed { SUFFIXED_VARIABLE, SUFFIXED_CALL, SUFFIXED_VALUE } Suffixed;

/* expressions.c */
void parser_read_expression(Parser *parser);
void parser_read_list(Parser *parser);
void parser_read_function(Parser *parser); /* from ( to end */
Suffixed parser_read_suffixed(Parser *parser);

/* statements.c: statements up to a word that ends a block. */
void parser_read_block(Parser *parser);

#endif
