// Complex numbers for the loops of sparse.hpp: vectors whose real and imaginary
// parts lie in two arrays of any kind, and the arithmetic that elimination needs.
#ifndef CUBIE_SPARSE_COMPLEX_HPP
#define CUBIE_SPARSE_COMPLEX_HPP

namespace cubie {

template <class T> struct Complex {
    T re, im;
    friend CUBIE_INLINE Complex operator*(Complex a, Complex b)
    {
        return { a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re };
    }
    friend CUBIE_INLINE Complex &operator-=(Complex &a, Complex b)
    {
        a.re -= b.re;
        a.im -= b.im;
        return a;
    }
    friend CUBIE_INLINE Complex &operator*=(Complex &a, Complex b) { return a = a * b; }
};

// An element of such a vector.
template <class T> struct ComplexPlace {
    T &re, &im;
    CUBIE_INLINE void operator=(Complex<T> a) const { re = a.re, im = a.im; }
    CUBIE_INLINE void operator-=(Complex<T> a) const { re -= a.re, im -= a.im; }
};

template <class T, class Part> struct ComplexVector {
    Part re, im;
    CUBIE_INLINE ComplexPlace<T> operator[](int i) const { return { re[i], im[i] }; }
};
template <class T, class Part> CUBIE_INLINE ComplexVector<T, Part> complex_vector(Part re, Part im) { return { re, im }; }

// What lies at a place.
template <class T> CUBIE_INLINE T value_at(const T &place) { return place; }
template <class T> CUBIE_INLINE Complex<T> value_at(ComplexPlace<T> place) { return { place.re, place.im }; }

template <class T> CUBIE_INLINE Complex<T> reciprocal(Complex<T> a)
{
    invert(a.re, a.im);
    return a;
}

template <class T, class Shift> CUBIE_INLINE Mask is_pivot(Complex<T> pivot, Complex<T> before, Shift shift)
{
    return is_pivot(abs(pivot.re) + abs(pivot.im), abs(before.re) + abs(before.im), shift);
}

} // namespace cubie

#endif
