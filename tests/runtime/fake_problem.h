/* SPDX-License-Identifier: MIT */
/* A problem with a target that needs no generated code: exponential decay,
 * solved analytically in plain C as the job says, so that everything around an
 * integration can be tested.
 *
 *   dx/dt = -k x, dy/dt = c - y        x(t0) = 1, y(t0) = 2 c
 *   observable: total = x + y
 *
 * Runs with k < 0 fail (step too small) half way, those with k > 1e6 at once
 * (not finite). The environment sets what a device may do:
 *   FAKE_PRECISION  32 or 64          FAKE_ADAPTIVE  0 or 1
 *   FAKE_COUNTED    1: the problem has counters, 3 * steps and the number of the run
 *   FAKE_TRACED     1: it is a traced one (with FAKE_PRECISION=64)
 *   FAKE_CAPACITY   most runs of a chunk
 *   FAKE_MEMORY     runs above which start says out of memory
 *   FAKE_DELAY      microseconds that a run takes
 *   FAKE_FILE_LIMIT bytes that a file may have once the device is open
 *   FAKE_FAIL       open, start or finish fails
 */
#ifndef TESTS_FAKE_PROBLEM_H
#define TESTS_FAKE_PROBLEM_H

#include "cubie/problem.h"

enum { FAKE_OUTPUTS = 3, FAKE_INPUTS = 4, FAKE_COUNTERS = 2, FAKE_NUMBERS = 7 };

/* Reads the environment anew. */
const CubieProblem *fake_problem(void);

#endif
