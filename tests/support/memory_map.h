/* SPDX-License-Identifier: MIT */
/* Readers of what the generator says about memory: --layout=json, and the
 * declarations of generated text. They know the formats, and nothing of buffers. */
#ifndef TESTS_SUPPORT_MEMORY_MAP_H
#define TESTS_SUPPORT_MEMORY_MAP_H

#include <ctype.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The number after the first `name`; 0 when it is not there. */
static int64_t map_constant(const char *text, const char *name)
{
    const char *at = strstr(text, name);
    return at ? strtoll(at + strlen(name), NULL, 10) : 0;
}

/* ---- --layout=json ---- */

/* Copies what stands between `from` and the next `to`; empty when it is not there. */
static void map_between(char *piece, size_t size, const char *text, const char *from, const char *to)
{
    const char *start = strstr(text, from);
    const char *stop = start ? strstr(start + strlen(from), to) : NULL;
    snprintf(piece, size, "%.*s", stop ? (int)(stop - start) : 0, start ? start : "");
}

enum { MAP_GROUP_MOST = 4000 };

static void map_group(char group[MAP_GROUP_MOST], const char *json, const char *name)
{
    char head[100];
    snprintf(head, sizeof head, "{\"name\":\"%s\",", name);
    map_between(group, MAP_GROUP_MOST, json, head, "_elements\":");
    const char *start = strstr(json, head), *rest = start ? start + strlen(group) : "";
    snprintf(group + strlen(group), MAP_GROUP_MOST - strlen(group), "%.*s", (int)strcspn(rest, "}"), rest);
}

/* Elements of a group's slab: "shared_elements"; -1 when there is no such group. */
__attribute__((unused)) static int64_t map_total(const char *json, const char *group, const char *total)
{
    char text[MAP_GROUP_MOST], key[60];
    map_group(text, json, group);
    snprintf(key, sizeof key, "\"%s\":", total);
    return strstr(text, key) ? map_constant(text, key) : -1;
}

/* The first slot of a buffer of kind "shared" or "persistent" in its group's slab; -1
 * when it is not there. */
__attribute__((unused)) static int64_t map_first(const char *json, const char *group, const char *kind,
                                                 const char *name)
{
    char text[MAP_GROUP_MOST], list[MAP_GROUP_MOST], key[100];
    map_group(text, json, group);
    snprintf(key, sizeof key, "\"%s\":{", kind);
    map_between(list, sizeof list, text, key, "}");
    snprintf(key, sizeof key, "\"%s\":[", name);
    return strstr(list, key) ? map_constant(list, key) : -1;
}

/* ---- generated text ---- */

/* Bytes of a run: shared, persistent, local. */
__attribute__((unused)) static bool map_descriptor(const char *source, int64_t bytes[3])
{
    static const char head[] = "/* bytes per run: shared, persistent, local; target */ ";
    const char *at = strstr(source, head);
    return at &&
           sscanf(at + strlen(head), "%" SCNd64 ", %" SCNd64 ", %" SCNd64 ",", &bytes[0], &bytes[1], &bytes[2]) == 3;
}

/* How a buffer is declared, wherever it is. `number` is where it begins, in its
 * elements; of a local array, how many there are. */
typedef struct Declaration {
    int count;
    const char *where; /* "shared", "persistent", "local" */
    bool factor;       /* its elements are Factors, not Reals */
    bool mixed;        /* declarations differ */
    int64_t number;
} Declaration;

static void map_declared(Declaration *declaration, const char *where, bool factor, int64_t number)
{
    if (declaration->count++ && (strcmp(where, declaration->where) || number != declaration->number))
        declaration->mixed = true;
    declaration->where = where;
    declaration->factor = factor;
    declaration->number = number;
}

static void map_collect(Declaration *declaration, const char *source, const char *where, bool factor, const char *head)
{
    for (const char *at = strstr(source, head); at; at = strstr(at + 1, head))
        map_declared(declaration, where, factor, strtoll(at + strlen(head), NULL, 10));
}

__attribute__((unused)) static Declaration map_declaration(const char *source, const char *name)
{
    static const char *const types[] = { "Real", "InMemory<Real>", "Factor", "InMemory<Factor>" };
    Declaration declaration = { .where = "nowhere" };
    for (int i = 0; i < 4; i++) {
        const char *type = types[i];
        bool factor = i >= 2;
        char head[200];
        snprintf(head, sizeof head, " const Shared<%s> %s = shared.template at<%s>(", type, name, type);
        map_collect(&declaration, source, "shared", factor, head);
        snprintf(head, sizeof head, " %s(slab.at<%s>(", name, type);
        map_collect(&declaration, source, "shared", factor, head);
        snprintf(head, sizeof head, " %s *const %s = %s + ", type, name, factor ? "persistent_factors" : "persistent");
        map_collect(&declaration, source, "persistent", factor, head);
        snprintf(head, sizeof head, " %s %s[", type, name);
        map_collect(&declaration, source, "local", factor, head);
    }
    return declaration;
}

#endif
