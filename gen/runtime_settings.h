/* SPDX-License-Identifier: MIT */
/* --runtime-settings, of which the build makes the runtime library's table: the
 * settings of run time as the C header runtime/input/settings_table.h. */
#ifndef RUNTIME_SETTINGS_H
#define RUNTIME_SETTINGS_H

#include "base/arena.h"

void runtime_settings_print(Arena *arena);

#endif
