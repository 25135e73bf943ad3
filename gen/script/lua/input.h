/* SPDX-License-Identifier: MIT */
/* The bytes of files of the user. "-" is standard input, which is read once and
 * then the same whenever it is asked for; modules are then those beside the
 * working directory. */
#ifndef SCRIPT_LUA_INPUT_H
#define SCRIPT_LUA_INPUT_H

#include "base/text.h"

/* As messages and comments call it: "<stdin>" for "-". */
const char *input_shown(const char *path);

/* Terminated; NULL and *why when it cannot be read. */
const char *input_read(Arena *arena, const char *path, size_t *length, const char **why);

#endif
