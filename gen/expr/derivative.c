/* Forward differentiation over a walk that goes only where the symbol is, with
 * one table of results per graph: what two roots share is differentiated
 * once. */
#include <string.h>

#include "expr/function.h"
#include "expr/graph.h"

static DerivativeEntry *table_slot(const DerivativeTable *table, int id, int serial)
{
    uint64_t hash = ((uint64_t)(unsigned)id << 32 | (unsigned)serial) * 0x9e3779b97f4a7c15u;
    for (uint64_t i = hash >> 32;; i++) {
        DerivativeEntry *entry = &table->slots[i & (uint64_t)(table->size - 1)];
        if (!entry->derivative || (entry->id == id && entry->serial == serial)) return entry;
    }
}

static const Expr *table_find(const DerivativeTable *table, int id, int serial)
{
    return table->size ? table_slot(table, id, serial)->derivative : NULL;
}

static void table_grow(Graph *graph)
{
    DerivativeTable *table = &graph->derivatives, old = *table;
    table->size = old.size ? 2 * old.size : 64;
    table->slots = ARENA_ARRAY(graph->arena, DerivativeEntry, table->size);
    for (int i = 0; i < old.size; i++)
        if (old.slots[i].derivative) *table_slot(table, old.slots[i].id, old.slots[i].serial) = old.slots[i];
}

static void table_add(Graph *graph, int id, int serial, const Expr *derivative)
{
    DerivativeTable *table = &graph->derivatives;
    if (2 * table->count >= table->size) table_grow(graph);
    *table_slot(table, id, serial) = (DerivativeEntry){ id, serial, derivative };
    table->count++;
}

/* d(a/b) = (da - y db)/b with y = a/b, which is in the graph already */
static const Expr *quotient_rule(Graph *graph, const Expr *y, const Expr *da, const Expr *db)
{
    return expr_divide(graph, expr_subtract(graph, da, expr_multiply(graph, y, db)), y->argument[1]);
}

static const Expr *product_rule(Graph *graph, const Expr *y, const Expr *da, const Expr *db)
{
    const Expr *first = expr_multiply(graph, da, y->argument[1]);
    return expr_add(graph, first, expr_multiply(graph, y->argument[0], db));
}

static const Expr *call_rule(Graph *graph, const Expr *y, const Expr *da, const Expr *db)
{
    const FunctionRow *row = function_row(y->function);
    if (row->rule1) return row->rule1(graph, y, da);
    if (row->rule2) return row->rule2(graph, y, da, db);
    return expr_integer(graph, 0);
}

/* d: the derivatives of the arguments, not all zero. */
static const Expr *differentiate(Graph *graph, const Expr *y, const Expr *const d[3])
{
    switch (y->kind) {
    case EXPR_NEG: return expr_negate(graph, d[0]);
    case EXPR_ADD: return expr_add(graph, d[0], d[1]);
    case EXPR_SUB: return expr_subtract(graph, d[0], d[1]);
    case EXPR_MUL: return product_rule(graph, y, d[0], d[1]);
    case EXPR_DIV: return quotient_rule(graph, y, d[0], d[1]);
    case EXPR_CALL: return call_rule(graph, y, d[0], d[1]);
    case EXPR_WHERE: return expr_where(graph, y->argument[0], d[1], d[2]);
    default: return expr_integer(graph, 0);
    }
}

typedef struct Wanted {
    const Graph *graph;
    const Node *symbol;
} Wanted;

/* Nothing below needs a visit: the derivative is known, or zero. */
static bool is_known(void *context, const Expr *expr)
{
    const Wanted *wanted = context;
    const Node *node = graph_node_of(expr);
    return !(node->symbols & wanted->symbol->symbols) || expr_is_condition(expr) ||
           table_find(&wanted->graph->derivatives, expr->id, wanted->symbol->serial);
}

static const Expr *differentiate_item(Graph *graph, const WalkItem *item, const Expr *const *made, const Node *symbol)
{
    const Expr *expr = item->expr, *d[3] = { NULL, NULL, NULL };
    const Expr *known = table_find(&graph->derivatives, expr->id, symbol->serial);
    if (known) return known;
    if (expr == &symbol->expr) return expr_integer(graph, 1);
    const Expr *zero = expr_integer(graph, 0);
    bool depends = false;
    for (int i = 0; i < expr->arity && item->argument[i] >= 0; i++) {
        d[i] = made[item->argument[i]];
        depends |= d[i] != zero;
    }
    return depends ? differentiate(graph, expr, d) : zero;
}

const Expr *expr_derivative(Graph *graph, const Expr *expr, const Symbol *symbol)
{
    Expr key = { .kind = EXPR_SYMBOL, .symbol = symbol };
    Wanted wanted = { graph, graph_node_of(graph_find(graph, &key)) };
    if (!wanted.symbol) return expr_integer(graph, 0);
    Arena *scratch = arena_new();
    Walk walk = walk_make(scratch, &expr, 1, is_known, &wanted);
    const Expr **made = ARENA_ARRAY(scratch, const Expr *, walk.count);
    for (int i = 0; i < walk.count; i++) {
        const Expr *item = walk.items[i].expr;
        made[i] = differentiate_item(graph, &walk.items[i], made, wanted.symbol);
        if (item->arity && !is_known(&wanted, item)) table_add(graph, item->id, wanted.symbol->serial, made[i]);
    }
    const Expr *result = made[walk.root[0]];
    arena_free(scratch);
    return result;
}
