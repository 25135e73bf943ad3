/* SPDX-License-Identifier: MIT */
/* The factors of several matrices a I - J side by side, one for each block of a
 * firk method (spectrum.h): where each lies in lu_factor. All have the symbolic
 * factorisation of the matrix in common.
 *
 * Entries of complex factors that elimination leaves real (they met no complex
 * pivot) take one element and half the work; lu_blocks_make finds them. */
#ifndef MODEL_LU_BLOCK_H
#define MODEL_LU_BLOCK_H

#include "model/model.h"

typedef struct LuBlock {
    const SpectrumBlock *block;
    int index;
    bool complex;
    int first, size;     /* elements of lu_factor */
    const int *place;    /* [entries] by slot: the element of its real part; the imaginary one follows it */
    const bool *is_real; /* [entries] by slot: there is none */
    bool *real_now;      /* [entries] the same at this point of the elimination */
} LuBlock;

/* [spectrum->count] */
LuBlock *lu_blocks_make(Arena *arena, const Matrix *matrix, const Spectrum *spectrum);
/* Elements of lu_factor, in straight-line form. */
int lu_blocks_size(const Matrix *matrix, const Spectrum *spectrum);
/* The same with tables, where a complex block has two for each entry; and where block
 * b begins, in blocks of `entries` elements. */
int lu_blocks_table_size(const Matrix *matrix, const Spectrum *spectrum);
int lu_blocks_table_place(const Spectrum *spectrum, int b);

/* How an operation of the elimination changes which entries are real. Pivots of complex blocks are complex. */
void lu_block_follow(bool *real, const LuOperation *operation);

#endif
