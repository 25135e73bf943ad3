/* SPDX-License-Identifier: MIT */
/* Located diagnostics. Stages report every mistake they find and go on; the
 * pipeline stops between stages when errors were reported, so one run shows
 * them all. Texts read
 *
 *     FILE:LINE: error: what is wrong; what would be right
 *     FILE:LINE: note: previous declaration of 'x'
 *
 * A message is one line, starts in lower case and ends without a period. Names
 * and values in it that are longer than anybody reads end in "...", control
 * characters are shown as ?. */
#ifndef BASE_DIAG_H
#define BASE_DIAG_H

#include <stdbool.h>

#include "base/text.h"

/* Exit statuses of cubie-gen (design: the generator). */
enum { EXIT_DONE = 0, EXIT_INPUT = 1, EXIT_USAGE = 2, EXIT_SYSTEM = 3 };

/* A place in an input: file NULL for the command line (then `line` is 0),
 * line 0 when only the file is known, column 0 when only the line is known. */
typedef struct Source {
    const char *file;
    int line, column;
} Source;

/* An error in the input, or a note that belongs to the error before it. The
 * same error text at the same place is reported once; at most 100 errors are
 * printed, the rest counted. */
void diag_error(Source source, const char *format, ...) __attribute__((format(printf, 2, 3)));
void diag_note(Source source, const char *format, ...) __attribute__((format(printf, 2, 3)));
void diag_warning(Source source, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Errors reported since the start (or the last diag_reset, for tests). */
int diag_errors(void);
void diag_reset(void);

/* The system failed (disk, permissions): prints and exits with EXIT_SYSTEM. */
_Noreturn void diag_system(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Tests capture what would go to standard error. NULL restores. Not owned. */
void diag_capture(Text *text);

#endif
