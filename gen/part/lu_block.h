/* The factors of several matrices a I - J side by side, one for each block of a
 * firk method (spectrum.h): where each lies in lu_factor, and the statements that
 * make and use them. All have the symbolic factorisation of the matrix in common.
 *
 * Entries of complex factors that elimination leaves real (they met no complex
 * pivot) take one element and half the work; lu_block_make finds them. */
#ifndef PART_LU_BLOCK_H
#define PART_LU_BLOCK_H

#include "part/model.h"

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
/* lu_blocks_table.c: the same with tables, where a complex block has two for each entry. */
int lu_blocks_table_size(const Matrix *matrix, const Spectrum *spectrum);

/* Statements, a line each. Row k of the matrix comes in: the real entries of -J of
 * the row, in the order of its pattern, are in entry[0], entry[1], ... (where `zero`
 * says so there is none), those of a I - J go to their places; then the row is
 * finished by its operations, with the pivot watched. `shifts[i]`, and `turns[i]` for
 * its imaginary part, are the numbers a of block i. */
void lu_block_load_row(Text *text, LuBlock *block, const Lu *lu, int k, const bool *zero);
void lu_block_finish_row(Text *text, LuBlock *block, const LuOperation *operation, int count, bool watched);
/* One operation of the solve; x and, of complex blocks, y: the vector's names. */
void lu_block_solve(Text *text, const LuBlock *block, const LuOperation *operation);

#endif
