/* SPDX-License-Identifier: MIT */
#include "system/settings_check.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/intern.h"

static bool takes_several(const Setting *setting)
{
    return setting->kind == SETTING_LIST || setting->kind == SETTING_NUMBERS;
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
    if (takes_several(setting) && assignment->count == 1)
        split_text(&value, arena, assignment->text);
    else if (assignment->count == 1 && !*assignment->text)
        value.count = 0;
    return value;
}

bool settings_parse_number(double *number, const char *text)
{
    Number parsed;
    if (!strcmp(text, "inf") || !strcmp(text, "-inf")) return *number = *text == '-' ? -INFINITY : INFINITY, true;
    if (!number_parse(&parsed, text, NULL)) return false;
    return *number = number_to_double(parsed), true;
}

/* "above 0 and at most 1", "at least 0", "from 1 to 9". */
static const char *range_text(Arena *arena, const Setting *setting)
{
    const char *lower = setting->above ? "above" : "at least";
    if (isinf(setting->most)) return arena_printf(arena, "%s %.15g", lower, setting->least);
    if (setting->above) return arena_printf(arena, "above %.15g and at most %.15g", setting->least, setting->most);
    return arena_printf(arena, "from %.15g to %.15g", setting->least, setting->most);
}

static bool check_number(Arena *arena, const Setting *setting, const SettingValue *value, const char *text)
{
    double number;
    bool may_be_infinite = !strcmp(setting->initial, "inf");
    if (!settings_parse_number(&number, text) || (isinf(number) && !may_be_infinite)) {
        diag_error(value->source, "%s = %s is no number", setting->name, text);
        return false;
    }
    if (setting->kind == SETTING_INTEGER && number != floor(number)) {
        diag_error(value->source, "%s = %s is no whole number", setting->name, text);
        return false;
    }
    bool low = setting->above ? number <= setting->least : number < setting->least;
    if (!low && number <= setting->most) return true;
    diag_error(value->source, "%s = %s is out of range; it must be %s", setting->name, text,
               range_text(arena, setting));
    return false;
}

/* "1e-6", or "x=1e-6" of one state. */
static bool check_item(Arena *arena, const Setting *setting, const SettingValue *value, const char *item)
{
    const char *equals = strchr(item, '=');
    return check_number(arena, setting, value, equals ? equals + 1 : item);
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
    bool several = takes_several(setting), numeric = setting->kind == SETTING_NUMBERS;
    bool good = true;
    if (!several && value->count != 1) {
        diag_error(value->source, value->count ? "%s takes one value, not a list" : "%s has no value", setting->name);
        return false;
    }
    if (setting->kind == SETTING_NUMBER || setting->kind == SETTING_INTEGER)
        return check_number(arena, setting, value, value->items[0]);
    if (!several) return check_name(arena, setting, value, value->items[0]);
    for (int i = 0; i < value->count; i++)
        good &= numeric ? check_item(arena, setting, value, value->items[i])
                        : check_name(arena, setting, value, value->items[i]);
    return good;
}

static Source source_of_either(const Settings *settings, const char *first, const char *second)
{
    return settings_source(settings, settings_given(settings, first) ? first : second);
}

void settings_check_together(const Settings *settings)
{
    double duration = settings_number(settings, "duration"), save_every = settings_number(settings, "save_every");
    if (save_every > duration)
        diag_error(source_of_either(settings, "save_every", "duration"),
                   "save_every = %s is longer than the run: duration = %s", settings_text(settings, "save_every"),
                   settings_text(settings, "duration"));
    if (settings_number(settings, "dt_min") > settings_number(settings, "dt_max"))
        diag_error(source_of_either(settings, "dt_min", "dt_max"), "dt_min = %s is above dt_max = %s",
                   settings_text(settings, "dt_min"), settings_text(settings, "dt_max"));
    if (!strcmp(settings_text(settings, "controller"), "fixed") && settings_number(settings, "dt") == 0)
        diag_error(settings_source(settings, "controller"), "controller = fixed needs a step: dt = ...");
    if (settings_number(settings, "save_every") > 0 && settings_count(settings, "save_at"))
        diag_error(settings_source(settings, "save_at"), "save_every and save_at are both given; one says it all");
}
