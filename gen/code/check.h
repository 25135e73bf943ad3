/* SPDX-License-Identifier: MIT */
/* Whether what was recorded is what was printed: every name of a buffer in the
 * lines of a step was recorded as an access of this step, and every access
 * recorded has its name there. What is not so is a mistake of the generator: it
 * is told on standard error, and the program aborts. */
#ifndef CODE_CHECK_H
#define CODE_CHECK_H

#include "code/emit.h"

Check *check_new(Arena *arena);

/* Names are looked for from here on; before, in the functions of the problem, they
 * are arguments. */
void check_start(Check *check, const Text *text);
void check_stop(Check *check, const Text *text);

/* A name that stands for a buffer, until the scope ends. */
void check_know(Check *check, const char *name);
int check_scope(const Check *check);
void check_scope_end(Check *check, int known);

/* An access with this name is recorded; of no elements it may or may not be printed. */
void check_use(Check *check, const char *name, int64_t elements);

/* Text that is not looked at, between the two. */
void check_pause(Check *check, const Text *text);
void check_resume(Check *check, const Text *text);
/* The text above moved by so many bytes. */
void check_shift(Check *check, ptrdiff_t bytes);

/* A step ends; its name, for messages, is that of the one that ended last. */
void check_step(Check *check, const Text *text, const char *next);

#endif
