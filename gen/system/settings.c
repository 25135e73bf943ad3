/* SPDX-License-Identifier: MIT */
#include "system/settings.h"

#include <assert.h>
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/intern.h"
#include "system/settings_check.h"

struct Settings {
    const SettingTable *table;
    SettingValue *values; /* one for each record of the table */
};

void settings_add_location(Arena *arena, SettingTable *table, const char *buffer, const char *initial, const char *part)
{
    const char **choices = ARENA_ARRAY(arena, const char *, 2);
    choices[0] = intern("shared");
    choices[1] = intern("local");
    Setting *setting = array_push(arena, table);
    *setting = (Setting){
        .name = intern(arena_printf(arena, "%s_location", buffer)),
        .kind = SETTING_CHOICE,
        .time = SETTING_GENERATION,
        .least = -INFINITY,
        .most = INFINITY,
        .choice_count = 2,
        .choices = choices,
        .initial = intern(initial),
        .zero = "",
        .unit = "",
        .uses = "",
        .at_most = "",
        .at_least = "",
        .excludes = "",
        .help = arena_printf(arena, "where the buffer %s of %s lies", buffer, part),
    };
}

static int find(const SettingTable *table, const char *name)
{
    for (int i = 0; i < table->count; i++)
        if (!strcmp(table->items[i].name, name)) return i;
    return -1;
}

static bool ends_in(const char *name, const char *end)
{
    size_t length = strlen(name), tail = strlen(end);
    return length > tail && !strcmp(name + length - tail, end);
}

/* Names that only the second call can know. */
static bool is_of_a_buffer(const char *name)
{
    return ends_in(name, "_location") || ends_in(name, "_size") || ends_in(name, "_persistent") ||
           ends_in(name, "_aliases");
}

static void report_unknown(Arena *arena, const SettingTable *table, const Assignment *assignment)
{
    const char **names = ARENA_ARRAY(arena, const char *, table->count);
    for (int i = 0; i < table->count; i++) names[i] = table->items[i].name;
    const char *nearest = nearest_name(assignment->name, names, table->count);
    if (nearest)
        diag_error(assignment->source, "unknown setting '%s'; did you mean '%s'?", assignment->name, nearest);
    else
        diag_error(assignment->source, "unknown setting '%s'; cubie-gen --list=settings shows all", assignment->name);
}

static bool declares(const DeclarationList *list, const char *name)
{
    for (int i = 0; i < list->count; i++)
        if (!strcmp(list->items[i].symbol->name, name)) return true;
    return false;
}

/* False when the problem declares no such name. */
static bool refuse_input(const Spec *spec, const Assignment *given)
{
    const char *name = given->name, *problem = spec->name;
    if (declares(&spec->parameters, name))
        diag_error(given->source, "'%s' is a parameter, given when the program runs: ./%s/%s %s=%s", name, problem,
                   problem, name, given->text);
    else if (declares(&spec->states, name))
        diag_error(given->source, "'%s' is a state; its initial value is given when the program runs: ./%s/%s %s=%s",
                   name, problem, problem, name, given->text);
    else if (declares(&spec->constants, name))
        diag_error(given->source, "'%s' is a constant, whose value stands in the problem file", name);
    else
        return false;
    return true;
}

void settings_refuse_inputs(Arena *arena, AssignmentList *given, const SettingTable *table, const Spec *spec)
{
    AssignmentList kept = { 0 };
    for (int i = 0; i < given->count; i++) {
        const Assignment *assignment = &given->items[i];
        if (find(table, assignment->name) >= 0 || !refuse_input(spec, assignment))
            *array_push(arena, &kept) = *assignment;
    }
    *given = kept;
}

static void set_default(Settings *settings, Arena *arena, int index)
{
    Setting *setting = &settings->table->items[index];
    Assignment initial = { .name = setting->name, .text = setting->initial, .count = 1, .items = &setting->initial };
    settings->values[index] = settings_split(arena, setting, &initial);
    settings->values[index].given = false;
}

/* What the command line says takes the place of what the file says of a setting
 * that excludes it. */
static void displace(Settings *settings, Arena *arena, int index)
{
    const SettingTable *table = settings->table;
    if (settings->values[index].source.file) return;
    for (int i = 0; i < table->count; i++) {
        const bool excludes = !strcmp(table->items[i].excludes, table->items[index].name) ||
                              !strcmp(table->items[index].excludes, table->items[i].name);
        if (excludes && settings->values[i].given && settings->values[i].source.file) set_default(settings, arena, i);
    }
}

static void assign(Settings *settings, Arena *arena, const Assignment *assignment, bool locations)
{
    const SettingTable *table = settings->table;
    int index = find(table, assignment->name);
    if (index < 0) {
        if (locations || !is_of_a_buffer(assignment->name)) report_unknown(arena, table, assignment);
        return;
    }
    const Setting *setting = &table->items[index];
    SettingValue value = settings_split(arena, setting, assignment);
    if (setting->issue)
        diag_error(assignment->source, "'%s' cannot be set: %s", setting->name, setting->issue);
    else if (assignment->source.file && setting->command_line)
        diag_error(assignment->source, "'%s' can only be given on the command line", setting->name);
    else if (settings_check_value(arena, setting, &value)) {
        settings->values[index] = value;
        displace(settings, arena, index);
    }
}

