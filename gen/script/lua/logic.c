/* SPDX-License-Identifier: MIT */
#include "script/lua/logic.h"

#include <lauxlib.h>
#include <string.h>

#include "script/lua/logic_state.h"
#include "script/lua/sandbox_state.h"
#include "script/lua/vector.h"

#define TABLE "logic"

static const char *const signs[COMPARISON_COUNT] = { "<", "<=", ">", ">=", "==", "~=" };

void logic_at(lua_State *L, lua_Integer line)
{
    sandbox_of(L)->operator_line = (int)line;
}

Operand logic_operand(lua_State *L, int index)
{
    if (lua_type(L, index) != LUA_TUSERDATA) return OPERAND_PLAIN;
    const Expr *expr = symbol_get(L, index);
    if (!expr) return vector_is(L, index) ? OPERAND_EXPRESSION : OPERAND_PLAIN;
    if (symbol_is_stand_in(expr)) return OPERAND_STAND_IN;
    return expr_is_condition(expr) ? OPERAND_CONDITION : OPERAND_EXPRESSION;
}

int logic_push_stand_in(lua_State *L)
{
    symbol_push(L, symbol_stand_in(L, "?"));
    return 1;
}

/* ---- comparisons ---- */

static bool compare_plain(lua_State *L, Comparison comparison)
{
    switch (comparison) {
    case COMPARE_LT: return lua_compare(L, 1, 2, LUA_OPLT);
    case COMPARE_LE: return lua_compare(L, 1, 2, LUA_OPLE);
    case COMPARE_GT: return lua_compare(L, 2, 1, LUA_OPLT);
    case COMPARE_GE: return lua_compare(L, 2, 1, LUA_OPLE);
    case COMPARE_EQ: return lua_compare(L, 1, 2, LUA_OPEQ);
    default: return !lua_compare(L, 1, 2, LUA_OPEQ);
    }
}

static bool is_equality(Comparison comparison)
{
    return comparison == COMPARE_EQ || comparison == COMPARE_NE;
}

/* A condition is compared with the value at `other`. */
static void refuse_condition(lua_State *L, Comparison comparison, int other)
{
    if (is_equality(comparison) && lua_isboolean(L, other))
        sandbox_error(L, "a condition is not compared with true or false; write it alone, or not (condition)");
    else if (is_equality(comparison) && logic_operand(L, other) == OPERAND_CONDITION)
        sandbox_error(L, "conditions are not compared with '%s'; write a and b or not a and not b for both or neither",
                      signs[comparison]);
    else
        sandbox_error(L, "comparisons do not chain; write a < b and b < c");
}

/* A condition between constants is true or false already. */
static void push_condition(lua_State *L, const Expr *condition)
{
    Graph *graph = symbols_graph(L);
    const Expr *chosen = expr_where(graph, condition, expr_integer(graph, 1), expr_integer(graph, 0));
    if (chosen->kind == EXPR_NUMBER)
        lua_pushboolean(L, expr_is_number(chosen, 1));
    else
        symbol_push(L, condition);
}

void logic_push_comparison(lua_State *L, Comparison comparison, const char *left, const char *right)
{
    Operand of_a = logic_operand(L, 1), of_b = logic_operand(L, 2);
    if (lua_type(L, 1) == LUA_TNUMBER && lua_type(L, 2) == LUA_TNUMBER) {
        lua_pushboolean(L, compare_plain(L, comparison));
        return;
    }
    bool unknown = of_a == OPERAND_STAND_IN || of_b == OPERAND_STAND_IN;
    bool chained = of_a == OPERAND_CONDITION || of_b == OPERAND_CONDITION;
    if (chained && !unknown) refuse_condition(L, comparison, of_a == OPERAND_CONDITION ? 2 : 1);
    if (chained || unknown) {
        logic_push_stand_in(L);
        return;
    }
    const Expr *a = symbol_want(L, 1, left), *b = symbol_want(L, 2, right);
    if (symbol_is_stand_in(a) || symbol_is_stand_in(b))
        logic_push_stand_in(L);
    else
        push_condition(L, symbol_compare(symbols_graph(L), comparison, a, b));
}

