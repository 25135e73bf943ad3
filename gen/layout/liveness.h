/* SPDX-License-Identifier: MIT */
/* The proof that two buffers may share memory.
 *
 * From a trace, backward data flow to a fixpoint gives for every point of the
 * program the elements whose value is still read later on some path: the live
 * ones, across stages, rejected attempts, steps and runs. Two elements of
 * different buffers may lie in one place when neither is ever written while
 * the other is live after that, and not both are live at the start.
 *
 * (Interference as in register allocation: G. J. Chaitin et al., Register
 * allocation via coloring, Computer Languages 6 (1981) 47-57; the data flow
 * equations as in Aho, Lam, Sethi, Ullman, Compilers, section 9.2.5.) */
#ifndef LAYOUT_LIVENESS_H
#define LAYOUT_LIVENESS_H

#include "layout/trace.h"

typedef struct Liveness Liveness;

/* Elements first .. first + count of `upper` would lie in the same place as
 * elements target_first .. of `lower`, one by one. */
typedef struct Overlap {
    const Buffer *upper, *lower;
    int64_t upper_first, lower_first, count;
} Overlap;
typedef ARRAY(Overlap) OverlapList;

/* Analyses the trace; every buffer it names must be in the tree (asserted). */
Liveness *liveness_new(Arena *arena, const BufferGroup *root, const Trace *trace);

/* False when no step reads or writes any element of the buffer. */
bool liveness_accessed(const Liveness *liveness, const Buffer *buffer);

/* True when some value lives from one attempt to the next, or into the first:
 * then a local buffer must be persistent. */
bool liveness_survives(const Liveness *liveness, const Buffer *buffer);

/* NULL when all the overlaps together are harmless; else why not, e.g.
 *   "refused: stage_cache is still needed when stage_rhs is written in 'stage
 *   2' (read next in 'stage 1' when 'accept' is skipped)"
 * of the first such step in the program's order. */
const char *liveness_refusal(Arena *arena, const Liveness *liveness, const OverlapList *overlaps);

#endif
