#include <string.h>

#include "base/intern.h"
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
    else diag_error(tolerances->source, "%s of the unknown state '%s'", tolerances->setting, name);
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

void system_tolerances(double *values, const System *system, const Settings *settings, const char *name)
{
    Tolerances tolerances = { values, system, name, settings_source(settings, name) };
    int count = settings_count(settings, name), positions = 0;
    for (int i = 0; i < count; i++) positions += !strchr(settings_item(settings, name, i), '=');
    if (positions > 1 && positions != system->states)
        diag_error(tolerances.source, "%s has %d values; it needs one, or one for each of the %d states", name,
                   positions, system->states);
    double all = settings_default_number(settings, name);
    if (positions == 1) settings_parse_number(&all, settings_item(settings, name, 0));
    for (int i = 0; i < system->states; i++) {
        values[i] = all;
        if (positions > 1 && i < positions) settings_parse_number(&values[i], settings_item(settings, name, i));
    }
    for (int i = positions; i < count; i++) set_named(&tolerances, settings_item(settings, name, i));
}
