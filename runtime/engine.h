/* SPDX-License-Identifier: MIT */
/* Integrates a batch in chunks into an output that is open.
 *
 *   Batch --target: start, finish--> chunks --> Tally, Traces, Output
 */
#ifndef CUBIE_ENGINE_H
#define CUBIE_ENGINE_H

#include <signal.h>

#include "output/output.h"
#include "tally.h"

/* `interrupted` is set by a signal handler, or NULL. False after a failure, which was
 * reported, or an interrupt, which was not. */
bool cubie_engine_run(const Batch *batch, Output *output, Tally *tally, const volatile sig_atomic_t *interrupted);

#endif
