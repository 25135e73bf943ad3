// SPDX-License-Identifier: MIT
// Both targets through their interface, with the problem of target_run.hpp:
// every element of every run is compared with a plain computation on the host,
// bit for bit. Results start as 0xff (CUBIE_POISON), so nothing may be left out.
// Compiled by tests/device/target_cpu.sh as C++ and by tests/device/target_cuda.sh as CUDA.
#include "device/target_run.hpp"
#include "tap.h"

#include <string>
#include <time.h>

static const CubieTarget &target = decay::target;

static bool same_value(Scalar got, Scalar expected)
{
    cubie::ScalarBits bits;
    memcpy(&bits, &got, sizeof bits);
    if (std::isnan(expected)) return std::isnan(got) && bits != -1; // -1: never written
    return memcmp(&got, &expected, sizeof got) == 0;
}

// With room for the blocks, which a target fills.
static CubieChunk empty_chunk()
{
    static CubieBlock room[4];
    CubieChunk chunk = {};
    chunk.block = room;
    return chunk;
}

// Of the kernel's rows y, z, k.
static const void *row_of(const CubieChunk &chunk, uint64_t instant, uint64_t row)
{
    const int output = row == 2, element = row == 0;
    return cubie_block_values(&decay::output[output], &chunk.block[output], instant, output ? 0 : element);
}

static void copy_chunk(Results &results, const Batch &batch, const CubieChunk &chunk)
{
    for (uint64_t row = 0; row < batch.instants() * 3; row++)
        memcpy(&results.value[row * batch.runs + chunk.first], row_of(chunk, row / 3, row % 3),
               chunk.runs * sizeof(Scalar));
    memcpy(&results.steps[chunk.first], chunk.steps, chunk.runs * sizeof(uint32_t));
    memcpy(&results.rejected[chunk.first], chunk.rejected, chunk.runs * sizeof(uint32_t));
    for (uint64_t k = 0; k < 2; k++)
        memcpy(&results.counter[k * batch.runs + chunk.first],
               cubie_block_values(&decay::output[2 + k], &chunk.block[2 + k], 0, 0), chunk.runs * sizeof(uint32_t));
    memcpy(&results.status[chunk.first], chunk.status, chunk.runs * sizeof(uint16_t));
}

// The batch in chunks of `size`, two in flight.
static bool integrate(Results &results, CubieDevice *device, Batch &batch, uint32_t size)
{
    CubieMessage message = {};
    CubieChunk chunk = empty_chunk();
    int started = 0, finished = 0;
    uint64_t first = 0;
    while (first < batch.runs || finished < started) {
        if (first < batch.runs && started - finished < 2) {
            const uint64_t left = batch.runs - first;
            const CubieJob job = batch.chunk(first, uint32_t(left < size ? left : size));
            if (target.start(device, started++ % 2, &job, &message)) return tap_diag("%s", message.text), false;
            first += job.runs;
            continue;
        }
        if (target.finish(device, finished++ % 2, &chunk, &message)) return tap_diag("%s", message.text), false;
        if (!(chunk.kernel_seconds >= 0 && chunk.copy_seconds >= 0)) return tap_diag("a negative time"), false;
        copy_chunk(results, batch, chunk);
    }
    return true;
}

static bool same_results(const Batch &batch, const Results &got, const Results &expected)
{
    for (size_t i = 0; i < got.value.size(); i++)
        if (!same_value(got.value[i], expected.value[i])) {
            tap_diag("row %zu of run %zu is %.17g, not %.17g", i / batch.runs, size_t(i % batch.runs),
                     double(got.value[i]), double(expected.value[i]));
            return false;
        }
    for (size_t r = 0; r < batch.runs; r++)
        if (got.steps[r] != expected.steps[r] || got.rejected[r] != expected.rejected[r] ||
            got.status[r] != expected.status[r]) {
            tap_diag("run %zu has %u steps, %u rejected, status %u, not %u, %u, %u", r, got.steps[r], got.rejected[r],
                     got.status[r], expected.steps[r], expected.rejected[r], expected.status[r]);
            return false;
        }
    if (got.counter == expected.counter) return true;
    return tap_diag("counters differ"), false;
}

static void check(CubieDevice *device, Batch &batch, uint32_t size, const char *what)
{
    Results expected(batch), got(batch);
    for (uint64_t run = 0; run < batch.runs; run++) expect_run(expected, batch, run);
    const bool done = integrate(got, device, batch, size);
    tap_ok(done && same_results(batch, got, expected), "%s: %llu runs in chunks of %u", what,
           (unsigned long long)batch.runs, size);
}

static std::vector<double> lengths(size_t count)
{
    std::vector<double> result(count);
    for (size_t i = 0; i < count; i++) result[i] = double(i * 7919 % 61);
    return result;
}

