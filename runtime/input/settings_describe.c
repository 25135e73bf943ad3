/* SPDX-License-Identifier: MIT */
/* What --describe says of the settings: those that mean something to the method. */
#include <stdio.h>
#include <string.h>

#include "batch.h"
#include "input/settings.h"
#include "number.h"

static void describe_tolerances(const Batch *batch, const double *value)
{
    const CubieProblem *problem = batch->problem;
    bool same = true;
    for (int i = 1; i < problem->states; i++) same &= value[i] == value[0];
    if (same) printf("%s", cubie_number_text(value[0]).text);
    for (int i = 0; !same && i < problem->states; i++)
        printf("%s%s=%s", i ? "," : "", problem->input[problem->parameters + i].name, cubie_number_text(value[i]).text);
}

static void describe_setting(const Batch *batch, const RunSetting *record, int width)
{
    const Setting *rule = &record->rule;
    const void *place = cubie_setting_place(&batch->settings, record);
    const char *unit = strcmp(rule->unit, "time") == 0 ? batch->problem->time_unit : "";
    printf("  %-*s", width, rule->name);
    if (rule->kind == SETTING_NUMBER && *rule->zero && *(const double *)place == 0)
        printf("%s", rule->zero);
    else if (rule->kind == SETTING_NUMBER)
        printf("%s%s%s", cubie_number_text(*(const double *)place).text, *unit ? " " : "", unit);
    else if (rule->kind == SETTING_INTEGER)
        printf("%llu", (unsigned long long)cubie_setting_whole(&batch->settings, record));
    else if (rule->kind == SETTING_TOLERANCES)
        describe_tolerances(batch, *(double *const *)place);
    else
        printf("%llu instants", (unsigned long long)batch->settings.saves);
    printf("\n");
}

/* Instants have a line of their own when there are any. */
static bool describe_shows(const Batch *batch, const Setting *rule)
{
    return cubie_setting_used(batch->problem, rule->name) &&
           (rule->kind != SETTING_INSTANTS || batch->settings.save_at);
}

void cubie_settings_print(const Batch *batch)
{
    int width = 12;
    for (int i = 0; cubie_setting_at(i); i++) {
        const Setting *rule = &cubie_setting_at(i)->rule;
        if (describe_shows(batch, rule) && (int)strlen(rule->name) + 2 > width) width = (int)strlen(rule->name) + 2;
    }
    printf("\nsettings:\n");
    for (int i = 0; cubie_setting_at(i); i++)
        if (describe_shows(batch, &cubie_setting_at(i)->rule)) describe_setting(batch, cubie_setting_at(i), width);
    printf("  %-*s%llu\n", width, "instants", (unsigned long long)cubie_settings_instants(&batch->settings));
    if (!batch->problem->adaptive)
        printf("  %-*s%llu\n", width, "steps", (unsigned long long)batch->settings.fixed_steps);
}
