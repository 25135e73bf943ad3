/* SPDX-License-Identifier: MIT */
#include "system/system.h"

#include <stdlib.h>
#include <string.h>

#include "system/check.h"
#include "system/sweep.h"

static NameMap *map_declarations(Arena *arena, const DeclarationList *list)
{
    NameMap *map = names_new(arena);
    for (int i = 0; i < list->count; i++) names_set(map, list->items[i].symbol->name, &list->items[i]);
    return map;
}

/* The one place where a symbol changes after it was made: its position. */
static void set_index(const Symbol *symbol, int index)
{
    ((Symbol *)symbol)->index = index;
}

/* States and derivatives in the order of the ddt assignments. */
static void order_states(System *system, Arena *arena, const Spec *spec, const NameMap *states)
{
    Declaration *state = ARENA_ARRAY(arena, Declaration, spec->derivatives.count);
    Equation *derivative = ARENA_ARRAY(arena, Equation, spec->derivatives.count);
    for (int i = 0; i < spec->derivatives.count; i++) {
        const Declaration *declaration = names_get(states, spec->derivatives.items[i].name);
        state[i] = *declaration;
        derivative[i] = spec->derivatives.items[i];
        derivative[i].code = declaration->symbol->code;
        derivative[i].unit = declaration->unit;
        set_index(declaration->symbol, i);
    }
    system->states = spec->derivatives.count;
    system->state = state;
    system->derivative = derivative;
}

/* By name, the elements of a vector by position under the vector's. */
static int compare_declarations(const void *a, const void *b)
{
    const Declaration *left = a, *right = b;
    const char *left_name = left->vector ? left->vector : left->symbol->name;
    const char *right_name = right->vector ? right->vector : right->symbol->name;
    int order = strcmp(left_name, right_name);
    return order ? order : left->element - right->element;
}

static void order_parameters(System *system, Arena *arena, const Spec *spec)
{
    int count = spec->parameters.count;
    Declaration *parameter = arena_copy(arena, spec->parameters.items, sizeof *parameter * (size_t)count);
    if (count) qsort(parameter, (size_t)count, sizeof *parameter, compare_declarations);
    for (int i = 0; i < count; i++) set_index(parameter[i].symbol, i);
    system->parameters = count;
    system->parameter = parameter;
}

/* What local names of generated functions keep away from. */
static const IdentifierScope *take_names(Arena *arena, const System *system)
{
    IdentifierScope *taken = identifier_scope_new(arena);
    names_take_text(taken);
    for (int i = 0; i < system->states; i++) identifier_take(taken, system->state[i].symbol->code);
    for (int i = 0; i < system->parameters; i++) identifier_take(taken, system->parameter[i].symbol->code);
    return taken;
}

/* Observables take the identifiers that states and parameters have left. */
static void name_observables(System *system, Arena *arena, const Spec *spec)
{
    IdentifierScope *taken = identifier_scope_new(arena);
    for (int i = 0; i < spec->states.count; i++) identifier_take(taken, spec->states.items[i].symbol->code);
    for (int i = 0; i < spec->parameters.count; i++) identifier_take(taken, spec->parameters.items[i].symbol->code);
    int count = spec->observables.count;
    Equation *observable = arena_copy(arena, spec->observables.items, sizeof *observable * (size_t)count);
    for (int i = 0; i < count; i++) observable[i].code = names_code(taken, observable[i].name);
    system->observables = count;
    system->observable = observable;
}

static bool is_autonomous(const System *system)
{
    Arena *scratch = arena_new();
    const Expr **roots = ARENA_ARRAY(scratch, const Expr *, system->states);
    for (int i = 0; i < system->states; i++) roots[i] = system->derivative[i].expr;
    int count;
    const Symbol *const *symbols = expr_symbols(scratch, roots, system->states, &count);
    bool has_time = false;
    for (int i = 0; i < count; i++) has_time |= symbols[i] == system->time;
    arena_free(scratch);
    return !has_time;
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static const System *assemble(Arena *arena, const Spec *spec, const NameMap *states)
{
    System *system = ARENA_NEW(arena, System);
    system->name = spec->name;
    system->file = base_name(spec->file);
    system->hash = spec->hash;
    system->graph = spec->graph;
    system->time = spec->time;
    system->time_unit = spec->time_unit;
    order_states(system, arena, spec, states);
    order_parameters(system, arena, spec);
    name_observables(system, arena, spec);
    system->taken = take_names(arena, system);
    system->autonomous = is_autonomous(system);
    system->sweep = spec->sweep;
    system->zip = spec->zip;
    system->runs = spec->runs;
    return system;
}

const System *system_build(Arena *arena, const Spec *spec)
{
    if (!spec->complete) return NULL;
    const NameMap *states = map_declarations(arena, &spec->states);
    check_states(spec);
    check_equations(arena, spec, states);
    check_initial_values(arena, spec);
    sweep_check(arena, spec);
    if (diag_errors()) return NULL;
    const System *system = assemble(arena, spec, states);
    return system;
}
