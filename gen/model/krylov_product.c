/* SPDX-License-Identifier: MIT */
/* The product J v. */
#include <string.h>

#include "base/intern.h"
#include "model/matrix_free.h"

/* ---- names of the vector's elements ---- */

static const char *element_name(Arena *arena, const char *prefix, const char *code)
{
    return intern(arena_printf(arena, "%s_%s", prefix, code));
}

/* A prefix with which no element meets another name: "v", "vv", ... */
static const char *free_prefix(Arena *arena, const Model *model)
{
    IdentifierScope *taken = identifier_scope_below(arena, model->system->taken);
    for (int i = 0; i < model->hoisted_count; i++) identifier_take(taken, model->hoisted_symbol[i]->code);
    const char *prefix = "v";
    for (int i = 0; i < model->states; i++) {
        if (!identifier_is_taken(taken, element_name(arena, prefix, model->system->state[i].symbol->code))) continue;
        prefix = arena_printf(arena, "%sv", prefix);
        i = -1;
    }
    return prefix;
}

static const Symbol *const *vector_symbols(Arena *arena, const Model *model)
{
    const Symbol **symbols = ARENA_ARRAY(arena, const Symbol *, model->states);
    const char *prefix = free_prefix(arena, model);
    for (int i = 0; i < model->states; i++) {
        Symbol *symbol = ARENA_NEW(arena, Symbol);
        symbol->name = symbol->code = element_name(arena, prefix, model->system->state[i].symbol->code);
        symbol->kind = SYMBOL_OTHER;
        symbol->index = i;
        symbols[i] = symbol;
    }
    return symbols;
}

/* ---- the derivative of f along v ---- */

typedef struct Ray {
    Graph *graph;
    const Expr *const *v;
    const Expr *distance; /* a symbol */
} Ray;

/* y + distance v */
static const Expr *go_along(void *context, const Symbol *symbol)
{
    const Ray *ray = context;
    if (symbol->kind != SYMBOL_STATE) return NULL;
    const Expr *step = expr_multiply(ray->graph, ray->distance, ray->v[symbol->index]);
    return expr_add(ray->graph, expr_symbol(ray->graph, symbol), step);
}

static const Expr *return_to_start(void *context, const Symbol *symbol)
{
    const Ray *ray = context;
    return symbol == ray->distance->symbol ? expr_integer(ray->graph, 0) : NULL;
}

/* d f(y + distance v) / d distance at 0. */
static void differentiate_along(const Expr **product, Arena *arena, const Model *model, const Expr *const *v)
{
    int n = model->states;
    Graph *graph = model->system->graph;
    Symbol *distance = ARENA_NEW(arena, Symbol);
    *distance = (Symbol){ .name = intern("distance"), .code = intern("distance"), .kind = SYMBOL_OTHER };
    Ray ray = { graph, v, expr_symbol(graph, distance) };
    const Expr **moved = ARENA_ARRAY(arena, const Expr *, n);
    expr_substitute_all(moved, graph, model->matrix->jacobian->f, n, go_along, &ray);
    for (int i = 0; i < n; i++) moved[i] = expr_derivative(graph, moved[i], distance);
    expr_substitute_all(product, graph, moved, n, return_to_start, &ray);
}

const KrylovProduct *krylov_product(Arena *arena, const Model *model)
{
    int n = model->states;
    const Symbol *const *symbols = vector_symbols(arena, model);
    const Expr **v = ARENA_ARRAY(arena, const Expr *, n);
    const Expr **by_entries = ARENA_ARRAY(arena, const Expr *, n), **along = ARENA_ARRAY(arena, const Expr *, n);
    for (int i = 0; i < n; i++) v[i] = expr_symbol(model->system->graph, symbols[i]);
    jacobian_times(by_entries, model->system->graph, model->matrix->jacobian, v);
    differentiate_along(along, arena, model, v);
    int entries = expr_cost(by_entries, n), derivative = expr_cost(along, n);
    bool is_sum = entries <= derivative;
    KrylovProduct *product = ARENA_NEW(arena, KrylovProduct);
    *product = (KrylovProduct){ symbols, is_sum ? by_entries : along, is_sum ? entries : derivative };
    return product;
}
