/* SPDX-License-Identifier: MIT */
/* Run-time settings: defaults that the project was generated with, overridden
 * by the command line, each within its range. settings_check.c sees whether they
 * go together. */
#include <math.h>
#include <string.h>

#include "input/axis.h"
#include "number.h"

enum { SAVE_TIMES_MOST = 100000000 };

typedef enum RecordKind { RECORD_NUMBER, RECORD_WHOLE, RECORD_TOLERANCE, RECORD_TIMES } RecordKind;

/* When a setting has a meaning. */
typedef enum RecordUse {
    USE_ALWAYS,
    USE_ADAPTIVE,  /* with steps of their own size */
    USE_TOLERANCE, /* those, and methods that iterate */
    USE_LISTED     /* methods whose problem lists it */
} RecordUse;

typedef struct SettingRecord {
    const char *name;
    RecordKind kind;
    RecordUse use;
    size_t offset;      /* in Settings */
    double least, most; /* allowed */
    bool above, below;  /* an end itself is not */
    double initial;     /* when the problem has no default */
} SettingRecord;

#define AT(member) offsetof(Settings, member)
static const SettingRecord record_table[] = {
    { "duration", RECORD_NUMBER, USE_ALWAYS, AT(duration), 0, INFINITY, true, true, 1 },
    { "t0", RECORD_NUMBER, USE_ALWAYS, AT(t0), -INFINITY, INFINITY, true, true, 0 },
    { "settle", RECORD_NUMBER, USE_ALWAYS, AT(settle), 0, INFINITY, false, true, 0 },
    { "save_every", RECORD_NUMBER, USE_ALWAYS, AT(save_every), 0, INFINITY, false, true, 0 },
    { "save_at", RECORD_TIMES, USE_ALWAYS, AT(save_at), 0, 0, false, false, 0 },
    { "rtol", RECORD_TOLERANCE, USE_TOLERANCE, AT(rtol), 0, INFINITY, true, true, 1e-6 },
    { "atol", RECORD_TOLERANCE, USE_TOLERANCE, AT(atol), 0, INFINITY, true, true, 1e-6 },
    { "dt", RECORD_NUMBER, USE_ALWAYS, AT(dt), 0, INFINITY, false, true, 0 },
    { "dt_min", RECORD_NUMBER, USE_ADAPTIVE, AT(dt_min), 0, INFINITY, false, true, 0 },
    { "dt_max", RECORD_NUMBER, USE_ADAPTIVE, AT(dt_max), 0, INFINITY, true, false, INFINITY },
    { "max_steps", RECORD_WHOLE, USE_ADAPTIVE, AT(max_steps), 1, 4294967295.0, false, false, 1000000 },
    { "step_tolerance", RECORD_NUMBER, USE_ADAPTIVE, AT(step_tolerance), 0, 1, true, false, 1 },
    { "safety", RECORD_NUMBER, USE_ADAPTIVE, AT(safety), 0, 1, true, false, 0.9 },
    { "min_gain", RECORD_NUMBER, USE_ADAPTIVE, AT(min_gain), 0, 1, true, true, 0.2 },
    { "max_gain", RECORD_NUMBER, USE_ADAPTIVE, AT(max_gain), 1, 1000, true, false, 10 },
    { "kp", RECORD_NUMBER, USE_ADAPTIVE, AT(kp), -10, 10, false, false, 0 },
    { "ki", RECORD_NUMBER, USE_ADAPTIVE, AT(ki), -10, 10, false, false, 0 },
    { "kd", RECORD_NUMBER, USE_ADAPTIVE, AT(kd), -10, 10, false, false, 0 },
    { "newton_tolerance", RECORD_NUMBER, USE_LISTED, AT(newton_tolerance), 0, 1, false, false, 0 },
    { "newton_max_iterations", RECORD_WHOLE, USE_LISTED, AT(newton_max_iterations), 1, 1000, false, false, 10 },
    { "krylov_tolerance", RECORD_NUMBER, USE_LISTED, AT(krylov_tolerance), 0, 1, true, false, 1e-7 },
    { "krylov_max_iterations", RECORD_WHOLE, USE_LISTED, AT(krylov_max_iterations), 1, 100000, false, false, 100 },
};
enum { RECORDS = sizeof record_table / sizeof *record_table };

