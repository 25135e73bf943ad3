// SPDX-License-Identifier: MIT
// Complex numbers of the linear systems of fully implicit methods. Their parts lie
// anywhere: in generated factors as pairs of places, else as vectors whose real and
// imaginary parts are two arrays of any kind.
#ifndef CUBIE_COMPLEX_HPP
#define CUBIE_COMPLEX_HPP

#include <type_traits>

namespace cubie {

// re + i im becomes its reciprocal, which neither overflows nor divides (R. L. Smith,
// Algorithm 116: Complex division, Comm. ACM 5 (1962) 435). A: the type of a place.
template <class A> CUBIE_INLINE void invert(A &re, A &im)
{
    typedef typename std::remove_volatile<A>::type T;
    const T a = re, b = im;
    const Mask wide = abs(a) >= abs(b);
    const T large = select(wide, a, b), small = select(wide, b, a);
    const T ratio = small * reciprocal(large), inverse = reciprocal(large + small * ratio), other = ratio * inverse;
    re = select(wide, inverse, other);
    im = -select(wide, other, inverse);
}

// re + i im becomes its product with a + i b.
template <class A, class T> CUBIE_INLINE void turn(A &re, A &im, T a, T b)
{
    const T x = re, y = im;
    re = x * a - y * b;
    im = x * b + y * a;
}

template <class T> struct Complex {
    T re, im;
    Complex() = default;
    CUBIE_INLINE Complex(T a) : re(a), im(T(0)) {}
    CUBIE_INLINE Complex(T a, T b) : re(a), im(b) {}
    friend CUBIE_INLINE Complex operator+(Complex a, Complex b) { return { a.re + b.re, a.im + b.im }; }
    friend CUBIE_INLINE Complex operator-(Complex a, Complex b) { return { a.re - b.re, a.im - b.im }; }
    friend CUBIE_INLINE Complex operator*(Complex a, Complex b)
    {
        return { a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re };
    }
    friend CUBIE_INLINE Complex operator*(T a, Complex b) { return { a * b.re, a * b.im }; }
    friend CUBIE_INLINE Complex &operator+=(Complex &a, Complex b) { return a = a + b; }
    friend CUBIE_INLINE Complex &operator-=(Complex &a, Complex b) { return a = a - b; }
    friend CUBIE_INLINE Complex &operator*=(Complex &a, Complex b) { return a = a * b; }
    friend CUBIE_INLINE Mask operator!=(Complex a, Complex b) { return (a.re != b.re) | (a.im != b.im); }
    friend CUBIE_INLINE Complex select(Mask mask, Complex yes, Complex no)
    {
        return { select(mask, yes.re, no.re), select(mask, yes.im, no.im) };
    }
    // conj(a) b, whose sum is an inner product; and |a|^2.
    friend CUBIE_INLINE Complex inner(Complex a, Complex b)
    {
        return { a.re * b.re + a.im * b.im, a.re * b.im - a.im * b.re };
    }
    friend CUBIE_INLINE T squared_size(Complex a) { return a.re * a.re + a.im * a.im; }
};

// An element of a vector: a Complex where one is read.
template <class T> struct ComplexPlace {
    T &re, &im;
    CUBIE_INLINE ComplexPlace(T &a, T &b) : re(a), im(b) {}
    ComplexPlace(const ComplexPlace &) = default;
    CUBIE_INLINE operator Complex<T>() const { return { re, im }; }
    CUBIE_INLINE void operator=(T a) const { re = a, im = T(0); }
    CUBIE_INLINE void operator=(Complex<T> a) const { re = a.re, im = a.im; }
    CUBIE_INLINE void operator=(ComplexPlace a) const { re = a.re, im = a.im; }
    CUBIE_INLINE void operator-=(Complex<T> a) const { re -= a.re, im -= a.im; }
    friend CUBIE_INLINE Complex<T> operator*(T a, ComplexPlace b) { return { a * b.re, a * b.im }; }
    friend CUBIE_INLINE Complex<T> operator*(ComplexPlace a, ComplexPlace b) { return Complex<T>(a) * Complex<T>(b); }
};

template <class T, class Part> struct ComplexVector {
    Part re, im;
    CUBIE_INLINE ComplexPlace<T> operator[](int i) const { return { re[i], im[i] }; }
};
template <class T, class Part> CUBIE_INLINE ComplexVector<T, Part> complex_vector(Part re, Part im)
{
    return { re, im };
}

// What lies at a place.
template <class T> CUBIE_INLINE T value_at(const T &place) { return place; }
template <class T> CUBIE_INLINE Complex<T> value_at(ComplexPlace<T> place) { return place; }

template <class T> CUBIE_INLINE Complex<T> reciprocal(Complex<T> a)
{
    invert(a.re, a.im);
    return a;
}

template <class T> CUBIE_INLINE Mask finite(Complex<T> a) { return finite(a.re) & finite(a.im); }

template <class T, class Shift> CUBIE_INLINE Mask is_pivot(Complex<T> pivot, Complex<T> before, Shift shift)
{
    return is_pivot(abs(pivot.re) + abs(pivot.im), abs(before.re) + abs(before.im), shift);
}

} // namespace cubie

#endif
