/* SPDX-License-Identifier: MIT */
/* Exact coefficients and constants.
 *
 * A Number is a rational of two 64-bit integers in lowest terms (denominator
 * positive) as long as that fits, else a long double: `exact` says which.
 * `value` always holds the nearest long double. Decimals are rationals: the
 * text "0.1" and the Lua number 0.1 are both 1/10 (a double becomes the
 * shortest decimal that reads back as the same double). Zero has no sign.
 *
 * A Number turns into digits in one place, number_literal. */
#ifndef BASE_NUMBER_H
#define BASE_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

typedef enum Precision { PRECISION_FLOAT64, PRECISION_FLOAT32, PRECISION_INT32 } Precision;

typedef struct Number {
    bool exact;
    int64_t numerator, denominator; /* meaningful when exact */
    long double value;
} Number;

Number number_integer(int64_t value);
Number number_ratio(int64_t numerator, int64_t denominator); /* denominator not 0 */
Number number_double(double value);                          /* any double, NaN and infinities included */
Number number_real(long double value);                       /* integers are exact, all else is not */

/* Arithmetic text: integers, decimals with exponent, + - * / ^ ( ), pi, and the
 * functions sqrt, cbrt, exp, log and the like, e.g. "(6 - sqrt(6))/10", "-1.5e-3",
 * "8/3", "2*pi". Returns false and leaves *number alone when the text is not
 * that, or is not finite; then *message (if not NULL) says why, in static
 * storage, and *at at which byte. */
bool number_parse(Number *number, const char *text, const char **message);
bool number_parse_at(Number *number, const char *text, const char **message, size_t *at);

Number number_negate(Number a);
Number number_add(Number a, Number b);
Number number_subtract(Number a, Number b);
Number number_multiply(Number a, Number b);
Number number_divide(Number a, Number b); /* b = 0: an infinity or NaN */
Number number_power(Number a, Number b);  /* exact for exact a and small integer b, or b = 1/2 */
Number number_sqrt(Number a);             /* exact for squares of rationals; NaN below 0 */

bool number_is_finite(Number a);
bool number_is_integer(Number a);
bool number_is(Number a, int64_t value);
bool number_equal(Number a, Number b);  /* a NaN equals a NaN: the same constant */
int number_compare(Number a, Number b); /* -1, 0, 1; with a NaN 0 */
double number_to_double(Number a);      /* correctly rounded from the exact value */
/* False when the finite number becomes infinite in that precision (1e40 in
 * float32), or is no int32. Too small a number becomes 0 and fits. */
bool number_fits(Number a, Precision precision);

/* The literal for C, C++ and CUDA: typed ("0.5f" in float32), shortest digits
 * that round-trip in that precision (at most 17, or 9), negative ones with
 * their sign and no parentheses. Always with a point or an exponent, but for
 * int32. A caller reports numbers that are not finite or do not fit before it
 * comes here: they print as INFINITY or NAN. */
void number_literal(Text *text, Number number, Precision precision);

#endif
