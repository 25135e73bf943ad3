/* SPDX-License-Identifier: MIT */
/* How many runs the sweeps of a batch make. In a product every axis with a count
 * multiplies; zipped, they go together. Axes of one table go together always.
 * Values that are drawn have no count: every run draws anew, and `asked` runs may
 * repeat the grid as often as they like. */
#ifndef RULE_GRID_H
#define RULE_GRID_H

#include "rule/values.h"

typedef struct GridAxis {
    const char *name;
    uint64_t count; /* 0: one value, or drawn, or not known yet (a file) */
    bool drawn, unknown;
    bool joined; /* goes with the axis with a count before it, whatever the mode */
} GridAxis;

typedef struct Grid {
    uint64_t runs;
    uint64_t points; /* of the grid that is run through */
    int wrong;       /* the axis that a mistake is about, or -1 */
} Grid;

/* `asked`: the runs that were asked for, 0: none. False with what is wrong. */
bool grid_count(Grid *grid, RuleText *why, const GridAxis *axis, int axes, bool zip, uint64_t asked);

#endif
