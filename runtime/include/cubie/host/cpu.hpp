// SPDX-License-Identifier: MIT
// The CPU target: chunks are drained by a pool of threads, each of which works
// on as many runs at once as a vector has lanes.
//
//   constexpr CubieTarget target = make_target<Run<false>, Run<true>, end, saving, preparation>();
//
// makes the target of a problem (target.hpp: what Run is) from its kernels, as on a GPU. Threads
// begin their runs themselves: they have no use for the last one.
//
// The threads live as long as the device and take chunks in the order of their
// start, each going on to the next chunk as soon as it finds no more runs. So
// start returns at once, two chunks overlap at their ends, and cancel and
// progress are one access to a counter. They are POSIX threads rather than
// OpenMP's, since those only come in regions that the caller waits for.
#ifndef CUBIE_CPU_HPP
#define CUBIE_CPU_HPP

#include "cubie/host/target.hpp"

#include <cerrno>
#include <chrono>
#include <climits>
#include <new>
#include <pthread.h>
#include <sched.h>
#include <signal.h>

namespace cubie {

// The kernels of a problem: CUBIE_KERNEL(name) { drain<Run<false>>(given, CUBIE_SLAB(Run<false>)); }
#define CUBIE_KERNEL(name) static void name(const Arguments &given, SharedSlab slab)
#define CUBIE_SLAB(...) slab

template <class Run> static void prepare(const Arguments &, SharedSlab) {}

struct Kernel {
    void (*drain)(const Arguments &, SharedSlab);
    Gains gains;
};

// Memory that grows and is not initialised.
struct Buffer {
    unsigned char *base;
    size_t bytes;
};

struct Slot {
    alignas(64) uint32_t queue; // next run to be taken; alone in its cache line
    alignas(64) Kernel kernel;
    Arguments arguments;
    ResultLayout layout;
    Buffer inputs, results;
    uint64_t first;
    bool busy;      // between start and finish
    int working;    // threads that are not through with it
    double began;   // first thread came, in seconds of the steady clock
    double seconds; // that the kernel took
};

struct Worker {
    CubieDevice *device;
    pthread_t thread;
    unsigned char *slab;
};

} // namespace cubie

struct CubieDevice {
    const CubieProblem *problem;
    cubie::Kernel end_only, saving;
    int threads;                 // that run
    cubie::Worker *worker;       // [threads]
    pthread_mutex_t lock;        // guards all that follows
    pthread_cond_t posted, done; // a chunk was started (or the device closes); one is through
    bool closing;
    uint64_t started;      // chunks so far
    cubie::Slot *order[2]; // slot of chunk k: order[k % 2]
    cubie::Slot slot[2];
    double last_end; // of the last chunk that was done
    char description[64];
};

namespace cubie {

// ---- the threads ------------------------------------------------------------

static double seconds_now()
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

// Waits for chunk number `next`; NULL when the device closes.
static Slot *next_chunk(CubieDevice &device, uint64_t next)
{
    pthread_mutex_lock(&device.lock);
    while (device.started <= next && !device.closing) pthread_cond_wait(&device.posted, &device.lock);
    Slot *const slot = device.started > next ? device.order[next % 2] : nullptr;
    if (slot && slot->began == 0) slot->began = seconds_now();
    pthread_mutex_unlock(&device.lock);
    return slot;
}

// One thread found no more runs. Chunks overlap, so that time counts for the
// earlier one until it is through.
static void leave_chunk(CubieDevice &device, Slot &slot)
{
    pthread_mutex_lock(&device.lock);
    if (--slot.working == 0) {
        const double now = seconds_now();
        slot.seconds = now - (slot.began > device.last_end ? slot.began : device.last_end);
        device.last_end = now;
        pthread_cond_broadcast(&device.done);
    }
    pthread_mutex_unlock(&device.lock);
}

static void *work(void *argument)
{
    Worker &worker = *static_cast<Worker *>(argument);
    for (uint64_t next = 0;; next++) {
        Slot *const slot = next_chunk(*worker.device, next);
        if (!slot) return nullptr;
        slot->kernel.drain(slot->arguments, SharedSlab{ worker.slab, 0 });
        leave_chunk(*worker.device, *slot);
    }
}

// A run in flight lives on the stack of its thread, with all its stages.
template <class Run> static constexpr size_t stack_bytes() { return (size_t(8) << 20) + 8 * sizeof(Run); }

// Threads of a device get no signals: those are the business of the program.
static int start_thread(Worker &worker, size_t stack)
{
    sigset_t all, before;
    sigfillset(&all);
    pthread_attr_t attributes;
    int error = pthread_attr_init(&attributes);
    if (error) return error;
    error = pthread_attr_setstacksize(&attributes, stack / 65536 * 65536 + 65536);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    if (!error) error = pthread_create(&worker.thread, &attributes, work, &worker);
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
    pthread_attr_destroy(&attributes);
    return error;
}

// ---- open and close ---------------------------------------------------------

// CPUs that this process may use.
static int usable_cores()
{
#if defined(__linux__)
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) == 0 && CPU_COUNT(&set) > 0) return CPU_COUNT(&set);
#endif
    const long online = sysconf(_SC_NPROCESSORS_ONLN);
    return online > 0 && online < INT_MAX ? int(online) : 1;
}