typedef struct Setting {
    const char *name, *text;
    const SettingRecord *record;
    Batch *batch;
    bool command; /* of the command line */
} Setting;

static const SettingRecord *record_find(const char *name)
{
    for (int i = 0; i < RECORDS; i++)
        if (strcmp(record_table[i].name, name) == 0) return &record_table[i];
    return NULL;
}

bool cubie_setting_known(const char *name)
{
    return record_find(name) != NULL;
}

void cubie_setting_suggest(Suggestion *suggestion)
{
    for (int i = 0; i < RECORDS; i++) cubie_suggest_try(suggestion, record_table[i].name);
}

static bool record_allows(const SettingRecord *record, double value)
{
    const bool low = record->above ? value > record->least : value >= record->least;
    return low && (record->below ? value < record->most : value <= record->most);
}

/* "above 0", "from 0 to 1", ... */
static const char *record_range(const SettingRecord *record, Pool *pool)
{
    if (isinf(record->least)) return "finite";
    const char *low = record->above ? "above" : "at least";
    if (isinf(record->most))
        return cubie_pool_printf(pool, "%s %s%s", low, cubie_number_text(record->least).text,
                                 record->below ? " and finite" : "");
    return cubie_pool_printf(pool, "%s %s and %s %s", low, cubie_number_text(record->least).text,
                             record->below ? "below" : "at most", cubie_number_text(record->most).text);
}

static bool setting_number(double *out, const Setting *setting, const char *bytes, size_t length)
{
    const SettingRecord *record = setting->record;
    Batch *batch = setting->batch;
    if (!cubie_number_read(out, bytes, length) || isnan(*out)) {
        cubie_error(batch->report, "%s=%s: '%.*s' is not a number", setting->name, setting->text, (int)length, bytes);
        return false;
    }
    if (!record_allows(record, *out)) {
        cubie_error(batch->report, "%s=%s is out of range; it must be %s", setting->name, setting->text,
                    record_range(record, batch->pool));
        return false;
    }
    return true;
}

static void setting_read_whole(uint32_t *out, const Setting *setting)
{
    const double most = setting->record->most;
    uint64_t value;
    if (cubie_number_whole(&value, setting->text, strlen(setting->text), (uint64_t)most) && value > 0)
        *out = (uint32_t)value;
    else
        cubie_error(setting->batch->report, "%s=%s: expected a whole number from 1 to %.0f", setting->name,
                    setting->text, most);
}

/* Gives `value` to the state of this name, or to every element of the vector. */
static bool setting_set_state(double *tolerance, const CubieProblem *problem, const char *name, size_t length,
                              double value)
{
    bool found = false;
    for (int i = 0; i < problem->states; i++) {
        const CubieVariable *state = &problem->input[problem->parameters + i];
        const bool vector = strncmp(state->name, name, length) == 0 && state->name[length] == '[';
        const bool same = strncmp(state->name, name, length) == 0 && !state->name[length];
        const bool code = strncmp(state->code, name, length) == 0 && !state->code[length];
        if (vector || same || code) {
            tolerance[i] = value;
            found = true;
        }
    }
    return found;
}

static void setting_unknown_state(const Setting *setting, const char *name, size_t length)
{
    Batch *batch = setting->batch;
    const CubieProblem *problem = batch->problem;
    const char *word = cubie_pool_text(batch->pool, name, length);
    Suggestion near = cubie_suggest(word);
    for (int i = 0; i < problem->states; i++) cubie_suggest_try(&near, problem->input[problem->parameters + i].name);
    cubie_error(batch->report, "%s=%s: '%s' is no state%s", setting->name, setting->text, word,
                cubie_suggest_text(&near, batch->pool));
}

