// SPDX-License-Identifier: MIT
// A problem written by hand, to test targets without a generator: y' = -k y by
// explicit Euler, z counts down by one a step. Each run takes as many steps as
// its parameter `length` says, so that lanes end at different times; one that
// runs into max_steps fails. With DECAY_FIXED all take the steps of the job.
// Every number is exact or has one rounding, so all targets give the same bits.
// Below it: batches of the problem, and what each of their runs must give.
//
//   parameters 0: k (rate), 1: length;  states 2: y, 3: z;  outputs y, z, k (problem: (z, y), k)
#ifndef TESTS_TARGET_RUN_HPP
#define TESTS_TARGET_RUN_HPP

#ifndef CUBIE_PRECISION
#define CUBIE_PRECISION 64
#endif
#define CUBIE_STATES 2
#define CUBIE_PARAMETERS 2
#define CUBIE_OUTPUTS 3
#define CUBIE_COUNTERS 2
#define CUBIE_TRACE 5
#define CUBIE_POISON 1
#include <cubie/device.hpp>

#include <cmath>
#include <vector>

namespace decay {
using namespace cubie;

#ifndef DECAY_SHARED
#define DECAY_SHARED 0 // 1: the state lies in the shared slab
#endif
#ifndef DECAY_FIXED
#define DECAY_FIXED 0 // 1: all runs take the same number of steps
#endif

template <bool saving> struct Run {
    static constexpr int shared_elements = DECAY_SHARED ? 3 : 0;
    static constexpr bool fixed = DECAY_FIXED;
    static constexpr float kp = 0.25f, ki = 0.5f, kd = 0.0f;
    const Arguments &given;
    const SharedSlab shared;
#if DECAY_SHARED
    const Shared<Real> state;
#else
    Real state[2];
#endif
    Real parameters[2], factor, dt;
    Count steps, attempts, status, saved, twice, third;

    CUBIE_INLINE Run(const Arguments &arguments, SharedSlab slab)
        : given(arguments), shared(slab)
#if DECAY_SHARED
          ,
          state(slab.at<Real>(1))
#endif
    {
    }

    template <class Start> CUBIE_INLINE void begin(Mask mask, Count run, const Start &start)
    {
        Real input[4];
        start.load(input, mask, run);
        CUBIE_UNROLL for (int i = 0; i < 2; i++) parameters[i] = select(mask, input[i], parameters[i]);
        CUBIE_UNROLL for (int i = 0; i < 2; i++) state[i] = select(mask, input[2 + i], Real(state[i]));
        dt = select(mask, start.step(run), dt);
        factor = select(mask, Real(Scalar(1)) - dt * parameters[0], factor);
        steps = select(mask, Count(0u), steps);
        attempts = select(mask, Count(0u), attempts);
        status = select(mask, Count(0u), status);
        saved = select(mask, Count(0u), saved);
        twice = select(mask, Count(0u), twice);
        third = select(mask, Count(0u), third);
        if (saving) save(mask, run);
    }

    CUBIE_INLINE void save(Mask mask, Count run)
    {
        const Real output[3] = { Real(state[0]), Real(state[1]), parameters[0] };
        const Mask due = mask & is_due(given, saved, real(steps));
        store<0, 3>(due, output, given, saved, run);
        saved = select(due, saved + Count(1u), saved);
    }

    CUBIE_INLINE void attempt(Mask active, Count run)
    {
        const Recorder recorder(given, active, run, attempts);
        recorder.put(0, real(attempts));
        attempts = select(active, attempts + Count(1u), attempts);
        twice = select(active, twice + Count(2u), twice);
        third = select(active & (attempts == Count(3u)), third + Count(1u), third);
        const Mask accept = active & (attempts != Count(fixed ? 0u : 3u)); // the third is always rejected
        state[0] = select(accept, Real(state[0]) * factor, Real(state[0]));
        state[1] = select(accept, Real(state[1]) - Real(Scalar(1)), Real(state[1]));
        steps = select(accept, steps + Count(1u), steps);
        CUBIE_UNROLL for (int i = 0; i < 2; i++) recorder.put(1 + i, Real(Scalar(2)) * state[i]);
        recorder.put_item(3, 2, select(accept, Count(0u), Count(1u)), real(steps)); // accepted or not
        recorder.put_item(3, 2, 2, real(steps));                                    // there is no third
        const Mask too_many = attempts >= Count(given.limits.max_steps);
        if (!fixed) status = select(active & too_many, Count(unsigned(CUBIE_MAX_STEPS)), status);
        if (saving) save(accept, run);
    }

    CUBIE_INLINE Mask late() const
    {
        return real(steps) * Real(Scalar(1.125)) >= parameters[1];
    }

    CUBIE_INLINE void idle()
    {
        parameters[1] = Real(Scalar(0));
        steps = status = Count(0u);
    }

    CUBIE_INLINE Mask done() const
    {
        return (real(steps) >= parameters[1]) | (status != Count(0u));
    }

    CUBIE_INLINE void finish(Mask mask, Count run)
    {
        const Mask failed = mask & (status != Count(0u));
        if (saving) {
            store_missing(mask, given, saved, run);
        } else {
            const Real output[3] = { Real(state[0]), Real(state[1]), parameters[0] };
            store<0, 3>(mask & (status == Count(0u)), output, given, Count(0u), run);
            store_missing(failed, given, Count(0u), run);
        }
        store_counters(mask, given, run, steps, attempts, status);
        store_counter<0>(mask, given, run, twice);
        store_counter<1>(mask, given, run, third);
    }
};

CUBIE_KERNEL(end_kernel)
{
    drain<Run<false>>(given, CUBIE_SLAB(Run<false>));
}
CUBIE_KERNEL(saving_kernel)
{
    drain<Run<true>>(given, CUBIE_SLAB(Run<true>));
}
CUBIE_KERNEL(begin_kernel)
{
    prepare<Run<false>>(given, CUBIE_SLAB(Run<false>));
}

constexpr CubieTarget target = make_target<Run<false>, Run<true>, end_kernel, saving_kernel, begin_kernel>();

const CubieVariable input[4] = {
    { "k", "k", "", 0, nullptr },
    { "length", "length", "", 0, nullptr },
    { "y", "y", "", 1, nullptr },
    { "z", "z", "", 0, nullptr },
};
// z and y as a vector against the order of their places.
const int place_of_zy[2] = { 1, 0 };
const CubieOutput output[4] = {
    { "zy", "zy", "", "", CUBIE_OF_INSTANT, CUBIE_REAL, 2, 0, 1, place_of_zy },
    { "k", "k", "", "", CUBIE_OF_INSTANT, CUBIE_REAL, 0, 2, 1, nullptr },
    { "twice", "twice", "two for every attempt", "", CUBIE_OF_RUN, CUBIE_UINT32, 0, 0, 1, nullptr },
    { "third", "third", "third attempts", "", CUBIE_OF_RUN, CUBIE_UINT32, 0, 1, 1, nullptr },
};
const CubieRecord record[3] = {
    { "attempts", "attempts so far", CUBIE_RECORD_COUNT, 0, 1 },
    { "state", "twice the state", CUBIE_RECORD_STATES, 1, 2 },
    { "steps", "steps, by what became of them", CUBIE_RECORD_ITEMS, 3, 2 },
};
const CubieProblem problem = {
    CUBIE_ABI, "decay", "by hand", "", "euler", "fixed", "", CUBIE_PRECISION, 1, 0, 2,   2, 0, input, 4,
    output,    3,       record,    "", 0,       nullptr, 0,  nullptr,         0, 0, "s", 0, 0, 0,     &target,
};

} // namespace decay

