/* SPDX-License-Identifier: MIT */
/* What comparisons, logic and choices of a file mean once rewrite.h has made
 * them calls. Values of Lua have Lua's own meaning. With symbols:
 *
 *     comparisons   build a condition (or are true or false when both sides are
 *                   numbers). x == nil is plain: whether there is a value.
 *     and, or, not  build a condition from conditions, true and false.
 *     x or default  gives x when x is an expression: there is a value.
 *
 * All else that would have to know whether a symbol is true (if, while, until,
 * `c and 1 or 2`, `x and ...` and `not x` of an expression x, assert, the order
 * of a sort) is a mistake that is reported with its remedy; what goes on with it
 * gets a stand-in or false. */
#ifndef SCRIPT_LUA_LOGIC_H
#define SCRIPT_LUA_LOGIC_H

#include <lua.h>

#include "script/lua/symbols.h"

/* Makes the table of functions, and has assert, sort and find look at what they
 * are asked to decide on. */
void logic_open(lua_State *L);

/* Pushes the table. */
void logic_push(lua_State *L);

/* Pushes the comparison of the values at 1 and 2, which messages call `left` and
 * `right`: a condition, or true or false of constants. */
void logic_push_comparison(lua_State *L, Comparison comparison, const char *left, const char *right);

#endif
