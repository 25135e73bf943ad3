/* SPDX-License-Identifier: MIT */
/* A Lua state in which files of the package and of the user run: no access to
 * the system, bounded in instructions, in memory and in processor time, errors
 * located.
 *
 * Names a chunk finds: math (without a random seed of its own), string (without
 * dump), table, ipairs, pairs (sorted: the same order every time), type,
 * tostring, tonumber, select, error, assert, require (modules beside the main
 * file), and what the caller adds. There is no pcall: nothing in a chunk can
 * go on after a limit was hit. Reading an unknown name is an error. Comparisons
 * and logic of the user's files are those of logic.h.
 *
 * Every Lua call below happens in protected mode; a mistake is reported
 * through diag with file and line, and the call returns false. */
#ifndef SCRIPT_SANDBOX_H
#define SCRIPT_SANDBOX_H

#include <lua.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/diag.h"
#include "system/spec.h"

typedef struct Sandbox Sandbox;

typedef struct Limits {
    int64_t instructions; /* of the Lua machine */
    int64_t memory;       /* bytes of Lua objects and of the expressions they made */
    double seconds;       /* of processor time; 0: any */
} Limits;

/* `limits` NULL: none, for what the package ships. */
Sandbox *sandbox_open(Arena *arena, const Limits *limits);
void sandbox_close(Sandbox *sandbox);

lua_State *sandbox_lua(Sandbox *sandbox);
Sandbox *sandbox_of(lua_State *L);
Arena *sandbox_arena(const Sandbox *sandbox);

/* One pointer for the functions that the caller adds. */
void sandbox_set_context(Sandbox *sandbox, void *context);
void *sandbox_context(lua_State *L);

/* Calls the C function on the sandbox's state in protected mode, to set up
 * globals (lua_setglobal) or to read a result: its arguments are `argument`
 * as light userdata and the value on top of the stack, which is popped (nil
 * when the stack is empty). */
bool sandbox_call(Sandbox *sandbox, lua_CFunction function, void *argument);

/* Chunks run from here on see the table at the top of the stack (popped) as
 * their globals, instead of the state's own. */
void sandbox_set_environment(lua_State *L);

/* Run a file of the disk, or one of the package by its name below lua/; true
 * leaves the chunk's first result (or nil) on the stack. The first file run
 * is the main one, beside which modules are looked for. */
bool sandbox_run_file(Sandbox *sandbox, const char *path);
bool sandbox_run_embedded(Sandbox *sandbox, const char *name);

/* Where the chunk is now: the innermost line of a file that is running. */
Source sandbox_source(lua_State *L);
/* Adds the disk files besides the main one, by their paths below its folder. */
void sandbox_modules(FileList *modules, const Sandbox *sandbox);
/* FNV-1a of the bytes of all disk files that ran, in that order. */
uint64_t sandbox_hash(const Sandbox *sandbox);
/* The text of a file that ran, line breaks as \n; NULL when there is none. */
const char *sandbox_text(const Sandbox *sandbox, const char *file, size_t *length);
/* Where that line begins in it; NULL when there is none. */
const char *sandbox_line(const Sandbox *sandbox, Source source);

/* Reports at sandbox_source and returns, so that the chunk can go on (unless
 * it is one mistake after the other). */
void sandbox_error(lua_State *L, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Reports and ends the chunk: for what cannot go on. Never returns; `return
 * sandbox_raise(...)` pleases the compiler. */
int sandbox_raise(lua_State *L, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Counts memory that Lua does not see (expressions, equations) against the
 * limit: so many bytes in all, or so many more. */
void sandbox_charge(lua_State *L, int64_t total);
void sandbox_charge_more(lua_State *L, int64_t bytes);

#endif
