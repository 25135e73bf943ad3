/* SPDX-License-Identifier: MIT */
/* Growable arrays in an arena. A list type is declared once,
 *
 *     typedef ARRAY(Buffer) BufferList;
 *
 * starts zeroed, and grows with array_push, which returns the new (zeroed)
 * item's address. Addresses of items are valid until the next push. */
#ifndef BASE_ARRAY_H
#define BASE_ARRAY_H

#include <string.h>

#include "base/arena.h"

#define ARRAY(type)          \
    struct {                 \
        type *items;         \
        int count, capacity; \
    }

#define array_push(arena, list)                                                                                    \
    ((list)->count == (list)->capacity                                                                             \
         ? (void)((list)->items =                                                                                  \
                      array_grow((arena), (list)->items, sizeof *(list)->items, (list)->count, &(list)->capacity)) \
         : (void)0,                                                                                                \
     &(list)->items[(list)->count++])

void *array_grow(Arena *arena, void *items, size_t item_size, int count, int *capacity);

#endif
