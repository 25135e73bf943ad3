// SPDX-License-Identifier: MIT
// Math functions of vectors of runs.
#ifndef CUBIE_LANES_MATH_HPP
#define CUBIE_LANES_MATH_HPP

namespace cubie {

// Lane by lane, with the C library.
template <class F> CUBIE_INLINE Real each_lane(F function, Real a)
{
    Real result;
    for (int l = 0; l < CUBIE_LANES; l++) set_lane(result, l, function(lane(a, l)));
    return result;
}
template <class F> CUBIE_INLINE Real each_lane(F function, Real a, Real b)
{
    Real result;
    for (int l = 0; l < CUBIE_LANES; l++) set_lane(result, l, function(lane(a, l), lane(b, l)));
    return result;
}
#define CUBIE_LANEWISE(name)                                        \
    CUBIE_INLINE Real name(Real a)                                  \
    {                                                               \
        return each_lane([](Scalar x) { return std::name(x); }, a); \
    }
#define CUBIE_LANEWISE2(name)                                                       \
    CUBIE_INLINE Real name(Real a, Real b)                                          \
    {                                                                               \
        return each_lane([](Scalar x, Scalar y) { return std::name(x, y); }, a, b); \
    }

// libmvec: _ZGV<isa>N<lanes>v_<name>, isa b (SSE), c (AVX), d (AVX2), e (AVX-512).
#if defined(__x86_64__) && defined(__gnu_linux__) && !defined(CUBIE_NO_LIBMVEC) && !defined(__CUDACC__)
#if defined(__AVX512F__) && CUBIE_LANES * CUBIE_PRECISION == 512
#define CUBIE_ISA e
#elif defined(__AVX2__) && CUBIE_LANES * CUBIE_PRECISION == 256
#define CUBIE_ISA d
#elif CUBIE_LANES * CUBIE_PRECISION == 128
#define CUBIE_ISA b
#endif
#endif

#ifdef CUBIE_ISA
#define CUBIE_PASTE(isa, lanes, arguments, name) _ZGV##isa##N##lanes##arguments##_##name
#define CUBIE_PASTE_EXPANDED(isa, lanes, arguments, name) CUBIE_PASTE(isa, lanes, arguments, name)
#if CUBIE_PRECISION == 64 && CUBIE_LANES == 8
#define CUBIE_SYMBOL(arguments, name, name_float) CUBIE_PASTE_EXPANDED(CUBIE_ISA, 8, arguments, name)
#elif CUBIE_PRECISION == 64 && CUBIE_LANES == 4
#define CUBIE_SYMBOL(arguments, name, name_float) CUBIE_PASTE_EXPANDED(CUBIE_ISA, 4, arguments, name)
#elif CUBIE_PRECISION == 64
#define CUBIE_SYMBOL(arguments, name, name_float) CUBIE_PASTE_EXPANDED(CUBIE_ISA, 2, arguments, name)
#elif CUBIE_LANES == 16
#define CUBIE_SYMBOL(arguments, name, name_float) CUBIE_PASTE_EXPANDED(CUBIE_ISA, 16, arguments, name_float)
#elif CUBIE_LANES == 8
#define CUBIE_SYMBOL(arguments, name, name_float) CUBIE_PASTE_EXPANDED(CUBIE_ISA, 8, arguments, name_float)
#else
#define CUBIE_SYMBOL(arguments, name, name_float) CUBIE_PASTE_EXPANDED(CUBIE_ISA, 4, arguments, name_float)
#endif
#define CUBIE_VECTORISED(name)                                            \
    extern "C" Real::Vector CUBIE_SYMBOL(v, name, name##f)(Real::Vector); \
    CUBIE_INLINE Real name(Real a) { return Real(CUBIE_SYMBOL(v, name, name##f)(a.v)); }
#define CUBIE_VECTORISED2(name)                                                          \
    extern "C" Real::Vector CUBIE_SYMBOL(vv, name, name##f)(Real::Vector, Real::Vector); \
    CUBIE_INLINE Real name(Real a, Real b) { return Real(CUBIE_SYMBOL(vv, name, name##f)(a.v, b.v)); }
#else
#define CUBIE_VECTORISED(name) CUBIE_LANEWISE(name)
#define CUBIE_VECTORISED2(name) CUBIE_LANEWISE2(name)
#endif

// In libmvec since glibc 2.22.
CUBIE_VECTORISED(exp)
CUBIE_VECTORISED(log)
CUBIE_VECTORISED(sin)
CUBIE_VECTORISED(cos)
CUBIE_VECTORISED2(pow)

// Since glibc 2.35.
#if defined(CUBIE_ISA) && (__GLIBC__ > 2 || (__GLIBC__ == 2 && __GLIBC_MINOR__ >= 35))
#define CUBIE_RECENT CUBIE_VECTORISED
#define CUBIE_RECENT2 CUBIE_VECTORISED2
#else
#define CUBIE_RECENT CUBIE_LANEWISE
#define CUBIE_RECENT2 CUBIE_LANEWISE2
#endif
CUBIE_RECENT(acos)
CUBIE_RECENT(acosh)
CUBIE_RECENT(asin)
CUBIE_RECENT(asinh)
CUBIE_RECENT(atan)
CUBIE_RECENT(atanh)
CUBIE_RECENT(cbrt)
CUBIE_RECENT(cosh)
CUBIE_RECENT(erf)
CUBIE_RECENT(erfc)
CUBIE_RECENT(expm1)
CUBIE_RECENT(log10)
CUBIE_RECENT(log1p)
CUBIE_RECENT(log2)
CUBIE_RECENT(sinh)
CUBIE_RECENT(tan)
CUBIE_RECENT(tanh)
CUBIE_RECENT2(atan2)
CUBIE_RECENT2(hypot)

CUBIE_LANEWISE(tgamma)
CUBIE_LANEWISE(lgamma)
CUBIE_INLINE Real digamma(Real a)
{
    return each_lane([](Scalar x) { return digamma_of(x); }, a);
}

// Of float32 factors beside float64 runs: on the CPU as Reals, then rounded.
#if CUBIE_PRECISION != 32
#define CUBIE_FUNCTION(name, float_name, double_name) CUBIE_NARROW(name, std::name)
#ifdef __CUDA_ARCH__
#define CUBIE_NARROW(name, of_one) \
    CUBIE_INLINE Control name(Control a) { return Control(of_one(lane(a, 0))); }
#define CUBIE_NARROW2(name) \
    CUBIE_INLINE Control name(Control a, Control b) { return Control(std::name(lane(a, 0), lane(b, 0))); }
#else
#define CUBIE_NARROW(name, of_one) \
    CUBIE_INLINE Control name(Control a) { return control(name(real(a))); }
#define CUBIE_NARROW2(name) \
    CUBIE_INLINE Control name(Control a, Control b) { return control(name(real(a), real(b))); }
#endif
#include "cubie/number/functions.inc"
CUBIE_NARROW(digamma, digamma_of)
CUBIE_NARROW2(pow)
CUBIE_NARROW2(atan2)
CUBIE_NARROW2(hypot)
#undef CUBIE_FUNCTION
#undef CUBIE_NARROW
#undef CUBIE_NARROW2
#endif

} // namespace cubie

#endif
