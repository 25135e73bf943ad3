/* SPDX-License-Identifier: MIT */
/* --man: the manual page of cubie-gen in roff (man macros), on standard output.
 * Options, settings, algorithms and buffers come from the tables that the
 * generator itself reads. */
#ifndef MAN_H
#define MAN_H

#include "base/arena.h"

void man_print(Arena *arena);

#endif
