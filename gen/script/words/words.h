/* SPDX-License-Identifier: MIT */
/* The statement words of a problem file, one source file for each group of
 * them. words.c has the list: a new word is one function and one line there. */
#ifndef SCRIPT_WORDS_WORDS_H
#define SCRIPT_WORDS_WORDS_H

#include "script/ground.h"

/* Pushes the table of all words, with ddt, observe and t. */
void words_push(lua_State *L);

/* declare.c */
int word_problem(lua_State *L);
int word_parameters(lua_State *L);
int word_constants(lua_State *L);
int word_states(lua_State *L);
int word_units(lua_State *L);
/* Takes a name, with all that can be wrong about it reported. `elements` of a
 * vector, else 0. */
bool declare_name(lua_State *L, const char *name, NameKind kind, int elements, Source source);
/* At the end of the file: units of names that were declared after them. */
void declare_finish(Reader *reader);

/* assign.c: pushes the tables `ddt` and `observe`. */
void assign_open(lua_State *L);
void assign_push_ddt(lua_State *L);
void assign_push_observe(lua_State *L);
void assign_derivative(Reader *reader, const char *state, const Expr *expr, const char *text, Source source);

/* equations.c */
int word_equations(lua_State *L);

/* solve.c */
/* The shortest text that reads back as the same double. */
const char *solve_number_text(Arena *arena, double value);
int word_solve(lua_State *L);
/* The value on top of the stack becomes that of a setting. */
void solve_assign(lua_State *L, const char *name, Source source);
int word_buffers(lua_State *L);

/* sweep.c */
int word_sweep(lua_State *L);
void sweep_add_functions(lua_State *L); /* linspace ... file, to the table on top */
/* What linspace() or the like made, in the notation of values; NULL: it is none. */
const char *sweep_axis_text(lua_State *L, int index);

#endif
