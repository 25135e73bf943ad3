/* SPDX-License-Identifier: MIT */
/* The limit on processor time. Instructions are counted by a hook, which sees
 * nothing of the time that a function of Lua's library takes: a pattern can keep
 * string.find busy for years. So a timer of processor time runs while a chunk
 * does. When it ends, a hook stops the chunk at its next instruction, as an
 * error like any other; if none comes, the timer's next signal says where the
 * library was called and ends the program with EXIT_INPUT. */
#ifndef SCRIPT_LUA_WATCH_H
#define SCRIPT_LUA_WATCH_H

#include "script/lua/sandbox_state.h"

/* Takes the limit of the sandbox. */
void watch_open(Sandbox *sandbox);

/* Around a chunk; a chunk within a chunk counts for the outer one. */
void watch_start(Sandbox *sandbox);
void watch_stop(Sandbox *sandbox);

/* Has the functions of a global table note where they are called. */
void watch_library(lua_State *L, const char *table);

#endif
