/* SPDX-License-Identifier: MIT */
#include "script/lua/sandbox.h"

#include <inttypes.h>
#include <lauxlib.h>
#include <limits.h>
#include <lualib.h>
#include <stdlib.h>
#include <string.h>

#include "script/lua/logic.h"
#include "script/lua/sandbox_state.h"
#include "script/lua/watch.h"

/* The hook runs every so many instructions: often enough to stop an endless
 * loop at its line, seldom enough to cost nothing. */
enum { HOOK_INSTRUCTIONS = 1000 };

/* A loop full of mistakes, equal ones or not, ends here. */
enum { REPORTS_MOST = 10000 };

/* What the package ships ends by itself. */
static const Limits limits_none = { INT64_MAX, INT64_MAX, 0 };

Sandbox *sandbox_of(lua_State *L)
{
    return *(Sandbox **)lua_getextraspace(L);
}

lua_State *sandbox_lua(Sandbox *sandbox)
{
    return sandbox->lua;
}

Arena *sandbox_arena(const Sandbox *sandbox)
{
    return sandbox->arena;
}

void sandbox_set_context(Sandbox *sandbox, void *context)
{
    sandbox->context = context;
}

void *sandbox_context(lua_State *L)
{
    return sandbox_of(L)->context;
}

uint64_t sandbox_hash(const Sandbox *sandbox)
{
    return sandbox->hash;
}

Source sandbox_source(lua_State *L)
{
    const Sandbox *sandbox = sandbox_of(L);
    lua_Debug frame;
    for (int level = 0; lua_getstack(L, level, &frame); level++) {
        lua_getinfo(L, "Sl", &frame);
        if (frame.source[0] != '@' || frame.source[1] != '#' || frame.currentline < 1) continue;
        int index = atoi(frame.source + 2);
        if (index < sandbox->files.count && !sandbox->files.items[index].hidden)
            return (Source){ sandbox->files.items[index].path,
                             sandbox->operator_line ? sandbox->operator_line : frame.currentline, 0 };
    }
    return (Source){ sandbox->files.count > 1 ? sandbox->files.items[1].path : NULL, 0, 0 };
}

/* Lua asks again after a full collection, so a refusal may be recovered from;
 * the last one in a chunk stays (Lua allocates while it leaves one, too).
 * Looking at the stack allocates nothing. */
static bool is_within_memory(Sandbox *sandbox, int64_t wanted)
{
    if (sandbox->used + sandbox->charged + wanted <= sandbox->limits.memory) return true;
    Source place = sandbox->lua ? sandbox_source(sandbox->lua) : (Source){ NULL, 0, 0 };
    if (!sandbox->starved || place.line) sandbox->starved_at = place;
    sandbox->starved = true;
    return false;
}

static void *allocate(void *context, void *block, size_t old_size, size_t size)
{
    Sandbox *sandbox = context;
    int64_t before = block ? (int64_t)old_size : 0;
    if (!size) {
        free(block);
        sandbox->used -= before;
        return NULL;
    }
    if (size > INT64_MAX / 2) return NULL;
    int64_t growth = (int64_t)size - before;
    if (growth > 0 && !is_within_memory(sandbox, growth)) return NULL;
    void *memory = realloc(block, size);
    if (memory) sandbox->used += growth;
    return memory;
}

static void count_instructions(lua_State *L, lua_Debug *frame)
{
    (void)frame;
    Sandbox *sandbox = sandbox_of(L);
    sandbox->executed += HOOK_INSTRUCTIONS;
    if (sandbox->executed > sandbox->limits.instructions)
        sandbox_raise(L,
                      "stopped after %" PRId64 " instructions: an endless loop? (script_instructions=N on the "
                      "command line allows more)",
                      sandbox->limits.instructions);
}

void sandbox_charge_more(lua_State *L, int64_t bytes)
{
    sandbox_charge(L, sandbox_of(L)->charged + bytes);
}

