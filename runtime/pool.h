/* SPDX-License-Identifier: MIT */
/* Memory of one call of cubie_main or cubie_solve: all of it is released at
 * once by cubie_pool_free, nothing singly. Running out of memory ends the call by
 * a jump to where it began (call.h); so nothing is taken from here while a device
 * is open. What may be large and can fail (results, chunks) is not taken from here. */
#ifndef CUBIE_POOL_H
#define CUBIE_POOL_H

#include <setjmp.h>
#include <stddef.h>

typedef struct PoolBlock PoolBlock;

typedef struct Pool {
    PoolBlock *last;
    jmp_buf *failed; /* where to go without memory; NULL: the process aborts */
} Pool;              /* starts zeroed */

/* Memory ran out, here or elsewhere. */
_Noreturn void cubie_pool_fail(Pool *pool);

/* Zeroed memory for `count` elements, aligned for any type. */
void *cubie_pool_array(Pool *pool, size_t count, size_t size);

/* A copy of `length` bytes as a string. */
char *cubie_pool_text(Pool *pool, const char *bytes, size_t length);

char *cubie_pool_printf(Pool *pool, const char *format, ...) __attribute__((format(printf, 2, 3)));

void cubie_pool_free(Pool *pool);

#endif
