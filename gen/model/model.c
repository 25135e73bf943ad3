/* SPDX-License-Identifier: MIT */
#include "model/model.h"

#include <string.h>

#include "base/intern.h"
#include "expr/hoist.h"
#include "layout/buffer.h"
#include "method/estimate.h"
#include "model/lu_form.h"
#include "model/matrix_free.h"
#include "model/matrix_check.h"
#include "system/names.h"

enum { INLINED_MOST = 32 }; /* operations of a stage, for each state that loops are unrolled for */

static void report_unknown(Arena *arena, const TableauList *tableaux, const char *name, Source source)
{
    ARRAY(const char *) names = { 0 };
    for (int i = 0; i < tableaux->count; i++) {
        *array_push(arena, &names) = tableaux->items[i]->name;
        for (int k = 0; k < tableaux->items[i]->alias_count; k++)
            *array_push(arena, &names) = tableaux->items[i]->aliases[k];
    }
    const char *near = nearest_name(name, names.items, names.count);
    if (near)
        diag_error(source, "unknown algorithm '%s'; did you mean '%s'?", name, near);
    else
        diag_error(source, "unknown algorithm '%s'; cubie-gen --list=algorithms names those there are", name);
}

static const Controller *find_controller(const ControllerList *controllers, const char *name)
{
    for (int i = 0; i < controllers->count; i++)
        if (controllers->items[i].name == name) return &controllers->items[i];
    return NULL;
}

static void report_unknown_controller(Arena *arena, const ControllerList *controllers, const char *name, Source source)
{
    const char **names = ARENA_ARRAY(arena, const char *, controllers->count);
    Text text = text_new(arena);
    for (int i = 0; i < controllers->count; i++) {
        names[i] = controllers->items[i].name;
        text_printf(&text, "%s%s", i == 0 ? "" : i + 1 < controllers->count ? ", " : " or ", names[i]);
    }
    const char *nearest = nearest_name(name, names, controllers->count);
    diag_error(source, "controller = %s is unknown; it must be %s%s", name, text.data,
               nearest ? arena_printf(arena, " (did you mean '%s'?)", nearest) : "");
}

/* The predictive one follows the ratio of steps. On stiff problems implicit methods have
 * fewer rejections than with pi (van der Pol's: 2 % of the steps with rodas4p instead of
 * 8 %) and no more attempts for the same error; RADAU5 and RODAS have it, too. */
static const char *default_controller(const Tableau *tableau)
{
    if (!tableau->error) return intern("fixed");
    return intern(family_traits(tableau->family)->implicit ? "gustafsson" : "pi");
}

/* Methods of the family that choose their steps: of the same order, or all when there are none. */
static const char *names_that_serve(Arena *arena, const TableauList *tableaux, const Tableau *tableau)
{
    Text near = text_new(arena), all = text_new(arena);
    for (int i = 0; i < tableaux->count; i++) {
        const Tableau *other = tableaux->items[i];
        if (other->family != tableau->family || !estimate_sees(other)) continue;
        text_printf(&all, "%s%s", all.length ? ", " : "", other->name);
        if (other->order == tableau->order) text_printf(&near, "%s%s", near.length ? ", " : "", other->name);
    }
    return near.length ? near.data : all.data;
}

static void report_no_estimate(Arena *arena, const TableauList *tableaux, const Settings *settings,
                               const Tableau *tableau, const char *controller)
{
    if (!tableau->error)
        diag_error(settings_source(settings, "controller"),
                   "controller '%s' needs an error estimate, which '%s' has not; use controller = \"fixed\" and a dt",
                   controller, tableau->name);
    else
        diag_error(settings_source(settings, "algorithm"),
                   "algorithm '%s' cannot choose its steps: its error estimate is zero on linear equations, whatever "
                   "the step; of its kind %s can; or use controller = \"fixed\" and a dt",
                   tableau->name, names_that_serve(arena, tableaux, tableau));
}

