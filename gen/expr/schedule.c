/* SPDX-License-Identifier: MIT */
/* Which values get a name in generated code, and in what order. */
#include <stdlib.h>
#include <string.h>

#include "base/intern.h"
#include "expr/graph.h"
#include "expr/identifier.h"

/* Bounds of one statement: a reader's and nvcc's patience. */
enum { DEPTH_MOST = 200, LENGTH_MOST = 400, COUNTER_LENGTH = 8 };

typedef struct ScheduleName {
    int id, step;
} ScheduleName;

/* What is known of each item of the walk. */
typedef struct Item {
    int uses, root_uses;
    bool kept;         /* becomes a temporary */
    int depth, length; /* of the text that stands for it in its users */
    const char *name;
} Item;

typedef struct Planner {
    Arena *scratch;
    Walk walk;
    Item *items;
} Planner;

static bool is_leaf(const Expr *expr)
{
    return expr->arity == 0;
}

/* A sign costs nothing: it is repeated, and its operand is shared instead. */
static bool is_free_sign(const Expr *expr)
{
    return expr->kind == EXPR_NEG && !expr->name;
}

static void add_uses(int *uses, int more)
{
    *uses = *uses > INT32_MAX - more ? INT32_MAX : *uses + more;
}

static void count_uses(Planner *planner, int roots)
{
    for (int i = 0; i < roots; i++) {
        Item *root = &planner->items[planner->walk.root[i]];
        root->uses++;
        root->root_uses++;
    }
    for (int i = planner->walk.count - 1; i >= 0; i--) {
        const WalkItem *item = &planner->walk.items[i];
        int weight = is_free_sign(item->expr) ? planner->items[i].uses : 1;
        for (int k = 0; k < item->expr->arity; k++) add_uses(&planner->items[item->argument[k]].uses, weight);
    }
}

static bool is_worth_keeping(const Expr *expr, const Item *item)
{
    if (is_leaf(expr) || is_free_sign(expr)) return false;
    if (item->uses > 1) return true;
    return expr->name && !item->root_uses;
}

static int leaf_length(Arena *scratch, const Expr *expr)
{
    if (expr->kind == EXPR_SYMBOL) return (int)strlen(expr->symbol->code);
    ArenaMark mark = arena_mark(scratch);
    Text text = text_new(scratch);
    number_literal(&text, expr->number, PRECISION_FLOAT64);
    int length = (int)text.length;
    arena_reset(scratch, mark);
    return length;
}

static int own_length(const Expr *expr)
{
    enum { OPERATOR = 5, CHOICE = 12 }; /* with blanks, commas and parentheses */
    return expr->kind == EXPR_CALL    ? (int)strlen(function_name(expr->function)) + 4
           : expr->kind == EXPR_WHERE ? CHOICE
                                      : OPERATOR;
}

static int kept_length(const Expr *expr)
{
    return expr->name ? (int)strlen(expr->name) : COUNTER_LENGTH;
}

/* Makes a temporary of the item's longest (or deepest) operand that is none
 * yet; false when there is no such. */
static bool cut(Planner *planner, const WalkItem *item, bool by_depth)
{
    int worst = -1, most = 0;
    for (int k = 0; k < item->expr->arity; k++) {
        const Item *operand = &planner->items[item->argument[k]];
        int size = by_depth ? operand->depth : operand->length;
        bool can = !operand->kept && !is_leaf(item->expr->argument[k]);
        if (can && size > most) worst = item->argument[k], most = size;
    }
    if (worst < 0) return false;
    Item *operand = &planner->items[worst];
    operand->kept = true;
    operand->depth = 0;
    operand->length = kept_length(planner->walk.items[worst].expr);
    return true;
}

/* Depth and length of the item's own statement. */
static void measure(Planner *planner, const WalkItem *item, int *depth, int *length)
{
    *depth = 0;
    *length = is_leaf(item->expr) ? leaf_length(planner->scratch, item->expr) : own_length(item->expr);
    for (int k = 0; k < item->expr->arity; k++) {
        const Item *operand = &planner->items[item->argument[k]];
        if (operand->depth >= *depth) *depth = operand->depth + 1;
        *length += operand->length;
    }
}

