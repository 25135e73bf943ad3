/* SPDX-License-Identifier: MIT */
/* lua/settings.lua as a SettingTable. The file is part of the program, so a
 * mistake in it is a mistake of the build: the reader asserts. */
#include <assert.h>
#include <lauxlib.h>
#include <math.h>
#include <string.h>

#include "base/intern.h"
#include "script/lua/sandbox.h"
#include "system/settings.h"

static const char *read_text(lua_State *L, const char *field)
{
    const char *text = "";
    if (lua_getfield(L, -1, field) != LUA_TNIL) {
        assert(lua_type(L, -1) == LUA_TSTRING);
        text = intern(lua_tostring(L, -1));
    }
    lua_pop(L, 1);
    return text;
}

static bool read_flag(lua_State *L, const char *field)
{
    lua_getfield(L, -1, field);
    const bool flag = lua_toboolean(L, -1);
    lua_pop(L, 1);
    return flag;
}

static double read_number(lua_State *L, const char *field, double otherwise)
{
    double value = lua_getfield(L, -1, field) == LUA_TNUMBER ? lua_tonumber(L, -1) : otherwise;
    lua_pop(L, 1);
    return value;
}

static SettingKind read_kind(lua_State *L)
{
    static const char *const kinds[] = { "number", "integer", "choice", "list", "name", "tolerances", "instants" };
    static const SettingKind values[] = { SETTING_NUMBER, SETTING_INTEGER,    SETTING_CHOICE,  SETTING_LIST,
                                          SETTING_NAME,   SETTING_TOLERANCES, SETTING_INSTANTS };
    enum { KINDS = sizeof values / sizeof *values };
    const char *kind = read_text(L, "kind");
    int i = 0;
    while (i < KINDS && strcmp(kind, kinds[i])) i++;
    assert(i < KINDS);
    return values[i];
}

static void read_choices(Setting *setting, lua_State *L, Arena *arena)
{
    if (lua_getfield(L, -1, "choices") == LUA_TTABLE) {
        setting->choice_count = (int)luaL_len(L, -1);
        setting->choices = ARENA_ARRAY(arena, const char *, setting->choice_count);
        for (int i = 0; i < setting->choice_count; i++) {
            lua_geti(L, -1, i + 1);
            setting->choices[i] = intern(lua_tostring(L, -1));
            lua_pop(L, 1);
        }
    }
    lua_pop(L, 1);
}

/* refused = { { "kvaerno5", "the dirk family ..." }, ... } */
static void read_refused(Setting *setting, lua_State *L, Arena *arena)
{
    if (lua_getfield(L, -1, "refused") == LUA_TTABLE) {
        setting->refused_count = (int)luaL_len(L, -1);
        setting->refused = ARENA_ARRAY(arena, const char *, setting->refused_count);
        setting->refusals = ARENA_ARRAY(arena, const char *, setting->refused_count);
        for (int i = 0; i < setting->refused_count; i++) {
            lua_geti(L, -1, i + 1);
            lua_geti(L, -1, 1);
            lua_geti(L, -2, 2);
            setting->refused[i] = intern(lua_tostring(L, -2));
            setting->refusals[i] = intern(lua_tostring(L, -1));
            lua_pop(L, 3);
        }
    }
    lua_pop(L, 1);
}

static void read_record(Setting *setting, lua_State *L, Arena *arena)
{
    lua_geti(L, -1, 1);
    assert(lua_type(L, -1) == LUA_TSTRING);
    setting->name = intern(lua_tostring(L, -1));
    lua_pop(L, 1);
    setting->kind = read_kind(L);
    setting->time = strcmp(read_text(L, "time"), "run") ? SETTING_GENERATION : SETTING_RUN;
    /* An end that is not there is infinite, and values are finite. */
    setting->least = read_number(L, "least", NAN);
    setting->most = read_number(L, "most", NAN);
    setting->above = isnan(setting->least) || read_flag(L, "above");
    setting->below = isnan(setting->most) || read_flag(L, "below");
    if (isnan(setting->least)) setting->least = -INFINITY;
    if (isnan(setting->most)) setting->most = INFINITY;
    setting->initial = read_text(L, "initial");
    setting->zero = read_text(L, "zero");
    setting->unit = read_text(L, "unit");
    setting->help = read_text(L, "help");
    setting->uses = read_text(L, "uses");
    setting->at_most = read_text(L, "at_most");
    setting->at_least = read_text(L, "at_least");
    setting->command_line = read_flag(L, "command_line");
    setting->excludes = read_text(L, "excludes");
    setting->issue = *read_text(L, "later") ? read_text(L, "later") : NULL;
    assert(*setting->help);
    read_choices(setting, L, arena);
    read_refused(setting, L, arena);
}

/* Arguments: the SettingTable, the list. */
static int read_table(lua_State *L)
{
    SettingTable *table = lua_touserdata(L, 1);
    Arena *arena = sandbox_arena(sandbox_of(L));
    luaL_checktype(L, 2, LUA_TTABLE);
    int count = (int)luaL_len(L, 2);
    for (int i = 1; i <= count; i++) {
        lua_geti(L, 2, i);
        read_record(array_push(arena, table), L, arena);
        lua_pop(L, 1);
    }
    return 0;
}

SettingTable *settings_table(Arena *arena)
{
    SettingTable *table = ARENA_NEW(arena, SettingTable);
    Sandbox *sandbox = sandbox_open(arena, NULL);
    if (!sandbox_run_embedded(sandbox, "settings.lua") || !sandbox_call(sandbox, read_table, table))
        diag_system("lua/settings.lua cannot be read");
    sandbox_close(sandbox);
    return table;
}
