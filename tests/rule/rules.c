/* SPDX-License-Identifier: MIT */
/* The rules that generator and runtime share: numbers, values, sizes of grids. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rule/grid.h"
#include "rule/tolerances.h"
#include "tap.h"

static uint64_t random_bits(void)
{
    static uint64_t state = 88172645463325252u;
    state ^= state << 13;
    state ^= state >> 7;
    return state ^= state << 17;
}

/* Decimals are the nearest double, to the bit, however they are written. */
static void test_decimals(void)
{
    bool same = true, plain = true;
    for (int i = 0; i < 20000; i++) {
        const uint64_t bits = random_bits();
        double value, read, other;
        char text[64];
        RuleText why;
        memcpy(&value, &bits, sizeof value);
        if (!isfinite(value)) continue;
        snprintf(text, sizeof text, i % 2 ? "%.*e" : "%.*g", (int)(random_bits() % 19), value);
        if (fabs(strtod(text, NULL)) > 1.7e308) continue;
        same &= real_read(&read, &why, piece_of(text)) && read == strtod(text, NULL);
        plain &= real_read_plain(&other, piece_of(text)) && other == read;
    }
    tap_ok(same, "decimals are the nearest double");
    tap_ok(plain, "in tables, too");
}

static void reads(const char *text, double expected)
{
    double value = NAN;
    RuleText why = { "" };
    const bool good = real_read(&value, &why, piece_of(text));
    tap_ok(good && value == expected, "'%s' is %.17g %s", text, value, why.text);
}

static void refuses(const char *text, const char *message)
{
    double value;
    RuleText why = { "" };
    const bool good = real_read(&value, &why, piece_of(text));
    if (!tap_ok(!good && !strcmp(why.text, message), "'%.40s' is refused", text)) tap_diag("%s", why.text);
}

static void test_numbers(void)
{
    reads(" 8/3 ", 8.0 / 3.0);
    reads("+.5e1", 5);
    reads("1e3/60", 1000.0 / 60.0);
    reads("0.1*3", 0.3); /* computed exactly, rounded once */
    reads("-2^2", -4);
    reads("2^-1", 0.5);
    reads("-2*pi", -2 * 3.14159265358979312);
    reads("(1 + sqrt(4)) / 3", 1);
    reads("-Inf", -INFINITY);
    reads("infinity", INFINITY);
    refuses("", "a number is missing");
    refuses("nan", "'nan' is no number: expected a number, '(', pi or a function like sqrt");
    refuses("0x10", "'0x10' is no number: unexpected text after the number, at character 2");
    refuses("1e999", "'1e999' is no number: it is beyond the largest double, 1.8e308");
    refuses("1e200*1e200", "'1e200*1e200' is no number: it is beyond the largest double, 1.8e308");
    refuses("1,5", "'1,5' is no number: unexpected text after the number, at character 2");
    double value;
    tap_ok(real_read_plain(&value, piece_of("8/3")) && value == 8.0 / 3.0, "a fraction in a table");
    static const char *const others[] = { "2024-01-05", "1/2/2024", "0x10", "inf", "nan", "2*pi", "", "1e999", "1/0" };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        tap_ok(!real_read_plain(&value, piece_of(others[i])), "but not '%s'", others[i]);
}

static void test_float32(void)
{
    static const double good[] = { 0, 1, -3.4e38, 1.2e-38, INFINITY }, bad[] = { 1e-46, -1e-40, 3.5e38, 1.17e-38 };
    RuleText why;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) tap_ok(real_fits(&why, good[i], 32), "%g fits", good[i]);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        tap_ok(!real_fits(&why, bad[i], 32) && real_fits(&why, bad[i], 64), "%g does not fit in float32", bad[i]);
}

static void values_are(const char *text, int bits, const char *message)
{
    Values values;
    RuleText why = { "" };
    const bool good = values_read(&values, &why, text, bits);
    if (!tap_ok(good == !*message && !strcmp(why.text, message), "%s, float%d", text, bits)) tap_diag("%s", why.text);
}

