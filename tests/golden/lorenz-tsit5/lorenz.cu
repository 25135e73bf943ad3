// lorenz: written by cubie-gen 0.1.0 from lorenz.lua (hash eecf0fc896ed773f).
// Algorithm tsit5: Tsitouras 5(4).
// Settings that are not the defaults: none.
// Right-hand side: 4 additions, 4 multiplications; evaluated 6 times per attempt.
// Memory of one run: 0 bytes shared, 24 persistent, 296 local
//   erk_persistent: persistent 0..3
//   erk.stage_cache: persistent 0..3
//   local: state[3], proposed_state[3], parameters[3], observables[1], error[3], saved_state[3],
//     erk.stage_rhs[3], erk.stage_accumulator[18]

#define CUBIE_PRECISION 64
#define CUBIE_STATES 3
#define CUBIE_PARAMETERS 3
#define CUBIE_OUTPUTS 4
#include <cubie/device.hpp>

#include "lorenz.h"

namespace cubie {
namespace {

// Right-hand side: ddt = f(t, state; parameters).
template <class Target, class State, class Parameters>
CUBIE_INLINE void rhs(Target ddt, State state, Parameters parameters, [[maybe_unused]] Real t) {
    const Real x = state[0], y = state[1], z = state[2];
    const Real beta = parameters[0], rho = parameters[1], sigma = parameters[2];
    // ddt.x = sigma * (y - x)
    ddt[0] = sigma * (y - x);
    // ddt.y = x * (rho - z) - y
    ddt[1] = x * (rho - z) - y;
    // ddt.z = x * y - beta * z
    ddt[2] = x * y - beta * z;
}

// Observables at a saved instant.
template <class Target, class State, class Parameters>
CUBIE_INLINE void observe(Target observables, State state, [[maybe_unused]] Parameters parameters,
    [[maybe_unused]] Real t) {
    const Real x = state[0], y = state[1], z = state[2];
    // observe.radius = sqrt(x^2 + y^2 + z^2)
    observables[0] = sqrt(x * x + y * y + z * z);
}

// One run in flight. saving: instants are saved on the way; else the end state only.
template <bool saving> struct Run {
    static constexpr int shared_elements = 0;     // of the shared slab, in Reals
    static constexpr bool fixed = false;
    static constexpr int error_order = 5;         // of the error estimate, plus 1
    // Controller 'pi': exponents of the error now, one and two accepted steps ago.
    static constexpr float ki = 0.17f, kp = 0.04f, kd = 0.0f;

    const Arguments &given;
    HeldLimits limits;
    const SharedSlab shared;
    Real persistent[3];
    Real state[3];
    Real proposed_state[3];
    Real parameters[3];
    Real error[3];
    Real observables[1];
    Count saved; // instants
    Time time;
    Count steps, attempts; // accepted, tried
    Real dt;              // of the next attempt
    Control norm;         // of the last attempt's error, squared
    Control error_log2;   // of the last accepted step

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
        const auto k1 = at(stage_cache, 0);
        Real stage_rhs[3];
        rhs(stage_rhs, state, parameters, t);
        CUBIE_UNROLL for (int i = 0; i < 3; i++)
            k1[i] = select(mask, stage_rhs[i], k1[i]);
        norm = select(mask, Control(1.0f), norm);
        dt = select(mask, start.step(run), dt);
        if (!start.has_step && given.dt == 0) {
            // Automatic first step (Hairer, Norsett & Wanner I, II.4).
            FirstStep first;
            CUBIE_UNROLL for (int i = 0; i < 3; i++) first.start(state[i], k1[i], limits.atol[i], limits.rtol[i]);
            const Real h = first.trial(given);
            CUBIE_UNROLL for (int i = 0; i < 3; i++) proposed_state[i] = state[i] + h * k1[i];
            rhs(stage_rhs, proposed_state, parameters, t);
            CUBIE_UNROLL for (int i = 0; i < 3; i++)
                first.change(state[i], k1[i], stage_rhs[i], limits.atol[i], limits.rtol[i]);
            dt = select(mask, first.step(h, error_order, given), dt);
        }
        error_log2 = select(mask, Control(0.0f), error_log2);
        if (saving) {
            saved = select(mask, Count(0u), saved);
            const Mask due = mask & is_due(given, saved, Real(given.t0));
            if (any(due)) {
                observe(observables, state, parameters, Real(given.t0));
                store<0, 3>(due, state, given, saved, run);
                store<3, 1>(due, observables, given, saved, run);
                saved = select(due, saved + Count(1u), saved);
            }
        }
    }

