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
    const IdentifierScope *taken; /* by the generated text, states and parameters */
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
} System;

/* Checks the Spec (missing and second equations, unknown names, collisions,
 * values that are not finite, initial values that depend on states or t, empty
 * problems, sweeps of unknown names or of no values) and orders it. Reports
 * every mistake, those that the script stage did not see; returns NULL when
 * either stage reported any, and at once for a Spec that is not complete. */
const System *system_build(Arena *arena, const Spec *spec);

/* Reports tolerances (a setting of that kind) of states that there are not, or not
 * as many as there are. */
void system_check_tolerances(const System *system, const Settings *settings, const Setting *setting);

/* Reports parameters, initial values and ends of sweeps that the numbers of the run
 * cannot be. */
void system_check_inputs(const System *system, Precision precision);

/* --dump=system: every field in a stable form. */
void system_dump(Text *text, const System *system);

#endif