static void test_values(void)
{
    values_are("1,2/3,pi", 64, "");
    values_are("0:2*pi:1e6", 64, "");
    values_are("0:1:1099511627776", 64, "");
    values_are("0:1:1099511627777", 64, "1.1e+12 values; at most 2^40 (about 1.1e12) can be counted");
    values_are("geom:-1:-8:4", 64, "");
    values_are("geom:-1:8:4", 64, "the ends of a geometric range must have one sign and not be 0");
    values_are("uniform:1:1", 64, "the first end must be below the second");
    values_are("normal:1:0", 64, "the standard deviation must be above 0");
    values_are("normal:1", 64, "expected normal:mean:deviation, for example normal:0:0.1");
    values_are("geom:1:2:3:4", 64, "expected geom:start:stop:count, for example geom:1e-3:1e3:100");
    values_are("file:a:b:c", 64, "");
    values_are("file:a", 64, "expected file:PATH:COLUMN, for example file:p.csv:k1");
    values_are("1e-50", 64, "");
    values_are("1e-50", 32, "1e-50 does not fit in float32, which holds 0 and 1.2e-38 to 3.4e38");
    values_are("0:1e39:3", 32, "1e+39 does not fit in float32, which holds 0 and 1.2e-38 to 3.4e38");
}

static void grid_is(const GridAxis *axis, int axes, bool zip, uint64_t asked, uint64_t runs, const char *message)
{
    Grid grid;
    RuleText why = { "" };
    const bool good = grid_count(&grid, &why, axis, axes, zip, asked);
    if (!tap_ok(good == !*message && !strcmp(why.text, message) && (!good || grid.runs == runs), "%d axes, %s: %s",
                axes, zip ? "zip" : "product", message))
        tap_diag("%" PRIu64 ", %s", grid.runs, why.text);
}

static void test_grids(void)
{
    const GridAxis product[] = { { .name = "a", .count = 1000000 },
                                 { .name = "b" },
                                 { .name = "c", .count = 1000000 } };
    const GridAxis table[] = { { .name = "a", .count = 5 },
                               { .name = "b", .count = 3 },
                               { .name = "c", .count = 3, .joined = true },
                               { .name = "d", .drawn = true } };
    const GridAxis drawn[] = { { .name = "a", .drawn = true } };
    grid_is(product, 0, false, 0, 1, "");
    grid_is(product, 3, false, 0, 1000000000000, "");
    grid_is(product, 3, true, 0, 1000000, "");
    grid_is(product, 3, false, UINT64_C(1) << 41, 0,
            "the sweep has 2.199e+12 runs; at most 2^40 (about 1.1e12) can be counted");
    grid_is(table, 4, false, 30, 30, "");
    grid_is(table, 4, false, 20, 0, "runs=20 is no multiple of the 15 points of the grid");
    grid_is(table, 3, false, 30, 0, "runs=30, but the sweep has 15 runs; runs is for random values");
    grid_is(table, 4, true, 0, 0, "zipped sweeps must have equally many values: a has 5, b has 3");
    grid_is(drawn, 1, false, 0, 0, "random values need the number of runs: runs=1000");
    grid_is(drawn, 1, false, 7, 7, "");
}

static bool is_named(const void *context, int state, Piece name)
{
    const char *const *names = context;
    return strlen(names[state]) == name.length && !strncmp(names[state], name.bytes, name.length);
}

static void tolerances_are(const char *text, double x, double y)
{
    static const char *const names[] = { "x", "y" };
    const Setting setting = { .kind = SETTING_TOLERANCES, .least = 0, .most = INFINITY, .above = true, .below = true };
    double values[2] = { 7, 7 };
    RuleText why;
    const bool good = tolerances_read(values, &why, &setting, text, &(ToleranceStates){ 2, is_named, names });
    tap_ok(good && values[0] == x && values[1] == y, "%s: %g %g", text, values[0], values[1]);
}

int main(void)
{
    test_decimals();
    test_numbers();
    test_float32();
    test_values();
    test_grids();
    tolerances_are("1e-3", 1e-3, 1e-3);
    tolerances_are("1,2", 1, 2);
    tolerances_are("y=1/2", 7, 0.5);
    tolerances_are("x=3,1", 3, 1);
    tolerances_are("1, y = 3", 1, 3);
    return tap_done();
}
