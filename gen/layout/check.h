/* SPDX-License-Identifier: MIT */
/* What can be wrong with a buffer spec. */
#ifndef LAYOUT_CHECK_H
#define LAYOUT_CHECK_H

#include "layout/buffer.h"

/* Reports everything that is wrong in the group and below it: empty name, name
 * that is no identifier, duplicate name, self alias, unknown target, aliases
 * in a circle, negative or too large size, a size for a child's slab. True
 * when nothing was. */
bool buffer_group_check(const BufferGroup *group);

#endif
