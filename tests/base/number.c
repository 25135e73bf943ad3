/* SPDX-License-Identifier: MIT */
/* Exact numbers: arithmetic, parsing, rounding, literals. */
#include "base/number.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tap.h"

static Arena *arena;

static const char *literal(Number number, Precision precision)
{
    Text text = text_new(arena);
    number_literal(&text, number, precision);
    assert(text.data);
    return text.data;
}

static void check_literal(Number number, Precision precision, const char *expected)
{
    assert(expected);
    const char *found = literal(number, precision);
    tap_ok(!strcmp(found, expected), "%s%s", expected, precision == PRECISION_FLOAT32 ? " in float32" : "");
    if (strcmp(found, expected) != 0) tap_diag("found %s", found);
}

static void check_exact(Number number, int64_t numerator, int64_t denominator, const char *what)
{
    bool same = number.exact && number.numerator == numerator && number.denominator == denominator &&
                number.value == (long double)numerator / (long double)denominator;
    if (!tap_ok(same, "%s", what))
        tap_diag("found %lld/%lld, exact %d", (long long)number.numerator, (long long)number.denominator, number.exact);
}

static Number parsed(const char *text)
{
    Number number = number_double(NAN);
    const char *message;
    if (!number_parse(&number, text, &message)) tap_diag("%s: %s", text, message);
    return number;
}

static void test_doubles(void)
{
    check_exact(number_double(0.1), 1, 10, "0.1 is 1/10");
    check_exact(number_double(-2.5e-3), -1, 400, "-2.5e-3 is -1/400");
    check_exact(number_double(1e18), 1000000000000000000, 1, "1e18 is an integer");
    check_exact(number_double(0.0), 0, 1, "0 is 0/1");
    tap_ok(!number_double(1e-300).exact && !number_double(1e300).exact, "1e-300 and 1e300 are not rationals");
    tap_ok(isnan(number_double(NAN).value) && number_double(-INFINITY).value == -INFINITY, "NaN and infinities pass");
    tap_ok(number_equal(number_double(1e-30), parsed("1e-30")), "a double equals its text beyond rationals");
}

static void test_arithmetic(void)
{
    Number third = number_ratio(-2, -6), half = number_ratio(1, 2), large = number_integer(INT64_MAX);
    check_exact(third, 1, 3, "lowest terms, positive denominator");
    check_exact(number_add(third, half), 5, 6, "1/3 + 1/2");
    check_exact(number_subtract(third, half), -1, 6, "1/3 - 1/2");
    check_exact(number_multiply(third, half), 1, 6, "1/3 * 1/2");
    check_exact(number_divide(third, half), 2, 3, "1/3 / 1/2");
    check_exact(number_power(third, number_integer(-3)), 27, 1, "(1/3)^-3");
    check_exact(number_power(number_ratio(9, 4), half), 3, 2, "(9/4)^(1/2)");
    check_exact(number_multiply(large, number_divide(number_integer(1), large)), 1, 1,
                "no overflow between wide factors");
    Number square = number_multiply(large, large);
    tap_ok(!square.exact && square.value == 0x1p126L - 0x1p64L, "overflow falls to a long double");
    Number least = number_negate(number_integer(INT64_MIN));
    tap_ok(!least.exact && least.value == 0x1p63L, "-INT64_MIN falls to a long double");
    tap_ok(!number_sqrt(number_integer(2)).exact, "sqrt(2) is not exact");
    tap_ok(number_divide(number_integer(-1), number_integer(0)).value == -INFINITY, "-1/0 is -inf");
    tap_ok(isnan(number_divide(number_integer(0), number_integer(0)).value), "0/0 is NaN");
    tap_ok(number_power(number_integer(2), number_integer(1000)).value == ldexpl(1, 1000), "2^1000");
    tap_ok(number_compare(number_ratio(INT64_MAX - 1, INT64_MAX), number_integer(1)) == -1, "comparison is exact");
    tap_ok(number_is(number_integer(3), 3) && !number_is(third, 0) && number_is_integer(large), "predicates");
    tap_ok(!number_fits(number_double(1e39), PRECISION_FLOAT32) &&
               number_fits(number_double(1e-50), PRECISION_FLOAT32) &&
               number_fits(number_double(1e39), PRECISION_FLOAT64) && !number_fits(half, PRECISION_INT32),
           "fits");
}

