// hires: written by cubie-gen 0.1.0 from hires.lua (hash 723fb5308f15ba78).
// Algorithm kvaerno5: Kvaerno 5(4).
// Settings that are not the defaults: algorithm=kvaerno5 solver_scratch_location=shared.
// Right-hand side: 20 additions, 19 multiplications, 0 divisions, 0 roots, 0 functions, 0 selections;
// evaluated 6 times per attempt.
// Hoisted: 2 additions, 0 multiplications, 0 divisions, 0 roots, 0 functions, 0 selections;
// evaluated once per run.
// LU of shift*I - J (float64): straight-line code, inlined
//   entries        27, of these 2 of fill
//   factorisation  13 multiply-adds, 8 multiplications, 8 divisions
//   solve          19 multiply-adds, 8 multiplications
//   registers      54 for the factors
// Memory of one run:
//   Memory of one run: 0 bytes shared, 64 persistent, 1136 local
//     state: local[8]
//     proposed_state: local[8]
//     parameters: local[10]
//     hoisted: local[1]
//     error: local[8]
//     saved_state: local[8]
//     dirk_persistent: persistent 0..8
//     dirk.stage_increment: local[8]
//     dirk.accumulator: local[48]
//     dirk.stage_base: local[8]
//     dirk.rhs_cache: persistent 0..8
//     dirk.newton.delta: local[8]
//     dirk.newton.lu.lu_factor: local[27]

#define CUBIE_PRECISION 64
#define CUBIE_STATES 8
#define CUBIE_PARAMETERS 10
#define CUBIE_OUTPUTS 8
#define CUBIE_COUNTERS 3
#include <cubie/device.hpp>

#include "hires.h"

