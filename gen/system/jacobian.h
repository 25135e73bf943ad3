/* SPDX-License-Identifier: MIT */
/* Derivatives of y' = f(t, y): exact, symbolic, and as sparse as the problem.
 *
 * Where sharing comes from: the graph is hash-consed, so what f and its
 * derivatives have in common is the same node. A schedule over jacobian_roots
 * computes each of those once.
 *
 * What depends on parameters alone is best taken out after differentiation,
 * by hoist_make over jacobian_roots: derivatives bring new factors of that
 * kind (the 2 k of 2*k*y). */
#ifndef SYSTEM_JACOBIAN_H
#define SYSTEM_JACOBIAN_H

#include "system/pattern.h"
#include "system/system.h"

typedef struct Jacobian {
    int n;
    const Expr *const *f;     /* [n] what was differentiated */
    Pattern pattern;          /* of df/dy: the entries that are not identically 0 */
    const Expr *const *entry; /* [pattern_entries] d f[row] / d y[column] */
    const Expr *const *time;  /* [n] df/dt; the number 0 where f does not depend on t */
    bool autonomous;          /* all of df/dt is 0 */
    bool constant;            /* no entry depends on y or t: f is linear in y, one factorisation lasts */
    int rank;                 /* structural rank of df/dy; I - h*gamma*J always has rank n */
} Jacobian;

/* That of the system's equations, in `arena`, its expressions in the graph. Entries
 * that cancel by the graph's rules (x - x) are left out; those that cancel only by
 * algebra stay. */
const Jacobian *jacobian_of_system(Arena *arena, const System *system);

/* Everything there is to compute: f [n], the entries, df/dt [n]; in this
 * order, so that a leading part of it serves who needs no more. */
const Expr *const *jacobian_roots(Arena *arena, const Jacobian *jacobian, int *count);

/* The matrix of the linear systems, shift*I - factor*J, on the pattern
 * pattern_with_diagonal(&jacobian->pattern): with shift 1 and factor h*gamma
 * or, cheaper, with shift 1/(h*gamma) and factor 1. `values` has room for all
 * its entries. */
void jacobian_matrix(const Expr **values, Graph *graph, const Jacobian *jacobian, const Pattern *matrix,
                     const Expr *shift, const Expr *factor);

/* The product J v of matrix-free solvers: for each row the sum over its
 * entries. v: expressions (as a rule symbols) of the vector's elements. */
void jacobian_times(const Expr **product, Graph *graph, const Jacobian *jacobian, const Expr *const *v);

#endif
