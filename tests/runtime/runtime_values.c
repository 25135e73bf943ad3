/* SPDX-License-Identifier: MIT */
/* cubie/sweep.h: the generator against its published answers, functions
 * against the library's, grids in float32 against float64, indices against
 * plain division. */
#include <stdlib.h>
#include <string.h>

#include "cubie/sweep.h"
#include "tap.h"

static uint64_t test_state = 12345;

static uint64_t test_bits(void)
{
    return cubie_sweep_bits(99, test_state++);
}

/* Random123's kat_vectors for philox4x32 10. */
static void test_philox(void)
{
    static const uint32_t known[][10] = {
        { 0, 0, 0, 0, 0, 0, 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8 },
        { 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0x408f276d, 0x41c83b0e, 0xa20bc7c6,
          0x6d5451fd },
        { 0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0, 0xd16cfe09, 0x94fdcceb, 0x5001e420,
          0x24126ea1 },
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        uint32_t out[4];
        cubie_philox4x32(out, known[i], known[i] + 4);
        tap_ok(memcmp(out, known[i] + 6, sizeof out) == 0, "known answer %zu of Philox4x32-10", i + 1);
    }
}

static void test_functions(void)
{
    double exp_worst = 0, exp2_worst = 0, log_worst = 0, logf_worst = 0;
    for (double x = -690; x < 690; x += 0.0131)
        exp_worst = fmax(exp_worst, fabs(cubie_sweep_exp(x, 0) / (double)expl((long double)x) - 1));
    for (float x = -0.5f; x <= 0.5f; x += 1e-5f)
        exp2_worst = fmax(exp2_worst, fabs((double)cubie_sweep_exp2f(x) / exp2((double)x) - 1));
    for (double x = 1e-20; x < 0.1; x *= 1.0007) log_worst = fmax(log_worst, fabs(cubie_sweep_log(x) / log(x) - 1));
    for (float x = 1e-10f; x < 0.1f; x *= 1.0007f)
        logf_worst = fmax(logf_worst, fabs((double)cubie_sweep_logf(x) / log((double)x) - 1));
    tap_ok(exp_worst < 3e-16, "exp to %.1e", exp_worst);
    tap_ok(exp2_worst < 1.2e-7, "exp2 in float32 to %.1e", exp2_worst);
    tap_ok(log_worst < 4e-16, "log to %.1e", log_worst);
    tap_ok(logf_worst < 1.2e-7, "log in float32 to %.1e", logf_worst);
}

static void test_uniform(void)
{
    tap_ok(cubie_uniform_f64(0) > 0 && cubie_uniform_f64(UINT64_MAX) < 1, "uniform values never reach 0 and 1");
    tap_ok(cubie_uniform_f32(0) > 0 && cubie_uniform_f32(UINT32_MAX) < 1, "nor do those in float32");
    double sum = 0, square = 0;
    const int n = 200000;
    for (int i = 0; i < n; i++) {
        const double u = cubie_uniform_f64(test_bits());
        sum += u;
        square += u * u;
    }
    tap_ok(fabs(sum / n - 0.5) < 4 * sqrt(1.0 / 12 / n), "their mean is %.5f", sum / n);
    tap_ok(fabs(square / n - 1.0 / 3) < 4 * sqrt(4.0 / 45 / n), "their mean square is %.5f", square / n);
}

/* The quantile against the distribution function: p(z(u)) = u. */
static void test_normal(void)
{
    double worst = 0, worst_f32 = 0, sum = 0, square = 0;
    const int n = 200000;
    for (int i = 0; i < n; i++) {
        const uint64_t bits = test_bits();
        const double z = cubie_normal_f64(bits), low = fmin((double)bits, (double)~bits) * 0x1p-64;
        const double density = exp(-z * z / 2) / sqrt(2 * acos(-1));
        const double error = 0.5 * erfc(fabs(z) / sqrt(2)) - low;
        worst = fmax(worst, fabs(error / density) / fmax(fabs(z), 1));
        worst_f32 = fmax(worst_f32, fabs((double)cubie_normal_f32((uint32_t)(bits >> 32)) - z));
        sum += z;
        square += z * z;
    }
    tap_ok(worst < 2e-15, "the normal quantile to %.1e", worst);
    tap_ok(worst_f32 < 2e-5, "that of float32 to %.1e", worst_f32);
    tap_ok(fabs(sum / n) < 4 / sqrt(n), "mean %.4f", sum / n);
    tap_ok(fabs(square / n - 1) < 4 * sqrt(2.0 / n), "variance %.4f", square / n);
    bool odd = true, rising = true;
    for (int i = 0; i < 1000; i++) {
        const uint64_t bits = test_bits() >> (i % 60);
        odd &= cubie_normal_f64(bits) == -cubie_normal_f64(~bits);
        odd &= cubie_normal_f32((uint32_t)bits) == -cubie_normal_f32(~(uint32_t)bits);
    }
    for (int i = 1; i < 4096; i++)
        rising &= cubie_normal_f32((uint32_t)i << 20) > cubie_normal_f32((uint32_t)(i - 1) << 20);
    tap_ok(odd, "the quantile is odd about the median");
    tap_ok(rising, "and rises, over the seams of its three pieces");
    tap_ok(fabs(cubie_normal_f64(0) + 9.155293773112775) < 1e-9, "the least value is %.9f", cubie_normal_f64(0));
}

