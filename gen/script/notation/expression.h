/* SPDX-License-Identifier: MIT */
/* Inside of `equations`: expressions from tokens. */
#ifndef SCRIPT_EXPRESSION_H
#define SCRIPT_EXPRESSION_H

#include <lua.h>

#include "expr/expr.h"
#include "script/notation/notation.h"

/* The value of a name in an expression: never NULL, a stand-in after a report. */
typedef const Expr *EquationLookup(void *context, const char *name, const char *base, const Token *token);

typedef struct ExpressionReader {
    lua_State *L;
    Graph *graph;
    Arena *arena;
    const TokenList *tokens;
    int at, end; /* the tokens of the expression */
    int depth;
    bool failed;          /* the rest of the expression is not read */
    bool takes_condition; /* the expression may be a condition (of an intermediate) */
    EquationLookup *lookup;
    EquationLookup *lookup_derivative; /* x' */
    void *context;
} ExpressionReader;

/* Reads the whole range; reports every mistake; never NULL. */
const Expr *expression_read(ExpressionReader *reader);

/* Finds the function of that name and applies it: the functions of the
 * problem file with their numbers of arguments. */
const Expr *expression_call(ExpressionReader *reader, const Token *name, const Expr *const *arguments, int count);

#endif