// End states with every kind of column, in chunks that cut the tables anywhere.
static void check_columns(CubieDevice *device)
{
    const std::vector<double> length = lengths(97), rates = { 0.5, 1, 2, 3.5 };
    for (uint32_t size : { 10007u, 1000u, 63u }) {
        Batch batch(size == 63 ? 1000 : 10007);
        check(device, batch, size, "no columns");
        batch.columns = { linear(0, 0.125, 4, 103, 97), table(1, length, 1) };
        check(device, batch, size, "a grid of two inputs");
        batch.columns = { table(0, rates, 5), table(1, length, 20), linear(2, -1, 1, 11, 1) };
        check(device, batch, size, "tables with strides");
        const std::vector<double> each = lengths(batch.runs + 10);
        batch.columns = { table(1, each, 1), random_column(0, CUBIE_SWEEP_UNIFORM, 0.5, 2) };
        check(device, batch, size, "a table longer than the batch, and a random input");
        batch.columns = { random_column(2, CUBIE_SWEEP_NORMAL, 1, 0.25), linear(1, 0, 59, 60, 3) };
        check(device, batch, size, "a normal input");
    }
}

// What is not wanted may hold anything; all else arrives.
static void check_wanted(CubieDevice *device)
{
    for (int wanted = 0; wanted < 4; wanted++)
        for (uint64_t saves : { 0u, 41u }) {
            Batch batch(3001);
            const unsigned char each[4] = { (unsigned char)(wanted & 1), (unsigned char)(wanted >> 1), 1, 1 };
            batch.job.wanted = each;
            batch.job.saves = saves;
            Results expected(batch), got(batch);
            for (uint64_t run = 0; run < batch.runs; run++) expect_run(expected, batch, run);
            const bool done = integrate(got, device, batch, 1000);
            for (size_t i = 0; i < got.value.size(); i++)
                if (!each[i / batch.runs % 3 == 2]) got.value[i] = expected.value[i];
            tap_ok(done && same_results(batch, got, expected), "%s%swanted, %llu instants", each[0] ? "(z, y) " : "",
                   each[1] ? "k " : "", (unsigned long long)batch.instants());
        }
}

static void check_saving(CubieDevice *device)
{
    const std::vector<double> length = lengths(97);
    for (uint32_t size : { 3001u, 500u, 7u }) {
        Batch batch(size == 7 ? 100 : 3001);
        batch.columns = { linear(0, 0.125, 4, 103, 97), table(1, length, 1) };
        batch.job.saves = 41;
        check(device, batch, size, "saved at equal intervals");
        batch.job.save_start = 2;
        batch.job.save_every = 3;
        batch.job.saves = 12;
        check(device, batch, size, "saved from a later start");
        batch.save_at = { 0, 1, 5, 8, 30, 45 };
        batch.job.saves = batch.save_at.size();
        check(device, batch, size, "saved at given instants");
        batch.job.max_steps = 25;
        check(device, batch, size, "saved, some runs fail");
        batch.job.saves = 0;
        check(device, batch, size, "end states, some runs fail");
    }
}

static void check_sizes(CubieDevice *device)
{
    const std::vector<double> length = lengths(97);
    for (uint64_t runs : { 1, 2, 7, 31, 33, 128, 129 }) {
        Batch batch(runs);
        batch.columns = { table(1, length, 1) };
        check(device, batch, 1000, "a small batch");
    }
    Batch none(0);
    CubieMessage message = {};
    CubieChunk chunk = empty_chunk();
    const CubieJob job = none.chunk(0, 0);
    tap_ok(target.start(device, 0, &job, &message) == 0 && target.finish(device, 0, &chunk, &message) == 0 &&
               chunk.runs == 0,
           "a chunk of no runs");
}

// Every number of the rows of some runs, of all rows that there is room for.
static void check_traces(CubieDevice *device, uint32_t room)
{
    const std::vector<double> length = lengths(97);
    const std::vector<uint32_t> traced = { 0, 1, 40, 96, 500, 999 };
    Batch batch(2000);
    batch.columns = { linear(0, 0.125, 4, 103, 97), table(1, length, 1) };
    CubieMessage message = {};
    CubieChunk chunk = empty_chunk();
    CubieJob job = batch.chunk(1000, 1000);
    job.traced = uint32_t(traced.size());
    job.traced_run = traced.data();
    job.trace_attempts = room;
    if (target.start(device, 0, &job, &message) || target.finish(device, 0, &chunk, &message))
        tap_diag("%s", message.text);
    size_t differences = 0;
    const Scalar *row = static_cast<const Scalar *>(chunk.trace);
    for (const uint32_t run : traced)
        for (const Scalar expected : expect_trace(batch, 1000 + run, room)) {
            const Scalar got = *row++;
            differences += std::isnan(expected) ? !std::isnan(got) : memcmp(&got, &expected, sizeof got) != 0;
        }
    tap_ok(differences == 0, "traces of %zu runs, %u attempts of each (%zu numbers differ)", traced.size(), room,
           differences);
}

