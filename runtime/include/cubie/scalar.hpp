// Real, Control, Count and Mask of the GPU: of one run.
#ifndef CUBIE_SCALAR_HPP
#define CUBIE_SCALAR_HPP

namespace cubie {

typedef Scalar Real;
typedef float Control;
typedef uint32_t Count;
typedef bool Mask;

CUBIE_INLINE bool any(Mask mask) { return mask; }
CUBIE_INLINE int count(Mask mask) { return mask; }
template <class T> CUBIE_INLINE T select(Mask mask, T yes, T no) { return mask ? yes : no; }
CUBIE_INLINE void count_if(Mask mask, Count &count) { if (mask) count++; }
CUBIE_INLINE Real real(Control a) { return Real(a); }
CUBIE_INLINE Real real(double a) { return Real(a); }
CUBIE_INLINE Real real(Count a) { return Real(a); }
CUBIE_INLINE Control control(double a) { return Control(a); }
CUBIE_INLINE Control control(float a) { return a; }
CUBIE_INLINE Mask finite(Real a) { return fabs(a) <= largest; }

// Access to one lane, for the code that works lane by lane.
CUBIE_INLINE Scalar lane(Real a, int) { return a; }
CUBIE_INLINE uint32_t lane(Count a, int) { return a; }
CUBIE_INLINE bool lane(Mask a, int) { return a; }
template <class T> CUBIE_INLINE void set_lane(T &a, int, T value) { a = value; }

// The functions of problem files.
#define CUBIE_FUNCTION(name, float_name, double_name)               \
    CUBIE_INLINE float name(float a) { return ::float_name(a); }    \
    CUBIE_INLINE double name(double a) { return ::double_name(a); }
CUBIE_FUNCTION(abs, fabsf, fabs)
#include "cubie/functions.inc"
#undef CUBIE_FUNCTION
#define CUBIE_FUNCTION2(name, float_name, double_name)                                  \
    CUBIE_INLINE float name(float a, float b) { return ::float_name(a, b); }            \
    CUBIE_INLINE double name(double a, double b) { return ::double_name(a, b); }
CUBIE_FUNCTION2(pow, powf, pow)
CUBIE_FUNCTION2(min, fminf, fmin)
CUBIE_FUNCTION2(max, fmaxf, fmax)
CUBIE_FUNCTION2(atan2, atan2f, atan2)
CUBIE_FUNCTION2(hypot, hypotf, hypot)
#undef CUBIE_FUNCTION2
CUBIE_INLINE float digamma(float a) { return digamma_of(a); }
CUBIE_INLINE double digamma(double a) { return digamma_of(a); }
CUBIE_INLINE float sign(float a) { return a > 0 ? 1.0f : a < 0 ? -1.0f : a; } // NaN stays
CUBIE_INLINE double sign(double a) { return a > 0 ? 1.0 : a < 0 ? -1.0 : a; }

// A Control's bits, and back; integers as numbers.
typedef int32_t ControlBits;
CUBIE_INLINE ControlBits bits_of(Control a) { ControlBits bits; memcpy(&bits, &a, sizeof bits); return bits; }
CUBIE_INLINE Control from_bits(ControlBits a) { Control value; memcpy(&value, &a, sizeof value); return value; }
CUBIE_INLINE Control from_integer(ControlBits a) { return Control(a); }

// The larger and the smaller of two numbers; when the first is NaN, the second.
CUBIE_INLINE float larger(float a, float b) {
#ifdef __CUDA_ARCH__
    return fmaxf(a, b);
#else
    return a > b ? a : b;
#endif
}
CUBIE_INLINE double larger(double a, double b) {
#ifdef __CUDA_ARCH__
    return fmax(a, b);
#else
    return a > b ? a : b;
#endif
}
CUBIE_INLINE float smaller(float a, float b) {
#ifdef __CUDA_ARCH__
    return fminf(a, b);
#else
    return a < b ? a : b;
#endif
}
CUBIE_INLINE double smaller(double a, double b) {
#ifdef __CUDA_ARCH__
    return fmin(a, b);
#else
    return a < b ? a : b;
#endif
}

} // namespace cubie

#endif
