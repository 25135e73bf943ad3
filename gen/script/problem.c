/* SPDX-License-Identifier: MIT */
#include "script/problem.h"

#include <stdlib.h>
#include <string.h>

#include "base/intern.h"
#include "script/script.h"

/* The environment of a problem file is an empty table, so that every reading
 * and every assignment passes through its metatable. Readings go on to the
 * table of values (declared names and the file's own variables), then to the
 * library (functions, math, ...), then to the statement words and `t`, then
 * to read_unknown. Words stand behind values but no value can have their
 * names, for assignments are checked. All three are in the registry. */
#define VALUES "values"
#define LIBRARY "library"
#define WORDS "words"

typedef struct LaterWord {
    const char *name, *what;
} LaterWord;

static const LaterWord later_words[] = {
    { "drivers", "drivers are" },
    { "metric", "metrics are" },
    { "metrics", "metrics are" },
    { "events", "events are" },
};

Reader *reader_of(lua_State *L)
{
    return sandbox_context(L);
}

const char *name_kind_text(NameKind kind)
{
    static const char *const texts[NAME_KIND_COUNT] = { "a state", "a parameter", "a constant", "an observable" };
    return texts[kind];
}

/* Upvalue 1: the LaterWord. Takes a name or a table, and again a table. */
static int refuse_word(lua_State *L)
{
    const LaterWord *word = lua_touserdata(L, lua_upvalueindex(1));
    sandbox_error(L, "'%s' cannot be used: %s not available in this version", word->name, word->what);
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_pushcclosure(L, refuse_word, 1);
    return 1;
}

static const luaL_Reg statement_words[] = {
    { "problem", word_problem },     { "parameters", word_parameters }, { "constants", word_constants },
    { "states", word_states },       { "units", word_units },           { "vector", word_vector },
    { "equations", word_equations }, { "solve", word_solve },           { "buffers", word_buffers },
    { "sweep", word_sweep },         { "tableau", word_tableau },       { NULL, NULL },
};

bool problem_is_word(const char *name)
{
    if (!strcmp(name, "ddt") || !strcmp(name, "observe") || !strcmp(name, "t")) return true;
    for (const luaL_Reg *word = statement_words; word->name; word++)
        if (!strcmp(word->name, name)) return true;
    for (size_t i = 0; i < sizeof later_words / sizeof *later_words; i++)
        if (!strcmp(later_words[i].name, name)) return true;
    return false;
}

void problem_set_value(lua_State *L, const char *name)
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

const char **problem_known_names(Arena *arena, lua_State *L, int *count)
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

int problem_unknown(lua_State *L, const char *name)
{
    int count;
    Arena *scratch = arena_new();
    const char **known = problem_known_names(scratch, L, &count);
    const char *nearest = nearest_name(name, known, count); /* interned, as they all are */
    arena_free(scratch);
    if (nearest)
        sandbox_error(L, "unknown name '%s'; did you mean '%s'?", name, nearest);
    else
        sandbox_error(L, "unknown name '%s'; declare it with parameters, constants or states", name);
    symbol_push(L, symbol_stand_in(L, name));
    return 1;
}

static int read_unknown(lua_State *L)
{
    if (lua_type(L, 2) != LUA_TSTRING) return luaL_error(L, "no name");
    return problem_unknown(L, lua_tostring(L, 2));
}

static void check_assignment(lua_State *L, const char *name)
{
    const Name *declared = names_get(reader_of(L)->names, intern(name));
    if (!strcmp(name, "t"))
        sandbox_error(L, "'t' is time and cannot be assigned");
    else if (problem_is_word(name))
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
    if (problem_is_word(name) || (declared && declared->kind != NAME_OBSERVABLE)) return 0;
    if (expr && expr->kind != EXPR_SYMBOL && expr->kind != EXPR_NUMBER)
        expr_set_name(symbols_graph(L), expr, intern(name));
    problem_set_value(L, name);
    return 0;
}

static void keep_global(lua_State *L, const char *name)
{
    lua_getglobal(L, name);
    lua_setfield(L, -2, name);
}

static void open_library(lua_State *L)
{
    static const char *const kept[] = { "math",     "string",   "table",  "ipairs", "pairs",  "type",
                                        "tostring", "tonumber", "select", "error",  "assert", "require" };
    lua_newtable(L);
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) keep_global(L, kept[i]);
    symbols_add_functions(L);
    sweep_open(L);
    lua_setfield(L, LUA_REGISTRYINDEX, LIBRARY);
}

static void open_words(lua_State *L)
{
    lua_newtable(L);
    luaL_setfuncs(L, statement_words, 0);
    for (size_t i = 0; i < sizeof later_words / sizeof *later_words; i++) {
        lua_pushlightuserdata(L, (void *)&later_words[i]);
        lua_pushcclosure(L, refuse_word, 1);
        lua_setfield(L, -2, later_words[i].name);
    }
    symbol_push(L, expr_symbol(symbols_graph(L), reader_of(L)->spec->time));
    lua_setfield(L, -2, "t");
    assign_push_ddt(L);
    lua_setfield(L, -2, "ddt");
    assign_push_observe(L);
    lua_setfield(L, -2, "observe");
    lua_setfield(L, LUA_REGISTRYINDEX, WORDS);
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

static int open_environment(lua_State *L)
{
    Reader *reader = reader_of(L);
    symbols_open(L, reader->spec->graph);
    vector_open(L);
    tableaux_open(L, &reader->spec->tableaux, true);
    assign_open(L);
    lua_newtable(L);
    lua_setfield(L, LUA_REGISTRYINDEX, VALUES);
    open_library(L);
    open_words(L);
    chain(L, VALUES, LIBRARY);
    chain(L, LIBRARY, WORDS);
    end_chain(L, WORDS);
    lua_newtable(L);
    lua_createtable(L, 0, 2);
    lua_getfield(L, LUA_REGISTRYINDEX, VALUES);
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, assign_variable);
    lua_setfield(L, -2, "__newindex");
    lua_setmetatable(L, -2);
    sandbox_set_environment(L);
    return 0;
}

static Spec *new_spec(Arena *arena, const char *path)
{
    Spec *spec = ARENA_NEW(arena, Spec);
    Symbol *time = ARENA_NEW(arena, Symbol);
    spec->file = intern(path);
    spec->graph = graph_new(arena);
    *time = (Symbol){ intern("t"), intern("t"), SYMBOL_TIME, 0, { spec->file, 0, 0 } };
    spec->time = time;
    spec->time_unit = "";
    spec->tableaux = script_read_tableaux(arena);
    return spec;
}

static void finish(Reader *reader)
{
    Spec *spec = reader->spec;
    spec->hash = sandbox_hash(reader->sandbox);
    declare_finish(reader);
    if (spec->complete && !spec->name)
        diag_error((Source){ spec->file, 0, 0 }, "the problem has no name; begin the file with: problem \"NAME\"");
}

Spec *script_read_problem(Arena *arena, const char *path, const Limits *limits)
{
    Reader *reader = ARENA_NEW(arena, Reader);
    reader->arena = arena;
    reader->spec = new_spec(arena, path);
    reader->names = names_new(arena);
    reader->codes = identifier_scope_new(arena);
    reader->derivatives = names_new(arena);
    reader->observed = names_new(arena);
    reader->sandbox = sandbox_open(arena, limits);
    sandbox_set_context(reader->sandbox, reader);
    if (sandbox_call(reader->sandbox, open_environment, NULL))
        reader->spec->complete = sandbox_run_file(reader->sandbox, path);
    finish(reader);
    sandbox_close(reader->sandbox);
    return reader->spec;
}
