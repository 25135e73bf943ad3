/* SPDX-License-Identifier: MIT */
#include "script/lua/symbols.h"

#include <inttypes.h>
#include <lauxlib.h>
#include <math.h>

#include "base/intern.h"
#include "script/lua/sandbox.h"

#define SYMBOL_TYPE "symbol"
#define STAND_INS "stand-ins"

/* What a node costs, with its place in the graph's tables. */
enum { NODE_BYTES = 512 };

/* Registry entry "graph". */
typedef struct Growth {
    Graph *graph;
    int counted; /* nodes that count against the memory limit already */
} Growth;

static Growth *growth_of(lua_State *L)
{
    lua_getfield(L, LUA_REGISTRYINDEX, "graph");
    Growth *growth = lua_touserdata(L, -1);
    lua_pop(L, 1);
    return growth;
}

Graph *symbols_graph(lua_State *L)
{
    return growth_of(L)->graph;
}

static void count_nodes(lua_State *L)
{
    Growth *growth = growth_of(L);
    int size = graph_size(growth->graph);
    if (size == growth->counted) return;
    int64_t bytes = (int64_t)(size - growth->counted) * NODE_BYTES;
    growth->counted = size;
    sandbox_charge_more(L, bytes);
}

void symbol_push(lua_State *L, const Expr *expr)
{
    count_nodes(L);
    *(const Expr **)lua_newuserdatauv(L, sizeof expr, 0) = expr;
    luaL_setmetatable(L, SYMBOL_TYPE);
}

const Expr *symbol_get(lua_State *L, int index)
{
    const Expr **expr = luaL_testudata(L, index, SYMBOL_TYPE);
    return expr ? *expr : NULL;
}

/* One for each name: a loop may stumble over it very often. */
const Expr *symbol_stand_in(lua_State *L, const char *name)
{
    Graph *graph = symbols_graph(L);
    lua_getfield(L, LUA_REGISTRYINDEX, STAND_INS);
    if (lua_getfield(L, -1, name) == LUA_TNIL) {
        Symbol *symbol = ARENA_NEW(graph_arena(graph), Symbol);
        *symbol = (Symbol){ intern(name), intern(name), SYMBOL_OTHER, 0, sandbox_source(L) };
        symbol_push(L, expr_symbol(graph, symbol));
        lua_pushvalue(L, -1);
        lua_setfield(L, -4, name);
        lua_remove(L, -2);
    }
    const Expr *expr = symbol_get(L, -1);
    lua_pop(L, 2);
    return expr;
}

bool symbol_is_stand_in(const Expr *expr)
{
    return expr->kind == EXPR_SYMBOL && expr->symbol->kind == SYMBOL_OTHER;
}

const char *symbol_type_text(lua_State *L, int index)
{
    const Expr *expr = symbol_get(L, index);
    if (expr) return expr_is_condition(expr) ? "a condition" : "an expression";
    if (luaL_getmetafield(L, index, "__name") != LUA_TNIL) {
        const char *name = intern(lua_tostring(L, -1));
        lua_pop(L, 1);
        return arena_printf(sandbox_arena(sandbox_of(L)), "a %s", name);
    }
    switch (lua_type(L, index)) {
    case LUA_TNONE:
    case LUA_TNIL: return "nil";
    case LUA_TBOOLEAN: return "a boolean";
    case LUA_TNUMBER: return "a number";
    case LUA_TSTRING: return "a text";
    case LUA_TTABLE: return "a table";
    case LUA_TFUNCTION: return "a function";
    default: return luaL_typename(L, index);
    }
}

static const Expr *text_to_expr(lua_State *L, int index, const char *what)
{
    Number number;
    const char *why = "", *text = lua_tostring(L, index);
    if (number_parse(&number, text, &why)) return expr_number(symbols_graph(L), number);
    sandbox_error(L, "%s is the text \"%s\", which is no number: %s", what, text, why);
    return symbol_stand_in(L, "?");
}

const Expr *symbol_want(lua_State *L, int index, const char *what)
{
    const Expr *expr = symbol_get(L, index);
    if (expr && !expr_is_condition(expr)) return expr;
    if (lua_isinteger(L, index)) return expr_integer(symbols_graph(L), lua_tointeger(L, index));
    if (lua_type(L, index) == LUA_TNUMBER) return expr_number(symbols_graph(L), number_double(lua_tonumber(L, index)));
    if (lua_type(L, index) == LUA_TSTRING) return text_to_expr(L, index, what);
    sandbox_error(L, "%s is %s; a number or an expression is needed%s", what, symbol_type_text(L, index),
                  expr ? ": where(condition, 1, 0)" : "");
    return symbol_stand_in(L, "?");
}

const Expr *symbol_compare(Graph *graph, Comparison comparison, const Expr *a, const Expr *b)
{
    switch (comparison) {
    case COMPARE_LT: return expr_condition(graph, EXPR_LT, a, b);
    case COMPARE_LE: return expr_condition(graph, EXPR_LE, a, b);
    case COMPARE_GT: return expr_condition(graph, EXPR_LT, b, a);
    case COMPARE_GE: return expr_condition(graph, EXPR_LE, b, a);
    case COMPARE_EQ: return expr_condition(graph, EXPR_EQ, a, b);
    default: return expr_condition(graph, EXPR_NE, a, b);
    }
}

typedef const Expr *Operation(Graph *graph, const Expr *a, const Expr *b);

