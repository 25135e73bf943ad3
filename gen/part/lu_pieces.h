/* Long straight-line code in functions of bounded length: nvcc's time and its
 * spills grow faster than the length of a function, and what functions have in
 * common is computed in each. */
#ifndef PART_LU_PIECES_H
#define PART_LU_PIECES_H

#include "part/equations.h"

enum { LU_PIECE_MOST = 800 }; /* operations: a piece ends with the row that brings it there */

/* Emits the function `name` over these rows' outputs. */
typedef void LuEmitPiece(Emitter *e, const void *context, const char *name, const OutputList *outputs);

/* The rows in order, in one function NAME, or when `in_pieces` in NAME_1, NAME_2,
 * ... ; the number of these. */
int lu_pieces_emit(Emitter *e, const OutputList *rows, int count, const char *name, bool in_pieces, LuEmitPiece *emit,
                   const void *context);

#endif
