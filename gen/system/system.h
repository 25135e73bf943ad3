/* SPDX-License-Identifier: MIT */
/* The initial value problem after all checks: ordered, complete, immutable.
 *
 *   y' = f(t, y; parameters),  y(t0) = initial(parameters),  observables g(t, y; parameters)
 *
 * Order: states by their ddt assignments, observables by their observe
 * assignments, parameters and drivers by name (elements of a vector by
 * position). symbol->index of states and parameters is the position here. */
#ifndef SYSTEM_SYSTEM_H
#define SYSTEM_SYSTEM_H

#include "system/settings.h"
#include "system/spec.h"

typedef struct System {
    const char *name;
    const char *file; /* base name of the problem file, for comments */
    uint64_t hash;
    Graph *graph;
    const Symbol *time;
    const char *time_unit;
    int states, parameters, observables;
    const Declaration *state;     /* [states]; .initial is never NULL */
    const Declaration *parameter; /* [parameters] */
    const Equation *derivative;   /* [states], in the order of state */
    const Equation *observable;   /* [observables] */
    bool autonomous;              /* no derivative depends on t */
    SweepAxisList sweep;
    bool zip;
    int64_t runs;
    uint64_t seed;
} System;

/* Runs that a batch may have. */
#define SYSTEM_MOST_RUNS INT64_C(100000000000)

/* Checks the Spec (missing and second equations, unknown names, collisions,
 * values that are not finite, initial values that depend on states or t, empty
 * problems, sweeps of unknown names or of no values) and orders it. Reports
 * every mistake, those that the script stage did not see; returns NULL when
 * either stage reported any, and at once for a Spec that is not complete. */
const System *system_build(Arena *arena, const Spec *spec);

/* What a vector or scalar of that name stands for: the position of a state or
 * parameter named `name` ("x", "u[3]"), or -1. */
int system_state(const System *system, const char *name);
int system_parameter(const System *system, const char *name);

/* The tolerance of each state, from a setting of kind numbers (rtol, atol):
 * one for all, one for each in the order of the states, or the default of the
 * table and NAME=VALUE for some (a vector's name stands for all its elements).
 * Reports what does not fit the states. */
void system_tolerances(double *values, const System *system, const Settings *settings, const char *name);

/* --dump=system: every field in a stable form. */
void system_dump(Text *text, const System *system);

#endif
