/* SPDX-License-Identifier: MIT */
/* The text of equations split into tokens. */
#include <ctype.h>
#include <string.h>

#include "base/intern.h"
#include "script/notation/notation.h"

typedef struct Lexer {
    Arena *arena;
    const char *text, *at;
    TextPlace place;
    Source here; /* of `at` */
    TokenList tokens;
} Lexer;

typedef struct Spelling {
    const char *text;
    TokenKind kind;
} Spelling;

/* Longer ones first. Signs that papers print and that survive copying are read
 * as what they mean. */
static const Spelling spellings[] = {
    { "**", TOKEN_POWER },
    { "<=", TOKEN_LE },
    { ">=", TOKEN_GE },
    { "==", TOKEN_EQ },
    { "!=", TOKEN_NE },
    { "~=", TOKEN_NE },
    { "&&", TOKEN_AND },
    { "||", TOKEN_OR },
    { "+", TOKEN_PLUS },
    { "-", TOKEN_MINUS },
    { "*", TOKEN_TIMES },
    { "/", TOKEN_OVER },
    { "^", TOKEN_POWER },
    { "<", TOKEN_LT },
    { ">", TOKEN_GT },
    { "!", TOKEN_NOT },
    { "(", TOKEN_OPEN },
    { ")", TOKEN_CLOSE },
    { "[", TOKEN_OPEN_INDEX },
    { "]", TOKEN_CLOSE_INDEX },
    { ",", TOKEN_COMMA },
    { "=", TOKEN_ASSIGN },
    { "'", TOKEN_PRIME },
    { ".", TOKEN_DOT },
    { ";", TOKEN_BREAK },
    { "\n", TOKEN_BREAK },
    { "\xE2\x88\x92", TOKEN_MINUS }, /* U+2212 minus sign */
    { "\xC2\xB7", TOKEN_TIMES },     /* U+00B7 middle dot */
    { "\xE2\x8B\x85", TOKEN_TIMES }, /* U+22C5 dot operator */
    { "\xC3\x97", TOKEN_TIMES },     /* U+00D7 multiplication sign */
    { "\xE2\x89\xA4", TOKEN_LE },
    { "\xE2\x89\xA5", TOKEN_GE },
    { "\xE2\x89\xA0", TOKEN_NE },
    { "\xE2\x80\xB2", TOKEN_PRIME }, /* U+2032 prime */
    { "\xE2\x80\x99", TOKEN_PRIME }, /* U+2019 right quotation mark */
};

static const Spelling words[] = { { "and", TOKEN_AND }, { "or", TOKEN_OR }, { "not", TOKEN_NOT } };

/* Columns count characters, not bytes of UTF-8. */
static void advance(Lexer *lexer, size_t length)
{
    for (; length; length--, lexer->at++) {
        if (!lexer->place.columns) continue;
        if (*lexer->at == '\n') {
            lexer->here.line++;
            lexer->here.column = 1;
        } else if (((unsigned char)*lexer->at & 0xC0) != 0x80) {
            lexer->here.column++;
        }
    }
}

static void add(Lexer *lexer, TokenKind kind, size_t length)
{
    Token *token = array_push(lexer->arena, &lexer->tokens);
    const char *text = *lexer->at == '\n' ? "the end of the line" : lexer->at;
    *token = (Token){ kind, *lexer->at == '\n' ? text : intern_bytes(lexer->at, length), (int)(lexer->at - lexer->text),
                      (int)length, lexer->here };
    advance(lexer, length);
}

static size_t word_length(const char *text)
{
    size_t length = 0;
    while (isalnum((unsigned char)text[length]) || text[length] == '_') length++;
    return length;
}

static size_t number_length(const char *text)
{
    size_t length = strspn(text, "0123456789");
    if (text[length] == '.') length += 1 + strspn(text + length + 1, "0123456789");
    size_t sign = text[length] == 'e' || text[length] == 'E' ? 1 : 0;
    if (sign && (text[length + 1] == '+' || text[length + 1] == '-')) sign++;
    size_t digits = sign ? strspn(text + length + sign, "0123456789") : 0;
    return digits ? length + sign + digits : length;
}

static void add_number(Lexer *lexer)
{
    size_t length = number_length(lexer->at), letters = word_length(lexer->at + length);
    if (letters)
        diag_error(lexer->here, "'%.*s': a '*' may be missing between the number and the name", (int)(length + letters),
                   lexer->at);
    add(lexer, TOKEN_NUMBER, length);
    if (letters) add(lexer, TOKEN_TIMES, 0);
}

static void add_word(Lexer *lexer)
{
    size_t length = word_length(lexer->at);
    TokenKind kind = TOKEN_NAME;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strlen(words[i].text) == length && !strncmp(words[i].text, lexer->at, length)) kind = words[i].kind;
    add(lexer, kind, length);
}

static const Spelling *find_spelling(const char *at)
{
    for (size_t i = 0; i < sizeof spellings / sizeof *spellings; i++)
        if (!strncmp(spellings[i].text, at, strlen(spellings[i].text))) return &spellings[i];
    return NULL;
}

/* A whole character of UTF-8. */
static size_t character_length(const char *at)
{
    size_t length = 1;
    while (((unsigned char)at[length] & 0xC0) == 0x80) length++;
    return length;
}

static void report_stray(Lexer *lexer)
{
    size_t length = character_length(lexer->at);
    unsigned char c = (unsigned char)*lexer->at;
    if (c == '%')
        diag_error(lexer->here, "'%%' does not work here; write x - y*floor(x/y), and # for a comment");
    else if (c < ' ' || c == 127)
        diag_error(lexer->here, "a control character, 0x%02x, is no part of an equation", c);
    else if (c < 128)
        diag_error(lexer->here, "'%c' is no part of an equation", c);
    else
        diag_error(lexer->here, "'%.*s': names have letters a to z and A to Z, digits and _ only", (int)length,
                   lexer->at);
    advance(lexer, length);
}

static void add_next(Lexer *lexer)
{
    const char *at = lexer->at;
    const Spelling *spelling = find_spelling(at);
    if (*at == '#' || !strncmp(at, "--", 2))
        advance(lexer, strcspn(at, "\n"));
    else if (isdigit((unsigned char)*at) || (*at == '.' && isdigit((unsigned char)at[1])))
        add_number(lexer);
    else if (word_length(at))
        add_word(lexer);
    else if (spelling)
        add(lexer, spelling->kind, strlen(spelling->text));
    else if (strchr(" \t", *at))
        advance(lexer, 1);
    else if (!strncmp(at, "\xC2\xA0", 2))
        advance(lexer, 2); /* U+00A0, a blank */
    else
        report_stray(lexer);
}

TokenList notation_tokens(Arena *arena, const char *text, TextPlace place)
{
    Lexer lexer = { arena, text, text, place, place.first, { 0 } };
    while (*lexer.at) add_next(&lexer);
    *array_push(arena, &lexer.tokens) =
        (Token){ TOKEN_END, "the end of the equations", (int)(lexer.at - text), 0, lexer.here };
    return lexer.tokens;
}
