/* SPDX-License-Identifier: MIT */
/* Interned names: equal strings are the same pointer, for the whole run of
 * the program, so names are compared with ==. */
#ifndef BASE_INTERN_H
#define BASE_INTERN_H

#include <stddef.h>

const char *intern(const char *string);
const char *intern_bytes(const char *bytes, size_t length);

/* The nearest of `names` to `name` by edit distance, or NULL when none is
 * near enough to be meant (more than a third of the letters differ). */
const char *nearest_name(const char *name, const char *const *names, int count);

#endif
