/* SPDX-License-Identifier: MIT */
#include "base/array.h"

void *array_grow(Arena *arena, void *items, size_t item_size, int count, int *capacity)
{
    *capacity = *capacity ? 2 * *capacity : 8;
    void *larger = arena_alloc(arena, item_size * (size_t)*capacity);
    return count ? memcpy(larger, items, item_size * (size_t)count) : larger;
}