static void bound_statements(Planner *planner)
{
    for (int i = 0; i < planner->walk.count; i++) {
        const WalkItem *item = &planner->walk.items[i];
        Item *own = &planner->items[i];
        measure(planner, item, &own->depth, &own->length);
        while ((own->depth > DEPTH_MOST || own->length > LENGTH_MOST) && cut(planner, item, own->depth > DEPTH_MOST))
            measure(planner, item, &own->depth, &own->length);
        if (!own->kept) continue;
        own->depth = 0;
        own->length = kept_length(item->expr);
    }
}

static IdentifierScope *scope_of(const Planner *planner, const IdentifierScope *taken)
{
    IdentifierScope *scope = identifier_scope_below(planner->scratch, taken);
    for (int i = 0; i < planner->walk.count; i++) {
        const Expr *expr = planner->walk.items[i].expr;
        if (expr->kind == EXPR_SYMBOL) identifier_take(scope, expr->symbol->code);
    }
    return scope;
}

static const char *next_counter(Planner *planner, IdentifierScope *scope, int *counter)
{
    for (;;) {
        ArenaMark mark = arena_mark(planner->scratch);
        const char *name = intern(arena_printf(planner->scratch, "w%d", ++*counter));
        arena_reset(planner->scratch, mark);
        if (identifier_take(scope, name)) return name;
    }
}

/* The user's names first: w1 is theirs if they want it. */
static void name_items(Planner *planner, IdentifierScope *scope)
{
    int counter = 0;
    for (int i = 0; i < planner->walk.count; i++) {
        const char *name = planner->walk.items[i].expr->name;
        if (planner->items[i].kept && name) planner->items[i].name = identifier_take_near(scope, identifier_make(name));
    }
    for (int i = 0; i < planner->walk.count; i++)
        if (planner->items[i].kept && !planner->items[i].name)
            planner->items[i].name = next_counter(planner, scope, &counter);
}

static int compare_ids(const void *a, const void *b)
{
    const ScheduleName *left = a, *right = b;
    return (left->id > right->id) - (left->id < right->id);
}

static void index_names(Arena *arena, Schedule *schedule)
{
    schedule->names = ARENA_ARRAY(arena, ScheduleName, schedule->count);
    for (int i = 0; i < schedule->count; i++)
        if (schedule->items[i].name)
            schedule->names[schedule->named++] = (ScheduleName){ schedule->items[i].expr->id, i };
    qsort(schedule->names, (size_t)schedule->named, sizeof *schedule->names, compare_ids);
}

/* The walk has the items in the order of the roots that first need them. */
static Schedule emit_steps(Arena *arena, const Planner *planner, const Expr *const *roots, int count)
{
    Schedule schedule = { 0 };
    for (int root = 0, i = 0; root < count; root++) {
        for (; i < planner->walk.end[root]; i++) {
            if (!planner->items[i].kept) continue;
            *array_push(arena, &schedule) = (ScheduleStep){ planner->walk.items[i].expr, planner->items[i].name, -1 };
        }
        *array_push(arena, &schedule) = (ScheduleStep){ roots[root], NULL, root };
    }
    index_names(arena, &schedule);
    return schedule;
}

Schedule schedule_make(Arena *arena, const Expr *const *roots, int count, const IdentifierScope *taken)
{
    Arena *scratch = arena_new();
    Planner planner = { scratch, walk_make(scratch, roots, count), NULL };
    planner.items = ARENA_ARRAY(scratch, Item, planner.walk.count);
    count_uses(&planner, count);
    for (int i = 0; i < planner.walk.count; i++)
        planner.items[i].kept = is_worth_keeping(planner.walk.items[i].expr, &planner.items[i]);
    bound_statements(&planner);
    name_items(&planner, scope_of(&planner, taken));
    Schedule schedule = emit_steps(arena, &planner, roots, count);
    arena_free(scratch);
    return schedule;
}

const char *schedule_name(const Schedule *schedule, const Expr *expr, int step)
{
    if (!schedule || !schedule->named) return NULL;
    ScheduleName key = { expr->id, 0 };
    const ScheduleName *found = bsearch(&key, schedule->names, (size_t)schedule->named, sizeof key, compare_ids);
    return found && found->step < step ? schedule->items[found->step].name : NULL;
}
