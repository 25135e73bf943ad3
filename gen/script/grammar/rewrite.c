/* SPDX-License-Identifier: MIT */
#include "script/grammar/rewrite.h"

#include <stdio.h>

#include "script/grammar/parser.h"

static const char *const call_names[] = { "eq",         "ne",         "le",       "ge",        "lt",
                                          "gt",         "no",         "all",      "all_first", "all_next",
                                          "any",        "any_first",  "any_next", "test_if",   "test_elseif",
                                          "test_while", "test_until", "initial",  "limit",     "step" };
_Static_assert(sizeof call_names / sizeof *call_names == CALL_STEP + 1, "one name for each call");

RewriteResult rewrite_text(Text *rewritten, int *line, const char *text, size_t length, size_t most)
{
    char table[24];
    size_t edits_most = most / sizeof(Edit);
    Parser parser = { .lexer = lexer_open(text, length), .edits = { .arena = rewritten->arena } };
    parser.edits_most = edits_most < INT32_MAX ? (int)edits_most : INT32_MAX;
    parser.ahead = lexer_next(&parser.lexer);
    parser_next(&parser);
    parser_read_block(&parser);
    *line = parser.deep;
    if (parser.deep) return REWRITE_DEEP;
    if (parser.too_many) return REWRITE_LARGE;
    if (parser.failed || !parser_is(&parser, LEX_END)) return REWRITE_REFUSED;
    if (!parser.edits.count) return REWRITE_NONE;
    snprintf(table, sizeof table, "L%llu", parser.names);
    text_printf(rewritten, "local %s = ... return function(...) ", table);
    edits_apply(rewritten, &parser.edits, text, length, table, call_names);
    text_add(rewritten, "\nend");
    return REWRITE_DONE;
}
