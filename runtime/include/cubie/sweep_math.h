/* SPDX-License-Identifier: MIT */
/* Random numbers and elementary functions for cubie/sweep.h, with the same bits
 * on every host and device: nothing here calls a function whose rounding is not
 * fixed. fma, sqrt and division are correctly rounded; exp and log are the
 * polynomials below; contraction has nothing left to contract. The float32
 * functions hold no float64 operation. */
#ifndef CUBIE_SWEEP_MATH_H
#define CUBIE_SWEEP_MATH_H

#include <math.h>
#include <stdint.h>

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
    double r = fma(-n, 0.69314718055994529, x);   /* log(2), rounded ... */
    r = fma(-n, 2.3190468138462996e-17, r) + low; /* ... and the rest of it */
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

CUBIE_SWEEP_FN float cubie_uniform_f32(uint32_t bits) { return (float)(bits >> 9 << 1 | 1) * 5.9604644775390625e-8f; }

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
    double den = cubie_sweep_septic(r, 1.0, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3,
                                    2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4,
                                    5.2264952788528545610e3);
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

#endif
