/* SPDX-License-Identifier: MIT */
#include "layout/layout.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

#include "base/intern.h"
#include "layout/liveness.h"
#include "layout/overlap.h"

/* One group while it is laid out. Arrays run parallel to the entries. */
typedef struct Work {
    Arena *arena;
    const Liveness *liveness; /* or NULL */
    GroupLayout *layout;
    BufferEntryList entries;
    int64_t *next;  /* next free slot of the piece, for those that lie over it */
    int64_t top[2]; /* highest stop of the persistent and the shared slab */
    bool *placed;
    int *chain; /* scratch of place_chain */
} Work;

static int slot_width(const Work *work)
{
    return buffer_width(work->layout->group->precision);
}

static int element_width(const Placement *placement)
{
    return buffer_width(placement->precision);
}

static int64_t slots_of(const Work *work, const Placement *placement, int64_t elements)
{
    int width = slot_width(work);
    return (elements * element_width(placement) + width - 1) / width;
}

static int64_t slots_needed(const Work *work, const Placement *placement)
{
    return slots_of(work, placement, placement->size);
}

/* Bytes to which the placement must be aligned within its slab. */
static int alignment_needed(const Work *work, int i)
{
    const BufferEntry *entry = &work->entries.items[i];
    const Placement *placement = &work->layout->placements[i];
    if (!placement->size) return 1;
    return placement->child ? placement->child->alignment[entry->slab] : element_width(placement);
}

static int64_t align_slot(const Work *work, int i, int64_t slot)
{
    int step = alignment_needed(work, i) / slot_width(work);
    return step > 1 ? (slot + step - 1) / step * step : slot;
}

/* What the spec asks for, before any alias. */
static PlacementKind own_kind(const BufferEntry *entry)
{
    if (entry->child) return entry->slab == LOCATION_SHARED ? PLACED_SHARED : PLACED_PERSISTENT;
    if (entry->buffer->location == LOCATION_SHARED) return PLACED_SHARED;
    return entry->buffer->persistent ? PLACED_PERSISTENT : PLACED_LOCAL;
}

static Location slab_of(PlacementKind kind)
{
    assert(kind != PLACED_LOCAL);
    return kind == PLACED_SHARED ? LOCATION_SHARED : LOCATION_LOCAL;
}

static void place_in_slab(Work *work, int i, PlacementKind kind, int64_t start)
{
    Placement *placement = &work->layout->placements[i];
    Location slab = slab_of(kind);
    placement->kind = kind;
    placement->start = work->next[i] = start;
    placement->stop = start + slots_needed(work, placement);
    if (placement->stop > work->top[slab]) work->top[slab] = placement->stop;
    int alignment = alignment_needed(work, i);
    if (alignment > work->layout->alignment[slab]) work->layout->alignment[slab] = alignment;
    work->placed[i] = true;
}

/* Nothing is emitted for an array of size 0; in the map it has one element. */
static void place_local(Work *work, int i)
{
    Placement *placement = &work->layout->placements[i];
    placement->kind = PLACED_LOCAL;
    placement->stop = placement->unused ? 0 : placement->size ? placement->size : 1;
    work->layout->local_elements += placement->stop;
    work->layout->local_bytes += placement->size * element_width(placement);
    work->placed[i] = true;
}

static void place_alone(Work *work, int i, PlacementKind kind)
{
    if (kind == PLACED_LOCAL)
        place_local(work, i);
    else
        place_in_slab(work, i, kind, align_slot(work, i, work->top[slab_of(kind)]));
}

static const char *placement_name(const Placement *placement)
{
    return placement->buffer->name;
}

static const char *no_room(const Work *work, int i, int target, int64_t start)
{
    const Placement *placement = &work->layout->placements[i], *over = &work->layout->placements[target];
    int64_t stop = over->start + slots_of(work, over, over->room ? buffer_elements(over->buffer) : over->size);
    int64_t room = stop > start ? stop - start : 0;
    if (!over->size) return arena_printf(work->arena, "%s has size 0", placement_name(over));
    return arena_printf(work->arena, "%s has room for %" PRId64 " of the %" PRId64 " elements it needs",
                        placement_name(over), room * slot_width(work) / element_width(placement), placement->size);
}

