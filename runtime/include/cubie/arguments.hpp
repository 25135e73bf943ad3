// SPDX-License-Identifier: MIT
// What a kernel is given: inputs, times, tolerances, and where results go. Passed by value: on the GPU all of it lies in the
// constant bank, so what does not vary between runs costs no register.
#ifndef CUBIE_ARGUMENTS_HPP
#define CUBIE_ARGUMENTS_HPP

#include "cubie/sweep.h"

namespace cubie {

constexpr int inputs = CUBIE_PARAMETERS + CUBIE_STATES; // parameters, then initial values
constexpr int outputs = CUBIE_OUTPUTS;
constexpr int counters = CUBIE_COUNTERS; // of the method, beside steps

#if CUBIE_PRECISION == 64
typedef CubieColumn64 Column;
CUBIE_INLINE Scalar column_value(const Column &column, uint32_t run) { return cubie_sweep_value_f64(&column, run); }
#else
typedef CubieColumn32 Column;
CUBIE_INLINE Scalar column_value(const Column &column, uint32_t run) { return cubie_sweep_value_f32(&column, run); }
#endif

// What every attempt of every run is measured against.
struct Limits {
    Scalar t_end;
    Scalar t_stop; // a run is done from here on: t_end less a few units in the last place
    Scalar t_late; // a fifth of the time before t_end
    Scalar dt_min, dt_max;
    float log2_safety, log2_min_gain, log2_max_gain;
    float kp, ki, kd;                               // exponents of the squared norm (half of those of the norm)
    uint32_t max_steps;                             // attempts
    float log2_newton_tolerance, log2_newton_floor; // of the norm of what is left, and of rounding (newton.hpp)
    float krylov_tolerance;                         // of the norm, not below rounding
    uint32_t newton_max_iterations, krylov_max_iterations;
    float atol[CUBIE_STATES], rtol[CUBIE_STATES]; // times sqrt(states): sums of squares are then mean squares
};

struct Arguments {
    uint32_t runs; // of this chunk
    int columns;   // inputs that vary
    const Column *column;
    uint16_t varying[inputs]; // the input of each column
    Scalar value[inputs];     // of inputs that do not
    unsigned char
        given[CUBIE_STATES > 0 ? CUBIE_STATES : 1]; // 1: the initial value is an input, not the problem's expression
    Scalar t0;
    Scalar slack; // an instant this little after the end of a step still lies in it
    Scalar dt;    // adaptive: first step or 0; fixed: the step
    uint32_t fixed_steps;
    Limits limits;
    const Limits *limits_in_memory; // the same
    uint32_t saves;                 // instants; 0: the end state only
    Scalar save_start, save_every;
    const Scalar *save_at;      // or the instants themselves
    Scalar *start;              // what begins a run, prepared (start.hpp); or null
    Scalar *out;                // [instant][output][run]
    uint32_t *steps, *rejected; // [run]
    uint16_t *status;           // [run]
    uint32_t *counter;          // [counter][run]
    uint32_t *queue;            // next run to be taken
#if CUBIE_TRACE > 0
    uint32_t traced, trace_attempts; // runs, and attempts of each, that are recorded
    const uint32_t *traced_run;      // ascending
    Scalar *trace;                   // [traced][trace_attempts][CUBIE_TRACE]
#endif
};

// In float32 on the GPU an attempt of a small problem is so short that loading
// its limits from the constant bank again and again is a tenth of it. A copy
// that came through memory stays in registers.
#if defined(__CUDACC__) && CUBIE_PRECISION == 32 && CUBIE_STATES <= 8
typedef const Limits HeldLimits;
CUBIE_INLINE const Limits &hold_limits(const Arguments &given) { return *given.limits_in_memory; }
#else
typedef const Limits &HeldLimits;
CUBIE_INLINE const Limits &hold_limits(const Arguments &given) { return given.limits; }
#endif

// The instant with number `saved` of each run.
CUBIE_INLINE Real save_time(const Arguments &given, Count saved)
{
    if (!given.save_at) return Real(given.save_start) + real(saved) * Real(given.save_every);
    Real time = Real(given.limits.t_end);
    CUBIE_UNROLL for (int l = 0; l < CUBIE_LANES; l++) if (lane(saved, l) < given.saves)
        set_lane(time, l, given.save_at[lane(saved, l)]);
    return time;
}

// Runs whose next instant is not after `time`.
CUBIE_INLINE Mask is_due(const Arguments &given, Count saved, Real time)
{
    return (saved < Count(given.saves)) & (save_time(given, saved) <= time + Real(given.slack));
}

// Writes `count` outputs, from number `first` on, of the runs in `mask`, each at its own instant.
template <int first, int count, class Values>
CUBIE_INLINE void store(Mask mask, Values values, const Arguments &given, Count instant, Count run)
{
    CUBIE_UNROLL for (int l = 0; l < CUBIE_LANES; l++)
    {
        if (!lane(mask, l)) continue;
        Scalar *out = given.out + (size_t(lane(instant, l)) * outputs + first) * given.runs + lane(run, l);
        CUBIE_UNROLL for (int o = 0; o < count; o++) out[size_t(o) * given.runs] = lane(values[o], l);
    }
}

// Writes NaN at all instants from `instant` on of the runs in `mask`.
CUBIE_INLINE void store_missing(Mask mask, const Arguments &given, Count instant, Count run)
{
    const uint32_t instants = given.saves ? given.saves : 1;
    CUBIE_UNROLL for (int l = 0; l < CUBIE_LANES; l++)
    {
        if (!lane(mask, l)) continue;
        CUBIE_NO_UNROLL for (uint32_t k = lane(instant, l); k < instants; k++)
            CUBIE_NO_UNROLL for (int o = 0; o < outputs; o++)
                given.out[(size_t(k) * outputs + o) * given.runs + lane(run, l)] = missing;
    }
}

CUBIE_INLINE void store_counters(Mask mask, const Arguments &given, Count run, Count steps, Count attempts,
                                 Count status)
{
    CUBIE_UNROLL for (int l = 0; l < CUBIE_LANES; l++)
    {
        if (!lane(mask, l)) continue;
        const uint32_t r = lane(run, l);
        given.steps[r] = lane(steps, l);
        given.rejected[r] = lane(attempts, l) - lane(steps, l);
        given.status[r] = uint16_t(lane(status, l));
    }
}

// What the runs in `mask` counted, number k of the problem's counters.
template <int k> CUBIE_INLINE void store_counter(Mask mask, const Arguments &given, Count run, Count value)
{
    static_assert(k < counters, "the problem declares fewer counters");
    CUBIE_UNROLL for (int l = 0; l < CUBIE_LANES; l++) if (lane(mask, l))
        given.counter[size_t(k) * given.runs + lane(run, l)] = lane(value, l);
}

// Time of a run. In float32 a compensated sum (Kahan), so that many short
// steps do not drift; in float64 a plain one.
struct Time {
    Real value;
#if CUBIE_PRECISION == 32
    Real compensation; // what `value` has too much
#endif
    CUBIE_INLINE void begin(Mask mask, Scalar t0)
    {
        value = select(mask, Real(t0), value);
#if CUBIE_PRECISION == 32
        compensation = select(mask, Real(0.0f), compensation);
#endif
    }
    CUBIE_INLINE void advance(Mask mask, Real h)
    {
#if CUBIE_PRECISION == 32
        const Real increment = h - compensation, sum = value + increment;
        compensation = select(mask, (sum - value) - increment, compensation);
        value = select(mask, sum, value);
#else
        value = select(mask, value + h, value);
#endif
    }
};

// Where in the step from t to t + h an instant lies, 0 to 1.
CUBIE_INLINE Real step_fraction(Real instant, [[maybe_unused]] const Time &time, Real t, Real h)
{
#if CUBIE_PRECISION == 32
    const Real passed = (instant - t) + time.compensation;
#else
    const Real passed = instant - t;
#endif
    return smaller(larger(passed / h, Real(Scalar(0))), Real(Scalar(1)));
}

} // namespace cubie

#endif
