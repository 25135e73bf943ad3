/* SPDX-License-Identifier: MIT */
/* Settings: one flat namespace, one table of records (lua/settings.lua). The
 * table gives validation, --list=settings, suggestions, the generated
 * program's defaults and its help. Locations of buffers are settings like any
 * other and are added once the parts are known. */
#ifndef SYSTEM_SETTINGS_H
#define SYSTEM_SETTINGS_H

#include "rule/setting.h"
#include "system/spec.h"

typedef ARRAY(Setting) SettingTable;

typedef struct Settings Settings; /* resolved values */

/* The shipped table, in the order of lua/settings.lua. */
SettingTable *settings_table(Arena *arena);

/* Adds `NAME_location` settings (choices shared, local) for one buffer. */
void settings_add_location(Arena *arena, SettingTable *table, const char *buffer, const char *initial,
                           const char *part);

/* Takes from `given` the names of inputs and constants of the problem, which are
 * no settings, and reports each with the way to give it a value. */
void settings_refuse_inputs(Arena *arena, AssignmentList *given, const SettingTable *table, const Spec *spec);

/* Gives a number of run time another default, that of the method in use. Reports at
 * `source` when there is no such setting, or when the value is none for it. */
void settings_set_default(Arena *arena, SettingTable *table, const char *name, const char *value, Source source);

/* Checks every assignment against the table (unknown names with a suggestion,
 * values out of range, not a number, unknown choice with a suggestion) and
 * keeps the last of each name. Names ending in _location are left to a second
 * call with the completed table when `locations` is false. Always returns a
 * complete object: defaults stand in for what was wrong. */
const Settings *settings_resolve(Arena *arena, const SettingTable *table, const AssignmentList *given, bool locations);

/* Values; the name must be in the table (asserted). */
const char *settings_text(const Settings *settings, const char *name); /* "tsit5", interned */
double settings_number(const Settings *settings, const char *name);
int settings_count(const Settings *settings, const char *name); /* items; 0 without a value and a default */
const char *settings_item(const Settings *settings, const char *name, int index);
bool settings_given(const Settings *settings, const char *name);
Source settings_source(const Settings *settings, const char *name); /* where it was given */

/* Reports values that contradict each other, of settings that not every method has:
 * `means` says which this one has. (settings_resolve reports all others.) */
void settings_check_together(const Settings *settings, bool (*means)(const void *context, const char *uses),
                             const void *context);

/* --list=settings. */
void settings_print(Text *text, const SettingTable *table);

#endif