// ---- batches ----------------------------------------------------------------

using cubie::Scalar;
typedef std::vector<CubieColumn> Columns;

// A job and all that it points to.
struct Batch {
    CubieJob job = {};
    Columns columns;
    double value[4] = { 0.25, 20, 1, 50 };
    unsigned char given[2] = { 1, 1 };
    double rtol[2] = { 1e-6, 1e-6 }, atol[2] = { 1e-6, 1e-6 };
    std::vector<double> save_at;
    uint64_t runs;

    explicit Batch(uint64_t all) : runs(all)
    {
        job.value = value;
        job.given = given;
        job.rtol = rtol;
        job.atol = atol;
        job.t_end = 8;
        job.dt = 0.125;
        job.dt_max = INFINITY;
        job.safety = 0.9;
        job.min_gain = 0.2;
        job.max_gain = 10;
        job.max_steps = 100000;
        job.save_every = 1;
        job.fixed_steps = 37;
    }
    CubieJob chunk(uint64_t first, uint32_t count)
    {
        job.first = first;
        job.runs = count;
        job.columns = int(columns.size());
        job.column = columns.data();
        job.save_at = save_at.empty() ? nullptr : save_at.data();
        return job;
    }
    uint64_t instants() const { return job.saves ? job.saves : 1; }
};

