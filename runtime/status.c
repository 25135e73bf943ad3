/* SPDX-License-Identifier: MIT */
#include "status.h"

#include <stdio.h>

#include "cubie/problem.h"

static const StatusText status_table[] = {
    { CUBIE_NEWTON_EXHAUSTED, "newton_exhausted",
      "Newton's method did not converge within its iterations at any step size",
      "tighter tolerances or a shorter dt_max keep steps where it converges; newton_max_iterations allows more" },
    { CUBIE_LINEAR_EXHAUSTED, "linear_exhausted", "the linear solver did not converge within its iterations",
      "allow more with krylov_max_iterations, or generate with another preconditioner or linear_solver=lu" },
    { CUBIE_STEP_TOO_SMALL, "step_too_small", "the error stayed above the tolerance down to dt_min",
      "the solution may have a singularity or a jump there; else looser tolerances, a smaller dt_min or float64" },
    { CUBIE_MAX_STEPS, "max_steps", "the end was not reached within max_steps attempts",
      "raise max_steps; steps of an explicit algorithm may be short for stability alone: an implicit one takes longer "
      "ones" },
    { CUBIE_NEWTON_STAGNATED, "newton_stagnated",
      "Newton's corrections stopped shrinking before they were small enough",
      "rounding may be the limit: looser tolerances, or precision=float64 and lu_precision=float64" },
    { CUBIE_LINEAR_BREAKDOWN, "linear_breakdown", "the linear system was singular or nearly so",
      "the matrix I - h gamma J has no safe pivot: a shorter dt_max, or states of comparable size" },
    { CUBIE_NEWTON_DIVERGED, "newton_diverged", "Newton's corrections grew",
      "tighter tolerances or a shorter dt_max keep the first guess close to the solution" },
    { CUBIE_NOT_FINITE, "not_finite", "a state became infinite or no number",
      "look for an overflow, a division by 0 or a root of a negative number at these inputs" },
};
enum { STATUS_COUNT = sizeof status_table / sizeof *status_table };

const StatusText *cubie_status_text(int bit)
{
    for (int i = 0; i < STATUS_COUNT; i++)
        if (status_table[i].mask == 1 << bit) return &status_table[i];
    return NULL;
}

void cubie_status_words(char out[CUBIE_STATUS_WORDS], int bit)
{
    const StatusText *text = cubie_status_text(bit);
    if (text)
        snprintf(out, CUBIE_STATUS_WORDS, "%s", text->name);
    else
        snprintf(out, CUBIE_STATUS_WORDS, "status %d", 1 << bit);
    for (char *c = out; *c; c++)
        if (*c == '_') *c = ' ';
}
