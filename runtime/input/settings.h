/* SPDX-License-Identifier: MIT */
/* The run-time settings of a batch: what the problem was generated with, and what
 * the command line says instead. Their table is lua/settings.lua, which the build
 * prints as settings_table.h: a setting that is added there is an option, has its
 * range, help and default, and is a member of Settings of the same name. */
#ifndef CUBIE_SETTINGS_H
#define CUBIE_SETTINGS_H

#include "cubie/problem.h"
#include "input/settings_table.h"
#include "report.h"
#include "rule/setting.h"

/* Times in the problem's unit. Tolerances are [states], save_at is [saves]
 * ascending, or NULL. */
typedef struct Settings {
    CUBIE_SETTING_MEMBERS
    uint64_t saves;                /* instants; 0: the end state only */
    double *step_rtol, *step_atol; /* [states], times step_tolerance: what the error of a step is held against */
    double dt_asked;               /* fixed steps: as given, before it was made to divide the time */
    uint64_t fixed_steps;
} Settings;

typedef struct RunSetting {
    Setting rule;
    size_t offset; /* of its member */
} RunSetting;

/* The table, in its order; NULL behind the last one. */
const RunSetting *cubie_setting_at(int index);
/* NULL: there is none of this name. */
const RunSetting *cubie_setting_find(const char *name);
void cubie_setting_suggest(Suggestion *suggestion);

/* Whether it means something to the method: methods that do not iterate have no
 * limits of iterations. */
bool cubie_setting_used(const CubieProblem *problem, const char *name);
/* As text: the problem's own, or else the table's; "" for none. */
const char *cubie_setting_default(const CubieProblem *problem, const Setting *setting);

/* Its member, and the value of one that is an integer (0 of others). */
const void *cubie_setting_place(const Settings *settings, const RunSetting *record);
uint64_t cubie_setting_whole(const Settings *settings, const RunSetting *record);

/* Time of a saved instant. */
double cubie_settings_instant(const Settings *settings, uint64_t instant);
/* Instants that the results hold per run: at least 1. */
uint64_t cubie_settings_instants(const Settings *settings);

struct Batch;

/* Reads the settings of the problem, then those of its options. */
void cubie_settings_resolve(struct Batch *batch);
/* settings_check.c: what the settings mean together. */
void cubie_settings_check(struct Batch *batch);
/* Where the run's numbers resolve so little of the time that fewer than 10000 of the shortest steps they
 * can take make up a run: the length of those near its end. Else 0. */
double cubie_settings_coarse_step(const struct Batch *batch);
/* settings_describe.c: for --describe. */
void cubie_settings_print(const struct Batch *batch);

#endif
