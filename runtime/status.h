/* SPDX-License-Identifier: MIT */
/* Why runs fail: the status bits of cubie/problem.h in words. */
#ifndef CUBIE_STATUS_H
#define CUBIE_STATUS_H

enum { CUBIE_STATUS_BITS = 16 };

typedef struct StatusText {
    int mask;
    const char *name;    /* "step_too_small": the flag in netCDF files */
    const char *meaning; /* what happened in such a run */
    const char *remedy;  /* what a user may do about it */
} StatusText;

/* Of bit 0 to 15; NULL when it has no meaning. */
const StatusText *cubie_status_text(int bit);

/* The name as prose, "step too small", in `out`; "status 16" without one. */
enum { CUBIE_STATUS_WORDS = 32 };
void cubie_status_words(char out[CUBIE_STATUS_WORDS], int bit);

#endif
