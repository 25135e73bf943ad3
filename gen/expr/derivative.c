/* SPDX-License-Identifier: MIT */
/* Forward differentiation that goes only where the symbol is, with one table
 * of results per graph: what two roots share is differentiated once. */
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

typedef struct Task {
    const Expr *expr;
    bool entered; /* what it needs was pushed after it */
} Task;

typedef struct Differentiator {
    Graph *graph;
    const Node *symbol;
    const Expr *zero, *one;
    Arena *scratch;
    struct {
        Task *items;
        int count, capacity;
    } stack;
} Differentiator;

/* The derivative, or NULL when it has to be made. */
static const Expr *find_known(const Differentiator *d, const Expr *expr)
{
    bool independent = !(graph_node_of(expr)->symbols & d->symbol->symbols);
    if (independent || expr_is_condition(expr)) return d->zero;
    if (expr->kind == EXPR_SYMBOL) return expr == &d->symbol->expr ? d->one : d->zero;
    return table_find(&d->graph->derivatives, expr->id, d->symbol->serial);
}

static void push_unknown(Differentiator *d, const Expr *expr)
{
    if (!find_known(d, expr)) *array_push(d->scratch, &d->stack) = (Task){ expr, false };
}

static void push_needed(Differentiator *d, const Expr *expr)
{
    int terms = 0;
    if (sum_is_long(expr)) {
        const SumEntry *entry = sum_entries(&terms, expr, d->symbol->serial);
        for (int i = terms - 1; i >= 0; i--) push_unknown(d, entry[i].term);
    } else {
        for (int i = expr->arity - 1; i >= 0; i--) push_unknown(d, expr->argument[i]);
    }
}

static const Expr *derive_sum(const Differentiator *d, const Expr *expr)
{
    int terms;
    const Expr *sum = d->zero;
    const SumEntry *entry = sum_entries(&terms, expr, d->symbol->serial);
    for (int i = 0; i < terms; i++) {
        const Expr *term = find_known(d, entry[i].term);
        sum = entry[i].negative ? expr_subtract(d->graph, sum, term) : expr_add(d->graph, sum, term);
    }
    return sum;
}

static const Expr *derive(const Differentiator *d, const Expr *expr)
{
    const Expr *argument[3] = { NULL, NULL, NULL };
    bool depends = false;
    if (sum_is_long(expr)) return derive_sum(d, expr);
    for (int i = 0; i < expr->arity; i++) {
        argument[i] = find_known(d, expr->argument[i]);
        depends |= argument[i] != d->zero;
    }
    return depends ? differentiate(d->graph, expr, argument) : d->zero;
}

const Expr *expr_derivative(Graph *graph, const Expr *expr, const Symbol *symbol)
{
    const Expr *zero = expr_integer(graph, 0);
    const Expr *wanted = graph_find(graph, &(Expr){ .kind = EXPR_SYMBOL, .symbol = symbol });
    if (!wanted) return zero;
    Differentiator d = { .graph = graph,
                         .symbol = graph_node_of(wanted),
                         .zero = zero,
                         .one = expr_integer(graph, 1),
                         .scratch = arena_new() };
    push_unknown(&d, expr);
    while (d.stack.count) {
        Task *top = &d.stack.items[d.stack.count - 1];
        const Expr *current = top->expr;
        if (!top->entered && !find_known(&d, current)) {
            top->entered = true;
            push_needed(&d, current);
            continue;
        }
        if (!find_known(&d, current)) table_add(graph, current->id, d.symbol->serial, derive(&d, current));
        d.stack.count--;
    }
    arena_free(d.scratch);
    return find_known(&d, expr);
}
