/* SPDX-License-Identifier: MIT */
/* Inputs that numbers of float32 cannot be: what is not 0 would become 0, or infinite. */
#include "rule/values.h"
#include "system/system.h"

static void check_number(Number number, int bits, const char *what, const char *name, Source source)
{
    RuleText why;
    if (!real_fits(&why, number_to_double(number), bits))
        diag_error(source, "the %s '%s': %s; use precision = \"float64\" or other units", what, name, why.text);
}

void system_check_inputs(const System *system, Precision precision)
{
    const int bits = precision == PRECISION_FLOAT32 ? 32 : 64;
    for (int i = 0; i < system->parameters; i++)
        check_number(system->parameter[i].value, bits, "value of", system->parameter[i].symbol->name,
                     system->parameter[i].source);
    for (int i = 0; i < system->states; i++)
        if (system->state[i].initial->kind == EXPR_NUMBER && number_fits(system->state[i].initial->number, precision))
            check_number(system->state[i].initial->number, bits, "initial value of", system->state[i].symbol->name,
                         system->state[i].source);
    for (int i = 0; i < system->sweep.count; i++) {
        const SweepAxis *axis = &system->sweep.items[i];
        Values values;
        RuleText why;
        if (!values_read(&values, &why, axis->values, bits))
            diag_error(axis->source, "the sweep over '%s': %s", axis->name, why.text);
    }
}
