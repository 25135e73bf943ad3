/* SPDX-License-Identifier: MIT */
/* The notation of values: of the sweeps of a problem and of the command line of
 * its program, and of saved instants.
 *
 *   28  8/3  2*pi           one value: fixed, not swept
 *   1,2,3                   a list
 *   0:21:1000               1000 values from 0 to 21, both ends included
 *   geom:1e-3:1e3:100       100 values, equal ratios
 *   uniform:0:1             drawn for every run, uniform between the two
 *   normal:0:0.1            drawn, mean and standard deviation
 *   file:p.csv:k1           a column of a CSV file
 */
#ifndef RULE_VALUES_H
#define RULE_VALUES_H

#include "rule/real.h"

typedef enum ValuesForm {
    VALUES_ONE,
    VALUES_LIST,
    VALUES_LINEAR,
    VALUES_GEOMETRIC,
    VALUES_UNIFORM,
    VALUES_NORMAL,
    VALUES_FILE
} ValuesForm;

typedef struct Values {
    ValuesForm form;
    uint64_t count;     /* 1 of one value; 0: drawn, or as many as the file has rows */
    double start, stop; /* one value: start; normal: mean and deviation */
    const char *list;   /* LIST: the items, for values_item */
    Piece path;         /* FILE */
    const char *column;
} Values;

enum {
    VALUES_COUNT_LOG2 = 40,     /* more values than 2^40 are refused, and more runs of a batch */
    VALUES_INSTANTS = 100000000 /* the most saved instants that are listed */
};

/* False with what is wrong, for example "the ends of a geometric range must have
 * one sign and not be 0". Every number has to fit in `bits`, 32 or 64. The Values
 * point into the text. */
bool values_read(Values *values, RuleText *why, const char *text, int bits);

/* Whether they can be instants to save: not drawn, not too many, ascending. */
bool values_are_instants(const Values *values, RuleText *why);

/* The first item of a list that was read; moves behind it. */
double values_item(const char **list);

static inline bool values_drawn(const Values *values)
{
    return values->form == VALUES_UNIFORM || values->form == VALUES_NORMAL;
}

#endif