static void compare_symbols(lua_State *L, Comparison comparison)
{
    bool is_there = is_equality(comparison) && (lua_isnil(L, 1) || lua_isnil(L, 2));
    const char *left = lua_pushfstring(L, "the left side of %s", signs[comparison]);
    const char *right = lua_pushfstring(L, "the right side of %s", signs[comparison]);
    if (is_there)
        lua_pushboolean(L, comparison == COMPARE_NE);
    else
        logic_push_comparison(L, comparison, left, right);
}

/* (a, b, line); upvalue 1: the Comparison. */
static int compare(lua_State *L)
{
    Comparison comparison = (Comparison)lua_tointeger(L, lua_upvalueindex(1));
    logic_at(L, lua_tointeger(L, 3));
    lua_settop(L, 2);
    if (logic_operand(L, 1) == OPERAND_PLAIN && logic_operand(L, 2) == OPERAND_PLAIN)
        lua_pushboolean(L, compare_plain(L, comparison));
    else
        compare_symbols(L, comparison);
    logic_at(L, 0);
    return 1;
}

/* ---- truth ---- */

/* (a, line) */
static int negate(lua_State *L)
{
    logic_at(L, lua_tointeger(L, 2));
    switch (logic_operand(L, 1)) {
    case OPERAND_PLAIN: lua_pushboolean(L, !lua_toboolean(L, 1)); break;
    case OPERAND_CONDITION: symbol_push(L, expr_condition(symbols_graph(L), EXPR_NOT, symbol_get(L, 1), NULL)); break;
    case OPERAND_EXPRESSION:
        sandbox_error(L,
                      "'not' needs a condition, and this is %s; write x == 0 for a condition, or x == nil to ask "
                      "whether there is a value",
                      symbol_type_text(L, 1));
        logic_push_stand_in(L);
        break;
    case OPERAND_STAND_IN: lua_pushvalue(L, 1); break;
    }
    logic_at(L, 0);
    return 1;
}

/* Whether the value at the index can be decided on; reports when not. Only a
 * statement is told what to write in its place. */
static bool is_decided(lua_State *L, int index, const char *word, bool statement)
{
    Operand operand = logic_operand(L, index);
    if (operand == OPERAND_CONDITION)
        sandbox_error(L, "'%s' decides while the file is read, but this condition has a value only in a run%s", word,
                      statement ? "; choose with where(condition, a, b)" : "");
    else if (operand == OPERAND_EXPRESSION)
        sandbox_error(L,
                      "'%s' decides while the file is read, but %s has a value only in a run; %swrite x ~= nil to "
                      "ask whether there is a value",
                      word, symbol_type_text(L, index), statement ? "choose with where(x ~= 0, a, b), or " : "");
    return operand == OPERAND_PLAIN;
}

/* (a, line); upvalue 1: the word, 2: what ends the loop or skips the block. */
static int test(lua_State *L)
{
    logic_at(L, lua_tointeger(L, 2));
    bool decided = is_decided(L, 1, lua_tostring(L, lua_upvalueindex(1)), true);
    logic_at(L, 0);
    lua_pushvalue(L, decided ? 1 : lua_upvalueindex(2));
    return 1;
}

/* (a, line); upvalue 1: what a is of the loop, 2: what ends it. A constant that
 * is a symbol because it is exact counts. */
static int bound(lua_State *L)
{
    const Expr *expr = symbol_get(L, 1);
    lua_Integer line = lua_tointeger(L, 2);
    lua_settop(L, 1);
    if (logic_operand(L, 1) == OPERAND_PLAIN) return 1;
    if (expr && expr->kind == EXPR_NUMBER) {
        if (number_is_integer(expr->number))
            lua_pushinteger(L, expr->number.numerator);
        else
            lua_pushnumber(L, number_to_double(expr->number));
        return 1;
    }
    logic_at(L, line);
    if (logic_operand(L, 1) != OPERAND_STAND_IN)
        sandbox_error(L, "'for' counts while the file is read, but its %s is %s, which has a value only in a run",
                      lua_tostring(L, lua_upvalueindex(1)), symbol_type_text(L, 1));
    logic_at(L, 0);
    lua_pushvalue(L, lua_upvalueindex(2));
    return 1;
}

