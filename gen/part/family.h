/* SPDX-License-Identifier: MIT */
/* What a family of methods offers the loop. A family is one file of this
 * folder with a constant FamilyPart, one buffer spec lua/buffers/NAME.lua, and
 * one word in the list of family.c.
 *
 * All functions emit into the generated struct Run, where state, proposed_state,
 * parameters, error, t and h are in scope as the loop declared them. */
#ifndef PART_FAMILY_H
#define PART_FAMILY_H

#include "code/emit.h"

struct PartTree;

typedef struct FamilyPart {
    Family family;
    bool keeps_rhs;      /* first_rhs lives on from begin to the first attempt, with fixed steps too */
    bool error_is_whole; /* `error` is the error itself, not divided by h */
    /* Its buffers and the names of its stages, at the start of attempt. */
    void (*declare)(Emitter *e, const struct PartTree *parts);
    /* Members of Run that it has, and in begin their first values for the runs in
     * `mask`; may be NULL. */
    void (*members)(Emitter *e);
    void (*reset)(Emitter *e);
    /* proposed_state and, adaptive, error from state. */
    void (*step)(Emitter *e, const struct PartTree *parts);
    /* After an accepted step (mask NULL: every one is), what the next reuses. */
    void (*accept)(Emitter *e, const struct PartTree *parts, const char *mask);
    /* Where begin leaves the derivative at the start of a run, and a second
     * derivative of n elements that begin may overwrite. */
    View (*first_rhs)(const Emitter *e, const struct PartTree *parts);
    View (*other_rhs)(const Emitter *e, const struct PartTree *parts);
    /* Element i of a second error estimate as C text, with its reads recorded, or
     * NULL; may be NULL itself. */
    const char *(*error_low)(Emitter *e, const struct PartTree *parts);
    /* Dense output (dense.h). Once for a step in which an instant lies, what it needs and
     * the step does not leave. */
    void (*dense_begin)(Emitter *e, const struct PartTree *parts);
    /* Stage i, from 0, extra stages of the interpolant included; "h" when it is a
     * derivative, NULL when it is an increment; and rows of weights of these stages as
     * in Tableau.dense (NULL: those). */
    View (*stage)(const Emitter *e, const struct PartTree *parts, int i);
    const char *dense_scale;
    const Number *(*dense_weights)(const Emitter *e);
    /* Without an interpolant: the derivative at the start of the step, or at its end. */
    View (*end_slope)(const Emitter *e, const struct PartTree *parts, bool end);
} FamilyPart;

extern const FamilyPart erk_family, dirk_family, firk_family, rosenbrock_family;

/* Those that can be generated; NULL at the end. */
extern const FamilyPart *const families[];

const FamilyPart *family_find(Family family);

/* The first `count` stages with these weights. */
TermList family_terms(const Emitter *e, const struct PartTree *parts, const Number *weights, int count);
/* proposed_state = state + h sum b_i k_i, of families whose stages are derivatives. */
void family_emit_solution(Emitter *e, const struct PartTree *parts);

/* rosenbrock.c: whether f at the start of the step is kept in stage_cache. */
bool rosenbrock_keeps_first_rhs(const Tableau *tableau);

#endif
