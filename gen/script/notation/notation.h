/* SPDX-License-Identifier: MIT */
/* The plain notation of `equations [[ ... ]]`, as far as no name has a meaning
 * yet: tokens, and the statements they form. No Lua here.
 *
 * Statements are assignments, one to a line or with ; between them. A line goes
 * on when a bracket is open, when it ends with an operator or when the next one
 * begins with one. # and -- begin comments. Left sides:
 *
 *     name =     dx =     x' =     dx/dt =     d(x)/dt =     ddt.x =
 *
 * where x may be an element, u[3]. What `dx =` means depends on the declared
 * names; all others but the first are derivatives. */
#ifndef SCRIPT_NOTATION_H
#define SCRIPT_NOTATION_H

#include <stdbool.h>

#include "base/array.h"
#include "base/diag.h"
#include "base/text.h"

typedef enum TokenKind {
    TOKEN_NUMBER,
    TOKEN_NAME,
    TOKEN_PLUS,
    TOKEN_MINUS,
    TOKEN_TIMES,
    TOKEN_OVER,
    TOKEN_POWER,
    TOKEN_LT,
    TOKEN_LE,
    TOKEN_GT,
    TOKEN_GE,
    TOKEN_EQ,
    TOKEN_NE,
    TOKEN_AND,
    TOKEN_OR,
    TOKEN_NOT,
    TOKEN_OPEN,
    TOKEN_CLOSE,
    TOKEN_OPEN_INDEX,
    TOKEN_CLOSE_INDEX,
    TOKEN_COMMA,
    TOKEN_ASSIGN,
    TOKEN_PRIME,
    TOKEN_DOT,
    TOKEN_BREAK, /* end of a line, or ; */
    TOKEN_END
} TokenKind;

typedef struct Token {
    TokenKind kind;
    const char *text;   /* interned; of numbers and names, else as written */
    int offset, length; /* in the text */
    Source source;
} Token;
typedef ARRAY(Token) TokenList;

typedef struct Statement {
    bool derivative;  /* the left side says so: x', dx/dt, d(x)/dt, ddt.x */
    const char *name; /* interned: assigned, or whose derivative it is; "u[3]" */
    const char *base; /* interned: the name without its index */
    int first, end;   /* tokens of the right side: first .. end - 1 */
    int start, stop;  /* offsets of the whole statement in the text */
    Source source;
} Statement;
typedef ARRAY(Statement) StatementList;

/* Where a text stands: `first` is the place of its first character; with
 * columns false, every token gets that place (the text was made by a program). */
typedef struct TextPlace {
    Source first;
    bool columns;
} TextPlace;

/* Both report every mistake and leave out what they cannot read. The list of
 * tokens ends with TOKEN_END. */
TokenList notation_tokens(Arena *arena, const char *text, TextPlace place);
StatementList notation_statements(Arena *arena, const TokenList *tokens);

/* "u[3]" at position *at of the tokens (a TOKEN_NAME), interned; moves *at
 * behind it. `base` gets "u". NULL after a report. */
const char *notation_name(const char **base, Arena *arena, const TokenList *tokens, int *at);

/* Cuts the text of an equation, which is to stand in a comment, to a length
 * that a reader takes in. */
void notation_shorten(Text *line);

/* The statement without comments, on one line, shortened. */
const char *notation_line(Arena *arena, const char *text, const Statement *statement);

#endif
