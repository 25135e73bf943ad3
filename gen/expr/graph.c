/* SPDX-License-Identifier: MIT */
#include "expr/graph.h"

#include <assert.h>
#include <string.h>

#include "base/intern.h"

enum { GRAPH_SLOTS = 256 };

Graph *graph_new(Arena *arena)
{
    Graph *graph = ARENA_NEW(arena, Graph);
    graph->arena = arena;
    graph->size = GRAPH_SLOTS;
    graph->slots = ARENA_ARRAY(arena, Node *, GRAPH_SLOTS);
    return graph;
}

Arena *graph_arena(const Graph *graph)
{
    return graph->arena;
}

int graph_size(const Graph *graph)
{
    return graph->count;
}

static uint64_t mix(uint64_t hash, uint64_t value)
{
    hash = (hash ^ value) * 0x9e3779b97f4a7c15u;
    return hash ^ hash >> 32;
}

static uint64_t hash_number(Number number)
{
    double value = (double)number.value; /* equal numbers, exact or not, hash alike */
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

static uint64_t hash_expr(const Expr *expr)
{
    uint64_t hash = mix((uint64_t)expr->kind + 1, (uint64_t)expr->function);
    if (expr->kind == EXPR_NUMBER) return mix(hash, hash_number(expr->number));
    if (expr->kind == EXPR_SYMBOL) return mix(hash, (uint64_t)(uintptr_t)expr->symbol);
    if (expr_is_commutative(expr->kind, expr->function)) {
        uint64_t a = mix(hash, (uint64_t)expr->argument[0]->id), b = mix(hash, (uint64_t)expr->argument[1]->id);
        return mix(hash, a + b);
    }
    for (int i = 0; i < expr->arity; i++) hash = mix(hash, (uint64_t)expr->argument[i]->id);
    return hash;
}

static bool same_arguments(const Expr *a, const Expr *b)
{
    if (!memcmp(a->argument, b->argument, sizeof a->argument)) return true;
    return expr_is_commutative(a->kind, a->function) && a->argument[0] == b->argument[1] &&
           a->argument[1] == b->argument[0];
}

static bool same_expr(const Expr *a, const Expr *b)
{
    if (a->kind != b->kind || a->function != b->function) return false;
    if (a->kind == EXPR_NUMBER) return number_equal(a->number, b->number);
    if (a->kind == EXPR_SYMBOL) return a->symbol == b->symbol;
    return same_arguments(a, b);
}

static void grow_slots(Graph *graph)
{
    Node **old = graph->slots;
    int old_size = graph->size;
    graph->size *= 2;
    graph->slots = ARENA_ARRAY(graph->arena, Node *, graph->size);
    for (int i = 0; i < old_size; i++) {
        for (Node *node = old[i], *next; node; node = next) {
            next = node->next;
            Node **slot = &graph->slots[node->hash & (uint64_t)(graph->size - 1)];
            node->next = *slot;
            *slot = node;
        }
    }
}

static Node *new_node(Graph *graph, const Expr *expr, uint64_t hash)
{
    Node *node = ARENA_NEW(graph->arena, Node);
    node->expr = *expr;
    node->expr.id = graph->count++;
    node->graph = graph;
    node->hash = hash;
    node->nonfinite = expr->kind == EXPR_NUMBER && !number_is_finite(expr->number);
    if (expr->kind == EXPR_SYMBOL) {
        node->serial = graph->symbols++;
        node->symbols = UINT64_C(1) << (node->serial % 64);
    }
    bool is_sum = expr->kind == EXPR_ADD || expr->kind == EXPR_SUB;
    for (int i = 0; i < expr->arity; i++) {
        const Node *argument = graph_node_of(expr->argument[i]);
        assert(argument->graph == graph);
        node->symbols |= argument->symbols;
        node->nonfinite |= argument->nonfinite;
        if (is_sum && argument->chain >= node->chain) node->chain = argument->chain + 1;
    }
    return node;
}

static const Expr *find_hashed(const Graph *graph, const Expr *key, uint64_t hash)
{
    for (Node *node = graph->slots[hash & (uint64_t)(graph->size - 1)]; node; node = node->next)
        if (node->hash == hash && same_expr(&node->expr, key)) return &node->expr;
    return NULL;
}

const Expr *graph_find(const Graph *graph, const Expr *key)
{
    return find_hashed(graph, key, hash_expr(key));
}

/* Operands of a commutative node keep the order of its first use. */
static const Expr *find_or_make(Graph *graph, const Expr *expr)
{
    uint64_t hash = hash_expr(expr);
    const Expr *found = find_hashed(graph, expr, hash);
    if (found) return found;
    Node *node = new_node(graph, expr, hash);
    Node **slot = &graph->slots[hash & (uint64_t)(graph->size - 1)];
    node->next = *slot;
    *slot = node;
    if (graph->count > graph->size) grow_slots(graph);
    return &node->expr;
}

const Expr *graph_node(Graph *graph, ExprKind kind, const Expr *a, const Expr *b, const Expr *c)
{
    return find_or_make(graph,
                        &(Expr){ .kind = kind, .arity = 1 + (b != NULL) + (c != NULL), .argument = { a, b, c } });
}

const Expr *graph_call(Graph *graph, Function function, const Expr *a, const Expr *b)
{
    assert(function_arity(function) == 1 + (b != NULL));
    return find_or_make(
        graph,
        &(Expr){ .kind = EXPR_CALL, .function = function, .arity = function_arity(function), .argument = { a, b } });
}

const Expr *expr_number(Graph *graph, Number number)
{
    return find_or_make(graph, &(Expr){ .kind = EXPR_NUMBER, .number = number });
}

const Expr *expr_integer(Graph *graph, int64_t value)
{
    return expr_number(graph, number_integer(value));
}

const Expr *expr_symbol(Graph *graph, const Symbol *symbol)
{
    return find_or_make(graph, &(Expr){ .kind = EXPR_SYMBOL, .symbol = symbol });
}

void expr_set_name(Graph *graph, const Expr *expr, const char *name)
{
    Node *node = graph_own_node(expr);
    assert(node->graph == graph);
    if (!node->expr.name) node->expr.name = intern(name);
}

bool expr_is_condition(const Expr *expr)
{
    return expr->kind >= EXPR_LT && expr->kind <= EXPR_NOT;
}

bool expr_is_number(const Expr *expr, int64_t value)
{
    return expr->kind == EXPR_NUMBER && number_is(expr->number, value);
}
