/* SPDX-License-Identifier: MIT */
/* Between number.c, number_parse.c and number_print.c only. */
#ifndef BASE_NUMBER_WIDE_H
#define BASE_NUMBER_WIDE_H

#include "base/number.h"

__extension__ typedef __int128 Wide;
__extension__ typedef unsigned __int128 UnsignedWide;

/* In lowest terms; not exact when it does not fit. denominator is not 0. */
Number number_wide_ratio(Wide numerator, Wide denominator);

/* Reads digits with an optional point and exponent at *text and moves *text
 * behind them. *text begins with a digit, or with a point and a digit. */
Number number_decimal(const char **text);

/* The fewest digits that read back as `value`. */
void number_shortest(char digits[static 32], double value);

/* Rounded once, as number_to_double is. */
float number_to_float(Number a);

#endif
