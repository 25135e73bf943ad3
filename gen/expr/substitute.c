/* SPDX-License-Identifier: MIT */
/* Expressions rebuilt on other arguments; symbols replaced. */
#include "expr/graph.h"

static const Expr *same_operation(Graph *graph, const Expr *expr, const Expr *const argument[3])
{
    switch (expr->kind) {
    case EXPR_NUMBER:
    case EXPR_SYMBOL: return expr;
    case EXPR_NEG: return expr_negate(graph, argument[0]);
    case EXPR_ADD: return expr_add(graph, argument[0], argument[1]);
    case EXPR_SUB: return expr_subtract(graph, argument[0], argument[1]);
    case EXPR_MUL: return expr_multiply(graph, argument[0], argument[1]);
    case EXPR_DIV: return expr_divide(graph, argument[0], argument[1]);
    case EXPR_CALL: return expr_call(graph, expr->function, argument[0], argument[1]);
    case EXPR_WHERE: return expr_where(graph, argument[0], argument[1], argument[2]);
    default: return expr_condition(graph, expr->kind, argument[0], argument[1]);
    }
}

static const Expr *rebuild(Graph *graph, const Expr *expr, const Expr *const argument[3])
{
    const Expr *result = same_operation(graph, expr, argument);
    if (expr->name && result->arity) expr_set_name(graph, result, expr->name);
    return result;
}

const Expr *graph_rebuild_item(Graph *graph, const WalkItem *item, const Expr *const *made)
{
    const Expr *argument[3] = { NULL, NULL, NULL };
    bool changed = false;
    for (int i = 0; i < item->expr->arity; i++) {
        argument[i] = made[item->argument[i]];
        changed |= argument[i] != item->expr->argument[i];
    }
    return changed ? rebuild(graph, item->expr, argument) : item->expr;
}

void expr_substitute_all(const Expr **results, Graph *graph, const Expr *const *roots, int count, ExprReplace *replace,
                         void *context)
{
    Arena *scratch = arena_new();
    Walk walk = walk_make(scratch, roots, count);
    const Expr **made = ARENA_ARRAY(scratch, const Expr *, walk.count);
    for (int i = 0; i < walk.count; i++) {
        const Expr *expr = walk.items[i].expr;
        made[i] = expr->kind == EXPR_SYMBOL ? replace(context, expr->symbol) : NULL;
        if (!made[i]) made[i] = graph_rebuild_item(graph, &walk.items[i], made);
    }
    for (int i = 0; i < count; i++) results[i] = made[walk.root[i]];
    arena_free(scratch);
}
