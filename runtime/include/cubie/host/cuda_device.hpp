// SPDX-License-Identifier: MIT
// The CUDA target, first half: errors, memory, finding the device, and how a
// kernel is laid on it.
#ifndef CUBIE_CUDA_DEVICE_HPP
#define CUBIE_CUDA_DEVICE_HPP

#include "cubie/host/target.hpp"

#include <cuda_runtime.h>

namespace cubie {

// ---- errors -----------------------------------------------------------------

static int cuda_check(cudaError_t error, const char *function, CubieMessage *message)
{
    if (error == cudaSuccess) return 0;
    (void)cudaGetLastError(); // else the next launch would report it again
    return fail(message, error == cudaErrorMemoryAllocation ? out_of_memory : failure, "%s failed: %s (%s)", function,
                cudaGetErrorString(error), cudaGetErrorName(error));
}

// Calls a function of the CUDA runtime; returns with a message when it failed.
#define CUBIE_CUDA(function, ...)                                                               \
    do {                                                                                        \
        const int cubie_error = ::cubie::cuda_check(function(__VA_ARGS__), #function, message); \
        if (cubie_error) return cubie_error;                                                    \
    } while (0)

// ---- memory -----------------------------------------------------------------

// Memory of the device, that grows and is not initialised.
struct DeviceBuffer {
    unsigned char *base;
    size_t bytes;
};

static void release(DeviceBuffer &buffer)
{
    cudaFree(buffer.base);
    buffer = DeviceBuffer();
}

static int grow(DeviceBuffer &buffer, size_t bytes, const char *what, CubieMessage *message)
{
    if (buffer.base && buffer.bytes >= bytes) return 0;
    release(buffer);
    const cudaError_t error = cudaMalloc(reinterpret_cast<void **>(&buffer.base), bytes ? bytes : 1);
    if (error == cudaErrorMemoryAllocation) {
        size_t free_bytes = 0, all_bytes = 0;
        cudaMemGetInfo(&free_bytes, &all_bytes);
        (void)cudaGetLastError();
        buffer = DeviceBuffer();
        return fail(message, out_of_memory,
                    "not enough memory on the device for the %s of a chunk: %zu bytes are needed, %zu of %zu are free",
                    what, bytes, free_bytes, all_bytes);
    }
    if (error == cudaSuccess) buffer.bytes = bytes;
    return cuda_check(error, "cudaMalloc", message);
}

// Its counterpart on the host: pinned where that can be had, so that copies run
// beside kernels; else ordinary memory.
struct HostBuffer {
    unsigned char *base;
    size_t bytes;
    bool pinned;
};

static void release(HostBuffer &buffer)
{
    if (buffer.pinned)
        cudaFreeHost(buffer.base);
    else
        free(buffer.base);
    buffer = HostBuffer();
}

static int grow(HostBuffer &buffer, size_t bytes, const char *what, CubieMessage *message)
{
    if (buffer.base && buffer.bytes >= bytes) return 0;
    release(buffer);
    const size_t wanted = bytes ? bytes : 1;
    buffer.pinned = cudaHostAlloc(reinterpret_cast<void **>(&buffer.base), wanted, cudaHostAllocDefault) == cudaSuccess;
    if (!buffer.pinned) {
        (void)cudaGetLastError();
        buffer.base = static_cast<unsigned char *>(malloc(wanted));
    }
    if (!buffer.base)
        return fail(message, out_of_memory, "not enough memory on the host for the %s of a chunk: %zu bytes are needed",
                    what, bytes);
    buffer.bytes = bytes;
    return 0;
}

// ---- the device -------------------------------------------------------------

// Why there is no device to count.
static int no_device(cudaError_t error, CubieMessage *message)
{
    int driver = 0;
    (void)cudaDriverGetVersion(&driver);
    (void)cudaGetLastError();
    const char *const name = cudaGetErrorName(error);
    if (error == cudaErrorInsufficientDriver && driver > 0)
        return fail(
            message, failure,
            "the CUDA driver is too old (%s): it supports CUDA %d.%d and this program was built with CUDA %d.%d; "
            "update it, or build with TARGET=cpu to run on this machine",
            name, driver / 1000, driver % 1000 / 10, CUDART_VERSION / 1000, CUDART_VERSION % 1000 / 10);
    if (error == cudaErrorInsufficientDriver)
        return fail(message, failure, "no CUDA driver was found (%s): build with TARGET=cpu to run on this machine",
                    name);
    if (error == cudaErrorNoDevice)
        return fail(message, failure, "no CUDA device was found (%s): build with TARGET=cpu to run on this machine",
                    name);
    return fail(message, failure, "no CUDA device can be used: %s (%s); build with TARGET=cpu to run on this machine",
                cudaGetErrorString(error), name);
}

// How many devices there are; checks that `device` is one of them, or -1.
static int count_devices(int *count, int device, CubieMessage *message)
{
    const cudaError_t error = cudaGetDeviceCount(count);
    if (error != cudaSuccess || *count == 0)
        return no_device(error != cudaSuccess ? error : cudaErrorNoDevice, message);
    if (device >= *count)
        return fail(message, failure, "device %d was asked for, but there %s %d CUDA device%s, numbered from 0", device,
                    *count == 1 ? "is" : "are", *count, *count == 1 ? "" : "s");
    if (device < -1) return fail(message, failure, "device %d was asked for: devices are numbered from 0", device);
    return 0;
}

// ---- kernels on it ----------------------------------------------------------

// A kernel and how it fits: the more warps an SM holds, the better latencies
// are hidden, so blocks have the size with which it holds most.
struct Kernel {
    const void *function;
    const void *preparation; // the pass before it, or null
    int shared_elements;     // Reals of a run's shared slab
    Gains gains;
    int resident[3]; // blocks that an SM holds, of 32, 64 and 128 threads
};
static constexpr int block_sizes = 3, most_threads = 32 << (block_sizes - 1);

static size_t shared_bytes(const Kernel &kernel, int threads)
{
    return size_t(threads) * size_t(kernel.shared_elements) * sizeof(Real);
}

static int fit_kernel(Kernel &kernel, const cudaDeviceProp &device, CubieMessage *message)
{
    cudaFuncAttributes code;
    const cudaError_t error = cudaFuncGetAttributes(&code, kernel.function);
    if (error == cudaErrorNoKernelImageForDevice || error == cudaErrorInvalidDeviceFunction)
        return fail(message, failure, "this program was not built for the %s: build it with ARCH=sm_%d%d", device.name,
                    device.major, device.minor);
    if (error != cudaSuccess) return cuda_check(error, "cudaFuncGetAttributes", message);
    // a block may have more than 48 KiB only where it is asked for
    const size_t limit = device.sharedMemPerBlockOptin - code.sharedSizeBytes;
    const size_t most = shared_bytes(kernel, most_threads);
    CUBIE_CUDA(cudaFuncSetAttribute, kernel.function, cudaFuncAttributeMaxDynamicSharedMemorySize,
               int(most < limit ? most : limit));
    if (kernel.preparation)
        CUBIE_CUDA(cudaFuncSetAttribute, kernel.preparation, cudaFuncAttributeMaxDynamicSharedMemorySize,
                   int(most < limit ? most : limit));
    if (most > 0) // (the default is right for the others: blocks take some shared memory of their own)
        CUBIE_CUDA(cudaFuncSetAttribute, kernel.function, cudaFuncAttributePreferredSharedMemoryCarveout,
                   int(cudaSharedmemCarveoutMaxShared));
    for (int i = 0; i < block_sizes; i++) {
        const size_t bytes = shared_bytes(kernel, 32 << i);
        if (bytes > limit) continue;
        CUBIE_CUDA(cudaOccupancyMaxActiveBlocksPerMultiprocessor, &kernel.resident[i], kernel.function, 32 << i, bytes);
    }
    if (kernel.resident[0] == 0)
        return fail(message, failure,
                    "the shared memory of 32 runs is %zu bytes, and a block of the %s has at most %zu: "
                    "set the location of some buffers to local and generate the project again",
                    shared_bytes(kernel, 32), device.name, limit);
    return 0;
}

struct Launch {
    int blocks, threads;
};

// Warps that an SM works on at once: 32 keep it busy; a warp goes on until its
// longest run ends, so with few runs a lane it is better to have fewer: 24 lose
// little (van der Pol, 2^20 runs of very unequal length: a tenth faster).
static uint32_t warps_wanted(int sms, uint32_t runs)
{
    const uint32_t for_sixteen_runs = runs / (uint32_t(sms) * 32 * 16);
    return for_sixteen_runs < 24 ? 24 : for_sixteen_runs > 32 ? 32 : for_sixteen_runs;
}

// No more blocks than run at once: lanes take further runs from the queue. When
// all runs fit at once, single warps spread them evenly over the SMs.
static Launch choose_launch(const Kernel &kernel, int sms, uint32_t runs)
{
    int best = 0;
    for (int i = 1; i < block_sizes; i++)
        if (kernel.resident[i] << i >= kernel.resident[best] << best) best = i;
    if (runs <= uint64_t(sms) * uint64_t(kernel.resident[0]) * 32) best = 0;
    const uint32_t threads = 32u << best, needed = (runs + threads - 1) / threads;
    const uint32_t resident = uint32_t(kernel.resident[best]), wanted = warps_wanted(sms, runs) * 32 / threads;
    const uint32_t most = uint32_t(sms) * (kernel.preparation && wanted < resident ? wanted : resident);
    return { int(needed < most ? needed : most), int(threads) };
}

} // namespace cubie

#endif