static void describe_threads(CubieDevice &device)
{
#if CUBIE_LANES == 1
    const char *const registers = "";
#elif CUBIE_LANES * CUBIE_PRECISION == 512 && defined(__AVX512F__)
    const char *const registers = " (AVX-512)";
#elif CUBIE_LANES * CUBIE_PRECISION == 256 && defined(__AVX2__)
    const char *const registers = " (AVX2)";
#elif CUBIE_LANES * CUBIE_PRECISION == 256 && defined(__AVX__)
    const char *const registers = " (AVX)";
#elif CUBIE_LANES * CUBIE_PRECISION == 128 && defined(__SSE2__)
    const char *const registers = " (SSE2)";
#elif CUBIE_LANES * CUBIE_PRECISION == 128 && defined(__ARM_NEON)
    const char *const registers = " (NEON)";
#else
    const char *const registers = "";
#endif
    snprintf(device.description, sizeof device.description, "%d thread%s of %d lane%s%s", device.threads,
             device.threads == 1 ? "" : "s", CUBIE_LANES, CUBIE_LANES == 1 ? "" : "s", registers);
}

static unsigned char *allocate(size_t bytes)
{
    return static_cast<unsigned char *>(aligned_alloc(piece_alignment, padded(bytes ? bytes : 1)));
}

// The queues run dry. What was never started stays unwritten.
static void cancel_cpu(CubieDevice *device)
{
    pthread_mutex_lock(&device->lock);
    for (Slot &slot : device->slot)
        if (slot.working > 0) __atomic_store_n(&slot.queue, slot.arguments.runs, __ATOMIC_RELAXED);
    pthread_mutex_unlock(&device->lock);
}

static void close_cpu(CubieDevice *device)
{
    if (!device) return;
    cancel_cpu(device);
    pthread_mutex_lock(&device->lock);
    device->closing = true;
    pthread_cond_broadcast(&device->posted);
    pthread_mutex_unlock(&device->lock);
    for (int i = 0; i < device->threads; i++) {
        pthread_join(device->worker[i].thread, nullptr);
        free(device->worker[i].slab);
    }
    for (Slot &slot : device->slot) {
        free(slot.inputs.base);
        free(slot.results.base);
    }
    pthread_cond_destroy(&device->done);
    pthread_cond_destroy(&device->posted);
    pthread_mutex_destroy(&device->lock);
    delete[] device->worker;
    delete device;
}

// Starts the next thread, with its slab.
static int add_thread(CubieDevice &device, size_t slab, size_t stack, CubieMessage *message)
{
    Worker &worker = device.worker[device.threads];
    worker.device = &device;
    worker.slab = allocate(slab);
    if (!worker.slab)
        return fail(message, failure, "no memory for the shared slab of thread %d (%zu bytes)", device.threads + 1,
                    slab);
    if (CUBIE_POISON) memset(worker.slab, 0xff, slab);
    const int error = start_thread(worker, stack);
    if (error) {
        free(worker.slab);
        return fail(message, failure, "thread %d could not be started: %s (--threads=%d asks for fewer)",
                    device.threads + 1, strerror(error), device.threads > 0 ? device.threads : 1);
    }
    device.threads++;
    return 0;
}

static CubieDevice *open_cpu(Kernel end_only, Kernel saving, int threads, size_t slab, size_t stack,
                             CubieMessage *message)
{
    CubieDevice *const device = new (std::nothrow) CubieDevice();
    Worker *const worker = new (std::nothrow) Worker[size_t(threads)]();
    if (!device || !worker) {
        delete device;
        delete[] worker;
        fail(message, failure, "no memory for %d threads", threads);
        return nullptr;
    }
    device->end_only = end_only;
    device->saving = saving;
    device->worker = worker;
    pthread_mutex_init(&device->lock, nullptr);
    pthread_cond_init(&device->posted, nullptr);
    pthread_cond_init(&device->done, nullptr);
    while (device->threads < threads) {
        if (add_thread(*device, slab, stack, message) == 0) continue;
        close_cpu(device);
        return nullptr;
    }
    describe_threads(*device);
    return device;
}