static CubieColumn table(int input, const std::vector<double> &values, uint64_t stride)
{
    return { CUBIE_SWEEP_TABLE, input, stride, values.size(), 0, 0, 0, values.data(), 0 };
}
static CubieColumn linear(int input, double start, double stop, uint64_t count, uint64_t stride)
{
    return { CUBIE_SWEEP_LINEAR, input, stride, count, start, (stop - start) / double(count - 1), stop, nullptr, 0 };
}
static CubieColumn random_column(int input, int kind, double start, double step)
{
    return { kind, input, 1, 1, start, step, start + step, nullptr, cubie_sweep_key(7, "random") };
}

// Results of a batch, in the order of a chunk that holds all of it.
struct Results {
    std::vector<Scalar> value;
    std::vector<uint32_t> steps, rejected, counter;
    std::vector<uint16_t> status;
    explicit Results(const Batch &batch)
        : value(batch.instants() * 3 * batch.runs), steps(batch.runs), rejected(batch.runs), counter(2 * batch.runs),
          status(batch.runs)
    {
    }
};

static Scalar input_value(const Batch &batch, int input, uint64_t run)
{
    Scalar result = Scalar(batch.value[input]);
    for (const CubieColumn &column : batch.columns) {
        if (column.input != input) continue;
        if (column.kind == CUBIE_SWEEP_TABLE) {
            result = Scalar(column.table[run / column.stride % column.count]);
            continue;
        }
        cubie::Column prepared;
        cubie::prepare_column(prepared, column, 0, uint32_t(batch.runs));
        result = cubie::column_value(prepared, uint32_t(run));
    }
    return result;
}

// Rows of a traced run, [room][5]; NaN where nothing is written.
static std::vector<Scalar> expect_trace(const Batch &batch, uint64_t run, uint32_t room)
{
    std::vector<Scalar> rows(size_t(room) * CUBIE_TRACE, Scalar(NAN));
    const Scalar factor = Scalar(1) - Scalar(batch.job.dt) * input_value(batch, 0, run),
                 length = input_value(batch, 1, run);
    Scalar y = input_value(batch, 2, run), z = input_value(batch, 3, run);
    uint32_t steps = 0;
    for (uint32_t attempt = 0; DECAY_FIXED ? steps < batch.job.fixed_steps : Scalar(steps) < length; attempt++) {
        const bool accept = DECAY_FIXED || attempt != 2;
        if (accept) y *= factor, z -= 1, steps++;
        if (attempt >= room) continue;
        Scalar *row = &rows[size_t(attempt) * CUBIE_TRACE];
        row[0] = Scalar(attempt), row[1] = 2 * y, row[2] = 2 * z, row[accept ? 3 : 4] = Scalar(steps);
    }
    return rows;
}

// One run, step by step.
static void expect_run(Results &results, const Batch &batch, uint64_t run)
{
    const Scalar k = input_value(batch, 0, run), length = input_value(batch, 1, run);
    const Scalar factor = Scalar(1) - Scalar(batch.job.dt) * k;
    Scalar y = input_value(batch, 2, run), z = input_value(batch, 3, run);
    uint32_t steps = 0, attempts = 0, status = 0;
    uint64_t saved = 0;
    auto put = [&](uint64_t instant, Scalar a, Scalar b, Scalar c) {
        const Scalar values[3] = { a, b, c };
        for (uint64_t o = 0; o < 3; o++) results.value[(instant * 3 + o) * batch.runs + run] = values[o];
    };
    auto save = [&] {
        if (saved >= batch.job.saves) return;
        const double due =
            batch.save_at.empty() ? batch.job.save_start + double(saved) * batch.job.save_every : batch.save_at[saved];
        if (due <= steps) put(saved++, y, z, k);
    };
    save();
    while (DECAY_FIXED ? steps < batch.job.fixed_steps : Scalar(steps) < length && !status) {
        attempts++;
        if (attempts >= batch.job.max_steps && !DECAY_FIXED) status = CUBIE_MAX_STEPS;
        if (attempts == 3 && !DECAY_FIXED) continue;
        y *= factor;
        z -= 1;
        steps++;
        save();
    }
    if (batch.job.saves == 0 && !status) put(saved++, y, z, k);
    for (; saved < batch.instants(); saved++) put(saved, Scalar(NAN), Scalar(NAN), Scalar(NAN));
    results.steps[run] = steps;
    results.rejected[run] = attempts - steps;
    results.counter[run] = 2 * attempts;
    results.counter[batch.runs + run] = attempts >= 3;
    results.status[run] = uint16_t(status);
}

#endif
