// van_der_pol_stiff: written by cubie-gen 0.1.0 from van_der_pol_stiff.lua (hash 000e699988a4c0ff).
// Algorithm radau-iia-3: Radau IIA 3.
// Settings that are not the defaults: algorithm=radau-iia-3 trace=true.
// Right-hand side: 2 additions, 2 multiplications, 1 division; evaluated once per attempt and twice in each Newton
//   iteration.
// LU of a/h*I - J for 1 real and 1 complex numbers a (float64): straight-line code, inlined
//   one of them     for the error estimate alone
//   entries         4 of each, of these 0 of fill
//   numbers         11 in all; what elimination leaves real in complex factors is one number
//   factorisations  1 multiply-adds, 1 multiplications, 2 divisions each
//   solves          2 multiply-adds, 2 multiplications each
//   registers       22 for the factors
// Memory of one run: 0 bytes shared, 32 persistent, 208 local
//   firk_persistent: persistent 0..4
//   firk.stage_increment: persistent 0..4
//   local: state[2], proposed_state[2], parameters[1], error[2], saved_state[2], firk.stage_state[2],
//     firk.newton.delta[4], firk.newton.lu.lu_factor[11]

#define CUBIE_PRECISION 64
#define CUBIE_STATES 2
#define CUBIE_PARAMETERS 1
#define CUBIE_OUTPUTS 2
#define CUBIE_COUNTERS 3
#define CUBIE_TRACE 34
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

// Factors of shift*a*I - J, J = d ddt / d state, for these numbers a of the method:
//   0: 2.0 + 1.4142135623730951 i
//   1: 3.0
// Each has 4 entries (0 of fill) and takes 1 multiply-adds, real or complex ones; false where a pivot is bad.
template <class Factors, class State, class Parameters>
CUBIE_INLINE Mask factor(Factors lu, State state, Parameters parameters, [[maybe_unused]] Real t, Factor shift) {
    Mask good = Mask(true);
    const Real shifts[] = { 2.0 * shift, 3.0 * shift };
    const Real turns[] = { 1.4142135623730951 * shift, 0.0 * shift };
    Real before; // the size of a diagonal element, before elimination
    Real entry[2]; // of a row of -J
    const Real x = state[0], y = state[1];
    const Real eps = parameters[0];
    // d ddt.x
    entry[1] = -1.0;
    lu[5] = shifts[0];
    lu[6] = turns[0];
    lu[4] = entry[1];
    invert(lu[5], lu[6]);
    lu[10] = shifts[1];
    lu[9] = entry[1];
    lu[10] = reciprocal(lu[10]);
    // d ddt.y
    entry[0] = -(-2.0 * x * y - 1.0) / eps;
    entry[1] = -(1.0 - x * x) / eps;
    lu[0] = entry[0];
    lu[2] = shifts[0] + entry[1];
    lu[3] = turns[0];
    before = abs(lu[2]) + abs(lu[3]);
    lu[1] = lu[0] * lu[6];
    lu[0] *= lu[5];
    lu[2] -= lu[0] * lu[4];
    lu[3] -= lu[1] * lu[4];
    good = good & is_pivot(abs(lu[2]) + abs(lu[3]), before, shifts[0]);
    invert(lu[2], lu[3]);
    lu[7] = entry[0];
    lu[8] = shifts[1] + entry[1];
    before = lu[8];
    lu[7] *= lu[10];
    lu[8] -= lu[7] * lu[9];
    good = good & is_pivot(lu[8], before, shifts[1]);
    lu[8] = reciprocal(lu[8]);
    return good;
}

// x + i y = (shift*a*I - J)^-1 (x + i y) by the factors of number 0.
template <class Factors, class Vector>
CUBIE_INLINE void solve0(Factors lu, Vector x, Vector y) {
    x[1] -= lu[0] * x[0];
    x[1] += lu[1] * y[0];
    y[1] -= lu[0] * y[0];
    y[1] -= lu[1] * x[0];
    turn(x[1], y[1], lu[2], lu[3]);
    x[0] -= lu[4] * x[1];
    y[0] -= lu[4] * y[1];
    turn(x[0], y[0], lu[5], lu[6]);
}