void settings_set_default(Arena *arena, SettingTable *table, const char *name, const char *value, Source source)
{
    Assignment given = { .name = name, .text = value, .count = 1, .items = &value, .source = source };
    int index = find(table, name);
    Setting *setting = index < 0 ? NULL : &table->items[index];
    if (!setting) {
        report_unknown(arena, table, &given);
    } else if (setting->time != SETTING_RUN || setting->kind != SETTING_NUMBER) {
        diag_error(source, "'%s' is no number of run time; a method has no default of it", name);
    } else {
        SettingValue split = settings_split(arena, setting, &given);
        if (!settings_check_value(arena, setting, &split)) return;
        if (!setting->shipped) setting->shipped = setting->initial;
        setting->initial = value;
    }
}

static Source source_of_either(const Settings *settings, const char *first, const char *second)
{
    return settings_source(settings, settings_given(settings, first) ? first : second);
}

static void check_pair(const Settings *settings, const Setting *setting, const Setting *other)
{
    const double value = settings_number(settings, setting->name), limit = settings_number(settings, other->name);
    if (!settings_given(settings, setting->name) && !settings_given(settings, other->name)) return;
    const char *relation = setting_contradicts(setting, value, other, limit);
    if (relation)
        diag_error(source_of_either(settings, setting->name, other->name), "%s = %s %s %s = %s", setting->name,
                   settings_text(settings, setting->name), relation, other->name, settings_text(settings, other->name));
    if (!strcmp(setting->excludes, other->name) && value != 0 && settings_count(settings, other->name))
        diag_error(settings_source(settings, other->name), "%s and %s are both given; one says it all", setting->name,
                   other->name);
}

/* Pairs of settings that every method has, or the others. */
static void check_pairs(const Settings *settings, bool (*means)(const void *context, const char *uses),
                        const void *context)
{
    const SettingTable *table = settings->table;
    for (int i = 0; i < table->count; i++)
        for (int k = 0; k < table->count; k++) {
            const Setting *setting = &table->items[i], *other = &table->items[k];
            const bool always = !*setting->uses && !*other->uses;
            if (always == !means && (always || (means(context, setting->uses) && means(context, other->uses))))
                check_pair(settings, setting, other);
        }
}

void settings_check_together(const Settings *settings, bool (*means)(const void *context, const char *uses),
                             const void *context)
{
    check_pairs(settings, means, context);
}

const Settings *settings_resolve(Arena *arena, const SettingTable *table, const AssignmentList *given, bool locations)
{
    Settings *settings = ARENA_NEW(arena, Settings);
    *settings = (Settings){ table, ARENA_ARRAY(arena, SettingValue, table->count) };
    for (int i = 0; i < table->count; i++) set_default(settings, arena, i);
    for (int i = 0; given && i < given->count; i++) assign(settings, arena, &given->items[i], locations);
    check_pairs(settings, NULL, NULL);
    if (!strcmp(settings_text(settings, "controller"), "fixed") && settings_number(settings, "dt") == 0)
        diag_error(settings_source(settings, "controller"), "controller = fixed needs a step: dt = ...");
    return settings;
}

static const SettingValue *value_of(const Settings *settings, const char *name)
{
    int index = find(settings->table, name);
    assert(index >= 0);
    return &settings->values[index];
}

const char *settings_text(const Settings *settings, const char *name)
{
    return intern(value_of(settings, name)->text);
}

double settings_number(const Settings *settings, const char *name)
{
    double number = 0;
    const SettingValue *value = value_of(settings, name);
    if (value->count) settings_parse_number(&number, value->items[0]);
    return number;
}

int settings_count(const Settings *settings, const char *name)
{
    return value_of(settings, name)->count;
}

const char *settings_item(const Settings *settings, const char *name, int index)
{
    const SettingValue *value = value_of(settings, name);
    assert(index >= 0 && index < value->count);
    return intern(value->items[index]);
}

bool settings_given(const Settings *settings, const char *name)
{
    return value_of(settings, name)->given;
}

Source settings_source(const Settings *settings, const char *name)
{
    return value_of(settings, name)->source;
}

static void print_setting(Text *text, const Setting *setting)
{
    text_printf(text, "  %-22s %s", setting->name, setting->help);
    if (setting->issue) {
        text_printf(text, " (%s)\n", setting->issue);
        return;
    }
    for (int i = 0; i < setting->choice_count; i++) text_printf(text, "%s%s", i ? ", " : ": ", setting->choices[i]);
    if (*setting->unit) text_printf(text, " [%s]", setting->unit);
    if (*setting->initial) text_printf(text, " (default %s)", setting->initial);
    text_add(text, "\n");
}

void settings_print(Text *text, const SettingTable *table)
{
    text_add(text, "Generation time (a change means another source):\n");
    for (int i = 0; i < table->count; i++)
        if (table->items[i].time == SETTING_GENERATION) print_setting(text, &table->items[i]);
    text_add(text, "\nRun time (defaults of the generated program, which takes them as options):\n");
    for (int i = 0; i < table->count; i++)
        if (table->items[i].time == SETTING_RUN) print_setting(text, &table->items[i]);
}
