/* The initial value problem after all checks: ordered, complete, immutable.
 *
 *   y' = f(t, y; parameters),  y(t0) = initial(parameters),  observables g(t, y; parameters)
 *
 * Order: states by their ddt assignments, observables by their observe
 * assignments, parameters and drivers by name (elements of a vector by
 * position). symbol->index of states and parameters is the position here. */
#ifndef SYSTEM_SYSTEM_H
#define SYSTEM_SYSTEM_H

#include "system/spec.h"

typedef struct System {
    const char *name;
    const char *file;          /* base name of the problem file, for comments */
    uint64_t hash;
    Graph *graph;
    const Symbol *time;
    const char *time_unit;
    int states, parameters, observables;
    const Declaration *state;        /* [states]; .initial is never NULL */
    const Declaration *parameter;    /* [parameters] */
    const Equation *derivative;      /* [states], in the order of state */
    const Equation *observable;      /* [observables] */
    bool autonomous;                 /* no derivative depends on t */
    SweepAxisList sweep;
    bool zip;
    int64_t runs;
    uint64_t seed;
} System;

/* Checks the Spec (missing and second equations, unknown names, collisions,
 * values that are not finite, initial values that depend on states or t, empty
 * problems, sweeps of unknown names or of no values) and orders it. Reports
 * every mistake; returns NULL when there were any. */
const System *system_build(Arena *arena, const Spec *spec);

#endif
