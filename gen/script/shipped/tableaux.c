/* SPDX-License-Identifier: MIT */
/* The word tableau: a method read and checked. */
#include <string.h>

#include "base/intern.h"
#include "method/order.h"
#include "script/shipped/draft.h"
#include "script/table.h"
#include "script/script.h"
#include "script/shipped/tableaux.h"

typedef struct Shelf {
    TableauList *list;
    bool check_order;
} Shelf;

static const char *const known_fields[] = { "a",
                                            "aliases",
                                            "b",
                                            "c",
                                            "d",
                                            "defaults",
                                            "dense",
                                            "dense_order",
                                            "embedded",
                                            "embedded_order",
                                            "error",
                                            "error_low",
                                            "error_low_order",
                                            "error_start",
                                            "extra",
                                            "family",
                                            "first_same_as_last",
                                            "gamma",
                                            "index1_order",
                                            "order",
                                            "reference",
                                            "stiffly_accurate",
                                            "title",
                                            "transformed",
                                            "w_order" };

enum { STAGES_MOST = 64 };

static void check_fields(Draft *draft)
{
    const int count = sizeof known_fields / sizeof *known_fields;
    KeyList keys = table_keys(draft->L, "tableau");
    for (int i = 0; i < keys.count; i++) {
        bool known = false;
        for (int k = 0; k < count; k++) known |= !strcmp(known_fields[k], keys.items[i]);
        const char *nearest = nearest_name(keys.items[i], known_fields, count);
        if (known) continue;
        if (nearest)
            draft_complain(draft, keys.items[i], "unknown field '%s'; did you mean '%s'?", keys.items[i], nearest);
        else
            draft_complain(draft, keys.items[i], "unknown field '%s'", keys.items[i]);
    }
}

/* extra = { { c = "1/10", a = { ... } }, ... }: stages of the interpolant. */
static void read_extra(Draft *draft)
{
    Tableau *tableau = draft->tableau;
    lua_getfield(draft->L, 1, "extra");
    for (int i = tableau->stages; i < draft->rows; i++) {
        lua_geti(draft->L, -1, i - tableau->stages + 1);
        if (!lua_istable(draft->L, -1)) {
            draft_complain(draft, "extra", "'extra' has an entry that is no table; write { c = \"1\", a = { ... } }");
        } else {
            lua_getfield(draft->L, -1, "c");
            draft->good &= table_number(&tableau->c[i], draft->L, lua_gettop(draft->L), draft_source(draft, "extra"),
                                        "the 'c' of an extra stage");
            lua_pop(draft->L, 1);
            lua_getfield(draft->L, -1, "a");
            draft_numbers(&tableau->a[i * draft->rows], i, draft, "extra");
            lua_pop(draft->L, 1);
        }
        lua_pop(draft->L, 1);
    }
    lua_pop(draft->L, 1);
}

static void read_dense(Draft *draft)
{
    Tableau *tableau = draft->tableau;
    if (lua_getfield(draft->L, 1, "dense") == LUA_TTABLE) {
        int rows = (int)luaL_len(draft->L, -1);
        if (rows != draft->rows)
            draft_complain(draft, "dense", "'dense' has %d rows; with %d stages and %d extra ones it needs %d", rows,
                           tableau->stages, tableau->dense_stages, draft->rows);
        for (int i = 0; i < rows; i++) {
            lua_geti(draft->L, -1, i + 1);
            int degree = lua_istable(draft->L, -1) ? (int)luaL_len(draft->L, -1) : 0;
            if (degree > tableau->dense_degree) tableau->dense_degree = degree;
            lua_pop(draft->L, 1);
        }
        tableau->dense = ARENA_ARRAY(draft->arena, Number, draft->rows * tableau->dense_degree);
        for (int i = 0; i < rows && i < draft->rows; i++) {
            lua_geti(draft->L, -1, i + 1);
            draft_numbers(&tableau->dense[i * tableau->dense_degree], tableau->dense_degree, draft, "dense");
            lua_pop(draft->L, 1);
        }
    }
    lua_pop(draft->L, 1);
}

static void read_aliases(Draft *draft)
{
    Tableau *tableau = draft->tableau;
    int count = draft_length(draft, "aliases");
    tableau->aliases = ARENA_ARRAY(draft->arena, const char *, count);
    lua_getfield(draft->L, 1, "aliases");
    for (int i = 0; i < count; i++) {
        if (lua_geti(draft->L, -1, i + 1) == LUA_TSTRING)
            tableau->aliases[tableau->alias_count++] = intern(lua_tostring(draft->L, -1));
        else
            draft_complain(draft, "aliases", "'aliases' has an entry that is no text");
        lua_pop(draft->L, 1);
    }
    lua_pop(draft->L, 1);
}

static void read_default(Draft *draft, const char *setting)
{
    Tableau *tableau = draft->tableau;
    if (lua_getfield(draft->L, -1, setting) == LUA_TSTRING)
        tableau->defaults[tableau->default_count++] = (TableauDefault){ setting, intern(lua_tostring(draft->L, -1)) };
    else
        draft_complain(draft, "defaults", "the default of '%s' is no text; write %s = \"0.9\"", setting, setting);
    lua_pop(draft->L, 1);
}

