/* SPDX-License-Identifier: MIT */
/* Emission: lines of the generated source, and in the same calls the access
 * trace that liveness is proved from. The parts emit twice: once with a trace
 * and no layout (what is printed then is thrown away), once with the layout
 * that was resolved from that trace. So the trace cannot drift from the code. */
#ifndef CODE_EMIT_H
#define CODE_EMIT_H

#include "layout/layout.h"
#include "layout/trace.h"
#include "model/model.h"

typedef struct RecordList RecordList; /* code/record.h */

typedef struct Emitter {
    Arena *arena;
    Text text;
    int indent;
    Trace *trace;         /* recording, or NULL */
    const Layout *layout; /* printing, or NULL */
    RecordList *records;  /* of a traced build, or NULL */
    const Model *model;
} Emitter;

/* Part of a buffer under the name it has in the emitted code. */
typedef struct View {
    const Buffer *buffer;
    int64_t first; /* element of the buffer that [0] of the view is */
    int count;
    const char *name;
} View;

/* coefficient * view[i] */
typedef struct Term {
    Number coefficient;
    View view;
} Term;
typedef ARRAY(Term) TermList;

Emitter emitter_new(Arena *arena, const Model *model, Trace *trace, const Layout *layout);

/* One line, indented; an empty format gives an empty line. */
void emit_line(Emitter *e, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* A line and " {", then deeper; emit_close ends it with "}" and `tail`. */
void emit_open(Emitter *e, const char *format, ...) __attribute__((format(printf, 2, 3)));
void emit_close(Emitter *e, const char *tail);
void emit_comment(Emitter *e, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Branches and loops of the emitted code, with their text. */
void emit_region(Emitter *e, TraceKind kind, const char *label, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
void emit_region_end(Emitter *e);

/* A view of a whole buffer under its own name. */
View view_of(const Buffer *buffer);
View view_piece(const Buffer *buffer, int64_t first, int count, const char *name);
void emit_read(Emitter *e, View view);
void emit_write(Emitter *e, View view);
void emit_may_write(Emitter *e, View view);

/* The buffer's declaration: a piece of a slab or a local array, as the layout
 * says; nothing when the code never touches it. */
void emit_declare(Emitter *e, const Buffer *buffer);
/* The same under another name. */
void emit_declare_as(Emitter *e, const Buffer *buffer, const char *name);
/* The same for what the GPU is to leave in memory, be it local or shared. */
void emit_declare_in_memory(Emitter *e, const Buffer *buffer);
/* The view's name for its place in a buffer that is declared; nothing when the code
 * never touches it. */
void emit_name(Emitter *e, View view);
bool emit_is_used(const Emitter *e, const Buffer *buffer);
/* The persistent slab is emitted as one array for each type: how many elements of
 * that type lie below a byte of the slab. */
int64_t emit_persistent_length(const Emitter *e, Precision precision, int64_t below);
/* True when both live at the same place, so that a copy between them is idle. */
bool emit_is_same_place(const Emitter *e, View a, View b);

/* The head of a loop over the elements of a view (one line; the statement
 * follows, indented by the caller): unrolled when the model says so. */
const char *emit_each(const Emitter *e, int count);
const char *emit_literal(const Emitter *e, Number number);

/* target[i] = base[i] + scale * (sum of terms); base and scale may be NULL.
 * When every element shares few terms, scale goes to the coefficients
 * (see combination_is_scaled in emit.c). */
void emit_combination(Emitter *e, const char *label, View target, const View *base, const char *scale,
                      const TermList *terms);
/* The right side's sum alone: "0.5 * k1[i] - 2.0 * k2[i]". */
const char *emit_sum(const Emitter *e, const TermList *terms, const char *scale);
/* The same after `start` ("" or what stands before the sum): "state[i] - 2.0 * k2[i]". */
const char *emit_sum_after(const Emitter *e, const char *start, const TermList *terms, const char *scale);
/* Appends coefficient * factor to a sum, with the sign in its place and no 1: " - 2.0 * h". */
void emit_add_product(const Emitter *e, Text *text, Number coefficient, const char *factor);

/* target[i] = select(mask, source[i], target[i]); mask NULL: plain copy. */
void emit_copy(Emitter *e, const char *label, const char *mask, View target, View source);

#endif
