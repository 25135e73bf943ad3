/* SPDX-License-Identifier: MIT */
/* Which elements of which buffers would share a place. Between groups the
 * question goes down into slabs: laying <child>_shared over a buffer lays all
 * that the child keeps there over it. */
#ifndef LAYOUT_OVERLAP_H
#define LAYOUT_OVERLAP_H

#include "layout/layout.h"
#include "layout/liveness.h"

/* Adds what entry `index` of the group, put at slot `start` of a slab, would
 * share with the entries placed there (placed[i]). Returns NULL, or why not:
 * buffers of different element types never share memory, since slabs
 * interleave the runs of a block and another width would meet another run. */
const char *overlap_collect(Arena *arena, OverlapList *overlaps, const GroupLayout *group, const bool *placed,
                            int index, PlacementKind kind, int64_t start);

#endif
