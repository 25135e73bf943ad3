/* SPDX-License-Identifier: MIT */
#include "plan/outputs.h"

#include <stdlib.h>
#include <string.h>

#include "base/intern.h"
#include "system/names.h"

const char *output_file_name(const char *name, const char *code)
{
    size_t length = strlen(name);
    return !strncmp(name, code, length) && !strcmp(code + length, "_") ? name : code;
}

/* A saved value, "u[3]" or "radius", at its place. */
typedef struct Value {
    const char *name, *code, *unit;
} Value;

typedef struct Builder {
    Arena *arena;
    IdentifierScope *files, *members; /* names in use */
    const Value *value;
    int values;
    NameMap *vectors; /* of each name before "[": its Vector */
    SavedOutputList list;
} Builder;

/* Elements with one name before the bracket. */
typedef struct Vector {
    const char *name;
    int count, highest;
    int *place; /* [highest] of element i + 1, -1: none */
    bool added;
} Vector;

/* The name before "[3]", and 3; NULL for what is no element. */
static const char *vector_of(const char *name, int *element)
{
    const char *bracket = strchr(name, '[');
    if (!bracket) return NULL;
    *element = atoi(bracket + 1);
    return intern_bytes(name, (size_t)(bracket - name));
}

static Vector *find_vector(Builder *b, const char *name)
{
    Vector *vector = names_get(b->vectors, name);
    if (vector) return vector;
    vector = ARENA_NEW(b->arena, Vector);
    *vector = (Vector){ .name = name };
    names_set(b->vectors, name, vector);
    return vector;
}

static void collect_vectors(Builder *b)
{
    int element;
    for (int i = 0; i < b->values; i++) {
        const char *name = vector_of(b->value[i].name, &element);
        if (!name) continue;
        Vector *vector = find_vector(b, name);
        vector->count++;
        if (element > vector->highest) vector->highest = element;
    }
    for (int i = 0; i < b->values; i++) {
        const char *name = vector_of(b->value[i].name, &element);
        Vector *vector = name ? names_get(b->vectors, name) : NULL;
        if (!vector || vector->count != vector->highest) continue;
        if (!vector->place) vector->place = ARENA_ARRAY(b->arena, int, vector->count);
        vector->place[element - 1] = i;
    }
}

/* Takes the name, with underscores behind it when somebody has it. */
static const char *take(Builder *b, IdentifierScope *scope, const char *name)
{
    while (!identifier_take(scope, intern(name))) name = arena_printf(b->arena, "%s_", name);
    return intern(name);
}

static SavedOutput *add(Builder *b, const char *name, const char *code)
{
    SavedOutput *output = array_push(b->arena, &b->list);
    *output = (SavedOutput){ .name = name, .title = "", .unit = "", .step = 1 };
    output->member = take(b, b->members, code);
    output->code = take(b, b->files, output_file_name(name, code));
    return output;
}

static void set_places(SavedOutput *output, const Vector *vector)
{
    output->elements = vector->count;
    output->first = vector->place[0];
    if (vector->count > 1) output->step = vector->place[1] - vector->place[0];
    bool regular = output->step > 0;
    for (int i = 0; i < vector->count; i++) regular &= vector->place[i] == output->first + i * output->step;
    if (regular) return;
    output->place = vector->place;
    output->first = 0;
    output->step = 1;
}

/* Where some elements of a name are left out, the others are outputs of their own. */
static void add_value(Builder *b, int place)
{
    int element;
    const Value *value = &b->value[place];
    const char *name = vector_of(value->name, &element);
    Vector *vector = name ? names_get(b->vectors, name) : NULL;
    if (vector && vector->added) return;
    const bool whole = vector && vector->place;
    SavedOutput *output =
        whole ? add(b, vector->name, identifier_make(vector->name)) : add(b, value->name, value->code);
    output->unit = value->unit;
    output->of_instant = true;
    if (whole)
        set_places(output, vector), vector->added = true;
    else
        output->first = place;
}

static void collect_values(Builder *b, const Model *model)
{
    const System *system = model->system;
    Value *value = ARENA_ARRAY(b->arena, Value, model_outputs(model));
    b->value = value;
    for (int i = 0; model->save_states && i < system->states; i++)
        value[b->values++] =
            (Value){ system->state[i].symbol->name, system->state[i].symbol->code, system->state[i].unit };
    for (int i = 0; model->save_observables && i < system->observables; i++)
        value[b->values++] =
            (Value){ system->observable[i].name, system->observable[i].code, system->observable[i].unit };
}

SavedOutputList plan_outputs(Arena *arena, const Plan *plan)
{
    static const char *const always[] = { "instants", "status", "steps", "rejected", "messages", "messages_size" };
    const CounterList counters = parts_counters(arena, plan->parts);
    Builder b = { .arena = arena,
                  .files = identifier_scope_new(arena),
                  .members = identifier_scope_new(arena),
                  .vectors = names_new(arena) };
    for (size_t i = 0; i < sizeof always / sizeof *always; i++) identifier_take(b.members, intern(always[i]));
    for (int i = 0; i < counters.count; i++) identifier_take(b.members, intern(counters.items[i].name));
    collect_values(&b, plan->model);
    collect_vectors(&b);
    for (int i = 0; i < b.values; i++) add_value(&b, i);
    for (int i = 0; i < counters.count; i++)
        *array_push(arena, &b.list) = (SavedOutput){
            .name = counters.items[i].name,
            .code = counters.items[i].name,
            .member = counters.items[i].name,
            .title = counters.items[i].title,
            .unit = "",
            .first = i,
            .step = 1,
        };
    return b.list;
}
