/* SPDX-License-Identifier: MIT */
#include "system/check.h"

#include <math.h>
#include <string.h>

#include "base/intern.h"

/* Looks each name up once, not for every pair. */
static NameMap *map_equations(Arena *arena, const EquationList *list, const char *word)
{
    NameMap *first = names_new(arena);
    for (int i = 0; i < list->count; i++) {
        const Equation *equation = &list->items[i], *previous = names_get(first, equation->name);
        if (previous) {
            diag_error(equation->source, "second equation of '%s'", equation->name);
            diag_note(previous->source, "previous equation: %s.%s", word, equation->name);
        } else {
            names_set(first, equation->name, (void *)equation);
        }
    }
    return first;
}

static const Declaration *find(const DeclarationList *list, const char *name)
{
    for (int i = 0; i < list->count; i++)
        if (list->items[i].symbol->name == name || list->items[i].vector == name) return &list->items[i];
    return NULL;
}

/* The highest element of the vector that "u[65]" belongs to; 0 when there is none. */
static int vector_size(const DeclarationList *list, const char *name)
{
    size_t length = strcspn(name, "[");
    int size = 0;
    for (int i = 0; name[length] && i < list->count; i++) {
        const char *vector = list->items[i].vector;
        if (vector && strlen(vector) == length && !strncmp(vector, name, length) && list->items[i].element > size)
            size = list->items[i].element;
    }
    return size;
}

static void report_no_state(Arena *arena, const Spec *spec, const Equation *equation)
{
    const char *name = equation->name;
    const Declaration *vector = find(&spec->states, name);
    int size = vector_size(&spec->states, name);
    if (vector) {
        diag_error(equation->source, "'%s' is a vector; write ddt.%s[i] = ... for each of its elements", name, name);
        return;
    }
    if (size) {
        diag_error(equation->source, "equation of '%s', which does not exist: '%.*s' has elements 1 to %d", name,
                   (int)strcspn(name, "["), name, size);
        return;
    }
    const Declaration *other = find(&spec->parameters, name);
    const char *kind = other ? "parameter" : "constant";
    if (!other) other = find(&spec->constants, name);
    if (other) {
        diag_error(equation->source, "equation of '%s', which is a %s; only states have equations", name, kind);
        diag_note(other->source, "declaration of '%s'", name);
        return;
    }
    const char **names = ARENA_ARRAY(arena, const char *, spec->states.count);
    for (int i = 0; i < spec->states.count; i++) names[i] = spec->states.items[i].symbol->name;
    const char *nearest = nearest_name(name, names, spec->states.count);
    if (nearest)
        diag_error(equation->source, "equation of the unknown state '%s'; did you mean '%s'?", name, nearest);
    else
        diag_error(equation->source, "equation of the unknown state '%s'; declare it with states", name);
}

static void check_finite(const Equation *equation)
{
    const Expr *constant = expr_find_nonfinite(equation->expr);
    if (!constant) return;
    diag_error(equation->source, "the equation of '%s' holds a constant that is %s; a division by 0 may be in it",
               equation->name, isnan(constant->number.value) ? "not a number" : "infinite");
}

/* A vector without any equation is one mistake, not one for each element. */
static void check_missing(const Spec *spec, const NameMap *given)
{
    const char *reported = NULL;
    for (int i = 0; i < spec->states.count; i++) {
        const Declaration *state = &spec->states.items[i];
        const char *name = state->symbol->name;
        if (names_get(given, name) || (state->vector && state->vector == reported)) continue;
        bool any = false, first = state->vector && state->element == 1;
        for (int k = i; first && k < spec->states.count && spec->states.items[k].vector == state->vector; k++)
            any |= names_get(given, spec->states.items[k].symbol->name) != NULL;
        bool whole = first && !any;
        if (whole) reported = state->vector;
        if (whole)
            diag_error(state->source, "the state '%s' has no equations; write ddt.%s[i] = ... for each element",
                       state->vector, state->vector);
        else
            diag_error(state->source, "the state '%s' has no equation; write ddt.%s = ...", name, name);
    }
}

void check_states(const Spec *spec)
{
    if (!spec->states.count)
        diag_error((Source){ spec->file, 0, 0 }, "the problem has no states; declare them: states { x = 1 }");
}

void check_equations(Arena *arena, const Spec *spec, const NameMap *states)
{
    for (int i = 0; i < spec->derivatives.count; i++) {
        const Equation *equation = &spec->derivatives.items[i];
        if (!names_get(states, equation->name)) report_no_state(arena, spec, equation);
        check_finite(equation);
    }
    check_missing(spec, map_equations(arena, &spec->derivatives, "ddt"));
    map_equations(arena, &spec->observables, "observe");
    for (int i = 0; i < spec->observables.count; i++) check_finite(&spec->observables.items[i]);
}

/* Time, else one of the states; NULL: neither. */
static const char *forbidden_symbol(const Expr *initial)
{
    Arena *scratch = arena_new();
    int count;
    const char *found = NULL;
    const Symbol *const *symbols = expr_symbols(scratch, &initial, 1, &count);
    for (int i = 0; i < count; i++) {
        if (symbols[i]->kind == SYMBOL_TIME) found = symbols[i]->name;
        if (symbols[i]->kind == SYMBOL_STATE && !found) found = symbols[i]->name;
    }
    arena_free(scratch);
    return found;
}

static long double parameter_value(void *context, const Symbol *symbol)
{
    const Declaration *declaration = names_get(context, symbol->name);
    return declaration ? declaration->value.value : 0.0L;
}

void check_initial_values(Arena *arena, const Spec *spec)
{
    NameMap *parameters = names_new(arena);
    for (int i = 0; i < spec->parameters.count; i++)
        names_set(parameters, spec->parameters.items[i].symbol->name, &spec->parameters.items[i]);
    for (int i = 0; i < spec->states.count; i++) {
        const Declaration *state = &spec->states.items[i];
        if (state->initial->kind == EXPR_NUMBER && isfinite(state->initial->number.value)) continue;
        const char *forbidden = forbidden_symbol(state->initial), *name = state->symbol->name;
        if (forbidden)
            diag_error(state->source, "the initial value of '%s' depends on '%s'; it may depend on parameters only",
                       name, forbidden);
        else if (!isfinite(expr_evaluate(state->initial, parameter_value, parameters)))
            diag_error(state->source, "the initial value of '%s' is not finite with the parameters of the file", name);
    }
}