/* defaults = { safety = "0.75" }: settings by name. */
static void read_defaults(Draft *draft)
{
    bool others = lua_getfield(draft->L, 1, "defaults") != LUA_TNIL;
    if (lua_istable(draft->L, -1)) {
        KeyList keys = table_keys_at(&others, draft->L, lua_gettop(draft->L));
        draft->tableau->defaults = ARENA_ARRAY(draft->arena, TableauDefault, keys.count);
        for (int i = 0; i < keys.count; i++) read_default(draft, keys.items[i]);
    }
    lua_pop(draft->L, 1);
    if (others)
        draft_complain(draft, "defaults", "'defaults' is no table of settings; write defaults = { safety = \"0.9\" }");
}

static void read_family(Draft *draft)
{
    const char *family = draft_text(draft, "family");
    for (int i = 0; i < FAMILY_COUNT; i++) {
        if (strcmp(family, family_traits((Family)i)->name)) continue;
        draft->tableau->family = (Family)i;
        return;
    }
    if (*family)
        draft_complain(draft, "family", "'family' is '%s'; it must be erk, dirk, firk or rosenbrock", family);
    else
        draft_complain(draft, "family", "'family' is missing; it must be erk, dirk, firk or rosenbrock");
}

static void read_head(Draft *draft)
{
    Tableau *tableau = draft->tableau;
    check_fields(draft);
    tableau->title = draft_text(draft, "title");
    if (!*tableau->title) tableau->title = tableau->name;
    tableau->reference = draft_text(draft, "reference");
    read_family(draft);
    read_aliases(draft);
    read_defaults(draft);
    tableau->order = draft_order(draft, "order");
    tableau->embedded_order = draft_order(draft, "embedded_order");
    tableau->error_low_order = draft_order(draft, "error_low_order");
    tableau->dense_order = draft_order(draft, "dense_order");
    tableau->w_order = draft_order(draft, "w_order");
    tableau->index1_order = draft_order(draft, "index1_order");
    tableau->first_same_as_last = draft_flag(draft, "first_same_as_last");
    tableau->stiffly_accurate = draft_flag(draft, "stiffly_accurate");
    if (lua_getfield(draft->L, 1, "order") == LUA_TNIL) draft_complain(draft, "order", "'order' is missing");
    lua_pop(draft->L, 1);
}

/* Weights of the error estimate: given, or b minus the embedded ones. */
static void read_error(Draft *draft)
{
    Tableau *tableau = draft->tableau;
    Number *embedded = draft_row(draft, "embedded", tableau->stages);
    tableau->error = draft_row(draft, "error", tableau->stages);
    tableau->error_low = draft_row(draft, "error_low", tableau->stages);
    if (embedded && tableau->error)
        draft_complain(draft, "error", "both 'embedded' and 'error' are given; one says it all");
    if (!embedded) return;
    for (int i = 0; i < tableau->stages; i++) embedded[i] = number_subtract(tableau->b[i], embedded[i]);
    tableau->error = embedded;
}

/* Row sums, where they are not given. */
static Number *sums_of(Draft *draft, const Number *matrix)
{
    int s = draft->tableau->stages;
    Number *sums = ARENA_ARRAY(draft->arena, Number, s);
    for (int i = 0; i < s; i++) {
        sums[i] = number_integer(0);
        for (int j = 0; j < s; j++) sums[i] = number_add(sums[i], matrix[i * s + j]);
    }
    return sums;
}

/* Rows D1 .. Dm of weights of the u_i, with m_i those of y_new:
 *   dense(theta) = (1 - theta) y + theta (y_new + (1 - theta) (D1 + theta (D2 + ...)))
 * The coefficient of theta^k of u_i is D_k - D_(k-1), with m for D_0 negated
 * and 0 for D_(m+1). */
static Number *read_interpolant(Draft *draft, const Number *m)
{
    int s = draft->tableau->stages, rows = draft_length(draft, "dense"), degree = rows + 1;
    if (!rows) return NULL;
    Number *dense = ARENA_ARRAY(draft->arena, Number, s * degree), *row = ARENA_ARRAY(draft->arena, Number, s);
    for (int i = 0; i < s; i++)
        for (int k = 0; k < degree; k++) dense[i * degree + k] = k ? number_integer(0) : m[i];
    lua_getfield(draft->L, draft->table, "dense");
    for (int k = 0; k < rows; k++) {
        lua_geti(draft->L, -1, k + 1);
        draft_numbers(row, s, draft, "dense");
        for (int i = 0; i < s; i++) {
            dense[i * degree + k] = number_add(dense[i * degree + k], row[i]);
            dense[i * degree + k + 1] = number_subtract(dense[i * degree + k + 1], row[i]);
        }
        lua_pop(draft->L, 1);
    }
    lua_pop(draft->L, 1);
    draft->tableau->dense_degree = degree;
    return dense;
}

