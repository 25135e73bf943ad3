/* SPDX-License-Identifier: MIT */
/* The word `buffers`: a Lua table as a BufferGroup. */
#ifndef SCRIPT_SPEC_READER_H
#define SCRIPT_SPEC_READER_H

#include "layout/buffer.h"
#include "script/lua/sandbox.h"

/* The context of a sandbox that has the word. */
typedef struct SpecReader {
    Arena *arena;
    Precision precision; /* of groups that give none */
    int mistakes;        /* reported so far: diag does not count repeated ones */
    int64_t bytes;       /* of buffers made, which count against the memory limit */
} SpecReader;

/* buffers { { "NAME", size = N, ... }, ..., precision = , name = , children = }
 * gives the group as light userdata, which no chunk can make by itself.
 * Mistakes are reported and read over. */
int spec_word_buffers(lua_State *L);

#endif
