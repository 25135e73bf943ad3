/* SPDX-License-Identifier: MIT */
/* The access trace: which buffer elements the emitted code reads and writes,
 * in the order it does, recorded by the emission itself while it prints.
 *
 * The program of one run's lane is
 *
 *     ( prologue  attempt*  epilogue )*
 *
 * where each of the three is the sequence of everything recorded in sections
 * of that kind, in the order recorded. Inside, regions nest:
 *
 *     trace_begin(trace, TRACE_ATTEMPT, "attempt");
 *     trace_step(trace, "stage 1");
 *     trace_read(trace, state, 0, n);
 *     trace_write(trace, stage_rhs, 0, n);
 *     trace_begin(trace, TRACE_BRANCH, "accept");       may be skipped
 *     trace_elementwise(trace, "accept the step");
 *     trace_read(trace, proposed_state, 0, n);
 *     trace_write(trace, state, 0, n);
 *     trace_end(trace);
 *     trace_end(trace);
 *
 * A step's reads come before its writes. While a step writes, what it reads
 * counts as still needed, unless it is elementwise: then iteration i has read
 * element `first + i` of everything it reads before it writes element
 * `first + i` of anything, and iterations run in ascending order or at once.
 *
 * What is written once and called in several places is recorded once, as a
 * function, outside of the program or inside; each call then stands for its body:
 *
 *     TraceNode *solve = trace_function(trace, "solve");  ... trace_end(trace);
 *     trace_call(trace, solve, &bindings);
 *
 * Every function takes a NULL trace and does nothing with it, so the same
 * emission runs with and without recording. */
#ifndef LAYOUT_TRACE_H
#define LAYOUT_TRACE_H

#include "layout/buffer.h"

typedef enum TraceKind {
    TRACE_PROLOGUE, /* a run begins; outermost only */
    TRACE_ATTEMPT,  /* one attempt of a step; outermost only */
    TRACE_EPILOGUE, /* a run ends: its outputs are read; outermost only */
    TRACE_BRANCH,   /* once or not at all */
    TRACE_LOOP,     /* zero times or more */
    TRACE_FUNCTION, /* only where it is called */
    TRACE_STEP
} TraceKind;

typedef enum AccessKind {
    ACCESS_READ,
    ACCESS_WRITE,
    ACCESS_MAY_WRITE /* predicated: may or may not happen, so the old value lives on */
} AccessKind;

typedef struct Access {
    const Buffer *buffer;
    int64_t first, count;
    AccessKind kind;
} Access;
typedef ARRAY(Access) AccessList;

typedef struct TraceNode TraceNode;
typedef ARRAY(TraceNode *) TraceNodeList;

struct TraceNode {
    TraceKind kind;
    const char *label;
    bool elementwise;    /* steps */
    bool evaluates;      /* steps: the right-hand side */
    AccessList accesses; /* steps */
    TraceNodeList body;  /* regions */
    TraceNode *parent;
};

typedef struct Trace {
    Arena *arena;
    TraceNodeList section[3]; /* by TRACE_PROLOGUE, TRACE_ATTEMPT, TRACE_EPILOGUE */
    TraceNode *open;          /* the innermost region or NULL */
    TraceNode *step;          /* the one that takes accesses or NULL */
} Trace;

Trace *trace_new(Arena *arena);

void trace_begin(Trace *trace, TraceKind kind, const char *label);
void trace_end(Trace *trace);

/* Accesses that follow belong to this step, up to the next step, begin or end. */
void trace_step(Trace *trace, const char *label);
void trace_elementwise(Trace *trace, const char *label);

/* The range must lie within the buffer (asserted); count 0 is nothing. */
void trace_read(Trace *trace, const Buffer *buffer, int64_t first, int64_t count);
void trace_write(Trace *trace, const Buffer *buffer, int64_t first, int64_t count);
void trace_may_write(Trace *trace, const Buffer *buffer, int64_t first, int64_t count);

/* The step evaluates the right-hand side of the problem: for counts. */
void trace_evaluates(Trace *trace);

/* How often an attempt does: in what is always run, and in the loops of it (once in each turn);
 * branches are not looked into. */
typedef struct TraceEvaluations {
    int always, looped;
} TraceEvaluations;
TraceEvaluations trace_evaluations(const Trace *trace);

/* Opens a function, up to its trace_end; NULL without a trace. */
TraceNode *trace_function(Trace *trace, const char *label);

/* What a call puts in the place of a buffer that stands for an argument: every
 * access to `formal` becomes one to the same elements of each range in `actual`. */
enum { TRACE_ACTUALS = 2 };
typedef struct TraceBinding {
    const Buffer *formal;
    Access actual[TRACE_ACTUALS]; /* kind is not looked at */
    int actuals;
} TraceBinding;

typedef struct TraceBindings {
    const TraceBinding *items;
    int count;
    int64_t elements; /* the most that the call uses of a buffer of the function's own; 0: all */
} TraceBindings;

void trace_call(Trace *trace, const TraceNode *function, const TraceBindings *bindings);

/* --dump=trace: one line a step, indented by region. */
void trace_print(Text *text, const Trace *trace);

#endif