void sandbox_charge(lua_State *L, int64_t total)
{
    Sandbox *sandbox = sandbox_of(L);
    sandbox->charged = total;
    if (!is_within_memory(sandbox, 0)) sandbox_raise(L, "not enough memory");
}

void sandbox_error(lua_State *L, const char *format, ...)
{
    Sandbox *sandbox = sandbox_of(L);
    Arena *scratch = arena_new();
    va_list args;
    va_start(args, format);
    const char *message = arena_vprintf(scratch, format, args);
    va_end(args);
    sandbox->last_error = sandbox_source(L);
    diag_error(sandbox->last_error, "%s", message);
    arena_free(scratch);
    if (++sandbox->reports > REPORTS_MOST)
        sandbox_raise(L, "more than %d mistakes; the file is not read on", REPORTS_MOST);
}

int sandbox_raise(lua_State *L, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const char *message = arena_vprintf(sandbox_of(L)->arena, format, args);
    va_end(args);
    lua_pushstring(L, message);
    return lua_error(L);
}

bool sandbox_strip_location(Source *source, const Sandbox *sandbox, const char **message)
{
    char *end;
    const char *text = *message;
    if (text[0] != '#') return false;
    long index = strtol(text + 1, &end, 10);
    if (end == text + 1 || *end != ':' || index < 0 || index >= sandbox->files.count) return false;
    const char *digits = end + 1;
    long line = strtol(digits, &end, 10);
    if (end == digits || *end != ':' || line < 1 || line > INT_MAX) return false;
    if (!sandbox->files.items[index].hidden) *source = (Source){ sandbox->files.items[index].path, (int)line, 0 };
    *message = end + 1 + (end[1] == ' ');
    return true;
}

/* The message handler: the stack still stands, so the place is known. */
static int locate_error(lua_State *L)
{
    Sandbox *sandbox = sandbox_of(L);
    sandbox->raised_at = sandbox_source(L);
    if (lua_type(L, 1) != LUA_TSTRING) lua_pushfstring(L, "error() needs a text, not a %s", luaL_typename(L, 1));
    return 1;
}

/* A mistake that was reported and went on with a stand-in often ends the
 * chunk on the same line; that second message would only confuse. */
static bool is_consequence(const Sandbox *sandbox, Source place)
{
    return sandbox->last_error.line && sandbox->last_error.line == place.line && sandbox->last_error.file == place.file;
}

/* Lua's scanner shows the first byte of a letter it does not know, and its stack
 * is nothing that a user has. */
static const char *explain(const char *message)
{
    if (!strcmp(message, "C stack overflow")) return "brackets, tables, functions or calls are nested too deep";
    const char *near = strstr(message, "near '<\\");
    if (!near || atoi(near + 8) < 128) return message;
    return "a letter that is not ASCII stands outside of a text; names have letters a to z and A to Z, digits and _ "
           "only";
}

static const char *on_one_line(Arena *arena, const char *message)
{
    char *line = arena_printf(arena, "%s", message);
    for (char *c = line; *c; c++)
        if ((unsigned char)*c < ' ') *c = ' ';
    return line;
}

static void report_failure(Sandbox *sandbox, int status)
{
    const char *message = lua_tostring(sandbox->lua, -1);
    Source place = sandbox->raised_at;
    if (status == LUA_ERRMEM || sandbox->starved) {
        diag_error(sandbox->starved_at,
                   "the script wants more than %" PRId64 " bytes of memory "
                   "(script_memory=BYTES on the command line allows more)",
                   sandbox->limits.memory);
        return;
    }
    sandbox_strip_location(&place, sandbox, &message);
    if (!is_consequence(sandbox, place)) diag_error(place, "%s", on_one_line(sandbox->arena, explain(message)));
}

