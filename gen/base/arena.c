/* SPDX-License-Identifier: MIT */
#include "base/arena.h"

#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"

enum { ARENA_ALIGN = 16, ARENA_BLOCK = 1 << 16 };

typedef struct Block {
    struct Block *previous;
    size_t used, size;
    _Alignas(ARENA_ALIGN) unsigned char data[];
} Block;

struct Arena {
    Block *last;
};

static void out_of_memory(void)
{
    fputs("cubie-gen: error: out of memory\n", stderr);
    exit(EXIT_SYSTEM);
}

static Block *block_new(Block *previous, size_t size)
{
    Block *block = size > SIZE_MAX / 2 ? NULL : malloc(sizeof(Block) + size);
    if (!block) out_of_memory();
    block->previous = previous;
    block->used = 0;
    block->size = size;
    return block;
}

Arena *arena_new(void)
{
    Arena *arena = malloc(sizeof *arena);
    if (!arena) out_of_memory();
    arena->last = block_new(NULL, ARENA_BLOCK);
    return arena;
}

void arena_free(Arena *arena)
{
    arena_reset(arena, (ArenaMark){ NULL, 0 });
    free(arena);
}

void *arena_alloc(Arena *arena, size_t size)
{
    if (size > SIZE_MAX / 4) out_of_memory();
    size = (size + ARENA_ALIGN - 1) / ARENA_ALIGN * ARENA_ALIGN;
    Block *block = arena->last;
    if (block->size - block->used < size)
        block = arena->last = block_new(block, size > ARENA_BLOCK ? size : ARENA_BLOCK);
    void *memory = block->data + block->used;
    block->used += size;
    return memset(memory, 0, size);
}

void *arena_copy(Arena *arena, const void *source, size_t size)
{
    void *copy = arena_alloc(arena, size);
    return size ? memcpy(copy, source, size) : copy;
}

char *arena_string(Arena *arena, const char *source, size_t length)
{
    char *copy = arena_alloc(arena, length + 1);
    if (length) memcpy(copy, source, length);
    return copy;
}

char *arena_vprintf(Arena *arena, const char *format, va_list args)
{
    assert(format);
    va_list again;
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, args);
    char *text = arena_alloc(arena, (size_t)length + 1);
    vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    return text;
}

char *arena_printf(Arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *text = arena_vprintf(arena, format, args);
    va_end(args);
    return text;
}

ArenaMark arena_mark(const Arena *arena)
{
    return (ArenaMark){ arena->last, arena->last->used };
}

void arena_reset(Arena *arena, ArenaMark mark)
{
    while (arena->last && arena->last != mark.block) {
        Block *previous = arena->last->previous;
        free(arena->last);
        arena->last = previous;
    }
    if (arena->last) arena->last->used = mark.used;
}
