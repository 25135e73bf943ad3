/* SPDX-License-Identifier: MIT */
/* A record of the settings table, lua/settings.lua, and what it says about values.
 * The generator reads the table itself; the runtime library has those of run time,
 * as the build prints them (gen/runtime_settings.c). */
#ifndef RULE_SETTING_H
#define RULE_SETTING_H

#include "rule/real.h"

typedef enum SettingKind {
    SETTING_NUMBER, /* real */
    SETTING_INTEGER,
    SETTING_CHOICE,     /* one of choices */
    SETTING_LIST,       /* any of choices, several */
    SETTING_NAME,       /* a name that a later stage knows: algorithm */
    SETTING_TOLERANCES, /* a number for all states, one for each, or NAME=NUMBER */
    SETTING_INSTANTS    /* times, in the notation of values (values.h) */
} SettingKind;

typedef enum SettingTime { SETTING_GENERATION, SETTING_RUN } SettingTime;

typedef struct Setting {
    const char *name;
    SettingKind kind;
    SettingTime time;
    double least, most;   /* of numbers; infinite: no end */
    bool above, below;    /* an end itself is not allowed, so that an infinite one is not either */
    const char *initial;  /* the default, as text; "" when there is none */
    const char *shipped;  /* that of the table, where the method has another; else NULL */
    const char *zero;     /* what 0 stands for: "automatic"; "" when it is a value */
    const char *unit;     /* "", "time", "elements", ... */
    const char *help;     /* one line */
    const char *uses;     /* what a method must have for it to mean anything; "" for all */
    const char *at_most;  /* a setting that it may not be above; "" */
    const char *at_least; /* one that it may not be below unless it is 0 */
    bool command_line;    /* only given there */
    const char *excludes; /* one that is not given together with it, unless it is 0 */
    int choice_count;
    const char **choices;
    int refused_count; /* values that are known but not available yet, */
    const char **refused;
    const char **refusals; /* and the texts that say so */
    const char *issue;     /* not NULL: known, but refused with this text ("drivers are not available yet ...") */
} Setting;

/* One number for the setting. False with what is wrong, to follow the name and the
 * value: "is out of range; it must be above 0". */
bool setting_read(double *value, RuleText *why, const Setting *setting, Piece piece);

/* The value of a setting that contradicts another's: "is above", "is below"; NULL
 * when it does not. */
const char *setting_contradicts(const Setting *setting, double value, const Setting *other, double other_value);

#endif
