/* SPDX-License-Identifier: MIT */
/* The text of equations split into statements. */
#include <string.h>

#include "base/intern.h"
#include "script/notation/notation.h"

typedef struct Splitter {
    Arena *arena;
    const TokenList *tokens;
    int at;
    StatementList statements;
} Splitter;

static const Token *token(const Splitter *splitter, int ahead)
{
    int at = splitter->at + ahead;
    return &splitter->tokens->items[at < splitter->tokens->count ? at : splitter->tokens->count - 1];
}

static bool is_kind(const Splitter *splitter, int ahead, TokenKind kind)
{
    return token(splitter, ahead)->kind == kind;
}

static bool is_name(const Splitter *splitter, int ahead, const char *name)
{
    return is_kind(splitter, ahead, TOKEN_NAME) && !strcmp(token(splitter, ahead)->text, name);
}

const char *notation_name(const char **base, Arena *arena, const TokenList *tokens, int *at)
{
    const Token *name = &tokens->items[*at];
    ++*at;
    *base = name->text;
    if (tokens->items[*at].kind != TOKEN_OPEN_INDEX) return name->text;
    const Token *index = &tokens->items[*at + 1];
    bool whole = index->kind == TOKEN_NUMBER && !index->text[strspn(index->text, "0123456789")];
    if (!whole || index[1].kind != TOKEN_CLOSE_INDEX) {
        diag_error(name->source,
                   "an index must be a whole number here: %s[1]; with other indices, write the equation "
                   "as ddt.%s[i] = ...",
                   name->text, name->text);
        return NULL;
    }
    *at += 3;
    return intern(arena_printf(arena, "%s[%s]", name->text, index->text));
}

static bool is_infix(TokenKind kind)
{
    return (kind >= TOKEN_PLUS && kind <= TOKEN_OR) || kind == TOKEN_ASSIGN || kind == TOKEN_COMMA;
}

/* "name =" at the beginning of a line: a bracket before it was never closed. */
static bool begins_assignment(const Splitter *splitter, int at)
{
    const Token *items = splitter->tokens->items;
    return items[at].kind == TOKEN_NAME && items[at + 1].kind == TOKEN_ASSIGN;
}

/* A line break inside of brackets, after an operator or before one is none. */
static bool ends_here(const Splitter *splitter, int depth)
{
    const Token *this = token(splitter, 0);
    if (this->kind == TOKEN_END) return true;
    if (this->kind != TOKEN_BREAK) return false;
    if (*this->text == ';') return true;
    int next = splitter->at;
    while (splitter->tokens->items[next].kind == TOKEN_BREAK) next++;
    if (begins_assignment(splitter, next)) return true;
    if (depth > 0 || is_infix(splitter->tokens->items[splitter->at - 1].kind)) return false;
    return !is_infix(splitter->tokens->items[next].kind);
}

static void skip_statement(Splitter *splitter)
{
    int depth = 0;
    while (!ends_here(splitter, depth)) {
        TokenKind kind = token(splitter, 0)->kind;
        depth += (kind == TOKEN_OPEN || kind == TOKEN_OPEN_INDEX) - (kind == TOKEN_CLOSE || kind == TOKEN_CLOSE_INDEX);
        splitter->at++;
    }
}

/* d(x)/dt */
static bool read_quotient_of_call(Statement *statement, Splitter *splitter)
{
    splitter->at += 2;
    if (!is_kind(splitter, 0, TOKEN_NAME)) return false;
    statement->name = notation_name(&statement->base, splitter->arena, splitter->tokens, &splitter->at);
    bool complete = statement->name && is_kind(splitter, 0, TOKEN_CLOSE) && is_kind(splitter, 1, TOKEN_OVER) &&
                    is_name(splitter, 2, "dt");
    if (complete) splitter->at += 3;
    return statement->derivative = complete;
}

/* dx/dt: the name loses its d. */
static bool read_quotient(Statement *statement, Splitter *splitter)
{
    if (statement->name[0] != 'd' || !statement->name[1] || !is_name(splitter, 1, "dt")) return false;
    splitter->at += 2;
    statement->name = intern(statement->name + 1);
    statement->base = intern(statement->base + 1);
    return statement->derivative = true;
}

static bool read_left_side(Statement *statement, Splitter *splitter)
{
    if (!is_kind(splitter, 0, TOKEN_NAME)) return false;
    if (is_name(splitter, 0, "d") && is_kind(splitter, 1, TOKEN_OPEN))
        return read_quotient_of_call(statement, splitter);
    if (is_name(splitter, 0, "ddt") && is_kind(splitter, 1, TOKEN_DOT) && is_kind(splitter, 2, TOKEN_NAME)) {
        splitter->at += 2;
        statement->derivative = true;
    }
    statement->name = notation_name(&statement->base, splitter->arena, splitter->tokens, &splitter->at);
    if (!statement->name) return false;
    if (is_kind(splitter, 0, TOKEN_OVER)) return read_quotient(statement, splitter);
    if (is_kind(splitter, 0, TOKEN_PRIME)) {
        splitter->at++;
        statement->derivative = true;
    }
    return true;
}

static void add_right_side(Splitter *splitter, Statement statement)
{
    statement.first = ++splitter->at;
    skip_statement(splitter);
    statement.end = splitter->at;
    const Token *last = &splitter->tokens->items[splitter->at - 1];
    statement.stop = last->offset + last->length;
    if (statement.end > statement.first)
        *array_push(splitter->arena, &splitter->statements) = statement;
    else
        diag_error(last->source, "the equation of '%s' has no right side", statement.name);
}

static void read_statement(Splitter *splitter)
{
    const Token *first = token(splitter, 0);
    int errors = diag_errors();
    Statement statement = { .source = first->source, .start = first->offset };
    if (read_left_side(&statement, splitter) && is_kind(splitter, 0, TOKEN_ASSIGN)) {
        add_right_side(splitter, statement);
        return;
    }
    if (diag_errors() == errors)
        diag_error(first->source, "no equation begins with '%s'; write name = ..., dx = ..., x' = ... or dx/dt = ...",
                   first->text);
    skip_statement(splitter);
}

StatementList notation_statements(Arena *arena, const TokenList *tokens)
{
    Splitter splitter = { arena, tokens, 0, { 0 } };
    while (!is_kind(&splitter, 0, TOKEN_END)) {
        if (is_kind(&splitter, 0, TOKEN_BREAK))
            splitter.at++;
        else
            read_statement(&splitter);
    }
    return splitter.statements;
}

void notation_shorten(Text *line)
{
    enum { LENGTH_MOST = 240 };
    if (line->length <= LENGTH_MOST) return;
    size_t length = LENGTH_MOST;
    while (((unsigned char)line->data[length] & 0xC0) == 0x80) length--; /* no half character */
    line->length = length;
    text_add(line, " ...");
}

const char *notation_line(Arena *arena, const char *text, const Statement *statement)
{
    Text line = text_new(arena);
    bool blank = false;
    for (int i = statement->start; i < statement->stop; i++) {
        if (text[i] == '#' || (text[i] == '-' && text[i + 1] == '-')) i += (int)strcspn(text + i, "\n");
        if (strchr(" \t\n\r", text[i])) {
            blank = true;
            continue;
        }
        if (blank) text_add(&line, " ");
        blank = false;
        text_add_bytes(&line, &text[i], 1);
    }
    notation_shorten(&line);
    return line.data;
}
