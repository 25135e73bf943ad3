/* SPDX-License-Identifier: MIT */
/* Updates of a spec: one field of one buffer, by name. */
#ifndef LAYOUT_UPDATE_H
#define LAYOUT_UPDATE_H

#include "layout/buffer.h"

/* NAME is BUFFER_size, BUFFER_location, BUFFER_persistent, BUFFER_aliases (an
 * empty VALUE: none) or BUFFER_precision, `precision` alone for the group's,
 * and any of them after `CHILD.` for a group below. Reports (unknown buffer,
 * group or field with the nearest name, value that is not one) and returns
 * false when nothing was changed. The next layout_resolve sees the change. */
bool buffer_group_update(Arena *arena, BufferGroup *group, const char *name, const char *value, Source source);

#endif
