/* SPDX-License-Identifier: MIT */
/* Names in generated code: valid in C++ and CUDA, and unique. */
#ifndef EXPR_IDENTIFIER_H
#define EXPR_IDENTIFIER_H

#include <stdbool.h>

#include "base/arena.h"

/* The interned identifier for a name as the user wrote it: letters, digits and
 * single underscores ("u[3]" becomes u_3, "2x" becomes x_2x), never reserved
 * ("register" becomes register_). Different names may become the same one. */
const char *identifier_make(const char *name);

/* The identifiers used so far in one scope. */
typedef struct IdentifierScope IdentifierScope;
IdentifierScope *identifier_scope_new(Arena *arena);
/* One in which the names of `outer` (NULL: none) are taken, too. Those are not
 * copied, and `outer` takes no more while this one is in use. */
IdentifierScope *identifier_scope_below(Arena *arena, const IdentifierScope *outer);
bool identifier_is_taken(const IdentifierScope *scope, const char *name);
/* Takes exactly this name; false when it was taken before. */
bool identifier_take(IdentifierScope *scope, const char *name);
/* Takes and returns (interned) the name, or the first free one of name_2,
 * name_3, ... */
const char *identifier_take_near(IdentifierScope *scope, const char *name);

#endif
