/* SPDX-License-Identifier: MIT */
/* The words that declare names: states, parameters, constants, units. */
#include <string.h>

#include "base/intern.h"
#include "script/lua/vector.h"
#include "script/table.h"
#include "script/words/words.h"

/* Files and functions are named after the problem. */
enum { PROBLEM_NAME_MOST = 100 };

/* What one NAME = VALUE of a declaring word says; the value is on top of the
 * stack. */
typedef struct Entry {
    NameKind kind;
    const char *name;
    const char *unit;
    Source source;
} Entry;

static bool has_only_ascii(const char *name)
{
    while (*name && (unsigned char)*name < 128) name++;
    return !*name;
}

static bool check_spelling(lua_State *L, const char *name, Source source)
{
    if (names_is_identifier(name)) return true;
    const char *rule = "a name has letters a to z and A to Z, digits and _, and does not begin with a digit";
    if (!*name)
        table_error(L, source, "a name is empty; %s", rule);
    else if (has_only_ascii(name))
        table_error(L, source, "'%s' is no name: %s", name, rule);
    else
        table_error(L, source, "'%s' is no name: %s (other letters of Unicode have no place in C)", name, rule);
    return false;
}

static bool is_variable(lua_State *L, const char *name)
{
    ground_push_value(L, name);
    bool found = !lua_isnil(L, -1);
    lua_pop(L, 1);
    return found;
}

/* Reports why the name cannot be declared. */
static bool check_free(lua_State *L, const char *name, NameKind kind, Source source)
{
    const Name *previous = names_get(reader_of(L)->names, name);
    if (!strcmp(name, "t"))
        table_error(L, source, "'t' is time and cannot be declared");
    else if (ground_is_word(L, name))
        table_error(L, source, "'%s' is a statement word and cannot be declared; choose another name", name);
    else if (previous) {
        table_error(L, source, "second declaration of '%s', as %s; it is %s already", name, name_kind_text(kind),
                    name_kind_text(previous->kind));
        diag_note(previous->source, "previous declaration of '%s'", name);
    } else if (kind != NAME_OBSERVABLE && is_variable(L, name))
        table_error(L, source, "'%s' is a variable of this file already; declare it before it is assigned", name);
    else
        return true;
    return false;
}

bool declare_name(lua_State *L, const char *name, NameKind kind, int elements, Source source)
{
    if (!check_spelling(L, name, source) || !check_free(L, name, kind, source)) return false;
    Name *declared = ARENA_NEW(reader_of(L)->arena, Name);
    *declared = (Name){ name, kind, elements, source };
    names_set(reader_of(L)->names, name, declared);
    return true;
}

static void declare_element(lua_State *L, const char *element, const Entry *entry)
{
    Name *declared = ARENA_NEW(reader_of(L)->arena, Name);
    *declared = (Name){ element, entry->kind, 0, entry->source };
    names_set(reader_of(L)->names, element, declared);
}

static const Symbol *new_symbol(Reader *reader, const char *name, const Entry *entry)
{
    static const SymbolKind kinds[] = { SYMBOL_STATE, SYMBOL_PARAMETER, SYMBOL_OTHER };
    Symbol *symbol = ARENA_NEW(reader->arena, Symbol);
    bool folded = entry->kind == NAME_CONSTANT;
    const char *code = folded ? name : names_code(reader->codes, name);
    *symbol = (Symbol){ name, code, kinds[entry->kind], -1, entry->source };
    return symbol;
}

static DeclarationList *list_of(Spec *spec, NameKind kind)
{
    return kind == NAME_STATE ? &spec->states : kind == NAME_PARAMETER ? &spec->parameters : &spec->constants;
}

/* The number or, of a state, the expression on top of the stack. */
static void read_value(Declaration *declaration, lua_State *L, const Entry *entry)
{
    Graph *graph = symbols_graph(L);
    const Expr *expr = symbol_get(L, -1);
    if (entry->kind == NAME_STATE && expr && !expr_is_condition(expr)) {
        declaration->initial = expr;
        if (expr->kind == EXPR_NUMBER) declaration->value = expr->number;
        return;
    }
    const char *what = arena_printf(reader_of(L)->arena, "the value of '%s'", declaration->symbol->name);
    declaration->value = number_integer(0);
    table_number(&declaration->value, L, -1, entry->source, what);
    declaration->initial = expr_number(graph, declaration->value);
}

