/* SPDX-License-Identifier: MIT */
/* Linear systems without a matrix: the product J v, and when it pays. */
#ifndef MODEL_MATRIX_FREE_H
#define MODEL_MATRIX_FREE_H

#include "model/model.h"

/* krylov_product.c: the elements of J v in the cheaper of two forms: sums over
 * the entries of J, or the derivative of f along v, which costs no more than a
 * few f also where J is full. */
struct KrylovProduct {
    const Symbol *const *vector; /* [n] the elements of v */
    const Expr *const *element;  /* [n] of J v */
    int operations;              /* expr_cost */
};
const KrylovProduct *krylov_product(Arena *arena, const Model *model);

/* krylov_choice.c: the linear solver where none is given: "lu" where it pays,
 * else "bicgstab". */
const char *krylov_default_solver(Arena *arena, const Model *model);

#endif
