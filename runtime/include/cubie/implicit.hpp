// SPDX-License-Identifier: MIT
// What implicit methods need: numbers of the linear algebra, and the watch on pivots.
#ifndef CUBIE_IMPLICIT_HPP
#define CUBIE_IMPLICIT_HPP

namespace cubie {

// Factor: a number of the Jacobian and its factors, in the precision of the
// linear algebra (CUBIE_FACTOR_PRECISION, that of the run unless it was chosen).
#if defined(CUBIE_FACTOR_PRECISION) && CUBIE_FACTOR_PRECISION != CUBIE_PRECISION
#if CUBIE_FACTOR_PRECISION != 32
#error "factors have the precision of the run, or float32"
#endif
typedef Control Factor;
CUBIE_INLINE Factor to_factor(Real a) { return control(a); }
#else
typedef Real Factor;
CUBIE_INLINE Factor to_factor(Real a) { return a; }
#endif

// Whether a pivot is one: elimination left more of the diagonal element, which
// was `before`, than rounding errors of it and of the shift; 16 units in their
// last place. (What is not finite is none.)
template <class T> struct PivotLimit;
template <> struct PivotLimit<float> {
    static constexpr float ratio = 16 * 1.2e-7f, most = std::numeric_limits<float>::max();
};
template <> struct PivotLimit<double> {
    static constexpr double ratio = 16 * 2.3e-16, most = std::numeric_limits<double>::max();
};

template <class T> CUBIE_INLINE Mask is_pivot(Lanes<T> pivot, Lanes<T> before, Lanes<T> shift)
{
    const Lanes<T> size = abs(pivot), least = Lanes<T>(PivotLimit<T>::ratio) * larger(abs(before), shift);
    return (size >= least) & (size <= Lanes<T>(PivotLimit<T>::most));
}
#ifdef __CUDA_ARCH__
// In float64, of exponents with the leading bits of the fraction, as integers: other units than those that factor.
CUBIE_INLINE Mask is_pivot(Lanes<double> pivot, Lanes<double> before, Lanes<double> shift)
{
    const int size = __double2hiint(lane(pivot, 0)) & 0x7fffffff;
    const int scale = ::max(__double2hiint(lane(before, 0)) & 0x7fffffff, __double2hiint(lane(shift, 0)));
    const int least = ::max(scale - (48 << 20), 0x00100000);
    return unsigned(size - least) < unsigned(0x7ff00000 - least);
}
#endif

// Adds a status bit for the runs in mask.
CUBIE_INLINE void note(Count &bits, Mask mask, uint32_t bit) { bits = bits | select(mask, Count(bit), Count(0u)); }

} // namespace cubie

#endif
