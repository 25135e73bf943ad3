// SPDX-License-Identifier: MIT
// The CUDA target: what kernels are on the device.
#ifndef CUBIE_CUDA_KERNEL_HPP
#define CUBIE_CUDA_KERNEL_HPP

#include "cubie/host/cuda_device.hpp"

namespace cubie {

// How many blocks an SM has to hold at least. Without a number the compiler
// aims at full occupancy: best for a problem of a few states, where each
// attempt is short (Lorenz, RK4: 10 % faster than with 1), but it spills what
// would fit into registers for larger ones (Lorenz 96 with 40 states).
#if defined(CUBIE_BLOCKS)
#define CUBIE_BOUNDS __launch_bounds__(most_threads, CUBIE_BLOCKS)
#elif CUBIE_STATES <= 3
#define CUBIE_BOUNDS __launch_bounds__(most_threads)
#else
#define CUBIE_BOUNDS __launch_bounds__(most_threads, 1)
#endif

// The kernels of a problem: CUBIE_KERNEL(name) { drain<Run<false>>(given, CUBIE_SLAB(Run<false>)); }
#define CUBIE_KERNEL(name) __global__ void CUBIE_BOUNDS name(const __grid_constant__ Arguments given)
#define CUBIE_SLAB(...) shared_slab<__VA_ARGS__>()

// The slab of a lane's run: one of a warp.
template <class Run> __device__ __forceinline__ SharedSlab shared_slab()
{
    extern __shared__ __align__(16) unsigned char slabs[];
    constexpr size_t slab = 32 * size_t(Run::shared_elements) * sizeof(Real);
    if (CUBIE_POISON)
        for (size_t i = threadIdx.x; i < slab * (blockDim.x / 32); i += blockDim.x) slabs[i] = 0xff;
    if (CUBIE_POISON) __syncthreads();
    return SharedSlab{ slabs + threadIdx.x / 32 * slab, int(threadIdx.x % 32) };
}

// What the pass before an adaptive kernel does: begins every run once (start.hpp).
template <class Run> __device__ __forceinline__ void prepare(const Arguments &given, SharedSlab slab)
{
    const uint32_t index = blockIdx.x * blockDim.x + threadIdx.x;
    if (index < given.runs) prepare_run<Run>(given, slab, index);
}

} // namespace cubie

#endif
