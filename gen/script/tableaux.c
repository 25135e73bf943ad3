#include <string.h>

#include "base/intern.h"
#include "part/order.h"
#include "script/problem.h"
#include "script/script.h"

typedef struct Shelf {
    TableauList *list;
    bool check_order;
} Shelf;

/* A tableau while it is read: its table is at stack index 1. */
typedef struct Draft {
    lua_State *L;
    Arena *arena;
    Tableau *tableau;
    int rows; /* stages and extra ones */
    bool good;
    const char *field;   /* the last one looked for in the text, */
    Source field_source; /* and where it is */
} Draft;

static const char *const known_fields[] = { "a",
                                            "aliases",
                                            "b",
                                            "c",
                                            "dense",
                                            "dense_order",
                                            "embedded",
                                            "embedded_order",
                                            "error",
                                            "error_low",
                                            "extra",
                                            "family",
                                            "first_same_as_last",
                                            "order",
                                            "reference",
                                            "title" };

enum { STAGES_MOST = 64, ORDER_FIELD_MOST = 30 };

static void complain(Draft *draft, const char *field, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* Looking through the text once for a field, not for every coefficient. */
static Source source_of(Draft *draft, const char *field)
{
    if (draft->field != field) draft->field_source = table_key_source(draft->L, field);
    draft->field = field;
    return draft->field_source;
}

static void complain(Draft *draft, const char *field, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    table_error(draft->L, source_of(draft, field), "tableau '%s': %s", draft->tableau->name,
                arena_vprintf(draft->arena, format, args));
    va_end(args);
    draft->good = false;
}

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
            complain(draft, keys.items[i], "unknown field '%s'; did you mean '%s'?", keys.items[i], nearest);
        else
            complain(draft, keys.items[i], "unknown field '%s'", keys.items[i]);
    }
}

static const char *read_text(Draft *draft, const char *field)
{
    int type = lua_getfield(draft->L, 1, field);
    const char *text = type == LUA_TSTRING ? intern(lua_tostring(draft->L, -1)) : "";
    lua_pop(draft->L, 1);
    if (type != LUA_TSTRING && type != LUA_TNIL) complain(draft, field, "'%s' is no text", field);
    return text;
}

static int read_order(Draft *draft, const char *field)
{
    int type = lua_getfield(draft->L, 1, field), order = 0;
    if (lua_isinteger(draft->L, -1) && lua_tointeger(draft->L, -1) >= 1 &&
        lua_tointeger(draft->L, -1) <= ORDER_FIELD_MOST)
        order = (int)lua_tointeger(draft->L, -1);
    else if (type != LUA_TNIL)
        complain(draft, field, "'%s' is no whole number from 1 to %d", field, ORDER_FIELD_MOST);
    lua_pop(draft->L, 1);
    return order;
}

static void read_coefficient(Number *number, Draft *draft, const char *field, int i)
{
    Arena *arena = draft->arena;
    const char *what = arena_printf(arena, "tableau '%s': entry %d of '%s'", draft->tableau->name, i, field);
    lua_geti(draft->L, -1, i);
    draft->good &= table_number(number, draft->L, lua_gettop(draft->L), source_of(draft, field), what);
    lua_pop(draft->L, 1);
}

/* Entries of the list on top of the stack into `numbers`; the rest is 0.
 * Returns how many there were, or -1. */
static int read_numbers(Number *numbers, int most, Draft *draft, const char *field)
{
    for (int i = 0; i < most; i++) numbers[i] = number_integer(0);
    if (!lua_istable(draft->L, -1)) return complain(draft, field, "'%s' is no list of coefficients", field), -1;
    int count = (int)luaL_len(draft->L, -1);
    if (count > most) return complain(draft, field, "'%s' has %d entries; it may have %d", field, count, most), -1;
    for (int i = 0; i < count; i++) read_coefficient(&numbers[i], draft, field, i + 1);
    return count;
}

/* A field of exactly `count` coefficients; NULL when it is not given. */
static Number *read_row(Draft *draft, const char *field, int count)
{
    Number *numbers = NULL;
    if (lua_getfield(draft->L, 1, field) != LUA_TNIL) {
        numbers = ARENA_ARRAY(draft->arena, Number, count);
        int given = read_numbers(numbers, count, draft, field);
        if (given >= 0 && given != count)
            complain(draft, field, "'%s' has %d entries; with %d stages it needs %d", field, given,
                     draft->tableau->stages, count);
    }
    lua_pop(draft->L, 1);
    return numbers;
}

static int length_of(Draft *draft, const char *field)
{
    int length = lua_getfield(draft->L, 1, field) == LUA_TTABLE ? (int)luaL_len(draft->L, -1) : 0;
    lua_pop(draft->L, 1);
    return length;
}

static void read_matrix(Draft *draft)
{
    Tableau *tableau = draft->tableau;
    int given = length_of(draft, "a");
    tableau->a = ARENA_ARRAY(draft->arena, Number, draft->rows * draft->rows);
    for (int i = 0; i < draft->rows * draft->rows; i++) tableau->a[i] = number_integer(0);
    if (given != tableau->stages) {
        complain(draft, "a", "'a' has %d rows; with %d stages it needs %d", given, tableau->stages, tableau->stages);
        return;
    }
    lua_getfield(draft->L, 1, "a");
    for (int i = 0; i < tableau->stages; i++) {
        lua_geti(draft->L, -1, i + 1);
        read_numbers(&tableau->a[i * draft->rows], tableau->stages, draft, "a");
        lua_pop(draft->L, 1);
    }
    lua_pop(draft->L, 1);
}

