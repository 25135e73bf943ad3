// SPDX-License-Identifier: MIT
// Step size control in float32: no pow, division or square root.
//
// The weighted norm of an attempt is kept squared, and its base-2 logarithm is
// what the controllers work with, so a gain is one exp2 of a linear form.
#ifndef CUBIE_CONTROL_HPP
#define CUBIE_CONTROL_HPP

namespace cubie {

// log2 of a number that is not negative, to 1e-6: the exponent, and a polynomial
// for what is left (minimax, evaluated by Estrin's scheme, since each attempt waits
// for it). On the CPU it is about -127 for what is smaller than normal numbers,
// and 128 for infinity.
CUBIE_INLINE Control fast_log2(Control a)
{
#ifdef __CUDA_ARCH__
    return Control(__log2f(lane(a, 0)));
#else
    const ControlBits bits = bits_of(a) & 0x7fffffff; // lanes without a run may hold anything: none overflows below
    const ControlBits exponent = (bits - 0x3f3504f3) >> 23; // a = (1 + f) 2^exponent, sqrt(1/2) <= 1 + f < sqrt(2)
    const Control f = from_bits(bits - exponent * 0x800000) - 1.0f, f2 = f * f;
    const Control low = (1.442704447f - 0.7213510527f * f) + f2 * (0.4801814105f - 0.3598696375f * f);
    const Control high = (0.3020744067f - 0.2655921396f * f) + f2 * 0.1445206072f;
    const Control whole =
        from_integer(exponent) + 0.0f * smaller(Control(std::numeric_limits<float>::max()), a); // NaN stays
    return whole + f * (low + f2 * f2 * high);
#endif
}
// 2^a, to 1e-6 relative, for a from -126 to 126; beyond these, as for them. A NaN counts as -126.
CUBIE_INLINE Control fast_exp2(Control a)
{
#ifdef __CUDA_ARCH__
    float y;
    asm("ex2.approx.ftz.f32 %0, %1;" : "=f"(y) : "f"(lane(a, 0)));
    return Control(y);
#else
    const Control x = smaller(larger(a, Control(-126.0f)), Control(126.0f));
    const Control shifted = x + 12582912.0f;                   // 1.5 * 2^23: rounds to the nearest integer
    const Control f = x - (shifted - 12582912.0f), f2 = f * f; // -1/2 <= f <= 1/2
    const Control high = (0.2402235065f + 0.05557400479f * f) + f2 * (0.009666282524f + 0.001112550583f * f);
    const Control power = (1.0f + 0.6931428306f * f) + f2 * high;
    return from_bits(bits_of(power) + (bits_of(shifted) - 0x4b400000) * 0x800000);
#endif
}

// The squared norm's share of one component: (h e / (atol + rtol max(|y|, |y_new|)))^2
// (Hairer, Norsett & Wanner I, equation II.4.11; the n of the mean is in atol and rtol).
// That is a Product, which the sum takes up: hence auto.
CUBIE_INLINE auto error_share(Control h, Real error, Real y, Real y_new, Control atol, Control rtol)
{
    const Control scale = atol + rtol * larger(control(abs(y)), control(abs(y_new)));
    const Control scaled = h * control(error) * reciprocal(scale);
    return scaled * scaled;
}

// Whether the step is below dt_min, or so small that adding a sixteenth of it
// no longer changes the time: about 16 units in the last place of t, not of the
// end, which may be many orders of magnitude away.
CUBIE_INLINE Mask is_stuck(Real t, Real dt, const Limits &limits)
{
    const Real above = dt - Real(limits.dt_min) * Real(Scalar(0.999)); // (dt_min itself is a step)
    return t + above * Real(Scalar(0.0625)) <= t;
}

// No error counts as smaller than 1e-4 of the tolerance when the next step
// looks back at it (Hairer, Norsett & Wanner I, IV.2: facold); log2 of its square.
constexpr float least_error_log2 = -26.575425f;

// The automatic first step (Hairer, Norsett & Wanner I, II.4): norms of the
// state, of its derivative and of how that changes over a trial step, squared.
struct FirstStep {
    Control state, slope, bend;
    // Written out and inline, lest two problems in one program share one.
    CUBIE_INLINE FirstStep() : state(0.0f), slope(0.0f), bend(0.0f) {}
    CUBIE_INLINE static Control weight(Real y, Control atol, Control rtol)
    {
        return reciprocal(atol + rtol * control(abs(y)));
    }
    CUBIE_INLINE void start(Real y, Real f, Control atol, Control rtol)
    {
        const Control w = weight(y, atol, rtol), a = control(y) * w, b = control(f) * w;
        state += a * a;
        slope += b * b;
    }
    // h0 = 0.01 |y| / |f|, or 1e-6 when either is below 1e-5.
    CUBIE_INLINE Real trial(const Arguments &given) const
    {
        constexpr float least = 1e-10f;
        const Control ratio = fast_exp2((fast_log2(state) - fast_log2(slope)) * 0.5f) * 0.01f;
        const Control guess = select((state < Control(least)) | (slope < Control(least)), Control(1e-6f), ratio);
        return smaller(larger(real(guess), Real(given.limits.dt_min)), Real(given.limits.dt_max));
    }
    CUBIE_INLINE void change(Real y, Real f, Real f_trial, Control atol, Control rtol)
    {
        const Control a = control(f_trial - f) * weight(y, atol, rtol);
        bend += a * a;
    }
    // h1 = (0.01 / max(|f|, |f' |))^(1/q); the smaller of 100 h0 and h1.
    CUBIE_INLINE Real step(Real h, int q, const Arguments &given) const
    {
        const Control inverse = reciprocal(control(h));
        const Control steepest = larger(slope, bend * inverse * inverse);
        const Control h1 = fast_exp2((fast_log2(steepest) * -0.5f - 6.643856f) * (1.0f / float(q)));
        const Control flat = larger(Control(1e-6f), control(h) * 1e-3f);
        const Control guess = smaller(select(steepest <= Control(1e-30f), flat, h1), control(h) * 100.0f);
        return smaller(larger(real(guess), Real(given.limits.dt_min)), Real(given.limits.dt_max));
    }
};

} // namespace cubie

#endif