/* Why entry i cannot lie over its target by the rules; NULL when it can. */
static const char *refusal_by_rule(const Work *work, int i, int target, int64_t start)
{
    const Placement *placement = &work->layout->placements[i], *over = &work->layout->placements[target];
    if (over->unused)
        return arena_printf(work->arena,
                            own_kind(&work->entries.items[target]) == PLACED_LOCAL
                                ? "%s is local and has no memory, since nothing reads or writes it"
                                : "%s is never used and has no memory",
                            placement_name(over));
    if (over->child && !over->size)
        return arena_printf(work->arena, "nothing of %s is %s", over->child->group->name,
                            work->entries.items[target].slab == LOCATION_SHARED ? "shared" : "persistent");
    if (over->kind == PLACED_LOCAL)
        return arena_printf(work->arena, "%s is a local array, which nothing can be laid over", placement_name(over));
    if (over->kind == PLACED_PERSISTENT && own_kind(&work->entries.items[i]) != PLACED_PERSISTENT)
        return arena_printf(work->arena, "%s is persistent and %s is not", placement_name(over),
                            placement_name(placement));
    return start + slots_needed(work, placement) > over->stop ? no_room(work, i, target, start) : NULL;
}

/* Why the two would destroy each other's values; NULL when they never do. */
static const char *refusal_by_proof(const Work *work, int i, PlacementKind kind, int64_t start)
{
    if (!work->liveness || !work->layout->placements[i].size) return NULL;
    OverlapList overlaps = { 0 };
    const char *mixed = overlap_collect(work->arena, &overlaps, work->layout, work->placed, i, kind, start);
    return mixed ? mixed : liveness_refusal(work->arena, work->liveness, &overlaps);
}

/* Rule 4, for an entry whose target has its place. */
static void place_over(Work *work, int i)
{
    const BufferEntry *entry = &work->entries.items[i];
    Placement *placement = &work->layout->placements[i], *over = &work->layout->placements[entry->target];
    int64_t start = align_slot(work, i, work->next[entry->target]);
    if (placement->unused) {
        place_alone(work, i, own_kind(entry));
        return;
    }
    placement->reason = refusal_by_rule(work, i, entry->target, start);
    if (!placement->reason) placement->reason = refusal_by_proof(work, i, over->kind, start);
    if (placement->reason) {
        place_alone(work, i, own_kind(entry));
        return;
    }
    place_in_slab(work, i, over->kind, start);
    placement->target = over;
    work->next[entry->target] = placement->stop;
}

/* Places entry i after the chain of aliases below it. */
static void place_chain(Work *work, int i)
{
    int depth = 0;
    for (; !work->placed[i]; i = work->entries.items[i].target) work->chain[depth++] = i;
    while (depth) place_over(work, work->chain[--depth]);
}

static void clear(Work *work)
{
    GroupLayout *layout = work->layout;
    layout->alignment[0] = layout->alignment[1] = slot_width(work);
    layout->local_elements = layout->local_bytes = work->top[0] = work->top[1] = 0;
    for (int i = 0; i < layout->count; i++) {
        Placement *placement = &layout->placements[i];
        placement->start = placement->stop = work->next[i] = 0;
        placement->target = NULL;
        placement->reason = NULL;
        work->placed[i] = false;
    }
}

static void place_all(Work *work)
{
    static const PlacementKind order[] = { PLACED_SHARED, PLACED_PERSISTENT, PLACED_LOCAL };
    clear(work);
    for (int phase = 0; phase < 3; phase++)
        for (int i = 0; i < work->entries.count; i++) {
            const BufferEntry *entry = &work->entries.items[i];
            if (entry->target < 0 && own_kind(entry) == order[phase]) place_alone(work, i, order[phase]);
        }
    for (int i = 0; i < work->entries.count; i++) place_chain(work, i);
}

