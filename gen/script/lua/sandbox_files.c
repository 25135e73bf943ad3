/* SPDX-License-Identifier: MIT */
/* Chunks and modules of a sandbox: loading, require, their texts. */
#include <lauxlib.h>
#include <string.h>

#include "base/intern.h"
#include "script/lua/embedded.h"
#include "script/lua/input.h"
#include "script/lua/logic.h"
#include "script/grammar/rewrite.h"
#include "script/lua/sandbox_state.h"

static void hash_bytes(Sandbox *sandbox, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++)
        sandbox->hash = (sandbox->hash ^ (unsigned char)bytes[i]) * UINT64_C(1099511628211);
}

/* Line breaks become \n, as in Lua's own long strings. */
static size_t normalise_lines(char *text, size_t length)
{
    size_t kept = 0;
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '\r' && i + 1 < length && text[i + 1] == '\n') continue;
        text[kept++] = text[i] == '\r' ? '\n' : text[i];
    }
    text[kept] = '\0';
    return kept;
}

static ScriptFile *add_file(Sandbox *sandbox, const char *path, const char *bytes, size_t length)
{
    ScriptFile *file = array_push(sandbox->arena, &sandbox->files);
    size_t mark = length >= 3 && !memcmp(bytes, "\xEF\xBB\xBF", 3) ? 3 : 0;
    char *text = arena_string(sandbox->arena, bytes + mark, length - mark);
    length -= mark;
    *file = (ScriptFile){ .path = intern(path) };
    file->length = normalise_lines(text, length);
    file->text = text;
    for (const char *line = text; line; line = strchr(line, '\n') ? strchr(line, '\n') + 1 : NULL)
        *array_push(sandbox->arena, &file->lines) = line;
    return file;
}

const char *sandbox_text(const Sandbox *sandbox, const char *path, size_t *length)
{
    for (int i = 0; i < sandbox->files.count; i++)
        if (sandbox->files.items[i].path == path)
            return *length = sandbox->files.items[i].length, sandbox->files.items[i].text;
    return NULL;
}

const char *sandbox_line(const Sandbox *sandbox, Source source)
{
    for (int i = 0; i < sandbox->files.count; i++) {
        const ScriptFile *file = &sandbox->files.items[i];
        if (file->path == source.file)
            return source.line >= 1 && source.line <= file->lines.count ? file->lines.items[source.line - 1] : NULL;
    }
    return NULL;
}

static void use_environment(lua_State *L)
{
    lua_getfield(L, LUA_REGISTRYINDEX, "environment");
    if (lua_isnil(L, -1))
        lua_pop(L, 1);
    else if (!lua_setupvalue(L, -2, 1))
        lua_pop(L, 1);
}

/* A "#!" line is no Lua. */
static const char *skip_head(const char *text, size_t *length)
{
    const char *start = text;
    if (*start == '#') start += strcspn(start, "\n");
    *length -= (size_t)(start - text);
    return start;
}

/* Pushes the compiled chunk of a text that is run as it is, or raises. */
static void load_plain(lua_State *L, const char *text, size_t length, const char *chunk)
{
    if (luaL_loadbufferx(L, text, length, chunk, "t") != LUA_OK) lua_error(L);
    use_environment(L);
}

/* What is wrong with a text is what Lua says about the text itself; only what
 * went wrong with the rewritten one alone (the message is on top of the stack)
 * is said of that. */
static void refuse(lua_State *L, const char *text, size_t length, const char *chunk)
{
    load_plain(L, text, length, chunk);
    lua_pop(L, 1);
    lua_error(L);
}

/* Pushes what keeps a text from being rewritten. */
static void push_refusal(lua_State *L, RewriteResult result, const char *chunk, int line)
{
    if (result == REWRITE_DEEP)
        lua_pushfstring(L, "%s:%d: brackets, tables, functions or blocks are nested too deep", chunk + 1, line);
    else
        lua_pushstring(L, result == REWRITE_LARGE ? "not enough memory" : "this text cannot be read");
}

/* Pushes the compiled chunk of a text with its logic rewritten, or raises. */
static void load_rewritten(lua_State *L, const char *text, size_t length, const char *chunk)
{
    Arena *scratch = arena_new();
    Text rewritten = text_new(scratch);
    int line, status = LUA_ERRSYNTAX;
    RewriteResult result = rewrite_text(&rewritten, &line, text, length, (size_t)sandbox_of(L)->limits.memory);
    if (result == REWRITE_DONE)
        status = luaL_loadbufferx(L, rewritten.data, rewritten.length, chunk, "t");
    else
        push_refusal(L, result, chunk, line);
    arena_free(scratch);
    if (result == REWRITE_NONE) {
        load_plain(L, text, length, chunk);
    } else if (status == LUA_OK) {
        use_environment(L);
        logic_push(L);
        lua_call(L, 1, 1);
    } else if (result == REWRITE_DEEP) {
        lua_error(L);
    } else {
        refuse(L, text, length, chunk);
    }
}

/* Pushes the compiled chunk of the file added last, or raises. */
static void load_last(lua_State *L)
{
    Sandbox *sandbox = sandbox_of(L);
    int index = sandbox->files.count - 1;
    const ScriptFile *file = &sandbox->files.items[index];
    size_t length = file->length;
    if (file->text[0] == LUA_SIGNATURE[0]) {
        sandbox_raise(L, "'%s' is compiled Lua; only source text is read", file->path);
        return;
    }
    const char *text = skip_head(file->text, &length);
    const char *chunk = lua_pushfstring(L, "@#%d", index);
    if (file->embedded)
        load_plain(L, text, length, chunk);
    else
        load_rewritten(L, text, length, chunk);
}

