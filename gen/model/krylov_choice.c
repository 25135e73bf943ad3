/* SPDX-License-Identifier: MIT */
/* Which linear solver there is when none is asked for. */
#include "base/intern.h"
#include "layout/buffer.h"
#include "model/matrix_free.h"
#include "model/lu_form.h"

enum {
    ITERATIONS = 12,        /* of a preconditioned solver in one solve, as a rule */
    PRODUCTS = 2,           /* with the matrix in each, of BiCGSTAB */
    VECTOR_OPERATIONS = 20, /* of each, for each state: sums and moves */
    TABLE_COST = 4,         /* of an operation that looks up its operands in tables */
    NEWTON_ITERATIONS = 2,  /* of a fully implicit step */
    COMPLEX_COST = 4        /* of an operation on complex numbers; of a product with J, which is real, half of it */
};

/* What an operation on one vector comes to for the blocks of a fully implicit method. */
static int64_t cost_of_blocks(const Spectrum *spectrum, int complex_cost)
{
    return spectrum ? spectrum->count + (complex_cost - 1) * (int64_t)spectrum->pairs : 1;
}

/* Linear systems that a step solves, or for a fully implicit method with each block. */
static int64_t solves_of_step(const Model *model)
{
    return model->spectrum ? NEWTON_ITERATIONS : model->tableau->stages;
}

/* Entries, one factorisation and the solves of a step. */
static int64_t cost_of_lu(const Model *model)
{
    const LuCount *count = &model->matrix->lu->count;
    const Jacobian *jacobian = model->matrix->jacobian;
    int64_t solves = (solves_of_step(model) - 1) * (count->solve_multiply_adds + count->solve_multiplications);
    return expr_cost(jacobian->entry, pattern_entries(&jacobian->pattern)) +
           (lu_operations(model->matrix->lu) + solves) * cost_of_blocks(model->spectrum, COMPLEX_COST) *
               (lu_form(model) == LU_TABLES ? TABLE_COST : 1);
}

/* As many solves by iteration. */
static int64_t cost_of_iterations(Arena *arena, const Model *model)
{
    int64_t product = krylov_product(arena, model)->operations * cost_of_blocks(model->spectrum, COMPLEX_COST / 2);
    int64_t vectors = model->states * cost_of_blocks(model->spectrum, COMPLEX_COST);
    return solves_of_step(model) * ITERATIONS * (PRODUCTS * product + VECTOR_OPERATIONS * vectors);
}

/* LU is exact, and its time is the same in every step, so iterations must promise
 * to be cheaper by the count of operations, which grow as n^3 for a full matrix
 * and as n for a band. What is inlined is so small that they never do. Factors
 * that do not fit leave no choice. */
const char *krylov_default_solver(Arena *arena, const Model *model)
{
    int64_t bytes = (int64_t)lu_form_elements(model) * buffer_width(model->lu_precision);
    if (settings_given(model->settings, "lu_precision") || lu_form(model) == LU_INLINED) return intern("lu");
    if (bytes > LU_BYTES_MOST) return intern("bicgstab");
    return intern(cost_of_lu(model) <= cost_of_iterations(arena, model) ? "lu" : "bicgstab");
}
