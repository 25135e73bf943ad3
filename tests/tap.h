/* SPDX-License-Identifier: MIT */
/* A test program speaks TAP (testanything.org): one line per check on standard
 * output, which Automake's driver counts.
 *
 *     tap_ok(sum == 4, "2 + 2 is %d", sum);
 *     return tap_done();
 *
 * The whole of it stands in this header; a test is one C file. */
#ifndef TESTS_TAP_H
#define TESTS_TAP_H

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct {
    int planned, run, failed;
} tap_state;

/* States beforehand how many checks follow. A program that stops early then
 * fails; without it tap_done prints the number that ran. */
__attribute__((unused)) static void tap_plan(int count)
{
    tap_state.planned = count;
    printf("1..%d\n", count);
    fflush(stdout);
}

/* One check. The text names what holds, on one line. Returns `pass`. */
__attribute__((unused, format(printf, 2, 3))) static bool tap_ok(bool pass, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    printf("%s %d - ", pass ? "ok" : "not ok", ++tap_state.run);
    vprintf(format, args);
    printf("\n");
    fflush(stdout); /* what was printed survives a crash in the next check */
    va_end(args);
    tap_state.failed += !pass;
    return pass;
}

/* A remark on the check before it, e.g. what was seen. May hold newlines. */
__attribute__((unused, format(printf, 1, 2))) static void tap_diag(const char *format, ...)
{
    char line[4096];
    va_list args;
    va_start(args, format);
    vsnprintf(line, sizeof line, format, args);
    va_end(args);
    printf("# ");
    for (const char *c = line; *c; c++) printf(*c == '\n' && c[1] ? "%c# " : "%c", *c);
    printf("\n");
    fflush(stdout);
}

/* Whether make check runs programs built with sanitizers (tests/local.mk): times mean
 * nothing then, and inlined functions take the compiler many minutes. */
__attribute__((unused)) static bool tap_is_sanitized(void)
{
    const char *sanitizers = getenv("CUBIE_SANITIZERS");
    return sanitizers && !strcmp(sanitizers, "yes");
}

/* A check that cannot be made here, and why. Counted as skipped. */
__attribute__((unused)) static void tap_skip(const char *what, const char *why)
{
    printf("ok %d - %s # SKIP %s\n", ++tap_state.run, what, why);
    fflush(stdout);
}

/* Prints the plan when tap_plan has not, and returns the exit status. */
__attribute__((unused)) static int tap_done(void)
{
    if (!tap_state.planned) printf("1..%d\n", tap_state.run);
    fflush(stdout);
    return tap_state.failed || (tap_state.planned && tap_state.planned != tap_state.run);
}

#endif
