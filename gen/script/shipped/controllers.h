/* SPDX-License-Identifier: MIT */
/* The step size controllers as data: lua/controller/NAME.lua, each
 *
 *     controller "NAME" {
 *       title = "...", reference = "...", adaptive = true,
 *       ki = "0.85", kp = "0.2", kd = "0",   -- times 1/q, see method/controller.h
 *       ratio = "0", at_most_i = false,
 *     }
 *
 * Exponents are exact texts (base/number.h) or Lua numbers; kp, kd and ratio
 * are 0 and at_most_i is false when they are not given. A controller that is
 * not adaptive has none of them.
 *
 * A controller is refused unless step sizes settle on the model err = C h^q
 * (which a wrong sign prevents), and every rejected step shrinks whatever the
 * errors before it were. */
#ifndef SCRIPT_CONTROLLERS_H
#define SCRIPT_CONTROLLERS_H

#include "method/controller.h"

/* Those the package ships, in the order of the list in lua/local.mk. Mistakes
 * are reported with file and line; what is wrong is left out. */
ControllerList controllers_read(Arena *arena);

/* Adds the controllers of a file of the disk. False after a mistake. */
bool controllers_add_file(ControllerList *list, Arena *arena, const char *path);

#endif