static void pause_briefly()
{
    const struct timespec moment = { 0, 1000000 };
    nanosleep(&moment, nullptr);
}

static void check_progress(CubieDevice *device)
{
    Batch batch(200000);
    batch.value[1] = 2000;
    batch.job.fixed_steps = 2000;
    batch.value[3] = 5000;
    CubieMessage message = {};
    CubieChunk chunk = empty_chunk();
    const CubieJob job = batch.chunk(0, 200000);
    bool rising = true;
    int finished = 0;
    uint32_t last = 0;
    if (!tap_ok(target.start(device, 1, &job, &message) == 0, "a long chunk starts"))
        return tap_diag("%s", message.text);
    for (int i = 0; i < 100000 && !finished; i++) {
        const uint32_t taken = target.progress(device, 1, &finished);
        rising = rising && taken >= last && taken <= 200000;
        last = taken;
        pause_briefly();
    }
    tap_ok(rising && finished, "progress rises and comes to an end");
    tap_ok(target.progress(device, 1, &finished) == 200000 && finished, "at the end all runs are taken");
    tap_ok(target.finish(device, 1, &chunk, &message) == 0 && chunk.kernel_seconds > 0, "the kernel took time");
}

static void check_cancel(CubieDevice *device)
{
    Batch batch(uint64_t(1) << 21);
    batch.value[0] = 0;
    batch.job.max_steps = 3000000;
    CubieMessage message = {};
    CubieChunk chunk = empty_chunk();
    CubieJob job = batch.chunk(0, uint32_t(batch.runs));
    batch.value[1] = 1;
    job.fixed_steps = 1;
    for (int slot = 0; slot < 2; slot++) // memory grows now: that would wait for chunks in flight
        if (target.start(device, slot, &job, &message) || target.finish(device, slot, &chunk, &message))
            tap_diag("%s", message.text);
    batch.value[1] = 2e6;
    job.fixed_steps = 2000000;
    for (int slot = 0; slot < 2; slot++)
        tap_ok(target.start(device, slot, &job, &message) == 0, "slot %d starts", slot);
    target.cancel(device);
    int finished = 0;
    uint32_t done = 0;
    for (int slot = 0; slot < 2; slot++) {
        tap_ok(target.finish(device, slot, &chunk, &message) == 0, "slot %d ends after it was cancelled", slot);
        for (uint32_t r = 0; r < chunk.runs; r++) done += chunk.steps[r] != UINT32_MAX;
        tap_ok(target.progress(device, slot, &finished) <= chunk.runs && finished, "slot %d is finished", slot);
    }
    tap_ok(done < batch.runs / 2, "most runs were not started (%u of %llu were)", done,
           (unsigned long long)(2 * batch.runs));
    Batch again(1000);
    check(device, again, 300, "after a cancelled chunk");
}

// The text of a start that is refused, and its kind.
static void check_refused(CubieDevice *device, Batch &batch, uint32_t runs, int kind, const char *text)
{
    CubieMessage message = {};
    const CubieJob job = batch.chunk(0, runs);
    const int error = target.start(device, 0, &job, &message);
    if (!tap_ok(error == kind && strstr(message.text, text), "refused: %s", text))
        tap_diag("%d: %s", error, message.text);
}

static void check_limits(CubieDevice *device)
{
    Batch batch(1000);
    check_refused(device, batch, UINT32_MAX, 1,
                  "a chunk of 4294967295 runs is too large: at most 2147483647 can be counted");
    batch.job.fixed_steps = 5000000000;
    check_refused(device, batch, 10, 1,
                  "5000000000 steps are too many: at most 4294967295 can be counted, so dt must be longer");
    batch.job.fixed_steps = 0;
    batch.job.saves = uint64_t(1) << 32;
    check_refused(device, batch, 10, 1, "4294967296 saved instants are too many: at most 4294967295 can be counted");
    batch.job.saves = UINT32_MAX;
    check_refused(device, batch, UINT32_MAX / 2, 2, "are larger than any memory");
    batch.job.saves = 2000000;
    check_refused(device, batch, 2000000, 2,
                  cubie::slab_lanes == 1 ? "no memory for the results of a chunk" : "not enough memory");
    batch.job.saves = 0;
    check(device, batch, 1000, "after a chunk that was too large");
}

