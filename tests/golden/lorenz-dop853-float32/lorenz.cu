// lorenz: written by cubie-gen 0.1.0 from lorenz.lua (hash eecf0fc896ed773f).
// Algorithm dormand-prince-853: Dormand-Prince 8(5,3).
// Settings that are not the defaults: algorithm=dop853 precision=float32 stage_accumulator_location=shared.
// Right-hand side: 4 additions, 4 multiplications, 0 divisions, 0 roots, 0 functions, 0 selections;
// evaluated 12 times per attempt.
// Memory of one run:
//   Memory of one run: 132 bytes shared, 0 persistent, 124 local
//     state: local[3]
//     proposed_state: local[3]
//     parameters: local[3]
//     observables: local[1]
//     error: local[3]
//     saved_state: local[3]
//     erk_shared: shared 0..33
//     erk.stage_rhs: local[3]
//     erk.stage_accumulator: shared 0..33
//     erk.stage_dense: local[12]

#define CUBIE_PRECISION 32
#define CUBIE_STATES 3
#define CUBIE_PARAMETERS 3
#define CUBIE_OUTPUTS 4
#include <cubie/device.hpp>

#include "lorenz.h"

namespace cubie {
namespace {

// Right-hand side: ddt = f(t, state; parameters).
template <class Target, class State, class Parameters>
CUBIE_INLINE void rhs(Target ddt, [[maybe_unused]] State state, [[maybe_unused]] Parameters parameters,
    [[maybe_unused]] Real t) {
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
CUBIE_INLINE void observe(Target observables, [[maybe_unused]] State state, [[maybe_unused]] Parameters parameters,
    [[maybe_unused]] Real t) {
    const Real x = state[0], y = state[1], z = state[2];
    // observe.radius = sqrt(x^2 + y^2 + z^2)
    observables[0] = sqrt(x * x + y * y + z * z);
}

// One run in flight. saving: instants are saved on the way; else the end state only.
template <bool saving> struct Run {
    static constexpr int shared_elements = 33;     // of the shared slab, in Reals
    static constexpr bool fixed = false;
    static constexpr int error_order = 8;         // of the error estimate, plus 1
    // Controller 'pi': exponents of the error now, one and two accepted steps ago.
    static constexpr float ki = 0.10625f, kp = 0.025f, kd = 0.0f;

    const Arguments &given;
    HeldLimits limits;
    const SharedSlab shared;
    Real state[3];
    Real proposed_state[3];
    Real parameters[3];
    Real observables[1];
    Real error[3];
    Time time;
    Count steps, attempts; // accepted, tried
    Count saved;           // instants
    Real dt;              // of the next attempt
    Control norm;         // of the last attempt's error, squared
    Control error_log2;   // of the last accepted step

    CUBIE_INLINE Run(const Arguments &arguments, SharedSlab slab) : given(arguments), limits(hold_limits(arguments)), shared(slab) {}

    // The runs in mask start: inputs, initial state, first step.
    template <class Start> CUBIE_INLINE void begin(Mask mask, [[maybe_unused]] Count run, const Start &start) {
        Real stage_rhs[3];
        const Shared<Real> stage_accumulator = shared.template at<Real>(0);
        Real stage_dense[12];
        [[maybe_unused]] const auto k1 = at(stage_accumulator, 0);
        [[maybe_unused]] const auto k2 = at(stage_accumulator, 3);
        [[maybe_unused]] const auto k3 = at(stage_accumulator, 6);
        [[maybe_unused]] const auto k4 = at(stage_accumulator, 9);
        [[maybe_unused]] const auto k5 = at(stage_accumulator, 12);
        [[maybe_unused]] const auto k6 = at(stage_accumulator, 15);
        [[maybe_unused]] const auto k7 = at(stage_accumulator, 18);
        [[maybe_unused]] const auto k8 = at(stage_accumulator, 21);
        [[maybe_unused]] const auto k9 = at(stage_accumulator, 24);
        [[maybe_unused]] const auto k10 = at(stage_accumulator, 27);
        [[maybe_unused]] const auto k11 = at(stage_accumulator, 30);
        [[maybe_unused]] const auto k12 = at(stage_rhs, 0);
        [[maybe_unused]] const auto k13 = at(stage_dense, 0);
        [[maybe_unused]] const auto k14 = at(stage_dense, 3);
        [[maybe_unused]] const auto k15 = at(stage_dense, 6);
        [[maybe_unused]] const auto k16 = at(stage_dense, 9);
        Real input[inputs];
        start.load(input, mask, run);
        CUBIE_UNROLL for (int i = 0; i < 3; i++)
            parameters[i] = select(mask, input[i], parameters[i]);
        CUBIE_UNROLL for (int i = 0; i < 3; i++)
            state[i] = select(mask, input[3 + i], state[i]);
        [[maybe_unused]] const Real t = Real(given.t0);
        time.begin(mask, given.t0);
        steps = select(mask, Count(0u), steps);
        attempts = select(mask, Count(0u), attempts);
        rhs(k1, state, parameters, t);
        norm = select(mask, Control(1.0f), norm);
        error_log2 = select(mask, Control(0.0f), error_log2);
        dt = select(mask, start.step(run), dt);
        if (!start.has_step && given.dt == 0) {
            // Automatic first step (Hairer, Norsett & Wanner I, II.4).
            FirstStep first;
            CUBIE_UNROLL for (int i = 0; i < 3; i++) first.start(state[i], k1[i], limits.atol[i], limits.rtol[i]);
            const Real h = first.trial(given);
            CUBIE_UNROLL for (int i = 0; i < 3; i++) proposed_state[i] = state[i] + h * k1[i];
            rhs(stage_rhs, proposed_state, parameters, t);
            CUBIE_UNROLL for (int i = 0; i < 3; i++) first.change(state[i], k1[i], stage_rhs[i], limits.atol[i], limits.rtol[i]);
            dt = select(mask, first.step(h, error_order, given), dt);
        }
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
    CUBIE_INLINE void attempt(Mask active, [[maybe_unused]] Count run) {
        Real stage_rhs[3];
        const Shared<Real> stage_accumulator = shared.template at<Real>(0);
        Real stage_dense[12];
        [[maybe_unused]] const auto k1 = at(stage_accumulator, 0);
        [[maybe_unused]] const auto k2 = at(stage_accumulator, 3);
        [[maybe_unused]] const auto k3 = at(stage_accumulator, 6);
        [[maybe_unused]] const auto k4 = at(stage_accumulator, 9);
        [[maybe_unused]] const auto k5 = at(stage_accumulator, 12);
        [[maybe_unused]] const auto k6 = at(stage_accumulator, 15);
        [[maybe_unused]] const auto k7 = at(stage_accumulator, 18);
        [[maybe_unused]] const auto k8 = at(stage_accumulator, 21);
        [[maybe_unused]] const auto k9 = at(stage_accumulator, 24);
        [[maybe_unused]] const auto k10 = at(stage_accumulator, 27);
        [[maybe_unused]] const auto k11 = at(stage_accumulator, 30);
        [[maybe_unused]] const auto k12 = at(stage_rhs, 0);
        [[maybe_unused]] const auto k13 = at(stage_dense, 0);
        [[maybe_unused]] const auto k14 = at(stage_dense, 3);
        [[maybe_unused]] const auto k15 = at(stage_dense, 6);
        [[maybe_unused]] const auto k16 = at(stage_dense, 9);
        const Real t = time.value, h = smaller(dt, Real(limits.t_end) - t);
        // stage 1
        rhs(k1, state, parameters, t);
        // stage 2
        CUBIE_UNROLL for (int i = 0; i < 3; i++)
            proposed_state[i] = state[i] + (0.052600153f * h) * k1[i];
        rhs(k2, proposed_state, parameters, t);
        // stage 3
        CUBIE_UNROLL for (int i = 0; i < 3; i++)
            proposed_state[i] = state[i] + (0.019725056f * h) * k1[i] + (0.05917517f * h) * k2[i];
        rhs(k3, proposed_state, parameters, t);
        // stage 4
        CUBIE_UNROLL for (int i = 0; i < 3; i++)
            proposed_state[i] = state[i] + (0.029587585f * h) * k1[i] + (0.08876275f * h) * k3[i];
        rhs(k4, proposed_state, parameters, t);
        // stage 5
        CUBIE_UNROLL for (int i = 0; i < 3; i++)
            proposed_state[i] = state[i] + h * (0.24136513f * k1[i] - 0.8845495f * k3[i] + 0.924834f * k4[i]);
        rhs(k5, proposed_state, parameters, t);
        // stage 6
        CUBIE_UNROLL for (int i = 0; i < 3; i++)
            proposed_state[i] = state[i] + h * (0.037037037f * k1[i] + 0.17082861f * k4[i] + 0.12546769f * k5[i]);
        rhs(k6, proposed_state, parameters, t);
        // stage 7
        CUBIE_UNROLL for (int i = 0; i < 3; i++)
            proposed_state[i] = state[i] + h * (0.037109375f * k1[i] + 0.1702522f * k4[i] + 0.06021654f * k5[i] - 0.017578125f * k6[i]);
        rhs(k7, proposed_state, parameters, t);
        // stage 8
        CUBIE_UNROLL for (int i = 0; i < 3; i++)
            proposed_state[i] = state[i] + h * (0.037092f * k1[i] + 0.17038393f * k4[i] + 0.10726203f * k5[i] - 0.015319438f * k6[i]
                + 0.008273789f * k7[i]);
        rhs(k8, proposed_state, parameters, t);
        // stage 9
        CUBIE_UNROLL for (int i = 0; i < 3; i++)
            proposed_state[i] = state[i] + h * (0.62411094f * k1[i] - 3.3608925f * k4[i] - 0.8682194f * k5[i] + 27.5921f * k6[i]
                + 20.154068f * k7[i] - 43.489883f * k8[i]);
        rhs(k9, proposed_state, parameters, t);
        // stage 10
        CUBIE_UNROLL for (int i = 0; i < 3; i++)
            proposed_state[i] = state[i] + h * (0.47766253f * k1[i] - 2.4881146f * k4[i] - 0.59029084f * k5[i] + 21.230051f * k6[i]
                + 15.279234f * k7[i] - 33.28821f * k8[i] - 0.020331202f * k9[i]);
        rhs(k10, proposed_state, parameters, t);
        // stage 11
        CUBIE_UNROLL for (int i = 0; i < 3; i++)
            proposed_state[i] = state[i] + h * (-0.93714243f * k1[i] + 5.1863723f * k4[i] + 1.0914373f * k5[i] - 8.149787f * k6[i]
                - 18.520065f * k7[i] + 22.739487f * k8[i] + 2.4936056f * k9[i]
                - 3.0467644f * k10[i]);
        rhs(k11, proposed_state, parameters, t);
        // stage 12
        CUBIE_UNROLL for (int i = 0; i < 3; i++)
            proposed_state[i] = state[i] + h * (2.2733102f * k1[i] - 10.534495f * k4[i] - 2.0008721f * k5[i] - 17.958931f * k6[i]
                + 27.948885f * k7[i] - 2.8589983f * k8[i] - 8.872857f * k9[i]
                + 12.360567f * k10[i] + 0.64339274f * k11[i]);
        rhs(k12, proposed_state, parameters, t);
        // solution
        CUBIE_UNROLL for (int i = 0; i < 3; i++)
            proposed_state[i] = state[i] + h * (0.054293733f * k1[i] + 4.450313f * k6[i] + 1.8915179f * k7[i] - 5.8012037f * k8[i]
                + 0.31116438f * k9[i] - 0.15216094f * k10[i] + 0.2013654f * k11[i]
                + 0.044710618f * k12[i]);
        // error estimate, divided by h
        CUBIE_UNROLL for (int i = 0; i < 3; i++)
            error[i] = 0.013120045f * k1[i] - 1.2251564f * k6[i] - 0.49575895f * k7[i] + 1.6643772f * k8[i]
                - 0.35032886f * k9[i] + 0.33417913f * k10[i] + 0.08192321f * k11[i]
                - 0.022355309f * k12[i];

        const Control hc = control(h);
        Control sum = 0.0f, sum_low = 0.0f;
        CUBIE_UNROLL for (int i = 0; i < 3; i++) {
            sum += error_share(hc, error[i], state[i], proposed_state[i], limits.atol[i], limits.rtol[i]);
            const Real low = -0.18980075f * k1[i] + 4.450313f * k6[i] + 1.8915179f * k7[i] - 5.8012037f * k8[i]
                - 0.42268232f * k9[i] - 0.15216094f * k10[i] + 0.2013654f * k11[i]
                + 0.022651792f * k12[i];
            sum_low += error_share(hc, low, state[i], proposed_state[i], limits.atol[i], limits.rtol[i]);
        }
        sum = sum * sum * reciprocal(larger(sum + sum_low * 0.01f, Control(1e-30f)));
        norm = select(active, sum, norm);
        const Mask accept = active & (norm <= Control(1.0f));
        const Control norm_log2 = fast_log2(norm);
        Control gain_log2 = limits.log2_safety - limits.ki * norm_log2 + limits.kp * error_log2;
        const Control gain = fast_exp2(smaller(larger(gain_log2, limits.log2_min_gain), limits.log2_max_gain));
        if (saving) {
            Real saved_state[3];
            const Real t_new = t + h;
            Mask due = accept & is_due(given, saved, t_new);
            if (any(due)) {
                // stage 13: for dense output only
                CUBIE_UNROLL for (int i = 0; i < 3; i++)
                    saved_state[i] = state[i] + h * (0.054293733f * k1[i] + 4.450313f * k6[i] + 1.8915179f * k7[i] - 5.8012037f * k8[i]
                        + 0.31116438f * k9[i] - 0.15216094f * k10[i] + 0.2013654f * k11[i]
                        + 0.044710618f * k12[i]);
                rhs(k13, saved_state, parameters, t);
                // stage 14: for dense output only
                CUBIE_UNROLL for (int i = 0; i < 3; i++)
                    saved_state[i] = state[i] + h * (0.056167502f * k1[i] + 0.25350022f * k7[i] - 0.24623904f * k8[i] - 0.124191426f * k9[i]
                        + 0.15329179f * k10[i] + 0.008201052f * k11[i]
                        + 0.0075678974f * k12[i] - 0.008298f * k13[i]);
                rhs(k14, saved_state, parameters, t);
                // stage 15: for dense output only
                CUBIE_UNROLL for (int i = 0; i < 3; i++)
                    saved_state[i] = state[i] + h * (0.031834647f * k1[i] + 0.02830091f * k6[i] + 0.053541988f * k7[i] - 0.054923747f * k8[i]
                        - 0.000108347325f * k11[i] + 0.0003825711f * k12[i]
                        - 0.00034046502f * k13[i] + 0.14131245f * k14[i]);
                rhs(k15, saved_state, parameters, t);
                // stage 16: for dense output only
                CUBIE_UNROLL for (int i = 0; i < 3; i++)
                    saved_state[i] = state[i] + h * (-0.4288963f * k1[i] - 4.6976213f * k6[i] + 7.683421f * k7[i] + 4.0689898f * k8[i]
                        + 0.35672718f * k9[i] - 0.0013990242f * k13[i]
                        + 2.9475148f * k14[i] - 9.150958f * k15[i]);
                rhs(k16, saved_state, parameters, t);
                while (any(due)) {
                    const Real instant = save_time(given, saved);
                    const Real theta = step_fraction(instant, time, t, h);
                    const Real rest = 1.0f - theta;
                    const Real p1 = h * theta * rest * rest * rest * rest * rest * rest;
                    const Real p2 = h * theta * theta * rest * rest * rest * rest * rest;
                    const Real p3 = h * theta * theta * theta * rest * rest * rest * rest;
                    const Real p4 = h * theta * theta * theta * theta * rest * rest * rest;
                    const Real p5 = h * theta * theta * theta * theta * theta * rest * rest;
                    const Real p6 = h * theta * theta * theta * theta * theta * theta * rest;
                    const Real p7 = h * theta * theta * theta * theta * theta * theta * theta;
                    const Real b1 = p1 - 4.266057f * p2 + 11.831566f * p3 - 4.9462156f * p4 + 3.9758575f * p5 + 0.38005614f * p6 + 0.054293733f * p7;
                    const Real b6 = 13.917654f * p2 - 85.19961f * p3 + 42.946953f * p4 + 322.95584f * p5 + 31.152191f * p6 + 4.450313f * p7;
                    const Real b7 = 2.6056037f * p2 - 8.594804f * p3 - 57.90007f * p4 + 196.17882f * p5 + 13.240625f * p6 + 1.8915179f * p7;
                    const Real b8 = -15.018944f * p2 + 84.999756f * p3 + 15.881284f * p4 - 476.58377f * p5 - 40.60843f * p6 - 5.8012037f * p7;
                    const Real b9 = 3.0505276f * p2 - 23.291328f * p3 + 50.800808f * p4 - 14.395674f * p5 + 2.1781507f * p6 + 0.31116438f * p7;
                    const Real b10 = -1.3278744f * p2 + 10.022398f * p3 - 21.071941f * p4 + 4.123144f * p5 - 1.0651267f * p6 - 0.15216094f * p7;
                    const Real b11 = 2.8445337f * p2 - 22.335627f * p3 + 52.902225f * p4 - 24.80907f * p5 + 1.4095578f * p6 + 0.2013654f * p7;
                    const Real b12 = 0.76571065f * p2 - 6.0784426f * p3 + 14.832116f * p4 - 7.8957605f * p5 + 0.3129743f * p6 + 0.044710618f * p7;
                    const Real b13 = -1.0889903f * p2 + 8.652061f * p3 - 21.184156f * p4 + 11.608248f * p5 - p6;
                    const Real b14 = 18.148506f * p2 - 36.890583f * p3 + 28.294569f * p4 - 12.990898f * p5;
                    const Real b15 = -9.194633f * p2 + 47.383583f * p3 - 1.146602f * p4 - 18.547556f * p5;
                    const Real b16 = -4.4360366f * p2 + 34.501022f * p3 - 79.40897f * p4 + 31.380806f * p5;
                    CUBIE_UNROLL for (int i = 0; i < 3; i++)
                        saved_state[i] = state[i] + b1 * k1[i] + b6 * k6[i] + b7 * k7[i] + b8 * k8[i] + b9 * k9[i] + b10 * k10[i] + b11 * k11[i] + b12 * k12[i] + b13 * k13[i] + b14 * k14[i] + b15 * k15[i] + b16 * k16[i];
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
        error_log2 = select(accept, larger(norm_log2, Control(least_error_log2)), error_log2);
        // An accepted step may not shrink the next below dt_min; a rejected one may, and the run fails.
        dt = select(active, smaller(h * real(gain), Real(limits.dt_max)), dt);
        dt = select(accept, larger(dt, Real(limits.dt_min)), dt);
    }

    // Runs at their end, or failed; and lanes that have none yet.
    CUBIE_INLINE Mask done() const {
        return (time.value >= Real(limits.t_stop)) | is_stuck(time.value, dt, limits) | (attempts >= Count(limits.max_steps));
    }
    CUBIE_INLINE Mask late() const {
        return time.value >= Real(limits.t_late);
    }
    CUBIE_INLINE void idle() {
        dt = Real(Scalar(-1));
    }

    // The runs in mask end: what is not saved yet, counters, status.
    CUBIE_INLINE void finish(Mask mask, Count run) {
        Mask whole = Mask(true);
        CUBIE_UNROLL for (int i = 0; i < 3; i++) whole = whole & finite(state[i]);
        // Short of its end a run ran out of attempts, or its step became too small: what is not finite is rejected again and again.
        const Mask reached = time.value >= Real(limits.t_stop), good = reached & whole;
        const Count small = select(norm == norm, Count(uint32_t(CUBIE_STEP_TOO_SMALL)), Count(uint32_t(CUBIE_NOT_FINITE)));
        const Count stopped = select(is_stuck(time.value, dt, limits), small, Count(uint32_t(CUBIE_MAX_STEPS)));
        const Count status = select(good, Count(0u), select(reached | !whole, Count(uint32_t(CUBIE_NOT_FINITE)), stopped));
        if (!saving) {
            saved = select(mask, Count(0u), saved);
            observe(observables, state, parameters, Real(limits.t_end));
            store<0, 3>(mask & good, state, given, saved, run);
            store<3, 1>(mask & good, observables, given, saved, run);
        }
        store_missing(mask & !good, given, saved, run);
        store_counters(mask, given, run, steps, attempts, status);
    }
};

// Name, identifier, unit, default: parameters, then initial values.
constexpr CubieVariable input[] = {
    { "beta", "beta", "", 2.6666666666666665, nullptr },
    { "rho", "rho", "", 28.0, nullptr },
    { "sigma", "sigma", "", 10.0, nullptr },
    { "x", "x", "", 1.0, nullptr },
    { "y", "y", "", 0.0, nullptr },
    { "z", "z", "", 0.0, nullptr },
};
constexpr CubieVariable output[] = {
    { "x", "x", "", 0.0, nullptr },
    { "y", "y", "", 0.0, nullptr },
    { "z", "z", "", 0.0, nullptr },
    { "radius", "radius", "", 0.0, nullptr },
};
constexpr CubieSettingDefault setting[] = {
    { "duration", "10", "time", "length of the integration after settling" },
    { "t0", "0", "time", "start time" },
    { "settle", "0", "time", "time integrated before the first output" },
    { "save_every", "0", "time", "interval between saved instants; 0: the end state only" },
    { "save_at", "", "time", "instants to save, instead of save_every" },
    { "rtol", "1e-6", "", "relative tolerance: one, one for each state, or NAME=VALUE for some" },
    { "atol", "1e-6", "state", "absolute tolerance: one, one for each state, or NAME=VALUE for some" },
    { "dt", "0", "time", "step of fixed-step integration; first step of adaptive (0: automatic)" },
    { "dt_min", "0", "time", "a run that needs a smaller step fails; 0: as small as rounding allows" },
    { "dt_max", "inf", "time", "largest step" },
    { "max_steps", "1000000", "attempts", "a run that needs more attempts fails" },
    { "step_tolerance", "0.15", "", "what the estimated error of a step may be, as a fraction of the tolerances; some methods have their own default" },
    { "safety", "0.75", "", "factor on the step that the controller asks for; some methods have their own default" },
    { "min_gain", "0.2", "", "most that a step shrinks at once" },
    { "max_gain", "10", "", "most that a step grows at once" },
    { "kp", "0", "", "proportional gain of the controller; kp = ki = kd = 0: its own" },
    { "ki", "0", "", "integral gain of the controller" },
    { "kd", "0", "", "derivative gain of the controller" },
    { "seed", "0", "", "seed of random sweeps" },
};
constexpr CubieSweepDefault sweep[] = {
    { "rho", "0:21:1000" },
};
constexpr CubieTarget target = make_target<Run<false>, Run<true>>();

constexpr CubieProblem problem = {
    /* abi */ CUBIE_ABI,
    /* name */ "lorenz",
    /* generator */ "cubie-gen 0.1.0",
    /* hash */ "eecf0fc896ed773f",
    /* algorithm */ "dormand-prince-853",
    /* controller */ "pi",
    /* generation */ "algorithm=dop853 precision=float32 stage_accumulator_location=shared",
    /* precision */ CUBIE_PRECISION,
    /* order */ 8,
    /* adaptive */ 1,
    /* parameters, states, observables */ 3, 3, 1,
    /* input */ input,
    /* outputs, output */ 4, output,
    /* counters, counter */ 0, nullptr,
    /* records, record */ 0, nullptr,
    /* settings, setting */ 19, setting,
    /* sweeps, sweep */ 1, sweep,
    /* zip, runs, seed */ 0, 0, 0,
    /* time_unit */ "",
    /* bytes per run: shared, persistent, local */ 132, 0, 124,
    /* target */ &target,
};
} // namespace
} // namespace cubie

const CubieProblem *lorenz_problem(void) { return &cubie::problem; }

lorenz_options lorenz_defaults(void) {
    lorenz_options options = {};
    options.duration = NAN;
    options.t0 = NAN;
    options.settle = NAN;
    options.save_every = NAN;
    options.dt = NAN;
    options.dt_min = NAN;
    options.dt_max = NAN;
    options.max_steps = NAN;
    options.step_tolerance = NAN;
    options.safety = NAN;
    options.min_gain = NAN;
    options.max_gain = NAN;
    options.kp = NAN;
    options.ki = NAN;
    options.kd = NAN;
    options.seed = NAN;
    return options;
}

int lorenz_solve(uint64_t runs, const lorenz_inputs *inputs, const lorenz_options *options, lorenz_outputs *outputs) {
    const lorenz_inputs none = {}, &given = inputs ? *inputs : none;
    const lorenz_options chosen = options ? *options : lorenz_defaults();
    const double *const input[] = {
        given.beta,
        given.rho,
        given.sigma,
        given.x,
        given.y,
        given.z,
    };
    const CubieNumber number[] = {
        { "duration", chosen.duration },
        { "t0", chosen.t0 },
        { "settle", chosen.settle },
        { "save_every", chosen.save_every },
        { "dt", chosen.dt },
        { "dt_min", chosen.dt_min },
        { "dt_max", chosen.dt_max },
        { "max_steps", chosen.max_steps },
        { "step_tolerance", chosen.step_tolerance },
        { "safety", chosen.safety },
        { "min_gain", chosen.min_gain },
        { "max_gain", chosen.max_gain },
        { "kp", chosen.kp },
        { "ki", chosen.ki },
        { "kd", chosen.kd },
        { "seed", chosen.seed },
    };
    const CubieCall call = { runs, input, int(sizeof number / sizeof *number), number, chosen.argument_count, chosen.arguments };
    if (!outputs) return cubie_solve(&cubie::problem, &call, nullptr);
    CubieResult result = { runs, outputs->instants, outputs->value, outputs->status, outputs->steps, outputs->rejected, nullptr, 0 };
    return cubie_solve(&cubie::problem, &call, &result);
}

#ifndef CUBIE_LIBRARY
int main(int argc, char **argv) { return cubie_main(&cubie::problem, argc, argv); }
#endif
