/* SPDX-License-Identifier: MIT */
/* Real functions are continued branch by branch: abs of z is -z where the
 * real part is negative, and so on. That is what the complex step needs. */
#include <complex.h>
#include <math.h>

#include "expr/function.h"

long double special_sign(long double x)
{
    return x > 0 ? 1 : x < 0 ? -1 : x; /* a NaN stays one */
}

/* Abramowitz and Stegun, Handbook of Mathematical Functions: recurrence 6.3.5,
 * reflection 6.3.7, asymptotic series 6.3.18 with the Bernoulli numbers of
 * table 23.2. From 20 on, eight terms leave an error below 1e-22. */
long double special_digamma(long double x)
{
    static const long double coefficient[] = { /* B_2k / 2k, k = 8 .. 1 */
                                               -3617.0L / 8160, 1.0L / 12,  -691.0L / 32760, 1.0L / 132,
                                               -1.0L / 240,     1.0L / 252, -1.0L / 120,     1.0L / 12
    };
    if (x <= 0 && floorl(x) == x) return (long double)NAN;
    if (x < 0) return special_digamma(1 - x) - acosl(-1) / tanl(acosl(-1) * x);
    long double sum = 0, series = 0;
    for (; x < 20; x += 1) sum -= 1 / x;
    for (int i = 0; i < 8; i++) series = (series + coefficient[i]) / (x * x);
    return sum + logl(x) - 1 / (2 * x) - series;
}

double _Complex special_cbrt(double _Complex z)
{
    return creal(z) < 0 ? -cpow(-z, 1.0 / 3) : cpow(z, 1.0 / 3);
}

double _Complex special_expm1(double _Complex z)
{
    return complex_of(expm1(creal(z)) - 2 * exp(creal(z)) * pow(sin(cimag(z) / 2), 2), exp(creal(z)) * sin(cimag(z)));
}

double _Complex special_log1p(double _Complex z)
{
    return clog(1 + z);
}

double _Complex special_log10(double _Complex z)
{
    return clog(z) / log(10);
}

double _Complex special_log2(double _Complex z)
{
    return clog(z) / log(2);
}

double _Complex special_abs(double _Complex z)
{
    return creal(z) < 0 ? -z : z;
}

double _Complex special_sign_complex(double _Complex z)
{
    return (double)((creal(z) > 0) - (creal(z) < 0));
}

double _Complex special_floor(double _Complex z)
{
    return floor(creal(z));
}

double _Complex special_ceil(double _Complex z)
{
    return ceil(creal(z));
}

/* The Taylor series at the real part, from the Hermite recurrence of the
 * derivatives (Abramowitz and Stegun 7.1.19): good near the real axis, where
 * the complex step is taken; no value far from it. */
double _Complex special_erf(double _Complex z)
{
    double x = creal(z), y = cimag(z);
    if (fabs(y) > 1e-3) return complex_of(NAN, NAN);
    double slope = 2 / sqrt(acos(-1)) * exp(-x * x);
    /* f' = slope, f'' = -2x slope, f''' = (4x^2 - 2) slope */
    return complex_of(erf(x) + x * slope * y * y, slope * y - (4 * x * x - 2) * slope * y * y * y / 6);
}

double _Complex special_erfc(double _Complex z)
{
    double _Complex value = special_erf(z);
    return complex_of(creal(value) + erfc(creal(z)) - erf(creal(z)), -cimag(value));
}

double _Complex special_pow(double _Complex a, double _Complex b)
{
    bool whole = cimag(b) == 0 && floor(creal(b)) == creal(b);
    if (creal(a) < 0 && whole) return fmod(creal(b), 2) == 0 ? cpow(-a, b) : -cpow(-a, b);
    return cpow(a, b);
}

double _Complex special_min(double _Complex a, double _Complex b)
{
    return creal(b) < creal(a) ? b : a;
}

double _Complex special_max(double _Complex a, double _Complex b)
{
    return creal(b) > creal(a) ? b : a;
}

double _Complex special_atan2(double _Complex a, double _Complex b)
{
    double quarter = acos(0), y = creal(a), x = creal(b);
    if (fabs(y) > fabs(x)) return (y > 0 ? quarter : -quarter) - catan(b / a);
    if (x >= 0) return catan(a / b);
    return catan(a / b) + (y >= 0 ? 2 * quarter : -2 * quarter);
}

double _Complex special_hypot(double _Complex a, double _Complex b)
{
    return csqrt(a * a + b * b);
}