static const GroupLayout *layout_of_child(const GroupLayout *layout, const BufferGroup *child)
{
    for (int i = 0; i < layout->child_count; i++)
        if (layout->children[i]->group == child) return layout->children[i];
    return NULL;
}

static void measure(const Work *work, int i)
{
    const BufferEntry *entry = &work->entries.items[i];
    Placement *placement = &work->layout->placements[i];
    const GroupLayout *child = entry->child ? layout_of_child(work->layout, entry->child) : NULL;
    placement->buffer = entry->buffer;
    placement->group = work->layout;
    placement->child = child;
    placement->precision = buffer_precision(work->layout->group, entry->buffer);
    placement->size = buffer_elements(entry->buffer);
    if (child)
        placement->size = entry->slab == LOCATION_SHARED ? child->shared_elements : child->persistent_elements;
    else if (work->liveness && placement->size && !liveness_accessed(work->liveness, entry->buffer))
        placement->unused = true, placement->size = 0;
    placement->survives = !child && work->liveness && liveness_survives(work->liveness, entry->buffer);
}

/* A buffer of a slab that the trace never touches, over which others want to lie,
 * is room for them. */
static void open_rooms(Work *work)
{
    for (int i = 0; i < work->entries.count; i++) {
        int target = work->entries.items[i].target;
        if (target < 0 || !work->layout->placements[i].size) continue;
        const BufferEntry *entry = &work->entries.items[target];
        Placement *over = &work->layout->placements[target];
        if (!over->unused || entry->target >= 0 || own_kind(entry) == PLACED_LOCAL) continue;
        over->unused = false;
        over->room = true;
        over->size = buffer_elements(entry->buffer);
    }
}

/* A room is as large as what came to lie in it; false when it already was. */
static bool trim_room(const Work *work, int i)
{
    Placement *room = &work->layout->placements[i];
    int width = element_width(room);
    int64_t used = ((work->next[i] - room->start) * slot_width(work) + width - 1) / width;
    if (!room->room || used >= room->size) return false;
    room->size = used;
    room->room = used > 0;
    room->unused = !used;
    return true;
}

static bool trim_rooms(const Work *work)
{
    bool any = false;
    for (int i = 0; i < work->entries.count; i++) any |= trim_room(work, i);
    return any;
}

static void resolve_entries(Arena *arena, GroupLayout *layout, const Liveness *liveness)
{
    Work work = { .arena = arena, .liveness = liveness, .layout = layout };
    work.entries = buffer_group_entries(arena, layout->group);
    layout->count = work.entries.count;
    layout->placements = ARENA_ARRAY(arena, Placement, layout->count);
    work.next = ARENA_ARRAY(arena, int64_t, layout->count);
    work.placed = ARENA_ARRAY(arena, bool, layout->count);
    work.chain = ARENA_ARRAY(arena, int, layout->count);
    for (int i = 0; i < layout->count; i++) measure(&work, i);
    open_rooms(&work);
    do place_all(&work);
    while (trim_rooms(&work));
    layout->shared_elements = work.top[LOCATION_SHARED];
    layout->persistent_elements = work.top[LOCATION_LOCAL];
}

static const char *child_path(Arena *arena, const GroupLayout *parent, const char *name)
{
    return parent->parent ? arena_printf(arena, "%s.%s", parent->path, name) : name;
}

/* Children first: their slabs are among the parent's entries. */
static GroupLayout *resolve_group(Arena *arena, const BufferGroup *group, const GroupLayout *parent,
                                  const Liveness *liveness)
{
    GroupLayout *layout = ARENA_NEW(arena, GroupLayout);
    layout->group = group;
    layout->parent = parent;
    layout->path = parent ? child_path(arena, parent, group->name) : group->name;
    layout->children = ARENA_ARRAY(arena, GroupLayout *, group->children.count);
    for (; layout->child_count < group->children.count; layout->child_count++)
        layout->children[layout->child_count] =
            resolve_group(arena, group->children.items[layout->child_count], layout, liveness);
    resolve_entries(arena, layout, liveness);
    return layout;
}

