/* SPDX-License-Identifier: MIT */
/* What a traced build (setting `trace`) records of every attempt of the runs
 * that a user chose. A part says what is worth seeing at the point where it
 * has it:
 *
 *     record_vector(e, "k1", view, NULL, "derivative of stage 1");
 *     record_count(e, "newton_iterations_2", "iterations", "Newton iterations of stage 2");
 *     record_item(e, "newton_update_2", 10, "iteration", "update", "norm of ...");
 *
 * In ordinary builds all of this emits nothing and reads nothing. In a traced
 * one the code stands where the call is, in attempt (not in begin or finish, and
 * not in functions outside the struct Run): values are those of the runs in
 * `active`, what is never reached in an attempt stays missing, and what is
 * recorded twice under one name has the last value.
 *
 * The fields are gathered as the parts emit the first time (RecordList, as the
 * access trace is), numbered in that order, and become variables trace_NAME of
 * the results. Names are identifiers, distinct, and none of run, attempt,
 * attempts, component and iteration, which the results have. Views are read: the access
 * trace knows of it, so tracing may refuse an alias but never sees a value that
 * was overwritten. */
#ifndef CODE_RECORD_H
#define CODE_RECORD_H

#include "code/view.h"

typedef enum RecordKind {
    RECORD_NUMBER, /* one */
    RECORD_COUNT,  /* a whole number; flags are 0 or 1 */
    RECORD_STATES, /* one number for each state */
    RECORD_ITEMS   /* as many as there are iterations, `count` at most */
} RecordKind;

typedef struct Record {
    const char *name, *title;
    RecordKind kind;
    int first, count; /* among the numbers of an attempt */
} Record;

struct RecordList {
    Arena *arena;
    ARRAY(Record) fields;
    int numbers; /* of an attempt */
};

RecordList *record_list(Arena *arena);

/* value: C text of a Real. */
void record_number(Emitter *e, const char *name, const char *value, const char *title);
/* value: C text of a Count, or of a Mask turned into one by record_flag. */
void record_count(Emitter *e, const char *name, const char *value, const char *title);
void record_flag(Emitter *e, const char *name, const char *mask, const char *title);
/* The elements of a view with one for each state; scale (C text of a Real, or
 * NULL) multiplies them. */
void record_vector(Emitter *e, const char *name, View view, const char *scale, const char *title);
/* value: C text of a Real, number `index` of at most `most` in the attempt, for
 * loops; index is C text of an int or a Count, from 0. An index of `most` or more
 * is left out: so are more iterations, and a run that has ended its own while
 * its neighbours go on must get one ("select(working, iteration, Count(~0u))"). */
void record_item(Emitter *e, const char *name, int most, const char *index, const char *value, const char *title);
/* "k3": a name of the arena, for the above. */
const char *record_name(const Emitter *e, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
