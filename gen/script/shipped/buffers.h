/* SPDX-License-Identifier: MIT */
/* Buffer specs: files that end in `return buffers { ... }`. */
#ifndef SCRIPT_BUFFERS_H
#define SCRIPT_BUFFERS_H

#include "layout/buffer.h"
#include "layout/scope.h"
#include "system/settings.h"

/* What a spec of the package (lua/buffers/NAME.lua) sees as globals, with `precision` beside
 * them, and where its buffers' locations come from: the setting BUFFER_location where the
 * table has one and settings are given, else the spec's own. The spec sees them as
 * location.BUFFER, "shared" or "local". */
typedef struct BufferScope {
    Scope values;
    Precision precision;       /* of the group, unless the spec gives one */
    const SettingTable *table; /* may be NULL */
    const Settings *settings;  /* may be NULL */
} BufferScope;

/* The group is named after the family. NULL when the spec is wrong (reported). */
BufferGroup *buffers_read_family(Arena *arena, const char *family, const BufferScope *scope);

/* A bare spec of the disk; the group is named by its `name` field, else after
 * the file. NULL when it is wrong (reported; what buffer_group_check finds is
 * left to layout_resolve, so that updates may mend it). */
BufferGroup *buffers_read_file(Arena *arena, const char *path);

/* Whether a file is a bare spec rather than a problem: outside comments and
 * texts it has the word `buffers` and not the word `problem`. False when it
 * cannot be read. */
bool buffers_is_spec(const char *path);

#endif
