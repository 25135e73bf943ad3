// SPDX-License-Identifier: MIT
// The CUDA target: one thread, one run; one launch for the whole chunk.
//
//   constexpr CubieTarget target = make_target<Run<false>, Run<true>, end, saving, preparation>();
//
// makes the target of a problem (target.hpp: what Run is) from its kernels: of end states, of
// saved instants, and of what begins all runs before one of these, or nullptr with fixed steps.
//
// Each of the two slots has a stream of its own, in which inputs go up, the
// kernel runs and results come down, so that copies of one chunk run beside the
// kernel of the other, and its kernel starts as the first one thins out. A
// third stream reads queues for progress and empties them to cancel.
#ifndef CUBIE_CUDA_HPP
#define CUBIE_CUDA_HPP

#include "cubie/host/cuda_copy.hpp"
#include "cubie/host/cuda_kernel.hpp"

#include <new>

namespace cubie {

#if CUDART_VERSION >= 12010
constexpr size_t most_argument_bytes = 32764; // sm_70 and later
#else
constexpr size_t most_argument_bytes = 4096;
#endif
static_assert(sizeof(Arguments) <= most_argument_bytes,
              "too many states and parameters: a kernel's arguments take 32764 bytes at most (4096 before CUDA 12.1)");

// What cancel writes to a queue: more than the number of any run.
constexpr uint32_t cancelled = uint32_t(1) << 31;

struct Slot {
    cudaStream_t stream;
    cudaEvent_t queued; // inputs and queue are on the device
    cudaEvent_t begin;  // the kernel may start
    cudaEvent_t copied; // results are on the host
    cudaEvent_t end;    // of the kernel; one of the device's
    HostBuffer inputs, results;
    DeviceBuffer device_inputs, device_results, device_start;
    Arguments arguments;
    ResultLayout layout;
    Pieces pieces; // of the values, that are copied
    uint64_t first;
    uint64_t number; // of the chunk, from 1 on
    uint32_t taken;  // runs taken from the queue when last seen
    bool busy;       // between start and finish
};

} // namespace cubie

struct CubieDevice {
    const CubieProblem *problem;
    int ordinal;
    cudaDeviceProp properties;
    cubie::Kernel end_only, saving;
    cudaStream_t control;   // progress and cancel
    cubie::HostBuffer seen; // a queue, as last read ...
    uint64_t reading;       // ... for the chunk of this number
    // Ends of kernels: two chunks in flight, and the one before them.
    cudaEvent_t end[4];
    uint64_t started; // chunks so far
    cubie::Slot slot[2];
};

