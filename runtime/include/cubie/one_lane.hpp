// What vectors.hpp has, for vectors of a single run: plain numbers.
#ifndef CUBIE_ONE_LANE_HPP
#define CUBIE_ONE_LANE_HPP

namespace cubie {

template <class T> struct VectorOf { typedef T Type; };
template <class T> CUBIE_INLINE T vector_of(T all) { return all; }
template <class T> CUBIE_INLINE T element(T a, int) { return a; }
template <class T> CUBIE_INLINE void set_element(T &a, int, T value) { a = value; }

template <class To, class From> CUBIE_INLINE To convert(From a) { return To(a); }
template <class To, class From> CUBIE_INLINE To with_bits_of(From a)
{
    static_assert(sizeof(To) == sizeof(From), "bits are kept");
    To result;
    memcpy(&result, &a, sizeof result);
    return result;
}

enum Order { LESS, LESS_EQUAL, EQUAL, UNEQUAL }; // NaN is unequal to all, and neither less nor more

typedef uint8_t MaskBits; // 0 or 1
CUBIE_INLINE MaskBits mask_of(bool all) { return all; }
CUBIE_INLINE MaskBits mask_not(MaskBits a) { return a ^ 1; }
CUBIE_INLINE MaskBits mask_and(MaskBits a, MaskBits b) { return a & b; }
CUBIE_INLINE MaskBits mask_or(MaskBits a, MaskBits b) { return a | b; }
CUBIE_INLINE bool mask_any(MaskBits a) { return a != 0; }
CUBIE_INLINE int mask_count(MaskBits a) { return a; }
CUBIE_INLINE bool mask_lane(MaskBits a, int) { return a != 0; }
CUBIE_INLINE MaskBits mask_with(MaskBits, int, bool value) { return value; }

template <Order o, class T> CUBIE_INLINE MaskBits compare(T a, T b)
{
    return o == LESS ? a < b : o == LESS_EQUAL ? a <= b : o == EQUAL ? a == b : a != b;
}
template <class T> CUBIE_INLINE T blend(MaskBits mask, T yes, T no) { return mask ? yes : no; }

CUBIE_INLINE float vector_abs(float a) { return fabsf(a); }
CUBIE_INLINE double vector_abs(double a) { return fabs(a); }
template <class T> CUBIE_INLINE T vector_larger(T a, T b) { return a > b ? a : b; }
template <class T> CUBIE_INLINE T vector_smaller(T a, T b) { return a < b ? a : b; }
CUBIE_INLINE Scalar vector_sqrt(Scalar a) { return std::sqrt(a); }
CUBIE_INLINE Scalar vector_floor(Scalar a) { return std::floor(a); }
CUBIE_INLINE Scalar vector_ceil(Scalar a) { return std::ceil(a); }

template <class T> CUBIE_INLINE T vector_multiply_add(T a, T b, T c) { return multiply_add(a, b, c); }

} // namespace cubie

#endif
