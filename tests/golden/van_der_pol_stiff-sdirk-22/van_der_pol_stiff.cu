// van_der_pol_stiff: written by cubie-gen 0.1.0 from van_der_pol_stiff.lua (hash 000e699988a4c0ff).
// Algorithm sdirk-22: SDIRK 2(1).
// Settings that are not the defaults: algorithm=sdirk-22 linear_solver=bicgstab.
// Right-hand side: 2 additions, 2 multiplications, 1 division; evaluated once in each Newton iteration of 2 stages.
// (shift*I - J) x = b by bicgstab, preconditioner jacobi, matrix-free
//   product J v    16 operations, inlined
//   LU would have  4 entries, 32 bytes, 1 multiply-adds a factorisation
// Memory of one run: 0 bytes shared, 16 persistent, 264 local
//   dirk_persistent: persistent 0..2
//   dirk.increment_cache: persistent 0..2
//   local: state[2], proposed_state[2], parameters[1], error[2], saved_state[2], dirk.stage_increment[2],
//     dirk.accumulator[2], dirk.stage_base[2], dirk.newton.delta[2],
//     dirk.newton.bicgstab.linear_residual[2], dirk.newton.bicgstab.linear_weight[2],
//     dirk.newton.bicgstab.shadow_residual[2], dirk.newton.bicgstab.direction[2],
//     dirk.newton.bicgstab.direction_product[2], dirk.newton.bicgstab.preconditioned_vec[2],
//     dirk.newton.bicgstab.preconditioner_diagonal[2], dirk.newton.bicgstab.temp[2]

#define CUBIE_PRECISION 64
#define CUBIE_STATES 2
#define CUBIE_PARAMETERS 1
#define CUBIE_OUTPUTS 2
#define CUBIE_COUNTERS 2
#include <cubie/device.hpp>

#include "van_der_pol_stiff.h"

