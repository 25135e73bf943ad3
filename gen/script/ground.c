/* SPDX-License-Identifier: MIT */
#include "script/ground.h"

#include <stdlib.h>
#include <string.h>

#include "base/intern.h"
#include "script/foreign.h"

/* The environment of a problem file is an empty table, so that every reading
 * and every assignment passes through its metatable. Readings go on to the
 * table of values (declared names and the file's own variables), then to the
 * library (functions, math, ...), then to the statement words and `t`, then
 * to read_unknown. Words stand behind values but no value can have their
 * names, for assignments are checked. All three are in the registry. */
#define VALUES "values"
#define LIBRARY "library"
#define WORDS "words"

Reader *reader_of(lua_State *L)
{
    return sandbox_context(L);
}

const char *name_kind_text(NameKind kind)
{
    static const char *const texts[NAME_KIND_COUNT] = { "a state", "a parameter", "a constant", "an observable" };
    return texts[kind];
}

/* Pushes what one of the three tables has itself under the name. */
static void push_raw(lua_State *L, const char *table, const char *name)
{
    lua_getfield(L, LUA_REGISTRYINDEX, table);
    lua_pushstring(L, name);
    lua_rawget(L, -2);
    lua_remove(L, -2);
}

void ground_push_value(lua_State *L, const char *name)
{
    push_raw(L, VALUES, name);
}

bool ground_is_word(lua_State *L, const char *name)
{
    push_raw(L, WORDS, name);
    bool found = !lua_isnil(L, -1);
    lua_pop(L, 1);
    return found;
}

void ground_set_value(lua_State *L, const char *name)
{
    lua_getfield(L, LUA_REGISTRYINDEX, VALUES);
    lua_insert(L, -2);
    lua_pushstring(L, name);
    lua_insert(L, -2);
    lua_rawset(L, -3);
    lua_pop(L, 1);
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static int count_keys(lua_State *L)
{
    int count = 0;
    for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1)) count++;
    return count;
}

static int add_keys(const char **names, int count, lua_State *L)
{
    for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1))
        if (lua_type(L, -2) == LUA_TSTRING) names[count++] = intern(lua_tostring(L, -2));
    return count;
}

const char **ground_known_names(Arena *arena, lua_State *L, int *count)
{
    static const char *const tables[] = { VALUES, LIBRARY, WORDS };
    int most = 0;
    for (int i = 0; i < 3; i++) {
        lua_getfield(L, LUA_REGISTRYINDEX, tables[i]);
        most += count_keys(L);
        lua_pop(L, 1);
    }
    const char **names = ARENA_ARRAY(arena, const char *, most + 1);
    *count = 0;
    for (int i = 0; i < 3; i++) {
        lua_getfield(L, LUA_REGISTRYINDEX, tables[i]);
        *count = add_keys(names, *count, L);
        lua_pop(L, 1);
    }
    qsort(names, (size_t)*count, sizeof *names, compare_names);
    return names;
}

int ground_unknown(lua_State *L, const char *name)
{
    int count;
    Arena *scratch = arena_new();
    const char **known = ground_known_names(scratch, L, &count);
    const char *advice = foreign_advice(scratch, name, known, count);
    advice = intern(*advice ? advice : "; declare it with parameters, constants or states");
    arena_free(scratch);
    sandbox_error(L, "unknown name '%s'%s", name, advice);
    symbol_push(L, symbol_stand_in(L, name));
    return 1;
}

static int read_unknown(lua_State *L)
{
    if (lua_type(L, 2) != LUA_TSTRING) return luaL_error(L, "no name");
    return ground_unknown(L, lua_tostring(L, 2));
}

static void check_assignment(lua_State *L, const char *name)
{
    const Name *declared = names_get(reader_of(L)->names, intern(name));
    if (!strcmp(name, "t"))
        sandbox_error(L, "'t' is time and cannot be assigned");
    else if (ground_is_word(L, name))
        sandbox_error(L, "'%s' is a statement word and cannot be assigned", name);
    else if (declared && declared->kind == NAME_STATE)
        sandbox_error(L, "'%s' is a state and cannot be assigned; write ddt.%s = ... for its derivative", name, name);
    else if (declared && declared->kind != NAME_OBSERVABLE)
        sandbox_error(L, "'%s' is %s and cannot be assigned", name, name_kind_text(declared->kind));
}

/* The file's own variable. An expression keeps its name in generated code. */
static int assign_variable(lua_State *L)
{
    if (lua_type(L, 2) != LUA_TSTRING) return luaL_error(L, "no name");
    const char *name = lua_tostring(L, 2);
    const Expr *expr = symbol_get(L, 3);
    const Name *declared = names_get(reader_of(L)->names, intern(name));
    check_assignment(L, name);
    if (ground_is_word(L, name) || (declared && declared->kind != NAME_OBSERVABLE)) return 0;
    if (expr && expr->kind != EXPR_SYMBOL && expr->kind != EXPR_NUMBER)
        expr_set_name(symbols_graph(L), expr, intern(name));
    ground_set_value(L, name);
    return 0;
}

/* Readings of `table` that find nothing go on to `next`. */
static void chain(lua_State *L, const char *table, const char *next)
{
    lua_getfield(L, LUA_REGISTRYINDEX, table);
    lua_createtable(L, 0, 1);
    lua_getfield(L, LUA_REGISTRYINDEX, next);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, -2);
    lua_pop(L, 1);
}

static void end_chain(lua_State *L, const char *table)
{
    lua_getfield(L, LUA_REGISTRYINDEX, table);
    lua_createtable(L, 0, 1);
    lua_pushcfunction(L, read_unknown);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, -2);
    lua_pop(L, 1);
}

/* Every reading and every assignment passes through these. */
static void push_environment(lua_State *L)
{
    lua_newtable(L);
    lua_createtable(L, 0, 2);
    lua_getfield(L, LUA_REGISTRYINDEX, VALUES);
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, assign_variable);
    lua_setfield(L, -2, "__newindex");
    lua_setmetatable(L, -2);
}

void ground_open(lua_State *L)
{
    lua_setfield(L, LUA_REGISTRYINDEX, WORDS);
    lua_setfield(L, LUA_REGISTRYINDEX, LIBRARY);
    lua_newtable(L);
    lua_setfield(L, LUA_REGISTRYINDEX, VALUES);
    chain(L, VALUES, LIBRARY);
    chain(L, LIBRARY, WORDS);
    end_chain(L, WORDS);
    push_environment(L);
    sandbox_set_environment(L);
}
