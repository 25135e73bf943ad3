/* SPDX-License-Identifier: MIT */
/* Memory of a whole run of the generator.
 *
 * Ownership, in one sentence: what a stage returns lives in the run's arena
 * until exit, scratch is reset by whoever marked it, nothing is freed singly.
 *
 * Every allocation is zeroed and aligned to 16 bytes. When the system has no
 * memory left, the message goes to standard error and the program ends with
 * status 3 (EXIT_SYSTEM): no caller checks for NULL. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

typedef struct Arena Arena;

typedef struct ArenaMark {
    void *block;
    size_t used;
} ArenaMark;

Arena *arena_new(void);
void arena_free(Arena *arena);

void *arena_alloc(Arena *arena, size_t size);
void *arena_copy(Arena *arena, const void *source, size_t size);
/* A terminated copy of the first `length` bytes. */
char *arena_string(Arena *arena, const char *source, size_t length);
char *arena_printf(Arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
char *arena_vprintf(Arena *arena, const char *format, va_list args) __attribute__((format(printf, 2, 0)));

/* Scratch: everything allocated after the mark is gone after the reset. */
ArenaMark arena_mark(const Arena *arena);
void arena_reset(Arena *arena, ArenaMark mark);

#define ARENA_NEW(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define ARENA_ARRAY(arena, type, count) ((type *)arena_alloc((arena), sizeof(type) * (size_t)(count)))

#endif
