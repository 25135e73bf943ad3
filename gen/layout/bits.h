/* SPDX-License-Identifier: MIT */
/* Sets of elements as bits, with operations on ranges. */
#ifndef LAYOUT_BITS_H
#define LAYOUT_BITS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

typedef struct Bits {
    uint64_t *words;
    int64_t count; /* words */
} Bits;

Bits bits_new(Arena *arena, int64_t size);
Bits bits_copy(Arena *arena, Bits bits);
void bits_assign(Bits to, Bits from);
/* True when `to` grew. */
bool bits_join(Bits to, Bits from);
void bits_set(Bits bits, int64_t first, int64_t size);
void bits_clear(Bits bits, int64_t first, int64_t size);
/* The first member in the range, or -1. */
int64_t bits_find(Bits bits, int64_t first, int64_t size);

#endif
