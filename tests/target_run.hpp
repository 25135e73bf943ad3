// A problem written by hand, to test targets without a generator: y' = -k y by
// explicit Euler, z counts down by one a step. Each run takes as many steps as
// its parameter `length` says, so that lanes end at different times; one that
// runs into max_steps fails. Every number is exact or has one rounding, so all
// targets give the same bits.
//
//   parameters 0: k (rate), 1: length;  states 2: y, 3: z;  outputs y, z, k
#ifndef TESTS_TARGET_RUN_HPP
#define TESTS_TARGET_RUN_HPP

#ifndef CUBIE_PRECISION
#define CUBIE_PRECISION 64
#endif
#define CUBIE_STATES 2
#define CUBIE_PARAMETERS 2
#define CUBIE_OUTPUTS 3
#define CUBIE_POISON 1
#include <cubie/device.hpp>

namespace decay {
using namespace cubie;

#ifndef DECAY_SHARED
#define DECAY_SHARED 0 // 1: the state lies in the shared slab
#endif

template <bool saving> struct Run {
    static constexpr int shared_elements = DECAY_SHARED ? 3 : 0;
    static constexpr bool fixed = false; // each run has its own number of attempts
    static constexpr float kp = 0.25f, ki = 0.5f, kd = 0.0f;
    const Arguments &given;
    const SharedSlab shared;
#if DECAY_SHARED
    const Shared<Real> state;
#else
    Real state[2];
#endif
    Real parameters[2], factor, dt; // dt: for start.hpp only
    Count steps, attempts, status, saved;

    CUBIE_INLINE Run(const Arguments &arguments, SharedSlab slab)
        : given(arguments), shared(slab)
#if DECAY_SHARED
          , state(slab.at<Real>(1))
#endif
    {
    }

    template <class Start> CUBIE_INLINE void begin(Mask mask, Count run, const Start &start)
    {
        Real input[4];
        start.load(input, mask, run);
        CUBIE_UNROLL for (int i = 0; i < 2; i++) parameters[i] = select(mask, input[i], parameters[i]);
        CUBIE_UNROLL for (int i = 0; i < 2; i++) state[i] = select(mask, input[2 + i], Real(state[i]));
        factor = select(mask, Real(Scalar(1)) - Real(given.dt) * parameters[0], factor);
        steps = select(mask, Count(0u), steps);
        attempts = select(mask, Count(0u), attempts);
        status = select(mask, Count(0u), status);
        saved = select(mask, Count(0u), saved);
        if (saving) save(mask & (run < Count(given.runs)), run); // lanes of the first vector may have no run
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
        attempts = select(active, attempts + Count(1u), attempts);
        const Mask accept = active & !(attempts == Count(3u)); // the third is always rejected
        state[0] = select(accept, Real(state[0]) * factor, Real(state[0]));
        state[1] = select(accept, Real(state[1]) - Real(Scalar(1)), Real(state[1]));
        steps = select(accept, steps + Count(1u), steps);
        status = select(active & (attempts >= Count(given.limits.max_steps)), Count(unsigned(CUBIE_MAX_STEPS)), status);
        if (saving) save(accept, run);
    }

    CUBIE_INLINE void idle()
    {
        parameters[1] = Real(Scalar(0));
        steps = status = Count(0u);
    }

    CUBIE_INLINE Mask done() const { return (real(steps) >= parameters[1]) | (status != Count(0u)); }

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
    }
};

constexpr CubieTarget target = make_target<Run<false>, Run<true>>();

const CubieVariable input[4] = {
    { "k", "k", "", 0, nullptr }, { "length", "length", "", 0, nullptr },
    { "y", "y", "", 1, nullptr }, { "z", "z", "", 0, nullptr },
};
const CubieVariable output[3] = { { "y", "y", "", 0, nullptr }, { "z", "z", "", 0, nullptr }, { "k", "k", "", 0, nullptr } };
const CubieProblem problem = {
    CUBIE_ABI, "decay", "by hand", "", "euler", "fixed", "", CUBIE_PRECISION, 1, 0, 2, 2, 0, input, 3, output,
    0, nullptr, 0, nullptr, 0, 0, 0, "s", 0, 0, 0, &target,
};

} // namespace decay

#endif
