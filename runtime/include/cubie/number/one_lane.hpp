// SPDX-License-Identifier: MIT
// What vectors.hpp has, for vectors of a single run: plain numbers. So it is on the GPU.
#ifndef CUBIE_ONE_LANE_HPP
#define CUBIE_ONE_LANE_HPP

namespace cubie {

template <class T> struct VectorOf {
    typedef T Type;
};
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

typedef bool Mask;
CUBIE_INLINE bool any(Mask a) { return a; }
CUBIE_INLINE int count(Mask a) { return a; }
CUBIE_INLINE bool lane(Mask a, int) { return a; }
CUBIE_INLINE void set_lane(Mask &a, int, bool value) { a = value; }

template <Order o, class T> CUBIE_INLINE Mask compare(T a, T b)
{
    return o == LESS ? a < b : o == LESS_EQUAL ? a <= b : o == EQUAL ? a == b : a != b;
}
template <class T> CUBIE_INLINE T blend(Mask mask, T yes, T no) { return mask ? yes : no; }

CUBIE_INLINE float vector_abs(float a) { return fabsf(a); }
CUBIE_INLINE double vector_abs(double a) { return fabs(a); }
#ifdef __CUDA_ARCH__ // single instructions
constexpr bool nan_gives_way = true;
template <class T> CUBIE_INLINE T vector_larger(T a, T b) { return std::fmax(a, b); }
template <class T> CUBIE_INLINE T vector_smaller(T a, T b) { return std::fmin(a, b); }
#else
constexpr bool nan_gives_way = false;
template <class T> CUBIE_INLINE T vector_larger(T a, T b) { return a > b ? a : b; }
template <class T> CUBIE_INLINE T vector_smaller(T a, T b) { return a < b ? a : b; }
#endif
CUBIE_INLINE Scalar vector_sqrt(Scalar a) { return std::sqrt(a); }
CUBIE_INLINE Scalar vector_floor(Scalar a) { return std::floor(a); }
CUBIE_INLINE Scalar vector_ceil(Scalar a) { return std::ceil(a); }

template <class T> CUBIE_INLINE T vector_multiply_add(T a, T b, T c) { return multiply_add(a, b, c); }

} // namespace cubie

#endif
