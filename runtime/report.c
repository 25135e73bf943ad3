/* SPDX-License-Identifier: MIT */
#include "report.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { REPORT_MOST = 100, SUGGEST_MOST = 63 };

static int report_rank(int status)
{
    return status == CUBIE_SYSTEM ? 3 : status == CUBIE_USAGE ? 2 : status == CUBIE_WRONG_INPUT;
}

static void report_keep(Messages *messages, const char *format, va_list args)
{
    if (!messages->text || messages->used >= messages->size) return;
    const size_t room = messages->size - messages->used;
    const int length = vsnprintf(messages->text + messages->used, room, format, args);
    messages->used += length < 0 ? 0 : (size_t)length < room ? (size_t)length : room - 1;
}

static void report_say(const Report *report, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void report_say(const Report *report, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    if (report->messages)
        report_keep(report->messages, format, args);
    else
        vfprintf(stderr, format, args);
    va_end(args);
}

static void report_print(const Report *report, const char *kind, const char *format, va_list args)
{
    if (!report->messages) flockfile(stderr);
    report_say(report, "%s: %s: ", report->program, kind);
    if (report->messages)
        report_keep(report->messages, format, args);
    else
        vfprintf(stderr, format, args);
    report_say(report, "\n");
    if (!report->messages) funlockfile(stderr);
}

static void report_add(Report *report, int status, const char *format, va_list args)
{
    if (report_rank(status) > report_rank(report->status)) report->status = status;
    if (report->errors++ < REPORT_MOST || status == CUBIE_SYSTEM) report_print(report, "error", format, args);
}

void cubie_error(Report *report, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    report_add(report, CUBIE_WRONG_INPUT, format, args);
    va_end(args);
}

void cubie_usage_error(Report *report, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    report_add(report, CUBIE_USAGE, format, args);
    va_end(args);
}

void cubie_system_error(Report *report, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    report_add(report, CUBIE_SYSTEM, format, args);
    va_end(args);
}

void cubie_warning(const Report *report, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    report_print(report, "warning", format, args);
    va_end(args);
}

int cubie_report_end(const Report *report)
{
    if (report->errors > REPORT_MOST)
        report_say(report, "%s: %d more errors\n", report->program, report->errors - REPORT_MOST);
    if (report->status == CUBIE_USAGE && !report->messages) report_say(report, "Try '%s --help'.\n", report->program);
    return report->status;
}

Suggestion cubie_suggest(const char *word)
{
    return (Suggestion){ word, NULL, strlen(word) / 5 + 2 };
}

/* Damerau-Levenshtein distance (adjacent swaps count once), by rows. */
static size_t suggest_distance(const char *a, const char *b)
{
    size_t rows[3][SUGGEST_MOST + 1], n = strlen(a), m = strlen(b);
    if (n > SUGGEST_MOST || m > SUGGEST_MOST) return SIZE_MAX;
    size_t *before = rows[0], *last = rows[1], *now = rows[2];
    for (size_t j = 0; j <= m; j++) last[j] = j;
    for (size_t i = 1; i <= n; i++) {
        now[0] = i;
        for (size_t j = 1; j <= m; j++) {
            size_t best = last[j - 1] + (a[i - 1] != b[j - 1]);
            best = last[j] + 1 < best ? last[j] + 1 : best;
            best = now[j - 1] + 1 < best ? now[j - 1] + 1 : best;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] && before[j - 2] + 1 < best)
                best = before[j - 2] + 1;
            now[j] = best;
        }
        size_t *spare = before;
        before = last;
        last = now;
        now = spare;
    }
    return last[m];
}

void cubie_suggest_try(Suggestion *suggestion, const char *candidate)
{
    size_t distance = suggest_distance(suggestion->word, candidate);
    size_t length = strlen(candidate), longer = strlen(suggestion->word);
    longer = length > longer ? length : longer;
    if (distance < suggestion->distance && distance < longer) {
        suggestion->best = candidate;
        suggestion->distance = distance;
    }
}

const char *cubie_suggest_text(const Suggestion *suggestion, Pool *pool)
{
    return suggestion->best ? cubie_pool_printf(pool, "; did you mean '%s'?", suggestion->best) : "";
}