/* extra = { { c = "1/10", a = { ... } }, ... }: stages of the interpolant. */
static void read_extra(Draft *draft)
{
    Tableau *tableau = draft->tableau;
    lua_getfield(draft->L, 1, "extra");
    for (int i = tableau->stages; i < draft->rows; i++) {
        lua_geti(draft->L, -1, i - tableau->stages + 1);
        if (!lua_istable(draft->L, -1)) {
            complain(draft, "extra", "'extra' has an entry that is no table; write { c = \"1\", a = { ... } }");
        } else {
            lua_getfield(draft->L, -1, "c");
            draft->good &= table_number(&tableau->c[i], draft->L, lua_gettop(draft->L), source_of(draft, "extra"),
                                        "the 'c' of an extra stage");
            lua_pop(draft->L, 1);
            lua_getfield(draft->L, -1, "a");
            read_numbers(&tableau->a[i * draft->rows], i, draft, "extra");
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
            complain(draft, "dense", "'dense' has %d rows; with %d stages and %d extra ones it needs %d", rows,
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
            read_numbers(&tableau->dense[i * tableau->dense_degree], tableau->dense_degree, draft, "dense");
            lua_pop(draft->L, 1);
        }
    }
    lua_pop(draft->L, 1);
}

static void read_aliases(Draft *draft)
{
    Tableau *tableau = draft->tableau;
    int count = length_of(draft, "aliases");
    tableau->aliases = ARENA_ARRAY(draft->arena, const char *, count);
    lua_getfield(draft->L, 1, "aliases");
    for (int i = 0; i < count; i++) {
        if (lua_geti(draft->L, -1, i + 1) == LUA_TSTRING)
            tableau->aliases[tableau->alias_count++] = intern(lua_tostring(draft->L, -1));
        else
            complain(draft, "aliases", "'aliases' has an entry that is no text");
        lua_pop(draft->L, 1);
    }
    lua_pop(draft->L, 1);
}

static void read_family(Draft *draft)
{
    static const char *const families[] = { "erk", "dirk", "firk", "rosenbrock" };
    const char *family = read_text(draft, "family");
    for (int i = 0; i < 4; i++) {
        if (strcmp(family, families[i])) continue;
        draft->tableau->family = (Family)i;
        if (i != FAMILY_ERK) complain(draft, "family", "the %s family is not available in this version", family);
        return;
    }
    if (*family)
        complain(draft, "family", "'family' is '%s'; it must be \"erk\"", family);
    else
        complain(draft, "family", "'family' is missing; it must be \"erk\"");
}

static void read_head(Draft *draft)
{
    Tableau *tableau = draft->tableau;
    check_fields(draft);
    tableau->title = read_text(draft, "title");
    if (!*tableau->title) tableau->title = tableau->name;
    tableau->reference = read_text(draft, "reference");
    read_family(draft);
    read_aliases(draft);
    tableau->order = read_order(draft, "order");
    tableau->embedded_order = read_order(draft, "embedded_order");
    tableau->dense_order = read_order(draft, "dense_order");
    lua_getfield(draft->L, 1, "first_same_as_last");
    tableau->first_same_as_last = lua_toboolean(draft->L, -1);
    lua_pop(draft->L, 1);
    if (lua_getfield(draft->L, 1, "order") == LUA_TNIL) complain(draft, "order", "'order' is missing");
    lua_pop(draft->L, 1);
}

/* Weights of the error estimate: given, or b minus the embedded ones. */
static void read_error(Draft *draft)
{
    Tableau *tableau = draft->tableau;
    Number *embedded = read_row(draft, "embedded", tableau->stages);
    tableau->error = read_row(draft, "error", tableau->stages);
    tableau->error_low = read_row(draft, "error_low", tableau->stages);
    if (embedded && tableau->error) complain(draft, "error", "both 'embedded' and 'error' are given; one says it all");
    if (!embedded) return;
    for (int i = 0; i < tableau->stages; i++) embedded[i] = number_subtract(tableau->b[i], embedded[i]);
    tableau->error = embedded;
}

static void read_coefficients(Draft *draft)
{
    Tableau *tableau = draft->tableau;
    tableau->stages = length_of(draft, "b");
    tableau->dense_stages = length_of(draft, "extra");
    draft->rows = tableau->stages + tableau->dense_stages;
    if (tableau->stages < 1 || draft->rows > STAGES_MOST) {
        complain(draft, "b", "'b' has %d entries; a method has from 1 to %d stages", tableau->stages, STAGES_MOST);
        return;
    }
    tableau->b = read_row(draft, "b", tableau->stages);
    Number *c = read_row(draft, "c", tableau->stages);
    if (!c) complain(draft, "c", "'c' is missing");
    tableau->c = ARENA_ARRAY(draft->arena, Number, draft->rows);
    if (c) memcpy(tableau->c, c, sizeof *c * (size_t)tableau->stages);
    read_matrix(draft);
    read_extra(draft);
    read_error(draft);
    read_dense(draft);
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
    complain(draft, "aliases", "the name '%s' is taken already", name);
    diag_note(previous->source, "previous tableau '%s'", previous->name);
    return false;
}

/* Upvalue 1: the name. Takes the table of coefficients. */
static int read_tableau(lua_State *L)
{
    const Shelf *shelf = shelf_of(L);
    Arena *arena = sandbox_arena(sandbox_of(L));
    Draft draft = { .L = L, .arena = arena, .tableau = ARENA_NEW(arena, Tableau), .good = true };
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
