/* SPDX-License-Identifier: MIT */
/* Resolution: where every buffer of a tree of groups lives.
 *
 * Always in this order, whoever asks first:
 *   1. unaliased shared buffers, in spec order;
 *   2. unaliased persistent local ones;
 *   3. unaliased local ones;
 *   4. aliased ones, in spec order (a target that is itself an alias before
 *      what lies over it):
 *      - the target lies in the shared slab and has room left: the next free
 *        piece of it, whatever the buffer's own location;
 *      - else the target lies in the persistent slab, has room, and the buffer
 *        is persistent local: likewise there;
 *      - else its own kind: appended to the shared slab, appended to the
 *        persistent slab, or an array of its own.
 *
 * Slots. A group's slab is counted in slots: elements of the group's
 * precision. A buffer of another width takes as many slots as its bytes need
 * and starts where its elements are aligned (in slots from the start of the
 * group's slab, which is itself aligned for the widest element in it).
 *
 * With a trace, the written alias is a wish: it is granted only when the trace
 * proves that the two never hold live values in the same place (liveness.h);
 * and buffers the trace never touches get no memory, unless they are in a slab
 * and others lie over them: those are room, as large as what lies in it. Without
 * a trace (a bare spec) every alias that fits is granted. */
#ifndef LAYOUT_LAYOUT_H
#define LAYOUT_LAYOUT_H

#include "layout/buffer.h"
#include "layout/check.h"
#include "layout/trace.h"
#include "layout/update.h"

typedef enum PlacementKind { PLACED_SHARED, PLACED_PERSISTENT, PLACED_LOCAL } PlacementKind;

typedef struct Placement Placement;
typedef struct GroupLayout GroupLayout;

struct Placement {
    const Buffer *buffer;
    const GroupLayout *group;
    PlacementKind kind;
    Precision precision;      /* of its elements */
    int64_t size;             /* elements: 0 when unused; the child's slab's when it stands for one */
    int64_t start, stop;      /* slots of the group's slab; local: 0 and the length of the array in
                                  elements of its own precision (1 for size 0, 0 when unused) */
    PlacementKind where;      /* for emission: the run's (root's) slab it is a piece of. Another than `kind`
                                 when a child's persistent slab lies over a shared buffer of its parent */
    int64_t offset;           /* bytes from the start of that slab; 0 when local */
    const Placement *target;  /* what it lies over, or NULL */
    const char *reason;       /* why it does not lie over what it aliases, or NULL: a sentence */
    const GroupLayout *child; /* the group whose slab this is, or NULL */
    bool unused;              /* the trace never touches it: no memory, nothing to emit */
    bool survives;            /* by the trace, an attempt reads what the one before has left in it */
    bool room;                /* nor this, but it is memory for what lies over it, and as large as that */
};

struct GroupLayout {
    const BufferGroup *group;
    const GroupLayout *parent; /* NULL: root */
    const char *path;          /* the root's name; "newton", "newton.linear" below it */
    int count;
    Placement *placements; /* in spec order, children's slabs after the group's own */
    int child_count;
    GroupLayout **children;                       /* in the order of the group's */
    int64_t shared_elements, persistent_elements; /* slots: the highest stops */
    int64_t local_elements;                       /* the sum of the lengths of the local arrays */
    int64_t local_bytes;
    /* Where its own two slabs lie in the run's: the slab (`where`) and the byte. */
    PlacementKind shared_where, persistent_where;
    int64_t shared_offset, persistent_offset;
    int alignment[2]; /* bytes, of the persistent [0] and the shared [1] slab */
};

typedef struct Layout {
    const GroupLayout *root;
    int count;
    GroupLayout **groups; /* root first, then depth first */
    /* Of one run: the two slabs, and all local arrays together. */
    int64_t shared_bytes, persistent_bytes, local_bytes;
    bool proved; /* a trace was given */
} Layout;

/* Checks (buffer_group_check) and resolves; NULL when something was wrong.
 * The groups must not change as long as the layout is used: an update makes a
 * new layout. `trace` may be NULL. */
const Layout *layout_resolve(Arena *arena, const BufferGroup *root, const Trace *trace);

/* The placement of a buffer of any group of the tree; NULL when it is not in it. */
const Placement *layout_placement(const Layout *layout, const Buffer *buffer);

/* By path: "stage_rhs" of the root, "newton.delta". NULL when there is none. */
const Placement *layout_find(const Layout *layout, const char *path);

/* The placement of a child's slab in its parent; NULL for the root. */
const Placement *layout_slab(const GroupLayout *child, Location slab);

/* A piece of a slab in bytes per run, for emission: on the GPU, element e of
 * lane r lies at
 *
 *     (T *)(slab + offset * lanes) + e * lanes + r      T: the placement's precision
 *
 * where slab is that of the block, so lanes of one warp never share a bank. */

#endif
