/* SPDX-License-Identifier: MIT */
/* The words solve and buffers: settings of a problem file. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/intern.h"
#include "script/table.h"
#include "script/words/words.h"

/* 1e-06 as 1e-6. */
static const char *shorten_exponent(Arena *arena, const char *text)
{
    const char *e = strchr(text, 'e');
    if (!e) return arena_printf(arena, "%s", text);
    const char *digits = e + 1 + strspn(e + 1, "+-0");
    return arena_printf(arena, "%.*se%s%s", (int)(e - text), text, e[1] == '-' ? "-" : "", digits);
}

const char *solve_number_text(Arena *arena, double value)
{
    char text[40];
    if (value == floor(value) && fabs(value) < 1e15) return arena_printf(arena, "%.0f", value + 0.0);
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, value);
        if (strtod(text, NULL) == value) break;
    }
    return shorten_exponent(arena, text);
}

/* A single value as text; NULL when the value at the index is none. */
static const char *value_text(lua_State *L, int index)
{
    Arena *arena = sandbox_arena(sandbox_of(L));
    const Expr *expr = symbol_get(L, index);
    const char *axis = sweep_axis_text(L, index); /* save_at = linspace(0, 10, 101) */
    if (axis) return axis;
    if (lua_type(L, index) == LUA_TSTRING) return intern(lua_tostring(L, index));
    if (lua_isinteger(L, index)) return arena_printf(arena, "%" PRId64, (int64_t)lua_tointeger(L, index));
    if (lua_type(L, index) == LUA_TNUMBER) return solve_number_text(arena, lua_tonumber(L, index));
    if (lua_isboolean(L, index)) return lua_toboolean(L, index) ? "true" : "false";
    if (expr && expr->kind == EXPR_NUMBER) return solve_number_text(arena, number_to_double(expr->number));
    return NULL;
}

static int compare_texts(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* "name=value" for the entries with names, sorted; the number of them. */
static int add_named(const char **items, lua_State *L, int table)
{
    int count = 0;
    for (lua_pushnil(L); lua_next(L, table); lua_pop(L, 1)) {
        const char *text = lua_type(L, -2) == LUA_TSTRING ? value_text(L, lua_gettop(L)) : NULL;
        if (text) items[count++] = arena_printf(sandbox_arena(sandbox_of(L)), "%s=%s", lua_tostring(L, -2), text);
    }
    qsort(items, (size_t)count, sizeof *items, compare_texts);
    return count;
}

static int count_entries(lua_State *L, int table)
{
    int count = 0;
    for (lua_pushnil(L); lua_next(L, table); lua_pop(L, 1)) count++;
    return count;
}

/* The list at the top of the stack as items: by position, then by name.
 * False when one of them is no value. */
static bool read_list(Assignment *assignment, lua_State *L)
{
    Arena *arena = sandbox_arena(sandbox_of(L));
    int table = lua_gettop(L), entries = count_entries(L, table), positions = (int)lua_rawlen(L, table);
    const char **items = ARENA_ARRAY(arena, const char *, entries + 1);
    int count = 0;
    for (int i = 1; i <= positions; i++) {
        lua_rawgeti(L, table, i);
        const char *text = value_text(L, lua_gettop(L));
        lua_pop(L, 1);
        if (text) items[count++] = text;
    }
    count += add_named(items + count, L, table);
    Text joined = text_new(arena);
    for (int i = 0; i < count; i++) text_printf(&joined, "%s%s", i ? "," : "", items[i]);
    assignment->items = items;
    assignment->count = count;
    assignment->text = joined.data;
    return count == entries;
}

static bool read_assignment(Assignment *assignment, lua_State *L)
{
    if (lua_istable(L, -1)) return read_list(assignment, L);
    const char **item = ARENA_NEW(sandbox_arena(sandbox_of(L)), const char *);
    *item = assignment->text = value_text(L, lua_gettop(L));
    assignment->items = item;
    assignment->count = 1;
    return assignment->text != NULL;
}

void solve_assign(lua_State *L, const char *name, Source source)
{
    Reader *reader = reader_of(L);
    sandbox_charge_more(L, RECORD_BYTES);
    Assignment assignment = { .name = intern(name), .source = source };
    if (read_assignment(&assignment, L))
        *array_push(reader->arena, &reader->spec->settings) = assignment;
    else
        table_error(L, source, "the value of '%s' is no number, text or list of them", name);
}

int word_solve(lua_State *L)
{
    KeyList keys = table_keys(L, "solve");
    for (int i = 0; i < keys.count; i++) {
        lua_getfield(L, 1, keys.items[i]);
        solve_assign(L, keys.items[i], table_key_source(L, keys.items[i]));
        lua_pop(L, 1);
    }
    return 0;
}

/* One buffer: its fields become the settings BUFFER_FIELD. */
static void assign_fields(lua_State *L, const char *buffer)
{
    static const char *const fields[] = { "aliases", "location", "persistent", "size" };
    Source source = sandbox_source(L);
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        if (lua_getfield(L, -1, fields[i]) != LUA_TNIL)
            solve_assign(L, arena_printf(reader_of(L)->arena, "%s_%s", buffer, fields[i]), source);
        lua_pop(L, 1);
    }
}

static void check_fields(lua_State *L, const char *buffer)
{
    for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1)) {
        const char *key = lua_type(L, -2) == LUA_TSTRING ? lua_tostring(L, -2) : NULL;
        bool is_name = lua_isinteger(L, -2) && lua_tointeger(L, -2) == 1;
        if (is_name || (key && strstr("\naliases\nlocation\npersistent\nsize\n",
                                      arena_printf(reader_of(L)->arena, "\n%s\n", key))))
            continue;
        sandbox_error(L, "the buffer '%s' has no field '%s'; it has location, persistent, aliases and size", buffer,
                      key ? key : "?");
    }
}

/* buffers { stage_rhs = { location = "shared" } } or
 * buffers { { "stage_rhs", location = "shared" } }. */
int word_buffers(lua_State *L)
{
    if (lua_type(L, 1) != LUA_TTABLE)
        return sandbox_raise(L, "'buffers' takes a table: buffers { stage_rhs = { location = \"shared\" } }");
    int entries = count_entries(L, 1), positions = (int)lua_rawlen(L, 1), count = 0;
    const char **names = ARENA_ARRAY(reader_of(L)->arena, const char *, entries + 1);
    for (lua_pushnil(L); lua_next(L, 1); lua_pop(L, 1))
        if (lua_type(L, -2) == LUA_TSTRING) names[count++] = intern(lua_tostring(L, -2));
    qsort(names, (size_t)count, sizeof *names, compare_texts);
    for (int i = 0; i < count + positions; i++) {
        const char *name = i < count ? names[i] : NULL;
        if (name)
            lua_getfield(L, 1, name);
        else
            lua_rawgeti(L, 1, i - count + 1);
        if (lua_istable(L, -1) && !name && lua_rawgeti(L, -1, 1) == LUA_TSTRING) name = intern(lua_tostring(L, -1));
        lua_settop(L, 2);
        if (!lua_istable(L, 2) || !name) {
            sandbox_error(L, "'buffers' takes a table for each buffer: { \"stage_rhs\", location = \"shared\" }");
        } else {
            check_fields(L, name);
            assign_fields(L, name);
        }
        lua_settop(L, 1);
    }
    return 0;
}
