/* SPDX-License-Identifier: MIT */
/* The words of Lua 5.4's text (reference manual, section 3.1), with the place of
 * each. What a string or a numeral is worth is Lua's own business: only where
 * they end is needed here. */
#ifndef SCRIPT_GRAMMAR_LEXER_H
#define SCRIPT_GRAMMAR_LEXER_H

#include <stdbool.h>
#include <stddef.h>

typedef enum LexemeKind {
    LEX_END, /* of the text */
    LEX_BAD, /* nothing that Lua knows; the text is read no further */
    LEX_NAME,
    LEX_NUMERAL,
    LEX_STRING,
    /* Words, in the order of the alphabet. */
    LEX_AND,
    LEX_BREAK,
    LEX_DO,
    LEX_ELSE,
    LEX_ELSEIF,
    LEX_END_WORD,
    LEX_FALSE,
    LEX_FOR,
    LEX_FUNCTION,
    LEX_GOTO,
    LEX_IF,
    LEX_IN,
    LEX_LOCAL,
    LEX_NIL,
    LEX_NOT,
    LEX_OR,
    LEX_REPEAT,
    LEX_RETURN,
    LEX_THEN,
    LEX_TRUE,
    LEX_UNTIL,
    LEX_WHILE,
    /* Signs, longer ones first. */
    LEX_DOTS,
    LEX_IDIV,
    LEX_CONCAT,
    LEX_EQ,
    LEX_NE,
    LEX_LE,
    LEX_GE,
    LEX_SHL,
    LEX_SHR,
    LEX_LABEL,
    LEX_PLUS,
    LEX_MINUS,
    LEX_TIMES,
    LEX_OVER,
    LEX_MOD,
    LEX_POWER,
    LEX_LENGTH,
    LEX_BIT_AND,
    LEX_TILDE,
    LEX_BIT_OR,
    LEX_LT,
    LEX_GT,
    LEX_ASSIGN,
    LEX_OPEN,
    LEX_CLOSE,
    LEX_OPEN_TABLE,
    LEX_CLOSE_TABLE,
    LEX_OPEN_INDEX,
    LEX_CLOSE_INDEX,
    LEX_SEMICOLON,
    LEX_COLON,
    LEX_COMMA,
    LEX_DOT
} LexemeKind;

typedef struct Lexeme {
    LexemeKind kind;
    size_t start, end; /* offsets in the text */
    int line;          /* of its first character, from 1 */
} Lexeme;

typedef struct Lexer {
    const char *text; /* terminated; line breaks are \n */
    size_t length, at;
    int line;
} Lexer;

Lexer lexer_open(const char *text, size_t length);

/* The next one; at the end, and after LEX_BAD, always LEX_END. */
Lexeme lexer_next(Lexer *lexer);

#endif
