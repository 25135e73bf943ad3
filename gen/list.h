/* SPDX-License-Identifier: MIT */
/* --list: what there is to choose from. */
#ifndef LIST_H
#define LIST_H

#include "layout/buffer.h"

/* topic: algorithms, controllers, settings, buffers, metrics, functions; "" for all. */
void list_print(Arena *arena, const char *topic);

/* The buffers of a family, "loop" or "erk", for a problem of the smallest
 * sizes: what counts are names and locations. */
const BufferGroup *list_family_group(Arena *arena, const char *family);

/* Whether part `part` of parts_all (part/list.h) has buffers, and is the first with its group. */
bool list_is_first(int part);

#endif
