/* SPDX-License-Identifier: MIT */
/* Checks of settings, for settings.c alone. */
#ifndef SYSTEM_SETTINGS_CHECK_H
#define SYSTEM_SETTINGS_CHECK_H

#include "system/settings.h"

typedef struct SettingValue {
    const char *text;
    int count; /* items; 0 for an empty text */
    const char **items;
    bool given;
    Source source;
} SettingValue;

/* The assignment's value; a text with commas is split where the setting takes
 * several. */
SettingValue settings_split(Arena *arena, const Setting *setting, const Assignment *assignment);

/* Reports what is wrong with the value; true when nothing is. */
bool settings_check_value(Arena *arena, const Setting *setting, const SettingValue *value);

/* "1e-6", "8/3", "inf", "-inf". False when it is no number. */
bool settings_parse_number(double *number, const char *text);

#endif