typedef ARRAY(GroupLayout *) GroupLayoutList;

static void locate_placement(const GroupLayout *layout, Placement *placement)
{
    bool shared = placement->kind == PLACED_SHARED;
    placement->where = placement->kind;
    if (placement->kind == PLACED_LOCAL) return;
    placement->where = shared ? layout->shared_where : layout->persistent_where;
    placement->offset = (shared ? layout->shared_offset : layout->persistent_offset) +
                        placement->start * buffer_width(layout->group->precision);
}

static void locate_child(GroupLayout *child)
{
    const Placement *shared = layout_slab(child, LOCATION_SHARED), *persistent = layout_slab(child, LOCATION_LOCAL);
    child->shared_where = shared->where;
    child->shared_offset = shared->offset;
    child->persistent_where = persistent->where;
    child->persistent_offset = persistent->offset;
}

/* From the root down: where the pieces of all groups lie in the root's slabs. */
static void locate(Arena *arena, GroupLayoutList *groups, GroupLayout *layout)
{
    *array_push(arena, groups) = layout;
    for (int i = 0; i < layout->count; i++) locate_placement(layout, &layout->placements[i]);
    for (int i = 0; i < layout->child_count; i++) {
        locate_child(layout->children[i]);
        locate(arena, groups, layout->children[i]);
    }
}

const Layout *layout_resolve(Arena *arena, const BufferGroup *root, const Trace *trace)
{
    if (!buffer_group_check(root)) return NULL;
    Layout *layout = ARENA_NEW(arena, Layout);
    Liveness *liveness = trace ? liveness_new(arena, root, trace) : NULL;
    GroupLayout *top = resolve_group(arena, root, NULL, liveness);
    GroupLayoutList groups = { 0 };
    top->shared_where = PLACED_SHARED;
    top->persistent_where = PLACED_PERSISTENT;
    locate(arena, &groups, top);
    layout->root = top;
    layout->groups = groups.items;
    layout->count = groups.count;
    layout->shared_bytes = top->shared_elements * buffer_width(root->precision);
    layout->persistent_bytes = top->persistent_elements * buffer_width(root->precision);
    for (int i = 0; i < groups.count; i++) layout->local_bytes += groups.items[i]->local_bytes;
    layout->proved = trace != NULL;
    return layout;
}

const Placement *layout_slab(const GroupLayout *child, Location slab)
{
    const GroupLayout *parent = child->parent;
    for (int i = 0; parent && i < parent->count; i++) {
        const Placement *placement = &parent->placements[i];
        if (placement->child != child) continue;
        if (placement->buffer->name == child->group->slab[slab].name) return placement;
    }
    return NULL;
}

const Placement *layout_placement(const Layout *layout, const Buffer *buffer)
{
    for (int i = 0; i < layout->count; i++)
        for (int j = 0; j < layout->groups[i]->count; j++)
            if (layout->groups[i]->placements[j].buffer == buffer) return &layout->groups[i]->placements[j];
    return NULL;
}

static const GroupLayout *find_group(const Layout *layout, const char *path, size_t length)
{
    for (int i = 1; i < layout->count; i++)
        if (strlen(layout->groups[i]->path) == length && !memcmp(layout->groups[i]->path, path, length))
            return layout->groups[i];
    return NULL;
}

const Placement *layout_find(const Layout *layout, const char *path)
{
    const char *dot = strrchr(path, '.');
    const GroupLayout *group = dot ? find_group(layout, path, (size_t)(dot - path)) : layout->root;
    const char *name = dot ? dot + 1 : path;
    for (int i = 0; group && i < group->count; i++)
        if (!strcmp(group->placements[i].buffer->name, name)) return &group->placements[i];
    return NULL;
}
