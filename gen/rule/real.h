/* SPDX-License-Identifier: MIT */
/* Real numbers as people write them. What lies in this folder, and the numbers of
 * base/, are compiled into the runtime library too (runtime/local.mk): what both
 * programs read, they read by the same rules. So it knows neither how one
 * reports mistakes nor how the other does: it says in words what is wrong. */
#ifndef RULE_REAL_H
#define RULE_REAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Part of a text; not terminated. */
typedef struct Piece {
    const char *bytes;
    size_t length;
} Piece;

/* What is wrong. */
typedef struct RuleText {
    char text[240];
} RuleText;

/* What a message quotes of a text that may be of any length. */
typedef struct RuleQuote {
    char text[64];
} RuleQuote;

Piece piece_of(const char *text);

/* A terminated text up to `separator`, which *text then lies behind; NULL when
 * there is none. */
Piece piece_next(const char **text, char separator);

/* Arithmetic (base/number.h): "0.1", "-2e3", "8/3", "2*pi". A plain decimal is the
 * nearest double, an expression is computed exactly as far as rationals go and
 * rounded once. "inf" and "-inf" are numbers too, "nan" and "0x10" are none.
 * Blanks around are skipped. */
bool real_read(double *value, RuleText *why, Piece piece);

/* A decimal, or a fraction of two: what tables of data hold, where "2024-01-05"
 * must not be arithmetic. */
bool real_read_plain(double *value, Piece piece);

/* Whether numbers of so many bits (32 or 64) can be this one. In float32 neither
 * what overflows fits, nor what is not 0 and below its smallest normal number,
 * 1.2e-38: a GPU takes that for 0. */
bool real_fits(RuleText *why, double value, int bits);

/* A whole number from 0 to `most`: "1000", "1e6". */
bool real_read_whole(uint64_t *value, Piece piece, uint64_t most);

/* As much of it as a message can show, without control characters. */
RuleQuote real_shown(Piece piece);

#endif
