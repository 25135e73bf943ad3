/* SPDX-License-Identifier: MIT */
/* Generated functions that compute statements of the problem: their description,
 * heads and calls, and how the long ones are cut.
 *
 * Compilers take more time, and spill more registers, than the length of a
 * function grows. So a function that is not inlined and is longer than
 * PIECES_UNCUT becomes functions NAME_1, NAME_2, ..., each ended by the output
 * that brings it to PIECES_LENGTH, and a function NAME that calls them in order.
 *
 * What lives across a cut is in arrays. Outputs are: the function's own arguments
 * name them. Of temporaries, those that are worth it are computed once, at first,
 * and go to an array `carried` of NAME's, which all pieces have as an argument,
 * and so do parts of an output that alone would be longer than PIECES_UNCUT
 * (expr/carry.h); the others are cheap, and each piece that needs one computes it.
 * A Mask `good` is what all pieces say. So any cut gives the same numbers.
 *
 * Lengths are operations (expr_cost) and statements. 400, since the inputs of a
 * piece stay in registers: products J v of 74 states spill 40 % more at 800, and
 * factors, which are memory, are the same at either. 2000 take nvcc 2 s. */
#ifndef CODE_PIECES_H
#define CODE_PIECES_H

#include "code/equations.h"

enum { PIECES_LENGTH = 400, PIECES_UNCUT = 2000 };

typedef struct Argument {
    const char *type, *name; /* "Target", "ddt" */
} Argument;

/* A variable that the outputs may use; it is there if they do. */
typedef struct DeviceLocal {
    const char *name, *declaration; /* "before", "Real before;" */
} DeviceLocal;

enum { DEVICE_ARGUMENTS = 4, DEVICE_LOCALS = 4 };

typedef struct DeviceFunction {
    const char *name;
    bool gives_mask; /* a Mask `good`, which outputs may narrow; else nothing */
    bool inlined;
    Argument own[DEVICE_ARGUMENTS];    /* in front, up to one without a name; their types are template parameters */
    bool of_problem;                   /* then come state, parameters, hoisted values and time */
    Argument last;                     /* after time: a Real or Factor; or without a name */
    bool narrow;                       /* Real is Factor in it, and what the problem gives is converted */
    const Operand *operand;            /* what `own` gives the outputs to work on, or NULL */
    DeviceLocal locals[DEVICE_LOCALS]; /* up to one without a name */
} DeviceFunction;

/* The function with these outputs, and before it what it was cut into. */
void pieces_emit(Emitter *e, const DeviceFunction *function, const OutputList *outputs);

/* Around the statements of a function that the caller emits: the start of the body, which
 * the end, where the head is written, wants to know. */
size_t pieces_open(Emitter *e);
void pieces_close(Emitter *e, const DeviceFunction *function, size_t body);

/* A call by a function that has the same arguments: "rhs(ddt, state, parameters, t)". */
const char *pieces_call(const Emitter *e, const DeviceFunction *function);

/* Whether a function of these outputs is to be inlined where it is called a few
 * times: the problem is small, and so are they. */
bool pieces_are_few(const Emitter *e, const OutputList *outputs);

#endif
