/* SPDX-License-Identifier: MIT */
/* Hoisting: what depends on parameters alone has one value per run, so it is
 * computed when a run begins and not at every stage of every step. */
#ifndef EXPR_HOIST_H
#define EXPR_HOIST_H

#include "expr/expr.h"

typedef struct HoistedValue {
    const Symbol *symbol; /* SYMBOL_HOISTED; index: position in the list */
    const Expr *expr;     /* of parameters and constants alone */
} HoistedValue;
typedef ARRAY(HoistedValue) HoistedList;

/* The roots with their largest subexpressions of parameters alone replaced by
 * symbols, each the same for all roots; *results has room for `count`. What is
 * not worth a value of its own stays: a single sum, difference or product. A
 * sign stays where it is used, and so does a condition, though not its operands.
 * A value that one branch of a `where` needs may be NaN or infinite in runs that
 * never choose it: the choice drops it as it would have done in the roots. The
 * roots have no such constant (expr_find_nonfinite).
 *
 * Values come in the order in which the roots compute them; none refers to
 * another. They bear the user's name where there is one, else h1, h2, ...;
 * symbol->code is an identifier, unique, and none of `taken`.
 *
 * Lists and symbols live in the graph's arena. Linear in the nodes. */
HoistedList hoist_make(const Expr **results, Graph *graph, const Expr *const *roots, int count,
                       const IdentifierScope *taken);

#endif
