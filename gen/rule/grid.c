/* SPDX-License-Identifier: MIT */
#include "rule/grid.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

typedef struct Counting {
    double points; /* as it may be anything */
    bool drawn, counted, unknown;
} Counting;

static bool check_zip(Grid *grid, RuleText *why, const GridAxis *axis, int axes)
{
    const GridAxis *first = NULL;
    for (int i = 0; i < axes; i++) {
        if (!axis[i].count) continue;
        if (!first) first = &axis[i];
        if (axis[i].count == first->count) continue;
        grid->wrong = i;
        snprintf(why->text, sizeof why->text,
                 "zipped sweeps must have equally many values: %.40s has %" PRIu64 ", %.40s has %" PRIu64, first->name,
                 first->count, axis[i].name, axis[i].count);
        return false;
    }
    return true;
}

static Counting count_points(const GridAxis *axis, int axes, bool zip)
{
    Counting counting = { .points = 1 };
    for (int i = 0; i < axes; i++) {
        counting.drawn |= axis[i].drawn;
        counting.unknown |= axis[i].unknown;
        if (!axis[i].count) continue;
        if (!counting.counted || !(zip || axis[i].joined)) counting.points *= (double)axis[i].count;
        counting.counted = true;
    }
    return counting;
}

bool grid_count(Grid *grid, RuleText *why, const GridAxis *axis, int axes, bool zip, uint64_t asked)
{
    const double most = ldexp(1, VALUES_COUNT_LOG2);
    *grid = (Grid){ .wrong = -1 };
    if (zip && !check_zip(grid, why, axis, axes)) return false;
    const Counting counting = count_points(axis, axes, zip);
    const double runs = fmax(counting.points, (double)asked);
    char *text = why->text;
    const size_t room = sizeof why->text;
    if (runs > most) {
        snprintf(text, room, "the sweep has %.4g runs; at most 2^%d (about 1.1e12) can be counted", runs,
                 VALUES_COUNT_LOG2);
        return false;
    }
    grid->points = (uint64_t)counting.points;
    grid->runs = asked ? asked : grid->points;
    if (counting.unknown) return true;
    if (counting.drawn && !asked && !counting.counted)
        return snprintf(text, room, "random values need the number of runs: runs=1000"), false;
    if (asked && counting.counted && !counting.drawn && asked != grid->points)
        return snprintf(text, room, "runs=%" PRIu64 ", but the sweep has %" PRIu64 " runs; runs is for random values",
                        asked, grid->points),
               false;
    if (asked % grid->points == 0) return true;
    snprintf(text, room, "runs=%" PRIu64 " is no multiple of the %" PRIu64 " points of the grid", asked, grid->points);
    return false;
}