namespace cubie {

// ---- open and close ---------------------------------------------------------

static void close_cuda_slot(Slot &slot)
{
    release(slot.inputs);
    release(slot.results);
    release(slot.device_inputs);
    release(slot.device_results);
    release(slot.device_start);
    for (cudaEvent_t event : { slot.queued, slot.begin, slot.copied })
        if (event) cudaEventDestroy(event);
    if (slot.stream) cudaStreamDestroy(slot.stream);
}

// Lets queues run dry, that of the older chunk first: the other one may only
// come to the device once it is through. The new value follows the one of start.
static void cancel_cuda(CubieDevice *device)
{
    cudaSetDevice(device->ordinal);
    const int newer = device->slot[1].number > device->slot[0].number;
    for (Slot *slot : { &device->slot[!newer], &device->slot[newer] }) {
        if (!slot->busy) continue;
        cudaStreamWaitEvent(device->control, slot->queued, 0);
        cudaMemcpyAsync(slot->arguments.queue, &cancelled, sizeof cancelled, cudaMemcpyHostToDevice, device->control);
    }
}

static void close_cuda(CubieDevice *device)
{
    if (!device) return;
    cancel_cuda(device);
    for (Slot &slot : device->slot)
        if (slot.stream) cudaStreamSynchronize(slot.stream);
    if (device->control) cudaStreamSynchronize(device->control);
    for (Slot &slot : device->slot) close_cuda_slot(slot);
    for (cudaEvent_t event : device->end)
        if (event) cudaEventDestroy(event);
    release(device->seen);
    if (device->control) cudaStreamDestroy(device->control);
    (void)cudaGetLastError();
    delete device;
}

static int open_cuda_slot(Slot &slot, CubieMessage *message)
{
    CUBIE_CUDA(cudaStreamCreateWithFlags, &slot.stream, cudaStreamNonBlocking);
    CUBIE_CUDA(cudaEventCreateWithFlags, &slot.queued, cudaEventDisableTiming);
    CUBIE_CUDA(cudaEventCreate, &slot.begin);
    CUBIE_CUDA(cudaEventCreateWithFlags, &slot.copied, cudaEventBlockingSync); // the CPU is the writer's
    return 0;
}

static int open_cuda(CubieDevice *device, int ordinal, CubieMessage *message)
{
    device->ordinal = ordinal;
    CUBIE_CUDA(cudaSetDevice, ordinal);
    CUBIE_CUDA(cudaGetDeviceProperties, &device->properties, ordinal);
    for (Kernel *kernel : { &device->end_only, &device->saving })
        if (const int error = fit_kernel(*kernel, device->properties, message)) return error;
    CUBIE_CUDA(cudaStreamCreateWithFlags, &device->control, cudaStreamNonBlocking);
    for (cudaEvent_t &event : device->end) CUBIE_CUDA(cudaEventCreateWithFlags, &event, cudaEventBlockingSync);
    for (Slot &slot : device->slot)
        if (const int error = open_cuda_slot(slot, message)) return error;
    return grow(device->seen, sizeof(uint32_t), "progress", message);
}

// Opens one device; NULL with a message when it cannot be used.
static CubieDevice *try_device(Kernel end_only, Kernel saving, int ordinal, CubieMessage *message)
{
    CubieDevice *const device = new (std::nothrow) CubieDevice();
    if (!device) {
        fail(message, failure, "no memory for the description of a device");
        return nullptr;
    }
    device->end_only = end_only;
    device->saving = saving;
    if (open_cuda(device, ordinal, message) == 0) return device;
    close_cuda(device);
    return nullptr;
}

// `End` is the run of end states, which also begins for the other: it saves nothing.
template <class End, class Run, auto kernel, auto preparation> static Kernel kernel_of()
{
    static_assert(End::shared_elements <= Run::shared_elements,
                  "the slab of the kernel has to hold that of its preparation");
    const void *before = nullptr;
    if constexpr (!Run::fixed) before = reinterpret_cast<const void *>(preparation);
    return { reinterpret_cast<const void *>(kernel), before, Run::shared_elements, gains_of<Run>(), {} };
}

template <class End, class Saving, auto end, auto saving, auto preparation>
static CubieDevice *open_cuda_for(const CubieProblem *problem, int ordinal, int threads, CubieMessage *message)
{
    assert(is_described_by(*problem));
    int count = 0;
    if (threads != 0) {
        fail(message, failure,
             "%d threads were asked for: threads are for programs built with TARGET=cpu, and this one runs on a GPU",
             threads);
        return nullptr;
    }
    if (count_devices(&count, ordinal, message)) return nullptr;
    const int first = ordinal < 0 ? 0 : ordinal, last = ordinal < 0 ? count - 1 : ordinal;
    CubieDevice *device = nullptr;
    for (int i = first; i <= last && !device; i++)
        device = try_device(kernel_of<End, End, end, preparation>(), kernel_of<End, Saving, saving, preparation>(), i,
                            message);
    if (device) device->problem = problem;
    return device;
}

static const char *describe_cuda(CubieDevice *device) { return device->properties.name; }

// What 90 % of the free memory holds in two slots; and not more than 2 GiB of
// pinned host memory or 2^22 runs each, since that only gets later to the output.
static uint32_t capacity_cuda(CubieDevice *device, uint64_t instants)
{
    size_t free_bytes = 0, all_bytes = 0;
    cudaSetDevice(device->ordinal);
    cudaMemGetInfo(&free_bytes, &all_bytes);
    uint64_t bytes = free_bytes;
    for (const Slot &slot : device->slot) bytes += slot.device_inputs.bytes + slot.device_results.bytes;
    bytes = bytes / 10 * 9 / 2;
    const uint64_t host = available_bytes() / 4 / 2, most = uint64_t(2) << 30;
    if (bytes > host) bytes = host;
    return runs_that_fit(bytes < most ? bytes : most, instants ? instants : 1, uint32_t(1) << 22);
}

// ---- chunks -----------------------------------------------------------------

// The block of inputs starts with the queue, so that one copy brings all.
constexpr size_t queue_bytes = padded(sizeof(uint32_t));

static int grow_slot(Slot &slot, const CubieJob &job, bool prepared, CubieMessage *message)
{
    const size_t bytes = queue_bytes + input_bytes(job);
    const size_t start = prepared ? (size_t(job.columns) + 1) * job.runs * sizeof(Scalar) : 0;
    int error = grow(slot.device_results, slot.layout.bytes, "results", message);
    if (!error && prepared) error = grow(slot.device_start, start, "first steps", message);
    if (!error) error = grow(slot.device_inputs, bytes, "inputs", message);
    if (!error) error = grow(slot.results, slot.layout.bytes, "results", message);
    if (!error) error = grow(slot.inputs, bytes, "inputs", message);
    if (!error) return 0;
    release(slot.device_results); // makes room for a smaller chunk
    release(slot.device_start);
    release(slot.device_inputs);
    release(slot.results);
    release(slot.inputs);
    return error;
}

// Inputs and arguments of a chunk, as they will lie on the device.
static void fill_slot(Slot &slot, const CubieJob &job, const Kernel &kernel)
{
    memset(slot.inputs.base, 0, queue_bytes);
    slot.arguments = make_arguments(job, kernel.gains);
    fill_inputs(slot.arguments, slot.inputs.base + queue_bytes, slot.device_inputs.base + queue_bytes, job);
    place_results(slot.arguments, slot.device_results.base, slot.layout);
    slot.arguments.queue = reinterpret_cast<uint32_t *>(slot.device_inputs.base);
    slot.arguments.start = reinterpret_cast<Scalar *>(slot.device_start.base);
}

static int enqueue_copy(const Slot &slot, CubieMessage *message)
{
    return enqueue_results(slot.results.base, slot.device_results.base, slot.layout, slot.pieces, slot.arguments.runs,
                           slot.stream, message);
}

static unsigned blocks_for(uint32_t runs, int threads)
{
    return unsigned((uint64_t(runs) + unsigned(threads) - 1) / unsigned(threads));
}

// Everything a chunk needs, in its stream.
static int enqueue_chunk(Slot &slot, const Kernel &kernel, Launch launch, size_t bytes, CubieMessage *message)
{
    CUBIE_CUDA(cudaMemcpyAsync, slot.device_inputs.base, slot.inputs.base, bytes, cudaMemcpyHostToDevice, slot.stream);
    CUBIE_CUDA(cudaEventRecord, slot.queued, slot.stream);
    if (CUBIE_POISON)
        CUBIE_CUDA(cudaMemsetAsync, slot.device_results.base, 0xff, slot.device_results.bytes, slot.stream);
    if (slot.layout.counter > slot.layout.trace)
        CUBIE_CUDA(cudaMemsetAsync, slot.device_results.base + slot.layout.trace, 0xff,
                   slot.layout.counter - slot.layout.trace, slot.stream);
    CUBIE_CUDA(cudaEventRecord, slot.begin, slot.stream);
    void *arguments[] = { &slot.arguments };
    if (launch.blocks > 0 && kernel.preparation)
        CUBIE_CUDA(cudaLaunchKernel, kernel.preparation, dim3(blocks_for(slot.arguments.runs, launch.threads)),
                   dim3(unsigned(launch.threads)), arguments, shared_bytes(kernel, launch.threads), slot.stream);
    if (launch.blocks > 0)
        CUBIE_CUDA(cudaLaunchKernel, kernel.function, dim3(unsigned(launch.blocks)), dim3(unsigned(launch.threads)),
                   arguments, shared_bytes(kernel, launch.threads), slot.stream);
    CUBIE_CUDA(cudaEventRecord, slot.end, slot.stream);
    // a copy to memory that is not pinned would wait for the kernel: finish makes it
    if (slot.results.pinned)
        if (const int error = enqueue_copy(slot, message)) return error;
    CUBIE_CUDA(cudaEventRecord, slot.copied, slot.stream);
    return 0;
}

static int start_cuda(CubieDevice *device, int number, const CubieJob *job, CubieMessage *message)
{
    Slot &slot = device->slot[number];
    assert(!slot.busy);
    CUBIE_CUDA(cudaSetDevice, device->ordinal);
    int error = check_job(*job, message);
    if (error) return error;
    const Kernel &kernel = job->saves ? device->saving : device->end_only;
    const Launch launch = choose_launch(kernel, device->properties.multiProcessorCount, job->runs);
    slot.layout = result_layout(*job);
    error = grow_slot(slot, *job, kernel.preparation != nullptr, message);
    if (error) return error;
    fill_slot(slot, *job, kernel);
    slot.first = job->first;
    slot.number = device->started + 1;
    slot.taken = 0;
    slot.end = device->end[slot.number % 4];
    slot.pieces = choose_pieces(*device->problem, job->wanted, device->properties.memPitch);
    error = enqueue_chunk(slot, kernel, launch, queue_bytes + input_bytes(*job), message);
    if (error) {
        cudaStreamSynchronize(slot.stream); // whatever was enqueued uses the slot's memory
        return error;
    }
    device->started++;
    slot.busy = true;
    return 0;
}

// Reads the queue beside the kernel; what came back counts from the next call on.
static uint32_t progress_cuda(CubieDevice *device, int number, int *finished)
{
    Slot &slot = device->slot[number];
    cudaSetDevice(device->ordinal);
    *finished = !slot.busy || cudaEventQuery(slot.copied) != cudaErrorNotReady;
    if (*finished) return slot.arguments.runs;
    if (cudaStreamQuery(device->control) == cudaSuccess && cudaEventQuery(slot.queued) == cudaSuccess) {
        uint32_t seen;
        memcpy(&seen, device->seen.base, sizeof seen);
        for (Slot &any : device->slot)
            if (device->reading == any.number && any.number)
                any.taken = seen < any.arguments.runs ? seen : any.arguments.runs;
        device->reading = slot.number;
        cudaMemcpyAsync(device->seen.base, slot.arguments.queue, sizeof seen, cudaMemcpyDeviceToHost, device->control);
    }
    return slot.taken;
}

static double elapsed_seconds(cudaEvent_t from, cudaEvent_t to)
{
    float milliseconds = 0;
    if (cudaEventElapsedTime(&milliseconds, from, to) == cudaSuccess) return milliseconds * 1e-3;
    (void)cudaGetLastError();
    return -1;
}

// Kernels of two chunks overlap; that time counts for the earlier one.
static double kernel_seconds(const CubieDevice &device, const Slot &slot)
{
    const double whole = elapsed_seconds(slot.begin, slot.end);
    const double since = slot.number > 1 ? elapsed_seconds(device.end[(slot.number - 1) % 4], slot.end) : -1;
    const double seconds = since >= 0 && since < whole ? since : whole;
    return seconds > 0 ? seconds : 0;
}

// Brings results to memory that is not pinned.
static int copy_results(Slot &slot, CubieMessage *message)
{
    CUBIE_CUDA(cudaEventSynchronize, slot.end);
    if (const int error = enqueue_copy(slot, message)) return error;
    CUBIE_CUDA(cudaEventRecord, slot.copied, slot.stream);
    return 0;
}

static int finish_cuda(CubieDevice *device, int number, CubieChunk *chunk, CubieMessage *message)
{
    Slot &slot = device->slot[number];
    assert(slot.busy);
    slot.busy = false;
    CUBIE_CUDA(cudaSetDevice, device->ordinal);
    if (!slot.results.pinned)
        if (const int error = copy_results(slot, message)) return error;
    CUBIE_CUDA(cudaEventSynchronize, slot.copied);
    chunk->first = slot.first;
    chunk->runs = slot.arguments.runs;
    place_results(*chunk, *device->problem, slot.results.base, slot.layout);
    chunk->kernel_seconds = kernel_seconds(*device, slot);
    const double copy = elapsed_seconds(slot.end, slot.copied);
    chunk->copy_seconds = copy > 0 ? copy : 0;
    return 0;
}

template <class End, class Saving, auto end, auto saving, auto preparation> static constexpr CubieTarget make_target()
{
    return { "cuda",        open_cuda_for<End, Saving, end, saving, preparation>,
             describe_cuda, capacity_cuda,
             start_cuda,    progress_cuda,
             finish_cuda,   cancel_cuda,
             close_cuda };
}

} // namespace cubie

#endif
