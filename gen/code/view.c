/* SPDX-License-Identifier: MIT */
#include "code/view.h"

#include <assert.h>
#include <string.h>

#include "code/check.h"
#include "code/part.h"

/* ---- which buffer ---- */

static const Buffer *find_in(const BufferGroup *group, const char *name)
{
    const Buffer *found = buffer_group_find(group, name);
    for (int i = 0; !found && i < group->children.count; i++) found = find_in(group->children.items[i], name);
    return found;
}

const Buffer *view_buffer(const Emitter *e, const char *name)
{
    const Buffer *buffer = find_in(e->parts->group, name);
    assert(buffer);
    return buffer;
}

static const BufferGroup *group_in(const BufferGroup *group, const char *name)
{
    const BufferGroup *found = strcmp(group->name, name) ? NULL : group;
    for (int i = 0; !found && i < group->children.count; i++) found = group_in(group->children.items[i], name);
    return found;
}

const BufferGroup *view_group(const Emitter *e, const char *name)
{
    const BufferGroup *group = group_in(e->parts->group, name);
    assert(group);
    return group;
}

View view_of(const Emitter *e, const char *buffer)
{
    const Buffer *found = view_buffer(e, buffer);
    return (View){ found, 0, (int)found->size, found->name };
}

View view_piece(const Buffer *buffer, int64_t first, int count, const char *name)
{
    return (View){ buffer, first, count, name };
}

/* ---- accesses ---- */

/* A name like at(lu_vector, 3) stands for the buffer in it. */
static const char *use(Emitter *e, View view)
{
    check_use(e->check, strchr(view.name, '(') ? view.buffer->name : view.name, view.count);
    return view.name;
}

void emit_read_unchecked(Emitter *e, View view)
{
    trace_read(e->trace, view.buffer, view.first, view.count);
}

void emit_may_write_unchecked(Emitter *e, View view)
{
    trace_may_write(e->trace, view.buffer, view.first, view.count);
}

const char *emit_read(Emitter *e, View view)
{
    emit_read_unchecked(e, view);
    return use(e, view);
}

const char *emit_write(Emitter *e, View view)
{
    trace_write(e->trace, view.buffer, view.first, view.count);
    return use(e, view);
}

const char *emit_may_write(Emitter *e, View view)
{
    emit_may_write_unchecked(e, view);
    return use(e, view);
}

const char *emit_update(Emitter *e, View view)
{
    emit_read(e, view);
    return emit_write(e, view);
}

/* ---- where it lives ---- */

static const Placement *placement_of(const Emitter *e, const Buffer *buffer)
{
    const Placement *placement = layout_placement(e->layout, buffer);
    assert(placement);
    return placement;
}

static bool is_used(const Emitter *e, const Buffer *buffer)
{
    return !e->layout || !(placement_of(e, buffer)->unused || placement_of(e, buffer)->room);
}

/* A walk up the slab over what is there of one type. */
typedef struct Walk {
    Precision precision;
    int64_t at, stop, next; /* what covers `at` ends at `stop`; if nothing does, the next one begins at `next` */
} Walk;

static void look_around(Walk *walk, const GroupLayout *group)
{
    for (int i = 0; i < group->count; i++) {
        const Placement *p = &group->placements[i];
        if (p->child || p->unused || p->room || p->where != PLACED_PERSISTENT || p->precision != walk->precision)
            continue;
        int64_t stop = p->offset + p->size * buffer_width(p->precision);
        if (p->offset <= walk->at && stop > walk->stop) walk->stop = stop;
        if (p->offset > walk->at && p->offset < walk->next) walk->next = p->offset;
    }
    for (int i = 0; i < group->child_count; i++) look_around(walk, group->children[i]);
}

int64_t emit_persistent_length(const Emitter *e, Precision precision, int64_t below)
{
    int64_t bytes = 0;
    Walk walk = { precision, 0, 0, below };
    while (walk.at < below) {
        walk.stop = walk.at;
        walk.next = below;
        look_around(&walk, e->layout->root);
        if (walk.stop > below) walk.stop = below;
        bytes += walk.stop - walk.at;
        walk.at = walk.stop > walk.at ? walk.stop : walk.next;
    }
    return bytes / buffer_width(precision);
}

