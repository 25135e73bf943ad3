/* SPDX-License-Identifier: MIT */
/* The coefficient matrix of a fully implicit method, taken apart: A^-1 = T L T^-1
 * with L real and block diagonal, a number for each real eigenvalue of A^-1 and
 *
 *     ( alpha  -beta )
 *     (  beta  alpha )
 *
 * for each pair alpha +- i beta (E. Hairer, G. Wanner, Solving Ordinary Differential
 * Equations II, 2nd ed. 1996, IV.8). The linear systems of a simplified Newton
 * iteration, of s n unknowns, fall apart into one of n real unknowns for each real
 * eigenvalue and one of n complex unknowns for each pair: for the two components
 * (u, v) of a pair,
 *
 *     ((alpha + i beta)/h I - J) (u + i v) = the two right sides, likewise.
 *
 * Columns of T are scaled so that its last row is 1 for a real eigenvalue and 1, 0
 * for a pair (where the last component of an eigenvector is not small). */
#ifndef METHOD_SPECTRUM_H
#define METHOD_SPECTRUM_H

#include "method/tableau.h"

/* One system of linear equations: real when imaginary is 0. */
typedef struct SpectrumBlock {
    Number real, imaginary; /* alpha, beta > 0 */
    int first;              /* of its one or two rows and columns of L; -1: none, see below */
} SpectrumBlock;

typedef struct Spectrum {
    int stages;               /* s */
    int reals, pairs;         /* reals + 2 pairs = s */
    int count;                /* of blocks */
    SpectrumBlock *block;     /* the real eigenvalues ascending, then the pairs by ascending beta; last the
                               block of the error filter, unless one of the real ones serves it */
    int filter;               /* the block with 1/error_start, or -1: the estimate is not filtered */
    Number *inverse;          /* A^-1; s rows of s columns, like those that follow */
    Number *basis;            /* T */
    Number *to_basis;         /* T^-1 */
    Number *to_basis_inverse; /* T^-1 A^-1 = L T^-1 */
} Spectrum;

/* For a method of the firk family. NULL, with an error at the tableau's source, when
 * A is singular, or has eigenvalues that (nearly) coincide: there is no such T then,
 * or none that arithmetic bears. Numbers are good to 1e-17 of the largest. */
const Spectrum *spectrum_make(Arena *arena, const Tableau *tableau);

static inline bool spectrum_is_real(const SpectrumBlock *block)
{
    return number_is(block->imaginary, 0);
}

/* Weights of stage derivatives (sum w_i h k_i) as weights of the stage increments
 * z = h A k: w A^-1. What is rounding alone becomes 0. */
Number *spectrum_weights(Arena *arena, const Spectrum *spectrum, const Number *weights);

#endif
