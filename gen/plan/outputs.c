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

typedef struct Builder {
    Arena *arena;
    IdentifierScope *files, *members; /* names in use */
    const WrittenValue **value;       /* [values] those of instants, at their places */
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
        const char *name = vector_of(b->value[i]->name, &element);
        if (!name) continue;
        Vector *vector = find_vector(b, name);
        vector->count++;
        if (element > vector->highest) vector->highest = element;
    }
    for (int i = 0; i < b->values; i++) {
        const char *name = vector_of(b->value[i]->name, &element);
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
    const WrittenValue *value = b->value[place];
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

/* Places are counted apart: of values at instants, and of counts. */
static void add_values(Builder *b, const WrittenValueList *written)
{
    b->value = ARENA_ARRAY(b->arena, const WrittenValue *, written->count);
    for (int i = 0; i < written->count; i++)
        if (written->items[i].of_instant) b->value[b->values++] = &written->items[i];
    collect_vectors(b);
    for (int i = 0; i < b->values; i++) add_value(b, i);
}

/* Their members have the names that they have in the code, so those of values give way. */
static void take_counts(Builder *b, const WrittenValueList *written)
{
    for (int i = 0; i < written->count; i++)
        if (!written->items[i].of_instant) identifier_take(b->members, written->items[i].code);
}

static void add_counts(Builder *b, const WrittenValueList *written)
{
    int place = 0;
    for (int i = 0; i < written->count; i++) {
        const WrittenValue *count = &written->items[i];
        if (count->of_instant) continue;
        SavedOutput *output = array_push(b->arena, &b->list);
        *output = (SavedOutput){ .name = count->name, .code = count->code, .member = count->code };
        output->title = count->title;
        output->unit = count->unit;
        output->first = place++;
        output->step = 1;
    }
}

SavedOutputList plan_outputs(Arena *arena, const Plan *plan)
{
    static const char *const always[] = { "instants", "status", "steps", "rejected", "messages", "messages_size" };
    const WrittenValueList written = parts_outputs(arena, plan->parts, plan->model);
    Builder b = { .arena = arena, .vectors = names_new(arena) };
    b.files = identifier_scope_new(arena);
    b.members = identifier_scope_new(arena);
    for (size_t i = 0; i < sizeof always / sizeof *always; i++) identifier_take(b.members, always[i]);
    take_counts(&b, &written);
    add_values(&b, &written);
    add_counts(&b, &written);
    return b.list;
}
