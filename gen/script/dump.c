/* SPDX-License-Identifier: MIT */
/* --dump=spec. */
#include <inttypes.h>

#include "script/script.h"
#include "system/dump.h"

static void dump_declarations(Text *text, const char *word, const DeclarationList *list)
{
    for (int i = 0; i < list->count; i++) dump_declaration(text, word, &list->items[i]);
}

static void dump_equations(Text *text, const char *word, const EquationList *list)
{
    for (int i = 0; i < list->count; i++) dump_equation(text, word, &list->items[i]);
}

static void dump_settings(Text *text, const AssignmentList *settings)
{
    for (int i = 0; i < settings->count; i++)
        text_printf(text, "setting %s = %s  -- line %d\n", settings->items[i].name, settings->items[i].text,
                    settings->items[i].source.line);
}

void script_dump_spec(Text *text, const Spec *spec)
{
    text_printf(text, "problem %s, file %s, hash %016" PRIx64 "%s\n", spec->name ? spec->name : "?", spec->file,
                spec->hash, spec->complete ? "" : ", incomplete");
    if (*spec->time_unit) text_printf(text, "time [%s]\n", spec->time_unit);
    dump_declarations(text, "state", &spec->states);
    dump_declarations(text, "parameter", &spec->parameters);
    dump_declarations(text, "constant", &spec->constants);
    dump_equations(text, "ddt", &spec->derivatives);
    dump_equations(text, "observe", &spec->observables);
    dump_settings(text, &spec->settings);
    dump_sweep(text, &spec->sweep, spec->zip, spec->runs);
    for (int i = 0; i < spec->tableaux.count; i++) {
        text_printf(text, "tableau %s: %s, order %d\n", spec->tableaux.items[i]->name, spec->tableaux.items[i]->title,
                    spec->tableaux.items[i]->order);
    }
}
