/* SPDX-License-Identifier: MIT */
/* Why an element is live: who reads its present value next. */
#ifndef LAYOUT_EXPLAIN_H
#define LAYOUT_EXPLAIN_H

#include "layout/flow.h"

typedef struct Reader {
    const char *step;    /* label of the reading step; NULL: nobody reads it */
    const char *skipped; /* label of the branch that must be skipped for that, or NULL */
} Reader;

/* Of the value that the element has right after `step`. */
Reader explain_reader(const Flow *flow, int buffer, int64_t element, const Block *step);

#endif
