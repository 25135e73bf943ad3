/* SPDX-License-Identifier: MIT */
#include "layout/buffer.h"

#include <stdlib.h>
#include <string.h>

#include "base/intern.h"

static const char *const location_names[] = { [LOCATION_LOCAL] = "local", [LOCATION_SHARED] = "shared" };
static const char *const precision_names[] = {
    [PRECISION_FLOAT64] = "float64", [PRECISION_FLOAT32] = "float32", [PRECISION_INT32] = "int32"
};
static const char *const slab_suffixes[] = { [LOCATION_LOCAL] = "persistent", [LOCATION_SHARED] = "shared" };

const char *location_name(Location location)
{
    return location_names[location];
}

bool location_parse(Location *location, const char *name)
{
    for (int i = 0; i < 2; i++)
        if (!strcmp(name, location_names[i])) {
            *location = (Location)i;
            return true;
        }
    return false;
}

const char *precision_name(Precision precision)
{
    return precision_names[precision];
}

bool precision_parse(Precision *precision, const char *name)
{
    for (int i = 0; i < 3; i++)
        if (!strcmp(name, precision_names[i])) {
            *precision = (Precision)i;
            return true;
        }
    return false;
}

int buffer_width(Precision precision)
{
    return precision == PRECISION_FLOAT64 ? 8 : 4;
}

static void name_slab(Arena *arena, BufferGroup *group, Location slab)
{
    Buffer *buffer = &group->slab[slab];
    buffer->name = intern(arena_printf(arena, "%s_%s", group->name, slab_suffixes[slab]));
    buffer->location = slab;
    buffer->persistent = slab == LOCATION_LOCAL;
    buffer->fixed_location = true;
    buffer->source = group->source;
}

BufferGroup *buffer_group_new(Arena *arena, const char *name, Precision precision, Source source)
{
    BufferGroup *group = ARENA_NEW(arena, BufferGroup);
    group->name = intern(name);
    group->precision = precision;
    group->source = source;
    name_slab(arena, group, LOCATION_LOCAL);
    name_slab(arena, group, LOCATION_SHARED);
    return group;
}

Buffer *buffer_group_add(Arena *arena, BufferGroup *group, const char *name, int64_t size)
{
    Buffer *buffer = ARENA_NEW(arena, Buffer);
    buffer->name = intern(name);
    buffer->size = size;
    buffer->source = group->source;
    *array_push(arena, &group->buffers) = buffer;
    return buffer;
}

void buffer_group_add_child(Arena *arena, BufferGroup *group, BufferGroup *child)
{
    *array_push(arena, &group->children) = child;
}

BufferGroup *buffer_group_copy(Arena *arena, const BufferGroup *group, const char *name)
{
    BufferGroup *copy = buffer_group_new(arena, name, group->precision, group->source);
    copy->own_precision = group->own_precision;
    for (int slab = 0; slab < 2; slab++) copy->slab[slab].aliases = group->slab[slab].aliases;
    for (int i = 0; i < group->buffers.count; i++) *buffer_group_add(arena, copy, "", 0) = *group->buffers.items[i];
    for (int i = 0; i < group->children.count; i++) {
        const BufferGroup *child = group->children.items[i];
        buffer_group_add_child(arena, copy, buffer_group_copy(arena, child, child->name));
    }
    return copy;
}

void buffer_group_set_precision(BufferGroup *group, Precision precision)
{
    group->precision = precision;
    for (int i = 0; i < group->children.count; i++)
        if (!group->children.items[i]->own_precision) buffer_group_set_precision(group->children.items[i], precision);
}

static Buffer *find_own(const BufferGroup *group, const char *name)
{
    for (int i = 0; i < group->buffers.count; i++)
        if (group->buffers.items[i]->name == name) return group->buffers.items[i];
    return NULL;
}

Buffer *buffer_group_find(const BufferGroup *group, const char *name)
{
    name = intern(name);
    Buffer *own = find_own(group, name);
    for (int i = 0; i < group->children.count && !own; i++)
        for (int slab = 0; slab < 2; slab++)
            if (group->children.items[i]->slab[slab].name == name) return &group->children.items[i]->slab[slab];
    return own;
}

BufferGroup *buffer_group_child(const BufferGroup *group, const char *name)
{
    for (int i = 0; i < group->children.count; i++)
        if (!strcmp(group->children.items[i]->name, name)) return group->children.items[i];
    return NULL;
}

const BufferGroup *buffer_slab_child(Location *slab, const BufferGroup *group, const char *name)
{
    for (int i = 0; i < group->children.count; i++)
        for (int j = 0; j < 2; j++)
            if (!strcmp(group->children.items[i]->slab[j].name, name)) {
                if (slab) *slab = (Location)j;
                return group->children.items[i];
            }
    return NULL;
}

int64_t buffer_elements(const Buffer *buffer)
{
    return buffer->reserved > buffer->size ? buffer->reserved : buffer->size;
}

Precision buffer_precision(const BufferGroup *group, const Buffer *buffer)
{
    const BufferGroup *child = buffer_slab_child(NULL, group, buffer->name);
    if (child) return child->precision;
    return buffer->own_precision ? buffer->precision : group->precision;
}

/* Names sorted by address (they are interned), for specs of any length. */
typedef struct NamePlace {
    const char *name;
    int place;
} NamePlace;

static int compare_places(const void *a, const void *b)
{
    const NamePlace *x = a, *y = b;
    if (x->name != y->name) return (uintptr_t)x->name < (uintptr_t)y->name ? -1 : 1;
    return (x->place > y->place) - (x->place < y->place);
}

static int compare_names(const void *a, const void *b)
{
    const NamePlace *x = a, *y = b;
    return ((uintptr_t)x->name > (uintptr_t)y->name) - ((uintptr_t)x->name < (uintptr_t)y->name);
}

static void add_entry(Arena *arena, BufferEntryList *entries, const BufferGroup *group, const Buffer *buffer)
{
    BufferEntry entry = { .buffer = buffer, .target = -1 };
    entry.child = buffer_slab_child(&entry.slab, group, buffer->name);
    *array_push(arena, entries) = entry;
}

static void find_targets(Arena *arena, BufferEntryList *entries)
{
    size_t count = (size_t)entries->count;
    NamePlace *places = ARENA_ARRAY(arena, NamePlace, count);
    for (int i = 0; i < entries->count; i++) places[i] = (NamePlace){ entries->items[i].buffer->name, i };
    qsort(places, count, sizeof *places, compare_places);
    for (int i = 0; i < entries->count; i++) {
        NamePlace key = { entries->items[i].buffer->aliases, 0 };
        if (!key.name) continue;
        const NamePlace *found = bsearch(&key, places, count, sizeof *places, compare_names);
        if (found) entries->items[i].target = found->place;
    }
}

BufferEntryList buffer_group_entries(Arena *arena, const BufferGroup *group)
{
    BufferEntryList entries = { 0 };
    for (int i = 0; i < group->buffers.count; i++) add_entry(arena, &entries, group, group->buffers.items[i]);
    for (int i = 0; i < group->children.count; i++)
        for (int slab = LOCATION_SHARED; slab >= LOCATION_LOCAL; slab--) {
            const Buffer *buffer = &group->children.items[i]->slab[slab];
            if (!find_own(group, buffer->name)) add_entry(arena, &entries, group, buffer);
        }
    find_targets(arena, &entries);
    return entries;
}