static int load_chunk(lua_State *L)
{
    load_last(L);
    return 1;
}

static bool run_last(Sandbox *sandbox)
{
    lua_pushcfunction(sandbox->lua, load_chunk);
    return sandbox_protected(sandbox, 0, 1) && sandbox_protected(sandbox, 0, 1);
}

bool sandbox_run_file(Sandbox *sandbox, const char *path)
{
    size_t length;
    const char *why;
    const char *bytes = input_read(sandbox->arena, path, &length, &why);
    if (!bytes) {
        diag_error((Source){ input_shown(path), 0, 0 }, "cannot be read: %s", why);
        return false;
    }
    hash_bytes(sandbox, bytes, length);
    add_file(sandbox, input_shown(path), bytes, length);
    return run_last(sandbox);
}

static const struct EmbeddedFile *find_embedded(const char *name)
{
    for (int i = 0; i < embedded_file_count; i++)
        if (!strcmp(embedded_files[i].name, name)) return &embedded_files[i];
    return NULL;
}

/* The prelude alone gets arguments: the two functions below. */
static int value_order(lua_State *L)
{
    if (!luaL_callmeta(L, 1, "__order")) lua_pushinteger(L, 0);
    return 1;
}

static int vector_length(lua_State *L)
{
    if (luaL_getmetafield(L, 1, "__vector") == LUA_TNIL)
        lua_pushnil(L);
    else
        lua_pushinteger(L, luaL_len(L, 1));
    return 1;
}

static bool run_prelude(Sandbox *sandbox)
{
    lua_pushcfunction(sandbox->lua, load_chunk);
    if (!sandbox_protected(sandbox, 0, 1)) return false;
    lua_pushcfunction(sandbox->lua, value_order);
    lua_pushcfunction(sandbox->lua, vector_length);
    return sandbox_protected(sandbox, 2, 1);
}

bool sandbox_run_embedded(Sandbox *sandbox, const char *name)
{
    const struct EmbeddedFile *embedded = find_embedded(name);
    if (!embedded) {
        diag_error((Source){ NULL, 0, 0 }, "the program has no file 'lua/%s'", name);
        return false;
    }
    const char *path = arena_printf(sandbox->arena, "lua/%s", name);
    ScriptFile *file = add_file(sandbox, path, embedded->bytes, embedded->length);
    file->embedded = true;
    file->hidden = !strcmp(name, "prelude.lua");
    return file->hidden ? run_prelude(sandbox) : run_last(sandbox);
}

/* "lib.rates" is lib/rates.lua beside the main file and nothing else. */
static bool is_module_name(const char *name)
{
    bool after_dot = true;
    for (; *name; name++) {
        bool letter = strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-", *name) != NULL;
        if (!letter && (*name != '.' || after_dot)) return false;
        after_dot = *name == '.';
    }
    return !after_dot;
}

/* The length of the path to the main file's folder. */
static int folder_length(const Sandbox *sandbox)
{
    const char *main_path = sandbox->files.items[1].path;
    const char *slash = strrchr(main_path, '/');
    return slash ? (int)(slash - main_path) + 1 : 0;
}

static const char *module_path(Sandbox *sandbox, const char *name)
{
    int folder = folder_length(sandbox);
    char *path = arena_printf(sandbox->arena, "%.*s%s.lua", folder, sandbox->files.items[1].path, name);
    for (char *c = path + folder; c < path + strlen(path) - 4; c++)
        if (*c == '.') *c = '/';
    return path;
}

void sandbox_modules(FileList *modules, const Sandbox *sandbox)
{
    for (int i = 2; i < sandbox->files.count; i++) {
        const ScriptFile *file = &sandbox->files.items[i];
        if (file->module) *array_push(sandbox->arena, modules) = file->path + folder_length(sandbox);
    }
}

static void run_module(lua_State *L, const char *name)
{
    Sandbox *sandbox = sandbox_of(L);
    size_t length;
    const char *why, *path = module_path(sandbox, name);
    const char *bytes = input_read(sandbox->arena, path, &length, &why);
    if (!bytes) {
        sandbox_raise(L, "module '%s' cannot be read from '%s': %s", name, path, why);
        return;
    }
    hash_bytes(sandbox, bytes, length);
    add_file(sandbox, path, bytes, length)->module = true;
    load_last(L);
    lua_call(L, 0, 1);
    if (lua_isnil(L, -1)) {
        lua_pop(L, 1);
        lua_pushboolean(L, true);
    }
}

/* Upvalue 1: the modules that were loaded; false while one is running. */
static int require_module(lua_State *L)
{
    const char *name = luaL_checkstring(L, 1);
    if (!is_module_name(name))
        return sandbox_raise(L,
                             "module '%s' is no name of a module beside the problem file; write require \"rates\" "
                             "for rates.lua",
                             name);
    int found = lua_getfield(L, lua_upvalueindex(1), name);
    if (found == LUA_TBOOLEAN && !lua_toboolean(L, -1)) return sandbox_raise(L, "module '%s' requires itself", name);
    if (found != LUA_TNIL) return 1;
    lua_pushboolean(L, false);
    lua_setfield(L, lua_upvalueindex(1), name);
    run_module(L, name);
    lua_pushvalue(L, -1);
    lua_setfield(L, lua_upvalueindex(1), name);
    return 1;
}

void sandbox_open_files(lua_State *L)
{
    lua_newtable(L);
    lua_pushcclosure(L, require_module, 1);
    lua_setglobal(L, "require");
}