/* transformed = { gamma, a, c, m, error, dense }: TransformedTableau. */
static void read_transformed(Draft *draft)
{
    int s = draft->tableau->stages;
    lua_getfield(draft->L, 1, "transformed");
    draft->table = lua_gettop(draft->L);
    TransformedTableau *given = ARENA_NEW(draft->arena, TransformedTableau);
    *given = (TransformedTableau){ .gamma = draft_number(draft, "gamma"), .m = draft_row(draft, "m", s) };
    given->a = draft_matrix(draft, "a", s);
    given->c = draft_matrix(draft, "c", s);
    given->error = draft_row(draft, "error", s);
    given->dense = read_interpolant(draft, given->m);
    tableau_from_transformed(draft->tableau, given, draft->arena);
    lua_pop(draft->L, 1);
    draft->table = 1;
}

static void read_classical(Draft *draft)
{
    Tableau *tableau = draft->tableau;
    tableau->b = draft_row(draft, "b", tableau->stages);
    tableau->a = draft_matrix(draft, "a", draft->rows);
    if (family_traits(tableau->family)->gamma) tableau->gamma = draft_matrix(draft, "gamma", tableau->stages);
    read_extra(draft);
    read_error(draft);
    tableau->error_start = draft_number(draft, "error_start");
    read_dense(draft);
}

/* Of the list b, or of transformed.m. */
static int stages_of(Draft *draft)
{
    if (lua_getfield(draft->L, 1, "transformed") == LUA_TTABLE) draft->table = lua_gettop(draft->L);
    int stages = draft_length(draft, draft->table == 1 ? "b" : "m");
    lua_pop(draft->L, 1);
    return stages;
}

static void read_coefficients(Draft *draft)
{
    Tableau *tableau = draft->tableau;
    tableau->stages = stages_of(draft);
    bool transformed = draft->table != 1;
    draft->table = 1;
    tableau->dense_stages = draft_length(draft, "extra");
    draft->rows = tableau->stages + tableau->dense_stages;
    if (tableau->stages < 1 || draft->rows > STAGES_MOST) {
        draft_complain(draft, "b", "'b' has %d entries; a method has from 1 to %d stages", tableau->stages,
                       STAGES_MOST);
        return;
    }
    Number *c = draft_row(draft, "c", tableau->stages);
    if (!c) draft_complain(draft, "c", "'c' is missing");
    tableau->c = ARENA_ARRAY(draft->arena, Number, draft->rows);
    if (c) memcpy(tableau->c, c, sizeof *c * (size_t)tableau->stages);
    if (transformed)
        read_transformed(draft);
    else
        read_classical(draft);
    tableau->d = draft_row(draft, "d", tableau->stages);
    if (tableau->gamma && !tableau->d) tableau->d = sums_of(draft, tableau->gamma);
}

static bool is_method_name(const char *name)
{
    size_t length = strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-");
    return *name && !name[length];
}

static const Shelf *shelf_of(lua_State *L)
{
    lua_getfield(L, LUA_REGISTRYINDEX, "tableaux");
    const Shelf *shelf = lua_touserdata(L, -1);
    lua_pop(L, 1);
    return shelf;
}

static bool check_new(Draft *draft, const TableauList *list, const char *name)
{
    const Tableau *previous = tableau_find(list->items, list->count, name);
    if (!previous) return true;
    draft_complain(draft, "aliases", "the name '%s' is taken already", name);
    diag_note(previous->source, "previous tableau '%s'", previous->name);
    return false;
}

/* Upvalue 1: the name. Takes the table of coefficients. */
static int read_tableau(lua_State *L)
{
    const Shelf *shelf = shelf_of(L);
    Arena *arena = sandbox_arena(sandbox_of(L));
    Draft draft = { .L = L, .arena = arena, .tableau = ARENA_NEW(arena, Tableau), .table = 1, .good = true };
    Tableau *tableau = draft.tableau;
    tableau->name = intern(lua_tostring(L, lua_upvalueindex(1)));
    tableau->source = sandbox_source(L);
    read_head(&draft);
    read_coefficients(&draft);
    check_new(&draft, shelf->list, tableau->name);
    for (int i = 0; i < tableau->alias_count; i++) check_new(&draft, shelf->list, tableau->aliases[i]);
    if (!draft.good || (shelf->check_order && (!tableau_check(tableau) || !order_verify(tableau)))) return 0;
    *array_push(arena, shelf->list) = tableau;
    return 0;
}

int word_tableau(lua_State *L)
{
    if (lua_type(L, 1) != LUA_TSTRING || !is_method_name(lua_tostring(L, 1)))
        return sandbox_raise(L, "the name of a tableau has letters, digits, - and _: tableau \"mine\" { ... }");
    lua_settop(L, 1);
    lua_pushcclosure(L, read_tableau, 1);
    return 1;
}

void tableaux_open(lua_State *L, TableauList *list, bool check_order)
{
    Shelf *shelf = ARENA_NEW(sandbox_arena(sandbox_of(L)), Shelf);
    *shelf = (Shelf){ list, check_order };
    lua_pushlightuserdata(L, shelf);
    lua_setfield(L, LUA_REGISTRYINDEX, "tableaux");
}
