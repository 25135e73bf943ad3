/* How the inputs of a run follow from its index. Header only, for C11, C++17
 * and CUDA: the host writes coordinates with the functions that the kernel
 * uses, and both get the same bits, for nothing here calls a function whose
 * rounding is not fixed (fma, sqrt and division are correctly rounded; exp and
 * log are the polynomials below; contraction has nothing left to contract).
 *
 * For run r of the batch (0-based), with index = (r / stride) % count:
 *
 *   LINEAR     start + index * step                  (one fma)
 *   GEOMETRIC  start * exp(index * step)             step = log(stop / start) / (count - 1)
 *   TABLE      table[index]
 *   UNIFORM    start + step * U, within start..stop  step = stop - start
 *   NORMAL     start + step * Z                      mean and standard deviation
 *
 * The first value of LINEAR and GEOMETRIC is `start`, the last `stop`, exactly.
 * U and Z come from the first words of one Philox4x32-10 block (Salmon, Moraes,
 * Dror, Shaw: "Parallel random numbers: as easy as 1, 2, 3", SC'11) with counter
 * (r low, r high, 0, 0) and a key of seed and name, so a value depends on
 * nothing else: not on chunks, threads, lanes or the other inputs. Z is the
 * normal quantile (Wichura, Algorithm AS 241, Applied Statistics 37, 1988).
 *
 * The float32 functions hold no float64 operation. They get the double values
 * rounded to float, to 1 ulp (LINEAR; beside a zero of the grid to 2^-53 of the
 * larger end) or 3 ulp (GEOMETRIC), from 64-bit fixed point.
 *
 * A target prepares each CubieColumn of a job once per chunk on the host
 * (cubie_column_prepare32 or 64), points `table` to its own copy of a table,
 * and asks for values by the run's number in the chunk. */
#ifndef CUBIE_SWEEP_H
#define CUBIE_SWEEP_H

#include <math.h>
#include <stdint.h>

#include "cubie/problem.h"

#ifdef __CUDACC__
#define CUBIE_SWEEP_FN static inline __host__ __device__
#else
#define CUBIE_SWEEP_FN static inline
#endif

/* ---- Philox4x32-10 ------------------------------------------------------- */

CUBIE_SWEEP_FN void cubie_philox4x32(uint32_t out[4], const uint32_t counter[4], const uint32_t key[2])
{
    uint32_t c0 = counter[0], c1 = counter[1], c2 = counter[2], c3 = counter[3];
    uint32_t k0 = key[0], k1 = key[1];
    for (int round = 0; round < 10; round++) {
        uint64_t p0 = (uint64_t)0xD2511F53u * c0;
        uint64_t p1 = (uint64_t)0xCD9E8D57u * c2;
        c0 = (uint32_t)(p1 >> 32) ^ c1 ^ k0;
        c2 = (uint32_t)(p0 >> 32) ^ c3 ^ k1;
        c1 = (uint32_t)p1;
        c3 = (uint32_t)p0;
        k0 += 0x9E3779B9u;
        k1 += 0xBB67AE85u;
    }
    out[0] = c0;
    out[1] = c1;
    out[2] = c2;
    out[3] = c3;
}

/* 64 random bits of run r; the upper half serves float32, so that both
 * precisions draw the same point. */
CUBIE_SWEEP_FN uint64_t cubie_sweep_bits(uint64_t key, uint64_t run)
{
    uint32_t out[4];
    const uint32_t counter[4] = { (uint32_t)run, (uint32_t)(run >> 32), 0, 0 };
    const uint32_t keys[2] = { (uint32_t)key, (uint32_t)(key >> 32) };
    cubie_philox4x32(out, counter, keys);
    return (uint64_t)out[0] << 32 | out[1];
}

/* The key of an input: FNV-1a of its name, mixed with the seed by the
 * finaliser of splitmix64 (Steele, Lea, Flood, OOPSLA'14). */
