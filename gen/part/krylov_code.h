/* The generated functions that matrix-free solvers call: the product J v, and
 * what a preconditioner adds. They are inlined where the problem is small. Else
 * they are functions that are not inlined, each of bounded length: a solver has
 * its product once or twice for every stage, and the compiler's time and its
 * spills grow faster than the length of a function. */
#ifndef PART_KRYLOV_CODE_H
#define PART_KRYLOV_CODE_H

#include "part/equations.h"

/* One of them, as it stands before the struct Run. Its arguments are `targets`,
 * the state, parameters and hoisted values, t, and `more`. */
typedef struct KrylovFunction {
    const char *name;
    bool gives_mask;       /* a Mask `good`, which outputs may narrow; else nothing */
    const char *types;     /* template parameters of the targets: "class Target" */
    const char *targets;   /* "Target product, Vector vector" */
    const char *passed;    /* their names: "product, vector" */
    const char *more;      /* a Real after t: "shift", or NULL */
    const Operand *vector; /* or NULL */
} KrylovFunction;

void krylov_emit_function(Emitter *e, const KrylovFunction *function, const OutputList *outputs);

/* LinearPart.functions of both solvers. */
void krylov_functions(Emitter *e);

/* Whether the solver's loops are unrolled and its functions inlined. */
bool krylov_is_inlined(const Model *model);

#endif
