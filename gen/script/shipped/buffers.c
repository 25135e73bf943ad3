/* SPDX-License-Identifier: MIT */
#include "script/shipped/buffers.h"

#include <string.h>

#include "base/intern.h"
#include "script/lua/input.h"
#include "script/script.h"
#include "script/shipped/spec_reader.h"
#include "script/shipped/spec_text.h"

/* Arguments: BufferGroup ** and the chunk's result. */
static int take_result(lua_State *L)
{
    BufferGroup **group = lua_touserdata(L, 1);
    if (lua_type(L, 2) != LUA_TLIGHTUSERDATA) return sandbox_raise(L, "a buffer spec ends in 'return buffers { ... }'");
    *group = lua_touserdata(L, 2);
    return 0;
}

static int add_word(lua_State *L)
{
    lua_pushcfunction(L, spec_word_buffers);
    lua_setglobal(L, "buffers");
    return 0;
}

static BufferGroup *read_result(Sandbox *sandbox, bool ran)
{
    BufferGroup *group = NULL;
    const SpecReader *reader = sandbox_context(sandbox_lua(sandbox));
    if (!ran || !sandbox_call(sandbox, take_result, &group) || reader->mistakes) return NULL;
    return group;
}

static const char *file_stem(Arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path, *dot = strrchr(name, '.');
    return arena_string(arena, name, dot && dot > name ? (size_t)(dot - name) : strlen(name));
}

BufferGroup *buffers_read_file(Arena *arena, const char *path)
{
    SpecReader reader = { .arena = arena, .precision = PRECISION_FLOAT64 };
    const Limits limits = script_default_limits(arena);
    Sandbox *sandbox = sandbox_open(arena, &limits);
    sandbox_set_context(sandbox, &reader);
    sandbox_call(sandbox, add_word, NULL);
    BufferGroup *group = read_result(sandbox, sandbox_run_file(sandbox, path));
    sandbox_close(sandbox);
    if (!group || *group->name) return group;
    BufferGroup *named = buffer_group_copy(arena, group, file_stem(arena, strcmp(path, "-") ? path : "stdin"));
    return named;
}

bool buffers_is_spec(const char *path)
{
    size_t length;
    const char *why;
    Arena *scratch = arena_new();
    const char *text = input_read(scratch, path, &length, &why);
    bool is_spec = text && spec_text_has_word(text, "buffers") && !spec_text_has_word(text, "problem");
    arena_free(scratch);
    return is_spec;
}

/* ---- families ---- */

typedef struct Locations {
    const BufferScope *scope;
    const BufferGroup *group; /* of the first reading, or NULL */
} Locations;

static bool has_setting(const SettingTable *table, const char *name)
{
    for (int i = 0; table && i < table->count; i++)
        if (!strcmp(table->items[i].name, name)) return true;
    return false;
}

static Location chosen_location(Arena *arena, const BufferScope *scope, const Buffer *buffer)
{
    Location location = buffer->location;
    const char *setting = arena_printf(arena, "%s_location", buffer->name);
    if (scope->settings && !buffer->fixed_location && has_setting(scope->table, setting))
        location_parse(&location, settings_text(scope->settings, intern(setting)));
    return location;
}

static int location_by_default(lua_State *L)
{
    lua_pushstring(L, location_name(LOCATION_LOCAL));
    return 1;
}

static void set_locations(lua_State *L, const Locations *locations)
{
    const BufferGroup *group = locations->group;
    lua_newtable(L);
    for (int i = 0; group && i < group->buffers.count; i++) {
        const Buffer *buffer = group->buffers.items[i];
        lua_pushstring(L, location_name(chosen_location(sandbox_arena(sandbox_of(L)), locations->scope, buffer)));
        lua_setfield(L, -2, buffer->name);
    }
    lua_createtable(L, 0, 1);
    lua_pushcfunction(L, location_by_default);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, -2);
    lua_setglobal(L, "location");
}

static void push_value(lua_State *L, const ScopeValue *value)
{
    switch (value->kind) {
    case SCOPE_COUNT: lua_pushinteger(L, value->number); break;
    case SCOPE_FLAG: lua_pushboolean(L, value->number != 0); break;
    case SCOPE_TEXT: lua_pushstring(L, value->text); break;
    }
}

static int one_by_default(lua_State *L)
{
    lua_pushinteger(L, 1);
    return 1;
}

/* Every global that is not there becomes 1. */
static void set_default(lua_State *L)
{
    lua_pushglobaltable(L);
    lua_createtable(L, 0, 1);
    lua_pushcfunction(L, one_by_default);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, -2);
    lua_pop(L, 1);
}

static int set_scope(lua_State *L)
{
    const Locations *locations = lua_touserdata(L, 1);
    const Scope *scope = &locations->scope->values;
    for (int i = 0; i < scope->values.count; i++) {
        push_value(L, &scope->values.items[i]);
        lua_setglobal(L, scope->values.items[i].name);
    }
    lua_pushstring(L, precision_name(locations->scope->precision));
    lua_setglobal(L, "precision");
    set_locations(L, locations);
    if (scope->any) set_default(L);
    return 0;
}

static void choose_locations(Arena *arena, const BufferScope *scope, BufferGroup *group)
{
    for (int i = 0; i < group->buffers.count; i++)
        group->buffers.items[i]->location = chosen_location(arena, scope, group->buffers.items[i]);
    for (int i = 0; i < group->children.count; i++) choose_locations(arena, scope, group->children.items[i]);
}

/* Twice: the first reading tells the locations that the spec itself gives, by
 * which the second one decides what lies over what. */
BufferGroup *buffers_read_family(Arena *arena, const char *family, const BufferScope *scope)
{
    SpecReader reader = { .arena = arena, .precision = scope->precision };
    Locations locations = { scope, NULL };
    Sandbox *sandbox = sandbox_open(arena, NULL);
    const char *file = arena_printf(arena, "buffers/%s.lua", family);
    sandbox_set_context(sandbox, &reader);
    sandbox_call(sandbox, add_word, NULL);
    BufferGroup *group = NULL;
    for (int reading = 0; reading < 2; reading++) {
        sandbox_call(sandbox, set_scope, &locations);
        group = read_result(sandbox, sandbox_run_embedded(sandbox, file));
        if (!group) break;
        locations.group = group;
    }
    sandbox_close(sandbox);
    if (!group) return NULL;
    group = buffer_group_copy(arena, group, family);
    choose_locations(arena, scope, group);
    return group;
}
