#include "part/model.h"

#include <string.h>

#include "base/intern.h"

static bool tableau_is_called(const Tableau *tableau, const char *name)
{
    if (tableau->name == name) return true;
    for (int i = 0; i < tableau->alias_count; i++)
        if (tableau->aliases[i] == name) return true;
    return false;
}

/* The last one of that name: a problem file may replace a shipped method. */
static const Tableau *find_tableau(const TableauList *tableaux, const char *name)
{
    for (int i = tableaux->count - 1; i >= 0; i--)
        if (tableau_is_called(tableaux->items[i], name)) return tableaux->items[i];
    return NULL;
}

static void report_unknown(Arena *arena, const TableauList *tableaux, const char *name, Source source)
{
    ARRAY(const char *) names = { 0 };
    for (int i = 0; i < tableaux->count; i++) {
        *array_push(arena, &names) = tableaux->items[i]->name;
        for (int k = 0; k < tableaux->items[i]->alias_count; k++)
            *array_push(arena, &names) = tableaux->items[i]->aliases[k];
    }
    const char *near = nearest_name(name, names.items, names.count);
    if (near) diag_error(source, "unknown algorithm '%s'; did you mean '%s'?", name, near);
    else diag_error(source, "unknown algorithm '%s'; cubie-gen --list=algorithms names those there are", name);
}

static const Controller *find_controller(const ControllerList *controllers, const char *name)
{
    for (int i = 0; i < controllers->count; i++)
        if (controllers->items[i].name == name) return &controllers->items[i];
    return NULL;
}

/* "" chooses by the method. */
static const Controller *choose_controller(const ControllerList *controllers, const Settings *settings, const Tableau *tableau)
{
    const char *name = settings_text(settings, "controller");
    if (!*name) name = intern(tableau->embedded_order ? "pi" : "fixed");
    const Controller *controller = find_controller(controllers, name);
    if (controller && controller->adaptive && !tableau->embedded_order) {
        diag_error(settings_source(settings, "controller"),
                   "controller '%s' needs an error estimate, which '%s' has not; use controller = \"fixed\" and a dt",
                   name, tableau->name);
        return NULL;
    }
    return controller;
}

static bool has_output(const Settings *settings, const char *name)
{
    for (int i = 0; i < settings_count(settings, "outputs"); i++)
        if (!strcmp(settings_item(settings, "outputs", i), name)) return true;
    return false;
}

static bool check_outputs(const Model *model)
{
    if (model_outputs(model)) return true;
    diag_error(settings_source(model->settings, "outputs"),
               "nothing would be saved; outputs must name states, or observables of which the problem has some");
    return false;
}

const Model *model_build(Arena *arena, const System *system, const Settings *settings,
                         const TableauList *tableaux, const ControllerList *controllers)
{
    const char *algorithm = settings_text(settings, "algorithm");
    const Tableau *tableau = find_tableau(tableaux, algorithm);
    if (!tableau) {
        report_unknown(arena, tableaux, algorithm, settings_source(settings, "algorithm"));
        return NULL;
    }
    const Controller *controller = choose_controller(controllers, settings, tableau);
    if (!controller) return NULL;
    Model *model = ARENA_NEW(arena, Model);
    *model = (Model){ .system = system, .settings = settings, .tableau = tableau, .controller = controller };
    model->precision = strcmp(settings_text(settings, "precision"), "float32") ? PRECISION_FLOAT64 : PRECISION_FLOAT32;
    model->adaptive = controller->adaptive;
    model->unrolled = system->states <= settings_number(settings, "unroll_limit");
    model->save_states = has_output(settings, "states");
    model->save_observables = has_output(settings, "observables");
    model->states = system->states;
    return check_outputs(model) ? model : NULL;
}

int model_outputs(const Model *model)
{
    return (model->save_states ? model->system->states : 0) + (model->save_observables ? model->system->observables : 0);
}

int model_error_order(const Model *model)
{
    const Tableau *tableau = model->tableau;
    return (tableau->embedded_order < tableau->order ? tableau->embedded_order : tableau->order) + 1;
}
