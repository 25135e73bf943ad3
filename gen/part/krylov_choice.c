/* Which linear solver there is when none is asked for. */
#include "base/intern.h"
#include "part/krylov.h"

enum {
    ITERATIONS = 5,        /* of a preconditioned solver in one solve, as a rule */
    PRODUCTS = 2,          /* with the matrix in each, of BiCGSTAB */
    VECTOR_OPERATIONS = 20, /* of each, for each state: sums and moves */
    CODE_MOST = 60000      /* operations of straight-line code that compilers take in a minute */
};

/* One factorisation of a step and its solves. */
static int64_t cost_of_lu(const Model *model, int64_t entries)
{
    const LuCount *count = &model->matrix->lu->count;
    int64_t solve = count->solve_multiply_adds + count->solve_multiplications;
    return entries + count->factor_multiply_adds + count->factor_multiplications + 8 * (int64_t)count->divisions +
           model->tableau->stages * solve;
}

/* As many solves by iteration; each product computes the entries again. */
static int64_t cost_of_iterations(const Model *model, int64_t entries)
{
    int64_t product = entries + pattern_entries(&model->matrix->jacobian->pattern);
    return (int64_t)model->tableau->stages * ITERATIONS * (PRODUCTS * product + VECTOR_OPERATIONS * model->states);
}

/* LU is exact, and its time is the same in every step, so iterations must promise
 * to be cheaper: by the counts of operations, which grow as n^3 for a full matrix
 * and as n for a band. The factorisation is straight-line code without loops:
 * beyond CODE_MOST it is iterations in any case. */
const char *krylov_default_solver(const Model *model)
{
    const Jacobian *jacobian = model->matrix->jacobian;
    const LuCount *count = &model->matrix->lu->count;
    if (count->factor_multiply_adds + model->tableau->stages * (int64_t)count->entries > CODE_MOST) return intern("bicgstab");
    int64_t entries = krylov_operations(jacobian->entry, pattern_entries(&jacobian->pattern));
    return intern(cost_of_lu(model, entries) <= cost_of_iterations(model, entries) ? "lu" : "bicgstab");
}
