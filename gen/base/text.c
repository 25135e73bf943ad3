/* SPDX-License-Identifier: MIT */
#include "base/text.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

static void text_reserve(Text *text, size_t extra)
{
    size_t needed = text->length + extra + 1;
    if (needed <= text->capacity) return;
    size_t capacity = 2 * text->capacity > needed ? 2 * text->capacity : needed;
    char *larger = arena_alloc(text->arena, capacity);
    memcpy(larger, text->data, text->length);
    text->data = larger;
    text->capacity = capacity;
}

Text text_new(Arena *arena)
{
    return (Text){ arena, arena_alloc(arena, 64), 0, 64 };
}

void text_add_bytes(Text *text, const char *bytes, size_t length)
{
    text_reserve(text, length);
    memcpy(text->data + text->length, bytes, length);
    text->length += length;
    text->data[text->length] = '\0';
}

void text_add(Text *text, const char *string)
{
    text_add_bytes(text, string, strlen(string));
}

void text_printf(Text *text, const char *format, ...)
{
    assert(format);
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, args);
    text_reserve(text, (size_t)length);
    vsnprintf(text->data + text->length, (size_t)length + 1, format, again);
    text->length += (size_t)length;
    va_end(again);
    va_end(args);
}
