/* SPDX-License-Identifier: MIT */
/* Buffers and their groups: what a buffer spec says, before anything has a
 * place.
 *
 * A Buffer is *shared* (location shared), *persistent local* (location local,
 * persistent) or *local*. A BufferGroup holds the buffers of one part and the
 * groups of the parts below it. What a group needs of the shared and of the
 * persistent slab appears in its parent as two more buffers, <child>_shared
 * and <child>_persistent: they stand after the parent's own buffers, unless
 * the parent's spec names them, and may be laid over another buffer like any.
 * Their size is never stored: it is that of the child's slab, asked anew.
 *
 * Everything lives in the run's arena; names are interned; the address of a
 * Buffer or a group stays the same for good, so both are named by pointers. */
#ifndef LAYOUT_BUFFER_H
#define LAYOUT_BUFFER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/array.h"
#include "base/diag.h"
#include "base/number.h"

typedef enum Location { LOCATION_LOCAL, LOCATION_SHARED } Location;

typedef struct Buffer {
    const char *name; /* an identifier, once per group */
    int64_t size;     /* elements, 0 .. BUFFER_SIZE_MOST */
    int64_t reserved; /* as many in the layout, when that is more */
    Location location;
    bool persistent;     /* survives from step to step; means something for local ones only */
    bool fixed_location; /* no `NAME_location` setting: it follows its target */
    bool own_precision;  /* `precision` was given; else it is the group's */
    Precision precision; /* meaningful with own_precision */
    const char *aliases; /* a buffer of the same group this one may be laid over, or NULL */
    Source source;
} Buffer;
typedef ARRAY(Buffer *) BufferList;

#define BUFFER_SIZE_MOST ((int64_t)1 << 31)

typedef struct BufferGroup BufferGroup;
typedef ARRAY(BufferGroup *) BufferGroupList;

struct BufferGroup {
    const char *name;         /* of the root: any; of a child: an identifier, once per parent */
    Precision precision;      /* of its slabs' elements, and of its buffers unless they have their own */
    bool own_precision;       /* it was given; else an update of the parent's changes this one too */
    BufferList buffers;       /* in spec order */
    BufferGroupList children; /* in the order of the part tree */
    Buffer slab[2];           /* [LOCATION_LOCAL] is <name>_persistent, [LOCATION_SHARED] <name>_shared:
                                  what the parent lays out unless it names that buffer itself */
    Source source;
};

/* Building. The new buffer has size 0 and is local. */
BufferGroup *buffer_group_new(Arena *arena, const char *name, Precision precision, Source source);
Buffer *buffer_group_add(Arena *arena, BufferGroup *group, const char *name, int64_t size);
void buffer_group_add_child(Arena *arena, BufferGroup *group, BufferGroup *child);
/* A group like `group`, down to its children, under another name. */
BufferGroup *buffer_group_copy(Arena *arena, const BufferGroup *group, const char *name);
/* Changes the group's precision and that of the children that have no own. */
void buffer_group_set_precision(BufferGroup *group, Precision precision);

/* NULL when there is none of that name; of a child's slab, the buffer that
 * stands for it (the one of the spec, or the child's own). */
Buffer *buffer_group_find(const BufferGroup *group, const char *name);
BufferGroup *buffer_group_child(const BufferGroup *group, const char *name);

/* The child whose slab a buffer of that name stands for in `group`, or NULL;
 * *slab (if not NULL) is which of the two. */
const BufferGroup *buffer_slab_child(Location *slab, const BufferGroup *group, const char *name);

/* Elements in the layout. */
int64_t buffer_elements(const Buffer *buffer);
/* Of the elements: of a child's slab, the child's. */
Precision buffer_precision(const BufferGroup *group, const Buffer *buffer);
int buffer_width(Precision precision); /* bytes of an element: 4 or 8 */

const char *location_name(Location location); /* "shared", "local" */
bool location_parse(Location *location, const char *name);
const char *precision_name(Precision precision); /* "float64", "float32", "int32" */
bool precision_parse(Precision *precision, const char *name);

/* Everything a group lays out, in this order: its own buffers in spec order,
 * then the slabs of its children that its spec does not name. */
typedef struct BufferEntry {
    const Buffer *buffer;
    const BufferGroup *child; /* whose slab this is, or NULL */
    Location slab;            /* which one, with child */
    int target;               /* the entry this one may be laid over; -1 for none or unknown */
} BufferEntry;
typedef ARRAY(BufferEntry) BufferEntryList;

BufferEntryList buffer_group_entries(Arena *arena, const BufferGroup *group);

#endif
