/* SPDX-License-Identifier: MIT */
/* Emission: lines of the generated source, and in the same calls the access
 * trace that liveness is proved from. All is emitted twice: once with a trace
 * and no layout (what is printed then is thrown away), once with the layout
 * that was resolved from that trace. What is recorded and what is printed are
 * the same calls:
 *
 *     emit_elementwise(e, "derivative");
 *     emit_line(e, "%s %s[i] = shift * %s[i];", emit_each(e, n), emit_write(e, k), emit_read(e, z));
 *
 * A buffer's name comes from emit_read, emit_write or emit_may_write alone
 * (code/view.h), which record the access. When a step of the trace ends, the
 * names in the lines since then are compared with the accesses recorded, both
 * ways (code/check.h): so the trace cannot drift from the code. */
#ifndef CODE_EMIT_H
#define CODE_EMIT_H

#include "layout/layout.h"
#include "layout/trace.h"
#include "model/model.h"

typedef struct RecordList RecordList; /* code/record.h */
typedef struct PartList PartList;     /* code/part.h */
typedef struct Check Check;           /* code/check.h */

enum { EMIT_WIDTH = 120 }; /* columns of a line */

/* A declaration that stays only if its name is used in what follows it. */
typedef struct Pending {
    const char *name;
    size_t first, last; /* bytes of the text */
} Pending;

typedef struct EmittedFunction {
    const char *label;
    const TraceNode *trace; /* NULL while printing */
    int scope, known;
} EmittedFunction;

typedef struct Emitter {
    Arena *arena;
    Text text;
    int indent;
    Trace *trace;         /* recording, or NULL */
    const Layout *layout; /* printing, or NULL */
    RecordList *records;  /* of a traced build, or NULL */
    const Model *model;
    const PartList *parts;
    Check *check;
    ARRAY(Pending) pending; /* of the scopes that are open */
    ARRAY(EmittedFunction) functions;
} Emitter;

Emitter emitter_new(Arena *arena, const Model *model, const PartList *parts, Trace *trace, const Layout *layout);

/* One line, indented; an empty format gives an empty line. What is longer than
 * EMIT_WIDTH goes on in the next, after a comma or before an operator. */
void emit_line(Emitter *e, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* A line and " {", then deeper; emit_close ends it with "}" and `tail`. */
void emit_open(Emitter *e, const char *format, ...) __attribute__((format(printf, 2, 3)));
void emit_close(Emitter *e, const char *tail);
void emit_comment(Emitter *e, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* A line of names that are the user's, or declarations: nothing in it is looked at
 * as the name of a buffer. */
void emit_unchecked(Emitter *e, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* ---- what is there only if it is used ---- */

/* Declarations between the two stay if their names are used between them and the end. */
int emit_scope(const Emitter *e);
void emit_scope_end(Emitter *e, int scope);
void emit_if_used(Emitter *e, const char *name, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* Whether the word stands in the text from there on, outside of comments and strings. */
bool emit_has_word(const Emitter *e, size_t from, const char *word);
/* Text with its indentation and line ends, in front of what stands at `position`. */
void emit_insert(Emitter *e, size_t position, const char *text);

/* ---- steps and regions of the trace ---- */

/* What is read and written from here on, up to the next of these calls, belongs
 * to this step; elementwise as layout/trace.h has it. */
void emit_step(Emitter *e, const char *label);
void emit_elementwise(Emitter *e, const char *label);
/* Branches and loops of the emitted code, and the three sections, with their text. */
void emit_region(Emitter *e, TraceKind kind, const char *label, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
void emit_region_end(Emitter *e);

/* What is written once and called in several places. Its accesses are recorded once,
 * and stand at each call. The end takes what emit_close has as `tail`. */

EmittedFunction emit_function(Emitter *e, const char *label, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void emit_function_end(Emitter *e, const EmittedFunction *function, const char *tail);
/* A call of the last function with this label; its line is the caller's. bindings may be NULL. */
void emit_call(Emitter *e, const char *label, const TraceBindings *bindings);

#endif
