/* SPDX-License-Identifier: MIT */
/* Messages of a generated program, on standard error, or of a library call, in the
 * caller's memory:
 *
 *     lorenz: error: what is wrong; what would be right
 *
 * Every mistake is reported before the program stops: stages go on after an
 * error and the caller asks for the exit status between them. A text is one
 * line, starts in lower case and ends without a period. */
#ifndef CUBIE_REPORT_H
#define CUBIE_REPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "pool.h"

/* Exit statuses, as documented at cubie_main. */
enum { CUBIE_DONE = 0, CUBIE_WRONG_INPUT = 1, CUBIE_USAGE = 2, CUBIE_SYSTEM = 3, CUBIE_INTERRUPTED = 130 };

/* Lines one after another, as far as they have room; always ended by 0. */
typedef struct Messages {
    char *text; /* NULL: nobody reads them */
    size_t size, used;
} Messages;

typedef struct Report {
    const char *program;
    Messages *messages; /* of a library call, which prints nothing; NULL: standard error */
    int errors;
    int status; /* CUBIE_DONE, or the gravest so far: system, then usage, then wrong input */
} Report;

/* A wrong value; after 100 of them further ones are counted only. */
void cubie_error(Report *report, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The command line is wrong: unknown option, missing argument. */
void cubie_usage_error(Report *report, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Disk, memory or device failed. */
void cubie_system_error(Report *report, const char *format, ...) __attribute__((format(printf, 2, 3)));
void cubie_warning(const Report *report, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The exit status so far; says how to get help after a usage error and how
 * many errors were not printed. */
int cubie_report_end(const Report *report);

/* The nearest known name to a misspelt one. */
typedef struct Suggestion {
    const char *word, *best;
    size_t distance;
} Suggestion;

Suggestion cubie_suggest(const char *word);
void cubie_suggest_try(Suggestion *suggestion, const char *candidate);
/* "; did you mean 'rho'?", or "" when nothing is near. */
const char *cubie_suggest_text(const Suggestion *suggestion, Pool *pool);

#endif