static CubieColumn test_grid(int kind, double start, double stop, uint64_t count)
{
    const double gaps = count > 1 ? (double)(count - 1) : 1;
    return (CubieColumn){ .kind = kind,
                          .stride = 1,
                          .count = count,
                          .start = start,
                          .stop = stop,
                          .step = (kind == CUBIE_SWEEP_LINEAR ? stop - start : log(stop / start)) / gaps };
}

typedef struct GridErrors {
    double linear, geometric, geometric_f32; /* ulp */
    bool ends;
} GridErrors;

static void test_one_grid(GridErrors *worst, const CubieColumn *column)
{
    const uint32_t runs = column->count < UINT32_MAX ? (uint32_t)column->count : UINT32_MAX;
    CubieColumn32 low;
    CubieColumn64 high;
    cubie_column_prepare32(&low, column, 0, runs);
    cubie_column_prepare64(&high, column, 0, runs);
    const double largest = fmax(fabs(column->start), fabs(column->stop));
    for (int i = 0; i < 300; i++) {
        const uint32_t run = i < 4 ? (uint32_t)((runs / 2 + (uint32_t)i) % runs) : (uint32_t)(test_bits() % runs);
        const double exact = cubie_sweep_value_f64(&high, run);
        const float value = cubie_sweep_value_f32(&low, run), rounded = (float)exact;
        const double ulp = fabs((double)(nextafterf(rounded, INFINITY) - rounded));
        const double error = fabs((double)value - (double)rounded);
        if (column->kind == CUBIE_SWEEP_LINEAR) {
            worst->linear = fmax(worst->linear, error / fmax(ulp, 0x1p-53 * largest));
        } else if (run + 1 < runs) {
            const long double log_value = (long double)run * (long double)column->step;
            worst->geometric = fmax(worst->geometric, fabs(exact / (column->start * (double)expl(log_value)) - 1));
            worst->geometric_f32 = fmax(worst->geometric_f32, error / ulp);
        }
    }
    worst->ends &= cubie_sweep_value_f64(&high, 0) == column->start;
    worst->ends &= cubie_sweep_value_f64(&high, runs - 1) == (runs > 1 ? column->stop : column->start);
    worst->ends &= cubie_sweep_value_f32(&low, 0) == (float)column->start;
    worst->ends &= cubie_sweep_value_f32(&low, runs - 1) == (float)(runs > 1 ? column->stop : column->start);
}

