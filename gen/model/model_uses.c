/* SPDX-License-Identifier: MIT */
/* Which settings mean something to the method. */
#include <assert.h>
#include <string.h>

#include "model/model.h"

bool model_uses(const Model *model, const char *uses)
{
    const FamilyTraits *family = family_traits(model->tableau->family);
    bool direct = model_is_direct(model);
    if (!*uses) return true;
    if (!strcmp(uses, "kept factors"))
        return family->newton && direct && (model->spectrum || !number_is(tableau_diagonal(model->tableau), 0));
    if (!strcmp(uses, "newton")) return family->newton;
    if (!strcmp(uses, "lu")) return family->implicit && direct;
    if (!strcmp(uses, "krylov")) return family->implicit && !direct;
    assert(!strcmp(uses, "implicit"));
    return family->implicit;
}

/* What the method lacks, for a setting that uses it. */
static const char *lack(Arena *arena, const Model *model, const char *uses)
{
    const char *name = model->tableau->name, *family = family_traits(model->tableau->family)->name;
    if (!family_traits(model->tableau->family)->implicit)
        return arena_printf(
            arena, "%s is an explicit method and solves no equations; leave it out, or choose an implicit algorithm",
            name);
    if (!strcmp(uses, "kept factors"))
        return "factors are kept by linear_solver = lu, with firk methods and with dirk methods that have one number "
               "on the "
               "diagonal of their tableau; leave it out, or choose these";
    if (!strcmp(uses, "newton"))
        return arena_printf(
            arena,
            "%s is a %s method, which takes no Newton iterations; leave it out, or choose a dirk or firk "
            "algorithm",
            name, family);
    if (strcmp(uses, "krylov"))
        return arena_printf(arena, "linear_solver = %s makes no factors; leave it out, or choose lu",
                            model->linear_solver);
    return "linear_solver = lu does not iterate; leave it out, or choose another linear solver";
}

void model_check_uses(const Model *model, const SettingTable *table)
{
    Arena *scratch = arena_new();
    for (int i = 0; i < table->count; i++) {
        const Setting *setting = &table->items[i];
        if (settings_given(model->settings, setting->name) && !model_uses(model, setting->uses))
            diag_error(settings_source(model->settings, setting->name), "%s has no effect: %s", setting->name,
                       lack(scratch, model, setting->uses));
    }
    arena_free(scratch);
}