static int apply(lua_State *L, Operation *operation, const char *left, const char *right)
{
    const Expr *a = symbol_want(L, 1, left), *b = symbol_want(L, 2, right);
    symbol_push(L, operation(symbols_graph(L), a, b));
    return 1;
}

static int meta_add(lua_State *L)
{
    return apply(L, expr_add, "the left side of +", "the right side of +");
}

static int meta_subtract(lua_State *L)
{
    return apply(L, expr_subtract, "the left side of -", "the right side of -");
}

static int meta_multiply(lua_State *L)
{
    return apply(L, expr_multiply, "the left side of *", "the right side of *");
}

static int meta_divide(lua_State *L)
{
    return apply(L, expr_divide, "the left side of /", "the right side of /");
}

static int meta_power(lua_State *L)
{
    return apply(L, expr_power, "the base of ^", "the exponent of ^");
}

static int meta_negate(lua_State *L)
{
    symbol_push(L, expr_negate(symbols_graph(L), symbol_want(L, 1, "the operand of -")));
    return 1;
}

/* Operators that Lua has and expressions have not: upvalue 1 is the hint. */
static int meta_hint(lua_State *L)
{
    sandbox_error(L, "%s", lua_tostring(L, lua_upvalueindex(1)));
    symbol_push(L, symbol_stand_in(L, "?"));
    return 1;
}

/* Functions of Lua that compare (the operators come through logic.h). */
static int meta_comparison(lua_State *L)
{
    sandbox_error(L, "symbols have no order while the file is read");
    lua_pushboolean(L, false);
    return 1;
}

static int meta_index(lua_State *L)
{
    const Expr *expr = symbol_get(L, 1);
    if (!symbol_is_stand_in(expr)) sandbox_error(L, "a scalar has no element [%s]", luaL_tolstring(L, 2, NULL));
    symbol_push(L, symbol_stand_in(L, "?"));
    return 1;
}

static bool hides_function(lua_State *L, const char *name)
{
    lua_getfield(L, LUA_REGISTRYINDEX, "library");
    lua_pushstring(L, name);
    lua_rawget(L, -2);
    bool hides = lua_isfunction(L, -1);
    lua_pop(L, 2);
    return hides;
}

static int meta_call(lua_State *L)
{
    const Expr *expr = symbol_get(L, 1);
    if (expr->kind != EXPR_SYMBOL)
        sandbox_error(L, "an expression is called like a function; a '*' may be missing");
    else if (expr->symbol->kind == SYMBOL_OTHER) /* reported already */
        ;
    else if (hides_function(L, expr->symbol->name))
        sandbox_error(L, "'%s' is declared in this file and hides the function of that name", expr->symbol->name);
    else
        sandbox_error(L, "'%s' is a symbol and no function; a '*' may be missing", expr->symbol->name);
    symbol_push(L, symbol_stand_in(L, "?"));
    return 1;
}

static int meta_assign(lua_State *L)
{
    if (!symbol_is_stand_in(symbol_get(L, 1))) sandbox_error(L, "an element of a scalar cannot be assigned");
    return 0;
}

static int meta_text(lua_State *L)
{
    Text text = text_new(graph_arena(symbols_graph(L)));
    expr_print(&text, symbol_get(L, 1), NOTATION_PROBLEM, PRECISION_FLOAT64, NULL, 0);
    lua_pushstring(L, text.data);
    return 1;
}

static int meta_order(lua_State *L)
{
    lua_pushinteger(L, symbol_get(L, 1)->id);
    return 1;
}

static void add_hints(lua_State *L)
{
    static const char *const hints[][2] = {
        { "__mod", "'%' does not work on symbols; write x - y*floor(x/y)" },
        { "__idiv", "'//' does not work on symbols; write floor(x/y)" },
        { "__concat", "'..' does not work on symbols" },
        { "__len", "'#' does not work on a scalar" },
        { "__band", "'&' does not work on symbols; write a and b" },
        { "__bor", "'|' does not work on symbols; write a or b" },
        { "__bxor", "'~' does not work on symbols; write a ~= b" },
        { "__bnot", "'~' does not work on symbols; write not a" },
        { "__shl", "'<<' does not work on symbols" },
        { "__shr", "'>>' does not work on symbols" },
    };
    for (size_t i = 0; i < sizeof hints / sizeof *hints; i++) {
        lua_pushstring(L, hints[i][1]);
        lua_pushcclosure(L, meta_hint, 1);
        lua_setfield(L, -2, hints[i][0]);
    }
}

void symbols_open(lua_State *L, Graph *graph)
{
    static const luaL_Reg methods[] = {
        { "__add", meta_add },         { "__sub", meta_subtract },
        { "__mul", meta_multiply },    { "__div", meta_divide },
        { "__pow", meta_power },       { "__unm", meta_negate },
        { "__index", meta_index },     { "__call", meta_call },
        { "__newindex", meta_assign }, { "__tostring", meta_text },
        { "__order", meta_order },     { "__lt", meta_comparison },
        { "__le", meta_comparison },   { NULL, NULL },
    };
    Growth *growth = ARENA_NEW(graph_arena(graph), Growth);
    growth->graph = graph;
    lua_newtable(L);
    lua_setfield(L, LUA_REGISTRYINDEX, STAND_INS);
    lua_pushlightuserdata(L, growth);
    lua_setfield(L, LUA_REGISTRYINDEX, "graph");
    luaL_newmetatable(L, SYMBOL_TYPE);
    luaL_setfuncs(L, methods, 0);
    add_hints(L);
    lua_pop(L, 1);
}
