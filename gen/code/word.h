/* SPDX-License-Identifier: MIT */
/* Identifiers in generated text, outside of comments and of strings. */
#ifndef CODE_WORD_H
#define CODE_WORD_H

#include <stdbool.h>
#include <stddef.h>

/* The first one from there on, and its length; NULL when there is none. Begin where
 * no identifier, comment or string goes on. */
const char *word_next(const char *text, size_t *length);

/* Whether it stands in the text. */
bool word_stands_in(const char *text, const char *word);

#endif
