// SPDX-License-Identifier: MIT
// The compiler's vectors of CUBIE_LANES elements, what one compares and chooses
// with, and what the compiler makes poor code of unless it is told the instruction.
//
// MaskBits holds a condition per lane. Where AVX-512 has registers for masks and
// the vectors are as wide as its registers, that is an integer with a bit per
// lane; else a vector of integers, 0 or -1, as wide as a Real.
#ifndef CUBIE_VECTORS_HPP
#define CUBIE_VECTORS_HPP

#if defined(__SSE2__)
#include <immintrin.h>
#endif

namespace cubie {

template <class T> struct VectorOf;
#define CUBIE_VECTOR(T)                                                       \
    template <> struct VectorOf<T> {                                          \
        typedef T Type __attribute__((vector_size(CUBIE_LANES * sizeof(T)))); \
    };
CUBIE_VECTOR(double)
CUBIE_VECTOR(float)
CUBIE_VECTOR(int32_t)
CUBIE_VECTOR(uint32_t)
CUBIE_VECTOR(int64_t)
#undef CUBIE_VECTOR

template <class T> CUBIE_INLINE typename VectorOf<T>::Type vector_of(T all)
{
    return all - typename VectorOf<T>::Type{}; // keeps the sign of zero
}
template <class V> CUBIE_INLINE auto element(V a, int l) { return a[l]; }
template <class V, class T> CUBIE_INLINE void set_element(V &a, int l, T value) { a[l] = value; }

// Integers as wide as T: what a comparison of vectors gives.
template <class T> struct BitsOf {
    typedef VectorOf<int32_t>::Type Type;
};
template <> struct BitsOf<double> {
    typedef VectorOf<int64_t>::Type Type;
};

enum Order { LESS, LESS_EQUAL, EQUAL, UNEQUAL }; // NaN is unequal to all, and neither less nor more

template <class To, class From> CUBIE_INLINE To convert(From a) { return __builtin_convertvector(a, To); }
template <class To, class From> CUBIE_INLINE To with_bits_of(From a) { return To(a); }

#if defined(__AVX512F__) && defined(__AVX512VL__) && defined(__AVX512DQ__) && CUBIE_LANES * CUBIE_PRECISION == 512

#if CUBIE_LANES == 16
typedef uint16_t MaskBits;
#else
typedef uint8_t MaskBits;
#endif
constexpr MaskBits all_lanes = MaskBits(-1);

CUBIE_INLINE MaskBits mask_of(bool all) { return all ? all_lanes : MaskBits(0); }
CUBIE_INLINE MaskBits mask_not(MaskBits a) { return MaskBits(~a); }
CUBIE_INLINE MaskBits mask_and(MaskBits a, MaskBits b) { return MaskBits(a & b); }
CUBIE_INLINE MaskBits mask_or(MaskBits a, MaskBits b) { return MaskBits(a | b); }
CUBIE_INLINE bool mask_any(MaskBits a) { return a != 0; }
CUBIE_INLINE int mask_count(MaskBits a) { return __builtin_popcount(a); }
CUBIE_INLINE bool mask_lane(MaskBits a, int l) { return (a >> l) & 1; }
CUBIE_INLINE MaskBits mask_with(MaskBits a, int l, bool value)
{
    return MaskBits((a & ~(1u << l)) | unsigned(value) << l);
}

constexpr int float_order[] = { _CMP_LT_OQ, _CMP_LE_OQ, _CMP_EQ_OQ, _CMP_NEQ_UQ };
constexpr int integer_order[] = { 1, 2, 0, 4 }; // LT, LE, EQ, NE: the header names them only sometimes

#define CUBIE_COMPARED(V, Raw, bits, suffix, unit, order)                 \
    template <Order o> CUBIE_INLINE MaskBits compare(V a, V b)            \
    {                                                                     \
        constexpr int how = order[o];                                     \
        return _mm##bits##_cmp_##suffix##_mask(Raw(a), Raw(b), how);      \
    }                                                                     \
    CUBIE_INLINE V blend(MaskBits mask, V yes, V no)                      \
    {                                                                     \
        return V(_mm##bits##_mask_blend_##unit(mask, Raw(no), Raw(yes))); \
    }
#if CUBIE_LANES == 16
CUBIE_COMPARED(VectorOf<float>::Type, __m512, 512, ps, ps, float_order)
CUBIE_COMPARED(VectorOf<uint32_t>::Type, __m512i, 512, epu32, epi32, integer_order)
#else
CUBIE_COMPARED(VectorOf<double>::Type, __m512d, 512, pd, pd, float_order)
CUBIE_COMPARED(VectorOf<float>::Type, __m256, 256, ps, ps, float_order)
CUBIE_COMPARED(VectorOf<uint32_t>::Type, __m256i, 256, epu32, epi32, integer_order)
// In one instruction rather than by halves.
template <> CUBIE_INLINE VectorOf<double>::Type convert(VectorOf<float>::Type a)
{
    return _mm512_maskz_cvtps_pd(all_lanes, a);
}
template <> CUBIE_INLINE VectorOf<double>::Type convert(VectorOf<uint32_t>::Type a)
{
    return _mm512_maskz_cvtepu32_pd(all_lanes, __m256i(a));
}
#endif
#undef CUBIE_COMPARED

#else

typedef BitsOf<Scalar>::Type MaskBits;

CUBIE_INLINE MaskBits mask_of(bool all) { return MaskBits{} - ScalarBits(all); }
CUBIE_INLINE MaskBits mask_not(MaskBits a) { return ~a; }
CUBIE_INLINE MaskBits mask_and(MaskBits a, MaskBits b) { return a & b; }
CUBIE_INLINE MaskBits mask_or(MaskBits a, MaskBits b) { return a | b; }
CUBIE_INLINE bool mask_lane(MaskBits a, int l) { return a[l] != 0; }
CUBIE_INLINE MaskBits mask_with(MaskBits a, int l, bool value)
{
    a[l] = -ScalarBits(value);
    return a;
}

// A bit per lane of what the lanes' signs are.
#if defined(__AVX__) && CUBIE_LANES == 4 && CUBIE_PRECISION == 64
#define CUBIE_SIGNS(a) _mm256_movemask_pd(__m256d(a))
#elif defined(__AVX__) && CUBIE_LANES == 8 && CUBIE_PRECISION == 32
#define CUBIE_SIGNS(a) _mm256_movemask_ps(__m256(a))
#elif defined(__SSE2__) && CUBIE_LANES == 2 && CUBIE_PRECISION == 64
#define CUBIE_SIGNS(a) _mm_movemask_pd(__m128d(a))
#elif defined(__SSE2__) && CUBIE_LANES == 4 && CUBIE_PRECISION == 32
#define CUBIE_SIGNS(a) _mm_movemask_ps(__m128(a))
#endif
#ifdef CUBIE_SIGNS
CUBIE_INLINE bool mask_any(MaskBits a) { return CUBIE_SIGNS(a) != 0; }
CUBIE_INLINE int mask_count(MaskBits a) { return __builtin_popcount(unsigned(CUBIE_SIGNS(a))); }
#undef CUBIE_SIGNS
#else
CUBIE_INLINE bool mask_any(MaskBits a)
{
    ScalarBits found = 0;
    for (int l = 0; l < CUBIE_LANES; l++) found |= a[l];
    return found != 0;
}
CUBIE_INLINE int mask_count(MaskBits a)
{
    int found = 0;
    for (int l = 0; l < CUBIE_LANES; l++) found += a[l] != 0;
    return found;
}
#endif

// In one or two instructions rather than by halves.
#if defined(__AVX2__) && CUBIE_LANES == 4 && CUBIE_PRECISION == 64
template <> CUBIE_INLINE VectorOf<double>::Type convert(VectorOf<float>::Type a) { return _mm256_cvtps_pd(a); }
template <> CUBIE_INLINE VectorOf<int64_t>::Type convert(VectorOf<int32_t>::Type a)
{
    return VectorOf<int64_t>::Type(_mm256_cvtepi32_epi64(__m128i(a)));
}
template <> CUBIE_INLINE VectorOf<int32_t>::Type convert(VectorOf<int64_t>::Type a)
{
    const __m256 halves = __m256(a);
    return VectorOf<int32_t>::Type(
        _mm_shuffle_ps(_mm256_castps256_ps128(halves), _mm256_extractf128_ps(halves, 1), 0x88));
}
#endif

template <Order o, class V> CUBIE_INLINE MaskBits compare(V a, V b)
{
    if constexpr (o == LESS)
        return convert<MaskBits>(a < b);
    else if constexpr (o == LESS_EQUAL)
        return convert<MaskBits>(a <= b);
    else if constexpr (o == EQUAL)
        return convert<MaskBits>(a == b);
    else
        return convert<MaskBits>(a != b);
}
template <class V> CUBIE_INLINE V blend(MaskBits mask, V yes, V no)
{
    return convert<decltype(yes < no)>(mask) ? yes : no;
}
// By the signs of the mask's lanes: the compiler would compare them with 0 first.
#define CUBIE_BLENDED(T, Bits, Raw, bits, suffix)                                                      \
    CUBIE_INLINE VectorOf<T>::Type blend(MaskBits mask, VectorOf<T>::Type yes, VectorOf<T>::Type no)   \
    {                                                                                                  \
        return VectorOf<T>::Type(                                                                      \
            _mm##bits##_blendv_##suffix(Raw(no), Raw(yes), Raw(convert<VectorOf<Bits>::Type>(mask)))); \
    }
#if defined(__AVX2__) && CUBIE_LANES == 4 && CUBIE_PRECISION == 64
CUBIE_BLENDED(double, int64_t, __m256d, 256, pd)
#endif
#if defined(__AVX2__) && CUBIE_LANES == 4
CUBIE_BLENDED(float, int32_t, __m128, , ps)
CUBIE_BLENDED(uint32_t, int32_t, __m128, , ps)
#elif defined(__AVX2__) && CUBIE_LANES == 8 && CUBIE_PRECISION == 32
CUBIE_BLENDED(float, int32_t, __m256, 256, ps)
CUBIE_BLENDED(uint32_t, int32_t, __m256, 256, ps)
#endif
#undef CUBIE_BLENDED

#endif

struct Mask {
    MaskBits v;
    Mask() = default;
    CUBIE_INLINE explicit Mask(MaskBits bits) : v(bits) {}
    CUBIE_INLINE Mask(bool all) : v(mask_of(all)) {}
    friend CUBIE_INLINE Mask operator&(Mask a, Mask b) { return Mask(mask_and(a.v, b.v)); }
    friend CUBIE_INLINE Mask operator|(Mask a, Mask b) { return Mask(mask_or(a.v, b.v)); }
    friend CUBIE_INLINE Mask operator!(Mask a) { return Mask(mask_not(a.v)); }
};
CUBIE_INLINE bool any(Mask mask) { return mask_any(mask.v); }
CUBIE_INLINE int count(Mask mask) { return mask_count(mask.v); }
CUBIE_INLINE bool lane(Mask a, int l) { return mask_lane(a.v, l); }
CUBIE_INLINE void set_lane(Mask &a, int l, bool value) { a.v = mask_with(a.v, l, value); }
template <class V> CUBIE_INLINE V blend(Mask mask, V yes, V no) { return blend(mask.v, yes, no); }

template <class V> CUBIE_INLINE V vector_abs(V a)
{
    typedef decltype(a < a) Bits;
    return V(Bits(a) & ~Bits(-V{}));
}

// a > b ? a : b and a < b ? a : b: single instructions, which the compiler does not always see.
constexpr bool nan_gives_way = false; // where it is the second
template <class V> CUBIE_INLINE V vector_larger(V a, V b) { return a > b ? a : b; }
template <class V> CUBIE_INLINE V vector_smaller(V a, V b) { return a < b ? a : b; }
#define CUBIE_EXTREMES(T, max, min, ...)                                                    \
    CUBIE_INLINE VectorOf<T>::Type vector_larger(VectorOf<T>::Type a, VectorOf<T>::Type b)  \
    {                                                                                       \
        return max(__VA_ARGS__ a, b);                                                       \
    }                                                                                       \
    CUBIE_INLINE VectorOf<T>::Type vector_smaller(VectorOf<T>::Type a, VectorOf<T>::Type b) \
    {                                                                                       \
        return min(__VA_ARGS__ a, b);                                                       \
    }
#define CUBIE_ALL_OF(Lanes) Lanes(-1), // (without a mask, the compiler's own header draws warnings)
#if defined(__AVX512F__) && CUBIE_LANES == 16
CUBIE_EXTREMES(float, _mm512_maskz_max_ps, _mm512_maskz_min_ps, CUBIE_ALL_OF(__mmask16))
#elif defined(__AVX__) && CUBIE_LANES == 8
CUBIE_EXTREMES(float, _mm256_max_ps, _mm256_min_ps, )
#elif defined(__SSE2__) && CUBIE_LANES == 4
CUBIE_EXTREMES(float, _mm_max_ps, _mm_min_ps, )
#endif
#if defined(__AVX512F__) && CUBIE_LANES == 8
CUBIE_EXTREMES(double, _mm512_maskz_max_pd, _mm512_maskz_min_pd, CUBIE_ALL_OF(__mmask8))
#elif defined(__AVX__) && CUBIE_LANES == 4
CUBIE_EXTREMES(double, _mm256_max_pd, _mm256_min_pd, )
#elif defined(__SSE2__) && CUBIE_LANES == 2
CUBIE_EXTREMES(double, _mm_max_pd, _mm_min_pd, )
#endif
#undef CUBIE_ALL_OF
#undef CUBIE_EXTREMES

// Square root, and rounding down and up: instructions where the width is that of
// a register, else lane by lane.
typedef VectorOf<Scalar>::Type RealVector;
#if defined(__AVX512F__) && CUBIE_LANES * CUBIE_PRECISION == 512
#if CUBIE_PRECISION == 64
CUBIE_INLINE RealVector vector_sqrt(RealVector a) { return _mm512_maskz_sqrt_pd(__mmask8(-1), a); }
CUBIE_INLINE RealVector vector_floor(RealVector a)
{
    return _mm512_maskz_roundscale_pd(__mmask8(-1), a, _MM_FROUND_TO_NEG_INF);
}
CUBIE_INLINE RealVector vector_ceil(RealVector a)
{
    return _mm512_maskz_roundscale_pd(__mmask8(-1), a, _MM_FROUND_TO_POS_INF);
}
#else
CUBIE_INLINE RealVector vector_sqrt(RealVector a) { return _mm512_maskz_sqrt_ps(__mmask16(-1), a); }
CUBIE_INLINE RealVector vector_floor(RealVector a)
{
    return _mm512_maskz_roundscale_ps(__mmask16(-1), a, _MM_FROUND_TO_NEG_INF);
}
CUBIE_INLINE RealVector vector_ceil(RealVector a)
{
    return _mm512_maskz_roundscale_ps(__mmask16(-1), a, _MM_FROUND_TO_POS_INF);
}
#endif
#elif defined(__AVX__) && CUBIE_LANES * CUBIE_PRECISION == 256
#if CUBIE_PRECISION == 64
CUBIE_INLINE RealVector vector_sqrt(RealVector a) { return _mm256_sqrt_pd(a); }
CUBIE_INLINE RealVector vector_floor(RealVector a) { return _mm256_floor_pd(a); }
CUBIE_INLINE RealVector vector_ceil(RealVector a) { return _mm256_ceil_pd(a); }
#else
CUBIE_INLINE RealVector vector_sqrt(RealVector a) { return _mm256_sqrt_ps(a); }
CUBIE_INLINE RealVector vector_floor(RealVector a) { return _mm256_floor_ps(a); }
CUBIE_INLINE RealVector vector_ceil(RealVector a) { return _mm256_ceil_ps(a); }
#endif
#else
#define CUBIE_BY_LANE(name)                                                   \
    CUBIE_INLINE RealVector vector_##name(RealVector a)                       \
    {                                                                         \
        for (int l = 0; l < CUBIE_LANES; l++) a[l] = std::name(Scalar(a[l])); \
        return a;                                                             \
    }
CUBIE_BY_LANE(sqrt)
CUBIE_BY_LANE(floor)
CUBIE_BY_LANE(ceil)
#undef CUBIE_BY_LANE
#endif

// a b + c in one rounding where the machine has that (fused.hpp): lane by lane, or
// one instruction where the width is that of a register.
#if !CUBIE_FMA
template <class V> CUBIE_INLINE V vector_multiply_add(V a, V b, V c) { return multiply_add(a, b, c); }
#else
template <class V> CUBIE_INLINE V vector_multiply_add(V a, V b, V c)
{
    for (int l = 0; l < CUBIE_LANES; l++) c[l] = multiply_add(a[l], b[l], c[l]);
    return c;
}
#define CUBIE_FUSED(T, instruction)                                                                                   \
    CUBIE_INLINE VectorOf<T>::Type vector_multiply_add(VectorOf<T>::Type a, VectorOf<T>::Type b, VectorOf<T>::Type c) \
    {                                                                                                                 \
        return instruction(a, b, c);                                                                                  \
    }
#if defined(__FMA__) && defined(__AVX512F__) && CUBIE_LANES == 16
CUBIE_FUSED(float, _mm512_fmadd_ps)
#elif defined(__FMA__) && CUBIE_LANES == 8
CUBIE_FUSED(float, _mm256_fmadd_ps)
#elif defined(__FMA__) && CUBIE_LANES == 4
CUBIE_FUSED(float, _mm_fmadd_ps)
#endif
#if defined(__FMA__) && defined(__AVX512F__) && CUBIE_LANES == 8
CUBIE_FUSED(double, _mm512_fmadd_pd)
#elif defined(__FMA__) && CUBIE_LANES == 4
CUBIE_FUSED(double, _mm256_fmadd_pd)
#elif defined(__FMA__) && CUBIE_LANES == 2
CUBIE_FUSED(double, _mm_fmadd_pd)
#endif
#undef CUBIE_FUSED
#endif

} // namespace cubie

#endif
