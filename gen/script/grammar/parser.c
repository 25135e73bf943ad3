/* SPDX-License-Identifier: MIT */
#include "script/grammar/parser.h"

/* Lua reads not quite 200 levels, and does not say where there are more. */
enum { DEPTH_MOST = 160 };

/* From here on everything looks like the end of the text. */
void parser_fail(Parser *parser)
{
    parser->failed = true;
    parser->now.kind = parser->ahead.kind = LEX_END;
    parser->lexer.at = parser->lexer.length;
}

/* The table of functions gets a name that the text does not have. */
static void note_name(Parser *parser, const Lexeme *name)
{
    enum { DIGITS_MOST = 18 };
    const char *text = parser->lexer.text + name->start;
    size_t length = name->end - name->start;
    unsigned long long number = 0;
    if (*text != 'L' || length > 1 + DIGITS_MOST) return;
    for (size_t i = 1; i < length; i++) {
        if (text[i] < '0' || text[i] > '9') return;
        number = 10 * number + (unsigned long long)(text[i] - '0');
    }
    if (number >= parser->names) parser->names = number + 1;
}

void parser_next(Parser *parser)
{
    parser->last = parser->now.end;
    parser->now = parser->ahead;
    if (parser->now.kind == LEX_NAME) note_name(parser, &parser->now);
    if (parser->now.kind == LEX_BAD)
        parser_fail(parser);
    else
        parser->ahead = lexer_next(&parser->lexer);
}

bool parser_is(const Parser *parser, LexemeKind kind)
{
    return parser->now.kind == kind;
}

bool parser_accept(Parser *parser, LexemeKind kind)
{
    if (!parser_is(parser, kind)) return false;
    parser_next(parser);
    return true;
}

void parser_want(Parser *parser, LexemeKind kind)
{
    if (!parser_accept(parser, kind)) parser_fail(parser);
}

bool parser_enter(Parser *parser)
{
    if (++parser->depth > DEPTH_MOST && !parser->failed) {
        parser->deep = parser->now.line;
        parser_fail(parser);
    }
    return !parser->failed;
}

static void add_edit(Parser *parser, Edit edit)
{
    if (parser->failed) return;
    if (parser->edits.count < parser->edits_most) {
        edits_add(&parser->edits, edit);
        return;
    }
    parser->too_many = true;
    parser_fail(parser);
}

void parser_open(Parser *parser, Call call, size_t at)
{
    add_edit(parser, (Edit){ .at = (uint32_t)at, .side = EDIT_OPEN, .function = (uint8_t)call });
}

/* Behind the lexeme that was read last. */
void parser_close(Parser *parser, int line)
{
    add_edit(parser, (Edit){ .at = (uint32_t)parser->last, .side = EDIT_CLOSE, .line = (uint32_t)line });
}

void parser_replace(Parser *parser, const Lexeme *lexeme, int function)
{
    add_edit(parser, (Edit){ .at = (uint32_t)lexeme->start,
                             .side = EDIT_REPLACE,
                             .function = (uint8_t)function,
                             .cut = (uint8_t)(lexeme->end - lexeme->start) });
}
