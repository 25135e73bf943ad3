/* SPDX-License-Identifier: MIT */
/* A small reader of lua/tableau for tests of the tableaux alone, apart from the
 * script module: one file is one call `tableau NAME { ... }`. It is strict about
 * the form (rows of full length, coefficients as text) and stops at the first
 * mistake, by a Lua error. */
#ifndef TESTS_SUPPORT_TABLEAUX_H
#define TESTS_SUPPORT_TABLEAUX_H

#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>
#include <string.h>

#include "base/array.h"
#include "base/intern.h"
#include "method/tableau.h"

typedef ARRAY(Tableau *) ReadTableaux;

static struct {
    Arena *arena;
    ReadTableaux *list;
    int others; /* of other families, left out */
} reader;

static Number text_number(lua_State *lua, int index)
{
    const char *message = "not a text", *text = lua_tostring(lua, index);
    Number number = number_integer(0);
    if (lua_type(lua, index) != LUA_TSTRING || !number_parse(&number, text, &message))
        luaL_error(lua, "coefficient '%s': %s", text ? text : "?", message);
    return number;
}

/* The list on top of the stack into `numbers`; pops it. Returns its length. */
static int pop_numbers(lua_State *lua, Number *numbers, int limit)
{
    int count = (int)luaL_len(lua, -1);
    if (count > limit) luaL_error(lua, "%d coefficients where %d fit", count, limit);
    for (int i = 0; i < count; i++) {
        lua_rawgeti(lua, -1, i + 1);
        numbers[i] = text_number(lua, -1);
        lua_pop(lua, 1);
    }
    lua_pop(lua, 1);
    return count;
}

static bool has(lua_State *lua, const char *field)
{
    bool found = lua_getfield(lua, 2, field) != LUA_TNIL;
    if (!found) lua_pop(lua, 1);
    return found;
}

static int integer(lua_State *lua, const char *field)
{
    lua_getfield(lua, 2, field);
    int value = (int)luaL_optinteger(lua, -1, 0);
    lua_pop(lua, 1);
    return value;
}

static int length(lua_State *lua, const char *field)
{
    int count = has(lua, field) ? (int)luaL_len(lua, -1) : 0;
    lua_settop(lua, 2);
    return count;
}

static Number *zeros(int count)
{
    Number *numbers = ARENA_ARRAY(reader.arena, Number, count);
    for (int i = 0; i < count; i++) numbers[i] = number_integer(0);
    return numbers;
}

static Number *weights(lua_State *lua, const char *field, int count)
{
    if (!has(lua, field)) return NULL;
    Number *numbers = zeros(count);
    if (pop_numbers(lua, numbers, count) != count) luaL_error(lua, "%s has too few coefficients", field);
    return numbers;
}

static void read_stages(lua_State *lua, Tableau *tableau)
{
    int s = tableau->stages, n = s + tableau->dense_stages;
    tableau->a = zeros(n * n);
    tableau->c = zeros(n);
    for (int i = 0; i < n; i++) {
        lua_getfield(lua, 2, i < s ? "a" : "extra");
        lua_rawgeti(lua, -1, i < s ? i + 1 : i - s + 1);
        if (i >= s) {
            lua_getfield(lua, -1, "c");
            tableau->c[i] = text_number(lua, -1);
            lua_pop(lua, 1);
            lua_getfield(lua, -1, "a");
        }
        if (pop_numbers(lua, &tableau->a[i * n], n) != i)
            luaL_error(lua, "row %d of a is not strictly lower triangular", i + 1);
        lua_settop(lua, 2);
    }
    lua_getfield(lua, 2, "c");
    if (pop_numbers(lua, tableau->c, s) != s) luaL_error(lua, "c has too few nodes");
}

