/* SPDX-License-Identifier: MIT */
#include "output/names.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum { NAMES_FEWEST = 64 };

/* The slot of the name, or the free one that it would get (FNV-1a hash). */
static const char **names_slot(const Names *names, const char *name)
{
    uint64_t hash = UINT64_C(14695981039346656037);
    for (const char *c = name; *c; c++) hash = (hash ^ (unsigned char)*c) * UINT64_C(1099511628211);
    size_t at = (size_t)hash & (names->size - 1);
    while (names->slot[at] && strcmp(names->slot[at], name) != 0) at = (at + 1) & (names->size - 1);
    return &names->slot[at];
}

static void names_grow(Names *names)
{
    const Names before = *names;
    names->size = before.size ? 2 * before.size : NAMES_FEWEST;
    names->slot = cubie_pool_array(names->pool, names->size, sizeof *names->slot);
    for (size_t i = 0; i < before.size; i++)
        if (before.slot[i]) *names_slot(names, before.slot[i]) = before.slot[i];
}

const char *cubie_names_take(Names *names, const char *name)
{
    if (2 * (names->count + 1) > names->size) names_grow(names);
    const char **slot = names_slot(names, name);
    while (*slot) {
        name = cubie_pool_printf(names->pool, "%s_", name);
        slot = names_slot(names, name);
    }
    names->count++;
    return *slot = name;
}
