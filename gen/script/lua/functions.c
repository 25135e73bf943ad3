/* SPDX-License-Identifier: MIT */
/* Functions and comparisons that problem files apply to symbols. */
#include <lauxlib.h>
#include <math.h>
#include <string.h>

#include "script/lua/logic.h"
#include "script/lua/sandbox.h"
#include "script/lua/symbols.h"

static const char *const comparison_names[COMPARISON_COUNT] = { "lt", "le", "gt", "ge", "eq", "ne" };

bool symbol_comparison_find(Comparison *comparison, const char *name)
{
    for (int i = 0; i < COMPARISON_COUNT; i++)
        if (!strcmp(comparison_names[i], name)) return *comparison = (Comparison)i, true;
    return false;
}

static bool are_numbers(lua_State *L)
{
    for (int i = lua_gettop(L); i > 0; i--)
        if (lua_type(L, i) != LUA_TNUMBER) return false;
    return true;
}

static bool are_integers(lua_State *L)
{
    for (int i = lua_gettop(L); i > 0; i--)
        if (!lua_isinteger(L, i)) return false;
    return true;
}

/* "the argument of sqrt()", "argument 2 of pow()". */
static const Expr *argument(lua_State *L, int index, const char *function)
{
    const char *what = lua_gettop(L) == 1 ? lua_pushfstring(L, "the argument of %s()", function)
                                          : lua_pushfstring(L, "argument %d of %s()", index, function);
    const Expr *expr = symbol_want(L, index, what);
    lua_pop(L, 1);
    return expr;
}

/* Whole results of whole arguments stay integers, so that they can index. */
static void push_number(lua_State *L, Function function, const Expr *expr)
{
    double value = (double)expr_evaluate(expr, NULL, NULL);
    bool rounds = function == FUNCTION_FLOOR || function == FUNCTION_CEIL;
    bool keeps =
        function == FUNCTION_ABS || function == FUNCTION_MIN || function == FUNCTION_MAX || function == FUNCTION_SIGN;
    lua_Integer integer;
    if ((rounds || (keeps && are_integers(L))) && lua_numbertointeger(floor(value), &integer))
        lua_pushinteger(L, integer);
    else
        lua_pushnumber(L, value);
}

static const Expr *build(Graph *graph, Function function, const Expr *a, const Expr *b)
{
    return function == FUNCTION_POW ? expr_power(graph, a, b) : expr_call(graph, function, a, b);
}

/* log(x, base) and atan(y, x) are Lua's. */
static const Expr *call_with_second(lua_State *L, Function function)
{
    Graph *graph = symbols_graph(L);
    const Expr *a = argument(L, 1, function_name(function)), *b = argument(L, 2, function_name(function));
    if (function == FUNCTION_ATAN) return expr_call(graph, FUNCTION_ATAN2, a, b);
    return expr_divide(graph, expr_call(graph, FUNCTION_LOG, a, NULL), expr_call(graph, FUNCTION_LOG, b, NULL));
}

static const Expr *call(lua_State *L, Function function)
{
    Graph *graph = symbols_graph(L);
    const char *name = function_name(function);
    int given = lua_gettop(L), arity = function_arity(function);
    bool several = function == FUNCTION_MIN || function == FUNCTION_MAX;
    if (given == 2 && (function == FUNCTION_LOG || function == FUNCTION_ATAN)) return call_with_second(L, function);
    if (given != arity && !(several && given > arity)) {
        sandbox_error(L, "%s() takes %d argument%s, not %d", name, arity, arity == 1 ? "" : "s", given);
        return symbol_stand_in(L, "?");
    }
    const Expr *result = argument(L, 1, name);
    if (arity == 1) return expr_call(graph, function, result, NULL);
    for (int i = 2; i <= given; i++) result = build(graph, function, result, argument(L, i, name));
    return result;
}

/* Upvalue 1: the Function. */
static int call_function(lua_State *L)
{
    Function function = (Function)lua_tointeger(L, lua_upvalueindex(1));
    bool numbers = are_numbers(L);
    const Expr *expr = call(L, function);
    if (numbers && !symbol_is_stand_in(expr))
        push_number(L, function, expr);
    else
        symbol_push(L, expr);
    return 1;
}

/* Upvalue 1: the Comparison. */
static int call_comparison(lua_State *L)
{
    Comparison comparison = (Comparison)lua_tointeger(L, lua_upvalueindex(1));
    const char *name = comparison_names[comparison];
    const char *left = lua_pushfstring(L, "argument 1 of %s()", name);
    const char *right = lua_pushfstring(L, "argument 2 of %s()", name);
    int given = lua_gettop(L) - 2;
    if (given == 2) {
        logic_push_comparison(L, comparison, left, right);
    } else {
        sandbox_error(L, "%s() takes 2 arguments, not %d", name, given);
        symbol_push(L, symbol_stand_in(L, "?"));
    }
    return 1;
}

