/* SPDX-License-Identifier: MIT */
/* The matrix of the linear systems of implicit methods, shift*I - J with J =
 * df/dy and shift = 1/(h gamma), as expressions; and how it is factored. */
#ifndef MODEL_MATRIX_H
#define MODEL_MATRIX_H

#include "system/jacobian.h"
#include "system/lu.h"

typedef struct Matrix {
    const Jacobian *jacobian;          /* as computed: hoisted values are symbols */
    const Symbol *shift;               /* an argument of the generated functions */
    Pattern pattern;                   /* of J, with the full diagonal */
    const Expr *const *entry;          /* [pattern_entries] */
    const Expr *const *minus_jacobian; /* [pattern_entries] the same without the shift */
    const Lu *lu;
} Matrix;

/* `jacobian` with its entries and time derivatives replaced by those of roots
 * (jacobian_roots, hoisted). */
const Matrix *matrix_make(Arena *arena, Graph *graph, const Jacobian *jacobian, const Expr *const *roots);

#endif
