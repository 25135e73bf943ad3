// Real, Control, Count and Mask as SIMD vectors of CUBIE_LANES runs, with the
// compiler's vector extensions. Math functions come from the vector library of
// glibc (libmvec, at most 4 ulp) where it has them for this width, and are
// called lane by lane elsewhere.
#ifndef CUBIE_LANES_HPP
#define CUBIE_LANES_HPP

namespace cubie {

template <class T> struct VectorOf;
#define CUBIE_VECTOR(T) \
    template <> struct VectorOf<T> { typedef T Type __attribute__((vector_size(CUBIE_LANES * sizeof(T)))); };
CUBIE_VECTOR(double)
CUBIE_VECTOR(float)
CUBIE_VECTOR(int32_t)
CUBIE_VECTOR(uint32_t)
CUBIE_VECTOR(int64_t)
#undef CUBIE_VECTOR

template <class T> struct BitsOf { typedef typename VectorOf<int32_t>::Type Type; };
template <> struct BitsOf<double> { typedef VectorOf<int64_t>::Type Type; };

struct Mask {
    typedef BitsOf<Scalar>::Type Vector; // lanes of 0 or -1, as wide as a Real
    Vector v;
    Mask() = default;
    CUBIE_INLINE explicit Mask(Vector bits) : v(bits) {}
    CUBIE_INLINE Mask(bool all) : v(Vector{} - ScalarBits(all)) {}
    friend CUBIE_INLINE Mask operator&(Mask a, Mask b) { return Mask(a.v & b.v); }
    friend CUBIE_INLINE Mask operator|(Mask a, Mask b) { return Mask(a.v | b.v); }
    friend CUBIE_INLINE Mask operator!(Mask a) { return Mask(~a.v); }
};

template <class T> struct Lanes {
    typedef typename VectorOf<T>::Type Vector;
    Vector v;
    Lanes() = default;
    CUBIE_INLINE explicit Lanes(Vector lanes) : v(lanes) {}
    CUBIE_INLINE Lanes(T all) : v(all - Vector{}) {} // keeps the sign of zero
    friend CUBIE_INLINE Lanes operator+(Lanes a, Lanes b) { return Lanes(a.v + b.v); }
    friend CUBIE_INLINE Lanes operator-(Lanes a, Lanes b) { return Lanes(a.v - b.v); }
    friend CUBIE_INLINE Lanes operator*(Lanes a, Lanes b) { return Lanes(a.v * b.v); }
    friend CUBIE_INLINE Lanes operator/(Lanes a, Lanes b) { return Lanes(a.v / b.v); }
    friend CUBIE_INLINE Lanes operator-(Lanes a) { return Lanes(-a.v); }
    friend CUBIE_INLINE Lanes &operator+=(Lanes &a, Lanes b) { a.v += b.v; return a; }
    friend CUBIE_INLINE Lanes &operator-=(Lanes &a, Lanes b) { a.v -= b.v; return a; }
    friend CUBIE_INLINE Lanes &operator*=(Lanes &a, Lanes b) { a.v *= b.v; return a; }
    static CUBIE_INLINE Mask mask(typename BitsOf<T>::Type bits) { return Mask(__builtin_convertvector(bits, Mask::Vector)); }
    friend CUBIE_INLINE Mask operator<(Lanes a, Lanes b) { return mask(a.v < b.v); }
    friend CUBIE_INLINE Mask operator<=(Lanes a, Lanes b) { return mask(a.v <= b.v); }
    friend CUBIE_INLINE Mask operator>(Lanes a, Lanes b) { return mask(a.v > b.v); }
    friend CUBIE_INLINE Mask operator>=(Lanes a, Lanes b) { return mask(a.v >= b.v); }
    friend CUBIE_INLINE Mask operator==(Lanes a, Lanes b) { return mask(a.v == b.v); }
    friend CUBIE_INLINE Mask operator!=(Lanes a, Lanes b) { return mask(a.v != b.v); }
};

typedef Lanes<Scalar> Real;
typedef Lanes<float> Control;
typedef Lanes<uint32_t> Count;

CUBIE_INLINE bool any(Mask mask) {
    ScalarBits found = 0;
    for (int l = 0; l < CUBIE_LANES; l++) found |= mask.v[l];
    return found != 0;
}
CUBIE_INLINE int count(Mask mask) {
    int found = 0;
    for (int l = 0; l < CUBIE_LANES; l++) found += mask.v[l] != 0;
    return found;
}
template <class T> CUBIE_INLINE Lanes<T> choose(Mask mask, Lanes<T> yes, Lanes<T> no) {
    typedef typename BitsOf<T>::Type Bits;
    return Lanes<T>(__builtin_convertvector(mask.v, Bits) ? yes.v : no.v);
}
CUBIE_INLINE Real select(Mask mask, Real yes, Real no) { return choose(mask, yes, no); }
#if CUBIE_PRECISION != 32
CUBIE_INLINE Control select(Mask mask, Control yes, Control no) { return choose(mask, yes, no); }
#endif
CUBIE_INLINE Count select(Mask mask, Count yes, Count no) { return choose(mask, yes, no); }
CUBIE_INLINE Mask select(Mask mask, Mask yes, Mask no) { return (mask & yes) | (!mask & no); }

CUBIE_INLINE void count_if(Mask mask, Count &count) { count += select(mask, Count(1u), Count(0u)); }
template <class T> CUBIE_INLINE Real real(Lanes<T> a) { return Real(__builtin_convertvector(a.v, Real::Vector)); }
CUBIE_INLINE Real real(float a) { return Real(Scalar(a)); }
template <class T> CUBIE_INLINE Control control(Lanes<T> a) { return Control(__builtin_convertvector(a.v, Control::Vector)); }
CUBIE_INLINE Control control(double a) { return Control(float(a)); }
CUBIE_INLINE Control control(float a) { return Control(a); }

template <class T> CUBIE_INLINE T lane(Lanes<T> a, int l) { return a.v[l]; }
CUBIE_INLINE bool lane(Mask a, int l) { return a.v[l] != 0; }
template <class T> CUBIE_INLINE void set_lane(Lanes<T> &a, int l, T value) { a.v[l] = value; }
CUBIE_INLINE void set_lane(Mask &a, int l, bool value) { a.v[l] = -ScalarBits(value); }

template <class T> CUBIE_INLINE Lanes<T> abs(Lanes<T> a) { return Lanes<T>(a.v < 0 ? -a.v : a.v); }
// The larger and the smaller of two numbers; when the first is NaN, the second.
CUBIE_INLINE Real larger(Real a, Real b) { return Real(a.v > b.v ? a.v : b.v); }
CUBIE_INLINE Real smaller(Real a, Real b) { return Real(a.v < b.v ? a.v : b.v); }
#if CUBIE_PRECISION != 32
CUBIE_INLINE Control larger(Control a, Control b) { return Control(a.v > b.v ? a.v : b.v); }
CUBIE_INLINE Control smaller(Control a, Control b) { return Control(a.v < b.v ? a.v : b.v); }
#endif
// As fmin and fmax: a NaN gives way to a number.
CUBIE_INLINE Real min(Real a, Real b) { return select(b < a, b, select(a != a, b, a)); }
CUBIE_INLINE Real max(Real a, Real b) { return select(b > a, b, select(a != a, b, a)); }
#if CUBIE_PRECISION != 32
CUBIE_INLINE Control min(Control a, Control b) { return select(b < a, b, select(a != a, b, a)); }
CUBIE_INLINE Control max(Control a, Control b) { return select(b > a, b, select(a != a, b, a)); }
#endif
CUBIE_INLINE Real sign(Real a) { return select(a > Real(Scalar(0)), Real(Scalar(1)), select(a < Real(Scalar(0)), Real(Scalar(-1)), a)); }
CUBIE_INLINE Mask finite(Real a) { return abs(a) <= Real(largest); }
CUBIE_INLINE Real sqrt(Real a) {
    Real result;
    for (int l = 0; l < CUBIE_LANES; l++) result.v[l] = std::sqrt(a.v[l]);
    return result;
}

} // namespace cubie

#include "cubie/lanes_math.hpp"

#endif
