/* SPDX-License-Identifier: MIT */
/* The text of a buffer spec, for what Lua does not keep: the line on which an
 * entry stands, and whether a file is a spec at all. Only for locations and
 * for a first look; nothing is decided here that Lua would decide otherwise. */
#ifndef SCRIPT_SPEC_TEXT_H
#define SCRIPT_SPEC_TEXT_H

#include <stdbool.h>

#include "base/diag.h"
#include "script/lua/sandbox.h"

typedef struct SpecText {
    const char *at; /* NULL when the text is not known */
    Source source;  /* of the last entry found, at first of the group */
} SpecText;

/* Begins at the line where `buffers` was called. */
SpecText spec_text_at(const Sandbox *sandbox, Source call);

/* The line of the next `{ "NAME"` from here on, and moves behind it; where the
 * last one was when there is none or name is NULL. */
Source spec_text_source(SpecText *text, const char *name);

/* Does the word stand in the text, outside of comments and quoted texts? */
bool spec_text_has_word(const char *text, const char *word);

#endif
