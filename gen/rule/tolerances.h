/* SPDX-License-Identifier: MIT */
/* Tolerances of states: "1e-6" for all of them, "1e-6,1e-8" one for each in their
 * order, "x=1e-6,y=1e-8" of some by name, "1e-6,y=1e-8". */
#ifndef RULE_TOLERANCES_H
#define RULE_TOLERANCES_H

#include "rule/setting.h"

typedef struct ToleranceStates {
    int count;
    /* Whether the state is called so, or is an element of the vector called so. */
    bool (*is_named)(const void *context, int state, Piece name);
    const void *context;
} ToleranceStates;

/* Sets values[states]; those that the text does not name stay. False with what is
 * wrong, to follow the text: "is out of range; ...". */
bool tolerances_read(double *values, RuleText *why, const Setting *setting, const char *text,
                     const ToleranceStates *states);

#endif
