/* SPDX-License-Identifier: MIT */
#include "expr/hoist.h"

#include "base/intern.h"
#include "expr/graph.h"
#include "expr/identifier.h"

enum { COST_WORTH = 2 }; /* in sums and products */

/* What is known of each item of the walk. */
typedef struct Item {
    bool uniform; /* depends on parameters and on nothing else that varies */
    bool varies;
    int cost;         /* 0 to COST_WORTH */
    bool met;         /* is in the new roots, or is replaced in them */
    const char *code; /* of the symbol that replaces it */
} Item;

typedef struct Hoister {
    Arena *scratch;
    Graph *graph;
    Walk walk;
    Item *items;
    const Expr **made; /* what stands for it in the new roots */
} Hoister;

static int own_cost(const Expr *expr)
{
    switch (expr->kind) {
    case EXPR_NUMBER:
    case EXPR_SYMBOL:
    case EXPR_NEG: return 0;
    case EXPR_ADD:
    case EXPR_SUB:
    case EXPR_MUL: return 1;
    default: return COST_WORTH; /* divisions, roots, functions, selections */
    }
}

/* A cost of 2 or more says the same whether a shared operand counts once or
 * twice, so that it needs no count of distinct nodes. */
static void judge(Hoister *hoister)
{
    for (int i = 0; i < hoister->walk.count; i++) {
        const WalkItem *at = &hoister->walk.items[i];
        Item *item = &hoister->items[i];
        bool parameter = at->expr->kind == EXPR_SYMBOL && at->expr->symbol->kind == SYMBOL_PARAMETER;
        item->varies = at->expr->kind == EXPR_SYMBOL && !parameter;
        item->uniform = parameter;
        item->cost = own_cost(at->expr);
        for (int k = 0; k < at->expr->arity; k++) {
            const Item *operand = &hoister->items[at->argument[k]];
            item->varies |= operand->varies;
            item->uniform |= operand->uniform;
            item->cost += operand->cost;
        }
        item->uniform &= !item->varies;
        if (item->cost > COST_WORTH) item->cost = COST_WORTH;
    }
}

static bool is_hoisted(const Hoister *hoister, int i)
{
    const Item *item = &hoister->items[i];
    const Expr *expr = hoister->walk.items[i].expr;
    bool is_free_sign = expr->kind == EXPR_NEG && !expr->name;
    return item->met && item->uniform && item->cost >= COST_WORTH && !is_free_sign && !expr_is_condition(expr);
}

/* From the roots down, but not into what is hoisted. */
static void meet(Hoister *hoister, int count)
{
    for (int i = 0; i < count; i++) hoister->items[hoister->walk.root[i]].met = true;
    for (int i = hoister->walk.count - 1; i >= 0; i--) {
        const WalkItem *at = &hoister->walk.items[i];
        if (!hoister->items[i].met || is_hoisted(hoister, i)) continue;
        for (int k = 0; k < at->expr->arity; k++) hoister->items[at->argument[k]].met = true;
    }
}

static const char *next_counter(Hoister *hoister, IdentifierScope *scope, int *counter)
{
    for (;;) {
        const char *name = intern(arena_printf(hoister->scratch, "h%d", ++*counter));
        if (identifier_take(scope, name)) return name;
    }
}

/* The user's names first: those of hoisted values, then the others, so that h1
 * is theirs if they want it. */
static void name_items(Hoister *hoister, const IdentifierScope *taken)
{
    IdentifierScope *scope = identifier_scope_below(hoister->scratch, taken);
    const Walk *walk = &hoister->walk;
    int counter = 0;
    for (int i = 0; i < walk->count; i++)
        if (walk->items[i].expr->kind == EXPR_SYMBOL) identifier_take(scope, walk->items[i].expr->symbol->code);
    for (int i = 0; i < walk->count; i++)
        if (is_hoisted(hoister, i) && walk->items[i].expr->name)
            hoister->items[i].code = identifier_take_near(scope, identifier_make(walk->items[i].expr->name));
    for (int i = 0; i < walk->count; i++)
        if (walk->items[i].expr->name) identifier_take(scope, identifier_make(walk->items[i].expr->name));
    for (int i = 0; i < walk->count; i++)
        if (is_hoisted(hoister, i) && !hoister->items[i].code)
            hoister->items[i].code = next_counter(hoister, scope, &counter);
}

static const Symbol *make_symbol(const Hoister *hoister, int i, int index)
{
    Symbol *symbol = ARENA_NEW(graph_arena(hoister->graph), Symbol);
    const char *name = hoister->walk.items[i].expr->name, *code = hoister->items[i].code;
    *symbol = (Symbol){ .name = name ? name : code, .code = code, .kind = SYMBOL_HOISTED, .index = index };
    return symbol;
}

static HoistedList replace(Hoister *hoister)
{
    HoistedList list = { 0 };
    for (int i = 0; i < hoister->walk.count; i++) {
        const Expr *expr = hoister->walk.items[i].expr;
        if (is_hoisted(hoister, i)) {
            const Symbol *symbol = make_symbol(hoister, i, list.count);
            *array_push(graph_arena(hoister->graph), &list) = (HoistedValue){ symbol, expr };
            hoister->made[i] = expr_symbol(hoister->graph, symbol);
        } else if (hoister->items[i].met) {
            hoister->made[i] = graph_rebuild_item(hoister->graph, &hoister->walk.items[i], hoister->made);
        }
    }
    return list;
}

HoistedList hoist_make(const Expr **results, Graph *graph, const Expr *const *roots, int count,
                       const IdentifierScope *taken)
{
    Arena *scratch = arena_new();
    Hoister hoister = { scratch, graph, walk_make(scratch, roots, count), NULL, NULL };
    hoister.items = ARENA_ARRAY(scratch, Item, hoister.walk.count);
    hoister.made = ARENA_ARRAY(scratch, const Expr *, hoister.walk.count);
    judge(&hoister);
    meet(&hoister, count);
    name_items(&hoister, taken);
    HoistedList list = replace(&hoister);
    for (int i = 0; i < count; i++) results[i] = hoister.made[hoister.walk.root[i]];
    arena_free(scratch);
    return list;
}