namespace cubie {
namespace {

// What depends on the parameters alone: once per run.
template <class Target, class Parameters>
CUBIE_INLINE void hoist(Target hoisted, Parameters parameters) {
    const Real k2 = parameters[1], k_minus = parameters[6], k_star = parameters[8];
    // h1
    hoisted[0] = k2 + k_minus + k_star;
}

// Right-hand side: ddt = f(t, state; parameters).
template <class Target, class State, class Parameters, class Hoisted>
CUBIE_INLINE void rhs(Target ddt, [[maybe_unused]] State state, [[maybe_unused]] Parameters parameters,
    [[maybe_unused]] Hoisted hoisted, [[maybe_unused]] Real t) {
    const Real Pr = state[0], Pfr = state[1], PrX = state[2], PfrX = state[3], PrX2 = state[4];
    const Real PfrX2 = state[5], PfrX2E = state[6], E = state[7];
    const Real k1 = parameters[0], k2 = parameters[1], k3 = parameters[2], k4 = parameters[3];
    const Real k5 = parameters[4], k6 = parameters[5], k_minus = parameters[6], k_plus = parameters[7];
    const Real supply = parameters[9];
    const Real h1 = hoisted[0];
    // ddt.Pr = -k1 * Pr + k2 * Pfr + k6 * PrX + supply
    const auto w1 = k1 * Pr;
    ddt[0] = -w1 + k2 * Pfr + k6 * PrX + supply;
    // ddt.Pfr = k1 * Pr - (k2 + k3) * Pfr
    ddt[1] = w1 - (k2 + k3) * Pfr;
    // ddt.PrX = -(k6 + k1) * PrX + k2 * PfrX + k5 * PrX2
    ddt[2] = -(k6 + k1) * PrX + k2 * PfrX + k5 * PrX2;
    // ddt.PfrX = k3 * Pfr + k1 * PrX - (k4 + k2) * PfrX
    ddt[3] = k3 * Pfr + k1 * PrX - (k4 + k2) * PfrX;
    // ddt.PrX2 = -(k5 + k1) * PrX2 + k2 * PfrX2 + k2 * PfrX2E
    const auto w2 = k2 * PfrX2;
    ddt[4] = -(k5 + k1) * PrX2 + w2 + k2 * PfrX2E;
    // ddt.PfrX2 = -binding + k4 * PfrX + k1 * PrX2 - k2 * PfrX2 + k_minus * PfrX2E
    const auto w3 = k_plus * PfrX2 * E;
    ddt[5] = -w3 + k4 * PfrX + k1 * PrX2 - w2 + k_minus * PfrX2E;
    // ddt.PfrX2E = binding - (k2 + k_minus + k_star) * PfrX2E
    const auto w4 = h1 * PfrX2E;
    ddt[6] = w3 - w4;
    // ddt.E = -binding + (k2 + k_minus + k_star) * PfrX2E
    ddt[7] = -w3 + w4;
}

// Factors of shift*I - J, J = d ddt / d state: 27 entries (2 of fill), 13 multiply-adds; false where a pivot is bad.
template <class Factors, class State, class Parameters, class Hoisted>
CUBIE_INLINE Mask factor(Factors lu, [[maybe_unused]] State state, [[maybe_unused]] Parameters parameters,
    [[maybe_unused]] Hoisted hoisted, [[maybe_unused]] Real t, [[maybe_unused]] Factor shift) {
    Mask good = Mask(true);
    [[maybe_unused]] Real before; // of a diagonal element, its value before elimination
    const Real PfrX2 = state[5], E = state[7];
    const Real k1 = parameters[0], k2 = parameters[1], k3 = parameters[2], k4 = parameters[3];
    const Real k5 = parameters[4], k6 = parameters[5], k_minus = parameters[6], k_plus = parameters[7];
    const Real h1 = hoisted[0];
    // d ddt.Pr
    lu[26] = shift + k1;
    lu[25] = -k2;
    lu[24] = -k6;
    good = good & is_pivot(lu[26], lu[26], shift);
    lu[26] = reciprocal(lu[26]);
    // d ddt.Pfr
    lu[0] = -k1;
    lu[23] = shift + (k2 + k3);
    before = lu[23];
    lu[0] *= lu[26];
    lu[23] -= lu[0] * lu[25];
    lu[22] = -(lu[0] * lu[24]);
    good = good & is_pivot(lu[23], before, shift);
    lu[23] = reciprocal(lu[23]);
    // d ddt.PrX
    lu[21] = shift + (k6 + k1);
    lu[20] = -k2;
    lu[19] = -k5;
    good = good & is_pivot(lu[21], lu[21], shift);
    lu[21] = reciprocal(lu[21]);
    // d ddt.PfrX
    lu[1] = -k3;
    lu[2] = -k1;
    lu[18] = shift + (k4 + k2);
    before = lu[18];
    lu[1] *= lu[23];
    lu[2] -= lu[1] * lu[22];
    lu[2] *= lu[21];
    lu[18] -= lu[2] * lu[20];
    lu[17] = -(lu[2] * lu[19]);
    good = good & is_pivot(lu[18], before, shift);
    lu[18] = reciprocal(lu[18]);
    // d ddt.PrX2
    lu[16] = shift + (k5 + k1);
    lu[15] = -k2;
    lu[14] = -k2;
    good = good & is_pivot(lu[16], lu[16], shift);
    lu[16] = reciprocal(lu[16]);
    // d ddt.PfrX2
    lu[3] = -k4;
    lu[4] = -k1;
    const auto w1 = k_plus * E;
    lu[13] = shift - (-w1 - k2);
    lu[12] = -k_minus;
    const auto w2 = k_plus * PfrX2;
    lu[11] = w2;
    before = lu[13];
    lu[3] *= lu[18];
    lu[4] -= lu[3] * lu[17];
    lu[4] *= lu[16];
    lu[13] -= lu[4] * lu[15];
    lu[12] -= lu[4] * lu[14];
    good = good & is_pivot(lu[13], before, shift);
    lu[13] = reciprocal(lu[13]);
    // d ddt.PfrX2E
    lu[5] = -w1;
    lu[10] = shift + h1;
    lu[9] = -w2;
    before = lu[10];
    lu[5] *= lu[13];
    lu[10] -= lu[5] * lu[12];
    lu[9] -= lu[5] * lu[11];
    good = good & is_pivot(lu[10], before, shift);
    lu[10] = reciprocal(lu[10]);
    // d ddt.E
    lu[6] = w1;
    lu[7] = -h1;
    lu[8] = shift + w2;
    before = lu[8];
    lu[6] *= lu[13];
    lu[7] -= lu[6] * lu[12];
    lu[8] -= lu[6] * lu[11];
    lu[7] *= lu[10];
    lu[8] -= lu[7] * lu[9];
    good = good & is_pivot(lu[8], before, shift);
    lu[8] = reciprocal(lu[8]);
    return good;
}

// x = (shift*I - J)^-1 x by the factors.
template <class Factors, class Vector>
CUBIE_INLINE void solve(Factors lu, Vector x) {
    x[1] -= lu[0] * x[0];
    x[3] -= lu[1] * x[1];
    x[3] -= lu[2] * x[2];
    x[5] -= lu[3] * x[3];
    x[5] -= lu[4] * x[4];
    x[6] -= lu[5] * x[5];
    x[7] -= lu[6] * x[5];
    x[7] -= lu[7] * x[6];
    x[7] *= lu[8];
    x[6] -= lu[9] * x[7];
    x[6] *= lu[10];
    x[5] -= lu[11] * x[7];
    x[5] -= lu[12] * x[6];
    x[5] *= lu[13];
    x[4] -= lu[14] * x[6];
    x[4] -= lu[15] * x[5];
    x[4] *= lu[16];
    x[3] -= lu[17] * x[4];
    x[3] *= lu[18];
    x[2] -= lu[19] * x[4];
    x[2] -= lu[20] * x[3];
    x[2] *= lu[21];
    x[1] -= lu[22] * x[2];
    x[1] *= lu[23];
    x[0] -= lu[24] * x[2];
    x[0] -= lu[25] * x[1];
    x[0] *= lu[26];
}

// One run in flight. saving: instants are saved on the way; else the end state only.
template <bool saving> struct Run {
    static constexpr int shared_elements = 0;     // of the shared slab, in Reals
    static constexpr bool fixed = false;
    static constexpr int error_order = 5;         // of the error estimate, plus 1
    // Controller 'gustafsson': exponents of the error now, one and two accepted steps ago.
    static constexpr float ki = 0.4f, kp = 0.2f, kd = 0.0f;

    const Arguments &given;
    HeldLimits limits;
    const SharedSlab shared;
    Real persistent[8];
    Real state[8];
    Real proposed_state[8];
    Real parameters[10];
    Real hoisted[1];
    Real observables[1];
    Real error[8];
    Time time;
    Count steps, attempts; // accepted, tried
    Count saved;           // instants
    Real dt;              // of the next attempt
    Control norm;         // of the last attempt's error, squared
    Control error_log2;   // of the last accepted step
    Control dt_log2;      // of the last accepted step
    Control limit;        // keeps the first step out of the ratio
    Count newton_iterations; // Newton iterations
    Count factorisations; // LU factorisations
    Count bad_pivots; // attempts rejected for a bad pivot
    Control newton_rate;   // of the last iterations: log2 of theta / (1 - theta)
    Count failure;         // status bits of the last attempt

    CUBIE_INLINE Run(const Arguments &arguments, SharedSlab slab) : given(arguments), limits(hold_limits(arguments)), shared(slab) {}

    // The runs in mask start: inputs, initial state, first step.
    template <class Start> CUBIE_INLINE void begin(Mask mask, [[maybe_unused]] Count run, const Start &start) {
        Real stage_increment[8];
        Real accumulator[48];
        Real stage_base[8];
        Real *const rhs_cache = persistent + 0;
        [[maybe_unused]] const auto k1 = at(rhs_cache, 0);
        [[maybe_unused]] const auto k2 = at(accumulator, 8);
        [[maybe_unused]] const auto k3 = at(accumulator, 16);
        [[maybe_unused]] const auto k4 = at(accumulator, 24);
        [[maybe_unused]] const auto k5 = at(accumulator, 32);
        [[maybe_unused]] const auto k6 = at(accumulator, 40);
        [[maybe_unused]] const auto k7 = at(stage_increment, 0);
        Real input[inputs];
        start.load(input, mask, run);
        CUBIE_UNROLL for (int i = 0; i < 10; i++)
            parameters[i] = select(mask, input[i], parameters[i]);
        hoist(hoisted, parameters);
        CUBIE_UNROLL for (int i = 0; i < 8; i++)
            state[i] = select(mask, input[10 + i], state[i]);
        [[maybe_unused]] const Real t = Real(given.t0);
        time.begin(mask, given.t0);
        steps = select(mask, Count(0u), steps);
        attempts = select(mask, Count(0u), attempts);
        newton_iterations = select(mask, Count(0u), newton_iterations);
        factorisations = select(mask, Count(0u), factorisations);
        bad_pivots = select(mask, Count(0u), bad_pivots);
        newton_rate = select(mask, Control(newton_no_rate), newton_rate);
        failure = select(mask, Count(0u), failure);
        rhs(stage_increment, state, parameters, hoisted, t);
        CUBIE_UNROLL for (int i = 0; i < 8; i++)
            rhs_cache[i] = select(mask, stage_increment[i], rhs_cache[i]);
        norm = select(mask, Control(1.0f), norm);
        error_log2 = select(mask, Control(0.0f), error_log2);
        dt_log2 = select(mask, Control(0.0f), dt_log2);
        limit = select(mask, Control(1e6f), limit);
        dt = select(mask, start.step(run), dt);
        if (!start.has_step && given.dt == 0) {
            // Automatic first step (Hairer, Norsett & Wanner I, II.4).
            FirstStep first;
            CUBIE_UNROLL for (int i = 0; i < 8; i++) first.start(state[i], rhs_cache[i], limits.atol[i], limits.rtol[i]);
            const Real h = first.trial(given);
            CUBIE_UNROLL for (int i = 0; i < 8; i++) proposed_state[i] = state[i] + h * rhs_cache[i];
            rhs(stage_increment, proposed_state, parameters, hoisted, t);
            CUBIE_UNROLL for (int i = 0; i < 8; i++) first.change(state[i], rhs_cache[i], stage_increment[i], limits.atol[i], limits.rtol[i]);
            dt = select(mask, first.step(h, error_order, given), dt);
        }
        if (saving) {
            saved = select(mask, Count(0u), saved);
            const Mask due = mask & is_due(given, saved, Real(given.t0));
            if (any(due)) {
                store<0, 8>(due, state, given, saved, run);
                saved = select(due, saved + Count(1u), saved);
            }
        }
    }

    // One step is tried for the runs in `active`.
    CUBIE_INLINE void attempt(Mask active, [[maybe_unused]] Count run) {
        Real stage_increment[8];
        Real accumulator[48];
        Real stage_base[8];
        Real *const rhs_cache = persistent + 0;
        [[maybe_unused]] const auto k1 = at(rhs_cache, 0);
        [[maybe_unused]] const auto k2 = at(accumulator, 8);
        [[maybe_unused]] const auto k3 = at(accumulator, 16);
        [[maybe_unused]] const auto k4 = at(accumulator, 24);
        [[maybe_unused]] const auto k5 = at(accumulator, 32);
        [[maybe_unused]] const auto k6 = at(accumulator, 40);
        [[maybe_unused]] const auto k7 = at(stage_increment, 0);
        Real delta[8];
        Real lu_factor[27];
        const Real t = time.value, h = smaller(dt, Real(limits.t_end) - t);
        Count trouble = Count(0u); // status bits of this attempt
        // stage 1: of the step before
        // stage 2
        const Real shift = reciprocal(0.26 * h);
        {
            const Mask solvable = factor(lu_factor, state, parameters, hoisted, t, shift);
            note(trouble, !solvable, CUBIE_LINEAR_BREAKDOWN);
            count_if(active, factorisations);
            count_if(active & !solvable, bad_pivots);
        }
        CUBIE_UNROLL for (int i = 0; i < 8; i++)
            stage_base[i] = state[i] + (0.26 * h) * k1[i];
        // increment: a guess from derivatives before, then Newton's method
        CUBIE_UNROLL for (int i = 0; i < 8; i++)
            stage_increment[i] = (0.26 * h) * k1[i];
        {
            Newton newton(active & (trouble == Count(0u)), newton_rate);
            while (any(newton.working)) {
                CUBIE_UNROLL for (int i = 0; i < 8; i++)
                    proposed_state[i] = stage_base[i] + stage_increment[i];
                rhs(delta, proposed_state, parameters, hoisted, t);
                CUBIE_UNROLL for (int i = 0; i < 8; i++)
                    delta[i] -= shift * stage_increment[i];
                solve(lu_factor, delta);
                Control sum = Control(0.0f);
                CUBIE_UNROLL for (int i = 0; i < 8; i++)
                    sum += error_share(Control(1.0f), delta[i], state[i], proposed_state[i], limits.atol[i], limits.rtol[i]);
                CUBIE_UNROLL for (int i = 0; i < 8; i++)
                    stage_increment[i] = select(newton.working, stage_increment[i] + delta[i], stage_increment[i]);
                count_if(newton.working, newton_iterations);
                newton.judge(sum, limits);
            }
            trouble = trouble | newton.status;
            newton_rate = newton.rate;
        }
        CUBIE_UNROLL for (int i = 0; i < 8; i++) k2[i] = shift * stage_increment[i];
        // stage 3
        CUBIE_UNROLL for (int i = 0; i < 8; i++)
            stage_base[i] = state[i] + (0.13 * h) * k1[i] + (0.8403332099679081 * h) * k2[i];
        // increment: a guess from derivatives before, then Newton's method
        CUBIE_UNROLL for (int i = 0; i < 8; i++)
            stage_increment[i] = -(0.355166604983954 * h) * k1[i] + (0.615166604983954 * h) * k2[i];
        {
            Newton newton(active & (trouble == Count(0u)), newton_rate);
            while (any(newton.working)) {
                CUBIE_UNROLL for (int i = 0; i < 8; i++)
                    proposed_state[i] = stage_base[i] + stage_increment[i];
                rhs(delta, proposed_state, parameters, hoisted, t);
                CUBIE_UNROLL for (int i = 0; i < 8; i++)
                    delta[i] -= shift * stage_increment[i];
                solve(lu_factor, delta);
                Control sum = Control(0.0f);
                CUBIE_UNROLL for (int i = 0; i < 8; i++)
                    sum += error_share(Control(1.0f), delta[i], state[i], proposed_state[i], limits.atol[i], limits.rtol[i]);
                CUBIE_UNROLL for (int i = 0; i < 8; i++)
                    stage_increment[i] = select(newton.working, stage_increment[i] + delta[i], stage_increment[i]);
                count_if(newton.working, newton_iterations);
                newton.judge(sum, limits);
            }
            trouble = trouble | newton.status;
            newton_rate = newton.rate;
        }
        CUBIE_UNROLL for (int i = 0; i < 8; i++) k3[i] = shift * stage_increment[i];
        // stage 4
        CUBIE_UNROLL for (int i = 0; i < 8; i++)
            stage_base[i] = state[i] + (0.22371961478320507 * h) * k1[i] + (0.476755323197997 * h) * k2[i]
                - (0.06470895363112615 * h) * k3[i];
        // increment: a guess from derivatives before, then Newton's method
        CUBIE_UNROLL for (int i = 0; i < 8; i++)
            stage_increment[i] = -(0.051091436794117706 * h) * k1[i] + (0.21095306820891224 * h) * k2[i]
                + (0.10013836858520547 * h) * k3[i];
        {
            Newton newton(active & (trouble == Count(0u)), newton_rate);
            while (any(newton.working)) {
                CUBIE_UNROLL for (int i = 0; i < 8; i++)
                    proposed_state[i] = stage_base[i] + stage_increment[i];
                rhs(delta, proposed_state, parameters, hoisted, t);
                CUBIE_UNROLL for (int i = 0; i < 8; i++)
                    delta[i] -= shift * stage_increment[i];
                solve(lu_factor, delta);
                Control sum = Control(0.0f);
                CUBIE_UNROLL for (int i = 0; i < 8; i++)
                    sum += error_share(Control(1.0f), delta[i], state[i], proposed_state[i], limits.atol[i], limits.rtol[i]);
                CUBIE_UNROLL for (int i = 0; i < 8; i++)
                    stage_increment[i] = select(newton.working, stage_increment[i] + delta[i], stage_increment[i]);
                count_if(newton.working, newton_iterations);
                newton.judge(sum, limits);
            }
            trouble = trouble | newton.status;
            newton_rate = newton.rate;
        }
        CUBIE_UNROLL for (int i = 0; i < 8; i++) k4[i] = shift * stage_increment[i];
        // stage 5
        CUBIE_UNROLL for (int i = 0; i < 8; i++)
            stage_base[i] = state[i] + (0.16648564323248322 * h) * k1[i] + (0.1045001884159172 * h) * k2[i]
                + (0.03631482272098715 * h) * k3[i] - (0.13090704451073998 * h) * k4[i];
        // increment: a guess from derivatives before, then Newton's method
        CUBIE_UNROLL for (int i = 0; i < 8; i++)
            stage_increment[i] = (0.021437778746284757 * h) * k1[i] + (0.2667446989918214 * h) * k2[i] - (0.02818247773810614 * h) * k4[i];
        {
            Newton newton(active & (trouble == Count(0u)), newton_rate);
            while (any(newton.working)) {
                CUBIE_UNROLL for (int i = 0; i < 8; i++)
                    proposed_state[i] = stage_base[i] + stage_increment[i];
                rhs(delta, proposed_state, parameters, hoisted, t);
                CUBIE_UNROLL for (int i = 0; i < 8; i++)
                    delta[i] -= shift * stage_increment[i];
                solve(lu_factor, delta);
                Control sum = Control(0.0f);
                CUBIE_UNROLL for (int i = 0; i < 8; i++)
                    sum += error_share(Control(1.0f), delta[i], state[i], proposed_state[i], limits.atol[i], limits.rtol[i]);
                CUBIE_UNROLL for (int i = 0; i < 8; i++)
                    stage_increment[i] = select(newton.working, stage_increment[i] + delta[i], stage_increment[i]);
                count_if(newton.working, newton_iterations);
                newton.judge(sum, limits);
            }
            trouble = trouble | newton.status;
            newton_rate = newton.rate;
        }
        CUBIE_UNROLL for (int i = 0; i < 8; i++) k5[i] = shift * stage_increment[i];
        // stage 6
        CUBIE_UNROLL for (int i = 0; i < 8; i++)
            stage_base[i] = state[i] + (0.13855640231268224 * h) * k1[i] - (0.04245337201752043 * h) * k3[i]
                + (0.02446657898003142 * h) * k4[i] + (0.6194303907248068 * h) * k5[i];
        // increment: a guess from derivatives before, then Newton's method
        CUBIE_UNROLL for (int i = 0; i < 8; i++)
            stage_increment[i] = -(0.02338620725433086 * h) * k2[i] + (0.05473669109705427 * h) * k3[i] + (0.22864951615727658 * h) * k4[i];
        {
            Newton newton(active & (trouble == Count(0u)), newton_rate);
            while (any(newton.working)) {
                CUBIE_UNROLL for (int i = 0; i < 8; i++)
                    proposed_state[i] = stage_base[i] + stage_increment[i];
                rhs(delta, proposed_state, parameters, hoisted, t);
                CUBIE_UNROLL for (int i = 0; i < 8; i++)
                    delta[i] -= shift * stage_increment[i];
                solve(lu_factor, delta);
                Control sum = Control(0.0f);
                CUBIE_UNROLL for (int i = 0; i < 8; i++)
                    sum += error_share(Control(1.0f), delta[i], state[i], proposed_state[i], limits.atol[i], limits.rtol[i]);
                CUBIE_UNROLL for (int i = 0; i < 8; i++)
                    stage_increment[i] = select(newton.working, stage_increment[i] + delta[i], stage_increment[i]);
                count_if(newton.working, newton_iterations);
                newton.judge(sum, limits);
            }
            trouble = trouble | newton.status;
            newton_rate = newton.rate;
        }
        CUBIE_UNROLL for (int i = 0; i < 8; i++) k6[i] = shift * stage_increment[i];
        // stage 7
        CUBIE_UNROLL for (int i = 0; i < 8; i++)
            stage_base[i] = state[i] + (0.13659751177640292 * h) * k1[i] - (0.054969087965383766 * h) * k3[i]
                - (0.04118626728321047 * h) * k4[i] + (0.629933048990164 * h) * k5[i]
                + (0.06962479448202728 * h) * k6[i];
        // increment: a guess from derivatives before, then Newton's method
        CUBIE_UNROLL for (int i = 0; i < 8; i++)
            stage_increment[i] = (0.26 * h) * k6[i];
        {
            Newton newton(active & (trouble == Count(0u)), newton_rate);
            while (any(newton.working)) {
                CUBIE_UNROLL for (int i = 0; i < 8; i++)
                    proposed_state[i] = stage_base[i] + stage_increment[i];
                rhs(delta, proposed_state, parameters, hoisted, t);
                CUBIE_UNROLL for (int i = 0; i < 8; i++)
                    delta[i] -= shift * stage_increment[i];
                solve(lu_factor, delta);
                Control sum = Control(0.0f);
                CUBIE_UNROLL for (int i = 0; i < 8; i++)
                    sum += error_share(Control(1.0f), delta[i], state[i], proposed_state[i], limits.atol[i], limits.rtol[i]);
                CUBIE_UNROLL for (int i = 0; i < 8; i++)
                    stage_increment[i] = select(newton.working, stage_increment[i] + delta[i], stage_increment[i]);
                count_if(newton.working, newton_iterations);
                newton.judge(sum, limits);
            }
            trouble = trouble | newton.status;
            newton_rate = newton.rate;
        }
        // solution: the last stage
        CUBIE_UNROLL for (int i = 0; i < 8; i++)
            proposed_state[i] = stage_base[i] + stage_increment[i];
        CUBIE_UNROLL for (int i = 0; i < 8; i++) k7[i] = shift * stage_increment[i];
        // error estimate
        CUBIE_UNROLL for (int i = 0; i < 8; i++)
            error[i] = -(0.001958890536279335 * h) * k1[i] - (0.012515715947863337 * h) * k3[i]
                - (0.06565284626324189 * h) * k4[i] + (0.01050265826535727 * h) * k5[i]
                - (0.1903752055179727 * h) * k6[i] + (0.26 * h) * k7[i];
        const Mask recovers = failure != Count(0u); // the attempt before could not be solved
        failure = select(active, trouble, failure);

        const Control hc = control(h);
        Control sum = 0.0f;
        CUBIE_UNROLL for (int i = 0; i < 8; i++) {
            sum += error_share(Control(1.0f), error[i], state[i], proposed_state[i], limits.atol[i], limits.rtol[i]);
        }
        norm = select(active, sum, norm);
        const Mask accept = active & (norm <= Control(1.0f)) & (trouble == Count(0u));
        const Control norm_log2 = fast_log2(norm);
        Control gain_log2 = limits.log2_safety - limits.ki * norm_log2 + limits.kp * error_log2;
        const Control h_log2 = fast_log2(hc);
        gain_log2 = select(accept, gain_log2 + (h_log2 - dt_log2) * 1.0f + limit, Control(1e6f));
        gain_log2 = smaller(gain_log2, limits.log2_safety - norm_log2 * (0.5f / error_order));
        gain_log2 = select(recovers, smaller(gain_log2, Control(0.0f)), gain_log2);
        gain_log2 = select(trouble == Count(0u), gain_log2, Control(-1.0f)); // half the step (Hairer & Wanner II, IV.8)
        const Control gain = fast_exp2(smaller(larger(gain_log2, limits.log2_min_gain), limits.log2_max_gain));
        if (saving) {
            Real saved_state[8];
            const Real t_new = t + h;
            Mask due = accept & is_due(given, saved, t_new);
            if (any(due)) {
                while (any(due)) {
                    const Real instant = save_time(given, saved);
                    const Real theta = step_fraction(instant, time, t, h);
                    const Real rise = theta * theta * (3.0 - 2.0 * theta);
                    const Real first = h * theta * (theta - 1.0) * (theta - 1.0), last = h * theta * theta * (theta - 1.0);
                    CUBIE_UNROLL for (int i = 0; i < 8; i++)
                        saved_state[i] = state[i] + rise * (proposed_state[i] - state[i]) + first * rhs_cache[i] + last * stage_increment[i];
                    store<0, 8>(due, saved_state, given, saved, run);
                    saved = select(due, saved + Count(1u), saved);
                    due = due & is_due(given, saved, t_new);
                }
            }
        }

        CUBIE_UNROLL for (int i = 0; i < 8; i++)
            state[i] = select(accept, proposed_state[i], state[i]);
        CUBIE_UNROLL for (int i = 0; i < 8; i++)
            rhs_cache[i] = select(accept, stage_increment[i], rhs_cache[i]);
        time.advance(accept, h);
        count_if(active, attempts);
        count_if(accept, steps);
        error_log2 = select(accept, larger(norm_log2, Control(least_error_log2)), error_log2);
        dt_log2 = select(accept, h_log2, dt_log2);
        limit = select(accept, Control(0.0f), limit);
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
        CUBIE_UNROLL for (int i = 0; i < 8; i++) whole = whole & finite(state[i]);
        // Short of its end a run ran out of attempts, or its step became too small: what is not finite is rejected again and again.
        const Mask reached = time.value >= Real(limits.t_stop), good = reached & whole;
        const Count small = select(norm == norm, Count(uint32_t(CUBIE_STEP_TOO_SMALL)), Count(uint32_t(CUBIE_NOT_FINITE)));
        const Count reason = select(failure == Count(0u), small, failure | Count(uint32_t(CUBIE_STEP_TOO_SMALL)));
        const Count stopped = select(is_stuck(time.value, dt, limits), reason, Count(uint32_t(CUBIE_MAX_STEPS)));
        const Count status = select(good, Count(0u), select(reached | !whole, Count(uint32_t(CUBIE_NOT_FINITE)), stopped));
        if (!saving) {
            saved = select(mask, Count(0u), saved);
            store<0, 8>(mask & good, state, given, saved, run);
        }
        store_missing(mask & !good, given, saved, run);
        store_counters(mask, given, run, steps, attempts, status);
        store_counter<0>(mask, given, run, newton_iterations);
        store_counter<1>(mask, given, run, factorisations);
        store_counter<2>(mask, given, run, bad_pivots);
    }
};

// Name, identifier, unit, default: parameters, then initial values.
constexpr CubieVariable input[] = {
    { "k1", "k1", "", 1.71, nullptr },
    { "k2", "k2", "", 0.43, nullptr },
    { "k3", "k3", "", 8.32, nullptr },
    { "k4", "k4", "", 0.69, nullptr },
    { "k5", "k5", "", 0.035, nullptr },
    { "k6", "k6", "", 8.32, nullptr },
    { "k_minus", "k_minus", "", 0.69, nullptr },
    { "k_plus", "k_plus", "", 280.0, nullptr },
    { "k_star", "k_star", "", 0.69, nullptr },
    { "supply", "supply", "", 0.0007, nullptr },
    { "Pr", "Pr", "", 1.0, nullptr },
    { "Pfr", "Pfr", "", 0.0, nullptr },
    { "PrX", "PrX", "", 0.0, nullptr },
    { "PfrX", "PfrX", "", 0.0, nullptr },
    { "PrX2", "PrX2", "", 0.0, nullptr },
    { "PfrX2", "PfrX2", "", 0.0, nullptr },
    { "PfrX2E", "PfrX2E", "", 0.0, nullptr },
    { "E", "E", "", 0.0057, nullptr },
};
constexpr CubieVariable output[] = {
    { "Pr", "Pr", "", 0.0, nullptr },
    { "Pfr", "Pfr", "", 0.0, nullptr },
    { "PrX", "PrX", "", 0.0, nullptr },
    { "PfrX", "PfrX", "", 0.0, nullptr },
    { "PrX2", "PrX2", "", 0.0, nullptr },
    { "PfrX2", "PfrX2", "", 0.0, nullptr },
    { "PfrX2E", "PfrX2E", "", 0.0, nullptr },
    { "E", "E", "", 0.0, nullptr },
};
constexpr CubieCounter counter[] = {
    { "newton_iterations", "Newton iterations" },
    { "factorisations", "LU factorisations" },
    { "bad_pivots", "attempts rejected for a bad pivot" },
};
constexpr CubieSettingDefault setting[] = {
    { "duration", "321.8122", "time", "length of the integration after settling" },
    { "t0", "0", "time", "start time" },
    { "settle", "0", "time", "time integrated before the first output" },
    { "save_every", "0", "time", "interval between saved instants; 0: the end state only" },
    { "save_at", "", "time", "instants to save, instead of save_every" },
    { "rtol", "1e-6", "", "relative tolerance: one, one for each state, or NAME=VALUE for some" },
    { "atol", "E=1e-8,Pfr=1e-7,PfrX2=1e-7,PfrX2E=1e-8,PfrX=1e-7,Pr=1e-7,PrX2=1e-7,PrX=1e-8", "state", "absolute tolerance: one, one for each state, or NAME=VALUE for some" },
    { "dt", "0", "time", "step of fixed-step integration; first step of adaptive (0: automatic)" },
    { "dt_min", "0", "time", "a run that needs a smaller step fails; 0: as small as rounding allows" },
    { "dt_max", "inf", "time", "largest step" },
    { "max_steps", "1000000", "attempts", "a run that needs more attempts fails" },
    { "step_tolerance", "0.15", "", "what the estimated error of a step may be, as a fraction of the tolerances; some methods have their own default" },
    { "safety", "0.9", "", "factor on the step that the controller asks for; some methods have their own default" },
    { "min_gain", "0.2", "", "most that a step shrinks at once" },
    { "max_gain", "10", "", "most that a step grows at once" },
    { "kp", "0", "", "proportional gain of the controller; kp = ki = kd = 0: its own" },
    { "ki", "0", "", "integral gain of the controller" },
    { "kd", "0", "", "derivative gain of the controller" },
    { "seed", "0", "", "seed of random sweeps" },
    { "newton_tolerance", "0", "", "Newton iterations end at this fraction of the tolerances; 0: by the cube root of rtol, 0.03 at most" },
    { "newton_max_iterations", "10", "", "a step whose Newton iterations need more is tried again with half the size" },
};
constexpr CubieSweepDefault sweep[] = {
    { "k_plus", "geom:28:2800:10" },
    { "supply", "geom:7e-5:0.007:100" },
};
constexpr CubieTarget target = make_target<Run<false>, Run<true>>();

constexpr CubieProblem problem = {
    /* abi */ CUBIE_ABI,
    /* name */ "hires",
    /* generator */ "cubie-gen 0.1.0",
    /* hash */ "723fb5308f15ba78",
    /* algorithm */ "kvaerno5",
    /* controller */ "gustafsson",
    /* generation */ "algorithm=kvaerno5 solver_scratch_location=shared",
    /* precision */ CUBIE_PRECISION,
    /* order */ 5,
    /* adaptive */ 1,
    /* parameters, states, observables */ 10, 8, 0,
    /* input */ input,
    /* outputs, output */ 8, output,
    /* counters, counter */ 3, counter,
    /* records, record */ 0, nullptr,
    /* settings, setting */ 21, setting,
    /* sweeps, sweep */ 2, sweep,
    /* zip, runs, seed */ 0, 0, 0,
    /* time_unit */ "",
    /* bytes per run: shared, persistent, local */ 0, 64, 1136,
    /* target */ &target,
};
} // namespace
} // namespace cubie

