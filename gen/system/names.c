#include "system/names.h"

#include <stdint.h>
#include <string.h>

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

/* Names of the generated text, of the device headers (runtime/include/cubie)
 * and of the C and CUDA headers they include, as far as a variable of that
 * name would be in their way. Keywords, macros and functions of the problem
 * file: identifier_is_reserved. */
static const char *const text_names[] = {
    "Batch", "Control", "Error", "FILE", "HUGE_VAL", "Int", "Kernel", "Lane", "Options", "Run", "Slab", "Time",
    "accept", "all", "any", "attempt", "begin", "clock", "control", "counters", "cubie", "derivative", "derivatives",
    "descriptor", "dt", "error", "exp2", "fabs", "finish", "fma", "h", "half", "hoist", "hoisted", "initial", "int16_t",
    "int32_t", "int64_t", "int8_t", "isfinite", "isinf", "isnan", "kernel", "lane", "lanes", "mask", "observable", "observables",
    "options", "out", "parameter", "parameters", "persistent", "proposed_observables", "proposed_state", "ptrdiff_t",
    "rhs", "rsqrt", "run", "runs", "save", "shared", "sincos", "size_t", "stage", "stage_accumulator", "stage_cache",
    "stage_dense", "stage_rhs", "state", "states", "status", "step", "t", "theta", "time", "uint", "uint16_t",
    "uint32_t", "uint64_t", "uint8_t",
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

const char *const *names_of_text(int *count)
{
    *count = TEXT_NAME_COUNT;
    return text_names;
}

static bool is_text_name(const char *name)
{
    for (int i = 0; i < TEXT_NAME_COUNT; i++)
        if (!strcmp(text_names[i], name)) return true;
    return !strncmp(name, "cubie", 5) || !strncmp(name, "CUBIE", 5);
}

const char *names_code(IdentifierScope *taken, const char *name)
{
    char code[256];
    const char *made = identifier_make(name);
    if (!is_text_name(made) || strlen(made) > sizeof code - 2) return identifier_take_near(taken, made);
    strcpy(code, made);
    return identifier_take_near(taken, strcat(code, "_"));
}
