/* SPDX-License-Identifier: MIT */
#include "layout/overlap.h"

/* A buffer as it lies in the slab in question, in bytes. */
typedef struct Leaf {
    const Buffer *buffer;
    Precision precision;
    int64_t first, last; /* [first, last) */
} Leaf;
typedef ARRAY(Leaf) LeafList;

/* The buffers in a placement that begins `base` bytes into the slab; a room holds no
 * values of its own. */
static void add_leaves(Arena *arena, LeafList *leaves, const Placement *placement, int64_t base)
{
    if (!placement->size || placement->room) return;
    if (!placement->child) {
        int64_t bytes = placement->size * buffer_width(placement->precision);
        *array_push(arena, leaves) = (Leaf){ placement->buffer, placement->precision, base, base + bytes };
        return;
    }
    const GroupLayout *child = placement->child;
    Location slab =
        placement->buffer->name == child->group->slab[LOCATION_SHARED].name ? LOCATION_SHARED : LOCATION_LOCAL;
    PlacementKind inside = slab == LOCATION_SHARED ? PLACED_SHARED : PLACED_PERSISTENT;
    int width = buffer_width(child->group->precision);
    for (int i = 0; i < child->count; i++)
        if (child->placements[i].kind == inside)
            add_leaves(arena, leaves, &child->placements[i], base + child->placements[i].start * width);
}

static const char *add_pair(Arena *arena, OverlapList *overlaps, const Leaf *upper, const Leaf *lower)
{
    int64_t first = upper->first > lower->first ? upper->first : lower->first;
    int64_t last = upper->last < lower->last ? upper->last : lower->last;
    if (first >= last) return NULL;
    if (upper->precision != lower->precision)
        return arena_printf(arena, "refused: %s has %s elements and %s has %s elements", upper->buffer->name,
                            precision_name(upper->precision), lower->buffer->name, precision_name(lower->precision));
    int width = buffer_width(upper->precision);
    *array_push(arena, overlaps) = (Overlap){ upper->buffer, lower->buffer, (first - upper->first) / width,
                                              (first - lower->first) / width, (last - first) / width };
    return NULL;
}

const char *overlap_collect(Arena *arena, OverlapList *overlaps, const GroupLayout *group, const bool *placed,
                            int index, PlacementKind kind, int64_t start)
{
    LeafList upper = { 0 }, lower = { 0 };
    int width = buffer_width(group->group->precision);
    add_leaves(arena, &upper, &group->placements[index], start * width);
    for (int i = 0; i < group->count; i++)
        if (placed[i] && group->placements[i].kind == kind)
            add_leaves(arena, &lower, &group->placements[i], group->placements[i].start * width);
    for (int i = 0; i < upper.count; i++)
        for (int j = 0; j < lower.count; j++) {
            const char *mixed = add_pair(arena, overlaps, &upper.items[i], &lower.items[j]);
            if (mixed) return mixed;
        }
    return NULL;
}
