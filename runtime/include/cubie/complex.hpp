// Complex numbers of the factors of fully implicit methods, as pairs of real
// ones that lie anywhere. Reciprocals neither overflow nor divide (R. L. Smith,
// Algorithm 116: Complex division, Comm. ACM 5 (1962) 435).
#ifndef CUBIE_COMPLEX_HPP
#define CUBIE_COMPLEX_HPP

namespace cubie {

// re + i im becomes its reciprocal.
template <class T> CUBIE_INLINE void invert(T &re, T &im)
{
    const Mask wide = abs(re) >= abs(im);
    const T large = select(wide, re, im), small = select(wide, im, re);
    const T ratio = small * reciprocal(large), inverse = reciprocal(large + small * ratio), other = ratio * inverse;
    re = select(wide, inverse, other);
    im = -select(wide, other, inverse);
}

// re + i im becomes its product with a + i b.
template <class T> CUBIE_INLINE void turn(T &re, T &im, T a, T b)
{
    const T product = re * a - im * b;
    im = re * b + im * a;
    re = product;
}

} // namespace cubie

#endif
