/* SPDX-License-Identifier: MIT */
/* The functions of the problem in the generated source, and their calls:
 *
 *   hoist(hoisted, parameters)
 *   rhs(ddt, state, parameters, hoisted, t)
 *   time_slope(slope, state, parameters, hoisted, t)        df/dt
 *   observe(observables, state, parameters, hoisted, t)
 *
 * The last argument but t is left out where nothing is hoisted. Each call is a step
 * of the trace. */
#ifndef CODE_PROBLEM_H
#define CODE_PROBLEM_H

#include "code/view.h"

void problem_emit_hoist(Emitter *e);
void problem_emit_rhs(Emitter *e);
void problem_emit_time_slope(Emitter *e);
void problem_emit_observe(Emitter *e);

/* What every function of the problem takes beside the state, with the reads recorded:
 * "parameters", "parameters, hoisted". */
const char *problem_arguments(Emitter *e);

/* Times as C text, t alone where nothing depends on it: of stage i (from 0), "t + 0.5 * h"; of the end
 * of the step. */
const char *problem_stage_time(const Emitter *e, int i);
const char *problem_end_time(const Emitter *e);

/* Computes `hoisted` once the parameters are there; nothing when there is nothing to hoist. For
 * all runs in flight: those that go on get the values they have, from the same parameters. */
void problem_call_hoist(Emitter *e, const char *label);
/* ddt from `state`; time is C text. */
void problem_call_rhs(Emitter *e, const char *label, View ddt, View state, const char *time);
/* df/dt, for Rosenbrock methods. */
void problem_call_time_slope(Emitter *e, View slope, View state, const char *time);
/* The observables, if they are saved. */
void problem_call_observe(Emitter *e, View state, const char *time);

#endif