/* One item of a tolerance: a number for all states or, when there are as many
 * as states, for the state in its place; or NAME=NUMBER. */
static void setting_read_item(double *tolerance, const Setting *setting, const char *item, size_t length, int place)
{
    const CubieProblem *problem = setting->batch->problem;
    const char *equals = memchr(item, '=', length), *text = equals ? equals + 1 : item;
    double value;
    if (!setting_number(&value, setting, text, (size_t)(item + length - text))) return;
    if (equals && !setting_set_state(tolerance, problem, item, (size_t)(equals - item), value))
        setting_unknown_state(setting, item, (size_t)(equals - item));
    else if (!equals && place >= 0 && place < problem->states)
        tolerance[place] = value;
    else if (!equals)
        for (int i = 0; i < problem->states; i++) tolerance[i] = value;
}

/* "1e-6", "1e-6,1e-8" (one for each state), "x=1e-6,y=1e-8" or "1e-6,y=1e-8":
 * states that are not named keep theirs. */
static void setting_read_tolerance(double *tolerance, const Setting *setting)
{
    const int states = setting->batch->problem->states;
    int plain = 0, place = 0;
    for (const char *item = setting->text;; item += strcspn(item, ",") + 1) {
        plain += !memchr(item, '=', strcspn(item, ","));
        if (!item[strcspn(item, ",")]) break;
    }
    if (plain > 1 && plain != states) {
        cubie_error(setting->batch->report,
                    "%s=%s: %d values for %d states; give one, one for each state, or NAME=VALUE", setting->name,
                    setting->text, plain, states);
        return;
    }
    for (const char *item = setting->text;; item += strcspn(item, ",") + 1) {
        const size_t length = strcspn(item, ",");
        const bool named = memchr(item, '=', length) != NULL;
        setting_read_item(tolerance, setting, item, length, plain > 1 && !named ? place++ : -1);
        if (!item[length]) break;
    }
}

/* Saved instants in the notation of values. */
static void setting_read_times(Settings *settings, const Setting *setting)
{
    Batch *batch = setting->batch;
    Axis axis;
    if (!cubie_axis_read(&axis, setting->name, setting->text, 64, batch->report, batch->pool)) return;
    if (cubie_axis_random(&axis)) {
        cubie_error(batch->report, "%s=%s: save times cannot be random", setting->name, setting->text);
        return;
    }
    if (axis.fixed) axis.count = 1;
    if (axis.count > SAVE_TIMES_MOST) {
        cubie_error(batch->report, "%s=%s: more than 10^8 save times", setting->name, setting->text);
        return;
    }
    settings->saves = axis.count;
    settings->save_at = cubie_pool_array(batch->pool, (size_t)axis.count, sizeof(double));
    for (uint64_t k = 0; k < axis.count; k++) {
        const double part = axis.count > 1 ? (double)k / (double)(axis.count - 1) : 0;
        settings->save_at[k] = axis.table                              ? axis.table[k]
                               : k + 1 == axis.count && axis.count > 1 ? axis.stop
                               : axis.kind == CUBIE_SWEEP_GEOMETRIC    ? axis.start * pow(axis.stop / axis.start, part)
                               : axis.fixed                            ? axis.start
                                                                       : axis.start + (axis.stop - axis.start) * part;
    }
}

static void setting_apply(const Setting *setting)
{
    Settings *settings = &setting->batch->settings;
    void *place = (char *)settings + setting->record->offset;
    if (setting->record->kind == RECORD_NUMBER)
        (void)setting_number(place, setting, setting->text, strlen(setting->text));
    else if (setting->record->kind == RECORD_WHOLE)
        setting_read_whole(place, setting);
    else if (setting->record->kind == RECORD_TOLERANCE)
        setting_read_tolerance(*(double **)place, setting);
    else
        setting_read_times(settings, setting);
    /* the last of save_every and save_at decides */
    const bool every = strcmp(setting->name, "save_every") == 0;
    if (every && (settings->save_every > 0 || setting->command)) {
        settings->save_at = NULL;
        settings->saves = 0;
    } else if (setting->record->kind == RECORD_TIMES) {
        settings->save_every = 0;
    }
}

