/* --list: what there is to choose from. */
#ifndef LIST_H
#define LIST_H

#include "base/arena.h"

/* topic: algorithms, controllers, settings, buffers, metrics, functions; "" for all. */
void list_print(Arena *arena, const char *topic);

#endif
