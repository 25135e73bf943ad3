/* SPDX-License-Identifier: MIT */
#include "code/word.h"

#include <ctype.h>
#include <string.h>

static bool is_letter(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

static const char *after_string(const char *text)
{
    for (text++; *text && *text != '"'; text++)
        if (*text == '\\' && text[1]) text++;
    return *text ? text + 1 : text;
}

/* Numbers are skipped with their letters: "1e6f", "0x10u". */
static const char *after_other(const char *text)
{
    if (text[0] == '/' && text[1] == '/') return text + strcspn(text, "\n");
    if (*text == '"') return after_string(text);
    if (!isdigit((unsigned char)*text)) return text + 1;
    while (is_letter(*text) || *text == '.') text++;
    return text;
}

const char *word_next(const char *text, size_t *length)
{
    while (*text && (!is_letter(*text) || isdigit((unsigned char)*text))) text = after_other(text);
    if (!*text) return NULL;
    *length = 1;
    while (is_letter(text[*length])) ++*length;
    return text;
}

bool word_stands_in(const char *text, const char *word)
{
    size_t length, wanted = strlen(word);
    for (; (text = word_next(text, &length)); text += length)
        if (length == wanted && !memcmp(text, word, length)) return true;
    return false;
}
