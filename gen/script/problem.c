/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/intern.h"
#include "script/ground.h"
#include "script/lua/input.h"
#include "script/lua/vector.h"
#include "script/script.h"
#include "script/shipped/tableaux.h"
#include "script/words/words.h"

static void keep_global(lua_State *L, const char *name)
{
    lua_getglobal(L, name);
    lua_setfield(L, -2, name);
}

static void push_library(lua_State *L)
{
    static const char *const kept[] = { "math",     "string",   "table",  "ipairs", "pairs",  "type",
                                        "tostring", "tonumber", "select", "error",  "assert", "require" };
    lua_newtable(L);
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) keep_global(L, kept[i]);
    symbols_add_functions(L);
    sweep_add_functions(L);
}

static int open_environment(lua_State *L)
{
    Reader *reader = reader_of(L);
    symbols_open(L, reader->spec->graph);
    vector_open(L);
    tableaux_open(L, &reader->spec->tableaux, true);
    assign_open(L);
    push_library(L);
    words_push(L);
    ground_open(L);
    return 0;
}

static Spec *new_spec(Arena *arena, const char *path)
{
    Spec *spec = ARENA_NEW(arena, Spec);
    Symbol *time = ARENA_NEW(arena, Symbol);
    spec->file = intern(input_shown(path));
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
    sandbox_modules(&spec->modules, reader->sandbox);
    declare_finish(reader);
    if (spec->complete && !spec->name)
        diag_error((Source){ spec->file, 0, 0 }, "the problem has no name; begin the file with: problem \"NAME\"");
}

Spec *script_read_problem(Arena *arena, const char *path, const Limits *limits)
{
    Reader *reader = ARENA_NEW(arena, Reader);
    const Limits shipped = script_default_limits(arena);
    reader->arena = arena;
    reader->spec = new_spec(arena, path);
    reader->names = names_new(arena);
    reader->codes = identifier_scope_new(arena);
    reader->derivatives = names_new(arena);
    reader->observed = names_new(arena);
    reader->sandbox = sandbox_open(arena, limits ? limits : &shipped);
    sandbox_set_context(reader->sandbox, reader);
    if (sandbox_call(reader->sandbox, open_environment, NULL))
        reader->spec->complete = sandbox_run_file(reader->sandbox, path);
    finish(reader);
    sandbox_close(reader->sandbox);
    return reader->spec;
}
