// Step size control in float32: no pow, division or square root.
//
// The weighted norm of an attempt is kept squared, and its base-2 logarithm is
// what the controllers work with, so a gain is one exp2 of a linear form.
#ifndef CUBIE_CONTROL_HPP
#define CUBIE_CONTROL_HPP

namespace cubie {

#if CUBIE_LANES == 1
CUBIE_INLINE Control fast_log2(Control a) {
#ifdef __CUDA_ARCH__
    return __log2f(a);
#else
    return ::log2f(a);
#endif
}
CUBIE_INLINE Control fast_exp2(Control a) {
#ifdef __CUDA_ARCH__
    float y;
    asm("ex2.approx.ftz.f32 %0, %1;" : "=f"(y) : "f"(a));
    return y;
#else
    return ::exp2f(a);
#endif
}
CUBIE_INLINE Control fast_reciprocal(Control a) {
#ifdef __CUDA_ARCH__
    float y;
    asm("rcp.approx.ftz.f32 %0, %1;" : "=f"(y) : "f"(a));
    return y;
#else
    return 1.0f / a;
#endif
}
#else
// log2 and exp2 to about 1e-7 and 1e-6 relative, by splitting off the exponent and a
// polynomial in what is left (Cephes' ranges; coefficients of the Taylor and
// atanh series, enough terms for float32).
CUBIE_INLINE Control fast_log2(Control a) {
    typedef Control::Vector V;
    typedef VectorOf<int32_t>::Type I;
    I bits = (I)a.v;
    I exponent = ((bits - 0x3f3504f3) >> 23);           // a = m 2^e with sqrt(1/2) <= m < sqrt(2)
    V m = (V)(bits - (exponent << 23));
    V s = (m - 1.0f) / (m + 1.0f), s2 = s * s;           // log m = 2 atanh s
    V p = s * (2.8853900817779268f + s2 * (0.9617966939259756f + s2 * (0.5770780163555854f + s2 * 0.4121985831111324f)));
    V result = __builtin_convertvector(exponent, V) + p;
    result = a.v > 0.0f ? result : V{} - std::numeric_limits<float>::infinity();
    result = a.v <= std::numeric_limits<float>::max() ? result : a.v + a.v; // infinity, NaN
    return Control(result);
}
CUBIE_INLINE Control fast_exp2(Control a) {
    typedef Control::Vector V;
    typedef VectorOf<int32_t>::Type I;
    V x = a.v > -126.0f ? a.v : V{} - 126.0f;            // also NaN
    x = x < 126.0f ? x : V{} + 126.0f;
    V shifted = x + 12582912.0f;                         // 1.5 * 2^23: rounds to the nearest integer
    I whole = (I)shifted - 0x4b400000;
    V f = x - (shifted - 12582912.0f);                   // in [-1/2, 1/2]
    V p = 1.0f + f * (0.6931471805599453f + f * (0.2402265069591007f + f * (0.05550410866482158f + f * (0.009618129107628477f + f * 0.0013333558146428443f))));
    return Control((V)((I)p + (whole << 23)));
}
CUBIE_INLINE Control fast_reciprocal(Control a) { return Control(1.0f / a.v); }
#endif

// The squared norm's share of one component: (h e / (atol + rtol max(|y|, |y_new|)))^2
// (Hairer, Norsett & Wanner I, equation II.4.11; the n of the mean is in atol and rtol).
CUBIE_INLINE Control error_share(Control h, Real error, Real y, Real y_new, Control atol, Control rtol) {
    const Control scale = atol + rtol * larger(control(abs(y)), control(abs(y_new)));
    const Control scaled = h * control(error) * fast_reciprocal(scale);
    return scaled * scaled;
}

// No error counts as smaller than 1e-4 of the tolerance when the next step
// looks back at it (Hairer, Norsett & Wanner I, IV.2: facold); log2 of its square.
constexpr float least_error_log2 = -26.575425f;

// The automatic first step (Hairer, Norsett & Wanner I, II.4): norms of the
// state, of its derivative and of how that changes over a trial step, squared.
struct FirstStep {
    Control state = 0.0f, slope = 0.0f, bend = 0.0f;
    CUBIE_INLINE static Control weight(Real y, Control atol, Control rtol) { return fast_reciprocal(atol + rtol * control(abs(y))); }
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
        const Control inverse = fast_reciprocal(control(h));
        const Control steepest = larger(slope, bend * inverse * inverse);
        const Control h1 = fast_exp2((fast_log2(steepest) * -0.5f - 6.643856f) * (1.0f / float(q)));
        const Control flat = larger(Control(1e-6f), control(h) * 1e-3f);
        const Control guess = smaller(select(steepest <= Control(1e-30f), flat, h1), control(h) * 100.0f);
        return smaller(larger(real(guess), Real(given.limits.dt_min)), Real(given.limits.dt_max));
    }
};

} // namespace cubie

#endif
