/* SPDX-License-Identifier: MIT */
/* Global attributes: the problem, the settings and the arguments. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#ifdef CUBIE_HAVE_NETCDF

#include "output/netcdf_attributes.h"

#include <netcdf.h>
#include <string.h>

typedef struct Attributes {
    int file;
    int failure; /* first error code of the library, 0: none */
} Attributes;

static void attributes_check(Attributes *attributes, int code)
{
    if (!attributes->failure) attributes->failure = code;
}

static void attributes_text(Attributes *attributes, const char *name, const char *text)
{
    if (text && *text)
        attributes_check(attributes, nc_put_att_text(attributes->file, NC_GLOBAL, name, strlen(text), text));
}

static void attributes_number(Attributes *attributes, const char *name, double value)
{
    attributes_check(attributes, nc_put_att_double(attributes->file, NC_GLOBAL, name, NC_DOUBLE, 1, &value));
}

/* One number when all states have the same. */
static void attributes_tolerance(Attributes *attributes, const char *name, const double *value, int states)
{
    int count = 1;
    for (int i = 1; i < states; i++)
        if (value[i] != value[0]) count = states;
    attributes_check(attributes, nc_put_att_double(attributes->file, NC_GLOBAL, name, NC_DOUBLE, (size_t)count, value));
}

static void attributes_put_iterations(Attributes *attributes, const Batch *batch)
{
    const Settings *settings = &batch->settings;
    if (cubie_setting_used(batch->problem, "newton_tolerance")) {
        attributes_number(attributes, "newton_tolerance", settings->newton_tolerance);
        attributes_number(attributes, "newton_max_iterations", settings->newton_max_iterations);
    }
    if (cubie_setting_used(batch->problem, "krylov_tolerance")) {
        attributes_number(attributes, "krylov_tolerance", settings->krylov_tolerance);
        attributes_number(attributes, "krylov_max_iterations", settings->krylov_max_iterations);
    }
}

static void attributes_put_settings(Attributes *attributes, const Batch *batch)
{
    const Settings *settings = &batch->settings;
    attributes_number(attributes, "t0", settings->t0);
    attributes_number(attributes, "settle", settings->settle);
    attributes_number(attributes, "duration", settings->duration);
    attributes_number(attributes, "dt", settings->dt);
    if (cubie_setting_used(batch->problem, "rtol")) {
        attributes_tolerance(attributes, "rtol", settings->rtol, batch->problem->states);
        attributes_tolerance(attributes, "atol", settings->atol, batch->problem->states);
    }
    attributes_put_iterations(attributes, batch);
    if (!batch->problem->adaptive) return;
    attributes_number(attributes, "dt_min", settings->dt_min);
    attributes_number(attributes, "dt_max", settings->dt_max);
    attributes_number(attributes, "max_steps", settings->max_steps);
    attributes_number(attributes, "step_tolerance", settings->step_tolerance);
    attributes_number(attributes, "safety", settings->safety);
    attributes_number(attributes, "min_gain", settings->min_gain);
    attributes_number(attributes, "max_gain", settings->max_gain);
    const double gains[] = { settings->kp, settings->ki, settings->kd };
    attributes_check(attributes, nc_put_att_double(attributes->file, NC_GLOBAL, "gains", NC_DOUBLE, 3, gains));
}

static void attributes_put_all(Attributes *attributes, const Batch *batch)
{
    const CubieProblem *problem = batch->problem;
    const char *precision = problem->precision == 32 ? "float32" : "float64";
    attributes_text(attributes, "Conventions", "CF-1.9");
    attributes_text(attributes, "title", problem->name);
    attributes_text(attributes, "source", problem->generator);
    attributes_text(attributes, "problem", problem->name);
    attributes_text(attributes, "problem_hash", problem->hash);
    attributes_text(attributes, "algorithm", problem->algorithm);
    attributes_text(attributes, "controller", problem->adaptive ? problem->controller : "fixed");
    attributes_text(attributes, "precision", precision);
    attributes_text(attributes, "generation_settings", problem->generation);
    attributes_text(attributes, "target", problem->target->name);
    attributes_text(attributes, "arguments", batch->options.arguments);
    attributes_text(attributes, "sweep", cubie_swept_text(batch));
    attributes_text(attributes, "fixed", cubie_fixed_text(batch));
    const unsigned long long seed = batch->settings.seed;
    attributes_check(attributes, nc_put_att_ulonglong(attributes->file, NC_GLOBAL, "seed", NC_UINT64, 1, &seed));
    attributes_put_settings(attributes, batch);
}

int cubie_netcdf_put_attributes(int file, const Batch *batch)
{
    Attributes attributes = { file, 0 };
    attributes_put_all(&attributes, batch);
    return attributes.failure;
}

#else
typedef int NetcdfAttributesAreAbsent; /* a translation unit is not empty */
#endif
