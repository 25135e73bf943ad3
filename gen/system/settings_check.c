/* SPDX-License-Identifier: MIT */
#include "system/settings_check.h"

#include <math.h>
#include <string.h>

#include "base/intern.h"
#include "rule/values.h"

static bool takes_several(const Setting *setting)
{
    return setting->kind == SETTING_LIST || setting->kind == SETTING_TOLERANCES;
}

/* One item of "a, b": without the blanks around it. */
static const char *trimmed(Arena *arena, const char *start, size_t length)
{
    while (length && strchr(" \t", *start)) start++, length--;
    while (length && strchr(" \t", start[length - 1])) length--;
    return arena_string(arena, start, length);
}

static void split_text(SettingValue *value, Arena *arena, const char *text)
{
    int most = 1;
    for (const char *c = text; *c; c++) most += *c == ',';
    value->items = ARENA_ARRAY(arena, const char *, most);
    value->count = 0;
    for (const char *start = text;; start++) {
        size_t length = strcspn(start, ",");
        value->items[value->count++] = trimmed(arena, start, length);
        start += length;
        if (!*start) break;
    }
    if (value->count == 1 && !*value->items[0]) value->count = 0;
}

SettingValue settings_split(Arena *arena, const Setting *setting, const Assignment *assignment)
{
    SettingValue value = { assignment->text, assignment->count, assignment->items, true, assignment->source };
    if (setting->kind == SETTING_INSTANTS) {
        const char **whole = ARENA_NEW(arena, const char *);
        *whole = assignment->text;
        value.items = whole;
        value.count = 1;
    }
    if (takes_several(setting) && assignment->count == 1)
        split_text(&value, arena, assignment->text);
    else if (value.count == 1 && !*assignment->text)
        value.count = 0;
    return value;
}

bool settings_parse_number(double *number, const char *text)
{
    RuleText why;
    return real_read(number, &why, piece_of(text));
}

static bool check_number(const Setting *setting, const SettingValue *value, const char *text)
{
    double number;
    RuleText why;
    if (setting_read(&number, &why, setting, piece_of(text))) return true;
    diag_error(value->source, "%s = %s %s", setting->name, real_shown(piece_of(text)).text, why.text);
    return false;
}

static bool check_instants(const Setting *setting, const SettingValue *value, const char *text)
{
    Values values;
    RuleText why;
    if (values_read(&values, &why, text, 64) && values_are_instants(&values, &why)) return true;
    diag_error(value->source, "%s = %s: %s", setting->name, real_shown(piece_of(text)).text, why.text);
    return false;
}

/* "1e-6", or "x=1e-6" of one state. */
static bool check_item(const Setting *setting, const SettingValue *value, const char *item)
{
    const char *equals = strchr(item, '=');
    return check_number(setting, value, equals ? equals + 1 : item);
}

static const char *choices_text(Arena *arena, const Setting *setting)
{
    Text text = text_new(arena);
    for (int i = 0; i < setting->choice_count; i++)
        text_printf(&text, "%s%s", i == 0 ? "" : i + 1 < setting->choice_count ? ", " : " or ", setting->choices[i]);
    return text.data;
}

static bool check_choice(Arena *arena, const Setting *setting, const SettingValue *value, const char *text)
{
    for (int i = 0; i < setting->choice_count; i++)
        if (!strcmp(setting->choices[i], text)) return true;
    const char *nearest = nearest_name(text, setting->choices, setting->choice_count);
    diag_error(value->source, "%s = %s is unknown; it must be %s%s%s%s", setting->name, text,
               choices_text(arena, setting), nearest ? " (did you mean '" : "", nearest ? nearest : "",
               nearest ? "'?)" : "");
    return false;
}

static bool check_refused(const Setting *setting, const SettingValue *value, const char *text)
{
    for (int i = 0; i < setting->refused_count; i++) {
        if (strcmp(setting->refused[i], text)) continue;
        diag_error(value->source, "%s = %s cannot be used: %s", setting->name, text, setting->refusals[i]);
        return false;
    }
    return true;
}

static bool check_name(Arena *arena, const Setting *setting, const SettingValue *value, const char *text)
{
    if (!check_refused(setting, value, text)) return false;
    return setting->kind == SETTING_NAME || check_choice(arena, setting, value, text);
}

bool settings_check_value(Arena *arena, const Setting *setting, const SettingValue *value)
{
    bool several = takes_several(setting), numeric = setting->kind == SETTING_TOLERANCES;
    bool good = true;
    if (setting->kind == SETTING_INSTANTS) return !value->count || check_instants(setting, value, value->items[0]);
    if (!several && value->count != 1) {
        diag_error(value->source, value->count ? "%s takes one value, not a list" : "%s has no value", setting->name);
        return false;
    }
    if (setting->kind == SETTING_NUMBER || setting->kind == SETTING_INTEGER)
        return check_number(setting, value, value->items[0]);
    if (!several) return check_name(arena, setting, value, value->items[0]);
    for (int i = 0; i < value->count; i++)
        good &=
            numeric ? check_item(setting, value, value->items[i]) : check_name(arena, setting, value, value->items[i]);
    return good;
}
