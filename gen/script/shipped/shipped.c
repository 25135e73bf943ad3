/* SPDX-License-Identifier: MIT */
/* What the package ships as Lua data: the tableaux and the settings table. */
#include <string.h>

#include "base/intern.h"
#include "script/lua/embedded.h"
#include "script/script.h"
#include "script/shipped/tableaux.h"

static int open_tableaux(lua_State *L)
{
    tableaux_open(L, lua_touserdata(L, 1), false);
    lua_pushcfunction(L, word_tableau);
    lua_setglobal(L, "tableau");
    return 0;
}

TableauList script_read_tableaux(Arena *arena)
{
    TableauList *list = ARENA_NEW(arena, TableauList);
    Sandbox *sandbox = sandbox_open(arena, NULL);
    sandbox_call(sandbox, open_tableaux, list);
    for (int i = 0; i < embedded_file_count; i++)
        if (!strncmp(embedded_files[i].name, "tableau/", 8)) sandbox_run_embedded(sandbox, embedded_files[i].name);
    sandbox_close(sandbox);
    return *list;
}

Limits script_limits(const Settings *settings)
{
    return (Limits){ (int64_t)settings_number(settings, "script_instructions"),
                     (int64_t)settings_number(settings, "script_memory"), settings_number(settings, "script_seconds") };
}

Limits script_default_limits(Arena *arena)
{
    return script_limits(settings_resolve(arena, settings_table(arena), NULL, false));
}
