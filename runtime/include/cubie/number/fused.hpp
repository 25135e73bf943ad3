// SPDX-License-Identifier: MIT
// a b + c in one rounding, on machines that have it; in two elsewhere, and with
// CUBIE_NO_FMA.
//
// Compilers would fuse on their own (-ffp-contract=fast, nvcc: -fmad=true), across
// statements and as it suits them: a product that is kept in a register goes into
// the sum it is used in later, one that is stored does not. Then results depended
// on where buffers lie. So they may not, and the text says what is fused: a sum
// takes up a product that stands in it as an operand, or under a name declared
// auto (lanes.hpp, Product), and no other.
#ifndef CUBIE_FUSED_HPP
#define CUBIE_FUSED_HPP

#if !defined(CUBIE_NO_FMA) && (defined(__FMA__) || defined(__ARM_FEATURE_FMA) || \
                               (defined(__FP_FAST_FMA) && defined(__FP_FAST_FMAF)) || defined(__CUDA_ARCH__))
#define CUBIE_FMA 1
#else
#define CUBIE_FMA 0
#endif

namespace cubie {

#if CUBIE_FMA
CUBIE_INLINE float multiply_add(float a, float b, float c) { return __builtin_fmaf(a, b, c); }
CUBIE_INLINE double multiply_add(double a, double b, double c) { return __builtin_fma(a, b, c); }
#else
template <class T> CUBIE_INLINE T multiply_add(T a, T b, T c) { return a * b + c; }
#endif

} // namespace cubie

#endif
