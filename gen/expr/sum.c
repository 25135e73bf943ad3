/* SPDX-License-Identifier: MIT */
/* Sums of many terms, which derivatives take apart by what they depend on. */
#include <stdlib.h>

#include "expr/graph.h"

enum { CHAIN_LONG = 8 };

bool sum_is_long(const Expr *expr)
{
    return graph_node_of(expr)->chain >= CHAIN_LONG;
}

static int compare_entries(const void *a, const void *b)
{
    const SumEntry *left = a, *right = b;
    if (left->serial != right->serial) return left->serial < right->serial ? -1 : 1;
    return (left->order > right->order) - (left->order < right->order);
}

/* An entry for each symbol that the term depends on. */
static void add_term(SumIndex *index, const Expr *term, int order, bool negative)
{
    Arena *arena = graph_node_of(term)->graph->arena, *scratch = arena_new();
    Walk walk = walk_make(scratch, &term, 1);
    for (int i = 0; i < walk.count; i++) {
        const Node *node = graph_node_of(walk.items[i].expr);
        if (node->expr.kind == EXPR_SYMBOL)
            *array_push(arena, index) = (SumEntry){ node->serial, order, negative, term };
    }
    arena_free(scratch);
}

/* Down the longer side; the other side is a term. A loop that adds makes the
 * chain on the left, so the lowest terms come first in the sum. */
static SumIndex *make_index(const Node *top)
{
    SumIndex *index = ARENA_NEW(top->graph->arena, SumIndex);
    const Expr *sum = &top->expr;
    bool negative = false;
    int order = 0;
    for (; graph_node_of(sum)->chain; order--) {
        int longer = graph_node_of(sum->argument[1])->chain > graph_node_of(sum->argument[0])->chain;
        bool flips = sum->kind == EXPR_SUB;
        add_term(index, sum->argument[1 - longer], order, negative != (flips && !longer));
        negative = negative != (flips && longer);
        sum = sum->argument[longer];
    }
    add_term(index, sum, order, negative);
    qsort(index->items, (size_t)index->count, sizeof *index->items, compare_entries);
    return index;
}

const SumEntry *sum_entries(int *count, const Expr *sum, int serial)
{
    Node *node = graph_own_node(sum);
    if (!node->sum) node->sum = make_index(node);
    int low = 0, high = node->sum->count;
    while (low < high) {
        int middle = low + (high - low) / 2;
        if (node->sum->items[middle].serial < serial)
            low = middle + 1;
        else
            high = middle;
    }
    const SumEntry *first = node->sum->items + low;
    for (*count = 0; low + *count < node->sum->count && first[*count].serial == serial;) ++*count;
    return first;
}
