// lorenz: written by cubie-gen 0.1.0 from lorenz.lua (hash eecf0fc896ed773f).
// Algorithm classical-rk4: Classical Runge-Kutta 4.
// Settings that are not the defaults: algorithm=rk4 precision=float32 outputs=observables stage_rhs_location=shared.
// Right-hand side: 4 additions, 4 multiplications; evaluated 4 times per attempt.
// Memory of one run: 12 bytes shared, 0 persistent, 88 local
//   erk_shared: shared 0..3
//   erk.stage_rhs: shared 0..3
//   local: state[3], proposed_state[3], parameters[3], observables[1], saved_state[3], erk.stage_accumulator[9]

#define CUBIE_PRECISION 32
#define CUBIE_STATES 3
#define CUBIE_PARAMETERS 3
#define CUBIE_OUTPUTS 1
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
    static constexpr int shared_elements = 3;     // of the shared slab, in Reals
    static constexpr bool fixed = true;
    // Controller 'fixed': exponents of the error now, one and two accepted steps ago.
    static constexpr float ki = 0.0f, kp = 0.0f, kd = 0.0f;

    const Arguments &given;
    HeldLimits limits;
    const SharedSlab shared;
    Real state[3];
    Real proposed_state[3];
    Real parameters[3];
    Real observables[1];
    Count saved; // instants
    Time time;
    Count steps;

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
        time.begin(mask, given.t0);
        steps = select(mask, Count(0u), steps);
        if (saving) {
            saved = select(mask, Count(0u), saved);
            const Mask due = mask & is_due(given, saved, Real(given.t0));
            if (any(due)) {
                observe(observables, state, parameters, Real(given.t0));
                store<0, 1>(due, observables, given, saved, run);
                saved = select(due, saved + Count(1u), saved);
            }
        }
    }

    // One step is tried for the runs in `active`.
    CUBIE_INLINE void attempt(Mask active, Count run) {
        const Shared<Real> stage_rhs = shared.template at<Real>(0);
        Real stage_accumulator[9];
        const auto k1 = at(stage_accumulator, 0);
        const auto k2 = at(stage_accumulator, 3);
        const auto k3 = at(stage_accumulator, 6);
        const auto k4 = at(stage_rhs, 0);
        const Real h = Real(given.dt), t = given.t0 + real(steps) * h;
        // stage 1
        rhs(k1, state, parameters, t);
        // stage 2
        CUBIE_UNROLL for (int i = 0; i < 3; i++)
            proposed_state[i] = state[i] + (0.5f * h) * k1[i];
        rhs(k2, proposed_state, parameters, t);
        // stage 3
        CUBIE_UNROLL for (int i = 0; i < 3; i++)
            proposed_state[i] = state[i] + (0.5f * h) * k2[i];
        rhs(k3, proposed_state, parameters, t);
        // stage 4
        CUBIE_UNROLL for (int i = 0; i < 3; i++)
            proposed_state[i] = state[i] + h * k3[i];
        rhs(k4, proposed_state, parameters, t);
        // solution
        CUBIE_UNROLL for (int i = 0; i < 3; i++)
            proposed_state[i] = state[i] + (0.16666667f * h) * k1[i] + (0.33333334f * h) * k2[i]
                + (0.33333334f * h) * k3[i] + (0.16666667f * h) * k4[i];

        Mask accept = active;
        if (saving) {
            Real saved_state[3];
            const Real t_new = given.t0 + real(steps + Count(1u)) * h;
            Mask due = accept & is_due(given, saved, t_new);
            if (any(due)) {
                CUBIE_UNROLL for (int i = 0; i < 3; i++) due = due & finite(proposed_state[i]);
                // derivative at the end of the step
                rhs(stage_rhs, proposed_state, parameters, t);
                while (any(due)) {
                    const Real instant = save_time(given, saved);
                    const Real theta = step_fraction(instant, time, t, h);
                    const Real rise = theta * theta * (3.0f - 2.0f * theta);
                    const Real first = h * theta * (theta - 1.0f) * (theta - 1.0f), last = h * theta * theta * (theta
                        - 1.0f);
                    CUBIE_UNROLL for (int i = 0; i < 3; i++)
                        saved_state[i] = state[i] + rise * (proposed_state[i] - state[i]) + first * k1[i]
                            + last * stage_rhs[i];
                    observe(observables, saved_state, parameters, instant);
                    store<0, 1>(due, observables, given, saved, run);
                    saved = select(due, saved + Count(1u), saved);
                    due = due & is_due(given, saved, t_new);
                }
            }
        }

        CUBIE_UNROLL for (int i = 0; i < 3; i++)
            state[i] = select(accept, proposed_state[i], state[i]);
        count_if(accept, steps);
    }

    // The runs in mask end: what is not saved yet, counters, status.
    CUBIE_INLINE void finish(Mask mask, Count run) {
        Mask whole = Mask(true);
        CUBIE_UNROLL for (int i = 0; i < 3; i++) whole = whole & finite(state[i]);
        Mask good = whole;
        Count stopped = Count(uint32_t(CUBIE_NOT_FINITE));
        if (!saving) {
            saved = select(mask, Count(0u), saved);
            observe(observables, state, parameters, Real(limits.t_end));
            store<0, 1>(mask & good, observables, given, saved, run);
        }
        store_missing(mask & !good, given, saved, run);
        store_counters(mask, given, run, steps, steps, select(good, Count(0u), stopped));
    }

};

// The kernels: a lane takes the next run from the queue when its own has ended, until there is none.
CUBIE_KERNEL(lorenz_kernel) { drain<Run<false>>(given, CUBIE_SLAB(Run<false>)); }
CUBIE_KERNEL(lorenz_saving_kernel) { drain<Run<true>>(given, CUBIE_SLAB(Run<true>)); }

constexpr CubieTarget target = make_target<Run<false>, Run<true>, lorenz_kernel, lorenz_saving_kernel, nullptr>();

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
    saved("radius", "", 0),
};
constexpr CubieSettingDefault setting[] = {
    { "duration", "10" },
    { "dt", "0.01" },
};
#define OPTION(name) { #name, offsetof(lorenz_options, name) }
constexpr CubieNumber option[] = { OPTION(duration), OPTION(t0), OPTION(settle), OPTION(save_every), OPTION(dt),
    OPTION(seed) };
constexpr CubieSweepDefault sweep[] = {
    { "rho", "0:21:1000" },
};
constexpr CubieProblem problem = {
    /* abi, name, generator, hash */ CUBIE_ABI, "lorenz", "cubie-gen 0.1.0", "eecf0fc896ed773f",
    /* algorithm, controller, generation */ "classical-rk4", "fixed",
        "algorithm=rk4 precision=float32 outputs=observables stage_rhs_location=shared",
    /* precision, order, adaptive */ CUBIE_PRECISION, 4, 0,
    /* parameters, states, observables, input */ 3, 3, 1, input,
    /* outputs, output, records, record */ 1, output, 0, nullptr,
    /* uses */ "",
    /* settings, setting, sweeps, sweep */ 2, setting, 1, sweep,
    /* zip, runs, time_unit */ 0, 0, "",
    /* bytes per run: shared, persistent, local; target */ 12, 0, 88, &target,
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