static inline uint64_t cubie_sweep_key(uint64_t seed, const char *name)
{
    uint64_t hash = 14695981039346656037u;
    for (; *name; name++)
        hash = (hash ^ (unsigned char)*name) * 1099511628211u;
    uint64_t z = hash + (seed + 1) * 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

/* ---- arithmetic with fixed rounding ------------------------------------- */

/* Correctly rounded whatever nvcc's -use_fast_math says. */
CUBIE_SWEEP_FN float cubie_sweep_divf(float a, float b)
{
#ifdef __CUDA_ARCH__
    return __fdiv_rn(a, b);
#else
    return a / b;
#endif
}

CUBIE_SWEEP_FN float cubie_sweep_sqrtf(float a)
{
#ifdef __CUDA_ARCH__
    return __fsqrt_rn(a);
#else
    return sqrtf(a);
#endif
}

/* c0 + c1 x + c2 x^2 + c3 x^3 */
CUBIE_SWEEP_FN float cubie_sweep_cubicf(float x, float c0, float c1, float c2, float c3)
{
    return fmaf(fmaf(fmaf(c3, x, c2), x, c1), x, c0);
}

CUBIE_SWEEP_FN double cubie_sweep_cubic(double x, double c0, double c1, double c2, double c3)
{
    return fma(fma(fma(c3, x, c2), x, c1), x, c0);
}

/* The same to c7 x^7. */
CUBIE_SWEEP_FN double cubie_sweep_septic(double x, double c0, double c1, double c2, double c3, double c4, double c5,
                                         double c6, double c7)
{
    double high = cubie_sweep_cubic(x, c4, c5, c6, c7);
    return fma(fma(fma(fma(high, x, c3), x, c2), x, c1), x, c0);
}

/* exp(x + low), |x| < 700, low below an ulp of x: Taylor to degree 13 on
 * |x| <= log(2)/2, remainder 4e-18. */
CUBIE_SWEEP_FN double cubie_sweep_exp(double x, double low)
{
    const double n = floor(fma(x, 1.4426950408889634, 0.5));
    double r = fma(-n, 0.69314718055994529, x);       /* log(2), rounded ... */
    r = fma(-n, 2.3190468138462996e-17, r) + low;     /* ... and the rest of it */
    double p = cubie_sweep_cubic(r, 1.0 / 3628800, 1.0 / 39916800, 1.0 / 479001600, 1.0 / 6227020800.0);
    p = fma(p, r, 1.0 / 362880);
    p = fma(p, r, 1.0 / 40320);
    p = cubie_sweep_septic(r, 1.0 / 2, 1.0 / 6, 1.0 / 24, 1.0 / 120, 1.0 / 720, 1.0 / 5040, p, 0.0);
    p = fma(fma(p, r, 1.0), r, 1.0);
    return ldexp(p, (int)n);
}

/* 2^x for |x| <= 1/2: Taylor to degree 7, remainder 5e-9. */
CUBIE_SWEEP_FN float cubie_sweep_exp2f(float x)
{
    float r = x * 0.693147182f;
    float p = cubie_sweep_cubicf(r, 1.0f / 24, 1.0f / 120, 1.0f / 720, 1.0f / 5040);
    return fmaf(fmaf(fmaf(fmaf(p, r, 1.0f / 6), r, 0.5f), r, 1.0f), r, 1.0f);
}

/* log(x), x normal and below 1/2: log(2^e m) = e log 2 + 2 artanh((m-1)/(m+1)). */
CUBIE_SWEEP_FN double cubie_sweep_log(double x)
{
    int e;
    double m = frexp(x, &e);
    if (m < 0.70710678118654752) {
        m += m;
        e--;
    }
    double s = (m - 1.0) / (m + 1.0), z = s * s;
    double p = cubie_sweep_cubic(z, 1.0 / 17, 1.0 / 19, 1.0 / 21, 1.0 / 23);
    p = fma(p, z, 1.0 / 15);
    p = cubie_sweep_septic(z, 1.0 / 3, 1.0 / 5, 1.0 / 7, 1.0 / 9, 1.0 / 11, 1.0 / 13, p, 0.0);
    p = fma(p * z, 2.0 * s, 2.0 * s);
    return fma((double)e, 0.69314718055994529, p);
}

CUBIE_SWEEP_FN float cubie_sweep_logf(float x)
{
    int e;
    float m = frexpf(x, &e);
    if (m < 0.707106781f) {
        m += m;
        e--;
    }
    float s = cubie_sweep_divf(m - 1.0f, m + 1.0f), z = s * s;
    float p = cubie_sweep_cubicf(z, 1.0f / 3, 1.0f / 5, 1.0f / 7, 1.0f / 9);
    p = fmaf(p * z, 2.0f * s, 2.0f * s);
    return fmaf((float)e, 0.693147182f, p);
}

/* ---- U and Z ------------------------------------------------------------- */

/* Uniform in (0, 1), never an end: odd multiples of 2^-53 and 2^-24. */
CUBIE_SWEEP_FN double cubie_uniform_f64(uint64_t bits)
{
    return (double)(bits >> 12 << 1 | 1) * 1.1102230246251565e-16;
}

CUBIE_SWEEP_FN float cubie_uniform_f32(uint32_t bits)
{
    return (float)(bits >> 9 << 1 | 1) * 5.9604644775390625e-8f;
}

/* AS 241, PPND16, beyond p = 0.075: r = sqrt(-log(tail probability)). */
CUBIE_SWEEP_FN double cubie_normal_tail_f64(double r)
{
    double num, den;
    if (r <= 5.0) {
        r -= 1.6;
        num = cubie_sweep_septic(r, 1.42343711074968357734, 4.63033784615654529590, 5.76949722146069140550,
                                 3.64784832476320460504, 1.27045825245236838258, 2.41780725177450611770e-1,
                                 2.27238449892691845833e-2, 7.74545014278341407640e-4);
        den = cubie_sweep_septic(r, 1.0, 2.05319162663775882187, 1.67638483018380384940, 6.89767334985100004550e-1,
                                 1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4,
                                 1.05075007164441684324e-9);
    } else {
        r -= 5.0;
        num = cubie_sweep_septic(r, 6.65790464350110377720, 5.46378491116411436990, 1.78482653991729133580,
                                 2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
                                 2.71155556874348757815e-5, 2.01033439929228813265e-7);
        den = cubie_sweep_septic(r, 1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1,
                                 1.48753612908506148525e-2, 7.86869131145613259100e-4, 1.84631831751005468180e-5,
                                 1.42151175831644588870e-7, 2.04426310338993978564e-15);
    }
    return num / den;
}

/* Standard normal: the quantile at (bits + 1/2) / 2^64, found from the distance
 * to the nearer end, so that both tails keep full relative precision. */
CUBIE_SWEEP_FN double cubie_normal_f64(uint64_t bits)
{
    const int upper = (int)(bits >> 63);
    const uint64_t distance = upper ? ~bits : bits; /* to the nearer end, below 2^63 */
    const double tail = ((double)distance + 0.5) * 5.4210108624275222e-20;
    if (tail < 0.075) {
        double z = cubie_normal_tail_f64(sqrt(-cubie_sweep_log(tail)));
        return upper ? z : -z;
    }
    const double q = upper ? 0.5 - tail : tail - 0.5, r = fma(-q, q, 0.180625);
    double num = cubie_sweep_septic(r, 3.3871328727963666080, 1.3314166789178437745e2, 1.9715909503065514427e3,
                                    1.3731693765509461125e4, 4.5921953931549871457e4, 6.7265770927008700853e4,
                                    3.3430575583588128105e4, 2.5090809287301226727e3);
    double den = cubie_sweep_septic(r, 1.0, 4.2313330701600911252e1, 6.8718700749205790830e2,
                                    5.3941960214247511077e3, 2.1213794301586595867e4, 3.9307895800092710610e4,
                                    2.8729085735721942674e4, 5.2264952788528545610e3);
    return q * num / den;
}

/* PPND7 of the same paper, at (bits + 1/2) / 2^32. Tails end at 2^-33, that is
 * r = 4.8, so its third branch (r > 5) cannot be reached. */
CUBIE_SWEEP_FN float cubie_normal_f32(uint32_t bits)
{
    const int upper = (int)(bits >> 31);
    const uint32_t distance = upper ? ~bits : bits;
    const float tail = ((float)distance + 0.5f) * 2.3283064365386963e-10f;
    float num, den;
    if (tail < 0.075f) {
        const float r = cubie_sweep_sqrtf(-cubie_sweep_logf(tail)) - 1.6f;
        num = cubie_sweep_cubicf(r, 1.4234372777f, 2.7568153900f, 1.3067284816f, 1.7023821103e-1f);
        den = fmaf(fmaf(1.2021132975e-1f, r, 7.3700164250e-1f), r, 1.0f);
        num = upper ? num : -num;
    } else {
        /* 1/2 - tail from the integers: near the median the tail has no digits to spare */
        const float q = ((float)(0x7FFFFFFFu - distance) + 0.5f) * 2.3283064365386963e-10f;
        const float r = fmaf(-q, q, 0.180625f);
        num = cubie_sweep_cubicf(r, 3.3871327179f, 5.0434271938e1f, 1.5929113202e2f, 5.9109374720e1f);
        den = cubie_sweep_cubicf(r, 1.0f, 1.7895169469e1f, 7.8757757664e1f, 6.7187563600e1f);
        num *= upper ? q : -q;
    }
    return cubie_sweep_divf(num, den);
}

/* ---- index of a column --------------------------------------------------- */

/* Where a chunk lies in a column's cycle of stride * count runs. `wide` is 0
 * when 32-bit arithmetic reaches every index of the chunk. */
typedef struct CubieColumnIndex {
    uint64_t origin;        /* index of the chunk's first run */
    uint64_t offset;        /* of the first run within its stride */
    uint64_t stride, count;
    int32_t wide;
} CubieColumnIndex;

static inline CubieColumnIndex cubie_column_index_prepare(uint64_t stride, uint64_t count, uint64_t first, uint32_t runs)
{
    CubieColumnIndex index;
    index.origin = first / stride % count;
    index.offset = first % stride;
    index.stride = stride;
    index.count = count;
    const uint64_t reach = index.offset + runs, last = index.origin + reach / stride;
    index.wide = stride > UINT32_MAX || count > UINT32_MAX || reach > UINT32_MAX || last > UINT32_MAX;
    return index;
}

/* Index of the run `local` of the chunk in its column. At most one 32-bit
 * division, and a second one where the chunk goes round the whole cycle. */
CUBIE_SWEEP_FN uint64_t cubie_column_index(const CubieColumnIndex *column, uint32_t local)
{
    if (column->wide)
        return (column->origin + (column->offset + local) / column->stride) % column->count;
    const uint32_t stride = (uint32_t)column->stride, count = (uint32_t)column->count;
    uint32_t index = (uint32_t)column->offset + local;
    if (stride > 1)
        index /= stride;
    index += (uint32_t)column->origin;
    return index < count ? index : index % count;
}

/* ---- values -------------------------------------------------------------- */

/* A column of a job, ready for the float64 functions. */
typedef struct CubieColumn64 {
    int32_t kind, input;
    CubieColumnIndex index;
    uint64_t first, key;
    double start, step, stop;
    const double *table;    /* of the target */
} CubieColumn64;

/* The same for float32. LINEAR: value * 2^k = origin + index * slope, with
 * slope = slope_whole + slope_fraction / 2^64 and 2^-k = scale * scale_rest.
 * GEOMETRIC: log2(value / start) * 2^48 = index * slope. */
typedef struct CubieColumn32 {
    int32_t kind, input;
    CubieColumnIndex index;
    uint64_t first, key;
    float start, step, stop;
    float scale, scale_rest;
    int64_t origin, slope_whole;
    uint64_t slope_fraction;
    const float *table;     /* of the target; NULL after prepare */
} CubieColumn32;

static inline void cubie_column_prepare64(CubieColumn64 *out, const CubieColumn *column, uint64_t first, uint32_t runs)
{
    out->kind = column->kind;
    out->input = column->input;
    out->index = cubie_column_index_prepare(column->stride, column->count, first, runs);
    out->first = first;
    out->key = column->key;
    out->start = column->start;
    out->step = column->step;
    out->stop = column->stop;
    out->table = column->table;
}

/* slope as whole and 64-bit fraction; |slope| < 2^63. */
static inline void cubie_column_slope32(CubieColumn32 *out, double slope)
{
    double whole = floor(slope), fraction = slope - whole;
    if (fraction >= 1.0) { /* a tiny negative slope, rounded */
        whole += 1.0;
        fraction = 0.0;
    }
    out->slope_whole = (int64_t)whole;
    out->slope_fraction = (uint64_t)ldexp(fraction, 64);
}

static inline void cubie_column_prepare32(CubieColumn32 *out, const CubieColumn *column, uint64_t first, uint32_t runs)
{
    out->kind = column->kind;
    out->input = column->input;
    out->index = cubie_column_index_prepare(column->stride, column->count, first, runs);
    out->first = first;
    out->key = column->key;
    out->start = (float)column->start;
    out->step = (float)column->step;
    out->stop = (float)column->stop;
    out->scale = out->scale_rest = 0.0f;
    out->origin = out->slope_whole = 0;
    out->slope_fraction = 0;
    out->table = 0;
    if (column->kind == CUBIE_SWEEP_LINEAR) {
        int exponent; /* both ends are below 2^exponent; they fill 62 bits */
        (void)frexp(fmax(fabs(column->start), fabs(column->stop)), &exponent);
        out->origin = (int64_t)rint(ldexp(column->start, 62 - exponent));
        cubie_column_slope32(out, ldexp(column->step, 62 - exponent));
        out->scale = ldexpf(1.0f, (exponent - 62) / 2);
        out->scale_rest = ldexpf(1.0f, exponent - 62 - (exponent - 62) / 2);
    } else if (column->kind == CUBIE_SWEEP_GEOMETRIC) {
        cubie_column_slope32(out, ldexp(column->step * 1.4426950408889634, 48));
    }
}

/* Upper half of a 128-bit product. */
CUBIE_SWEEP_FN uint64_t cubie_sweep_high(uint64_t a, uint64_t b)
{
    const uint64_t a0 = (uint32_t)a, a1 = a >> 32, b0 = (uint32_t)b, b1 = b >> 32;
    const uint64_t middle = a1 * b0 + (a0 * b0 >> 32), other = a0 * b1 + (uint32_t)middle;
    return a1 * b1 + (middle >> 32) + (other >> 32);
}

/* index * slope, in fixed point. */
CUBIE_SWEEP_FN int64_t cubie_column_product32(const CubieColumn32 *column, uint64_t index)
{
    return (int64_t)(index * (uint64_t)column->slope_whole + cubie_sweep_high(index, column->slope_fraction));
}

CUBIE_SWEEP_FN float cubie_column_grid32(const CubieColumn32 *column, uint64_t index)
{
    if (index == 0)
        return column->start;
    if (index == column->index.count - 1)
        return column->stop;
    const int64_t product = cubie_column_product32(column, index);
    if (column->kind == CUBIE_SWEEP_LINEAR)
        return (float)(column->origin + product) * column->scale * column->scale_rest;
    const int64_t one = (int64_t)1 << 48, whole = (product + (one >> 1)) >> 48;
    const float rest = (float)(product - whole * one) * 3.5527136788005009e-15f;
    return ldexpf(column->start * cubie_sweep_exp2f(rest), (int)whole);
}

CUBIE_SWEEP_FN double cubie_column_grid64(const CubieColumn64 *column, uint64_t index)
{
    if (index == 0)
        return column->start;
    if (index == column->index.count - 1)
        return column->stop;
    const double i = (double)index;
    if (column->kind == CUBIE_SWEEP_LINEAR)
        return fma(i, column->step, column->start);
    const double x = i * column->step;
    return column->start * cubie_sweep_exp(x, fma(i, column->step, -x));
}

/* The value of an input in run `local` of the chunk that `column` was prepared for. */
CUBIE_SWEEP_FN float cubie_sweep_value_f32(const CubieColumn32 *column, uint32_t local)
{
    if (column->kind < CUBIE_SWEEP_UNIFORM) {
        const uint64_t index = cubie_column_index(&column->index, local);
        return column->kind == CUBIE_SWEEP_TABLE ? column->table[index] : cubie_column_grid32(column, index);
    }
    const uint32_t bits = (uint32_t)(cubie_sweep_bits(column->key, column->first + local) >> 32);
    if (column->kind == CUBIE_SWEEP_NORMAL)
        return fmaf(column->step, cubie_normal_f32(bits), column->start);
    return fminf(fmaf(column->step, cubie_uniform_f32(bits), column->start), column->stop);
}

CUBIE_SWEEP_FN double cubie_sweep_value_f64(const CubieColumn64 *column, uint32_t local)
{
    if (column->kind < CUBIE_SWEEP_UNIFORM) {
        const uint64_t index = cubie_column_index(&column->index, local);
        return column->kind == CUBIE_SWEEP_TABLE ? column->table[index] : cubie_column_grid64(column, index);
    }
    const uint64_t bits = cubie_sweep_bits(column->key, column->first + local);
    if (column->kind == CUBIE_SWEEP_NORMAL)
        return fma(column->step, cubie_normal_f64(bits), column->start);
    return fmin(fma(column->step, cubie_uniform_f64(bits), column->start), column->stop);
}

#endif
