/* SPDX-License-Identifier: MIT */
/* Loops over elements, and sums of stages. */
#ifndef CODE_SUM_H
#define CODE_SUM_H

#include "code/view.h"

/* coefficient * view[i] */
typedef struct Term {
    Number coefficient;
    View view;
} Term;
typedef ARRAY(Term) TermList;

/* The head of a loop over the elements of a view (one line; the statement
 * follows, indented by the caller): unrolled when the model says so. */
const char *emit_each(const Emitter *e, int count);
const char *emit_literal(const Emitter *e, Number number);

/* target[i] = base[i] + scale * (sum of terms), a step of its own; base and scale may
 * be NULL. When every element shares few terms, scale goes to the coefficients
 * (see combination_is_scaled in sum.c). */
void emit_combination(Emitter *e, const char *label, View target, const View *base, const char *scale,
                      const TermList *terms);
/* The right side's sum alone, with its reads recorded: "0.5 * k1[i] - 2.0 * k2[i]". */
const char *emit_sum(Emitter *e, const TermList *terms, const char *scale);
/* The same after `start` ("" or what stands before the sum): "state[i] - 2.0 * k2[i]". */
const char *emit_sum_after(Emitter *e, const char *start, const TermList *terms, const char *scale);
/* Appends coefficient * factor to a sum, with the sign in its place and no 1: " - 2.0 * h". */
void emit_add_product(const Emitter *e, Text *text, Number coefficient, const char *factor);

/* target[i] = select(mask, source[i], target[i]), a step of its own; mask NULL: plain copy. */
void emit_copy(Emitter *e, const char *label, const char *mask, View target, View source);

#endif