/* The condition at the index, NULL when it is none (reported). */
static const Expr *want_condition(lua_State *L, int index, const char *function)
{
    const Expr *expr = symbol_get(L, index);
    if (expr && (expr_is_condition(expr) || symbol_is_stand_in(expr))) return expr;
    sandbox_error(L, "argument %d of %s() is %s, not a condition such as x > 0", index, function,
                  symbol_type_text(L, index));
    return NULL;
}

/* where(condition, yes, no) */
static int call_where(lua_State *L)
{
    if (lua_gettop(L) != 3) return sandbox_raise(L, "where() takes 3 arguments: where(condition, yes, no)");
    if (lua_isboolean(L, 1)) {
        lua_pushvalue(L, lua_toboolean(L, 1) ? 2 : 3);
        return 1;
    }
    const Expr *condition = want_condition(L, 1, "where");
    const Expr *yes = argument(L, 2, "where"), *no = argument(L, 3, "where");
    bool usable = condition && expr_is_condition(condition);
    symbol_push(L, usable ? expr_where(symbols_graph(L), condition, yes, no) : symbol_stand_in(L, "?"));
    return 1;
}

static int join_conditions(lua_State *L, ExprKind kind, const char *name)
{
    bool result = kind == EXPR_AND, failed = false;
    const Expr *joined = NULL;
    int count = lua_gettop(L);
    if (!count) return sandbox_raise(L, "%s() takes at least one condition", name);
    for (int i = 1; i <= count; i++) {
        if (lua_isboolean(L, i)) {
            bool given = lua_toboolean(L, i);
            result = kind == EXPR_AND ? result && given : result || given;
            continue;
        }
        const Expr *condition = want_condition(L, i, name);
        if (!condition || !expr_is_condition(condition))
            failed = true;
        else
            joined = joined ? expr_condition(symbols_graph(L), kind, joined, condition) : condition;
    }
    if (failed)
        symbol_push(L, symbol_stand_in(L, "?"));
    else if (!joined || result != (kind == EXPR_AND))
        lua_pushboolean(L, result);
    else
        symbol_push(L, joined);
    return 1;
}

static int call_all(lua_State *L)
{
    return join_conditions(L, EXPR_AND, "all");
}

static int call_any(lua_State *L)
{
    return join_conditions(L, EXPR_OR, "any");
}

static int call_no(lua_State *L)
{
    if (lua_gettop(L) != 1) return sandbox_raise(L, "no() takes one condition");
    if (lua_isboolean(L, 1)) {
        lua_pushboolean(L, !lua_toboolean(L, 1));
        return 1;
    }
    const Expr *condition = want_condition(L, 1, "no");
    bool usable = condition && expr_is_condition(condition);
    symbol_push(L, usable ? expr_condition(symbols_graph(L), EXPR_NOT, condition, NULL) : symbol_stand_in(L, "?"));
    return 1;
}

/* Sets the function on top of the stack in the table below it, and in math
 * when that has the name. */
static void set_function(lua_State *L, int math, const char *name)
{
    if (lua_getfield(L, math, name) != LUA_TNIL) {
        lua_pushvalue(L, -2);
        lua_setfield(L, math, name);
    }
    lua_pop(L, 1);
    lua_setfield(L, -2, name);
}

void symbols_add_functions(lua_State *L)
{
    static const luaL_Reg conditions[] = {
        { "where", call_where }, { "all", call_all }, { "any", call_any }, { "no", call_no }, { NULL, NULL },
    };
    lua_getglobal(L, "math");
    lua_insert(L, -2);
    int math = lua_gettop(L) - 1;
    for (int i = 0; i < FUNCTION_COUNT; i++) {
        if (i == FUNCTION_DIGAMMA) continue;
        lua_pushinteger(L, i);
        lua_pushcclosure(L, call_function, 1);
        set_function(L, math, function_name((Function)i));
    }
    for (int i = 0; i < COMPARISON_COUNT; i++) {
        lua_pushinteger(L, i);
        lua_pushcclosure(L, call_comparison, 1);
        lua_setfield(L, -2, comparison_names[i]);
    }
    luaL_setfuncs(L, conditions, 0);
    lua_pushnumber(L, 3.14159265358979323846);
    lua_setfield(L, -2, "pi");
    lua_remove(L, math);
}