bool sandbox_protected(Sandbox *sandbox, int arguments, int results)
{
    lua_State *L = sandbox->lua;
    int handler = lua_gettop(L) - arguments;
    lua_pushcfunction(L, locate_error);
    lua_insert(L, handler);
    int frames = sandbox->frames.count;
    sandbox->starved = false;
    watch_start(sandbox);
    int status = lua_pcall(L, arguments, results, handler);
    watch_stop(sandbox);
    sandbox->operator_line = 0;
    sandbox->frames.count = frames;
    if (status != LUA_OK) {
        report_failure(sandbox, status);
        lua_pop(L, 1);
    }
    lua_remove(L, handler);
    return status == LUA_OK;
}

bool sandbox_call(Sandbox *sandbox, lua_CFunction function, void *argument)
{
    lua_State *L = sandbox->lua;
    if (!lua_gettop(L)) lua_pushnil(L);
    lua_pushcfunction(L, function);
    lua_insert(L, -2);
    lua_pushlightuserdata(L, argument);
    lua_insert(L, -2);
    return sandbox_protected(sandbox, 2, 0);
}

void sandbox_set_environment(lua_State *L)
{
    lua_setfield(L, LUA_REGISTRYINDEX, "environment");
}

static int read_unknown(lua_State *L)
{
    return sandbox_raise(L, "unknown name '%s'", luaL_tolstring(L, 2, NULL));
}

static void open_library(lua_State *L, const char *name, lua_CFunction open)
{
    luaL_requiref(L, name, open, 1);
    lua_pop(L, 1);
}

static void remove_field(lua_State *L, const char *table, const char *field)
{
    lua_getglobal(L, table);
    lua_pushnil(L);
    lua_setfield(L, -2, field);
    lua_pop(L, 1);
}

/* After the prelude: of the base library, what computes stays, and reading
 * any other name is a mistake. */
static int keep_safe_names(lua_State *L)
{
    static const char *const removed[] = { "_G",       "_VERSION", "collectgarbage", "dofile", "getmetatable", "load",
                                           "loadfile", "next",     "pcall",          "print",  "rawequal",     "rawget",
                                           "rawlen",   "rawset",   "setmetatable",   "warn",   "xpcall" };
    for (size_t i = 0; i < sizeof removed / sizeof *removed; i++) {
        lua_pushnil(L);
        lua_setglobal(L, removed[i]);
    }
    remove_field(L, "string", "dump");
    lua_pushglobaltable(L);
    lua_createtable(L, 0, 1);
    lua_pushcfunction(L, read_unknown);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, -2);
    return 0;
}

static int open_libraries(lua_State *L)
{
    open_library(L, LUA_GNAME, luaopen_base);
    open_library(L, LUA_MATHLIBNAME, luaopen_math);
    open_library(L, LUA_STRLIBNAME, luaopen_string);
    open_library(L, LUA_TABLIBNAME, luaopen_table);
    sandbox_open_files(L);
    logic_open(L);
    watch_library(L, LUA_STRLIBNAME);
    watch_library(L, LUA_TABLIBNAME);
    return 0;
}

Sandbox *sandbox_open(Arena *arena, const Limits *limits)
{
    Sandbox *sandbox = ARENA_NEW(arena, Sandbox);
    sandbox->arena = arena;
    sandbox->limits = limits ? *limits : limits_none;
    watch_open(sandbox);
    sandbox->hash = UINT64_C(14695981039346656037);
    sandbox->lua = lua_newstate(allocate, sandbox);
    if (!sandbox->lua) diag_system("no memory for the Lua machine");
    *(Sandbox **)lua_getextraspace(sandbox->lua) = sandbox;
    if (!sandbox_call(sandbox, open_libraries, NULL)) diag_system("the Lua machine does not start");
    if (!sandbox_run_embedded(sandbox, "prelude.lua")) diag_system("the prelude does not run");
    lua_settop(sandbox->lua, 0);
    if (!sandbox_call(sandbox, keep_safe_names, NULL)) diag_system("the Lua machine does not start");
    lua_sethook(sandbox->lua, count_instructions, LUA_MASKCOUNT, HOOK_INSTRUCTIONS);
    return sandbox;
}

void sandbox_close(Sandbox *sandbox)
{
    lua_close(sandbox->lua);
    sandbox->lua = NULL;
}
