/* SPDX-License-Identifier: MIT */
#include "system/sweep.h"

#include "base/intern.h"
#include "rule/grid.h"
#include "system/system.h"

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

static bool read_axis(GridAxis *grid, const SweepAxis *axis)
{
    Values values;
    RuleText why;
    *grid = (GridAxis){ .name = axis->name };
    if (!values_read(&values, &why, axis->values, 64)) {
        diag_error(axis->source, "the sweep over '%s': %s", axis->name, why.text);
        return false;
    }
    grid->drawn = values_drawn(&values);
    grid->unknown = values.form == VALUES_FILE;
    grid->count = values.form == VALUES_ONE ? 0 : values.count;
    return true;
}

void sweep_check(Arena *arena, const Spec *spec)
{
    const int axes = spec->sweep.count;
    GridAxis *axis = ARENA_ARRAY(arena, GridAxis, axes + 1);
    bool good = true;
    for (int i = 0; i < axes; i++) {
        check_name(arena, spec, &spec->sweep.items[i]);
        good &= read_axis(&axis[i], &spec->sweep.items[i]);
    }
    Grid grid;
    RuleText why;
    if (!good || grid_count(&grid, &why, axis, axes, spec->zip, (uint64_t)spec->runs)) return;
    Source source = axes ? spec->sweep.items[grid.wrong >= 0 ? grid.wrong : 0].source : spec->name_source;
    diag_error(source, "%s", why.text);
}