/* ---- declarations ---- */

static bool is_own(const Emitter *e, const Placement *placement)
{
    return placement->precision == e->model->precision;
}

static long long element_offset(const Placement *placement)
{
    return (long long)(placement->offset / buffer_width(placement->precision));
}

/* "Real *const k1 = persistent + 3": only the linear algebra has another precision. */
static const char *declaration(const Emitter *e, const Placement *placement, const char *name, bool in_memory)
{
    bool own = is_own(e, placement);
    const char *number = own ? "Real" : "Factor";
    const char *type = in_memory ? arena_printf(e->arena, "InMemory<%s>", number) : number;
    if (placement->where == PLACED_LOCAL)
        return arena_printf(e->arena, "%s %s[%lld];", type, name, (long long)placement->stop);
    if (placement->where == PLACED_PERSISTENT)
        return arena_printf(e->arena, "%s *const %s = %s + %lld;", number, name,
                            own ? "persistent" : "persistent_factors",
                            (long long)emit_persistent_length(e, placement->precision, placement->offset));
    return arena_printf(e->arena, "const Shared<%s> %s = shared.template at<%s>(%lld);", type, name, type,
                        element_offset(placement));
}

static void declare(Emitter *e, const Buffer *buffer, const char *name, bool in_memory)
{
    check_know(e->check, name);
    if (!e->layout || !buffer->size || !is_used(e, buffer)) return;
    emit_if_used(e, name, "%s", declaration(e, placement_of(e, buffer), name, in_memory));
}

void emit_declare(Emitter *e, const char *buffer)
{
    declare(e, view_buffer(e, buffer), buffer, false);
}

void emit_declare_as(Emitter *e, const Buffer *buffer, const char *name)
{
    declare(e, buffer, name, false);
}

void emit_declare_numbers(Emitter *e, const Buffer *buffer, const char *format, ...)
{
    check_know(e->check, buffer->name);
    if (!e->layout || !buffer->size || !is_used(e, buffer)) return;
    va_list args;
    va_start(args, format);
    emit_if_used(e, buffer->name, "%s", arena_vprintf(e->arena, format, args));
    va_end(args);
}

void emit_declare_in_memory(Emitter *e, const char *buffer)
{
    declare(e, view_buffer(e, buffer), buffer, true);
}

void emit_name(Emitter *e, View view)
{
    if (!strcmp(view.name, view.buffer->name)) return;
    check_know(e->check, view.name);
    if (!e->layout || !is_used(e, view.buffer)) return;
    emit_if_used(e, view.name, "const auto %s = at(%s, %lld);", view.name, view.buffer->name, (long long)view.first);
}

/* An array of one element is there for what has none: functions of the problem take it. */
void emit_member(Emitter *e, const Buffer *buffer)
{
    check_know(e->check, buffer->name);
    if (!e->layout || !is_used(e, buffer)) return;
    const Placement *placement = placement_of(e, buffer);
    if (placement->where == PLACED_SHARED)
        emit_unchecked(e, "const Shared<Real> %s;", buffer->name);
    else if (placement->where == PLACED_PERSISTENT)
        emit_unchecked(e, "%s", declaration(e, placement, buffer->name, false));
    else
        emit_if_used(e, buffer->name, "Real %s[%lld];", buffer->name,
                     (long long)(placement->size ? placement->size : 1));
}

const char *emit_constructed(const Emitter *e, const Buffer *buffer)
{
    if (!e->layout || !is_used(e, buffer) || placement_of(e, buffer)->where != PLACED_SHARED) return NULL;
    return arena_printf(e->arena, "%s(slab.at<Real>(%lld))", buffer->name, element_offset(placement_of(e, buffer)));
}

bool emit_is_same_place(const Emitter *e, View a, View b)
{
    if (!e->layout) return false;
    const Placement *pa = placement_of(e, a.buffer), *pb = placement_of(e, b.buffer);
    int64_t width = buffer_width(e->model->precision);
    return pa->where == pb->where && pa->where != PLACED_LOCAL &&
           pa->offset + a.first * width == pb->offset + b.first * width;
}