static void check_arguments()
{
    Batch batch(1);
    batch.job.t0 = 3;
    batch.atol[0] = 1e-60;
    batch.atol[1] = 0;
    const cubie::Gains own = { 1, 0.5, 0.25 };
    cubie::Arguments a = cubie::make_arguments(batch.chunk(0, 1), own);
    const Scalar ulp = Scalar(8) * std::numeric_limits<Scalar>::epsilon();
    const cubie::Limits &limits = a.limits;
    const float root = float(std::sqrt(2.0)); // two states
    tap_ok(limits.t_stop == Scalar(8) - 4 * ulp && a.slack == 8 * ulp && a.t0 == 3 && limits.t_end == 8,
           "times of a job");
    tap_ok(limits.kp == 0.5f && limits.ki == 0.25f && limits.kd == 0.125f, "the controller's own gains, halved");
    tap_ok(std::fabs(limits.rtol[0] / 1e-6f / root - 1) < 1e-6f, "tolerances of a mean square");
    tap_ok(limits.atol[0] == FLT_MIN && limits.atol[1] == 0, "a tolerance stays above zero in float32");
    tap_ok(std::isinf(limits.dt_max) && a.dt == Scalar(0.125), "an infinite dt_max");
    tap_ok(limits.log2_safety == float(std::log2(0.9)) && limits.log2_min_gain == float(std::log2(0.2)),
           "gains as logarithms");
    batch.job.ki = 3;
    a = cubie::make_arguments(batch.chunk(0, 1), own);
    tap_ok(limits.kp == 0 && limits.ki == 1.5f && limits.kd == 0, "gains of the job, halved");
    tap_ok(cubie::runs_that_fit(1000, 1, 50) == 1000 / (3 * sizeof(Scalar) + 18 + 9 * sizeof(Scalar)), "runs that fit");
    tap_ok(cubie::runs_that_fit(1000, UINT64_MAX, 50) == 1 && cubie::runs_that_fit(UINT64_MAX, 1, 50) == 50,
           "at least one run, at most what is asked");
}

static void check_capacity(CubieDevice *device)
{
    const uint32_t one = target.capacity(device, 1), many = target.capacity(device, 100000),
                   most = target.capacity(device, UINT64_MAX);
    tap_diag("%s: %u runs, %u with 100000 instants", target.describe(device), one, many);
    tap_ok(one > 1000 && many < one && many >= 1 && most == 1, "capacity falls with the instants");
}

static bool brief; // an argument: no long chunks, for tools that slow the device down

static void check_device(int threads)
{
    CubieMessage message = {};
    CubieDevice *const device = target.open(&decay::problem, -1, threads, &message);
    if (!tap_ok(device, "the device opens")) return tap_diag("%s", message.text);
    check_capacity(device);
    check_columns(device);
    for (uint32_t room : { 1u, 17u, 100u }) check_traces(device, room);
    check_wanted(device);
    check_saving(device);
    check_sizes(device);
    if (!brief) check_progress(device);
    if (!brief) check_cancel(device);
    check_limits(device);
    Batch batch(1 << 20);
    const CubieJob job = batch.chunk(0, 1 << 20);
    tap_ok(target.start(device, 0, &job, &message) == 0, "a chunk is in flight");
    target.close(device);
    tap_ok(true, "the device closes");
}

static void check_open(int device, int threads, const char *text)
{
    CubieMessage message = {};
    CubieDevice *const opened = target.open(&decay::problem, device, threads, &message);
    if (!tap_ok(!opened && strstr(message.text, text), "refused: %s", text)) tap_diag("%s", message.text);
    target.close(opened);
}

#if defined(__CUDACC__)
static void check_target()
{
    int devices = 0;
    if (cudaGetDeviceCount(&devices) != cudaSuccess || devices == 0) {
        CubieMessage message = {};
        tap_ok(!target.open(&decay::problem, -1, 0, &message) &&
                   strstr(message.text, "build with TARGET=cpu to run on this machine"),
               "no device: %s", message.text);
        tap_skip("the kernels run", "no CUDA device here");
        return;
    }
    check_open(devices, 0, ("device " + std::to_string(devices) + " was asked for").c_str());
    check_open(-1, 2, "threads are for programs built with TARGET=cpu");
    check_device(0);
}
#else
static void check_target()
{
    check_open(0, 0, "GPU 0 was asked for, but this program was built for the CPU: build it with TARGET=cuda");
    check_open(-1, -1, "-1 threads were asked for: 1 to 65536 are possible, or 0 for one per core");
    for (int threads : { 0, 1, 2, 5 }) check_device(threads);
}
#endif

int main(int argc, char **)
{
    brief = argc > 1;
    check_arguments();
    check_target();
    return tap_done();
}