const CubieProblem *hires_problem(void) { return &cubie::problem; }

hires_options hires_defaults(void) {
    hires_options options = {};
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
    options.newton_tolerance = NAN;
    options.newton_max_iterations = NAN;
    return options;
}

int hires_solve(uint64_t runs, const hires_inputs *inputs, const hires_options *options, hires_outputs *outputs) {
    const hires_inputs none = {}, &given = inputs ? *inputs : none;
    const hires_options chosen = options ? *options : hires_defaults();
    const double *const input[] = {
        given.k1,
        given.k2,
        given.k3,
        given.k4,
        given.k5,
        given.k6,
        given.k_minus,
        given.k_plus,
        given.k_star,
        given.supply,
        given.Pr,
        given.Pfr,
        given.PrX,
        given.PfrX,
        given.PrX2,
        given.PfrX2,
        given.PfrX2E,
        given.E,
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
        { "newton_tolerance", chosen.newton_tolerance },
        { "newton_max_iterations", chosen.newton_max_iterations },
    };
    const CubieCall call = { runs, input, int(sizeof number / sizeof *number), number, chosen.argument_count, chosen.arguments };
    if (!outputs) return cubie_solve(&cubie::problem, &call, nullptr);
    uint32_t *const counter[] = {
        outputs->newton_iterations,
        outputs->factorisations,
        outputs->bad_pivots,
    };
    CubieResult result = { runs, outputs->instants, outputs->value, outputs->status, outputs->steps, outputs->rejected, counter, 0 };
    return cubie_solve(&cubie::problem, &call, &result);
}

#ifndef CUBIE_LIBRARY
int main(int argc, char **argv) { return cubie_main(&cubie::problem, argc, argv); }
#endif
