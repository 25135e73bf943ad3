/* SPDX-License-Identifier: MIT */
#include "base/intern.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

typedef struct Entry {
    struct Entry *next;
    size_t length;
    uint32_t hash;
    char text[];
} Entry;

enum { INTERN_SLOTS = 4096, NEAREST_LENGTH = 63 }; /* slots: at first */

static Entry **slots;
static size_t slot_count, name_count;
static Arena *names_arena;

static uint32_t hash_bytes(const char *bytes, size_t length)
{
    uint32_t hash = 2166136261u; /* FNV-1a */
    for (size_t i = 0; i < length; i++) hash = (hash ^ (unsigned char)bytes[i]) * 16777619u;
    return hash;
}

static void insert(Entry *entry)
{
    Entry **slot = &slots[entry->hash & (slot_count - 1)];
    entry->next = *slot;
    *slot = entry;
}

/* To twice as many slots, when there are as many names as slots. */
static void grow(void)
{
    Entry **old = slots;
    size_t old_count = slot_count;
    if (!names_arena) names_arena = arena_new();
    slot_count = old_count ? 2 * old_count : INTERN_SLOTS;
    slots = ARENA_ARRAY(names_arena, Entry *, slot_count);
    for (size_t i = 0; i < old_count; i++) {
        for (Entry *entry = old[i], *next; entry; entry = next) {
            next = entry->next;
            insert(entry);
        }
    }
}

const char *intern_bytes(const char *bytes, size_t length)
{
    uint32_t hash = hash_bytes(bytes, length);
    if (name_count >= slot_count) grow();
    for (const Entry *entry = slots[hash & (slot_count - 1)]; entry; entry = entry->next)
        if (entry->hash == hash && entry->length == length && !memcmp(entry->text, bytes, length)) return entry->text;
    Entry *entry = arena_alloc(names_arena, sizeof(Entry) + length + 1);
    memcpy(entry->text, bytes, length);
    entry->length = length;
    entry->hash = hash;
    insert(entry);
    name_count++;
    return entry->text;
}

const char *intern(const char *string)
{
    return intern_bytes(string, strlen(string));
}

static int least(int a, int b, int c)
{
    int ab = a < b ? a : b;
    return ab < c ? ab : c;
}

/* Levenshtein distance of two short names. */
static int edit_distance(const char *a, const char *b)
{
    int row[NEAREST_LENGTH + 1];
    int length = (int)strlen(b);
    for (int j = 0; j <= length; j++) row[j] = j;
    for (int i = 1; a[i - 1]; i++) {
        int diagonal = row[0];
        row[0] = i;
        for (int j = 1; j <= length; j++) {
            int replaced = diagonal + (a[i - 1] != b[j - 1]);
            diagonal = row[j];
            row[j] = least(replaced, row[j] + 1, row[j - 1] + 1);
        }
    }
    return row[length];
}

const char *nearest_name(const char *name, const char *const *names, int count)
{
    const char *best = NULL;
    if (strlen(name) > NEAREST_LENGTH) return NULL;
    int length = (int)strlen(name), allowed = (length + 2) / 3;
    if (allowed >= length) allowed = length - 1; /* something must be left of it */
    int best_distance = allowed + 1;
    for (int i = 0; i < count; i++) {
        if (strlen(names[i]) > NEAREST_LENGTH) continue;
        int distance = edit_distance(name, names[i]);
        if (distance < best_distance) best = names[i], best_distance = distance;
    }
    return best;
}