static void settings_set_initial(Batch *batch)
{
    Settings *settings = &batch->settings;
    settings->rtol = cubie_pool_array(batch->pool, (size_t)batch->problem->states, sizeof(double));
    settings->atol = cubie_pool_array(batch->pool, (size_t)batch->problem->states, sizeof(double));
    for (int i = 0; i < RECORDS; i++) {
        const SettingRecord *record = &record_table[i];
        void *place = (char *)settings + record->offset;
        if (record->kind == RECORD_NUMBER)
            *(double *)place = record->initial;
        else if (record->kind == RECORD_WHOLE)
            *(uint32_t *)place = (uint32_t)record->initial;
        else if (record->kind == RECORD_TOLERANCE)
            for (int state = 0; state < batch->problem->states; state++) (*(double **)place)[state] = record->initial;
    }
}

/* Whether the controller has a term with that gain: the filter is generated. */
static bool setting_gain_used(const CubieProblem *problem, const char *name)
{
    const bool kp = strcmp(name, "kp") == 0, kd = strcmp(name, "kd") == 0;
    const bool pid = strcmp(problem->controller, "pid") == 0;
    return !(kp || kd) || pid || (kp && strcmp(problem->controller, "i") != 0);
}

bool cubie_setting_listed(const CubieProblem *problem, const char *name)
{
    for (int i = 0; i < problem->settings; i++)
        if (strcmp(problem->setting[i].name, name) == 0) return true;
    return false;
}

bool cubie_settings_tolerances(const CubieProblem *problem)
{
    return problem->adaptive || cubie_setting_listed(problem, "newton_tolerance") ||
           cubie_setting_listed(problem, "krylov_tolerance");
}

/* Says when a setting of the command line means nothing to the method. */
static void setting_check_use(Batch *batch, const SettingRecord *record)
{
    const CubieProblem *problem = batch->problem;
    const bool fixed = (record->use == USE_ADAPTIVE && !problem->adaptive) ||
                       (record->use == USE_TOLERANCE && !cubie_settings_tolerances(problem));
    if (fixed)
        cubie_warning(batch->report, "%s has no effect: %s takes steps of a fixed size", record->name,
                      problem->algorithm);
    else if (record->use == USE_LISTED && !cubie_setting_listed(problem, record->name))
        cubie_error(batch->report, "%s has no effect: %s has no such iterations", record->name, problem->algorithm);
    else if (problem->adaptive && !setting_gain_used(problem, record->name))
        cubie_error(batch->report, "%s has no effect with the %s controller; generate with controller=%s", record->name,
                    problem->controller, strcmp(record->name, "kp") == 0 ? "pi" : "pid");
}

static void settings_apply_all(Batch *batch)
{
    const CubieProblem *problem = batch->problem;
    for (int i = 0; i < problem->settings; i++) {
        const CubieSettingDefault *given = &problem->setting[i];
        const SettingRecord *record = record_find(given->name);
        if (record && given->value && *given->value)
            setting_apply(&(Setting){ given->name, given->value, record, batch, false });
    }
    for (int i = 0; i < batch->options.settings.count; i++) {
        const Assignment *given = &batch->options.settings.item[i];
        const SettingRecord *record = record_find(given->name);
        setting_check_use(batch, record);
        setting_apply(&(Setting){ given->name, given->value, record, batch, true });
    }
}

void cubie_settings_resolve(Batch *batch)
{
    const int errors = batch->report->errors;
    settings_set_initial(batch);
    settings_apply_all(batch);
    if (batch->report->errors == errors) cubie_settings_check(batch);
}
