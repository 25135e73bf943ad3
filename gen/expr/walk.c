/* SPDX-License-Identifier: MIT */
/* The one way to visit nodes, and questions answered by a visit. */
#include <assert.h>
#include <stdlib.h>

#include "expr/graph.h"

/* A node whose arguments are being visited, and the next one to visit. */
typedef struct Frame {
    Node *node;
    int next;
} Frame;
typedef ARRAY(Frame) FrameList;

typedef struct Walker {
    Arena *scratch;
    Walk *walk;
    FrameList stack;
} Walker;

static void enter(Walker *walker, const Expr *expr)
{
    Node *node = graph_own_node(expr);
    if (node->walk == node->graph->walks) return;
    node->walk = node->graph->walks;
    *array_push(walker->scratch, &walker->stack) = (Frame){ node, 0 };
}

static void leave(Walker *walker, Node *node)
{
    Walk *walk = walker->walk;
    node->position = walk->count;
    WalkItem item = { &node->expr, { -1, -1, -1 } };
    for (int i = 0; i < node->expr.arity; i++) item.argument[i] = graph_node_of(item.expr->argument[i])->position;
    *array_push(walker->scratch, walk) = item;
}

static void visit(Walker *walker, const Expr *root)
{
    enter(walker, root);
    while (walker->stack.count) {
        Frame *top = &walker->stack.items[walker->stack.count - 1];
        if (top->next < top->node->expr.arity) {
            enter(walker, top->node->expr.argument[top->next++]);
        } else {
            leave(walker, top->node);
            walker->stack.count--;
        }
    }
}

Walk walk_make(Arena *scratch, const Expr *const *roots, int count)
{
    Walk walk = { .root = ARENA_ARRAY(scratch, int, count), .end = ARENA_ARRAY(scratch, int, count) };
    Walker walker = { scratch, &walk, { 0 } };
    if (count) graph_node_of(roots[0])->graph->walks++;
    for (int i = 0; i < count; i++) {
        assert(graph_node_of(roots[i])->graph == graph_node_of(roots[0])->graph);
        visit(&walker, roots[i]);
        walk.root[i] = graph_node_of(roots[i])->position;
        walk.end[i] = walk.count;
    }
    return walk;
}

const Expr *expr_find_nonfinite(const Expr *expr)
{
    while (expr->kind != EXPR_NUMBER) {
        int i = 0;
        while (i < expr->arity && !graph_node_of(expr->argument[i])->nonfinite) i++;
        if (i == expr->arity) return NULL;
        expr = expr->argument[i];
    }
    return graph_node_of(expr)->nonfinite ? expr : NULL;
}

const Expr *expr_find_unfit_in(const Expr *const *roots, int count, Precision precision)
{
    Arena *scratch = arena_new();
    Walk walk = walk_make(scratch, roots, count);
    const Expr *found = NULL;
    for (int i = 0; i < walk.count && !found; i++) {
        const Expr *item = walk.items[i].expr;
        bool is_finite = item->kind == EXPR_NUMBER && number_is_finite(item->number);
        if (is_finite && !number_fits(item->number, precision)) found = item;
    }
    arena_free(scratch);
    return found;
}

const Expr *expr_find_unfit(const Expr *expr, Precision precision)
{
    return expr_find_unfit_in(&expr, 1, precision);
}

static const Node *find_symbol(const Graph *graph, const Symbol *symbol)
{
    Expr key = { .kind = EXPR_SYMBOL, .symbol = symbol };
    return graph_node_of(graph_find(graph, &key));
}

const Symbol *const *expr_symbols(Arena *arena, const Expr *const *roots, int count, int *found)
{
    ARRAY(const Symbol *) list = { 0 };
    Arena *scratch = arena_new();
    Walk walk = walk_make(scratch, roots, count);
    for (int i = 0; i < walk.count; i++)
        if (walk.items[i].expr->kind == EXPR_SYMBOL) *array_push(arena, &list) = walk.items[i].expr->symbol;
    arena_free(scratch);
    *found = list.count;
    return list.items;
}

static int compare_serials(const void *a, const void *b)
{
    int left = *(const int *)a, right = *(const int *)b;
    return (left > right) - (left < right);
}

static Support *find_support(const Expr *expr)
{
    Arena *scratch = arena_new();
    Walk walk = walk_make(scratch, &expr, 1);
    int count = 0;
    for (int i = 0; i < walk.count; i++) count += walk.items[i].expr->kind == EXPR_SYMBOL;
    Support *support = arena_alloc(graph_node_of(expr)->graph->arena, sizeof(Support) + (size_t)count * sizeof(int));
    for (int i = 0; i < walk.count; i++)
        if (walk.items[i].expr->kind == EXPR_SYMBOL)
            support->serial[support->count++] = graph_node_of(walk.items[i].expr)->serial;
    qsort(support->serial, (size_t)count, sizeof(int), compare_serials);
    arena_free(scratch);
    return support;
}

bool expr_depends(const Expr *expr, const Symbol *symbol)
{
    Node *node = graph_own_node(expr);
    const Node *wanted = find_symbol(node->graph, symbol);
    if (!wanted || !(node->symbols & wanted->symbols)) return false;
    if (!node->support) node->support = find_support(expr);
    return bsearch(&wanted->serial, node->support->serial, (size_t)node->support->count, sizeof(int), compare_serials);
}
