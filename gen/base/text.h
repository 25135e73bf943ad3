/* SPDX-License-Identifier: MIT */
/* A growing text in an arena: always terminated, never NULL after text_new. */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include "base/arena.h"

typedef struct Text {
    Arena *arena;
    char *data;
    size_t length, capacity;
} Text;

Text text_new(Arena *arena);
void text_add(Text *text, const char *string);
void text_add_bytes(Text *text, const char *bytes, size_t length);
void text_printf(Text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
