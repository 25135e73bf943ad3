/* SPDX-License-Identifier: MIT */
/* Expressions as Lua values: full userdata around a const Expr *, with the
 * operators, and the functions of the problem file on them. Plain Lua numbers
 * stay numbers as long as nothing symbolic meets them. */
#ifndef SCRIPT_SYMBOLS_H
#define SCRIPT_SYMBOLS_H

#include <lua.h>

#include "expr/expr.h"

/* Makes the metatable; `graph` is the graph of every expression. */
void symbols_open(lua_State *L, Graph *graph);
/* Adds the functions (sqrt ... hypot, lt ... ne, where, all, any, no, pi) to
 * the table on top of the stack. Where math has one of that name, the
 * sandbox's math gets ours, which does the same with numbers. */
void symbols_add_functions(lua_State *L);

Graph *symbols_graph(lua_State *L);
/* Pushes an expression; ends the chunk when expressions take too much memory. */
void symbol_push(lua_State *L, const Expr *expr);
/* The expression at the index, NULL when it is none. */
const Expr *symbol_get(lua_State *L, int index);
/* The value at the index as an expression: a number, an exact text, a symbol.
 * Else reports what `what` is and returns a stand-in, never NULL. */
const Expr *symbol_want(lua_State *L, int index, const char *what);

/* "a number", "nil", ... for messages. */
const char *symbol_type_text(lua_State *L, int index);

/* Stands for what is unknown, so that reading goes on; already reported. */
const Expr *symbol_stand_in(lua_State *L, const char *name);
bool symbol_is_stand_in(const Expr *expr);

/* What conditions are made of, here and in `equations`. */
typedef enum Comparison {
    COMPARE_LT,
    COMPARE_LE,
    COMPARE_GT,
    COMPARE_GE,
    COMPARE_EQ,
    COMPARE_NE,
    COMPARISON_COUNT
} Comparison;
bool symbol_comparison_find(Comparison *comparison, const char *name); /* "lt" */
const Expr *symbol_compare(Graph *graph, Comparison comparison, const Expr *a, const Expr *b);

#endif
