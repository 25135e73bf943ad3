/* SPDX-License-Identifier: MIT */
#include "script/shipped/spec_text.h"

#include <ctype.h>
#include <string.h>

SpecText spec_text_at(const Sandbox *sandbox, Source call)
{
    return (SpecText){ sandbox_line(sandbox, call), call };
}

/* Behind `{ "NAME"` at `at`, or NULL. */
static const char *match_entry(const char *at, const char *name)
{
    size_t length = strlen(name);
    at += 1 + strspn(at + 1, " \t\n");
    bool quoted = *at == '"' || *at == '\'';
    return quoted && !strncmp(at + 1, name, length) && at[1 + length] == *at ? at + length + 2 : NULL;
}

static int count_lines(const char *from, const char *to)
{
    int lines = 0;
    for (; from < to; from++) lines += *from == '\n';
    return lines;
}

Source spec_text_source(SpecText *text, const char *name)
{
    for (const char *at = name ? text->at : NULL; at && (at = strchr(at, '{')); at++) {
        const char *behind = match_entry(at, name);
        if (!behind) continue;
        text->source.line += count_lines(text->at, behind);
        text->at = behind;
        break;
    }
    return text->source;
}

/* Behind a long bracket, [[ ... ]] or [=[ ... ]=], that begins at `at`, or NULL. */
static const char *skip_long(const char *at)
{
    size_t level = *at == '[' ? strspn(at + 1, "=") : 0;
    if (at[0] != '[' || at[1 + level] != '[') return NULL;
    for (at = strchr(at, ']'); at; at = strchr(at + 1, ']'))
        if (strspn(at + 1, "=") == level && at[1 + level] == ']') return at + level + 2;
    return "";
}

/* Behind the comment or the quoted text that begins at `at`, or `at`. */
static const char *skip_quoted(const char *at)
{
    bool comment = !strncmp(at, "--", 2);
    const char *end = skip_long(comment ? at + 2 : at);
    if (end) return end;
    if (comment) return at + strcspn(at, "\n");
    if (*at != '"' && *at != '\'') return at;
    for (end = at + 1; *end && *end != *at && *end != '\n'; end++)
        if (*end == '\\' && end[1]) end++;
    return *end ? end + 1 : end;
}

bool spec_text_has_word(const char *text, const char *word)
{
    while (*text) {
        const char *behind = skip_quoted(text);
        size_t length = 0;
        while (isalnum((unsigned char)text[length]) || text[length] == '_') length++;
        if (behind == text && length == strlen(word) && !strncmp(text, word, length)) return true;
        text = behind != text ? behind : length ? text + length : text + 1;
    }
    return false;
}
