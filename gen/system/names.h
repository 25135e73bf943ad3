/* SPDX-License-Identifier: MIT */
/* Names: a map from interned names, and identifiers for the generated code. */
#ifndef SYSTEM_NAMES_H
#define SYSTEM_NAMES_H

#include <stdbool.h>

#include "base/arena.h"
#include "expr/identifier.h"

typedef struct NameMap NameMap;

NameMap *names_new(Arena *arena);
/* What was last set for the interned name, or NULL. */
void *names_get(const NameMap *map, const char *name);
void names_set(NameMap *map, const char *name, void *value); /* value not NULL */

/* Letters, digits and _, not starting with a digit. */
bool names_is_identifier(const char *name);

/* The identifier that stands for a name in generated code, interned, and from
 * now on taken: "u[3]" becomes u_3; what C, C++, CUDA or the generated text
 * itself uses gets an underscore behind it, and what another name has already
 * become a number ("u[1]" and "u_1" would meet). */
const char *names_code(IdentifierScope *taken, const char *name);

/* Takes the names that generated text uses itself. */
void names_take_text(IdentifierScope *scope);

#endif
