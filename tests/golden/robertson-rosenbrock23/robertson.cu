// robertson: written by cubie-gen 0.1.0 from robertson.lua (hash 1d6ccaa646f5148c).
// Algorithm rosenbrock23: Rosenbrock 2(3), ode23s.
// Settings that are not the defaults: algorithm=rosenbrock23 lu_precision=float32.
// Right-hand side: 3 additions, 5 multiplications; evaluated twice per attempt.
// LU of shift*I - J (float32): straight-line code, inlined
//   entries        8, of these 0 of fill
//   factorisation  3 multiply-adds, 2 multiplications, 3 divisions
//   solve          5 multiply-adds, 3 multiplications
//   registers      8 for the factors
// Memory of one run: 0 bytes shared, 24 persistent, 260 local
//   rosenbrock_persistent: persistent 0..3
//   rosenbrock.stage_cache: persistent 0..3
//   local: state[3], proposed_state[3], parameters[3], error[3], saved_state[3], rosenbrock.stage_rhs[3],
//     rosenbrock.stage_increment[3], rosenbrock.stage_store[6], rosenbrock.lu.lu_factor[8],
//     rosenbrock.lu.lu_vector[3]

#define CUBIE_PRECISION 64
#define CUBIE_STATES 3
#define CUBIE_PARAMETERS 3
#define CUBIE_OUTPUTS 3
#define CUBIE_COUNTERS 2
#define CUBIE_FACTOR_PRECISION 32
#include <cubie/device.hpp>

#include "robertson.h"