static void test_grids(void)
{
    GridErrors worst = { .ends = true };
    for (int i = 0; i < 2000; i++) {
        const int kind = i & 1;
        const uint64_t count = 1 + test_bits() % (i % 3 ? 1000 : 2000000000);
        double start = ldexp(cubie_uniform_f64(test_bits()), (int)(test_bits() % 60) - 30);
        double stop = ldexp(cubie_uniform_f64(test_bits()), (int)(test_bits() % 60) - 30);
        if (kind == CUBIE_SWEEP_LINEAR && i % 5 == 0)
            start = -stop; /* a zero in the middle */
        else if (i % 7 == 0)
            start = -start, stop = kind == CUBIE_SWEEP_LINEAR ? stop : -stop;
        const CubieColumn column = test_grid(kind, start, stop, count);
        test_one_grid(&worst, &column);
    }
    tap_ok(worst.linear <= 1, "linear grids in float32 are those of float64 rounded, to %.2f ulp", worst.linear);
    tap_ok(worst.geometric < 5e-16, "geometric ones to %.1e", worst.geometric);
    tap_ok(worst.geometric_f32 <= 3, "and in float32 to %.0f ulp", worst.geometric_f32);
    tap_ok(worst.ends, "first and last values are exact");
    const CubieColumn extreme = test_grid(CUBIE_SWEEP_LINEAR, -3e38, 3e38, 1001);
    CubieColumn32 low;
    cubie_column_prepare32(&low, &extreme, 0, 1001);
    tap_ok(fabsf(cubie_sweep_value_f32(&low, 500)) < 3e38f * 0x1p-53f && cubie_sweep_value_f32(&low, 250) == -1.5e38f &&
               cubie_sweep_value_f32(&low, 999) > 2.99e38f,
           "a grid over all of float32");
    const CubieColumn tiny = test_grid(CUBIE_SWEEP_LINEAR, 1e-38, 2e-38, 3);
    cubie_column_prepare32(&low, &tiny, 0, 3);
    tap_ok(cubie_sweep_value_f32(&low, 1) == 1.5e-38f, "a grid of the smallest numbers");
}

/* Every path of the index: wide and narrow, within and round the cycle. */
static void test_indices(void)
{
    bool good = true, reached[2] = { false, false };
    for (int i = 0; i < 20000; i++) {
        const uint64_t stride = 1 + (test_bits() >> (test_bits() % 60 + 4) >> (i % 2 ? 0 : 20));
        const uint64_t count = 1 + (test_bits() >> (test_bits() % 60 + 4) >> (i % 2 ? 0 : 20));
        const uint64_t first = test_bits() >> (test_bits() % 63 + 1);
        const uint32_t runs = 1 + (uint32_t)(test_bits() >> (test_bits() % 32 + 32)) / 2;
        const CubieColumnIndex index = cubie_column_index_prepare(stride, count, first, runs);
        reached[index.wide != 0] = true;
        for (int j = 0; j < 20; j++) {
            const uint32_t run = j == 0 ? 0 : j == 1 ? runs - 1 : (uint32_t)(test_bits() % runs);
            good &= cubie_column_index(&index, run) == (first + run) / stride % count;
        }
    }
    tap_ok(good, "indices are (run / stride) %% count");
    tap_ok(reached[0] && reached[1], "by 32-bit and by 64-bit arithmetic");
}

/* What a run draws depends on seed, name and run alone. */
static void test_random_columns(void)
{
    CubieColumn column = { .kind = CUBIE_SWEEP_NORMAL, .stride = 1, .count = 1, .start = 2, .step = 3 };
    column.key = cubie_sweep_key(1, "rho");
    CubieColumn64 all, part;
    cubie_column_prepare64(&all, &column, 0, 5000);
    cubie_column_prepare64(&part, &column, 4000, 1000);
    tap_ok(cubie_sweep_value_f64(&all, 4321) == cubie_sweep_value_f64(&part, 321), "a draw does not depend on chunks");
    cubie_column_prepare64(&part, &column, (uint64_t)1 << 35, 10);
    tap_ok(cubie_sweep_value_f64(&all, 3) != cubie_sweep_value_f64(&part, 3), "runs beyond 2^32 draw anew");
    tap_ok(cubie_sweep_key(1, "rho") != cubie_sweep_key(2, "rho") &&
               cubie_sweep_key(1, "rho") != cubie_sweep_key(1, "k"),
           "seed and name make the key");
    column.kind = CUBIE_SWEEP_UNIFORM;
    column.start = 0.1;
    column.stop = 0.3;
    column.step = column.stop - column.start;
    CubieColumn32 low;
    cubie_column_prepare32(&low, &column, 0, 100000);
    cubie_column_prepare64(&all, &column, 0, 100000);
    bool within = true, same = true;
    for (uint32_t run = 0; run < 100000; run++) {
        const float u = cubie_sweep_value_f32(&low, run);
        within &= u >= 0.1f && u <= 0.3f;
        same &= fabs((double)u - cubie_sweep_value_f64(&all, run)) < 1e-7;
    }
    tap_ok(within, "uniform values stay between their ends");
    tap_ok(same, "both precisions draw the same point");
}

int main(void)
{
    test_philox();
    test_functions();
    test_uniform();
    test_normal();
    test_grids();
    test_indices();
    test_random_columns();
    return tap_done();
}
