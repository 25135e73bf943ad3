/* SPDX-License-Identifier: MIT */
#include "script/grammar/lexer.h"

#include <string.h>

static const char *const words[] = { "and",      "break",  "do",   "else", "elseif", "end",  "false", "for",
                                     "function", "goto",   "if",   "in",   "local",  "nil",  "not",   "or",
                                     "repeat",   "return", "then", "true", "until",  "while" };
enum { WORDS = sizeof words / sizeof *words };
_Static_assert(LEX_AND + WORDS == LEX_DOTS, "one kind for each word");

static const char *const signs[] = { "...", "//", "..", "==", "~=", "<=", ">=", "<<", ">>", "::", "+",
                                     "-",   "*",  "/",  "%",  "^",  "#",  "&",  "~",  "|",  "<",  ">",
                                     "=",   "(",  ")",  "{",  "}",  "[",  "]",  ";",  ":",  ",",  "." };
enum { SIGNS = sizeof signs / sizeof *signs };
_Static_assert(LEX_DOTS + SIGNS - 1 == LEX_DOT, "one kind for each sign");

Lexer lexer_open(const char *text, size_t length)
{
    return (Lexer){ text, length, 0, 1 };
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_hexadecimal(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static bool is_one_of(char c, const char *set)
{
    return c && strchr(set, c);
}

static const char *here(const Lexer *lexer)
{
    return lexer->text + lexer->at;
}

static void advance(Lexer *lexer)
{
    lexer->line += lexer->text[lexer->at++] == '\n';
}

/* The number of = in the long bracket that opens here, or -1. */
static int long_level(const Lexer *lexer)
{
    const char *at = here(lexer);
    size_t level = *at == '[' ? strspn(at + 1, "=") : 0;
    return *at == '[' && at[1 + level] == '[' ? (int)level : -1;
}

/* From [==[ behind ]==]; false when it is never closed. */
static bool skip_long(Lexer *lexer, int level)
{
    size_t size = (size_t)level;
    lexer->at += size + 2;
    for (; lexer->at < lexer->length; advance(lexer)) {
        const char *at = here(lexer);
        if (*at != ']' || strspn(at + 1, "=") != size || at[1 + size] != ']') continue;
        lexer->at += size + 2;
        return true;
    }
    return false;
}

/* A backslash: \z takes all blanks behind it, others one character. */
static void skip_escape(Lexer *lexer)
{
    bool blanks = lexer->text[lexer->at + 1] == 'z';
    lexer->at++;
    if (lexer->at < lexer->length) advance(lexer);
    while (blanks && is_one_of(*here(lexer), " \f\n\r\t\v")) advance(lexer);
}

static bool skip_string(Lexer *lexer)
{
    char quote = lexer->text[lexer->at++];
    while (lexer->at < lexer->length && *here(lexer) != quote) {
        if (*here(lexer) == '\n') return false;
        if (*here(lexer) == '\\')
            skip_escape(lexer);
        else
            lexer->at++;
    }
    if (lexer->at >= lexer->length) return false;
    lexer->at++;
    return true;
}

/* As liberal as Lua is before it looks at the value. */
static bool skip_numeral(Lexer *lexer)
{
    const char *at = here(lexer), *exponent = "eE";
    if (*at == '0' && is_one_of(at[1], "xX")) exponent = "pP", at += 2;
    for (;; at++) {
        if (is_one_of(*at, exponent))
            at += is_one_of(at[1], "+-");
        else if (!is_hexadecimal(*at) && *at != '.')
            break;
    }
    lexer->at = (size_t)(at - lexer->text);
    return !is_letter(*at);
}

static LexemeKind read_name(Lexer *lexer)
{
    const char *start = here(lexer);
    while (is_letter(*here(lexer)) || is_digit(*here(lexer))) lexer->at++;
    size_t length = (size_t)(here(lexer) - start);
    for (int i = 0; i < WORDS; i++)
        if (strlen(words[i]) == length && !memcmp(words[i], start, length)) return (LexemeKind)(LEX_AND + i);
    return LEX_NAME;
}

static LexemeKind read_sign(Lexer *lexer)
{
    for (int i = 0; i < SIGNS; i++) {
        size_t length = strlen(signs[i]);
        if (strncmp(signs[i], here(lexer), length)) continue;
        lexer->at += length;
        return (LexemeKind)(LEX_DOTS + i);
    }
    return LEX_BAD;
}

static bool skip_comment(Lexer *lexer)
{
    lexer->at += 2;
    int level = long_level(lexer);
    if (level >= 0) return skip_long(lexer, level);
    while (lexer->at < lexer->length && *here(lexer) != '\n') lexer->at++;
    return true;
}

/* False for a comment that is never closed. */
static bool skip_blanks(Lexer *lexer)
{
    for (;;) {
        if (is_one_of(*here(lexer), " \f\n\r\t\v"))
            advance(lexer);
        else if (*here(lexer) != '-' || here(lexer)[1] != '-')
            return true;
        else if (!skip_comment(lexer))
            return false;
    }
}

static LexemeKind read_lexeme(Lexer *lexer)
{
    char c = *here(lexer);
    int level = long_level(lexer);
    if (lexer->at >= lexer->length) return LEX_END;
    if (is_letter(c)) return read_name(lexer);
    if (is_digit(c) || (c == '.' && is_digit(here(lexer)[1]))) return skip_numeral(lexer) ? LEX_NUMERAL : LEX_BAD;
    if (c == '"' || c == '\'') return skip_string(lexer) ? LEX_STRING : LEX_BAD;
    if (level >= 0) return skip_long(lexer, level) ? LEX_STRING : LEX_BAD;
    return read_sign(lexer);
}

Lexeme lexer_next(Lexer *lexer)
{
    bool closed = skip_blanks(lexer);
    Lexeme lexeme = { LEX_BAD, lexer->at, lexer->at, lexer->line };
    if (closed) lexeme.kind = read_lexeme(lexer);
    lexeme.end = lexer->at;
    if (lexeme.kind == LEX_BAD) lexer->at = lexer->length;
    return lexeme;
}
