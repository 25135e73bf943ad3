/* SPDX-License-Identifier: MIT */
/* Lua decides comparisons and logic itself before any program can see what they
 * are about, so the text of a file is parsed (the whole grammar of Lua 5.4,
 * reference manual, section 9) and these become calls of the functions of
 * logic.h, in a table with a name that the text does not use:
 *
 *     a < b                 H.lt(a , b,7)
 *     not a                 H.no(a,7)
 *     a and b and c         H.all(H.all_first(a,7) and H.all_next(b,7) and c,7)
 *     if a then             if H.test_if(a,7) then
 *     for i = a, b do       for i = H.initial(a,7), H.limit(b,7) do
 *
 * The native `and` and `or` stay, so that what Lua does not evaluate is not
 * evaluated, and no function is put around anything: locals, `...`, levels and
 * lines are what they were. The number is the line of the operator. */
#ifndef SCRIPT_GRAMMAR_REWRITE_H
#define SCRIPT_GRAMMAR_REWRITE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

typedef enum RewriteResult {
    REWRITE_NONE,    /* the text has nothing to rewrite: it may be run as it is */
    REWRITE_DONE,    /* `rewritten` is a chunk that returns the file as a function when it gets the table */
    REWRITE_REFUSED, /* the text is no Lua */
    REWRITE_LARGE,   /* more to rewrite than `most` bytes hold */
    REWRITE_DEEP     /* brackets, tables, functions or blocks are nested too deep, at *line */
} RewriteResult;

RewriteResult rewrite_text(Text *rewritten, int *line, const char *text, size_t length, size_t most);

#endif
