/* SPDX-License-Identifier: MIT */
/* Settings: one flat namespace, one table of records (lua/settings.lua). The
 * table gives validation, --list=settings, suggestions, the generated
 * program's defaults and its help. Locations of buffers are settings like any
 * other and are added once the parts are known. */
#ifndef SYSTEM_SETTINGS_H
#define SYSTEM_SETTINGS_H

#include "system/spec.h"

typedef enum SettingKind {
    SETTING_NUMBER, /* real, in [least, most]; `above` makes the lower end open */
    SETTING_INTEGER,
    SETTING_CHOICE, /* one of choices */
    SETTING_LIST,   /* any of choices, several */
    SETTING_NAME,   /* a name that a later stage knows: algorithm */
    SETTING_NUMBERS /* a number, or one per state (rtol, atol), or times (save_at) */
} SettingKind;

typedef enum SettingTime { SETTING_GENERATION, SETTING_RUN } SettingTime;

typedef struct Setting {
    const char *name; /* interned */
    SettingKind kind;
    SettingTime time;
    double least, most;
    bool above; /* least itself is not allowed */
    int choice_count;
    const char **choices;  /* interned */
    const char *initial;   /* the default, as text; "" when there is none */
    const char *unit;      /* "", "time", "elements", ... */
    const char *help;      /* one line */
    int refused_count;     /* values that are known but not available yet, */
    const char **refused;  /* interned, */
    const char **refusals; /* and the texts that say so */
    const char *uses;      /* what a method must have for it to mean anything (model_uses); "" for all */
    const char *issue;     /* not NULL: known, but refused with this text ("drivers are not available yet ...") */
} Setting;
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
double settings_default_number(const Settings *settings, const char *name); /* of the table */
bool settings_given(const Settings *settings, const char *name);
Source settings_source(const Settings *settings, const char *name); /* where it was given */

/* --list=settings. */
void settings_print(Text *text, const SettingTable *table);

#endif
