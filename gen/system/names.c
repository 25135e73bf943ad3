/* SPDX-License-Identifier: MIT */
#include "system/names.h"

#include <stdint.h>
#include <string.h>

#include "system/macros.h"

typedef struct Slot {
    const char *name;
    void *value;
} Slot;

struct NameMap {
    Arena *arena;
    Slot *slots;
    size_t size; /* a power of two, at least twice `count` */
    size_t count;
};

/* What stands beside the user's names in the generated text (the functions
 * rhs and observe, and the initial values): parameters, template parameters,
 * what is called and the types, as the device headers have them. Then the
 * variables of the output file. Keywords and functions of the problem file:
 * identifier.c. */
static const char *const text_names[] = {
    "Carried",    "Control", "Count", "Factor",   "Factors", "Hoisted", "Int",         "Mask",       "Parameters",
    "Real",       "Scalar",  "State", "Target",   "Time",    "Vector",  "all",         "any",        "before",
    "ddt",        "carried", "entry", "invert",   "shifts",  "turn",    "turns",       "diagonal",   "given",
    "good",       "hoisted", "input", "is_pivot", "lu",      "mask",    "observables", "parameters", "product",
    "reciprocal", "select",  "shift", "slope",    "state",   "t",       "to_factor",   "peak",       "rejected",
    "run",        "status",  "steps", "time",     "vector",  "window",
};

enum { TEXT_NAME_COUNT = sizeof text_names / sizeof *text_names };

static size_t slot_of(const NameMap *map, const char *name)
{
    uint64_t hash = (uint64_t)(uintptr_t)name * UINT64_C(0x9E3779B97F4A7C15);
    size_t slot = (size_t)(hash >> 32) & (map->size - 1);
    while (map->slots[slot].name && map->slots[slot].name != name) slot = (slot + 1) & (map->size - 1);
    return slot;
}

NameMap *names_new(Arena *arena)
{
    NameMap *map = ARENA_NEW(arena, NameMap);
    *map = (NameMap){ arena, ARENA_ARRAY(arena, Slot, 64), 64, 0 };
    return map;
}

void *names_get(const NameMap *map, const char *name)
{
    return map->slots[slot_of(map, name)].value;
}

static void enlarge(NameMap *map)
{
    NameMap larger = { map->arena, ARENA_ARRAY(map->arena, Slot, 2 * map->size), 2 * map->size, map->count };
    for (size_t i = 0; i < map->size; i++)
        if (map->slots[i].name) larger.slots[slot_of(&larger, map->slots[i].name)] = map->slots[i];
    *map = larger;
}

void names_set(NameMap *map, const char *name, void *value)
{
    if (2 * (map->count + 1) > map->size) enlarge(map);
    Slot *slot = &map->slots[slot_of(map, name)];
    if (!slot->name) map->count++;
    *slot = (Slot){ name, value };
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool names_is_identifier(const char *name)
{
    if (!is_letter(*name)) return false;
    while (is_letter(*name) || is_digit(*name)) name++;
    return !*name;
}

void names_take_text(IdentifierScope *scope)
{
    for (int i = 0; i < TEXT_NAME_COUNT; i++) identifier_take(scope, text_names[i]);
}

static bool is_text_name(const char *name)
{
    for (int i = 0; i < TEXT_NAME_COUNT; i++)
        if (!strcmp(text_names[i], name)) return true;
    return macros_may_define(name);
}

const char *names_code(IdentifierScope *taken, const char *name)
{
    char code[256];
    const char *made = identifier_make(name);
    size_t length = strlen(made);
    bool marked = made[length - 1] == '_'; /* register_ already */
    if (marked || !is_text_name(made) || length > sizeof code - 2) return identifier_take_near(taken, made);
    strcpy(code, made);
    return identifier_take_near(taken, strcat(code, "_"));
}
