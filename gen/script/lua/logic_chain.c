/* SPDX-License-Identifier: MIT */
/* Chains of `and` and of `or`. The native operators between the operands decide
 * what is evaluated: a condition among them answers so that evaluation goes on,
 * and is kept in the frame of its chain until the end puts all together. Frames
 * are a stack, since operands may have chains of their own. */
#include <lauxlib.h>

#include "script/lua/logic_state.h"
#include "script/lua/sandbox_state.h"

/* The operator: true for `and`, which goes on after true. */
static bool joins_all(lua_State *L)
{
    return lua_toboolean(L, lua_upvalueindex(1));
}

static const char *operator_of(bool all)
{
    return all ? "and" : "or";
}

static LogicFrame *top_frame(lua_State *L)
{
    Sandbox *sandbox = sandbox_of(L);
    if (!sandbox->frames.count) luaL_error(L, "no chain");
    return &sandbox->frames.items[sandbox->frames.count - 1];
}

static void refuse_first(lua_State *L, bool all)
{
    sandbox_error(L,
                  "'%s' joins conditions, and its left side is %s; write x ~= 0 for a condition, or x ~= nil to ask "
                  "whether there is a value",
                  operator_of(all), symbol_type_text(L, 1));
}

/* The value at 1 meets the conditions before it. */
static void join(lua_State *L, LogicFrame *frame, bool all)
{
    Operand operand = logic_operand(L, 1);
    frame->failed = operand != OPERAND_CONDITION;
    if (operand == OPERAND_CONDITION)
        frame->joined = expr_condition(symbols_graph(L), all ? EXPR_AND : EXPR_OR, frame->joined, symbol_get(L, 1));
    else if (operand != OPERAND_STAND_IN)
        sandbox_error(L,
                      "'%s' joins conditions, and its right side is %s; to choose between values write "
                      "where(condition, a, b)",
                      operator_of(all), symbol_type_text(L, 1));
}

/* Takes the operand at 1 that is not the last; false when it is the answer to
 * the native operator itself. */
static bool take(lua_State *L, LogicFrame *frame, bool all)
{
    Operand operand = logic_operand(L, 1);
    if (frame->failed) return true;
    if (frame->joined) {
        if (lua_isboolean(L, 1)) return false;
        join(L, frame, all);
        return true;
    }
    if (operand == OPERAND_PLAIN || (operand == OPERAND_EXPRESSION && !all)) return false;
    if (operand == OPERAND_CONDITION)
        frame->joined = symbol_get(L, 1);
    else
        frame->failed = true;
    if (operand == OPERAND_EXPRESSION) refuse_first(L, all);
    return true;
}

/* (a, line) */
static int chain_next(lua_State *L)
{
    bool all = joins_all(L);
    logic_at(L, lua_tointeger(L, 2));
    if (take(L, top_frame(L), all))
        lua_pushboolean(L, all);
    else
        lua_pushvalue(L, 1);
    logic_at(L, 0);
    return 1;
}

static int chain_first(lua_State *L)
{
    Sandbox *sandbox = sandbox_of(L);
    *array_push(sandbox->arena, &sandbox->frames) = (LogicFrame){ NULL, false };
    return chain_next(L);
}

/* (what the native operators gave, line) */
static int chain_end(lua_State *L)
{
    bool all = joins_all(L);
    LogicFrame *frame = top_frame(L);
    bool plain = !frame->failed && (!frame->joined || (lua_isboolean(L, 1) && lua_toboolean(L, 1) != all));
    logic_at(L, lua_tointeger(L, 2));
    if (!plain && !frame->failed && !lua_isboolean(L, 1)) join(L, frame, all);
    sandbox_of(L)->frames.count--;
    if (plain)
        lua_pushvalue(L, 1);
    else if (frame->failed)
        logic_push_stand_in(L);
    else
        symbol_push(L, frame->joined);
    logic_at(L, 0);
    return 1;
}

void logic_add_chains(lua_State *L)
{
    static const luaL_Reg parts[] = { { "", chain_end }, { "_first", chain_first }, { "_next", chain_next } };
    static const char *const operators[] = { "any", "all" };
    for (int all = 0; all < 2; all++) {
        for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
            const char *name = lua_pushfstring(L, "%s%s", operators[all], parts[i].name);
            lua_pushboolean(L, all);
            lua_pushcclosure(L, parts[i].func, 1);
            lua_setfield(L, -3, name);
            lua_pop(L, 1);
        }
    }
}
