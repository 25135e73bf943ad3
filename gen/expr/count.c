/* SPDX-License-Identifier: MIT */
/* Operations of a set of roots, each shared node counted once. */
#include "expr/function.h"
#include "expr/graph.h"

static int *call_counter(OperationCount *count, Function function)
{
    switch (function_row(function)->cost) {
    case COST_ROOT: return &count->roots;
    case COST_SELECTION: return &count->selections;
    default: return &count->functions;
    }
}

OperationCount expr_count(const Expr *const *roots, int count)
{
    OperationCount total = { 0 };
    Arena *scratch = arena_new();
    Walk walk = walk_make(scratch, roots, count);
    for (int i = 0; i < walk.count; i++) {
        const Expr *expr = walk.items[i].expr;
        switch (expr->kind) {
        case EXPR_NUMBER:
        case EXPR_SYMBOL:
        case EXPR_NEG: break;
        case EXPR_ADD:
        case EXPR_SUB: total.additions++; break;
        case EXPR_MUL: total.multiplications++; break;
        case EXPR_DIV: total.divisions++; break;
        case EXPR_CALL: ++*call_counter(&total, expr->function); break;
        default: total.selections++;
        }
    }
    arena_free(scratch);
    return total;
}

int graph_cost(const Expr *expr)
{
    switch (expr->kind) {
    case EXPR_NUMBER:
    case EXPR_SYMBOL:
    case EXPR_NEG: return 0;
    case EXPR_DIV: return 8;
    case EXPR_CALL:
        switch (function_row(expr->function)->cost) {
        case COST_ROOT: return 8;
        case COST_SELECTION: return 1;
        default: return 16;
        }
    default: return 1;
    }
}

void cost_begin(Graph *graph)
{
    graph->walks++;
}

static bool meet(Graph *graph, const Expr *expr)
{
    Node *node = graph_own_node(expr);
    bool is_new = node->walk != graph->walks;
    node->walk = graph->walks;
    return is_new;
}

void cost_add(int64_t *cost, Graph *graph, const Expr *root, int64_t most)
{
    ARRAY(const Expr *) stack = { 0 };
    Arena *scratch = arena_new();
    if (meet(graph, root)) *array_push(scratch, &stack) = root;
    while (stack.count && *cost < most) {
        const Expr *expr = stack.items[--stack.count];
        *cost += graph_cost(expr);
        for (int i = 0; i < expr->arity; i++)
            if (meet(graph, expr->argument[i])) *array_push(scratch, &stack) = expr->argument[i];
    }
    arena_free(scratch);
}

int expr_cost(const Expr *const *roots, int count)
{
    int total = 0;
    Arena *scratch = arena_new();
    Walk walk = walk_make(scratch, roots, count);
    for (int i = 0; i < walk.count; i++) total += graph_cost(walk.items[i].expr);
    arena_free(scratch);
    return total;
}
