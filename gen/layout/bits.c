/* SPDX-License-Identifier: MIT */
#include "layout/bits.h"

#include <string.h>

Bits bits_new(Arena *arena, int64_t size)
{
    int64_t count = (size + 63) / 64;
    return (Bits){ ARENA_ARRAY(arena, uint64_t, count), count };
}

Bits bits_copy(Arena *arena, Bits bits)
{
    return (Bits){ arena_copy(arena, bits.words, sizeof *bits.words * (size_t)bits.count), bits.count };
}

void bits_assign(Bits to, Bits from)
{
    if (to.count) memcpy(to.words, from.words, sizeof *to.words * (size_t)to.count);
}

bool bits_join(Bits to, Bits from)
{
    uint64_t grown = 0;
    for (int64_t i = 0; i < to.count; i++) {
        grown |= from.words[i] & ~to.words[i];
        to.words[i] |= from.words[i];
    }
    return grown != 0;
}

/* The bits of word `word` that lie in [first, last). */
static uint64_t word_mask(int64_t word, int64_t first, int64_t last)
{
    int64_t low = first - 64 * word, high = last - 64 * word;
    uint64_t mask = ~(uint64_t)0;
    if (low > 0) mask &= ~(uint64_t)0 << low;
    if (high < 64) mask &= ~(~(uint64_t)0 << high);
    return mask;
}

void bits_set(Bits bits, int64_t first, int64_t size)
{
    int64_t last = first + size;
    for (int64_t word = first / 64; 64 * word < last; word++) bits.words[word] |= word_mask(word, first, last);
}

void bits_clear(Bits bits, int64_t first, int64_t size)
{
    int64_t last = first + size;
    for (int64_t word = first / 64; 64 * word < last; word++) bits.words[word] &= ~word_mask(word, first, last);
}

int64_t bits_find(Bits bits, int64_t first, int64_t size)
{
    int64_t last = first + size;
    for (int64_t word = first / 64; 64 * word < last; word++) {
        uint64_t found = bits.words[word] & word_mask(word, first, last);
        if (found) return 64 * word + __builtin_ctzll(found);
    }
    return -1;
}
