/* SPDX-License-Identifier: MIT */
#include "system/sweep.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/intern.h"
#include "system/system.h"

static bool starts_with(const char *text, const char *start)
{
    return !strncmp(text, start, strlen(start));
}

SweepExtent sweep_extent(int64_t *count, const char *values)
{
    *count = 1;
    if (starts_with(values, "uniform:") || starts_with(values, "normal:")) return SWEEP_DRAWN;
    if (starts_with(values, "file:")) return SWEEP_FILE;
    const char *colon = strrchr(values, ':');
    if (colon) *count = strtoll(colon + 1, NULL, 10);
    for (const char *c = values; !colon && *c; c++) *count += *c == ',';
    return SWEEP_POINTS;
}

static const Declaration *find(const DeclarationList *list, const char *name)
{
    for (int i = 0; i < list->count; i++) {
        const Declaration *declaration = &list->items[i];
        if (declaration->symbol->name == name || declaration->vector == name) return declaration;
    }
    return NULL;
}

static int add_names(const char **names, int count, const DeclarationList *list)
{
    for (int i = 0; i < list->count; i++) names[count++] = list->items[i].symbol->name;
    return count;
}

static void report_unknown(Arena *arena, const Spec *spec, const SweepAxis *axis)
{
    const char **names = ARENA_ARRAY(arena, const char *, spec->states.count + spec->parameters.count);
    int count = add_names(names, add_names(names, 0, &spec->parameters), &spec->states);
    const char *nearest = nearest_name(axis->name, names, count);
    if (nearest)
        diag_error(axis->source, "sweep over the unknown name '%s'; did you mean '%s'?", axis->name, nearest);
    else
        diag_error(axis->source, "sweep over the unknown name '%s'; it must be a parameter or a state", axis->name);
}

static void check_name(Arena *arena, const Spec *spec, const SweepAxis *axis)
{
    const Declaration *constant = find(&spec->constants, axis->name);
    const Declaration *declaration = find(&spec->parameters, axis->name);
    if (!declaration) declaration = find(&spec->states, axis->name);
    if (constant) {
        diag_error(axis->source, "sweep over the constant '%s'; declare it with parameters to vary it", axis->name);
        diag_note(constant->source, "declaration of '%s'", axis->name);
    } else if (!declaration) {
        report_unknown(arena, spec, axis);
    } else if (declaration->vector == axis->name) {
        diag_error(axis->source, "sweep over the vector '%s'; name its elements: [\"%s[1]\"] = ...", axis->name,
                   axis->name);
    }
}

typedef struct Batch {
    int64_t runs; /* of the grid so far */
    int grid, drawn, file;
    const SweepAxis *first; /* of the grid */
    int64_t first_count;
} Batch;

static void add_points(Batch *batch, const Spec *spec, const SweepAxis *axis, int64_t count)
{
    if (!batch->grid++) {
        batch->first = axis;
        batch->first_count = batch->runs = count;
    } else if (!spec->zip) {
        batch->runs = batch->runs > SYSTEM_MOST_RUNS / count ? SYSTEM_MOST_RUNS + 1 : batch->runs * count;
    } else if (count != batch->first_count) {
        diag_error(axis->source, "'%s' has %" PRId64 " values; with mode = \"zip\" it needs as many as '%s', %" PRId64,
                   axis->name, count, batch->first->name, batch->first_count);
    }
}

static void check_size(const Spec *spec, const Batch *batch)
{
    Source source = spec->sweep.count ? spec->sweep.items[0].source : spec->name_source;
    if (batch->drawn && !batch->grid && !batch->file && !spec->runs)
        diag_error(source, "the sweep draws values but does not say for how many runs; add runs = 1000");
    bool counted = batch->grid && !batch->file && spec->runs;
    if (counted && !batch->drawn && spec->runs != batch->runs)
        diag_error(source, "runs = %" PRId64 ", but the sweep has %" PRId64 " runs; runs is for drawn values",
                   spec->runs, batch->runs);
    else if (counted && spec->runs % batch->runs)
        diag_error(source, "runs = %" PRId64 " is no multiple of the %" PRId64 " points of the sweep", spec->runs,
                   batch->runs);
    if (spec->runs > SYSTEM_MOST_RUNS || batch->runs > SYSTEM_MOST_RUNS)
        diag_error(source,
                   "the sweep has more than %" PRId64 " runs, the most of a batch; use fewer points, or mode = "
                   "\"zip\"",
                   SYSTEM_MOST_RUNS);
}

void sweep_check(Arena *arena, const Spec *spec)
{
    Batch batch = { 0 };
    for (int i = 0; i < spec->sweep.count; i++) {
        const SweepAxis *axis = &spec->sweep.items[i];
        int64_t count;
        SweepExtent extent = sweep_extent(&count, axis->values);
        check_name(arena, spec, axis);
        batch.drawn += extent == SWEEP_DRAWN;
        batch.file += extent == SWEEP_FILE;
        if (extent == SWEEP_POINTS && (count > 1 || !spec->zip)) add_points(&batch, spec, axis, count);
    }
    check_size(spec, &batch);
}
