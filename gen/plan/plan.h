/* SPDX-License-Identifier: MIT */
/* The Plan: everything resolved, nothing printed. What is in it is immutable;
 * the emitters read it and decide nothing. */
#ifndef PLAN_PLAN_H
#define PLAN_PLAN_H

#include "layout/layout.h"
#include "model/model.h"
#include "code/emit.h"
#include "code/record.h"
#include "part/list.h"
#include "plan/origin.h"

typedef struct Plan {
    const Model *model;
    const SettingTable *table; /* with the locations of this tree's buffers */
    const BufferGroup *group;  /* the loop's, with the algorithm's below it */
    const PartList *parts;
    const Trace *trace;  /* of the whole emission */
    RecordList *records; /* of a traced build, else NULL */
    const Layout *layout;
} Plan;

/* The tree of parts with the buffers of their specs, at the locations that the
 * settings say, after the updates; reports unknown buffers, and sizes below what
 * the code needs. Without settings: *table gets the location settings. NULL when a
 * spec is wrong. */
const BufferGroup *plan_groups(Arena *arena, SettingTable *table, const Model *model, const Settings *settings,
                               const AssignmentList *updates);

/* Takes from the list what sets a field of a buffer other than its location
 * (BUFFER_size, BUFFER_persistent, BUFFER_aliases: `buffers {}` of a problem
 * file, or the command line). Those are no settings. */
AssignmentList plan_take_updates(Arena *arena, AssignmentList *given);

/* Emits once to record the trace, proves the aliases, resolves the layout.
 * NULL when errors were reported. */
const Plan *plan_build(Arena *arena, const Model *model, const SettingTable *table, const BufferGroup *group);

/* The files of the project as text. */
typedef struct ProjectFile {
    const char *name;
    const char *text;
} ProjectFile;
typedef ARRAY(ProjectFile) ProjectFiles;

ProjectFiles plan_print(Arena *arena, const Plan *plan, const Origin *origin);

/* layout.txt: the memory map, and what the linear algebra costs. */
void plan_print_layout(Text *text, const Plan *plan);

/* source.c, header.c, makefile.c */
const char *plan_source(Arena *arena, const Plan *plan);
const char *plan_header(Arena *arena, const Plan *plan);
/* Whether a setting is a field of the header's options. */
bool header_is_number(const Model *model, const Setting *setting);
const char *plan_makefile(Arena *arena, const Plan *plan, const Origin *origin);

/* descriptor.c: the constant CubieProblem at the end of the source. */
void plan_emit_descriptor(Emitter *e, const Plan *plan);
/* The generation-time settings that are not the defaults: "NAME=VALUE ...". */
const char *plan_choices(Arena *arena, const Plan *plan);

#endif
