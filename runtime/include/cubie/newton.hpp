// SPDX-License-Identifier: MIT
// Convergence of simplified Newton iterations (E. Hairer, G. Wanner, Solving
// Ordinary Differential Equations II, 2nd ed. 1996, IV.8, equations 8.8 to 8.11,
// and their code RADAU5).
//
// With corrections d_k, theta_k = |d_k| / |d_(k-1)| and eta = theta / (1 - theta),
// what is left after iteration k is eta |d_k| at most. Norms are weighted by the
// tolerances, as the error's. All is in float32 and in base-2 logarithms:
//
//   Newton newton(active, newton_rate);
//   while (any(newton.working)) {
//       ... the correction d, and its norm squared: sum += error_share(Control(1.0f), d[i], ...)
//       z[i] = select(newton.working, z[i] + d[i], z[i]);
//       newton.judge(sum, limits);
//   }
//   trouble = trouble | newton.status;
//   newton_rate = newton.rate;
//
// A run that has converged or failed leaves `working` for good.
//
// Rounding of the right-hand side, times h, may be far more than that of the states (where large
// terms cancel: Robertson's slow reactions at t = 1e11), and no tolerance tells by how much. It
// shows: corrections that shrank fast stop, since from there on they are rounding errors. Such a
// run has converged when they are below half the tolerance of the step, whose error estimate sees
// them, too; and not far above the rounding of the states, lest what is no rounding passes.
#ifndef CUBIE_NEWTON_HPP
#define CUBIE_NEWTON_HPP

namespace cubie {

// log2 of eta of a run that has had no iterations: eta = 1.
constexpr float newton_no_rate = 0.0f;
// Corrections of no size and of infinite size, as log2.
constexpr float newton_least = -64.0f, newton_most = 63.0f;
// log2 of eta of iterations that shrink fast, 1/4; and of how much more than that of the states
// rounding of corrections may be.
constexpr float newton_fast = -2.0f, newton_amplified = 22.0f;

struct Newton {
    Mask working;       // runs that iterate
    Count status;       // why runs failed: CUBIE_NEWTON_... bits
    Control rate;       // log2 of eta
    Control best;       // the smallest rate so far
    Control size;       // log2 of |d| of the last iteration
    Control ratio;      // log2 of theta of the last iteration; newton_least when there was but one
    uint32_t iteration; // how many there were

    // rate_before: of the last system of the run that was like this one. It stands in for eta
    // until there is a theta, as max(eta, rounding)^0.8 (8.10).
    CUBIE_INLINE Newton(Mask runs, Control rate_before)
        : working(runs), status(0u), rate(select(runs, larger(rate_before, Control(-24.0f)) * 0.8f, rate_before)),
          best(rate_before), size(0.0f), ratio(newton_least), iteration(0)
    {
    }
    // After an iteration, with the square of |d|.
    CUBIE_INLINE void judge(Control sum, const Limits &limits)
    {
        const Control now = fast_log2(sum) * 0.5f;
        const Control tolerance = Control(limits.log2_newton_tolerance);
        const Mask whole = now <= Control(newton_most); // a number
        const uint32_t left = limits.newton_max_iterations - ++iteration;
        Mask shrinking = whole, late = Mask(false), stalled = Mask(false);
        if (iteration > 1) {
            const Control last = now - size;
            // Of two, their mean: one correction that is larger than the one before is no divergence.
            const Control theta = iteration > 2 ? (last + ratio) * 0.5f : last;
            const Control log2_rest = fast_log2(larger(Control(1.0f) - fast_exp2(theta), Control(1e-7f)));
            shrinking = whole & (theta < Control(0.0f));
            late = theta * (float(left) + 1.0f) - log2_rest + now >
                   tolerance; // (8.11): what the iterations left would leave
            const Control rounding = smaller(Control(limits.log2_newton_floor) + newton_amplified, Control(-1.0f));
            stalled = working & ((!shrinking) | late) & (best <= Control(newton_fast)) & (now <= rounding);
            rate = select(stalled, best, select(working & shrinking, theta - log2_rest, rate));
            ratio = select(working & !stalled, last, ratio);
            best = smaller(best, rate);
        }
        size = select(working, now, size);
        const Mask converged =
            stalled | (shrinking & (rate + now <= tolerance)) | (now <= Control(limits.log2_newton_floor));
        const Mask failing = working & !converged;
        note(status, failing & !shrinking, CUBIE_NEWTON_DIVERGED);
        if (left == 0) {
            note(status, failing & shrinking, CUBIE_NEWTON_EXHAUSTED);
            working = Mask(false);
        } else {
            note(status, failing & shrinking & late, CUBIE_NEWTON_STAGNATED);
            working = failing & shrinking & !late;
        }
    }
};

// Whether factors of shift*I - J with `factored` in place of shift, made for an earlier
// step, are not good enough: the step has changed, or corrections of the last attempt
// shrank too slowly (theta: log2 of the largest ratio of theirs). In between RADAU5, which
// keeps factors at the same step and theta < 0.001, and CVODE, which keeps them while the
// step changes by 30 % (its DGMAX).
CUBIE_INLINE Mask is_old(Real shift, Real factored, Control theta)
{
    const Real change = Real(Scalar(1.1));
    const Mask near = (shift <= factored * change) & (factored <= shift * change);
    return (!near) | (theta > Control(-5.0f));
}

} // namespace cubie

#endif
