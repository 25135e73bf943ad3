/* SPDX-License-Identifier: MIT */
/* What the parts are built from: the problem, the method and the choices made
 * at generation time. Immutable. */
#ifndef MODEL_MODEL_H
#define MODEL_MODEL_H

#include "method/controller.h"
#include "model/matrix.h"
#include "method/spectrum.h"
#include "method/tableau.h"
#include "system/settings.h"
#include "system/system.h"

typedef struct KrylovProduct KrylovProduct; /* model/matrix_free.h */

typedef struct Model {
    const System *system;
    const Settings *settings;
    const Tableau *tableau;
    const Controller *controller;
    Precision precision; /* of a Real */
    bool adaptive;
    bool unrolled; /* small: states <= unroll_limit, and the right-hand side has no more
                               * operations than model_inlined_most. Element loops are unrolled then,
                               * and what each stage needs is inlined. */
    bool save_states, save_observables;
    int states; /* n, as a shorthand */
    /* The equations as they are computed: values that depend on the parameters
     * alone are computed once per run (expr/hoist.h) and stand in the others as
     * symbols. Their `text` is the user's name, or h1, ... */
    const Equation *derivative; /* [states] */
    const Equation *observable; /* those of the system, when they are saved */
    const Equation *hoisted;
    const Symbol *const *hoisted_symbol;
    int hoisted_count;
    const Matrix *matrix;         /* of implicit methods, else NULL */
    const Spectrum *spectrum;     /* of the firk family, else NULL */
    Precision lu_precision;       /* of Jacobian and factors */
    const char *linear_solver;    /* its name; implicit methods */
    const char *preconditioner;   /* its name; of solvers that iterate */
    const KrylovProduct *product; /* J v, of those */
} Model;

/* Chooses algorithm and controller by the settings; reports an algorithm that
 * does not exist (with the nearest name), an adaptive controller for a method
 * without an error estimate, nothing to save. NULL when something was wrong. */
const Model *model_build(Arena *arena, const System *system, const Settings *settings, const TableauList *tableaux,
                         const ControllerList *controllers);

/* The same model by settings that differ in the locations of buffers alone. */
const Model *model_with_settings(Arena *arena, const Model *model, const Settings *settings);

/* Operations (expr_cost) that may be inlined in each stage so that nvcc's time stays
 * in bounds: 32 for each state of unroll_limit, which is 10 s for 6 stages. */
int64_t model_inlined_most(const Model *model);

/* Whether Jacobian and factors have another precision than the run: numbers of
 * type Factor, to which to_factor converts. */
bool model_is_narrow(const Model *model);

/* Whether linear systems are solved by factors: linear_solver is lu. False for explicit methods. */
bool model_is_direct(const Model *model);

/* Whether every attempt is recorded (setting trace). */
bool model_records(const Model *model);

/* Whether f and the factors at the start of a step come from one function: a
 * Rosenbrock method with LU needs both there. */
bool model_linearises(const Model *model);

/* Whether the method has what a setting `uses` (lua/settings.lua): "" is what all
 * have, "adaptive steps" and "tolerances", the "proportional term" and the "derivative
 * term" of its controller, "implicit" linear systems, "newton" Newton iterations, "lu"
 * factors, "krylov" an iterative linear solver, "kept factors" a matrix that several
 * stages share. */
bool model_uses(const Model *model, const char *uses);
/* All of these words that hold, with commas between. */
const char *model_used(Arena *arena, const Model *model);

/* Reports settings that were given and mean nothing to the method, and those that
 * contradict each other. */
void model_check_uses(const Model *model, const SettingTable *table);

/* Whether factors serve on until they are too old (setting factor_reuse): with
 * steps that can be tried again. */
bool model_keeps_factors(const Model *model);

/* Real numbers in the largest linear system: one for each state, or two where the
 * systems of a fully implicit method are complex. */
static inline int model_linear_unknowns(const Model *model)
{
    return model->spectrum && model->spectrum->pairs ? 2 * model->states : model->states;
}

/* Saved values per run and instant. */
int model_outputs(const Model *model);
/* q of the step size controller and of the first step: the error estimate goes
 * with h^q. That is the order of the estimate plus 1; with a second estimate,
 * of the combination |error|^2 / |error_low|, 2 (embedded_order + 1) -
 * (error_low_order + 1): 8 for dop853, as in dop853.f (E. Hairer, S. P. Norsett,
 * G. Wanner, Solving Ordinary Differential Equations I, 2nd ed. 1993, II.10,
 * equation (10.17) and below). */
int model_error_order(const Model *model);

#endif
