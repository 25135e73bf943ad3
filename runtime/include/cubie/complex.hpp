// Complex numbers of the factors of fully implicit methods, as pairs of real
// ones that lie anywhere (A: the type of a place, T: of a number there).
// Reciprocals neither overflow nor divide (R. L. Smith, Algorithm 116: Complex
// division, Comm. ACM 5 (1962) 435).
#ifndef CUBIE_COMPLEX_HPP
#define CUBIE_COMPLEX_HPP

#include <type_traits>

namespace cubie {

// re + i im becomes its reciprocal.
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

} // namespace cubie

#endif
