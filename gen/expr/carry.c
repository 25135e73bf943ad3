/* SPDX-License-Identifier: MIT */
#include "expr/carry.h"

#include <stdint.h>

#include "base/intern.h"
#include "expr/graph.h"

enum { WORTH = 8, NOBODY = -1, SEVERAL = -2 };

/* What is known of each item of the walk. */
typedef struct Item {
    bool root, carried;
    bool is_part; /* of a long root, and carried for that */
    int64_t cost; /* with all below it, but not with what is carried; what it shares counts as often as it is used */
    int owner;    /* the group or, counted from the number of groups, the carried item that needs it */
} Item;

typedef struct Carrier {
    Graph *graph;
    Walk walk;
    Item *items;
    const int *group; /* of each root */
    int roots, groups;
} Carrier;

static void meet(Item *item, int owner)
{
    item->owner = item->owner == NOBODY || item->owner == owner ? owner : SEVERAL;
}

/* From the roots down. What one other carried value alone needs is no longer carried. */
static void find_owners(Carrier *carrier)
{
    const Walk *walk = &carrier->walk;
    for (int i = 0; i < walk->count; i++) carrier->items[i].owner = NOBODY;
    for (int i = 0; i < carrier->roots; i++) meet(&carrier->items[walk->root[i]], carrier->group[i]);
    for (int i = walk->count - 1; i >= 0; i--) {
        const WalkItem *at = &walk->items[i];
        Item *item = &carrier->items[i];
        item->carried &= item->is_part || item->owner == SEVERAL;
        for (int k = 0; k < at->expr->arity; k++)
            meet(&carrier->items[at->argument[k]], item->carried ? carrier->groups + i : item->owner);
    }
}

/* A sum takes up the factors of a product, which a carried one would have lost. */
static bool can_be_carried(const Expr *expr)
{
    return expr->arity && expr->kind != EXPR_NEG && expr->kind != EXPR_MUL && !expr_is_condition(expr);
}

static void choose(Item *item, const Expr *expr, int most)
{
    bool can_be = can_be_carried(expr);
    item->is_part = can_be && !item->root && item->cost > most;
    item->carried = item->is_part || (can_be && item->owner == SEVERAL && item->cost >= WORTH);
}

static void choose_all(Carrier *carrier, int most)
{
    for (int i = 0; i < carrier->walk.count; i++) {
        const WalkItem *at = &carrier->walk.items[i];
        Item *item = &carrier->items[i];
        item->cost = graph_cost(at->expr);
        for (int k = 0; k < at->expr->arity; k++) {
            const Item *operand = &carrier->items[at->argument[k]];
            if (!operand->carried) item->cost += operand->cost;
        }
        if (item->cost > INT32_MAX) item->cost = INT32_MAX;
        choose(item, at->expr, most);
    }
}

static const Expr *symbol_of(const Carrier *carrier, const char *array, int index)
{
    Arena *arena = graph_arena(carrier->graph);
    Symbol *symbol = ARENA_NEW(arena, Symbol);
    symbol->name = symbol->code = intern(arena_printf(arena, "%s[%d]", array, index));
    symbol->kind = SYMBOL_OTHER;
    symbol->index = index;
    return expr_symbol(carrier->graph, symbol);
}

CarriedList carry_make(const Expr **results, Graph *graph, const Expr *const *roots, const int *group, int count,
                       const char *array, int most)
{
    Arena *scratch = arena_new();
    Carrier carrier = { .graph = graph, .walk = walk_make(scratch, roots, count), .group = group, .roots = count };
    CarriedList list = { 0 };
    const Expr **made = ARENA_ARRAY(scratch, const Expr *, carrier.walk.count);
    carrier.items = ARENA_ARRAY(scratch, Item, carrier.walk.count);
    for (int i = 0; i < count; i++) {
        carrier.items[carrier.walk.root[i]].root = true;
        if (group[i] >= carrier.groups) carrier.groups = group[i] + 1;
    }
    find_owners(&carrier);
    choose_all(&carrier, most);
    find_owners(&carrier);
    for (int i = 0; i < carrier.walk.count; i++) {
        made[i] = graph_rebuild_item(graph, &carrier.walk.items[i], made);
        if (!carrier.items[i].carried) continue;
        *array_push(graph_arena(graph), &list) = made[i];
        made[i] = symbol_of(&carrier, array, list.count - 1);
    }
    for (int i = 0; i < count; i++) results[i] = made[carrier.walk.root[i]];
    arena_free(scratch);
    return list;
}
