/* SPDX-License-Identifier: MIT */
/* Tolerances of single states, from lists and from NAME=VALUE. */
#include <string.h>

#include "base/intern.h"
#include "rule/tolerances.h"
#include "system/system.h"

static bool is_named(const void *context, int state, Piece name)
{
    const System *system = context;
    const Declaration *declaration = &system->state[state];
    const char *given = intern_bytes(name.bytes, name.length);
    return declaration->symbol->name == given || declaration->vector == given;
}

/* The text of an item names no state: the nearest one. */
static const char *nearest_state(Arena *arena, const System *system, const char *text)
{
    const char **names = ARENA_ARRAY(arena, const char *, system->states);
    for (int i = 0; i < system->states; i++) names[i] = system->state[i].symbol->name;
    const ToleranceStates states = { system->states, is_named, system };
    for (const char *rest = text; rest;) {
        Piece item = piece_next(&rest, ',');
        const char *equals = memchr(item.bytes, '=', item.length);
        if (!equals) continue;
        const Piece name = { item.bytes, (size_t)(equals - item.bytes) };
        bool found = false;
        for (int i = 0; i < states.count; i++) found |= is_named(system, i, name);
        if (!found) return nearest_name(intern_bytes(name.bytes, name.length), names, system->states);
    }
    return NULL;
}

void system_check_tolerances(const System *system, const Settings *settings, const Setting *setting)
{
    const ToleranceStates states = { system->states, is_named, system };
    Arena *scratch = arena_new();
    double *values = ARENA_ARRAY(scratch, double, system->states);
    Text text = text_new(scratch);
    RuleText why;
    for (int i = 0; i < settings_count(settings, setting->name); i++)
        text_printf(&text, "%s%s", i ? "," : "", settings_item(settings, setting->name, i));
    if (!tolerances_read(values, &why, setting, text.data, &states)) {
        const char *nearest = nearest_state(scratch, system, text.data);
        diag_error(settings_source(settings, setting->name), "%s = %s %s%s", setting->name,
                   real_shown(piece_of(text.data)).text, why.text,
                   nearest ? arena_printf(scratch, "; did you mean '%s'?", nearest) : "");
    }
    arena_free(scratch);
}
