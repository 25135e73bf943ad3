// SPDX-License-Identifier: MIT
// Reciprocals without the slow path of a division on the GPU.
#ifndef CUBIE_RECIPROCAL_HPP
#define CUBIE_RECIPROCAL_HPP

namespace cubie {

// 1/a to an ulp or two: a hardware estimate, and in float64 two Newton steps. 0 and
// what is not finite give what is not finite.
#ifdef __CUDA_ARCH__
CUBIE_INLINE float reciprocal(float a)
{
    float y;
    asm("rcp.approx.ftz.f32 %0, %1;" : "=f"(y) : "f"(a));
    return y;
}
CUBIE_INLINE double reciprocal(double a)
{
    double y;
    asm("rcp.approx.ftz.f64 %0, %1;" : "=d"(y) : "d"(a));
    double e = fma(-a, y, 1.0);
    e = fma(e, e, e);
    return fma(y, e, y);
}
template <class T> CUBIE_INLINE Lanes<T> reciprocal(Lanes<T> a) { return reciprocal(lane(a, 0)); }
#else
template <class T> CUBIE_INLINE Lanes<T> reciprocal(Lanes<T> a) { return Lanes<T>(T(1)) / a; }
#endif

} // namespace cubie

#endif
