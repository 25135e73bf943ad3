/* SPDX-License-Identifier: MIT */
#include "script/lua/vector.h"

#include <lauxlib.h>

#include "script/lua/sandbox.h"
#include "script/lua/symbols.h"

#define VECTOR_TYPE "vector"
#define VALUES_TYPE "vector values"

enum { ELEMENTS_MOST = 1000000 };

typedef struct Vector {
    const char *name;
    int elements;
} Vector;

static int check_count(lua_State *L)
{
    if (!lua_isinteger(L, 1) || lua_tointeger(L, 1) < 1 || lua_tointeger(L, 1) > ELEMENTS_MOST)
        return sandbox_raise(L,
                             "vector() takes a whole number of elements from 1 to %d: vector(64, 0), "
                             "vector(64, function(i) return i end) or vector { 1, 2, 3 }",
                             ELEMENTS_MOST);
    return (int)lua_tointeger(L, 1);
}

/* Pushes element i of what stands at index 2. */
static void push_element(lua_State *L, int i)
{
    lua_pushvalue(L, 2);
    if (lua_isfunction(L, 2)) {
        lua_pushinteger(L, i);
        lua_call(L, 1, 1);
    }
}

int word_vector(lua_State *L)
{
    if (lua_istable(L, 1)) {
        int count = (int)luaL_len(L, 1);
        if (count < 1) return sandbox_raise(L, "vector { } needs at least one element");
        lua_settop(L, 1);
    } else {
        int count = check_count(L);
        if (lua_isnoneornil(L, 2))
            return sandbox_raise(L, "vector() takes a value or a function: vector(%d, 0)", count);
        lua_createtable(L, count, 0);
        for (int i = 1; i <= count; i++) {
            push_element(L, i);
            lua_rawseti(L, -2, i);
        }
    }
    luaL_setmetatable(L, VALUES_TYPE);
    return 1;
}

int vector_values(lua_State *L, int index)
{
    bool is_values = false;
    if (lua_istable(L, index) && lua_getmetatable(L, index)) {
        luaL_getmetatable(L, VALUES_TYPE);
        is_values = lua_rawequal(L, -1, -2);
        lua_pop(L, 2);
    }
    return is_values ? (int)lua_rawlen(L, index) : 0;
}

bool vector_is(lua_State *L, int index)
{
    return luaL_testudata(L, index, VECTOR_TYPE) != NULL;
}

static int read_element(lua_State *L)
{
    const Vector *vector = luaL_checkudata(L, 1, VECTOR_TYPE);
    lua_Integer i = lua_isinteger(L, 2) ? lua_tointeger(L, 2) : 0;
    if (i >= 1 && i <= vector->elements) {
        lua_getiuservalue(L, 1, 1);
        lua_rawgeti(L, -1, i);
        return 1;
    }
    sandbox_error(L, "'%s[%s]' does not exist; '%s' has elements 1 to %d", vector->name, luaL_tolstring(L, 2, NULL),
                  vector->name, vector->elements);
    symbol_push(L, symbol_stand_in(L, "?"));
    return 1;
}

static int assign_element(lua_State *L)
{
    const Vector *vector = luaL_checkudata(L, 1, VECTOR_TYPE);
    sandbox_error(L, "'%s[%s]' is declared and cannot be assigned; write ddt.%s[i] = ... for the derivative of a state",
                  vector->name, luaL_tolstring(L, 2, NULL), vector->name);
    return 0;
}

static int vector_length(lua_State *L)
{
    const Vector *vector = luaL_checkudata(L, 1, VECTOR_TYPE);
    lua_pushinteger(L, vector->elements);
    return 1;
}

/* Arithmetic with a vector as a whole: upvalue 1 tells the operator. */
static int refuse_operator(lua_State *L)
{
    const Vector *vector = luaL_testudata(L, 1, VECTOR_TYPE);
    if (!vector) vector = luaL_checkudata(L, 2, VECTOR_TYPE);
    sandbox_error(L, "'%s' does not work on the vector '%s' as a whole; write it for the elements: %s[i]",
                  lua_tostring(L, lua_upvalueindex(1)), vector->name, vector->name);
    symbol_push(L, symbol_stand_in(L, "?"));
    return 1;
}

void vector_open(lua_State *L)
{
    static const luaL_Reg methods[] = {
        { "__index", read_element },
        { "__newindex", assign_element },
        { "__len", vector_length },
        { NULL, NULL },
    };
    static const char *const operators[][2] = {
        { "__add", "+" }, { "__sub", "-" }, { "__mul", "*" }, { "__div", "/" }, { "__pow", "^" }, { "__unm", "-" },
    };
    luaL_newmetatable(L, VALUES_TYPE);
    luaL_newmetatable(L, VECTOR_TYPE);
    luaL_setfuncs(L, methods, 0);
    lua_pushboolean(L, true);
    lua_setfield(L, -2, "__vector");
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
        lua_pushstring(L, operators[i][1]);
        lua_pushcclosure(L, refuse_operator, 1);
        lua_setfield(L, -2, operators[i][0]);
    }
    lua_pop(L, 2);
}

void vector_push(lua_State *L, const char *name, int elements)
{
    Vector *vector = lua_newuserdatauv(L, sizeof *vector, 1);
    *vector = (Vector){ name, elements };
    luaL_setmetatable(L, VECTOR_TYPE);
    lua_insert(L, -2);
    lua_setiuservalue(L, -2, 1);
}