static void read_dense(lua_State *lua, Tableau *tableau)
{
    int n = tableau->stages + tableau->dense_stages;
    if (!has(lua, "dense")) return;
    if (luaL_len(lua, -1) != n) luaL_error(lua, "dense has %d rows", (int)luaL_len(lua, -1));
    lua_rawgeti(lua, -1, 1);
    tableau->dense_degree = (int)luaL_len(lua, -1);
    lua_pop(lua, 1);
    tableau->dense = zeros(n * tableau->dense_degree);
    for (int i = 0; i < n; i++) {
        lua_rawgeti(lua, -1, i + 1);
        if (pop_numbers(lua, &tableau->dense[i * tableau->dense_degree], tableau->dense_degree) !=
            tableau->dense_degree)
            luaL_error(lua, "row %d of dense is too short", i + 1);
    }
    lua_pop(lua, 1);
}

static void read_aliases(lua_State *lua, Tableau *tableau)
{
    tableau->alias_count = length(lua, "aliases");
    tableau->aliases = ARENA_ARRAY(reader.arena, const char *, tableau->alias_count);
    for (int i = 0; i < tableau->alias_count; i++) {
        lua_getfield(lua, 2, "aliases");
        lua_rawgeti(lua, -1, i + 1);
        tableau->aliases[i] = intern(luaL_checkstring(lua, -1));
        lua_settop(lua, 2);
    }
}

/* Explicit methods only: the others are read by the script module alone. */
static bool is_explicit(lua_State *lua)
{
    lua_getfield(lua, 2, "family");
    bool explicit = !strcmp(luaL_checkstring(lua, -1), "erk");
    lua_pop(lua, 1);
    return explicit;
}

/* tableau(NAME): a function that takes the table. Here the second call. */
static int read_tableau(lua_State *lua)
{
    lua_settop(lua, 1);
    lua_pushvalue(lua, lua_upvalueindex(1));
    lua_insert(lua, 1);
    if (!is_explicit(lua)) {
        reader.others++;
        return 0;
    }
    Tableau *tableau = *array_push(reader.arena, reader.list) = ARENA_NEW(reader.arena, Tableau);
    tableau->name = intern(luaL_checkstring(lua, 1));
    lua_getfield(lua, 2, "title");
    tableau->title = intern(luaL_checkstring(lua, -1));
    lua_getfield(lua, 2, "reference");
    tableau->reference = intern(luaL_checkstring(lua, -1));
    lua_getfield(lua, 2, "first_same_as_last");
    tableau->first_same_as_last = lua_toboolean(lua, -1);
    lua_settop(lua, 2);
    tableau->stages = length(lua, "b");
    tableau->dense_stages = length(lua, "extra");
    tableau->order = integer(lua, "order");
    tableau->embedded_order = integer(lua, "embedded_order");
    tableau->error_low_order = integer(lua, "error_low_order");
    tableau->dense_order = integer(lua, "dense_order");
    read_aliases(lua, tableau);
    read_stages(lua, tableau);
    tableau->b = weights(lua, "b", tableau->stages);
    tableau->error = weights(lua, "error", tableau->stages);
    tableau->error_low = weights(lua, "error_low", tableau->stages);
    Number *embedded = weights(lua, "embedded", tableau->stages);
    for (int i = 0; embedded && i < tableau->stages; i++) embedded[i] = number_subtract(tableau->b[i], embedded[i]);
    tableau->error = embedded ? embedded : tableau->error;
    read_dense(lua, tableau);
    return 0;
}

static int name_tableau(lua_State *lua)
{
    lua_settop(lua, 1);
    lua_pushcclosure(lua, read_tableau, 1);
    return 1;
}

/* Adds the tableau of a file to the list, if it is explicit. Returns NULL, or
 * what is wrong; then nothing is added. */
static const char *read_tableau_file(Arena *arena, ReadTableaux *list, const char *path)
{
    lua_State *lua = luaL_newstate();
    int before = list->count, others = reader.others;
    const char *message = NULL;
    reader.arena = arena;
    reader.list = list;
    lua_register(lua, "tableau", name_tableau);
    if (luaL_dofile(lua, path))
        message = arena_printf(arena, "%s", lua_tostring(lua, -1));
    else if (list->count - before + reader.others - others != 1)
        message = arena_printf(arena, "%d tableaux instead of one", list->count - before + reader.others - others);
    lua_close(lua);
    if (message) list->count = before;
    return message;
}

#endif
