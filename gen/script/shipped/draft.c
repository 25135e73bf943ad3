/* SPDX-License-Identifier: MIT */
#include "script/shipped/draft.h"

#include "base/intern.h"
#include "script/table.h"

enum { ORDER_FIELD_MOST = 30 };

Source draft_source(Draft *draft, const char *field)
{
    if (draft->field != field) draft->field_source = table_key_source(draft->L, field);
    draft->field = field;
    return draft->field_source;
}

void draft_complain(Draft *draft, const char *field, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    table_error(draft->L, draft_source(draft, field), "tableau '%s': %s", draft->tableau->name,
                arena_vprintf(draft->arena, format, args));
    va_end(args);
    draft->good = false;
}

const char *draft_text(Draft *draft, const char *field)
{
    int type = lua_getfield(draft->L, 1, field);
    const char *text = type == LUA_TSTRING ? intern(lua_tostring(draft->L, -1)) : "";
    lua_pop(draft->L, 1);
    if (type != LUA_TSTRING && type != LUA_TNIL) draft_complain(draft, field, "'%s' is no text", field);
    return text;
}

int draft_order(Draft *draft, const char *field)
{
    int type = lua_getfield(draft->L, 1, field), order = 0;
    if (lua_isinteger(draft->L, -1) && lua_tointeger(draft->L, -1) >= 1 &&
        lua_tointeger(draft->L, -1) <= ORDER_FIELD_MOST)
        order = (int)lua_tointeger(draft->L, -1);
    else if (type != LUA_TNIL)
        draft_complain(draft, field, "'%s' is no whole number from 1 to %d", field, ORDER_FIELD_MOST);
    lua_pop(draft->L, 1);
    return order;
}

bool draft_flag(Draft *draft, const char *field)
{
    lua_getfield(draft->L, 1, field);
    bool flag = lua_toboolean(draft->L, -1);
    lua_pop(draft->L, 1);
    return flag;
}

static void read_coefficient(Number *number, Draft *draft, const char *field, int i)
{
    Arena *arena = draft->arena;
    const char *what = arena_printf(arena, "tableau '%s': entry %d of '%s'", draft->tableau->name, i, field);
    lua_geti(draft->L, -1, i);
    draft->good &= table_number(number, draft->L, lua_gettop(draft->L), draft_source(draft, field), what);
    lua_pop(draft->L, 1);
}

int draft_numbers(Number *numbers, int most, Draft *draft, const char *field)
{
    for (int i = 0; i < most; i++) numbers[i] = number_integer(0);
    if (!lua_istable(draft->L, -1)) return draft_complain(draft, field, "'%s' is no list of coefficients", field), -1;
    int count = (int)luaL_len(draft->L, -1);
    if (count > most)
        return draft_complain(draft, field, "'%s' has %d entries; it may have %d", field, count, most), -1;
    for (int i = 0; i < count; i++) read_coefficient(&numbers[i], draft, field, i + 1);
    return count;
}

Number *draft_row(Draft *draft, const char *field, int count)
{
    Number *numbers = NULL;
    if (lua_getfield(draft->L, draft->table, field) != LUA_TNIL) {
        numbers = ARENA_ARRAY(draft->arena, Number, count);
        int given = draft_numbers(numbers, count, draft, field);
        if (given >= 0 && given != count)
            draft_complain(draft, field, "'%s' has %d entries; with %d stages it needs %d", field, given,
                           draft->tableau->stages, count);
    }
    lua_pop(draft->L, 1);
    return numbers;
}

int draft_length(Draft *draft, const char *field)
{
    int length = lua_getfield(draft->L, draft->table, field) == LUA_TTABLE ? (int)luaL_len(draft->L, -1) : 0;
    lua_pop(draft->L, 1);
    return length;
}

Number *draft_matrix(Draft *draft, const char *field, int columns)
{
    int stages = draft->tableau->stages, given = draft_length(draft, field), count = draft->rows * columns;
    Number *matrix = ARENA_ARRAY(draft->arena, Number, count);
    for (int i = 0; i < count; i++) matrix[i] = number_integer(0);
    if (given != stages) {
        draft_complain(draft, field, "'%s' has %d rows; with %d stages it needs %d", field, given, stages, stages);
        return matrix;
    }
    lua_getfield(draft->L, draft->table, field);
    for (int i = 0; i < stages; i++) {
        lua_geti(draft->L, -1, i + 1);
        draft_numbers(&matrix[i * columns], stages, draft, field);
        lua_pop(draft->L, 1);
    }
    lua_pop(draft->L, 1);
    return matrix;
}

Number draft_number(Draft *draft, const char *field)
{
    Number number = number_integer(0);
    if (lua_getfield(draft->L, draft->table, field) != LUA_TNIL)
        draft->good &= table_number(&number, draft->L, lua_gettop(draft->L), draft_source(draft, field), field);
    lua_pop(draft->L, 1);
    return number;
}
