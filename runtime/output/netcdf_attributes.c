/* SPDX-License-Identifier: MIT */
/* Global attributes: the problem, the settings and the arguments. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#ifdef CUBIE_HAVE_NETCDF

#include "output/netcdf_attributes.h"

#include <netcdf.h>
#include <string.h>

#include "input/sweep.h"

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

static void attributes_put_setting(Attributes *attributes, const Batch *batch, const RunSetting *record)
{
    const char *name = record->rule.name;
    const void *place = cubie_setting_place(&batch->settings, record);
    const unsigned long long whole = cubie_setting_whole(&batch->settings, record);
    if (record->rule.kind == SETTING_NUMBER)
        attributes_number(attributes, name, *(const double *)place);
    else if (record->rule.kind == SETTING_INTEGER)
        attributes_check(attributes, nc_put_att_ulonglong(attributes->file, NC_GLOBAL, name, NC_UINT64, 1, &whole));
    else if (record->rule.kind == SETTING_TOLERANCES)
        attributes_tolerance(attributes, name, *(const double *const *)place, batch->problem->states);
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
    for (int i = 0; cubie_setting_at(i); i++)
        if (cubie_setting_used(problem, cubie_setting_at(i)->rule.name))
            attributes_put_setting(attributes, batch, cubie_setting_at(i));
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