static void test_parsing(void)
{
    check_exact(parsed("8/3"), 8, 3, "8/3");
    check_exact(parsed(" - 1.50e+1 "), -15, 1, "-1.50e+1");
    check_exact(parsed("2^-3"), 1, 8, "2^-3");
    check_exact(parsed("-2^2"), -4, 1, "-2^2");
    check_exact(parsed("2^3^2"), 512, 1, "2^3^2");
    check_exact(parsed("2 ** 3 * 2"), 16, 1, "2 ** 3 * 2");
    check_exact(parsed("1 - 2 - 3*(4 - 5)/6"), -1, 2, "left to right");
    check_exact(parsed(".5"), 1, 2, ".5");
    check_exact(parsed("sqrt(1/4)"), 1, 2, "sqrt(1/4)");
    check_exact(parsed("0.0000000000000000000000000000000000000000000000000"), 0, 1, "many zeros");
    check_exact(parsed("1.00000000000000000000000000000000000000000000000"), 1, 1, "zeros behind the point");
    check_exact(parsed("17576072/8778009"), 17576072, 8778009, "17576072/8778009");
    check_exact(parsed("282668133/205662961e0"), 282668133, 205662961, "282668133/205662961");
    long double root = parsed("(6 - sqrt(6))/10").value;
    tap_ok(fabsl(root - (6 - sqrtl(6)) / 10) < 1e-19L, "(6 - sqrt(6))/10");
    long double digits = parsed("0.15740573615212345678901234567890123456789").value;
    tap_ok(digits == 0.15740573615212345678901234567890123456789L, "more digits than a rational holds");
    tap_ok(parsed("2*pi").value == 2 * acosl(-1), "pi");
    tap_ok(fabsl(parsed("log(exp(2)) + log10(100)").value - 4) < 1e-18L, "functions");
    tap_ok(number_equal(parsed("abs(-3) ** 2 / 2"), number_ratio(9, 2)), "whole values of functions are exact");
    tap_ok(parsed("1e-400").value == 1e-400L && parsed("1e400").value == 1e400L, "exponents of a long double");
}

static void check_refused(const char *text, const char *expected)
{
    Number number = number_integer(7);
    const char *message = NULL;
    bool refused = !number_parse(&number, text, &message);
    if (!tap_ok(refused && !strcmp(message, expected) && number_is(number, 7), "'%.20s': %s", text, expected))
        tap_diag("found %s", message ? message : "no message");
}

static void test_refusals(void)
{
    check_refused("", "expected a number, '(', pi or a function like sqrt");
    check_refused("1 +", "expected a number, '(', pi or a function like sqrt");
    check_refused("x", "expected a number, '(', pi or a function like sqrt");
    check_refused("(1", "expected ')'");
    check_refused("1 2", "unexpected text after the number");
    check_refused("1e", "unexpected text after the number");
    check_refused("0x10", "unexpected text after the number");
    check_refused("sqrt 2", "expected '(' after the function");
    check_refused("sqrt(-2)", "square root of a negative number");
    check_refused("log(0)", "the function has no value there");
    check_refused("pie", "expected a number, '(', pi or a function like sqrt");
    check_refused("2 pi", "unexpected text after the number");
    check_refused("1/(2-2)", "division by zero");
    check_refused("1e99999", "the number is not finite");
    check_refused("0^-1", "the number is not finite");
    char *deep = arena_alloc(arena, 200001);
    check_refused(memset(deep, '(', 200000), "nested too deeply");
    for (int i = 0; i < 200000; i += 2) memcpy(deep + i, "2^", 2);
    check_refused(deep, "nested too deeply");
}

