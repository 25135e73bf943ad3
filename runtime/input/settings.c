/* SPDX-License-Identifier: MIT */
/* Run-time settings: defaults that the project was generated with, overridden
 * by the command line, each within its range. settings_check.c sees whether they
 * go together. */
#include "input/settings.h"

#include <math.h>
#include <string.h>

#include "batch.h"
#include "input/axis.h"
#include "rule/tolerances.h"

static const RunSetting record_table[] = { CUBIE_SETTING_RECORDS };
enum { RECORDS = sizeof record_table / sizeof *record_table };

/* A value that was given. */
typedef struct Given {
    const RunSetting *record;
    const char *text;
    Batch *batch;
} Given;

const RunSetting *cubie_setting_at(int index)
{
    return index < RECORDS ? &record_table[index] : NULL;
}

const RunSetting *cubie_setting_find(const char *name)
{
    for (int i = 0; i < RECORDS; i++)
        if (strcmp(record_table[i].rule.name, name) == 0) return &record_table[i];
    return NULL;
}

void cubie_setting_suggest(Suggestion *suggestion)
{
    for (int i = 0; i < RECORDS; i++) cubie_suggest_try(suggestion, record_table[i].rule.name);
}

/* Whether the word is one of the list, which has commas between. */
static bool setting_among(const char *list, const char *word)
{
    for (const char *rest = list; rest && *word;) {
        const Piece item = piece_next(&rest, ',');
        if (item.length == strlen(word) && strncmp(item.bytes, word, item.length) == 0) return true;
    }
    return !*word;
}

bool cubie_setting_used(const CubieProblem *problem, const char *name)
{
    const RunSetting *record = cubie_setting_find(name);
    return record && setting_among(problem->uses, record->rule.uses);
}

const char *cubie_setting_default(const CubieProblem *problem, const Setting *setting)
{
    for (int i = 0; i < problem->settings; i++)
        if (strcmp(problem->setting[i].name, setting->name) == 0) return problem->setting[i].value;
    return setting->initial;
}

const void *cubie_setting_place(const Settings *settings, const RunSetting *record)
{
    return (const char *)settings + record->offset;
}

uint64_t cubie_setting_whole(const Settings *settings, const RunSetting *record)
{
    const void *place = cubie_setting_place(settings, record);
    if (record->rule.kind != SETTING_INTEGER) return 0;
    return record->rule.most <= UINT32_MAX ? *(const uint32_t *)place : *(const uint64_t *)place;
}

static void *setting_place(const Given *given)
{
    return (char *)&given->batch->settings + given->record->offset;
}

static void setting_wrong(const Given *given, const char *why)
{
    cubie_error(given->batch->report, "%s=%s %s", given->record->rule.name, real_shown(piece_of(given->text)).text,
                why);
}

/* Numbers of float32 must not turn into 0 or overflow. Infinity stays. */
static bool setting_fits(const Given *given, double value)
{
    RuleText why;
    if (real_fits(&why, value, given->batch->problem->precision)) return true;
    cubie_error(given->batch->report, "%s=%s: %s", given->record->rule.name, real_shown(piece_of(given->text)).text,
                why.text);
    return false;
}

static bool setting_number(double *out, const Given *given)
{
    RuleText why;
    double value;
    if (!setting_read(&value, &why, &given->record->rule, piece_of(given->text))) {
        setting_wrong(given, why.text);
        return false;
    }
    if (!setting_fits(given, value)) return false;
    *out = value;
    return true;
}

static void setting_integer(const Given *given)
{
    double value;
    if (!setting_number(&value, given)) return;
    if (given->record->rule.most <= UINT32_MAX)
        *(uint32_t *)setting_place(given) = (uint32_t)value;
    else
        *(uint64_t *)setting_place(given) = (uint64_t)value;
}

/* As in the problem file, or as an identifier; or the vector that it is an element of. */
static bool setting_is_state(const void *context, int state, Piece name)
{
    const CubieProblem *problem = context;
    const CubieVariable *variable = &problem->input[problem->parameters + state];
    const bool same = strncmp(variable->name, name.bytes, name.length) == 0;
    const bool code = strncmp(variable->code, name.bytes, name.length) == 0 && !variable->code[name.length];
    return name.length && ((same && (!variable->name[name.length] || variable->name[name.length] == '[')) || code);
}

static void setting_tolerances(const Given *given)
{
    const CubieProblem *problem = given->batch->problem;
    const ToleranceStates states = { problem->states, setting_is_state, problem };
    double *values = *(double **)setting_place(given);
    RuleText why;
    if (!tolerances_read(values, &why, &given->record->rule, given->text, &states)) {
        setting_wrong(given, why.text);
        return;
    }
    for (int i = 0; i < problem->states; i++)
        if (!setting_fits(given, values[i])) return;
}

