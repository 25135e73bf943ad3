// SPDX-License-Identifier: MIT
// The digamma function, d lgamma(x) / dx: derivatives of lgamma and tgamma need
// it, and no C library has it.
//
// Abramowitz & Stegun, Handbook of Mathematical Functions: reflection 6.3.7,
// recurrence 6.3.5 up to 10, and from there the asymptotic series 6.3.18 with
// the Bernoulli numbers of table 23.2; eight terms leave an error below 1e-17.
// NaN at 0 and the negative integers, where it has its poles.
#ifndef CUBIE_DIGAMMA_HPP
#define CUBIE_DIGAMMA_HPP

namespace cubie {

template <class T> CUBIE_INLINE T digamma_series(T x)
{
    T sum = 0;
    for (int i = 0; i < 10 && x < 10; i++, x += 1) sum -= 1 / x;
    const T y = 1 / (x * x); // B_2k / 2k, k = 8 .. 1
    T series = T(-3617.0 / 8160);
    series = series * y + T(1.0 / 12);
    series = series * y - T(691.0 / 32760);
    series = series * y + T(1.0 / 132);
    series = series * y - T(1.0 / 240);
    series = series * y + T(1.0 / 252);
    series = series * y - T(1.0 / 120);
    series = series * y + T(1.0 / 12);
    return sum + (std::log(x) - 1 / (2 * x) - series * y);
}

template <class T> CUBIE_INLINE T digamma_of(T x)
{
    if (!(x <= 0)) return digamma_series(x);
    const T fraction = x - std::floor(x), pi = T(3.141592653589793238);
    if (!(fraction > 0)) return T(missing);
    return digamma_series(1 - x) - pi / std::tan(pi * fraction);
}

} // namespace cubie

#endif