template <class End, class Saving, auto end, auto saving>
static CubieDevice *open_cpu_for(const CubieProblem *problem, int device, int threads, CubieMessage *message)
{
    assert(is_described_by(*problem));
    constexpr int elements =
        End::shared_elements > Saving::shared_elements ? End::shared_elements : Saving::shared_elements;
    constexpr size_t stack = stack_bytes<End>() > stack_bytes<Saving>() ? stack_bytes<End>() : stack_bytes<Saving>();
    if (device >= 0) {
        fail(message, failure,
             "GPU %d was asked for, but this program was built for the CPU: build it with TARGET=cuda", device);
        return nullptr;
    }
    if (threads < 0 || threads > 65536) {
        fail(message, failure, "%d threads were asked for: 1 to 65536 are possible, or 0 for one per core", threads);
        return nullptr;
    }
    CubieDevice *const opened =
        open_cpu({ end, gains_of<End>() }, { saving, gains_of<Saving>() }, threads ? threads : usable_cores(),
                 size_t(elements) * sizeof(Real), stack, message);
    if (opened) opened->problem = problem;
    return opened;
}

static const char *describe_cpu(CubieDevice *device) { return device->description; }

// ---- chunks -----------------------------------------------------------------

// A quarter of the memory at most for both slots; beyond 1 GiB each and 2^22
// runs a chunk only gets later to the output.
static uint32_t capacity_cpu(CubieDevice *, uint64_t instants)
{
    const uint64_t most = uint64_t(1) << 30, quarter = available_bytes() / 4;
    return runs_that_fit(quarter / 2 < most ? quarter / 2 : most, instants ? instants : 1, uint32_t(1) << 22);
}

static int grow(Buffer &buffer, size_t bytes, const char *what, CubieMessage *message)
{
    if (buffer.base && buffer.bytes >= bytes) return 0;
    free(buffer.base);
    buffer.bytes = 0;
    buffer.base = allocate(bytes);
    if (!buffer.base) return fail(message, out_of_memory, "no memory for the %s of a chunk (%zu bytes)", what, bytes);
    buffer.bytes = bytes;
    return 0;
}

static int prepare_chunk(Slot &slot, const Kernel &kernel, const CubieJob &job, CubieMessage *message)
{
    int error = check_job(job, message);
    if (error) return error;
    slot.layout = result_layout(job);
    error = grow(slot.results, slot.layout.bytes, "results", message);
    if (!error) error = grow(slot.inputs, input_bytes(job), "inputs", message);
    if (error) return error;
    if (CUBIE_POISON) memset(slot.results.base, 0xff, slot.results.bytes);
    if (job.traced) memset(slot.results.base + slot.layout.trace, 0xff, trace_bytes(job));
    slot.kernel = kernel;
    slot.first = job.first;
    slot.arguments = make_arguments(job, kernel.gains);
    fill_inputs(slot.arguments, slot.inputs.base, slot.inputs.base, job);
    place_results(slot.arguments, slot.results.base, slot.layout);
    slot.queue = 0;
    slot.arguments.queue = &slot.queue;
    return 0;
}

static int start_cpu(CubieDevice *device, int number, const CubieJob *job, CubieMessage *message)
{
    Slot &slot = device->slot[number];
    assert(!slot.busy);
    const int error = prepare_chunk(slot, job->saves ? device->saving : device->end_only, *job, message);
    if (error) return error;
    pthread_mutex_lock(&device->lock);
    slot.busy = true;
    slot.working = device->threads;
    slot.began = 0;
    device->order[device->started % 2] = &slot;
    device->started++;
    pthread_cond_broadcast(&device->posted);
    pthread_mutex_unlock(&device->lock);
    return 0;
}

static uint32_t progress_cpu(CubieDevice *device, int number, int *finished)
{
    Slot &slot = device->slot[number];
    pthread_mutex_lock(&device->lock);
    *finished = slot.working == 0;
    pthread_mutex_unlock(&device->lock);
    const uint32_t taken = __atomic_load_n(&slot.queue, __ATOMIC_RELAXED);
    return taken < slot.arguments.runs ? taken : slot.arguments.runs;
}

static int finish_cpu(CubieDevice *device, int number, CubieChunk *chunk, CubieMessage *)
{
    Slot &slot = device->slot[number];
    assert(slot.busy);
    pthread_mutex_lock(&device->lock);
    while (slot.working > 0) pthread_cond_wait(&device->done, &device->lock);
    slot.busy = false;
    pthread_mutex_unlock(&device->lock);
    chunk->first = slot.first;
    chunk->runs = slot.arguments.runs;
    place_results(*chunk, *device->problem, slot.results.base, slot.layout);
    chunk->kernel_seconds = slot.seconds;
    chunk->copy_seconds = 0;
    return 0;
}

template <class End, class Saving, auto end, auto saving, auto> static constexpr CubieTarget make_target()
{
    return { "cpu",        open_cpu_for<End, Saving, end, saving>,
             describe_cpu, capacity_cpu,
             start_cpu,    progress_cpu,
             finish_cpu,   cancel_cpu,
             close_cpu };
}

} // namespace cubie

#endif