    // One step is tried for the runs in `active`.
    CUBIE_INLINE void attempt(Mask active, Count run) {
        Real stage_rhs[3];
        Real stage_accumulator[18];
        Real *const stage_cache = persistent + 0;
        const auto k1 = at(stage_cache, 0);
        const auto k2 = at(stage_accumulator, 3);
        const auto k3 = at(stage_accumulator, 6);
        const auto k4 = at(stage_accumulator, 9);
        const auto k5 = at(stage_accumulator, 12);
        const auto k6 = at(stage_accumulator, 15);
        const auto k7 = at(stage_rhs, 0);
        const Real t = time.value, h = smaller(dt, Real(limits.t_end) - t);
        // stage 2
        CUBIE_UNROLL for (int i = 0; i < 3; i++)
            proposed_state[i] = state[i] + (0.161 * h) * k1[i];
        rhs(k2, proposed_state, parameters, t);
        // stage 3
        CUBIE_UNROLL for (int i = 0; i < 3; i++)
            proposed_state[i] = state[i] - (0.008480655492356989 * h) * k1[i] + (0.335480655492357 * h) * k2[i];
        rhs(k3, proposed_state, parameters, t);
        // stage 4
        CUBIE_UNROLL for (int i = 0; i < 3; i++)
            proposed_state[i] = state[i] + h * (2.8971530571054935 * k1[i] - 6.359448489975075 * k2[i]
                + 4.3622954328695815 * k3[i]);
        rhs(k4, proposed_state, parameters, t);
        // stage 5
        CUBIE_UNROLL for (int i = 0; i < 3; i++)
            proposed_state[i] = state[i] + h * (5.325864828439257 * k1[i] - 11.748883564062828 * k2[i]
                + 7.4955393428898365 * k3[i] - 0.09249506636175525 * k4[i]);
        rhs(k5, proposed_state, parameters, t);
        // stage 6
        CUBIE_UNROLL for (int i = 0; i < 3; i++)
            proposed_state[i] = state[i] + h * (5.86145544294642 * k1[i] - 12.92096931784711 * k2[i]
                + 8.159367898576159 * k3[i] - 0.071584973281401 * k4[i] - 0.028269050394068383 * k5[i]);
        rhs(k6, proposed_state, parameters, t);
        // stage 7: at the solution
        CUBIE_UNROLL for (int i = 0; i < 3; i++)
            proposed_state[i] = state[i] + h * (0.09646076681806523 * k1[i] + 0.01 * k2[i] + 0.4798896504144996 * k3[i]
                + 1.379008574103742 * k4[i] - 3.290069515436081 * k5[i] + 2.324710524099774 * k6[i]);
        rhs(k7, proposed_state, parameters, t);
        // error estimate, divided by h
        CUBIE_UNROLL for (int i = 0; i < 3; i++)
            error[i] = 0.0017800110522257714 * k1[i] + 0.0008164344596567469 * k2[i] - 0.007880878010261995 * k3[i]
                + 0.1447110071732629 * k4[i] - 0.5823571654525552 * k5[i] + 0.45808210592918697 * k6[i]
                - 0.015151515151515152 * k7[i];

        Mask accept = active;
        const Control hc = control(h);
        Control sum = 0.0f;
        CUBIE_UNROLL for (int i = 0; i < 3; i++) {
            sum += error_share(hc, error[i], state[i], proposed_state[i], limits.atol[i], limits.rtol[i]);
        }
        norm = select(active, sum, norm);
        accept = accept & (norm <= Control(1.0f));
        const Control norm_log2 = fast_log2(norm);
        Control gain_log2 = limits.log2_safety - limits.ki * norm_log2 + limits.kp * error_log2;
        if (saving) {
            Real saved_state[3];
            const Real t_new = t + h;
            Mask due = accept & is_due(given, saved, t_new);
            if (any(due)) {
                while (any(due)) {
                    const Real instant = save_time(given, saved);
                    const Real theta = step_fraction(instant, time, t, h);
                    const Real rest = 1.0 - theta;
                    const Real p1 = h * theta * rest * rest * rest;
                    const Real p2 = h * theta * theta * rest * rest;
                    const Real p3 = h * theta * theta * theta * rest;
                    const Real p4 = h * theta * theta * theta * theta;
                    const Real b1 = p1 + 0.23629380272517408 * p2 + 0.3858430672722609 * p3 + 0.09646076681806523 * p4;
                    const Real b2 = 0.1317 * p2 + 0.04 * p3 + 0.01 * p4;
                    const Real b3 = 3.9302962368947516 * p2 + 1.9195586016579984 * p3 + 0.4798896504144996 * p4;
                    const Real b4 = -12.411077166933676 * p2 + 5.516034296414968 * p3 + 1.379008574103742 * p4;
                    const Real b5 = 37.50931341651104 * p2 - 13.160278061744323 * p3 - 3.290069515436081 * p4;
                    const Real b6 = -27.896526289197286 * p2 + 9.298842096399095 * p3 + 2.324710524099774 * p4;
                    const Real b7 = 1.5 * p2 - p3;
                    CUBIE_UNROLL for (int i = 0; i < 3; i++)
                        saved_state[i] = state[i] + b1 * k1[i] + b2 * k2[i] + b3 * k3[i] + b4 * k4[i] + b5 * k5[i]
                            + b6 * k6[i] + b7 * k7[i];
                    observe(observables, saved_state, parameters, instant);
                    store<0, 3>(due, saved_state, given, saved, run);
                    store<3, 1>(due, observables, given, saved, run);
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
            stage_cache[i] = select(accept, k7[i], stage_cache[i]);
        error_log2 = select(accept, larger(norm_log2, Control(least_error_log2)), error_log2);
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
        if (!saving) {
            saved = select(mask, Count(0u), saved);
            observe(observables, state, parameters, Real(limits.t_end));
            store<0, 3>(mask & good, state, given, saved, run);
            store<3, 1>(mask & good, observables, given, saved, run);
        }
        store_missing(mask & !good, given, saved, run);
        store_counters(mask, given, run, steps, attempts, select(good, Count(0u), stopped));
    }

};

// The kernels: a lane takes the next run from the queue when its own has ended, until there is none.
CUBIE_KERNEL(lorenz_kernel) { drain<Run<false>>(given, CUBIE_SLAB(Run<false>)); }
CUBIE_KERNEL(lorenz_saving_kernel) { drain<Run<true>>(given, CUBIE_SLAB(Run<true>)); }
CUBIE_KERNEL(lorenz_begin_kernel) { prepare<Run<false>>(given, CUBIE_SLAB(Run<false>)); } // in front of these on a GPU

constexpr CubieTarget target = make_target<Run<false>, Run<true>, lorenz_kernel, lorenz_saving_kernel,
    lorenz_begin_kernel>();

// Parameters, then initial values: name, unit, default.
constexpr CubieVariable input[] = {
    input_of("beta", "", 2.6666666666666665),
    input_of("rho", "", 28.0),
    input_of("sigma", "", 10.0),
    input_of("x", "", 1.0),
    input_of("y", "", 0.0),
    input_of("z", "", 0.0),
};
constexpr CubieOutput output[] = {
    saved("x", "", 0),
    saved("y", "", 1),
    saved("z", "", 2),
    saved("radius", "", 3),
};
constexpr CubieSettingDefault setting[] = {
    { "duration", "10" },
    { "step_tolerance", "0.15" },
};
#define OPTION(name) { #name, offsetof(lorenz_options, name) }
constexpr CubieNumber option[] = { OPTION(duration), OPTION(t0), OPTION(settle), OPTION(save_every), OPTION(dt),
    OPTION(dt_min), OPTION(dt_max), OPTION(max_steps), OPTION(step_tolerance), OPTION(safety), OPTION(min_gain),
    OPTION(max_gain), OPTION(kp), OPTION(ki), OPTION(seed) };
constexpr CubieSweepDefault sweep[] = {
    { "rho", "0:21:1000" },
};
constexpr CubieProblem problem = {
    /* abi, name, generator, hash */ CUBIE_ABI, "lorenz", "cubie-gen 0.1.0", "eecf0fc896ed773f",
    /* algorithm, controller, generation */ "tsit5", "pi", "",
    /* precision, order, adaptive */ CUBIE_PRECISION, 5, 1,
    /* parameters, states, observables, input */ 3, 3, 1, input,
    /* outputs, output, records, record */ 4, output, 0, nullptr,
    /* uses */ "adaptive steps,tolerances,proportional term",
    /* settings, setting, sweeps, sweep */ 2, setting, 1, sweep,
    /* zip, runs, time_unit */ 0, 0, "",
    /* bytes per run: shared, persistent, local; target */ 0, 24, 296, &target,
};
} // namespace
} // namespace cubie

const CubieProblem *lorenz_problem(void) { return &cubie::problem; }

lorenz_options lorenz_defaults(void) {
    return cubie::library_defaults<lorenz_options>(cubie::option);
}

int lorenz_solve(uint64_t runs, const lorenz_inputs *inputs, const lorenz_options *options, lorenz_outputs *outputs) {
    return cubie::library_solve(cubie::problem, cubie::option, runs, inputs, options, outputs);
}

#ifndef CUBIE_LIBRARY
int main(int argc, char **argv) { return cubie_main(&cubie::problem, argc, argv); }
#endif