static double setting_instant(const Axis *axis, uint64_t k)
{
    const double part = axis->count > 1 ? (double)k / (double)(axis->count - 1) : 0;
    if (axis->table) return axis->table[k];
    if (axis->fixed || k == 0) return axis->start;
    if (k + 1 == axis->count) return axis->stop;
    if (axis->kind == CUBIE_SWEEP_GEOMETRIC) return axis->start * pow(axis->stop / axis->start, part);
    return axis->start + (axis->stop - axis->start) * part;
}

static void setting_instants(const Given *given)
{
    Batch *batch = given->batch;
    const char *name = given->record->rule.name;
    Axis axis;
    Values values;
    RuleText why;
    if (values_read(&values, &why, given->text, 64) && !values_are_instants(&values, &why)) {
        cubie_error(batch->report, "%s=%s: %s", name, real_shown(piece_of(given->text)).text, why.text);
        return;
    }
    if (!cubie_axis_read(&axis, name, given->text, 64, batch->report, batch->pool)) return;
    if (axis.fixed) axis.count = 1;
    if (axis.count > VALUES_INSTANTS) {
        cubie_error(batch->report, "%s=%s: more than 10^8 save times", name, given->text);
        return;
    }
    double *instant = cubie_pool_array(batch->pool, (size_t)axis.count, sizeof *instant);
    for (uint64_t k = 0; k < axis.count; k++) instant[k] = setting_instant(&axis, k);
    *(double **)setting_place(given) = instant;
    batch->settings.saves = axis.count;
}

static void setting_apply(const Given *given)
{
    switch (given->record->rule.kind) {
    case SETTING_NUMBER: (void)setting_number(setting_place(given), given); break;
    case SETTING_INTEGER: setting_integer(given); break;
    case SETTING_TOLERANCES: setting_tolerances(given); break;
    default: setting_instants(given);
    }
}

/* Says when a setting of the command line means nothing to the method. */
static void setting_check_use(Batch *batch, const Setting *rule)
{
    const CubieProblem *problem = batch->problem;
    if (cubie_setting_used(problem, rule->name)) return;
    if (!problem->adaptive && strcmp(rule->uses, "newton") != 0 && strcmp(rule->uses, "krylov") != 0)
        cubie_warning(batch->report, "%s has no effect: %s takes steps of a fixed size", rule->name,
                      problem->algorithm);
    else if (strstr(rule->uses, " term"))
        cubie_error(batch->report, "%s has no effect: the controller %s has no %s; generate with another", rule->name,
                    problem->controller, rule->uses);
    else
        cubie_error(batch->report, "%s has no effect: %s has no such iterations", rule->name, problem->algorithm);
}

static const Assignment *setting_on_command(const Batch *batch, const char *name)
{
    const Assignment *last = NULL;
    for (int i = 0; i < batch->options.settings.count; i++)
        if (strcmp(batch->options.settings.item[i].name, name) == 0) last = &batch->options.settings.item[i];
    return last;
}

/* Two that exclude each other: on one command line a contradiction, else the
 * command line's takes the other's place. `value` is that of the first. */
static void setting_exclude(Batch *batch, const Setting *rule, double *value)
{
    Settings *settings = &batch->settings;
    const Assignment *first = setting_on_command(batch, rule->name), *other = setting_on_command(batch, rule->excludes);
    if (first && other && *value != 0)
        cubie_error(batch->report, "%s and %s are both given; one says it all", real_shown(piece_of(first->word)).text,
                    real_shown(piece_of(other->word)).text);
    if (other) {
        *value = 0;
    } else if (first) {
        settings->save_at = NULL;
        settings->saves = 0;
    }
}

/* The defaults of the problem, then what the command line says. */
static void settings_apply_all(Batch *batch)
{
    const CubieProblem *problem = batch->problem;
    for (int i = 0; i < RECORDS; i++) {
        const char *text = cubie_setting_default(problem, &record_table[i].rule);
        if (*text) setting_apply(&(Given){ &record_table[i], text, batch });
    }
    for (int i = 0; i < batch->options.settings.count; i++) {
        const Assignment *given = &batch->options.settings.item[i];
        const RunSetting *record = cubie_setting_find(given->name);
        setting_check_use(batch, &record->rule);
        setting_apply(&(Given){ record, given->value, batch });
    }
    for (int i = 0; i < RECORDS; i++)
        if (*record_table[i].rule.excludes)
            setting_exclude(batch, &record_table[i].rule, setting_place(&(Given){ &record_table[i], NULL, batch }));
}

void cubie_settings_resolve(Batch *batch)
{
    const int errors = batch->report->errors;
    for (int i = 0; i < RECORDS; i++)
        if (record_table[i].rule.kind == SETTING_TOLERANCES)
            *(double **)setting_place(&(Given){ &record_table[i], NULL, batch }) =
                cubie_pool_array(batch->pool, (size_t)batch->problem->states, sizeof(double));
    settings_apply_all(batch);
    if (batch->report->errors == errors) cubie_settings_check(batch);
}