/* Pushes what the name means in the file from now on. */
static void push_meaning(lua_State *L, const Declaration *declaration, NameKind kind)
{
    if (kind != NAME_CONSTANT)
        symbol_push(L, expr_symbol(symbols_graph(L), declaration->symbol));
    else if (lua_type(L, -1) == LUA_TNUMBER)
        lua_pushvalue(L, -1);
    else
        symbol_push(L, expr_number(symbols_graph(L), declaration->value));
}

/* Declares a scalar, or element i (from 1) of a vector, and pushes its meaning. */
static void declare_one(lua_State *L, const Entry *entry, const char *name, int element)
{
    Reader *reader = reader_of(L);
    sandbox_charge_more(L, RECORD_BYTES);
    Declaration *declaration = array_push(reader->arena, list_of(reader->spec, entry->kind));
    declaration->symbol = new_symbol(reader, name, entry);
    declaration->unit = entry->unit;
    declaration->vector = element ? entry->name : NULL;
    declaration->element = element;
    declaration->source = entry->source;
    read_value(declaration, L, entry);
    push_meaning(L, declaration, entry->kind);
}

static void declare_vector(lua_State *L, const Entry *entry, int elements)
{
    Arena *arena = reader_of(L)->arena;
    lua_createtable(L, elements, 0);
    for (int i = 1; i <= elements; i++) {
        const char *name = intern(arena_printf(arena, "%s[%d]", entry->name, i));
        lua_rawgeti(L, -2, i);
        declare_element(L, name, entry);
        declare_one(L, entry, name, i);
        lua_rawseti(L, -3, i);
        lua_pop(L, 1);
    }
    vector_push(L, entry->name, elements);
}

static bool is_unit(const char *unit)
{
    for (; *unit; unit++)
        if ((unsigned char)*unit < ' ' || *unit == 127) return false;
    return true;
}

static const char *want_unit(lua_State *L, const char *name, Source source)
{
    if (lua_type(L, -1) == LUA_TSTRING && is_unit(lua_tostring(L, -1))) return intern(lua_tostring(L, -1));
    table_error(L, source, "the unit of '%s' is no text of one line; write %s = \"mV\"", name, name);
    return "";
}

/* { value, "unit" } on top of the stack becomes the value; returns the unit. */
static const char *split_unit(lua_State *L, const Entry *entry)
{
    if (!lua_istable(L, -1) || vector_values(L, -1)) return "";
    if (lua_rawlen(L, -1) != 2 || lua_rawgeti(L, -1, 2) != LUA_TSTRING) {
        table_error(L, entry->source,
                    "the value of '%s' is a table; write a number, { value, \"unit\" } or "
                    "vector { ... }",
                    entry->name);
        lua_settop(L, 1);
        lua_pushinteger(L, 0);
        return "";
    }
    const char *unit = want_unit(L, entry->name, entry->source);
    lua_pop(L, 1);
    lua_rawgeti(L, -1, 1);
    lua_remove(L, -2);
    return unit;
}

static void declare_entry(lua_State *L, Entry entry)
{
    lua_getfield(L, 1, entry.name);
    entry.unit = split_unit(L, &entry);
    int elements = vector_values(L, -1);
    if (!declare_name(L, entry.name, entry.kind, elements, entry.source)) return;
    if (elements)
        declare_vector(L, &entry, elements);
    else
        declare_one(L, &entry, entry.name, 0);
    ground_set_value(L, entry.name);
}

static int declare_all(lua_State *L, NameKind kind, const char *word)
{
    KeyList keys = table_keys(L, word);
    for (int i = 0; i < keys.count; i++) {
        declare_entry(L, (Entry){ kind, keys.items[i], "", table_key_source(L, keys.items[i]) });
        lua_settop(L, 1);
    }
    return 0;
}

int word_parameters(lua_State *L)
{
    return declare_all(L, NAME_PARAMETER, "parameters");
}

int word_constants(lua_State *L)
{
    return declare_all(L, NAME_CONSTANT, "constants");
}

