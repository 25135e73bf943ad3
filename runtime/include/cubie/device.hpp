// SPDX-License-Identifier: MIT
// What generated code is written in: one text for the GPU and the CPU.
//
//   Real     a number of a run in the problem's precision
//   Control  the same in float32: step control needs two or three digits
//   Count    an unsigned 32-bit counter or index of a run
//   Mask     a condition per run;  select(mask, a, b), any(mask), & | !
//
// On the GPU these are of one run; on the CPU each is a SIMD vector of CUBIE_LANES
// runs. A product is fused with the sum that it stands in, and with no other
// (fused.hpp): the text says what every bit is. Nothing in generated code branches
// on one run's values, except through any(mask).
//
// Generated code stands in namespace cubie, so that it finds these functions
// before those of the C library and of CUDA.
//
// The generated source defines, before it includes this file:
//   CUBIE_PRECISION   64 or 32
//   CUBIE_STATES, CUBIE_PARAMETERS, CUBIE_OUTPUTS   counts
//   CUBIE_COUNTERS    what each run counts beside its steps; without it: 0
//   CUBIE_TRACE       numbers that a traced program records of each attempt; without it: 0
#ifndef CUBIE_DEVICE_HPP
#define CUBIE_DEVICE_HPP

#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>

#include "cubie/problem.h"

#if !defined(CUBIE_PRECISION) || !defined(CUBIE_STATES) || !defined(CUBIE_PARAMETERS) || !defined(CUBIE_OUTPUTS)
#error "CUBIE_PRECISION, CUBIE_STATES, CUBIE_PARAMETERS and CUBIE_OUTPUTS must be defined first"
#endif
#if !defined(CUBIE_COUNTERS)
#define CUBIE_COUNTERS 0
#endif
#if !defined(CUBIE_TRACE)
#define CUBIE_TRACE 0
#endif

#if defined(__CUDACC__)
#define CUBIE_HD __host__ __device__
#define CUBIE_INLINE __host__ __device__ __forceinline__
#define CUBIE_INLINE_LAMBDA __attribute__((always_inline))
#define CUBIE_NOINLINE __host__ __device__ __noinline__
#if defined(__CUDA_ARCH__)
#define CUBIE_UNROLL _Pragma("unroll")
#define CUBIE_UNROLL_SOME _Pragma("unroll 4")
#define CUBIE_NO_UNROLL _Pragma("unroll 1")
#else // the host's compiler, which has other words for it and runs none of it
#define CUBIE_UNROLL
#define CUBIE_UNROLL_SOME
#define CUBIE_NO_UNROLL
#endif
#define CUBIE_LANES 1
#else
#define CUBIE_HD
// CUBIE_DEBUG, with -O0: a debugger shows every function, and compiling takes a fraction of
// the time. For programs of one project: another one's functions have the same names.
#if defined(CUBIE_DEBUG)
#define CUBIE_INLINE inline
#define CUBIE_INLINE_LAMBDA
#else
#define CUBIE_INLINE inline __attribute__((always_inline))
#define CUBIE_INLINE_LAMBDA __attribute__((always_inline)) // after its parameters
#endif
#define CUBIE_NOINLINE __attribute__((noinline))
#define CUBIE_UNROLL _Pragma("GCC unroll 128")
#define CUBIE_UNROLL_SOME
#define CUBIE_NO_UNROLL _Pragma("GCC unroll 1")
#if defined(__GNUC__) && !defined(__clang__)
// Lanes that have not begun a run hold nothing yet, and begin() chooses between
// that and the new values: nothing is used, but the compiler cannot know.
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif
#endif

namespace cubie {
#if CUBIE_PRECISION == 64
typedef double Scalar;
typedef int64_t ScalarBits;
#elif CUBIE_PRECISION == 32
typedef float Scalar;
typedef int32_t ScalarBits;
#else
#error "CUBIE_PRECISION must be 32 or 64"
#endif
constexpr Scalar largest = std::numeric_limits<Scalar>::max();
constexpr Scalar missing = std::numeric_limits<Scalar>::quiet_NaN();
} // namespace cubie

// As many lanes as the widest register of the machine holds.
#if !defined(CUBIE_LANES)
#if defined(__AVX512F__)
#define CUBIE_LANES (512 / CUBIE_PRECISION)
#elif defined(__AVX__)
#define CUBIE_LANES (256 / CUBIE_PRECISION)
#elif defined(__SSE2__) || defined(__ARM_NEON)
#define CUBIE_LANES (128 / CUBIE_PRECISION)
#else
#define CUBIE_LANES 1
#endif
#endif

#include "cubie/number/digamma.hpp"
#include "cubie/number/lanes.hpp"
#include "cubie/number/reciprocal.hpp"
#include "cubie/implicit.hpp"
#include "cubie/number/complex.hpp"
#include "cubie/sparse.hpp"
#include "cubie/memory.hpp"
#include "cubie/arguments.hpp"
#include "cubie/record.hpp"
#include "cubie/start.hpp"
#include "cubie/control.hpp"
#include "cubie/newton.hpp"
#include "cubie/krylov.hpp"
#include "cubie/host/queue.hpp"
#if defined(__CUDACC__)
#include "cubie/host/cuda.hpp"
#else
#include "cubie/host/cpu.hpp"
#endif
#include "cubie/host/library.hpp"

#endif
