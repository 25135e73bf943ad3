/* SPDX-License-Identifier: MIT */
/* Everything that Lua files say, as plain data. Files of this folder are the
 * only ones that see Lua; nothing of it leaves through this header. Mistakes
 * are reported through diag with file and line, as many as can be seen in one
 * reading. Results live in the arena; names are interned. */
#ifndef SCRIPT_SCRIPT_H
#define SCRIPT_SCRIPT_H

#include "base/text.h"
#include "script/lua/sandbox.h"
#include "system/settings.h"
#include "system/spec.h"

/* Reads a problem file ("-": standard input). Always returns a Spec; its `complete` is false when
 * the file could not be read to its end (then what follows from the missing
 * part is no mistake: system_build returns NULL without a word). `limits`
 * NULL: the shipped ones. Its `tableaux` are the shipped ones followed by
 * those of the file. */
Spec *script_read_problem(Arena *arena, const char *path, const Limits *limits);

/* The methods the package ships, in the order of the list in lua/local.mk. */
TableauList script_read_tableaux(Arena *arena);

/* The limits that settings ask for: script_instructions, script_memory,
 * script_seconds. They are needed before the file is read, so only the command
 * line gives them. */
Limits script_limits(const Settings *settings);
/* Those of the settings table. */
Limits script_default_limits(Arena *arena);

/* --dump=spec: every field in a stable form. */
void script_dump_spec(Text *text, const Spec *spec);

#endif
