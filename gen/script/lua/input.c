/* SPDX-License-Identifier: MIT */
#include "script/lua/input.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* Nobody writes a problem longer than this by hand or by program. */
enum { FILE_MOST = 64 << 20 };

static bool is_standard_input(const char *path)
{
    return !strcmp(path, "-");
}

const char *input_shown(const char *path)
{
    return is_standard_input(path) ? "<stdin>" : path;
}

/* A text of two bytes a letter, as some editors save it, is no text for Lua. */
static const char *explain_encoding(const Text *text)
{
    bool marked = text->length >= 2 && (!memcmp(text->data, "\xFF\xFE", 2) || !memcmp(text->data, "\xFE\xFF", 2));
    return marked ? "it is UTF-16; save it as UTF-8" : NULL;
}

static const char *read_stream(Arena *arena, FILE *stream, size_t *length, const char **why)
{
    Text text = text_new(arena);
    char part[1 << 14];
    size_t count;
    while ((count = fread(part, 1, sizeof part, stream)) > 0 && text.length <= FILE_MOST)
        text_add_bytes(&text, part, count);
    *why = ferror(stream)            ? strerror(errno)
           : text.length > FILE_MOST ? "it is longer than 64 MiB"
                                     : explain_encoding(&text);
    *length = text.length;
    return *why ? NULL : text.data;
}

static const char *read_standard_input(size_t *length, const char **why)
{
    static Arena *arena;
    static const char *bytes, *failure;
    static size_t count;
    if (!arena) {
        arena = arena_new();
        bytes = read_stream(arena, stdin, &count, &failure);
    }
    *length = count;
    *why = failure;
    return bytes;
}

const char *input_read(Arena *arena, const char *path, size_t *length, const char **why)
{
    if (is_standard_input(path)) return read_standard_input(length, why);
    FILE *stream = fopen(path, "rb");
    if (!stream) {
        *why = strerror(errno);
        return NULL;
    }
    const char *bytes = read_stream(arena, stream, length, why);
    fclose(stream);
    return bytes;
}
