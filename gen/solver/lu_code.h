/* SPDX-License-Identifier: MIT */
/* The generated functions of the direct linear solver, in the form that
 * lu_form.h chooses:
 *
 *   factor(lu, state, parameters.., t, shift)           factors of shift*I - J; a
 *                                                        Mask: all pivots are good
 *   linearise(lu, ddt, state, parameters.., t, shift)    and f, which shares with J
 *   solve(lu, x)                                         x = (shift*I - J)^-1 x
 *
 * With tables, factor and linearise have a vector `row` of n numbers after lu. */
#ifndef SOLVER_LU_CODE_H
#define SOLVER_LU_CODE_H

#include "model/lu_form.h"
#include "code/pieces.h"

void lu_code_emit(Emitter *e);

/* ---- between the files that emit them ---- */

/* What a function over rows computes. */
typedef enum LuEntriesOf {
    LU_OF_ELIMINATION,   /* entries of shift*I - J, and the elimination: it gives a Mask */
    LU_OF_TABLES,        /* the same by tables */
    LU_OF_MATRIX,        /* these entries alone */
    LU_OF_MINUS_JACOBIAN /* those of -J that are not 0 */
} LuEntriesOf;

/* A function over rows of the matrix, in the order of elimination. */
typedef struct LuFunction {
    const char *name;
    bool with_rhs; /* computes f of the same states, too */
    LuEntriesOf entries_of;
} LuFunction;

DeviceFunction lu_device_function(const Emitter *e, const LuFunction *function);
/* All but LU_OF_TABLES. */
void lu_emit_rows(Emitter *e, const LuFunction *function);

/* A literal in the precision of the factors. */
const char *lu_literal(const Emitter *e, Number number);

/* The comment above factor or linearise. */
void lu_emit_comment(Emitter *e, bool with_rhs);

/* lu_table.c: the tables alone; the start of a function by tables, with the calls that
 * give the entries, as pieces_open has it; factor and solve by them. */
void lu_table_emit_tables(Emitter *e);
size_t lu_table_open(Emitter *e, const LuFunction *entries);
void lu_table_emit(Emitter *e, bool with_rhs);

/* lu_blocks.c: the comments above factor and solveN of fully implicit methods, and
 * what solveN is; and lu_blocks_table.c: these by tables. */
void lu_blocks_emit_comment(Emitter *e);
void lu_blocks_emit_solve_comment(Emitter *e, int block);
DeviceFunction lu_blocks_solve_function(const Emitter *e, int block);
void lu_blocks_table_emit(Emitter *e);

#endif
