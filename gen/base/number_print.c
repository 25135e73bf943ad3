/* SPDX-License-Identifier: MIT */
/* Numbers as literals of the generated code. (number.c and number_parse.c are the
 * runtime's too; this is not.) */
#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/number_wide.h"

static void shortest_float(char digits[static 32], float value)
{
    for (int precision = fabsf(value) < 0x1p-126f ? 1 : 6; precision <= 9; precision++) {
        snprintf(digits, 32, "%.*g", precision, (double)value);
        if (strtof(digits, NULL) == value) return;
    }
}

/* Digits of %g as one writes them by hand: 1e+05 is 1e5, 10 is 10.0. */
static void add_digits(Text *text, const char *digits)
{
    const char *exponent = strchr(digits, 'e');
    if (!exponent) {
        text_add(text, digits);
        if (!strchr(digits, '.')) text_add(text, ".0");
        return;
    }
    text_add_bytes(text, digits, (size_t)(exponent - digits));
    text_printf(text, "e%d", atoi(exponent + 1));
}

void number_literal(Text *text, Number number, Precision precision)
{
    char digits[32];
    if (precision == PRECISION_INT32) {
        assert(number_fits(number, precision));
        text_printf(text, "%lld", (long long)number.value);
    } else if (isnan(number.value)) {
        text_add(text, "NAN");
    } else if (!number_fits(number, precision)) {
        text_add(text, number.value < 0 ? "-INFINITY" : "INFINITY");
    } else if (precision == PRECISION_FLOAT32) {
        shortest_float(digits, number_to_float(number));
        add_digits(text, digits);
        text_add(text, "f");
    } else {
        number_shortest(digits, number_to_double(number));
        add_digits(text, digits);
    }
}