namespace cubie {
namespace {

// Right-hand side: ddt = f(t, state; parameters).
template <class Target, class State, class Parameters>
CUBIE_INLINE void rhs(Target ddt, State state, Parameters parameters, [[maybe_unused]] Real t) {
    const Real A = state[0], B = state[1], C = state[2];
    const Real k1 = parameters[0], k2 = parameters[1], k3 = parameters[2];
    // ddt.A = -k1 * A + k3 * B * C
    const auto w1 = k1 * A;
    const auto w2 = k3 * B * C;
    ddt[0] = -w1 + w2;
    // ddt.B = k1 * A - k2 * B^2 - k3 * B * C
    const auto w3 = k2 * (B * B);
    ddt[1] = w1 - w3 - w2;
    // ddt.C = k2 * B^2
    ddt[2] = w3;
}

// Factors of shift*I - J, J = d ddt / d state: 8 entries (0 of fill), 3 multiply-adds; false where a pivot is bad.
template <class Factors, class State, class Parameters>
CUBIE_INLINE Mask factor(Factors lu, State state, Parameters parameters, [[maybe_unused]] Real time, Factor shift) {
    typedef Factor Real; // all numbers below
    Mask good = Mask(true);
    Real before; // of a diagonal element, its value before elimination
    const Real B = to_factor(state[1]), C = to_factor(state[2]);
    const Real k1 = to_factor(parameters[0]), k2 = to_factor(parameters[1]), k3 = to_factor(parameters[2]);
    // d ddt.A
    lu[7] = shift + k1;
    const auto w1 = k3 * C;
    lu[6] = -w1;
    const auto w2 = k3 * B;
    lu[5] = -w2;
    good = good & is_pivot(lu[7], lu[7], shift);
    lu[7] = reciprocal(lu[7]);
    // d ddt.B
    lu[0] = -k1;
    const auto w3 = k2 * (2.0f * B);
    lu[4] = shift - (-w3 - w1);
    lu[3] = w2;
    before = lu[4];
    lu[0] *= lu[7];
    lu[4] -= lu[0] * lu[6];
    lu[3] -= lu[0] * lu[5];
    good = good & is_pivot(lu[4], before, shift);
    lu[4] = reciprocal(lu[4]);
    // d ddt.C
    lu[1] = -w3;
    lu[2] = shift;
    before = lu[2];
    lu[1] *= lu[4];
    lu[2] -= lu[1] * lu[3];
    good = good & is_pivot(lu[2], before, shift);
    lu[2] = reciprocal(lu[2]);
    return good;
}

// x = (shift*I - J)^-1 x by the factors.
template <class Factors, class Vector>
CUBIE_INLINE void solve(Factors lu, Vector x) {
    x[1] -= lu[0] * x[0];
    x[2] -= lu[1] * x[1];
    x[2] *= lu[2];
    x[1] -= lu[3] * x[2];
    x[1] *= lu[4];
    x[0] -= lu[5] * x[2];
    x[0] -= lu[6] * x[1];
    x[0] *= lu[7];
}

// One run in flight. saving: instants are saved on the way; else the end state only.
template <bool saving> struct Run {
    static constexpr int shared_elements = 0;     // of the shared slab, in Reals
    static constexpr bool fixed = false;
    static constexpr int error_order = 3;         // of the error estimate, plus 1
    // Controller 'gustafsson': exponents of the error now, one and two accepted steps ago.
    static constexpr float ki = 0.6666667f, kp = 0.33333334f, kd = 0.0f;

    const Arguments &given;
    HeldLimits limits;
    const SharedSlab shared;
    Real persistent[3];
    Real state[3];
    Real proposed_state[3];
    Real parameters[3];
    Real error[3];
    Count saved; // instants
    Time time;
    Count steps, attempts; // accepted, tried
    Real dt;              // of the next attempt
    Control norm;         // of the last attempt's error, squared
    Control error_log2;   // of the last accepted step
    Control dt_log2;      // of the last accepted step
    Control limit;        // keeps the first step out of the ratio
    Count failure; // status bits of the last attempt
    Count factorisations; // LU factorisations
    Count bad_pivots; // attempts rejected for a bad pivot

    CUBIE_INLINE Run(const Arguments &arguments, SharedSlab slab)
        : given(arguments), limits(hold_limits(arguments)), shared(slab)
    {
    }

    // The runs in mask start: inputs, initial state, first step.
    template <class Start> CUBIE_INLINE void begin(Mask mask, Count run, const Start &start) {
        Real input[inputs];
        start.load(input, mask, run);
        CUBIE_UNROLL for (int i = 0; i < 3; i++)
            parameters[i] = select(mask, input[i], parameters[i]);
        CUBIE_UNROLL for (int i = 0; i < 3; i++)
            state[i] = select(mask, input[3 + i], state[i]);
        const Real t = Real(given.t0);
        time.begin(mask, given.t0);
        steps = select(mask, Count(0u), steps);
        attempts = select(mask, Count(0u), attempts);
        Real *const stage_cache = persistent + 0;
        Real stage_rhs[3];
        rhs(stage_rhs, state, parameters, t);
        CUBIE_UNROLL for (int i = 0; i < 3; i++)
            stage_cache[i] = select(mask, stage_rhs[i], stage_cache[i]);
        norm = select(mask, Control(1.0f), norm);
        dt = select(mask, start.step(run), dt);
        if (!start.has_step && given.dt == 0) {
            // Automatic first step (Hairer, Norsett & Wanner I, II.4).
            FirstStep first;
            CUBIE_UNROLL for (int i = 0; i < 3; i++)
                first.start(state[i], stage_cache[i], limits.atol[i], limits.rtol[i]);
            const Real h = first.trial(given);
            CUBIE_UNROLL for (int i = 0; i < 3; i++) proposed_state[i] = state[i] + h * stage_cache[i];
            rhs(stage_rhs, proposed_state, parameters, t);
            CUBIE_UNROLL for (int i = 0; i < 3; i++)
                first.change(state[i], stage_cache[i], stage_rhs[i], limits.atol[i], limits.rtol[i]);
            dt = select(mask, first.step(h, error_order, given), dt);
        }
        error_log2 = select(mask, Control(0.0f), error_log2);
        dt_log2 = select(mask, Control(0.0f), dt_log2);
        limit = select(mask, Control(1e6f), limit);
        failure = select(mask, Count(0u), failure);
        factorisations = select(mask, Count(0u), factorisations);
        bad_pivots = select(mask, Count(0u), bad_pivots);
        if (saving) {
            saved = select(mask, Count(0u), saved);
            const Mask due = mask & is_due(given, saved, Real(given.t0));
            if (any(due)) {
                store<0, 3>(due, state, given, saved, run);
                saved = select(due, saved + Count(1u), saved);
            }
        }
    }

    // One step is tried for the runs in `active`.
    CUBIE_INLINE void attempt(Mask active, Count run) {
        Real stage_rhs[3];
        Real stage_increment[3];
        Real stage_store[6];
        Real *const stage_cache = persistent + 0;
        const auto u1 = at(stage_store, 0);
        const auto u2 = at(stage_store, 3);
        Count trouble = Count(0u); // status bits of this attempt
        Factor lu_factor[8];
        Factor lu_vector[3];
        const Real t = time.value, h = smaller(dt, Real(limits.t_end) - t);
        const Real shift = reciprocal(0.2928932188134525 * h);
        // right-hand side and factors at the start of the step
        const Mask solvable = factor(lu_factor, state, parameters, t, to_factor(shift));
        note(trouble, !solvable, CUBIE_LINEAR_BREAKDOWN);
        count_if(active, factorisations);
        count_if(active & !solvable, bad_pivots);
        // stage 1
        CUBIE_UNROLL for (int i = 0; i < 3; i++) stage_increment[i] = stage_cache[i];
        CUBIE_UNROLL for (int i = 0; i < 3; i++) lu_vector[i] = to_factor(stage_increment[i]);
        solve(lu_factor, lu_vector);
        CUBIE_UNROLL for (int i = 0; i < 3; i++) stage_increment[i] = real(lu_vector[i]);
        CUBIE_UNROLL for (int i = 0; i < 3; i++)
            u1[i] = stage_increment[i];
        // stage 2
        CUBIE_UNROLL for (int i = 0; i < 3; i++) {
            proposed_state[i] = state[i] + 1.7071067811865475 * u1[i];
            stage_increment[i] = -u1[i];
        }
        rhs(stage_rhs, proposed_state, parameters, t);
        CUBIE_UNROLL for (int i = 0; i < 3; i++) stage_increment[i] = stage_rhs[i] + shift * stage_increment[i];
        CUBIE_UNROLL for (int i = 0; i < 3; i++) lu_vector[i] = to_factor(stage_increment[i]);
        solve(lu_factor, lu_vector);
        CUBIE_UNROLL for (int i = 0; i < 3; i++) stage_increment[i] = real(lu_vector[i]);
        CUBIE_UNROLL for (int i = 0; i < 3; i++)
            u2[i] = stage_increment[i];
        // stage 3
        CUBIE_UNROLL for (int i = 0; i < 3; i++) {
            proposed_state[i] = state[i] + 3.414213562373095 * u1[i] + 3.414213562373095 * u2[i];
            stage_increment[i] = -2.0 * u1[i] - 7.414213562373095 * u2[i];
        }
        rhs(stage_rhs, proposed_state, parameters, t);
        CUBIE_UNROLL for (int i = 0; i < 3; i++) stage_increment[i] = stage_rhs[i] + shift * stage_increment[i];
        CUBIE_UNROLL for (int i = 0; i < 3; i++) lu_vector[i] = to_factor(stage_increment[i]);
        solve(lu_factor, lu_vector);
        CUBIE_UNROLL for (int i = 0; i < 3; i++) stage_increment[i] = real(lu_vector[i]);
        // solution: the input of the last stage
        // error estimate
        CUBIE_UNROLL for (int i = 0; i < 3; i++)
            error[i] = -0.5690355937288492 * u1[i] - 3.080880229039762 * u2[i]
                - 0.5690355937288492 * stage_increment[i];

        Mask accept = active;
        const Control hc = control(h);
        Control sum = 0.0f;
        CUBIE_UNROLL for (int i = 0; i < 3; i++) {
            sum += error_share(Control(1.0f), error[i], state[i], proposed_state[i], limits.atol[i], limits.rtol[i]);
        }
        norm = select(active, sum, norm);
        accept = accept & (norm <= Control(1.0f));
        const Control norm_log2 = fast_log2(norm);
        Control gain_log2 = limits.log2_safety - limits.ki * norm_log2 + limits.kp * error_log2;
        const Control h_log2 = fast_log2(hc);
        gain_log2 = select(accept, gain_log2 + (h_log2 - dt_log2) * 1.0f + limit, Control(1e6f));
        gain_log2 = smaller(gain_log2, limits.log2_safety - norm_log2 * (0.5f / error_order));
        const Mask recovers = failure != Count(0u); // the attempt before could not be solved
        failure = select(active, trouble, failure);
        accept = accept & (trouble == Count(0u));
        gain_log2 = select(recovers, smaller(gain_log2, Control(0.0f)), gain_log2);
        gain_log2 = select(trouble == Count(0u), gain_log2, Control(-1.0f)); // half the step
        if (saving) {
            Real saved_state[3];
            const Real t_new = t + h;
            Mask due = accept & is_due(given, saved, t_new);
            if (any(due)) {
                while (any(due)) {
                    const Real instant = save_time(given, saved);
                    const Real theta = step_fraction(instant, time, t, h);
                    const Real rest = 1.0 - theta;
                    const Real p1 = theta * rest;
                    const Real p2 = theta * theta;
                    const Real b1 = 3.414213562373095 * p1 + 3.414213562373095 * p2;
                    const Real b2 = -4.82842712474619 * p1 + 3.414213562373095 * p2;
                    CUBIE_UNROLL for (int i = 0; i < 3; i++)
                        saved_state[i] = state[i] + b1 * u1[i] + b2 * u2[i];
                    store<0, 3>(due, saved_state, given, saved, run);
                    saved = select(due, saved + Count(1u), saved);
                    due = due & is_due(given, saved, t_new);
                }
            }
        }

        CUBIE_UNROLL for (int i = 0; i < 3; i++)
            state[i] = select(accept, proposed_state[i], state[i]);
        time.advance(accept, h);
        count_if(active, attempts);
        count_if(accept, steps);
        CUBIE_UNROLL for (int i = 0; i < 3; i++)
            stage_cache[i] = select(accept, stage_rhs[i], stage_cache[i]);
        error_log2 = select(accept, larger(norm_log2, Control(least_error_log2)), error_log2);
        dt_log2 = select(accept, h_log2, dt_log2);
        limit = select(accept, Control(0.0f), limit);
        const Control gain = fast_exp2(smaller(larger(gain_log2, limits.log2_min_gain), limits.log2_max_gain));
        // An accepted step may not shrink the next below dt_min; a rejected one may, and the run fails.
        dt = select(active, smaller(h * real(gain), Real(limits.dt_max)), dt);
        dt = select(accept, larger(dt, Real(limits.dt_min)), dt);
    }

    // Runs at their end, or failed; and lanes that have none yet.
    CUBIE_INLINE Mask done() const {
        return (time.value >= Real(limits.t_stop)) | is_stuck(time.value, dt, limits)
            | (attempts >= Count(limits.max_steps));
    }
    CUBIE_INLINE Mask late() const { return time.value >= Real(limits.t_late); }
    CUBIE_INLINE void idle() { dt = Real(Scalar(-1)); }

    // The runs in mask end: what is not saved yet, counters, status.
    CUBIE_INLINE void finish(Mask mask, Count run) {
        Mask whole = Mask(true);
        CUBIE_UNROLL for (int i = 0; i < 3; i++) whole = whole & finite(state[i]);
        Mask good = whole;
        Count stopped = Count(uint32_t(CUBIE_NOT_FINITE));
        // Short of its end a run ran out of attempts, or its step became too small: what is not finite is rejected
        //   again and again.
        const Mask reached = time.value >= Real(limits.t_stop), stuck = is_stuck(time.value, dt, limits);
        const Count small = select(norm == norm, Count(uint32_t(CUBIE_STEP_TOO_SMALL)),
            Count(uint32_t(CUBIE_NOT_FINITE)));
        const Mask short_of = whole & !reached;
        stopped = select(short_of, select(stuck, small, Count(uint32_t(CUBIE_MAX_STEPS))), stopped);
        good = good & reached;
        const Count end = select(stuck, Count(uint32_t(CUBIE_STEP_TOO_SMALL)), Count(uint32_t(CUBIE_MAX_STEPS)));
        stopped = select(short_of & (failure != Count(0u)), failure | end, stopped);
        store_counter<0>(mask, given, run, factorisations);
        store_counter<1>(mask, given, run, bad_pivots);
        if (!saving) {
            saved = select(mask, Count(0u), saved);
            store<0, 3>(mask & good, state, given, saved, run);
        }
        store_missing(mask & !good, given, saved, run);
        store_counters(mask, given, run, steps, attempts, select(good, Count(0u), stopped));
    }

};

// The kernels: a lane takes the next run from the queue when its own has ended, until there is none.
CUBIE_KERNEL(robertson_kernel) { drain<Run<false>>(given, CUBIE_SLAB(Run<false>)); }
CUBIE_KERNEL(robertson_saving_kernel) { drain<Run<true>>(given, CUBIE_SLAB(Run<true>)); }
// in front of these on a GPU
CUBIE_KERNEL(robertson_begin_kernel) { prepare<Run<false>>(given, CUBIE_SLAB(Run<false>)); }

constexpr CubieTarget target = make_target<Run<false>, Run<true>, robertson_kernel, robertson_saving_kernel,
    robertson_begin_kernel>();

// Parameters, then initial values: name, unit, default.
constexpr CubieVariable input[] = {
    input_of("k1", "", 0.04),
    input_of("k2", "", 30000000.0),
    input_of("k3", "", 10000.0),
    input_of("A", "", 1.0),
    input_of("B", "", 0.0),
    input_of("C", "", 0.0),
};
constexpr CubieOutput output[] = {
    saved("A", "", 0),
    saved("B", "", 1),
    saved("C", "", 2),
    counted("factorisations", "LU factorisations", 0),
    counted("bad_pivots", "attempts rejected for a bad pivot", 1),
};
constexpr CubieSettingDefault setting[] = {
    { "duration", "100000000000" },
    { "atol", "A=1e-12,B=1e-18,C=1e-8" },
};
#define OPTION(name) { #name, offsetof(robertson_options, name) }
constexpr CubieNumber option[] = { OPTION(duration), OPTION(t0), OPTION(settle), OPTION(save_every), OPTION(dt),
    OPTION(dt_min), OPTION(dt_max), OPTION(max_steps), OPTION(step_tolerance), OPTION(safety), OPTION(min_gain),
    OPTION(max_gain), OPTION(kp), OPTION(ki), OPTION(seed) };
constexpr CubieSweepDefault sweep[] = {
    { "k1", "geom:0.0004:4:10" },
    { "k2", "geom:300000:3000000000:10" },
    { "k3", "geom:100:1000000:10" },
};
constexpr CubieProblem problem = {
    /* abi, name, generator, hash */ CUBIE_ABI, "robertson", "cubie-gen 0.1.0", "1d6ccaa646f5148c",
    /* algorithm, controller, generation */ "rosenbrock23", "gustafsson", "algorithm=rosenbrock23 lu_precision=float32",
    /* precision, order, adaptive */ CUBIE_PRECISION, 2, 1,
    /* parameters, states, observables, input */ 3, 3, 0, input,
    /* outputs, output, records, record */ 5, output, 0, nullptr,
    /* uses */ "adaptive steps,tolerances,proportional term,implicit,lu",
    /* settings, setting, sweeps, sweep */ 2, setting, 3, sweep,
    /* zip, runs, time_unit */ 0, 0, "",
    /* bytes per run: shared, persistent, local; target */ 0, 24, 260, &target,
};
} // namespace
} // namespace cubie

const CubieProblem *robertson_problem(void) { return &cubie::problem; }

robertson_options robertson_defaults(void) {
    return cubie::library_defaults<robertson_options>(cubie::option);
}

int robertson_solve(uint64_t runs, const robertson_inputs *inputs, const robertson_options *options,
    robertson_outputs *outputs) {
    return cubie::library_solve(cubie::problem, cubie::option, runs, inputs, options, outputs);
}

#ifndef CUBIE_LIBRARY
int main(int argc, char **argv) { return cubie_main(&cubie::problem, argc, argv); }
#endif
