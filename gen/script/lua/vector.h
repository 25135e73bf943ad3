/* SPDX-License-Identifier: MIT */
/* Vectors as Lua values. Two kinds: values that vector() made, to declare
 * with, and a declared vector, whose elements are symbols (or, of constants,
 * numbers). Reading an element that does not exist is a mistake. */
#ifndef SCRIPT_VECTOR_H
#define SCRIPT_VECTOR_H

#include <lua.h>
#include <stdbool.h>

void vector_open(lua_State *L);

/* vector(n, value), vector(n, function(i) ... end), vector { ... }. */
int word_vector(lua_State *L);

/* Number of values that vector() made at the index; 0 when it is no such thing. */
int vector_values(lua_State *L, int index);

/* Is a declared vector at the index? */
bool vector_is(lua_State *L, int index);

/* Pushes a declared vector around the table of its elements on top of the
 * stack (popped). */
void vector_push(lua_State *L, const char *name, int elements);

#endif
