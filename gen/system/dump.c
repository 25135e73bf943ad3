/* SPDX-License-Identifier: MIT */
#include "system/dump.h"

#include <inttypes.h>

#include "system/system.h"

static void dump_expr(Text *text, const Expr *expr)
{
    expr_print(text, expr, NOTATION_PROBLEM, PRECISION_FLOAT64, NULL, 0);
}

void dump_declaration(Text *text, const char *word, const Declaration *declaration)
{
    text_printf(text, "%s %s", word, declaration->symbol->name);
    if (declaration->symbol->code != declaration->symbol->name) text_printf(text, " (%s)", declaration->symbol->code);
    text_add(text, " = ");
    dump_expr(text, declaration->initial);
    if (*declaration->unit) text_printf(text, " [%s]", declaration->unit);
    text_printf(text, "  -- line %d\n", declaration->source.line);
}

void dump_equation(Text *text, const char *word, const Equation *equation)
{
    text_printf(text, "%s.%s", word, equation->name);
    if (equation->code && equation->code != equation->name) text_printf(text, " (%s)", equation->code);
    text_add(text, " = ");
    dump_expr(text, equation->expr);
    if (*equation->unit) text_printf(text, " [%s]", equation->unit);
    text_printf(text, "  -- line %d: %s\n", equation->source.line, equation->text);
}

void dump_sweep(Text *text, const SweepAxisList *sweep, bool zip, int64_t runs)
{
    for (int i = 0; i < sweep->count; i++)
        text_printf(text, "sweep %s = %s\n", sweep->items[i].name, sweep->items[i].values);
    if (sweep->count || runs) text_printf(text, "sweep: mode %s, runs %" PRId64 "\n", zip ? "zip" : "product", runs);
}

void system_dump(Text *text, const System *system)
{
    text_printf(text, "problem %s, file %s, hash %016" PRIx64 "%s\n", system->name, system->file, system->hash,
                system->autonomous ? ", autonomous" : "");
    if (*system->time_unit) text_printf(text, "time [%s]\n", system->time_unit);
    for (int i = 0; i < system->states; i++) dump_declaration(text, "state", &system->state[i]);
    for (int i = 0; i < system->parameters; i++) dump_declaration(text, "parameter", &system->parameter[i]);
    for (int i = 0; i < system->states; i++) dump_equation(text, "ddt", &system->derivative[i]);
    for (int i = 0; i < system->observables; i++) dump_equation(text, "observe", &system->observable[i]);
    dump_sweep(text, &system->sweep, system->zip, system->runs);
}
