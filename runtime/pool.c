/* SPDX-License-Identifier: MIT */
#include "pool.h"

#include <assert.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct PoolBlock {
    PoolBlock *previous;
    _Alignas(max_align_t) unsigned char bytes[];
};

_Noreturn void cubie_pool_fail(Pool *pool)
{
    if (!pool->failed) abort();
    longjmp(*pool->failed, 1);
}

void *cubie_pool_array(Pool *pool, size_t count, size_t size)
{
    PoolBlock *block = NULL;
    if (size == 0 || count <= (SIZE_MAX - sizeof *block) / size) block = calloc(1, sizeof *block + count * size);
    if (!block) cubie_pool_fail(pool);
    block->previous = pool->last;
    pool->last = block;
    return block->bytes;
}

char *cubie_pool_text(Pool *pool, const char *bytes, size_t length)
{
    char *text = cubie_pool_array(pool, length + 1, 1);
    memcpy(text, bytes, length);
    return text;
}

char *cubie_pool_printf(Pool *pool, const char *format, ...)
{
    assert(format);
    va_list args;
    va_start(args, format);
    int length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *text = cubie_pool_array(pool, (size_t)length + 1, 1);
    va_start(args, format);
    vsnprintf(text, (size_t)length + 1, format, args);
    va_end(args);
    return text;
}

void cubie_pool_free(Pool *pool)
{
    while (pool->last) {
        PoolBlock *block = pool->last;
        pool->last = block->previous;
        free(block);
    }
}