namespace cubie {
namespace {

// Right-hand side: ddt = f(t, state; parameters).
template <class Target, class State, class Parameters>
CUBIE_INLINE void rhs(Target ddt, State state, Parameters parameters, [[maybe_unused]] Real t) {
    const Real x = state[0], y = state[1];
    const Real eps = parameters[0];
    // ddt.x = y
    ddt[0] = y;
    // ddt.y = ((1 - x^2) * y - x) / eps
    ddt[1] = ((1.0 - x * x) * y - x) / eps;
}

// product = J vector, J = d ddt / d state.
template <class Target, class Vector, class State, class Parameters>
CUBIE_INLINE void jacobian_times(Target product, Vector vector, State state, Parameters parameters,
    [[maybe_unused]] Real t) {
    const Real x = state[0], y = state[1];
    const Real eps = parameters[0];
    const Real v_x = vector[0], v_y = vector[1];
    // d ddt.x
    product[0] = v_y;
    // d ddt.y
    product[1] = (-2.0 * (v_x * x) * y + (1.0 - x * x) * v_y - v_x) / eps;
}

// The diagonal of -J.
template <class Target, class State, class Parameters>
CUBIE_INLINE void minus_diagonal(Target diagonal, State state, Parameters parameters, [[maybe_unused]] Real t) {
    const Real x = state[0];
    const Real eps = parameters[0];
    // d ddt.x / d x
    diagonal[0] = 0.0;
    // d ddt.y / d y
    diagonal[1] = -(1.0 - x * x) / eps;
}

// One run in flight. saving: instants are saved on the way; else the end state only.
template <bool saving> struct Run {
    static constexpr int shared_elements = 0;     // of the shared slab, in Reals
    static constexpr bool fixed = false;
    static constexpr int error_order = 2;         // of the error estimate, plus 1
    // Controller 'gustafsson': exponents of the error now, one and two accepted steps ago.
    static constexpr float ki = 1.0f, kp = 0.5f, kd = 0.0f;

    const Arguments &given;
    HeldLimits limits;
    const SharedSlab shared;
    Real persistent[2];
    Real state[2];
    Real proposed_state[2];
    Real parameters[1];
    Real error[2];
    Count saved; // instants
    Time time;
    Count steps, attempts; // accepted, tried
    Real dt;              // of the next attempt
    Control norm;         // of the last attempt's error, squared
    Control error_log2;   // of the last accepted step
    Control dt_log2;      // of the last accepted step
    Control limit;        // keeps the first step out of the ratio
    Count failure; // status bits of the last attempt
    Control newton_rate;   // of the last iterations: log2 of theta / (1 - theta)
    Count newton_iterations; // Newton iterations
    Count linear_iterations; // iterations of the linear solver

    CUBIE_INLINE Run(const Arguments &arguments, SharedSlab slab)
        : given(arguments), limits(hold_limits(arguments)), shared(slab)
    {
    }

    // x = (shift*I - J)^-1 x with J at (t, point), for the runs in `active`; status bits.
    // BiCGSTAB (van der Vorst 1992; Saad, Iterative Methods for Sparse Linear Systems, algorithm 7.7).
    // Residuals are those of (I - J/shift) x = b/shift: changes of the solution, measured in tolerances.
    template <class Vector, class State>
    CUBIE_INLINE Count solve(Vector x, State point, Real t, Real shift, Mask active) {
        Real linear_residual[2];
        Real linear_weight[2];
        Real shadow_residual[2];
        Real direction[2];
        Real direction_product[2];
        Real preconditioned_vec[2];
        Real preconditioner_diagonal[2];
        Real temp[2];
        const Real inverse = reciprocal(shift);
        Iteration iteration(active, limits.krylov_tolerance, limits.krylov_max_iterations);
        minus_diagonal(preconditioner_diagonal, point, parameters, t);
        Mask good = Mask(true);
        CUBIE_UNROLL for (int i = 0; i < 2; i++) {
            const Real element = shift + preconditioner_diagonal[i];
            good = good & is_pivot(element, shift);
            preconditioner_diagonal[i] = shift * reciprocal(element);
        }
        iteration.require(good);
        Real norm = Real(Scalar(0));
        CUBIE_UNROLL for (int i = 0; i < 2; i++) {
            linear_weight[i] = error_weight(point[i], limits.atol[i], limits.rtol[i]);
            linear_residual[i] = inverse * x[i];
            x[i] = Real(Scalar(0));
            norm += squared_size(linear_weight[i] * linear_residual[i]);
        }
        iteration.stop(norm);
        Real rho = Real(Scalar(0));
        CUBIE_UNROLL for (int i = 0; i < 2; i++) {
            const Real scaled = preconditioner_diagonal[i] * (linear_weight[i] * linear_residual[i]);
            direction[i] = linear_residual[i];
            shadow_residual[i] = scaled;
            rho += inner(scaled, scaled);
        }
        while (iteration.next()) {
            CUBIE_UNROLL for (int i = 0; i < 2; i++) preconditioned_vec[i] = preconditioner_diagonal[i] * direction[i];
            jacobian_times(direction_product, preconditioned_vec, point, parameters, t);
            Real share = Real(Scalar(0));
            CUBIE_UNROLL for (int i = 0; i < 2; i++) {
                direction_product[i] = preconditioned_vec[i] - inverse * direction_product[i];
                share += inner(shadow_residual[i], preconditioner_diagonal[i] * (linear_weight[i]
                    * direction_product[i]));
            }
            const Real alpha = iteration.quotient(rho, share);
            norm = Real(Scalar(0));
            CUBIE_UNROLL for (int i = 0; i < 2; i++) {
                x[i] = select(iteration.working, x[i] + alpha * preconditioned_vec[i], x[i]);
                linear_residual[i] -= alpha * direction_product[i];
                norm += squared_size(linear_weight[i] * linear_residual[i]);
            }
            iteration.stop(norm);
            if (any(iteration.working)) {
                const Real previous = rho;
                rho = Real(Scalar(0));
                CUBIE_UNROLL for (int i = 0; i < 2; i++)
                    preconditioned_vec[i] = preconditioner_diagonal[i] * linear_residual[i];
                jacobian_times(temp, preconditioned_vec, point, parameters, t);
                Real along = Real(Scalar(0));
                Real size = Real(Scalar(0));
                CUBIE_UNROLL for (int i = 0; i < 2; i++) {
                    temp[i] = preconditioned_vec[i] - inverse * temp[i];
                    const Real scaled = preconditioner_diagonal[i] * (linear_weight[i] * temp[i]);
                    along += inner(scaled, preconditioner_diagonal[i] * (linear_weight[i] * linear_residual[i]));
                    size += squared_size(scaled);
                }
                const Real omega = iteration.quotient(along, size);
                norm = Real(Scalar(0));
                CUBIE_UNROLL for (int i = 0; i < 2; i++) {
                    x[i] = select(iteration.working, x[i] + omega * preconditioned_vec[i], x[i]);
                    linear_residual[i] -= omega * temp[i];
                    norm += squared_size(linear_weight[i] * linear_residual[i]);
                    rho += inner(shadow_residual[i], preconditioner_diagonal[i] * (linear_weight[i]
                        * linear_residual[i]));
                }
                iteration.stop(norm);
                const Real beta = iteration.quotient(rho * alpha, previous * omega);
                CUBIE_UNROLL for (int i = 0; i < 2; i++)
                    direction[i] = linear_residual[i] + beta * (direction[i] - omega * direction_product[i]);
            }
        }
        linear_iterations += iteration.done;
        return iteration.trouble;
    }

    // The runs in mask start: inputs, initial state, first step.
    template <class Start> CUBIE_INLINE void begin(Mask mask, Count run, const Start &start) {
        Real input[inputs];
        start.load(input, mask, run);
        CUBIE_UNROLL for (int i = 0; i < 1; i++)
            parameters[i] = select(mask, input[i], parameters[i]);
        CUBIE_UNROLL for (int i = 0; i < 2; i++)
            state[i] = select(mask, input[1 + i], state[i]);
        const Real t = Real(given.t0);
        time.begin(mask, given.t0);
        steps = select(mask, Count(0u), steps);
        attempts = select(mask, Count(0u), attempts);
        Real *const increment_cache = persistent + 0;
        Real stage_increment[2];
        rhs(stage_increment, state, parameters, t);
        CUBIE_UNROLL for (int i = 0; i < 2; i++)
            increment_cache[i] = select(mask, stage_increment[i], increment_cache[i]);
        norm = select(mask, Control(1.0f), norm);
        dt = select(mask, start.step(run), dt);
        if (!start.has_step && given.dt == 0) {
            // Automatic first step (Hairer, Norsett & Wanner I, II.4).
            FirstStep first;
            CUBIE_UNROLL for (int i = 0; i < 2; i++)
                first.start(state[i], increment_cache[i], limits.atol[i], limits.rtol[i]);
            const Real h = first.trial(given);
            CUBIE_UNROLL for (int i = 0; i < 2; i++) proposed_state[i] = state[i] + h * increment_cache[i];
            rhs(stage_increment, proposed_state, parameters, t);
            CUBIE_UNROLL for (int i = 0; i < 2; i++)
                first.change(state[i], increment_cache[i], stage_increment[i], limits.atol[i], limits.rtol[i]);
            dt = select(mask, first.step(h, error_order, given), dt);
        }
        error_log2 = select(mask, Control(0.0f), error_log2);
        dt_log2 = select(mask, Control(0.0f), dt_log2);
        limit = select(mask, Control(1e6f), limit);
        failure = select(mask, Count(0u), failure);
        newton_rate = select(mask, Control(newton_no_rate), newton_rate);
        newton_iterations = select(mask, Count(0u), newton_iterations);
        linear_iterations = select(mask, Count(0u), linear_iterations);
        if (saving) {
            saved = select(mask, Count(0u), saved);
            const Mask due = mask & is_due(given, saved, Real(given.t0));
            if (any(due)) {
                store<0, 2>(due, state, given, saved, run);
                saved = select(due, saved + Count(1u), saved);
            }
        }
    }

    // One step is tried for the runs in `active`.
    CUBIE_INLINE void attempt(Mask active, Count run) {
        Real stage_increment[2];
        Real accumulator[2];
        Real stage_base[2];
        Real *const increment_cache = persistent + 0;
        const auto k1 = at(accumulator, 0);
        const auto k2 = at(stage_increment, 0);
        Count trouble = Count(0u); // status bits of this attempt
        Real delta[2];
        const Real t = time.value, h = smaller(dt, Real(limits.t_end) - t);
        // stage 1
        const Real shift = reciprocal(0.2928932188134525 * h);
        {
        }
        // stage_increment = f(t_stage, stage_base + stage_increment) / shift, from the guess that is there, by Newton's
        //   method
        const auto find_increment = [&](const Real shift, const Real t_stage) CUBIE_INLINE_LAMBDA {
            Newton newton(active & (trouble == Count(0u)), newton_rate);
            while (any(newton.working)) {
                CUBIE_UNROLL for (int i = 0; i < 2; i++)
                    proposed_state[i] = stage_base[i] + stage_increment[i];
                rhs(delta, proposed_state, parameters, t_stage);
                CUBIE_UNROLL for (int i = 0; i < 2; i++)
                    delta[i] -= shift * stage_increment[i];
                trouble = trouble | solve(delta, state, t, shift, newton.working & (trouble == Count(0u)));
                Control sum = Control(0.0f);
                CUBIE_UNROLL for (int i = 0; i < 2; i++)
                    sum += error_share(Control(1.0f), delta[i], state[i], proposed_state[i], limits.atol[i],
                        limits.rtol[i]);
                CUBIE_UNROLL for (int i = 0; i < 2; i++)
                    stage_increment[i] = select(newton.working, stage_increment[i] + delta[i], stage_increment[i]);
                count_if(newton.working, newton_iterations);
                newton.working = newton.working & (trouble == Count(0u));
                newton.judge(sum, limits);
            }
            trouble = trouble | newton.status;
            newton_rate = newton.rate;
        };
        CUBIE_UNROLL for (int i = 0; i < 2; i++)
            stage_base[i] = state[i];
        // increment: a guess from derivatives before, then Newton's method
        CUBIE_UNROLL for (int i = 0; i < 2; i++)
            stage_increment[i] = (0.2928932188134525 * h) * increment_cache[i];
        find_increment(shift, t);
        CUBIE_UNROLL for (int i = 0; i < 2; i++) k1[i] = shift * stage_increment[i];
        // stage 2
        CUBIE_UNROLL for (int i = 0; i < 2; i++)
            stage_base[i] = state[i] + (0.7071067811865476 * h) * k1[i];
        // increment: a guess from derivatives before, then Newton's method
        CUBIE_UNROLL for (int i = 0; i < 2; i++)
            stage_increment[i] = h * (k1[i] - 0.7071067811865476 * increment_cache[i]);
        find_increment(shift, t);
        // solution: the last stage
        CUBIE_UNROLL for (int i = 0; i < 2; i++)
            proposed_state[i] = stage_base[i] + stage_increment[i];
        CUBIE_UNROLL for (int i = 0; i < 2; i++) k2[i] = shift * stage_increment[i];
        // error estimate, filtered
        CUBIE_UNROLL for (int i = 0; i < 2; i++)
            error[i] = shift * h * (0.12132034355964258 * k1[i] - 0.12132034355964258 * k2[i]);
        trouble = trouble | solve(error, state, t, shift, active & (trouble == Count(0u)));

        Mask accept = active;
        const Control hc = control(h);
        Control sum = 0.0f;
        CUBIE_UNROLL for (int i = 0; i < 2; i++) {
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
            Real saved_state[2];
            const Real t_new = t + h;
            Mask due = accept & is_due(given, saved, t_new);
            if (any(due)) {
                while (any(due)) {
                    const Real instant = save_time(given, saved);
                    const Real theta = step_fraction(instant, time, t, h);
                    const Real rest = 1.0 - theta;
                    const Real p1 = h * theta * rest;
                    const Real p2 = h * theta * theta;
                    const Real b1 = 1.4142135623730951 * p1 + 0.7071067811865476 * p2;
                    const Real b2 = -0.41421356237309503 * p1 + 0.2928932188134525 * p2;
                    CUBIE_UNROLL for (int i = 0; i < 2; i++)
                        saved_state[i] = state[i] + b1 * k1[i] + b2 * k2[i];
                    store<0, 2>(due, saved_state, given, saved, run);
                    saved = select(due, saved + Count(1u), saved);
                    due = due & is_due(given, saved, t_new);
                }
            }
        }

        CUBIE_UNROLL for (int i = 0; i < 2; i++)
            state[i] = select(accept, proposed_state[i], state[i]);
        time.advance(accept, h);
        count_if(active, attempts);
        count_if(accept, steps);
        CUBIE_UNROLL for (int i = 0; i < 2; i++)
            increment_cache[i] = select(accept, stage_increment[i], increment_cache[i]);
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
        CUBIE_UNROLL for (int i = 0; i < 2; i++) whole = whole & finite(state[i]);
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
        store_counter<0>(mask, given, run, newton_iterations);
        store_counter<1>(mask, given, run, linear_iterations);
        if (!saving) {
            saved = select(mask, Count(0u), saved);
            store<0, 2>(mask & good, state, given, saved, run);
        }
        store_missing(mask & !good, given, saved, run);
        store_counters(mask, given, run, steps, attempts, select(good, Count(0u), stopped));
    }

};

// The kernels: a lane takes the next run from the queue when its own has ended, until there is none.
CUBIE_KERNEL(van_der_pol_stiff_kernel) { drain<Run<false>>(given, CUBIE_SLAB(Run<false>)); }
CUBIE_KERNEL(van_der_pol_stiff_saving_kernel) { drain<Run<true>>(given, CUBIE_SLAB(Run<true>)); }
// in front of these on a GPU
CUBIE_KERNEL(van_der_pol_stiff_begin_kernel) { prepare<Run<false>>(given, CUBIE_SLAB(Run<false>)); }

constexpr CubieTarget target = make_target<Run<false>, Run<true>, van_der_pol_stiff_kernel,
    van_der_pol_stiff_saving_kernel, van_der_pol_stiff_begin_kernel>();

// Parameters, then initial values: name, unit, default.
constexpr CubieVariable input[] = {
    input_of("eps", "", 1e-6),
    input_of("x", "", 2.0),
    input_of("y", "", 0.0),
};
constexpr CubieOutput output[] = {
    saved("x", "", 0),
    saved("y", "", 1),
    counted("newton_iterations", "Newton iterations", 0),
    counted("linear_iterations", "iterations of the linear solver", 1),
};
constexpr CubieSettingDefault setting[] = {
    { "duration", "11" },
};
#define OPTION(name) { #name, offsetof(van_der_pol_stiff_options, name) }
constexpr CubieNumber option[] = { OPTION(duration), OPTION(t0), OPTION(settle), OPTION(save_every), OPTION(dt),
    OPTION(dt_min), OPTION(dt_max), OPTION(max_steps), OPTION(step_tolerance), OPTION(safety), OPTION(min_gain),
    OPTION(max_gain), OPTION(kp), OPTION(ki), OPTION(seed), OPTION(newton_tolerance), OPTION(newton_max_iterations),
    OPTION(krylov_tolerance), OPTION(krylov_max_iterations) };
constexpr CubieSweepDefault sweep[] = {
    { "eps", "geom:1e-6:0.01:1000" },
};
constexpr CubieProblem problem = {
    /* abi, name, generator, hash */ CUBIE_ABI, "van_der_pol_stiff", "cubie-gen 0.1.0", "000e699988a4c0ff",
    /* algorithm, controller, generation */ "sdirk-22", "gustafsson", "algorithm=sdirk-22 linear_solver=bicgstab",
    /* precision, order, adaptive */ CUBIE_PRECISION, 2, 1,
    /* parameters, states, observables, input */ 1, 2, 0, input,
    /* outputs, output, records, record */ 4, output, 0, nullptr,
    /* uses */ "adaptive steps,tolerances,proportional term,implicit,newton,krylov",
    /* settings, setting, sweeps, sweep */ 1, setting, 1, sweep,
    /* zip, runs, time_unit */ 0, 0, "",
    /* bytes per run: shared, persistent, local; target */ 0, 16, 264, &target,
};
} // namespace
} // namespace cubie

const CubieProblem *van_der_pol_stiff_problem(void) { return &cubie::problem; }

van_der_pol_stiff_options van_der_pol_stiff_defaults(void) {
    return cubie::library_defaults<van_der_pol_stiff_options>(cubie::option);
}

int van_der_pol_stiff_solve(uint64_t runs, const van_der_pol_stiff_inputs *inputs,
    const van_der_pol_stiff_options *options, van_der_pol_stiff_outputs *outputs) {
    return cubie::library_solve(cubie::problem, cubie::option, runs, inputs, options, outputs);
}

#ifndef CUBIE_LIBRARY
int main(int argc, char **argv) { return cubie_main(&cubie::problem, argc, argv); }
#endif