/* ---- functions of the library that decide ---- */

/* Upvalue 1: Lua's own. */
static int check_assert(lua_State *L)
{
    if (logic_operand(L, 1) == OPERAND_PLAIN) return lua_tocfunction(L, lua_upvalueindex(1))(L);
    is_decided(L, 1, "assert", false);
    return lua_gettop(L);
}

/* Upvalue 1: the comparator of a file. */
static int check_order(lua_State *L)
{
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, lua_gettop(L) - 1, 1);
    lua_pushboolean(L, is_decided(L, -1, "sort", false) && lua_toboolean(L, -1));
    return 1;
}

static int check_sort(lua_State *L)
{
    if (lua_isfunction(L, 2)) {
        lua_pushvalue(L, 2);
        lua_pushcclosure(L, check_order, 1);
        lua_replace(L, 2);
    }
    return sandbox_of(L)->sort(L);
}

/* The fourth argument says whether the pattern is plain. */
static int check_find(lua_State *L)
{
    if (lua_gettop(L) >= 4 && !is_decided(L, 4, "find", false)) lua_settop(L, 3);
    return sandbox_of(L)->find(L);
}

static lua_CFunction replace_function(lua_State *L, const char *table, const char *name, lua_CFunction function)
{
    lua_getglobal(L, table);
    lua_getfield(L, -1, name);
    lua_CFunction own = lua_tocfunction(L, -1);
    lua_pushcfunction(L, function);
    lua_setfield(L, -3, name);
    lua_pop(L, 2);
    return own;
}

static void check_library(lua_State *L)
{
    Sandbox *sandbox = sandbox_of(L);
    sandbox->sort = replace_function(L, "table", "sort", check_sort);
    sandbox->find = replace_function(L, "string", "find", check_find);
    lua_getglobal(L, "assert");
    lua_pushcclosure(L, check_assert, 1);
    lua_setglobal(L, "assert");
}

/* ---- the table ---- */

static void add_comparisons(lua_State *L)
{
    static const char *const names[COMPARISON_COUNT] = { "lt", "le", "gt", "ge", "eq", "ne" };
    for (int i = 0; i < COMPARISON_COUNT; i++) {
        lua_pushinteger(L, i);
        lua_pushcclosure(L, compare, 1);
        lua_setfield(L, -2, names[i]);
    }
    lua_pushcfunction(L, negate);
    lua_setfield(L, -2, "no");
}

static void add_tests(lua_State *L)
{
    static const char *const words[] = { "if", "elseif", "while", "until" };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const char *name = lua_pushfstring(L, "test_%s", words[i]);
        lua_pushstring(L, words[i]);
        lua_pushboolean(L, !strcmp(words[i], "until"));
        lua_pushcclosure(L, test, 2);
        lua_setfield(L, -3, name);
        lua_pop(L, 1);
    }
}

static void add_bounds(lua_State *L)
{
    static const struct {
        const char *name, *what;
        int otherwise;
    } bounds[] = { { "initial", "initial value", 1 }, { "limit", "limit", 0 }, { "step", "step", 1 } };
    for (size_t i = 0; i < sizeof bounds / sizeof *bounds; i++) {
        lua_pushstring(L, bounds[i].what);
        lua_pushinteger(L, bounds[i].otherwise);
        lua_pushcclosure(L, bound, 2);
        lua_setfield(L, -2, bounds[i].name);
    }
}

void logic_open(lua_State *L)
{
    check_library(L);
    lua_newtable(L);
    add_comparisons(L);
    add_tests(L);
    add_bounds(L);
    logic_add_chains(L);
    lua_setfield(L, LUA_REGISTRYINDEX, TABLE);
}

void logic_push(lua_State *L)
{
    lua_getfield(L, LUA_REGISTRYINDEX, TABLE);
}