/* "" chooses by the method. */
static const Controller *choose_controller(Arena *arena, const ControllerList *controllers, const Settings *settings,
                                           const TableauList *tableaux, const Tableau *tableau)
{
    const char *name = settings_text(settings, "controller");
    if (!*name) name = default_controller(tableau);
    const Controller *controller = find_controller(controllers, name);
    if (!controller) report_unknown_controller(arena, controllers, name, settings_source(settings, "controller"));
    if (!controller || !controller->adaptive || estimate_sees(tableau)) return controller;
    report_no_estimate(arena, tableaux, settings, tableau, name);
    return NULL;
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

/* Constants that are numbers, but none of the run's precision. */
static void check_fit(const Expr *expr, Precision precision, const char *what, const char *name, Source source)
{
    const Expr *unfit = expr_find_unfit(expr, precision);
    if (unfit)
        diag_error(source,
                   "the %s '%s' holds the constant %.6Lg, which does not fit in %s; use precision = \"float64\" or "
                   "other units",
                   what, name, unfit->number.value, precision_name(precision));
}

static bool all_fit(const Model *model)
{
    const System *system = model->system;
    Arena *scratch = arena_new();
    ARRAY(const Expr *) roots = { 0 };
    for (int i = 0; i < system->states; i++) {
        *array_push(scratch, &roots) = system->derivative[i].expr;
        *array_push(scratch, &roots) = system->state[i].initial;
    }
    for (int i = 0; model->save_observables && i < system->observables; i++)
        *array_push(scratch, &roots) = system->observable[i].expr;
    bool fit = !expr_find_unfit_in(roots.items, roots.count, model->precision);
    arena_free(scratch);
    return fit;
}

static void check_constants(const Model *model)
{
    const System *system = model->system;
    system_check_inputs(system, model->precision);
    if (all_fit(model)) return;
    for (int i = 0; i < system->states; i++) {
        const Equation *equation = &system->derivative[i];
        check_fit(equation->expr, model->precision, "equation of", equation->name, equation->source);
        check_fit(system->state[i].initial, model->precision, "initial value of", equation->name,
                  system->state[i].source);
    }
    for (int i = 0; model->save_observables && i < system->observables; i++) {
        const Equation *equation = &system->observable[i];
        check_fit(equation->expr, model->precision, "observable", equation->name, equation->source);
    }
}

static const Equation *with_roots(Arena *arena, const Equation *equations, int count, const Expr *const *roots)
{
    Equation *copy = ARENA_ARRAY(arena, Equation, count);
    for (int i = 0; i < count; i++) {
        copy[i] = equations[i];
        copy[i].expr = roots[i];
    }
    return copy;
}

static void set_hoisted(Arena *arena, Model *model, const HoistedList *list)
{
    Equation *equations = ARENA_ARRAY(arena, Equation, list->count);
    const Symbol **symbols = ARENA_ARRAY(arena, const Symbol *, list->count);
    for (int i = 0; i < list->count; i++) {
        const HoistedValue *value = &list->items[i];
        symbols[i] = value->symbol;
        equations[i] = (Equation){ .name = value->symbol->name,
                                   .code = value->symbol->code,
                                   .expr = value->expr,
                                   .text = value->symbol->name,
                                   .unit = "" };
    }
    model->hoisted = equations;
    model->hoisted_symbol = symbols;
    model->hoisted_count = list->count;
}

/* Right-hand sides, what implicit methods need of their derivatives, and the
 * observables that are saved, together: they share. False: derivatives are wrong. */
static bool hoist_equations(Arena *arena, Model *model, bool implicit)
{
    const System *system = model->system;
    int n = system->states, o = model->save_observables ? system->observables : 0, derived = n;
    const Jacobian *jacobian = implicit ? jacobian_of_system(arena, system) : NULL;
    if (jacobian && !matrix_check(model, jacobian)) return false;
    const Expr *const *derivatives = implicit ? jacobian_roots(arena, jacobian, &derived) : NULL;
    const Expr **roots = ARENA_ARRAY(arena, const Expr *, derived + o),
               **made = ARENA_ARRAY(arena, const Expr *, derived + o);
    for (int i = 0; i < derived; i++) roots[i] = implicit ? derivatives[i] : system->derivative[i].expr;
    for (int i = 0; i < o; i++) roots[derived + i] = system->observable[i].expr;
    HoistedList list = hoist_make(made, system->graph, roots, derived + o, system->taken);
    set_hoisted(arena, model, &list);
    model->derivative = with_roots(arena, system->derivative, n, made);
    model->observable = with_roots(arena, system->observable, o, made + derived);
    if (implicit) model->matrix = matrix_make(arena, system->graph, jacobian, made);
    return true;
}

int64_t model_inlined_most(const Model *model)
{
    return (int64_t)(INLINED_MOST * settings_number(model->settings, "unroll_limit"));
}

static bool is_small(Arena *arena, const Model *model)
{
    const Expr **f = ARENA_ARRAY(arena, const Expr *, model->states);
    for (int i = 0; i < model->states; i++) f[i] = model->derivative[i].expr;
    return model->states <= settings_number(model->settings, "unroll_limit") &&
           expr_cost(f, model->states) <= model_inlined_most(model);
}

static Precision precision_of(const char *name)
{
    return strcmp(name, "float32") ? PRECISION_FLOAT64 : PRECISION_FLOAT32;
}

static void set_precisions(Model *model)
{
    const char *lu_precision = settings_text(model->settings, "lu_precision");
    model->precision = precision_of(settings_text(model->settings, "precision"));
    model->lu_precision = *lu_precision ? precision_of(lu_precision) : model->precision;
}

static bool check_precisions(const Model *model)
{
    if (model->precision == PRECISION_FLOAT64 || model->lu_precision == PRECISION_FLOAT32) return true;
    diag_error(settings_source(model->settings, "lu_precision"),
               "lu_precision = float64 is finer than the run's precision, float32; leave it out, or choose precision = "
               "float64");
    return false;
}

static void set_linear_algebra(Arena *arena, Model *model)
{
    model->linear_solver = settings_text(model->settings, "linear_solver");
    if (!*model->linear_solver)
        model->linear_solver = model->matrix ? krylov_default_solver(arena, model) : intern("lu");
    if (model->matrix && !model_is_direct(model)) {
        model->preconditioner = settings_text(model->settings, "preconditioner");
        model->product = krylov_product(arena, model);
    }
    if (settings_given(model->settings, "neumann_order") && model->preconditioner &&
        strcmp(model->preconditioner, "neumann"))
        diag_error(settings_source(model->settings, "neumann_order"),
                   "neumann_order has no effect: the preconditioner is %s; leave it out, or choose neumann",
                   model->preconditioner);
}

const Model *model_build(Arena *arena, const System *system, const Settings *settings, const TableauList *tableaux,
                         const ControllerList *controllers)
{
    const char *algorithm = settings_text(settings, "algorithm");
    const Tableau *tableau = tableau_find(tableaux->items, tableaux->count, algorithm);
    if (!tableau) {
        report_unknown(arena, tableaux, algorithm, settings_source(settings, "algorithm"));
        return NULL;
    }
    const Controller *controller = choose_controller(arena, controllers, settings, tableaux, tableau);
    if (!controller) return NULL;
    Model *model = ARENA_NEW(arena, Model);
    *model = (Model){ .system = system, .settings = settings, .tableau = tableau, .controller = controller };
    set_precisions(model);
    if (!check_precisions(model)) return NULL;
    model->adaptive = controller->adaptive;
    model->save_states = has_output(settings, "states");
    model->save_observables = has_output(settings, "observables");
    model->states = system->states;
    check_constants(model);
    if (tableau->family == FAMILY_FIRK && !(model->spectrum = spectrum_make(arena, tableau))) return NULL;
    if (!hoist_equations(arena, model, family_traits(tableau->family)->implicit)) return NULL;
    model->unrolled = is_small(arena, model);
    set_linear_algebra(arena, model);
    if (model_is_direct(model) && !lu_form_check(model)) return NULL;
    return check_outputs(model) ? model : NULL;
}

const Model *model_with_settings(Arena *arena, const Model *model, const Settings *settings)
{
    Model *copy = ARENA_NEW(arena, Model);
    *copy = *model;
    copy->settings = settings;
    return copy;
}

bool model_is_narrow(const Model *model)
{
    return model->lu_precision != model->precision;
}

bool model_is_direct(const Model *model)
{
    return model->matrix && !strcmp(model->linear_solver, "lu");
}

bool model_records(const Model *model)
{
    return !strcmp(settings_text(model->settings, "trace"), "true");
}

bool model_linearises(const Model *model)
{
    return model->tableau->family == FAMILY_ROSENBROCK && !model->tableau->first_same_as_last &&
           !model_is_narrow(model) && model_is_direct(model);
}

bool model_keeps_factors(const Model *model)
{
    return model->adaptive && model_uses(model, "kept factors") &&
           !strcmp(settings_text(model->settings, "factor_reuse"), "steps");
}

int model_outputs(const Model *model)
{
    return (model->save_states ? model->system->states : 0) +
           (model->save_observables ? model->system->observables : 0);
}

int model_error_order(const Model *model)
{
    const Tableau *tableau = model->tableau;
    int q = (tableau->embedded_order < tableau->order ? tableau->embedded_order : tableau->order) + 1;
    return tableau->error_low ? 2 * q - (tableau->error_low_order + 1) : q;
}