// x = (shift*a*I - J)^-1 x by the factors of number 1.
template <class Factors, class Vector>
CUBIE_INLINE void solve1(Factors lu, Vector x) {
    x[1] -= lu[7] * x[0];
    x[1] *= lu[8];
    x[0] -= lu[9] * x[1];
    x[0] *= lu[10];
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
    Real persistent[4];
    Real state[2];
    Real proposed_state[2];
    Real parameters[1];
    Real error[2];
    Count saved; // instants
    Time time;
    Count steps, attempts; // accepted, tried
    Real inverse_reach;    // 1/h of the step that stage_increment is of; 0: it holds nothing
    Real origin;           // 1: the next step begins at the end of that one; 0: at its start
    Real dt;              // of the next attempt
    Control norm;         // of the last attempt's error, squared
    Control error_log2;   // of the last accepted step
    Control dt_log2;      // of the last accepted step
    Control limit;        // keeps the first step out of the ratio
    Count failure; // status bits of the last attempt
    Control newton_rate;   // of the last iterations: log2 of theta / (1 - theta)
    Count newton_iterations; // Newton iterations
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
        CUBIE_UNROLL for (int i = 0; i < 1; i++)
            parameters[i] = select(mask, input[i], parameters[i]);
        CUBIE_UNROLL for (int i = 0; i < 2; i++)
            state[i] = select(mask, input[1 + i], state[i]);
        const Real t = Real(given.t0);
        time.begin(mask, given.t0);
        steps = select(mask, Count(0u), steps);
        attempts = select(mask, Count(0u), attempts);
        Real stage_state[2];
        rhs(error, state, parameters, t);
        inverse_reach = select(mask, Real(0.0), inverse_reach);
        origin = select(mask, Real(0.0), origin);
        norm = select(mask, Control(1.0f), norm);
        dt = select(mask, start.step(run), dt);
        if (!start.has_step && given.dt == 0) {
            // Automatic first step (Hairer, Norsett & Wanner I, II.4).
            FirstStep first;
            CUBIE_UNROLL for (int i = 0; i < 2; i++) first.start(state[i], error[i], limits.atol[i], limits.rtol[i]);
            const Real h = first.trial(given);
            CUBIE_UNROLL for (int i = 0; i < 2; i++) proposed_state[i] = state[i] + h * error[i];
            rhs(stage_state, proposed_state, parameters, t);
            CUBIE_UNROLL for (int i = 0; i < 2; i++)
                first.change(state[i], error[i], stage_state[i], limits.atol[i], limits.rtol[i]);
            dt = select(mask, first.step(h, error_order, given), dt);
        }
        error_log2 = select(mask, Control(0.0f), error_log2);
        dt_log2 = select(mask, Control(0.0f), dt_log2);
        limit = select(mask, Control(1e6f), limit);
        failure = select(mask, Count(0u), failure);
        newton_rate = select(mask, Control(newton_no_rate), newton_rate);
        newton_iterations = select(mask, Count(0u), newton_iterations);
        factorisations = select(mask, Count(0u), factorisations);
        bad_pivots = select(mask, Count(0u), bad_pivots);
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
        Real *const stage_increment = persistent + 0;
        Real stage_state[2];
        const auto z1 = at(stage_increment, 0);
        const auto z2 = at(stage_increment, 2);
        Count trouble = Count(0u); // status bits of this attempt
        Real delta[4];
        Real lu_factor[11];
        const Recorder recorder(given, active, run, attempts);
        const Count newton_iterations_before = newton_iterations;
        const Count factorisations_before = factorisations;
        const Count bad_pivots_before = bad_pivots;
        const Real t = time.value, h = smaller(dt, Real(limits.t_end) - t);
        recorder.put(0, t); // time
        recorder.put(1, h); // step
        CUBIE_UNROLL for (int i = 0; i < 2; i++) recorder.put(2 + i, state[i]); // state
        const auto d1 = at(delta, 0);
        const auto d2 = at(delta, 2);
        const Real shift = reciprocal(h);
        // factors at the start of the step
        const Mask solvable = factor(lu_factor, state, parameters, t, shift);
        note(trouble, !solvable, CUBIE_LINEAR_BREAKDOWN);
        count_if(active, factorisations);
        count_if(active & !solvable, bad_pivots);
        // starting values
        {
            const Mask known = inverse_reach > Real(0.0);
            const Real ratio = h * inverse_reach;
            const Real x1 = origin + 0.3333333333333333 * ratio;
            const Real p1_1 = -4.5 * x1 * (x1 - 1.0);
            const Real p1_2 = 1.5 * x1 * (x1 - 0.3333333333333333) - origin;
            const Real x2 = origin + ratio;
            const Real p2_1 = -4.5 * x2 * (x2 - 1.0);
            const Real p2_2 = 1.5 * x2 * (x2 - 0.3333333333333333) - origin;
            CUBIE_UNROLL for (int i = 0; i < 2; i++) {
                const Real w1 = z1[i], w2 = z2[i];
                z1[i] = select(known, p1_1 * w1 + p1_2 * w2, Real(0.0));
                z2[i] = select(known, p2_1 * w1 + p2_2 * w2, Real(0.0));
                const Control size = control(larger(abs(state[i]), abs(state[i] + z2[i])));
                proposed_state[i] = real(reciprocal(limits.atol[i] + limits.rtol[i] * size));
            }
        }
        // Newton iterations
        {
            Newton newton(active & (trouble == Count(0u)), newton_rate);
            while (any(newton.working)) {
                CUBIE_UNROLL for (int i = 0; i < 2; i++)
                    stage_state[i] = state[i] + z1[i];
                rhs(d1, stage_state, parameters, t);
                CUBIE_UNROLL for (int i = 0; i < 2; i++)
                    stage_state[i] = state[i] + z2[i];
                rhs(d2, stage_state, parameters, t);
                CUBIE_UNROLL for (int i = 0; i < 2; i++) {
                    const Real r1 = d1[i], r2 = d2[i];
                    const Real w1 = z1[i], w2 = z2[i];
                    d1[i] = (r2) - shift * (-4.5 * w1 + 2.5 * w2);
                    d2[i] = (3.181980515339464 * r1 - 0.3535533905932738 * r2) - shift * (6.363961030678928 * w1
                        + 0.7071067811865476 * w2);
                }
                solve0(lu_factor, d1, d2);
                Real sum = 0.0;
                CUBIE_UNROLL for (int i = 0; i < 2; i++) {
                    const Real r1 = d1[i], r2 = d2[i];
                    const Real c1 = 0.1111111111111111 * r1 + 0.31426968052735443 * r2, e1 = c1 * proposed_state[i];
                    z1[i] = select(newton.working, z1[i] + c1, z1[i]);
                    sum += e1 * e1;
                    const Real c2 = r1, e2 = c2 * proposed_state[i];
                    z2[i] = select(newton.working, z2[i] + c2, z2[i]);
                    sum += e2 * e2;
                }
                const Control square = control(sum * 0.5);
                // newton_update
                recorder.put_item(4, 16, select(newton.working, newton_iterations - newton_iterations_before,
                    Count(~0u)), sqrt(real(square)));
                count_if(newton.working, newton_iterations);
                newton.judge(square, limits);
            }
            trouble = trouble | newton.status;
            newton_rate = newton.rate;
        }
        CUBIE_UNROLL for (int i = 0; i < 2; i++) recorder.put(20 + i, z1[i]); // z1
        CUBIE_UNROLL for (int i = 0; i < 2; i++) recorder.put(22 + i, z2[i]); // z2
        // solution
        CUBIE_UNROLL for (int i = 0; i < 2; i++)
            proposed_state[i] = state[i] + z2[i];
        // error estimate
        rhs(error, state, parameters, t);
        CUBIE_UNROLL for (int i = 0; i < 2; i++)
            error[i] = error[i] + shift * (-4.5 * z1[i] + 0.5 * z2[i]);
        solve1(lu_factor, error);
        const Mask fresh = active & (origin == Real(0.0));
        if (any(fresh)) {
            Control square = Control(0.0f);
            CUBIE_UNROLL for (int i = 0; i < 2; i++)
                square += error_share(Control(1.0f), error[i], state[i], proposed_state[i], limits.atol[i],
                    limits.rtol[i]);
            const Mask large = fresh & (square > Control(1.0f));
            if (any(large)) {
                CUBIE_UNROLL for (int i = 0; i < 2; i++)
                    stage_state[i] = state[i] + error[i];
                rhs(d1, stage_state, parameters, t);
                CUBIE_UNROLL for (int i = 0; i < 2; i++)
                    d1[i] = d1[i] + shift * (-4.5 * z1[i] + 0.5 * z2[i]);
                solve1(lu_factor, d1);
                CUBIE_UNROLL for (int i = 0; i < 2; i++)
                    error[i] = select(large, d1[i], error[i]);
            }
        }
        inverse_reach = select(trouble == Count(0u), shift, Real(0.0));

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
        CUBIE_UNROLL for (int i = 0; i < 2; i++) recorder.put(24 + i, error[i]); // error
        recorder.put(26, sqrt(real(norm))); // error_norm
        const Mask recovers = failure != Count(0u); // the attempt before could not be solved
        failure = select(active, trouble, failure);
        accept = accept & (trouble == Count(0u));
        gain_log2 = select(recovers, smaller(gain_log2, Control(0.0f)), gain_log2);
        gain_log2 = select(trouble == Count(0u), gain_log2, Control(-1.0f)); // half the step
        recorder.put(27, real(trouble)); // status
        CUBIE_UNROLL for (int i = 0; i < 2; i++) recorder.put(28 + i, proposed_state[i]); // proposed_state
        recorder.put(30, real(select(accept, Count(1u), Count(0u)))); // accepted
        recorder.put(31, real(newton_iterations - newton_iterations_before)); // newton_iterations
        recorder.put(32, real(factorisations - factorisations_before)); // factorisations
        recorder.put(33, real(bad_pivots - bad_pivots_before)); // bad_pivots
        if (saving) {
            Real saved_state[2];
            const Real t_new = t + h;
            Mask due = accept & is_due(given, saved, t_new);
            if (any(due)) {
                while (any(due)) {
                    const Real instant = save_time(given, saved);
                    const Real theta = step_fraction(instant, time, t, h);
                    const Real rest = 1.0 - theta;
                    const Real p1 = theta * rest;
                    const Real p2 = theta * theta;
                    const Real b1 = 4.5 * p1;
                    const Real b2 = -0.5 * p1 + p2;
                    CUBIE_UNROLL for (int i = 0; i < 2; i++)
                        saved_state[i] = state[i] + b1 * z1[i] + b2 * z2[i];
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
        origin = select(accept, Real(1.0), Real(0.0));
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
        store_counter<1>(mask, given, run, factorisations);
        store_counter<2>(mask, given, run, bad_pivots);
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
    counted("factorisations", "LU factorisations", 1),
    counted("bad_pivots", "attempts rejected for a bad pivot", 2),
};
constexpr CubieRecord record[] = {
    { "time", "time at the start of the step", CUBIE_RECORD_NUMBER, 0, 1 },
    { "step", "step size", CUBIE_RECORD_NUMBER, 1, 1 },
    { "state", "state at the start of the step", CUBIE_RECORD_STATES, 2, 2 },
    { "newton_update", "weighted norm of the update", CUBIE_RECORD_ITEMS, 4, 16 },
    { "z1", "increment of stage 1", CUBIE_RECORD_STATES, 20, 2 },
    { "z2", "increment of stage 2", CUBIE_RECORD_STATES, 22, 2 },
    { "error", "error estimate", CUBIE_RECORD_STATES, 24, 2 },
    { "error_norm",
        "norm of the error estimate, weighted by step_tolerance times the tolerances; at most 1 is accepted",
        CUBIE_RECORD_NUMBER, 26, 1 },
    { "status", "status bits of the attempt, 0 when it was solved", CUBIE_RECORD_COUNT, 27, 1 },
    { "proposed_state", "state at the end of the step, if it is accepted", CUBIE_RECORD_STATES, 28, 2 },
    { "accepted", "1 when the step was accepted, 0 when rejected", CUBIE_RECORD_COUNT, 30, 1 },
    { "newton_iterations", "Newton iterations", CUBIE_RECORD_COUNT, 31, 1 },
    { "factorisations", "LU factorisations", CUBIE_RECORD_COUNT, 32, 1 },
    { "bad_pivots", "attempts rejected for a bad pivot", CUBIE_RECORD_COUNT, 33, 1 },
};
constexpr CubieSettingDefault setting[] = {
    { "duration", "11" },
};
#define OPTION(name) { #name, offsetof(van_der_pol_stiff_options, name) }
constexpr CubieNumber option[] = { OPTION(duration), OPTION(t0), OPTION(settle), OPTION(save_every), OPTION(dt),
    OPTION(dt_min), OPTION(dt_max), OPTION(max_steps), OPTION(step_tolerance), OPTION(safety), OPTION(min_gain),
    OPTION(max_gain), OPTION(kp), OPTION(ki), OPTION(seed), OPTION(newton_tolerance), OPTION(newton_max_iterations) };
constexpr CubieSweepDefault sweep[] = {
    { "eps", "geom:1e-6:0.01:1000" },
};
constexpr CubieProblem problem = {
    /* abi, name, generator, hash */ CUBIE_ABI, "van_der_pol_stiff", "cubie-gen 0.1.0", "000e699988a4c0ff",
    /* algorithm, controller, generation */ "radau-iia-3", "gustafsson", "algorithm=radau-iia-3 trace=true",
    /* precision, order, adaptive */ CUBIE_PRECISION, 3, 1,
    /* parameters, states, observables, input */ 1, 2, 0, input,
    /* outputs, output, records, record */ 5, output, 14, record,
    /* uses */ "adaptive steps,tolerances,proportional term,implicit,newton,lu,kept factors",
    /* settings, setting, sweeps, sweep */ 1, setting, 1, sweep,
    /* zip, runs, time_unit */ 0, 0, "",
    /* bytes per run: shared, persistent, local; target */ 0, 32, 208, &target,
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
