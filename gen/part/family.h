/* SPDX-License-Identifier: MIT */
/* What a family of methods offers the other parts. A family is a part (code/part.h): one file
 * of this folder with its hooks and a constant FamilyPart, one buffer spec lua/buffers/NAME.lua,
 * one word in the list of list.h, and its traits (method/family.h).
 *
 * All functions emit into the generated struct Run, where state, proposed_state,
 * parameters, error, t and h are in scope. */
#ifndef PART_FAMILY_H
#define PART_FAMILY_H

#include "code/part.h"
#include "code/sum.h"

typedef struct FamilyPart {
    bool error_is_whole; /* `error` is the error itself, not divided by h */
    /* Where the derivative at the start of a run is put when a run begins, and a second
     * derivative of n elements that begin may overwrite. */
    View (*first_rhs)(const Emitter *e);
    View (*other_rhs)(const Emitter *e);
    /* Whether first_rhs lives on from begin to the first attempt; NULL: no. Else it is there when a
     * step's size is asked for. */
    bool (*keeps_rhs)(const Model *model);
    /* Element i of a second error estimate as C text, with its reads recorded, or
     * NULL; may be NULL itself. */
    const char *(*error_low)(Emitter *e);
    /* Dense output (dense.h). Once for a step in which an instant lies, what it needs and
     * the step does not leave. */
    void (*dense_begin)(Emitter *e);
    /* Stage i, from 0, extra stages of the interpolant included; "h" when it is a
     * derivative, NULL when it is an increment; and rows of weights of these stages as
     * in Tableau.dense (NULL: those). */
    View (*stage)(const Emitter *e, int i);
    const char *dense_scale;
    const Number *(*dense_weights)(const Emitter *e);
    /* Without an interpolant: the derivative at the start of the step, or at its end. */
    View (*end_slope)(const Emitter *e, bool end);
} FamilyPart;

/* Part.begin of all families: the derivative at the start, which a first-same-as-last method
 * keeps and the automatic first step needs. */
void family_begin(Emitter *e);

/* Part.sizes of all families: s stages, first_same_as_last. */
void family_sizes(Scope *scope, const Model *model);

/* The first `count` stages with these weights. */
TermList family_terms(const Emitter *e, const Number *weights, int count);
/* proposed_state = state + h sum b_i k_i, of families whose stages are derivatives. */
void family_emit_solution(Emitter *e);
/* target = source for the runs whose step was accepted, under the label of a step: of all runs with
 * fixed steps, where what a run that has ended keeps is of no use. */
void family_keep(Emitter *e, const char *label, View target, View source);

#endif
