/* SPDX-License-Identifier: MIT */
/* Tolerances of single states, from lists and from NAME=VALUE. */
#include <string.h>

#include "base/intern.h"
#include "system/check.h"
#include "system/settings_check.h"
#include "system/system.h"

typedef struct Tolerances {
    double *values;
    const System *system;
    const char *setting;
    Source source;
} Tolerances;

static void report_unknown(const Tolerances *tolerances, const char *name)
{
    const System *system = tolerances->system;
    Arena *scratch = arena_new();
    const char **names = ARENA_ARRAY(scratch, const char *, system->states);
    for (int i = 0; i < system->states; i++) names[i] = system->state[i].symbol->name;
    const char *nearest = nearest_name(name, names, system->states);
    if (nearest)
        diag_error(tolerances->source, "%s of the unknown state '%s'; did you mean '%s'?", tolerances->setting, name,
                   nearest);
    else
        diag_error(tolerances->source, "%s of the unknown state '%s'", tolerances->setting, name);
    arena_free(scratch);
}

/* "x=1e-6", or "u=1e-6" for a vector. */
static void set_named(const Tolerances *tolerances, const char *item)
{
    const System *system = tolerances->system;
    const char *name = intern_bytes(item, strcspn(item, "="));
    bool found = false;
    for (int i = 0; i < system->states; i++) {
        const Declaration *state = &system->state[i];
        if (state->symbol->name != name && state->vector != name) continue;
        settings_parse_number(&tolerances->values[i], item + strlen(name) + 1);
        found = true;
    }
    if (!found) report_unknown(tolerances, name);
}

static void apply(const Tolerances *tolerances, double all, const SettingValue *given)
{
    const System *system = tolerances->system;
    double *values = tolerances->values;
    int positions = 0;
    while (positions < given->count && !strchr(given->items[positions], '=')) positions++;
    if (positions > 1 && positions != system->states)
        diag_error(tolerances->source, "%s has %d values; it needs one, or one for each of the %d states",
                   tolerances->setting, positions, system->states);
    if (positions == 1) settings_parse_number(&all, given->items[0]);
    for (int i = 0; i < system->states; i++) {
        values[i] = all;
        if (positions > 1 && i < positions) settings_parse_number(&values[i], given->items[i]);
    }
    for (int i = positions; i < given->count; i++) set_named(tolerances, given->items[i]);
}

void system_tolerances(double *values, const System *system, const Settings *settings, const char *name)
{
    Tolerances tolerances = { values, system, name, settings_source(settings, name) };
    SettingValue given = { .count = settings_count(settings, name) };
    Arena *scratch = arena_new();
    given.items = ARENA_ARRAY(scratch, const char *, given.count);
    for (int i = 0; i < given.count; i++) given.items[i] = settings_item(settings, name, i);
    apply(&tolerances, settings_default_number(settings, name), &given);
    arena_free(scratch);
}

/* The last assignment to the setting, before any table is looked at. */
static void check_setting(const System *system, const AssignmentList *list, const char *name)
{
    static const Setting several = { .kind = SETTING_NUMBERS };
    const Assignment *last = NULL;
    for (int i = 0; i < list->count; i++)
        if (!strcmp(list->items[i].name, name)) last = &list->items[i];
    if (!last) return;
    Arena *scratch = arena_new();
    Tolerances tolerances = { ARENA_ARRAY(scratch, double, system->states), system, name, last->source };
    SettingValue given = settings_split(scratch, &several, last);
    apply(&tolerances, 0, &given);
    arena_free(scratch);
}

void tolerance_check(const System *system, const Spec *spec)
{
    check_setting(system, &spec->settings, "rtol");
    check_setting(system, &spec->settings, "atol");
}