int word_states(lua_State *L)
{
    return declare_all(L, NAME_STATE, "states");
}

/* Names that mean something else where the project is built. */
static bool is_taken(const char *name)
{
    static const char *const taken[] = { "cubie", "clean", "library", "shared", "Makefile", "makefile", "GNUmakefile" };
    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++)
        if (!strcmp(taken[i], name)) return true;
    return false;
}

int word_problem(lua_State *L)
{
    Spec *spec = reader_of(L)->spec;
    Source source = sandbox_source(L);
    const char *name = lua_type(L, 1) == LUA_TSTRING ? lua_tostring(L, 1) : NULL;
    bool is_name = name && names_is_identifier(name) && strlen(name) <= PROBLEM_NAME_MOST;
    if (!is_name || is_taken(name)) {
        if (is_name)
            sandbox_error(L, "a problem cannot be called '%s', which means something else in its project", name);
        else
            sandbox_error(L,
                          "the name of a problem has letters, digits and _, at most %d, and does not begin with a "
                          "digit: problem \"lorenz\"",
                          PROBLEM_NAME_MOST);
        if (!spec->name) spec->name = intern("problem");
    } else if (spec->name_source.line) {
        sandbox_error(L, "second name of the problem, '%s'", name);
        diag_note(spec->name_source, "previous name '%s'", spec->name);
    } else {
        spec->name = intern(name);
        spec->name_source = source;
    }
    return 0;
}

int word_units(lua_State *L)
{
    Reader *reader = reader_of(L);
    KeyList keys = table_keys(L, "units");
    for (int i = 0; i < keys.count; i++) {
        Unit *unit = array_push(reader->arena, &reader->units);
        lua_getfield(L, 1, keys.items[i]);
        Source source = table_key_source(L, keys.items[i]);
        *unit = (Unit){ keys.items[i], want_unit(L, keys.items[i], source), source };
        lua_pop(L, 1);
    }
    return 0;
}

static bool is_called(const char *name, const Unit *unit)
{
    size_t length = strlen(unit->name);
    return !strncmp(name, unit->name, length) && (!name[length] || name[length] == '[');
}

static bool set_unit(DeclarationList *list, const Unit *unit)
{
    bool found = false;
    for (int i = 0; i < list->count; i++) {
        if (!is_called(list->items[i].symbol->name, unit)) continue;
        list->items[i].unit = unit->unit;
        found = true;
    }
    return found;
}

static bool set_observable_unit(EquationList *list, const Unit *unit)
{
    bool found = false;
    for (int i = 0; i < list->count; i++) {
        if (!is_called(list->items[i].name, unit)) continue;
        list->items[i].unit = unit->unit;
        found = true;
    }
    return found;
}

static void report_unknown_unit(Reader *reader, const Unit *unit)
{
    const Spec *spec = reader->spec;
    const DeclarationList *lists[] = { &spec->states, &spec->parameters, &spec->constants };
    ARRAY(const char *) known = { NULL, 0, 0 };
    for (int k = 0; k < 3; k++)
        for (int i = 0; i < lists[k]->count; i++) *array_push(reader->arena, &known) = lists[k]->items[i].symbol->name;
    for (int i = 0; i < spec->observables.count; i++)
        *array_push(reader->arena, &known) = spec->observables.items[i].name;
    const char *nearest = nearest_name(unit->name, known.items, known.count);
    if (nearest)
        diag_error(unit->source, "unit of an unknown name '%s'; did you mean '%s'?", unit->name, nearest);
    else
        diag_error(unit->source, "unit of an unknown name '%s'", unit->name);
}

void declare_finish(Reader *reader)
{
    Spec *spec = reader->spec;
    for (int i = 0; i < reader->units.count; i++) {
        const Unit *unit = &reader->units.items[i];
        bool found = !strcmp(unit->name, "t");
        if (found) spec->time_unit = unit->unit;
        found |= set_unit(&spec->states, unit);
        found |= set_unit(&spec->parameters, unit);
        found |= set_unit(&spec->constants, unit);
        found |= set_observable_unit(&spec->observables, unit);
        if (!found && spec->complete) report_unknown_unit(reader, unit);
    }
}
