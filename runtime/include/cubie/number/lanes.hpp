// SPDX-License-Identifier: MIT
// Real, Control, Count and Mask: SIMD vectors of CUBIE_LANES runs, with the compiler's
// vector extensions, or plain numbers of one run, as on the GPU. Math functions come
// from the vector library of glibc (libmvec, at most 4 ulp) where it has them for
// this width, and are called lane by lane elsewhere.
#ifndef CUBIE_LANES_HPP
#define CUBIE_LANES_HPP

#include "cubie/number/fused.hpp"
#if CUBIE_LANES == 1
#include "cubie/number/one_lane.hpp"
#else
#include "cubie/number/vectors.hpp"
#endif

namespace cubie {

template <class T> struct Product;

template <class T> struct Lanes {
    typedef typename VectorOf<T>::Type Vector;
    Vector v;
    Lanes() = default;
#if CUBIE_LANES > 1
    CUBIE_INLINE explicit Lanes(Vector lanes) : v(lanes) {}
#endif
    CUBIE_INLINE Lanes(T all) : v(vector_of(all)) {}
    friend CUBIE_INLINE Lanes operator+(Lanes a, Lanes b) { return Lanes(a.v + b.v); }
    friend CUBIE_INLINE Lanes operator-(Lanes a, Lanes b) { return Lanes(a.v - b.v); }
    friend CUBIE_INLINE Product<T> operator*(Lanes a, Lanes b) { return Product<T>(a, b); }
    friend CUBIE_INLINE Lanes operator/(Lanes a, Lanes b) { return Lanes(a.v / b.v); }
    friend CUBIE_INLINE Lanes operator|(Lanes a, Lanes b) { return Lanes(a.v | b.v); } // of counts
    friend CUBIE_INLINE Lanes operator-(Lanes a) { return Lanes(-a.v); }
    friend CUBIE_INLINE Lanes &operator+=(Lanes &a, Lanes b)
    {
        a.v += b.v;
        return a;
    }
    friend CUBIE_INLINE Lanes &operator-=(Lanes &a, Lanes b)
    {
        a.v -= b.v;
        return a;
    }
    friend CUBIE_INLINE Lanes &operator*=(Lanes &a, Lanes b)
    {
        a.v *= b.v;
        return a;
    }
    friend CUBIE_INLINE Mask operator<(Lanes a, Lanes b) { return Mask(compare<LESS>(a.v, b.v)); }
    friend CUBIE_INLINE Mask operator<=(Lanes a, Lanes b) { return Mask(compare<LESS_EQUAL>(a.v, b.v)); }
    friend CUBIE_INLINE Mask operator>(Lanes a, Lanes b) { return b < a; }
    friend CUBIE_INLINE Mask operator>=(Lanes a, Lanes b) { return b <= a; }
    friend CUBIE_INLINE Mask operator==(Lanes a, Lanes b) { return Mask(compare<EQUAL>(a.v, b.v)); }
    friend CUBIE_INLINE Mask operator!=(Lanes a, Lanes b) { return Mask(compare<UNEQUAL>(a.v, b.v)); }
};

// A number that still knows its factors: in a sum, the product and the addition are rounded
// once. That lasts as long as the expression does, and as the name that it is given with auto;
// what becomes a Lanes or an element of a buffer is rounded there. Of two products, the first is
// taken up.
template <class T> struct Product : Lanes<T> {
    typedef Lanes<T> Number;
    Number left, right;
    CUBIE_INLINE Product(Number a, Number b) : Number(a.v * b.v), left(a), right(b) {}
    CUBIE_INLINE Number plus(Number c) const { return Number(vector_multiply_add(left.v, right.v, c.v)); }
    friend CUBIE_INLINE Product operator-(Product a) { return Product(-a.left, a.right); }
    friend CUBIE_INLINE Number operator+(Product a, Number b) { return a.plus(b); }
    friend CUBIE_INLINE Number operator+(Number a, Product b) { return b.plus(a); }
    friend CUBIE_INLINE Number operator+(Product a, Product b) { return a.plus(b); }
    friend CUBIE_INLINE Number operator-(Product a, Number b) { return a.plus(-b); }
    friend CUBIE_INLINE Number operator-(Number a, Product b) { return (-b).plus(a); }
    friend CUBIE_INLINE Number operator-(Product a, Product b) { return a.plus(-b); }
    friend CUBIE_INLINE Number &operator+=(Number &a, Product b) { return a = b.plus(a); }
    friend CUBIE_INLINE Number &operator-=(Number &a, Product b) { return a = (-b).plus(a); }
};

typedef Lanes<Scalar> Real;
typedef Lanes<float> Control;
typedef Lanes<uint32_t> Count;

template <class T> CUBIE_INLINE Lanes<T> choose(Mask mask, Lanes<T> yes, Lanes<T> no)
{
    return Lanes<T>(blend(mask, yes.v, no.v));
}
CUBIE_INLINE Real select(Mask mask, Real yes, Real no) { return choose(mask, yes, no); }
#if CUBIE_PRECISION != 32
CUBIE_INLINE Control select(Mask mask, Control yes, Control no) { return choose(mask, yes, no); }
#endif
CUBIE_INLINE Count select(Mask mask, Count yes, Count no) { return choose(mask, yes, no); }
CUBIE_INLINE Mask select(Mask mask, Mask yes, Mask no) { return (mask & yes) | ((!mask) & no); }

CUBIE_INLINE void count_if(Mask mask, Count &count) { count += select(mask, Count(1u), Count(0u)); }
template <class T> CUBIE_INLINE Real real(Lanes<T> a) { return Real(convert<Real::Vector>(a.v)); }
CUBIE_INLINE Real real(float a) { return Real(Scalar(a)); }
template <class T> CUBIE_INLINE Control control(Lanes<T> a) { return Control(convert<Control::Vector>(a.v)); }
CUBIE_INLINE Control control(double a) { return Control(float(a)); }
CUBIE_INLINE Control control(float a) { return Control(a); }

template <class T> CUBIE_INLINE T lane(Lanes<T> a, int l) { return element(a.v, l); }
template <class T> CUBIE_INLINE void set_lane(Lanes<T> &a, int l, T value) { set_element(a.v, l, value); }

template <class T> CUBIE_INLINE Lanes<T> abs(Lanes<T> a) { return Lanes<T>(vector_abs(a.v)); }
// The larger and the smaller of two numbers; when the first is NaN, the second.
CUBIE_INLINE Real larger(Real a, Real b) { return Real(vector_larger(a.v, b.v)); }
CUBIE_INLINE Real smaller(Real a, Real b) { return Real(vector_smaller(a.v, b.v)); }
#if CUBIE_PRECISION != 32
CUBIE_INLINE Control larger(Control a, Control b) { return Control(vector_larger(a.v, b.v)); }
CUBIE_INLINE Control smaller(Control a, Control b) { return Control(vector_smaller(a.v, b.v)); }
#endif
// As fmin and fmax: a NaN gives way to a number.
CUBIE_INLINE Real min(Real a, Real b) { return nan_gives_way ? smaller(a, b) : select(b != b, a, smaller(a, b)); }
CUBIE_INLINE Real max(Real a, Real b) { return nan_gives_way ? larger(a, b) : select(b != b, a, larger(a, b)); }
#if CUBIE_PRECISION != 32
CUBIE_INLINE Control min(Control a, Control b)
{
    return nan_gives_way ? smaller(a, b) : select(b != b, a, smaller(a, b));
}
CUBIE_INLINE Control max(Control a, Control b)
{
    return nan_gives_way ? larger(a, b) : select(b != b, a, larger(a, b));
}
#endif
template <class T> CUBIE_INLINE Lanes<T> sign(Lanes<T> a) // NaN stays
{
    const Lanes<T> zero = T(0);
    return choose(a > zero, Lanes<T>(T(1)), choose(a < zero, Lanes<T>(T(-1)), a));
}
CUBIE_INLINE Mask finite(Real a) { return abs(a) <= Real(largest); }
CUBIE_INLINE Real sqrt(Real a) { return Real(vector_sqrt(a.v)); }
CUBIE_INLINE Real floor(Real a) { return Real(vector_floor(a.v)); }
CUBIE_INLINE Real ceil(Real a) { return Real(vector_ceil(a.v)); }

// A Control's bits, and back; integers as numbers.
typedef VectorOf<int32_t>::Type ControlBits;
CUBIE_INLINE ControlBits bits_of(Control a) { return with_bits_of<ControlBits>(a.v); }
CUBIE_INLINE Control from_bits(ControlBits a) { return Control(with_bits_of<Control::Vector>(a)); }
CUBIE_INLINE Control from_integer(ControlBits a) { return Control(convert<Control::Vector>(a)); }

} // namespace cubie

#include "cubie/number/lanes_math.hpp"

#endif
