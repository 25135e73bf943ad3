/* SPDX-License-Identifier: MIT */
/* Statements that compute expressions: the inside of the generated functions of
 * the problem. What the expressions are made of stands in arrays `state`,
 * `parameters` and `hoisted`; each value goes to the place that is named for it. */
#ifndef CODE_EQUATIONS_H
#define CODE_EQUATIONS_H

#include "code/emit.h"

typedef struct Output {
    const Expr *expr;    /* or NULL: nothing but what follows */
    const char *place;   /* C text of where it goes: "ddt[2]" */
    const char *comment; /* its source, or NULL: stands above it, once for repeated lines */
    const char *after;   /* statements that follow it, a line each, or NULL */
    bool joined;         /* to the next: both need the same local variable */
} Output;
typedef ARRAY(Output) OutputList;

/* Symbols of generated functions' own that the outputs may use beside those of
 * the problem: vectors of arguments. */
typedef struct Operand {
    const Symbol *const *symbol; /* [count], each at its index */
    int count;
    const char *array; /* the argument's name */
} Operand;

/* Local names of what the outputs depend on, then the outputs in order, with
 * what they have in common computed once, before the first that needs it.
 * `operand`, or NULL; `narrow`: a conversion that each input goes through
 * ("to_factor"), or NULL; `precision`: of the literals; all numbers are of type
 * Real. */
void equations_emit(Emitter *e, const OutputList *outputs, const Operand *operand, const char *narrow,
                    Precision precision);

/* Statements, a line each. */
void equations_emit_lines(Emitter *e, const char *lines);

#endif
