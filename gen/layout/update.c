/* SPDX-License-Identifier: MIT */
#include "layout/update.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/intern.h"
#include "base/text.h"

typedef struct Update {
    Arena *arena;
    BufferGroup *group;
    Buffer *buffer;
    const char *name, *value; /* as given, for messages */
    Source source;
} Update;

static bool refuse(const Update *update, const char *expected)
{
    diag_error(update->source, "%s = '%s' is not valid; it must be %s", update->name, update->value, expected);
    return false;
}

static bool update_size(Update *update)
{
    char *end;
    errno = 0;
    long long size = strtoll(update->value, &end, 10);
    if (end == update->value || *end || errno || size < 0 || size > BUFFER_SIZE_MOST)
        return refuse(update, arena_printf(update->arena, "a whole number from 0 to %" PRId64, BUFFER_SIZE_MOST));
    update->buffer->size = size;
    return true;
}

static bool update_location(Update *update)
{
    if (update->buffer->fixed_location) {
        diag_error(update->source, "the location of '%s' is not a setting: it follows what it belongs to",
                   update->buffer->name);
        return false;
    }
    return location_parse(&update->buffer->location, update->value) || refuse(update, "'shared' or 'local'");
}

static bool update_persistent(Update *update)
{
    bool yes = !strcmp(update->value, "true");
    if (!yes && strcmp(update->value, "false")) return refuse(update, "'true' or 'false'");
    update->buffer->persistent = yes;
    return true;
}

/* Names that a message may suggest. */
static const char *nearest_buffer(Arena *arena, const BufferGroup *group, const char *name)
{
    BufferEntryList entries = buffer_group_entries(arena, group);
    const char **names = ARENA_ARRAY(arena, const char *, entries.count);
    for (int i = 0; i < entries.count; i++) names[i] = entries.items[i].buffer->name;
    return nearest_name(name, names, entries.count);
}

static bool unknown_buffer(const Update *update, const char *name)
{
    const char *near = nearest_buffer(update->arena, update->group, name);
    if (near)
        diag_error(update->source, "%s: unknown buffer '%s'; did you mean '%s'?", update->name, name, near);
    else
        diag_error(update->source, "%s: unknown buffer '%s'; group '%s' has no such buffer", update->name, name,
                   update->group->name);
    return false;
}

static bool update_aliases(Update *update)
{
    const char *target = intern(update->value);
    if (target == update->buffer->name) return refuse(update, "another buffer of the group, or empty");
    if (*target && !buffer_group_find(update->group, target)) return unknown_buffer(update, target);
    update->buffer->aliases = *target ? target : NULL;
    return true;
}

static bool update_precision(Update *update)
{
    if (!precision_parse(&update->buffer->precision, update->value))
        return refuse(update, "'float32', 'float64' or 'int32'");
    update->buffer->own_precision = true;
    return true;
}

static bool update_group_precision(Update *update)
{
    Precision precision;
    if (!precision_parse(&precision, update->value) || precision == PRECISION_INT32)
        return refuse(update, "'float32' or 'float64'");
    update->group->own_precision = true;
    buffer_group_set_precision(update->group, precision);
    return true;
}

typedef struct Field {
    const char *suffix;
    bool (*set)(Update *update);
    bool of_slab; /* may be set for a child's slab */
} Field;

static const Field fields[] = {
    { "_size", update_size, false },
    { "_location", update_location, false },
    { "_persistent", update_persistent, false },
    { "_aliases", update_aliases, true },
    { "_precision", update_precision, false },
};

static const Field *find_field(const char *name, size_t *stem)
{
    size_t length = strlen(name);
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        size_t suffix = strlen(fields[i].suffix);
        if (length > suffix && !strcmp(name + length - suffix, fields[i].suffix)) {
            *stem = length - suffix;
            return &fields[i];
        }
    }
    return NULL;
}

static bool update_field(Update *update, const char *name)
{
    size_t stem;
    if (!strcmp(name, "precision")) return update_group_precision(update);
    const Field *field = find_field(name, &stem);
    if (!field) {
        diag_error(update->source,
                   "unknown update '%s'; it must be BUFFER_size, BUFFER_location, BUFFER_persistent, "
                   "BUFFER_aliases, BUFFER_precision or precision",
                   update->name);
        return false;
    }
    const char *buffer = intern_bytes(name, stem);
    update->buffer = buffer_group_find(update->group, buffer);
    if (!update->buffer) return unknown_buffer(update, buffer);
    const BufferGroup *child = buffer_slab_child(NULL, update->group, buffer);
    if (child && !field->of_slab) {
        diag_error(update->source, "%s cannot be set: it is what child '%s' needs", update->name, child->name);
        return false;
    }
    return field->set(update);
}

static BufferGroup *unknown_child(const Update *update, const char *name)
{
    const BufferGroup *group = update->group;
    const char **names = ARENA_ARRAY(update->arena, const char *, group->children.count);
    for (int i = 0; i < group->children.count; i++) names[i] = group->children.items[i]->name;
    const char *near = nearest_name(name, names, group->children.count);
    if (near)
        diag_error(update->source, "%s: unknown child '%s'; did you mean '%s'?", update->name, name, near);
    else
        diag_error(update->source, "%s: unknown child '%s'; group '%s' has no such child", update->name, name,
                   group->name);
    return NULL;
}

bool buffer_group_update(Arena *arena, BufferGroup *group, const char *name, const char *value, Source source)
{
    Update update = { .arena = arena, .group = group, .name = name, .value = value, .source = source };
    const char *rest = name;
    for (const char *dot; (dot = strchr(rest, '.')); rest = dot + 1) {
        const char *child = intern_bytes(rest, (size_t)(dot - rest));
        BufferGroup *below = buffer_group_child(update.group, child);
        if (!below) return unknown_child(&update, child) != NULL;
        update.group = below;
    }
    return update_field(&update, rest);
}
