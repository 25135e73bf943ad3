/* SPDX-License-Identifier: MIT */
/* Backward data flow over an access trace: what is live where. */
#ifndef LAYOUT_FLOW_H
#define LAYOUT_FLOW_H

#include "layout/bits.h"
#include "layout/trace.h"

/* An access, of a buffer by its index in Flow.extents. */
typedef struct Span {
    int buffer;
    int64_t first, count; /* elements of the buffer */
    AccessKind kind;
} Span;

/* A node of the trace. The outermost block is the loop over runs; in it stand
 * the prologue, the loop over attempts and the epilogue. */
typedef struct Block Block;
struct Block {
    TraceKind kind; /* prologue and epilogue are plain sequences here */
    const char *label;
    bool elementwise;
    int span_count, body_count;
    Span *spans;
    Block *body;
    Bits head; /* loops: what is live before any iteration and after the last */
};

/* The elements of a buffer up to the last one touched: bits base .. base + size. */
typedef struct Extent {
    const Buffer *buffer;
    int64_t base, size;
} Extent;

typedef struct Flow {
    Arena *arena;
    int count;
    Extent *extents; /* of every buffer of the tree, sorted by address */
    int64_t size;    /* bits */
    Block runs;
    const Block *attempts;
} Flow;

/* Called for every step with what is live after it, last step first. */
typedef struct FlowVisit FlowVisit;
struct FlowVisit {
    void (*step)(FlowVisit *visit, const Block *step, Bits after);
};

/* Builds the blocks and finds the fixpoint: the heads of all loops. */
Flow *flow_new(Arena *arena, const BufferGroup *root, const Trace *trace);
void flow_visit(const Flow *flow, FlowVisit *visit);

/* Index in extents, -1 when the buffer is not in the tree. */
int flow_find(const Flow *flow, const Buffer *buffer);

#endif
