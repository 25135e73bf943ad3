/* SPDX-License-Identifier: MIT */
/* The word sweep and its ranges, in the notation of the command line. */
#include <inttypes.h>
#include <string.h>

#include "base/intern.h"
#include "rule/values.h"
#include "script/table.h"
#include "script/words/words.h"

/* What linspace() and its like return: the axis in the notation of the
 * generated program's command line, NULL after a reported mistake. */
#define AXIS_TYPE "values of a sweep"

static int push_axis(lua_State *L, const char *values)
{
    *(const char **)lua_newuserdatauv(L, sizeof values, 0) = values;
    luaL_setmetatable(L, AXIS_TYPE);
    return 1;
}

/* What a call made, or nothing after a report. */
static int push_checked(lua_State *L, const char *call, const char *text)
{
    Values values;
    RuleText why;
    const bool good = text && values_read(&values, &why, text, 64);
    if (text && !good) sandbox_error(L, "%s, here %s: %s", call, real_shown(piece_of(text)).text, why.text);
    return push_axis(L, good ? text : NULL);
}

/* Argument `index` as text with all its digits; NULL after a report. */
static const char *number_argument(lua_State *L, int index, const char *call, const char *role)
{
    Arena *arena = sandbox_arena(sandbox_of(L));
    Number number;
    const char *what = arena_printf(arena, "%s of %s", role, call);
    if (!table_number(&number, L, index, sandbox_source(L), what)) return NULL;
    return solve_number_text(arena, number_to_double(number));
}

/* `first` and `second` as numbers after the word, with a colon between. */
static const char *pair_text(lua_State *L, const char *call, const char *word, const char *first, const char *second)
{
    const char *a = number_argument(L, 1, call, first), *b = number_argument(L, 2, call, second);
    return a && b ? arena_printf(sandbox_arena(sandbox_of(L)), "%s%s:%s", word, a, b) : NULL;
}

static int push_range(lua_State *L, const char *call, const char *word)
{
    const char *ends = pair_text(L, call, word, "a", "b"), *count = number_argument(L, 3, call, "n");
    const bool good = ends && count;
    return push_checked(L, call, good ? arena_printf(sandbox_arena(sandbox_of(L)), "%s:%s", ends, count) : NULL);
}

static int make_linspace(lua_State *L)
{
    return push_range(L, "linspace(a, b, n)", "");
}

static int make_geomspace(lua_State *L)
{
    return push_range(L, "geomspace(a, b, n)", "geom:");
}

static int make_uniform(lua_State *L)
{
    const char *call = "uniform(a, b)";
    return push_checked(L, call, pair_text(L, call, "uniform:", "a", "b"));
}

static int make_normal(lua_State *L)
{
    const char *call = "normal(m, s)";
    return push_checked(L, call, pair_text(L, call, "normal:", "m", "s"));
}

/* The list at the index as "1,2,3". */
static const char *list_text(lua_State *L, int index)
{
    Text text = text_new(sandbox_arena(sandbox_of(L)));
    int count = (int)luaL_len(L, index);
    if (!count) {
        sandbox_error(L, "the list of a sweep is empty");
        return NULL;
    }
    for (int i = 1; i <= count; i++) {
        lua_geti(L, index, i);
        const char *role = arena_printf(text.arena, "value %d", i);
        const char *item = number_argument(L, lua_gettop(L), "list { ... }", role);
        lua_pop(L, 1);
        if (!item) return NULL;
        text_printf(&text, "%s%s", i > 1 ? "," : "", item);
    }
    return text.data;
}

static int make_list(lua_State *L)
{
    if (!lua_istable(L, 1)) return sandbox_raise(L, "list takes a table of numbers: list { 1, 2, 5 }");
    return push_axis(L, list_text(L, 1));
}

static int make_file(lua_State *L)
{
    const char *path = lua_type(L, 1) == LUA_TSTRING ? lua_tostring(L, 1) : "";
    const char *column = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : "";
    if (!*path || !*column || strpbrk(path, "\n\r") || strpbrk(column, ":\n\r")) {
        sandbox_error(L, "file takes a path and the name of a column: file(\"p.csv\", \"rho\")");
        return push_axis(L, NULL);
    }
    return push_axis(L, arena_printf(sandbox_arena(sandbox_of(L)), "file:%s:%s", path, column));
}

const char *sweep_axis_text(lua_State *L, int index)
{
    const char *const *axis = luaL_testudata(L, index, AXIS_TYPE);
    return axis ? *axis : NULL;
}

void sweep_add_functions(lua_State *L)
{
    static const luaL_Reg functions[] = {
        { "linspace", make_linspace },
        { "geomspace", make_geomspace },
        { "uniform", make_uniform },
        { "normal", make_normal },
        { "list", make_list },
        { "file", make_file },
        { NULL, NULL },
    };
    luaL_newmetatable(L, AXIS_TYPE);
    lua_pop(L, 1);
    luaL_setfuncs(L, functions, 0);
}

static void add_axis(lua_State *L, const char *name, const char *values, Source source)
{
    Reader *reader = reader_of(L);
    SweepAxisList *sweep = &reader->spec->sweep;
    for (int i = 0; i < sweep->count; i++) {
        if (sweep->items[i].name != name) continue;
        table_error(L, source, "second sweep over '%s'", name);
        diag_note(sweep->items[i].source, "previous sweep over '%s'", name);
        return;
    }
    *array_push(reader->arena, sweep) = (SweepAxis){ name, values, source };
}

/* mode, runs and seed, unless the value is one to sweep over. */
static bool read_option(lua_State *L, const char *name, Source source)
{
    Spec *spec = reader_of(L)->spec;
    const char *text = lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : "";
    if (lua_istable(L, -1) || luaL_testudata(L, -1, AXIS_TYPE)) return false;
    if (!strcmp(name, "mode")) {
        spec->zip = !strcmp(text, "zip");
        if (!spec->zip && strcmp(text, "product")) table_error(L, source, "mode must be \"product\" or \"zip\"");
    } else if (!strcmp(name, "runs")) {
        int whole = 0;
        spec->runs = lua_tointegerx(L, -1, &whole);
        if (!whole || spec->runs < 1)
            table_error(L, source, "runs = %s; it must be a whole number above 0", luaL_tolstring(L, -1, NULL));
    } else if (!strcmp(name, "seed")) {
        solve_assign(L, name, source); /* the setting; it is said here, too */
    } else
        return false;
    return true;
}

static void read_axis(lua_State *L, const char *name, Source source)
{
    const char *const *axis = luaL_testudata(L, -1, AXIS_TYPE);
    if (axis) {
        if (*axis) add_axis(L, name, *axis, source);
    } else if (lua_istable(L, -1)) {
        const char *list = list_text(L, lua_gettop(L));
        if (list) add_axis(L, name, list, source);
    } else if (lua_type(L, -1) == LUA_TNUMBER) {
        add_axis(L, name, number_argument(L, lua_gettop(L), "a sweep", "the value"), source);
    } else
        table_error(L, source, "the sweep over '%s' is %s; write linspace, geomspace, list, uniform, normal or file",
                    name, symbol_type_text(L, lua_gettop(L)));
}

int word_sweep(lua_State *L)
{
    KeyList keys = table_keys(L, "sweep");
    for (int i = 0; i < keys.count; i++) {
        Source source = table_key_source(L, keys.items[i]);
        lua_getfield(L, 1, keys.items[i]);
        if (!read_option(L, keys.items[i], source)) read_axis(L, keys.items[i], source);
        lua_settop(L, 1);
    }
    return 0;
}
