/* SPDX-License-Identifier: MIT */
#include "layout/check.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>

#include "base/intern.h"

/* One group while it is looked through. Mistakes are counted here, since diag
 * does not count one that it has reported before. */
typedef struct Check {
    Arena *arena;
    const BufferGroup *group;
    BufferEntryList entries;
    int mistakes;
} Check;

__attribute__((format(printf, 3, 4))) static void mistake(Check *check, Source source, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    diag_error(source, "%s", arena_vprintf(check->arena, format, args));
    va_end(args);
    check->mistakes++;
}

static bool is_identifier(const char *name)
{
    if (!isalpha((unsigned char)name[0]) && name[0] != '_') return false;
    for (const char *c = name + 1; *c; c++)
        if (!isalnum((unsigned char)*c) && *c != '_') return false;
    return true;
}

static void check_name(Check *check, const Buffer *buffer)
{
    if (!buffer->name[0])
        mistake(check, buffer->source, "a buffer has an empty name; its first item must be a name");
    else if (!is_identifier(buffer->name))
        mistake(check, buffer->source, "buffer name '%s' is not an identifier; use letters, digits and _",
                buffer->name);
}

static void check_size(Check *check, const BufferEntry *entry)
{
    const Buffer *buffer = entry->buffer;
    if (entry->child && buffer->size)
        mistake(check, buffer->source,
                "buffer '%s' has size %" PRId64 ", but its size is what child '%s' needs; leave it out", buffer->name,
                buffer->size, entry->child->name);
    else if (buffer->size < 0)
        mistake(check, buffer->source, "buffer '%s' has size %" PRId64 "; it must be 0 or more", buffer->name,
                buffer->size);
    else if (buffer->size > BUFFER_SIZE_MOST)
        mistake(check, buffer->source, "buffer '%s' has size %" PRId64 "; it must be at most %" PRId64, buffer->name,
                buffer->size, BUFFER_SIZE_MOST);
}

static void report_unknown_target(Check *check, const Buffer *buffer)
{
    const char **names = ARENA_ARRAY(check->arena, const char *, check->entries.count);
    int count = 0;
    for (int i = 0; i < check->entries.count; i++)
        if (check->entries.items[i].buffer->name != buffer->name) names[count++] = check->entries.items[i].buffer->name;
    const char *near = nearest_name(buffer->aliases, names, count);
    if (near)
        mistake(check, buffer->source, "buffer '%s' aliases unknown buffer '%s'; did you mean '%s'?", buffer->name,
                buffer->aliases, near);
    else
        mistake(check, buffer->source, "buffer '%s' aliases unknown buffer '%s'; it must be a buffer of the same group",
                buffer->name, buffer->aliases);
}

static void check_alias(Check *check, const BufferEntry *entry)
{
    const Buffer *buffer = entry->buffer;
    if (!buffer->aliases) return;
    if (buffer->aliases == buffer->name)
        mistake(check, buffer->source, "buffer '%s' aliases itself; name another buffer of the group", buffer->name);
    else if (entry->target < 0)
        report_unknown_target(check, buffer);
}

/* Follows targets from every entry; a circle is reported once, at its first
 * buffer in spec order. mark[i] is the entry from which i was first reached. */
static void check_circles(Check *check)
{
    const BufferEntryList *entries = &check->entries;
    int *mark = ARENA_ARRAY(check->arena, int, entries->count);
    for (int i = 0; i < entries->count; i++) {
        int at = i;
        while (at >= 0 && !mark[at]) {
            mark[at] = i + 1;
            at = entries->items[at].target;
        }
        if (at < 0 || mark[at] != i + 1) continue;
        int first = at;
        for (int next = entries->items[at].target; next != at; next = entries->items[next].target)
            if (next < first) first = next;
        const Buffer *buffer = entries->items[first].buffer;
        if (entries->items[first].target != first)
            mistake(check, buffer->source,
                    "buffer '%s' aliases '%s', which in the end aliases '%s'; aliases must not form a circle",
                    buffer->name, buffer->aliases, buffer->name);
    }
}

static int compare_buffers(const void *a, const void *b)
{
    const Buffer *const *x = a, *const *y = b;
    if ((*x)->name != (*y)->name) return (uintptr_t)(*x)->name < (uintptr_t)(*y)->name ? -1 : 1;
    return 0;
}

/* The sort may not keep spec order among equals: the earlier one is found by
 * looking it up, and only when there is a mistake to report. */
static void check_duplicates(Check *check)
{
    const BufferGroup *group = check->group;
    int count = group->buffers.count;
    if (!count) return;
    const Buffer **sorted = arena_copy(check->arena, group->buffers.items, sizeof *sorted * (size_t)count);
    qsort(sorted, (size_t)count, sizeof *sorted, compare_buffers);
    bool duplicate = false;
    for (int i = 1; i < count; i++) duplicate |= sorted[i]->name == sorted[i - 1]->name && sorted[i]->name[0];
    for (int i = 1; i < count && duplicate; i++)
        for (int j = 0; j < i; j++) {
            const Buffer *buffer = group->buffers.items[i], *previous = group->buffers.items[j];
            if (buffer->name != previous->name || !buffer->name[0]) continue;
            mistake(check, buffer->source, "buffer '%s' is declared twice; names must be unique within a group",
                    buffer->name);
            diag_note(previous->source, "previous declaration of '%s'", previous->name);
            break;
        }
}

static void check_children(Check *check)
{
    const BufferGroup *group = check->group;
    for (int i = 0; i < group->children.count; i++) {
        const BufferGroup *child = group->children.items[i];
        if (!is_identifier(child->name))
            mistake(check, child->source, "child name '%s' is not an identifier; use letters, digits and _",
                    child->name);
        for (int j = 0; j < i; j++)
            if (group->children.items[j]->name == child->name) {
                mistake(check, child->source, "child '%s' is declared twice; names must be unique within a group",
                        child->name);
                break;
            }
        if (!buffer_group_check(child)) check->mistakes++;
    }
}

bool buffer_group_check(const BufferGroup *group)
{
    Check check = { .arena = arena_new(), .group = group };
    check.entries = buffer_group_entries(check.arena, group);
    for (int i = 0; i < check.entries.count; i++) {
        const BufferEntry *entry = &check.entries.items[i];
        if (!entry->child) check_name(&check, entry->buffer);
        check_size(&check, entry);
        check_alias(&check, entry);
    }
    check_duplicates(&check);
    check_circles(&check);
    if (group->precision == PRECISION_INT32)
        mistake(&check, group->source, "group '%s' has precision int32; it must be float32 or float64", group->name);
    check_children(&check);
    arena_free(check.arena);
    return !check.mistakes;
}
