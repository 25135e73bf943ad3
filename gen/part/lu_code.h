/* The generated functions of the direct linear solver, in the form that
 * lu_form.h chooses:
 *
 *   factor(lu, state, parameters.., t, shift)           factors of shift*I - J; a
 *                                                        Mask: all pivots are good
 *   linearise(lu, ddt, state, parameters.., t, shift)    and f, which shares with J
 *   solve(lu, x)                                         x = (shift*I - J)^-1 x
 *
 * With tables, factor and linearise have a vector `row` of n numbers after lu. */
#ifndef PART_LU_CODE_H
#define PART_LU_CODE_H

#include "part/equations.h"
#include "part/lu_form.h"

void lu_code_emit(Emitter *e);

/* ---- between lu_code.c and lu_table.c ---- */

/* What a function over rows computes. */
typedef enum LuEntriesOf {
    LU_OF_ELIMINATION,   /* entries of shift*I - J, and the elimination: it gives a Mask */
    LU_OF_MATRIX,        /* these entries alone */
    LU_OF_MINUS_JACOBIAN /* those of -J that are not 0 */
} LuEntriesOf;

/* A function over rows of the matrix, in the order of elimination. */
typedef struct LuFunction {
    const char *name;
    bool with_rhs;        /* computes f of the same states, too */
    LuEntriesOf entries_of;
    const char *inlining;
    bool in_pieces;       /* NAME_1, NAME_2, ... of bounded length each */
} LuFunction;

/* The number of pieces. */
int lu_emit_rows(Emitter *e, const LuFunction *function);

/* Template line and head of a function with those arguments, opened; `row`: it
 * has the vector of that name. */
void lu_emit_head(Emitter *e, const LuFunction *function, const char *name, bool row);
/* What such a function passes on to the pieces: "lu, ddt, state, parameters, t, shift". */
const char *lu_passed_on(const Emitter *e, bool with_rhs);

/* The comment above factor or linearise. */
void lu_emit_comment(Emitter *e, bool with_rhs);

/* lu_table.c: the tables alone, and factor and solve by them. */
void lu_table_emit_tables(Emitter *e);
void lu_table_emit(Emitter *e, bool with_rhs);

/* lu_blocks.c: the comments above factor and solveN of fully implicit methods; and
 * lu_blocks_table.c: these by tables. */
void lu_blocks_emit_comment(Emitter *e);
void lu_blocks_emit_solve_comment(Emitter *e, int block);
void lu_blocks_table_emit(Emitter *e);

#endif
