/* SPDX-License-Identifier: MIT */
/* The Lua files that are part of the program: those that lua/local.mk lists,
 * as text. The build turns the list into script/lua/embedded.c; names are paths
 * below lua/ ("tableau/tsit5.lua"), in the order of the list. */
#ifndef SCRIPT_EMBEDDED_H
#define SCRIPT_EMBEDDED_H

#include <stddef.h>

struct EmbeddedFile {
    const char *name;
    const char *bytes;
    size_t length;
};

extern const struct EmbeddedFile embedded_files[];
extern const int embedded_file_count;

#endif
