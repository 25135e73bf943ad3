/* SPDX-License-Identifier: MIT */
/* Inside gen/expr only: what a node carries beside its public face, and the
 * one way to visit nodes. Graphs may be as deep as they are large (a loop that
 * adds 100 000 terms makes a chain), so nothing here or in the passes recurses
 * over arguments: passes loop over a Walk. */
#ifndef EXPR_GRAPH_H
#define EXPR_GRAPH_H

#include <stdint.h>

#include "expr/expr.h"

/* Which symbols a root depends on, made by the first question about it. */
typedef struct Support {
    int count;
    int serial[]; /* of symbols, sorted */
} Support;

/* A long sum taken apart: its terms by the symbols they depend on, so that a
 * derivative visits the terms that matter and not the whole chain. */
typedef struct SumEntry {
    int serial; /* of a symbol; entries are sorted by it */
    int order;  /* of the term in the sum */
    bool negative;
    const Expr *term;
} SumEntry;

typedef struct SumIndex {
    SumEntry *items;
    int count, capacity;
} SumIndex;

typedef struct Node {
    Expr expr; /* first, so that an Expr * is a Node * */
    Graph *graph;
    struct Node *next; /* in its hash slot */
    uint64_t hash;
    uint64_t symbols; /* bit (serial mod 64) of every symbol below: a quick "no" */
    Support *support;
    int serial; /* EXPR_SYMBOL: position among the graph's symbols */
    int walk;   /* the last walk that met this node, and its position there */
    int position;
    bool nonfinite; /* a NaN or infinite constant is in or below it */
    int chain;      /* of sums: additions on the longest way down through sums */
    SumIndex *sum;  /* made by sum_entries */
} Node;

/* Derivatives made so far, by node and symbol. */
typedef struct DerivativeEntry {
    int id, serial;
    const Expr *derivative; /* NULL: a free slot */
} DerivativeEntry;

typedef struct DerivativeTable {
    DerivativeEntry *slots;
    int count, size; /* size is 0 or a power of two */
} DerivativeTable;

struct Graph {
    Arena *arena;
    Node **slots;
    int size; /* of slots: a power of two */
    int count, symbols, walks;
    DerivativeTable derivatives;
};

static inline const Node *graph_node_of(const Expr *expr)
{
    return (const Node *)expr;
}

/* To note something in it: nodes are const to all but this folder. */
static inline Node *graph_own_node(const Expr *expr)
{
    return (Node *)(uintptr_t)expr;
}

/* The node like *key, or NULL. */
const Expr *graph_find(const Graph *graph, const Expr *key);

/* The node with these arguments, made when it is new; no simplification. */
const Expr *graph_node(Graph *graph, ExprKind kind, const Expr *a, const Expr *b, const Expr *c);
const Expr *graph_call(Graph *graph, Function function, const Expr *a, const Expr *b);

/* count.c: of this operation alone, in the units of expr_cost. */
int graph_cost(const Expr *expr);

static inline bool expr_is_commutative(ExprKind kind, Function function)
{
    return kind == EXPR_ADD || kind == EXPR_MUL || kind == EXPR_EQ || kind == EXPR_NE || kind == EXPR_AND ||
           kind == EXPR_OR ||
           (kind == EXPR_CALL && (function == FUNCTION_MIN || function == FUNCTION_MAX || function == FUNCTION_HYPOT));
}

/* sum.c: whether to treat a node as a sum of many terms, and the entries of
 * the terms that depend on a symbol, in order. */
bool sum_is_long(const Expr *expr);
const SumEntry *sum_entries(int *count, const Expr *sum, int serial);

/* Every node below the roots once, arguments before users, roots in order,
 * arguments from left to right. */
typedef struct WalkItem {
    const Expr *expr;
    int argument[3]; /* positions of the arguments in the walk */
} WalkItem;

typedef struct Walk {
    WalkItem *items;
    int count, capacity;
    int *root; /* position of each root */
    int *end;  /* items that are needed for the roots up to this one */
} Walk;

/* Lives in `scratch`, not in the graph's arena: building while walking is
 * fine. All roots are of one graph. */
Walk walk_make(Arena *scratch, const Expr *const *roots, int count);

/* substitute.c: the same operation, under the same name, on what was made of the
 * walk's items before it. */
const Expr *graph_rebuild_item(Graph *graph, const WalkItem *item, const Expr *const *made);

#endif
