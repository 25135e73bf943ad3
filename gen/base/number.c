/* SPDX-License-Identifier: MIT */
#include "base/number.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number_wide.h"

static Wide greatest_divisor(Wide a, Wide b)
{
    while (b) {
        Wide rest = a % b;
        a = b;
        b = rest;
    }
    return a < 0 ? -a : a;
}

static Number inexact(long double value)
{
    return (Number){ .exact = false, .value = isnan(value) ? (long double)NAN : value };
}

Number number_wide_ratio(Wide numerator, Wide denominator)
{
    assert(denominator != 0);
    Wide divisor = greatest_divisor(numerator, denominator);
    if (denominator < 0) divisor = -divisor;
    numerator /= divisor;
    denominator /= divisor;
    long double value = (long double)numerator / (long double)denominator;
    if (numerator < INT64_MIN || numerator > INT64_MAX || denominator > INT64_MAX) return inexact(value);
    return (Number){ true, (int64_t)numerator, (int64_t)denominator, value };
}

Number number_integer(int64_t value)
{
    return number_wide_ratio(value, 1);
}

Number number_ratio(int64_t numerator, int64_t denominator)
{
    return number_wide_ratio(numerator, denominator);
}

Number number_real(long double value)
{
    bool is_small_integer = value >= -0x1p62L && value <= 0x1p62L && floorl(value) == value;
    return is_small_integer ? number_integer((int64_t)value) : inexact(value);
}

/* The fewest digits that read back as `value`. Normal doubles need 15 to 17
 * (fewer come out of 15 by themselves); subnormal ones may need one. */
void number_shortest(char digits[static 32], double value)
{
    for (int precision = fabs(value) < 0x1p-1022 ? 1 : 15; precision <= 17; precision++) {
        snprintf(digits, 32, "%.*g", precision, value);
        if (strtod(digits, NULL) == value) return;
    }
}

Number number_double(double value)
{
    if (!isfinite(value)) return inexact((long double)value);
    char digits[32];
    number_shortest(digits, fabs(value));
    const char *end = digits;
    Number number = number_decimal(&end);
    /* Only where the decimal has no rational can two roundings move it. */
    if (number_to_double(number) != fabs(value)) number = inexact((long double)fabs(value));
    return signbit(value) ? number_negate(number) : number;
}

Number number_negate(Number a)
{
    return a.exact ? number_wide_ratio(-(Wide)a.numerator, a.denominator) : inexact(-a.value);
}

Number number_add(Number a, Number b)
{
    if (!a.exact || !b.exact) return inexact(a.value + b.value);
    return number_wide_ratio((Wide)a.numerator * b.denominator + (Wide)b.numerator * a.denominator,
                             (Wide)a.denominator * b.denominator);
}

Number number_subtract(Number a, Number b)
{
    if (!a.exact || !b.exact) return inexact(a.value - b.value);
    return number_wide_ratio((Wide)a.numerator * b.denominator - (Wide)b.numerator * a.denominator,
                             (Wide)a.denominator * b.denominator);
}

Number number_multiply(Number a, Number b)
{
    if (!a.exact || !b.exact) return inexact(a.value * b.value);
    return number_wide_ratio((Wide)a.numerator * b.numerator, (Wide)a.denominator * b.denominator);
}

Number number_divide(Number a, Number b)
{
    if (b.value == 0) return inexact(a.value == 0 || isnan(a.value) ? NAN : copysignl(INFINITY, a.value));
    if (!a.exact || !b.exact) return inexact(a.value / b.value);
    return number_wide_ratio((Wide)a.numerator * b.denominator, (Wide)a.denominator * b.numerator);
}

static bool exact_root(int64_t *root, int64_t square)
{
    *root = square < 0 ? 0 : (int64_t)sqrtl((long double)square);
    return (Wide)*root * *root == square;
}

Number number_sqrt(Number a)
{
    int64_t numerator, denominator;
    if (a.exact && exact_root(&numerator, a.numerator) && exact_root(&denominator, a.denominator))
        return number_ratio(numerator, denominator);
    return inexact(sqrtl(a.value));
}

/* a^exponent for exponent >= 0; not exact as soon as a factor is not. */
static Number whole_power(Number a, int64_t exponent)
{
    Number result = number_integer(1);
    for (; exponent > 0; exponent /= 2) {
        if (exponent % 2) result = number_multiply(result, a);
        if (exponent > 1) a = number_multiply(a, a);
    }
    return result;
}

Number number_power(Number a, Number b)
{
    enum { POWER_MOST = 1024 };
    if (a.exact && number_is_integer(b) && fabsl(b.value) <= POWER_MOST) {
        Number whole = whole_power(a, (int64_t)fabsl(b.value));
        if (whole.exact) return b.value < 0 ? number_divide(number_integer(1), whole) : whole;
    }
    if (b.exact && b.numerator == 1 && b.denominator == 2) return number_sqrt(a);
    return inexact(powl(a.value, b.value));
}

bool number_is_finite(Number a)
{
    return isfinite(a.value);
}

bool number_is_integer(Number a)
{
    return a.exact ? a.denominator == 1 : isfinite(a.value) && floorl(a.value) == a.value;
}

bool number_is(Number a, int64_t value)
{
    return a.exact ? a.denominator == 1 && a.numerator == value : a.value == (long double)value;
}

bool number_equal(Number a, Number b)
{
    if (a.exact && b.exact) return a.numerator == b.numerator && a.denominator == b.denominator;
    return a.value == b.value || (isnan(a.value) && isnan(b.value));
}

int number_compare(Number a, Number b)
{
    if (!a.exact || !b.exact) return (a.value > b.value) - (a.value < b.value);
    Wide left = (Wide)a.numerator * b.denominator, right = (Wide)b.numerator * a.denominator;
    return (left > right) - (left < right);
}

/* The quotient's leading 64 bits with every bit below folded into the last
 * (round to odd), so that one rounding of the result to fewer bits is the
 * rounding of the exact quotient. Its weight is 2^-*scale. */
static UnsignedWide leading_bits(int *scale, Number a)
{
    UnsignedWide size = a.numerator < 0 ? (UnsignedWide)(-(Wide)a.numerator) : (UnsignedWide)a.numerator;
    for (*scale = 0; size && !(size >> 126); (*scale)++) size <<= 1;
    UnsignedWide divisor = (UnsignedWide)a.denominator;
    return size / divisor | (size % divisor != 0);
}

double number_to_double(Number a)
{
    if (!a.exact) return (double)a.value;
    int scale;
    UnsignedWide bits = leading_bits(&scale, a);
    return copysign(ldexp((double)bits, -scale), (double)a.numerator);
}

float number_to_float(Number a)
{
    if (!a.exact) return (float)a.value;
    int scale;
    UnsignedWide bits = leading_bits(&scale, a);
    return copysignf(ldexpf((float)bits, -scale), (float)a.numerator);
}

bool number_fits(Number a, Precision precision)
{
    switch (precision) {
    case PRECISION_FLOAT64: return isfinite(number_to_double(a));
    case PRECISION_FLOAT32: return isfinite(number_to_float(a));
    case PRECISION_INT32: return number_is_integer(a) && a.value >= INT32_MIN && a.value <= INT32_MAX;
    }
    return false;
}
