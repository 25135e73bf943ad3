/* SPDX-License-Identifier: MIT */
/* Which settings mean something to the method. */
#include <assert.h>
#include <string.h>

#include "model/model.h"

static bool uses_kept_factors(const Model *model)
{
    const FamilyTraits *family = family_traits(model->tableau->family);
    const bool same = model->spectrum || !number_is(tableau_diagonal(model->tableau), 0);
    return family->newton && model_is_direct(model) && same;
}

static bool uses_implicit(const Model *model)
{
    return family_traits(model->tableau->family)->implicit;
}

static bool uses_newton(const Model *model)
{
    return family_traits(model->tableau->family)->newton;
}

static bool uses_lu(const Model *model)
{
    return uses_implicit(model) && model_is_direct(model);
}

static bool uses_krylov(const Model *model)
{
    return uses_implicit(model) && !model_is_direct(model);
}

static bool uses_adaptive(const Model *model)
{
    return model->adaptive;
}

static bool uses_tolerances(const Model *model)
{
    return model->adaptive || uses_newton(model) || uses_krylov(model);
}

static bool uses_proportional(const Model *model)
{
    return model->adaptive && !number_is(model->controller->kp, 0);
}

static bool uses_derivative(const Model *model)
{
    return model->adaptive && !number_is(model->controller->kd, 0);
}

/* What settings use, in the words of lua/settings.lua. */
static const struct {
    const char *word;
    bool (*has)(const Model *model);
} kinds[] = {
    { "adaptive steps", uses_adaptive },
    { "tolerances", uses_tolerances },
    { "proportional term", uses_proportional },
    { "derivative term", uses_derivative },
    { "implicit", uses_implicit },
    { "newton", uses_newton },
    { "lu", uses_lu },
    { "krylov", uses_krylov },
    { "kept factors", uses_kept_factors },
};
enum { KINDS = sizeof kinds / sizeof *kinds };

bool model_uses(const Model *model, const char *uses)
{
    int i = 0;
    if (!*uses) return true;
    while (i < KINDS && strcmp(kinds[i].word, uses)) i++;
    assert(i < KINDS);
    return kinds[i].has(model);
}

const char *model_used(Arena *arena, const Model *model)
{
    Text text = text_new(arena);
    for (int i = 0; i < KINDS; i++)
        if (kinds[i].has(model)) text_printf(&text, "%s%s", text.length ? "," : "", kinds[i].word);
    return text.data;
}

/* A problem file may say how steps are to be chosen and be used with steps of
 * one size, too. */
static bool may_be_idle(const Model *model, const char *uses)
{
    const bool of_steps = !strcmp(uses, "proportional term") || !strcmp(uses, "derivative term");
    return !strcmp(uses, "adaptive steps") || !strcmp(uses, "tolerances") || (of_steps && !model->adaptive);
}

/* What the method lacks, for a setting that uses it. */
static const char *lack(Arena *arena, const Model *model, const char *uses)
{
    const char *name = model->tableau->name, *family = family_traits(model->tableau->family)->name;
    if (!strcmp(uses, "proportional term") || !strcmp(uses, "derivative term"))
        return arena_printf(arena, "the controller %s has no %s; leave it out, or choose another (--list=controllers)",
                            model->controller->name, uses);
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

static bool means(const void *context, const char *uses)
{
    return model_uses(context, uses);
}

void model_check_uses(const Model *model, const SettingTable *table)
{
    Arena *scratch = arena_new();
    for (int i = 0; i < table->count; i++) {
        const Setting *setting = &table->items[i];
        if (may_be_idle(model, setting->uses) || model_uses(model, setting->uses)) continue;
        if (settings_given(model->settings, setting->name))
            diag_error(settings_source(model->settings, setting->name), "%s has no effect: %s", setting->name,
                       lack(scratch, model, setting->uses));
    }
    arena_free(scratch);
    for (int i = 0; i < table->count; i++)
        if (table->items[i].kind == SETTING_TOLERANCES)
            system_check_tolerances(model->system, model->settings, &table->items[i]);
    settings_check_together(model->settings, means, model);
}
