/* SPDX-License-Identifier: MIT */
/* Whether the settings go together, and what follows from them: saved
 * instants, the size of fixed steps, the smallest step. */
#include <math.h>

#include "batch.h"
#include "input/settings.h"
#include "number.h"

/* Spacing of the run's numbers at `size`. */
static double settings_ulp(const CubieProblem *problem, double size)
{
    if (problem->precision == 32) {
        const float at = (float)size;
        return (double)(nextafterf(at, INFINITY) - at);
    }
    return nextafter(size, INFINITY) - size;
}

static void settings_check_saves(Batch *batch)
{
    Settings *settings = &batch->settings;
    const double start = settings->t0 + settings->settle, end = start + settings->duration;
    for (uint64_t k = 0; settings->save_at && k < settings->saves; k++) {
        const double at = settings->save_at[k];
        if (at < start || at > end) {
            cubie_error(batch->report, "save_at: %s lies outside the saved time, %s to %s", cubie_number_text(at).text,
                        cubie_number_text(start).text, cubie_number_text(end).text);
            return;
        }
        if (k && at <= settings->save_at[k - 1]) { /* of a file */
            cubie_error(batch->report, "save_at: the times must ascend, but %s follows %s", cubie_number_text(at).text,
                        cubie_number_text(settings->save_at[k - 1]).text);
            return;
        }
    }
    if (settings->save_every > 0 && settings->duration / settings->save_every > 4294967295.0)
        cubie_error(batch->report, "save_every=%s gives more than 2^32 instants in duration=%s",
                    cubie_number_text(settings->save_every).text, cubie_number_text(settings->duration).text);
    else if (settings->save_every > 0)
        settings->saves = (uint64_t)floor(settings->duration / settings->save_every * (1 + 1e-12)) + 1;
}

/* Fixed steps: as many as needed, of equal size, none longer than asked. */
static void settings_fix_step(Batch *batch)
{
    Settings *settings = &batch->settings;
    const double total = settings->settle + settings->duration;
    settings->dt_asked = settings->dt;
    if (!(settings->dt > 0)) {
        cubie_error(batch->report, "%s takes steps of a fixed size: set it, for example dt=%s",
                    batch->problem->algorithm, cubie_number_text(total / 1000).text);
        return;
    }
    const double steps = ceil(total / settings->dt * (1 - 1e-12));
    if (steps > 4294967295.0) {
        cubie_error(batch->report, "dt=%s needs %s steps; at most 2^32 can be counted",
                    cubie_number_text(settings->dt).text, cubie_number_text(steps).text);
        return;
    }
    settings->fixed_steps = steps < 1 ? 1 : (uint64_t)steps;
    settings->dt = total / (double)settings->fixed_steps;
}

static void settings_check_steps(Batch *batch)
{
    Settings *settings = &batch->settings;
    const double epsilon = settings_ulp(batch->problem, 1);
    for (int i = 0; i < batch->problem->states; i++)
        if (settings->rtol[i] < 4 * epsilon) {
            cubie_warning(batch->report, "rtol=%s is below what float%d resolves (%.1e): steps may become too small",
                          cubie_number_text(settings->rtol[i]).text, batch->problem->precision, 4 * epsilon);
            return;
        }
}

/* A step's error is held against less than the tolerances, but not against what
 * the run's numbers cannot resolve unless that was asked for. */
static void settings_scale_tolerances(Batch *batch)
{
    Settings *settings = &batch->settings;
    const double least = 4 * settings_ulp(batch->problem, 1);
    const size_t states = (size_t)batch->problem->states;
    settings->step_rtol = cubie_pool_array(batch->pool, states, sizeof(double));
    settings->step_atol = cubie_pool_array(batch->pool, states, sizeof(double));
    for (size_t i = 0; i < states; i++) {
        const double resolved = fmin(1, least / settings->rtol[i]);
        const double factor = batch->problem->adaptive ? fmax(settings->step_tolerance, resolved) : 1;
        settings->step_rtol[i] = factor * settings->rtol[i];
        settings->step_atol[i] = factor * settings->atol[i];
    }
}

/* The time must be resolved by the run's numbers. */
static void settings_check_times(Batch *batch)
{
    Settings *settings = &batch->settings;
    const double end = settings->t0 + settings->settle + settings->duration;
    const double ulp = settings_ulp(batch->problem, fmax(fabs(settings->t0), fabs(end)));
    if (!isfinite(end) || !isfinite(ulp))
        cubie_error(batch->report, "t0 + settle + duration is too large for float%d", batch->problem->precision);
    else if (settings->duration < 64 * ulp)
        cubie_error(batch->report, "duration=%s is below what float%d resolves at t=%s",
                    cubie_number_text(settings->duration).text, batch->problem->precision, cubie_number_text(end).text);
    if (settings->dt_min <= 0)
        settings->dt_min = 1e-30 * (settings->settle + settings->duration); /* is_stuck() sees to rounding */
}

/* A number's value; false for settings that are none, or mean nothing here. */
static bool settings_value(double *value, const Batch *batch, const RunSetting *record)
{
    if (record->rule.kind != SETTING_NUMBER) return false;
    *value = *(const double *)cubie_setting_place(&batch->settings, record);
    return cubie_setting_used(batch->problem, record->rule.name);
}

/* What the table says of pairs of settings. */
static void settings_check_pairs(Batch *batch)
{
    double value, limit;
    for (int i = 0; cubie_setting_at(i); i++)
        for (int k = 0; cubie_setting_at(k); k++) {
            const RunSetting *setting = cubie_setting_at(i), *other = cubie_setting_at(k);
            if (!settings_value(&value, batch, setting) || !settings_value(&limit, batch, other)) continue;
            const char *relation = setting_contradicts(&setting->rule, value, &other->rule, limit);
            if (relation)
                cubie_error(batch->report, "%s=%s %s %s=%s", setting->rule.name, cubie_number_text(value).text,
                            relation, other->rule.name, cubie_number_text(limit).text);
        }
}

void cubie_settings_check(Batch *batch)
{
    const int errors = batch->report->errors;
    settings_check_pairs(batch);
    if (batch->report->errors > errors) return;
    settings_check_times(batch);
    settings_check_saves(batch);
    if (batch->problem->adaptive)
        settings_check_steps(batch);
    else
        settings_fix_step(batch);
    settings_scale_tolerances(batch);
}

/* A run is stuck when adding a sixteenth of its step to the time no longer changes it (is_stuck of control.hpp). */
double cubie_settings_coarse_step(const Batch *batch)
{
    const Settings *settings = &batch->settings;
    const double total = settings->settle + settings->duration, end = settings->t0 + total;
    const double shortest = 8 * settings_ulp(batch->problem, fmax(fabs(settings->t0), fabs(end)));
    return total < 1e4 * shortest && settings->dt_min < shortest ? shortest : 0;
}

double cubie_settings_instant(const Settings *settings, uint64_t instant)
{
    const double start = settings->t0 + settings->settle;
    if (settings->save_at) return settings->save_at[instant];
    return settings->saves ? start + (double)instant * settings->save_every : start + settings->duration;
}

uint64_t cubie_settings_instants(const Settings *settings)
{
    return settings->saves ? settings->saves : 1;
}
