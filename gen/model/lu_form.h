/* SPDX-License-Identifier: MIT */
/* How the sparse LU of a problem is written. Three size classes by count, where
 * the operations are the multiply-adds, multiplications and divisions of one
 * factorisation and one solve, and `limit` is the setting unroll_limit:
 *
 *   LU_INLINED    a small problem (model.h, unrolled) and operations <= 16 limit.
 *                 Straight-line code inside the step: ptxas keeps as many factors
 *                 in registers as fit.
 *   LU_FUNCTIONS  operations <= 128 limit. Straight-line code in functions that
 *                 are not inlined, each of bounded length, so that nvcc's time
 *                 grows with the operations and not faster. Factors are memory.
 *   LU_TABLES     beyond. Loops over constant index tables (cubie/sparse.hpp);
 *                 only the entries of the matrix are straight-line code, in
 *                 functions of bounded length.
 *
 * Why 16: with a few neighbours per state elimination costs 10 to 16 operations
 * per state (HIRES 7, ring modulator 11, pollution 12), so that sparse problems
 * within the limit are inlined, and a dense one of 20 states is not. Why 128:
 * nvcc takes about 1 ms per operation, and less than 10 s at the default limit.
 *
 * Each number is computed by the same operations in the same order in all three. */
#ifndef MODEL_LU_FORM_H
#define MODEL_LU_FORM_H

#include "model/model.h"

typedef enum LuForm { LU_INLINED, LU_FUNCTIONS, LU_TABLES } LuForm;

/* The most bytes that the factors of a run may have: with what else is local to
 * a run they have to fit into the local memory of a GPU thread, 512 KiB, and
 * those of a vector of runs into the stack of a CPU thread; twice, where factors
 * are made beside those that are kept. */
enum { LU_BYTES_MOST = 192 << 10 };

int64_t lu_operations(const Lu *lu);
LuForm lu_form(const Model *model);
const char *lu_form_text(LuForm form);

/* Numbers of all factors. */
int lu_form_elements(const Model *model);

/* Reports factors that are too large; the message names what would help. False then. */
bool lu_form_check(const Model *model);

/* Form, entries, operations and the registers that the factors would take, a
 * line each after `prefix`. */
void lu_form_describe(Text *text, const Model *model, const char *prefix);
/* Its line on registers, whose text begins in that column. */
void lu_form_describe_registers(Text *text, const Model *model, const char *prefix, int column);

#endif