static void test_literals(void)
{
    check_literal(number_integer(10), PRECISION_FLOAT64, "10.0");
    check_literal(number_ratio(8, 3), PRECISION_FLOAT64, "2.6666666666666665");
    check_literal(number_ratio(1, 10), PRECISION_FLOAT32, "0.1f");
    check_literal(number_double(1e-10), PRECISION_FLOAT32, "1e-10f");
    check_literal(number_double(1e-5), PRECISION_FLOAT64, "1e-5");
    check_literal(number_double(1e22), PRECISION_FLOAT64, "1e22");
    check_literal(number_double(-6.02214076e23), PRECISION_FLOAT64, "-6.02214076e23");
    check_literal(number_ratio(1, 3), PRECISION_FLOAT32, "0.33333334f");
    check_literal(number_double(5e-324), PRECISION_FLOAT64, "5e-324");
    check_literal(number_double(1e-45), PRECISION_FLOAT32, "1e-45f");
    check_literal(number_integer(0), PRECISION_FLOAT32, "0.0f");
    check_literal(number_integer(-3), PRECISION_INT32, "-3");
    check_literal(number_real(M_PI), PRECISION_FLOAT64, "3.141592653589793");
    check_literal(number_double(1e39), PRECISION_FLOAT32, "INFINITY");
    check_literal(number_double(-INFINITY), PRECISION_FLOAT64, "-INFINITY");
}

/* (q + 1023)/q with q = 1023 * 2^53 - 1 lies just above the middle between 1
 * and the next double. A long double cannot tell: it would be rounded to the
 * middle first, and then to 1. */
static void test_one_rounding(void)
{
    int64_t q = 1023 * (INT64_C(1) << 53) - 1;
    Number above = number_ratio(q + 1023, q);
    tap_ok(above.value == 1 + 0x1p-53L && number_to_double(above) == 1 + 0x1p-52, "an exact number is rounded once");
    tap_ok(!strcmp(literal(above, PRECISION_FLOAT64), "1.0000000000000002"), "and so is its literal");
    tap_ok(number_to_double(number_integer(9007199254740993)) == 9007199254740992.0, "a tie goes to even");
    tap_ok(number_to_double(number_integer(INT64_MIN)) == -0x1p63, "INT64_MIN to double");
}

static double random_double(void)
{
    uint64_t bits = ((uint64_t)(uint32_t)mrand48() << 32) | (uint32_t)mrand48();
    double value;
    memcpy(&value, &bits, sizeof value);
    return isfinite(value) ? value : 0.5;
}

static void test_round_trips(void)
{
    int wrong = 0, wrong_short = 0, wrong_float = 0;
    srand48(7);
    for (int i = 0; i < 100000; i++) {
        ArenaMark mark = arena_mark(arena);
        double any = random_double(), usual = (double)mrand48() * exp(0.01 * (double)(lrand48() % 2000 - 1000));
        wrong += strtod(literal(number_double(any), PRECISION_FLOAT64), NULL) != any;
        wrong_short += strtod(literal(number_double(usual), PRECISION_FLOAT64), NULL) != usual;
        wrong_float += strtof(literal(number_double(usual), PRECISION_FLOAT32), NULL) !=
                       strtof(literal(number_double(usual), PRECISION_FLOAT64), NULL);
        arena_reset(arena, mark);
    }
    tap_ok(wrong == 0 && wrong_short == 0, "200000 doubles come back from their literals (%d, %d wrong)", wrong,
           wrong_short);
    tap_ok(wrong_float == 0, "100000 floats come back from their literals (%d wrong)", wrong_float);
}

int main(void)
{
    arena = arena_new();
    test_doubles();
    test_arithmetic();
    test_parsing();
    test_refusals();
    test_literals();
    test_one_rounding();
    test_round_trips();
    arena_free(arena);
    return tap_done();
}
