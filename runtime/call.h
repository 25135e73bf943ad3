/* SPDX-License-Identifier: MIT */
/* One call of the program (cubie_main) or of the library (cubie_solve), from its
 * words to its exit status. Everything of it is in a Call: several may run at once. */
#ifndef CUBIE_CALL_H
#define CUBIE_CALL_H

#include <signal.h>

#include "output/output.h"
#include "tally.h"

typedef struct Call {
    Pool pool;
    Report report;
    Batch batch;
    Output output;
    Tally tally;
    int words; /* of the command line */
    const char *const *word;
} Call;

/* Starts it, with the problem alone; the addresses in it hold as long as it stays where it is. */
void cubie_call_begin(Call *call, const CubieProblem *problem);

/* The exit status of `run`, or 3 when it ran out of memory, which is reported;
 * whatever it left open is dropped, and all its memory released. */
int cubie_call_run(Call *call, int (*run)(Call *call));

/* The stages, each with its mistakes reported: false. */
bool cubie_call_resolve(Call *call);
bool cubie_call_open(Call *call, CubieResult *result);
/* Integrates into the output, which is open, and closes it. False also for an interrupt, which
 * is not reported. */
bool cubie_call_integrate(Call *call, const volatile sig_atomic_t *interrupted);

#endif
