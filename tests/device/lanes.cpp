// SPDX-License-Identifier: MIT
// Real, Control, Count and Mask of the CPU target (lanes.hpp) for
// one width and precision, beside long double functions of the C library.
// tests/device/lanes.sh compiles and runs this for all widths.
#define CUBIE_STATES 1
#define CUBIE_PARAMETERS 1
#define CUBIE_OUTPUTS 1
#include "cubie/device.hpp"

#include <initializer_list>

#include "tap.h"

// As generated code, so that these functions come before those of the C library.
namespace cubie {
namespace {

const Scalar infinity = std::numeric_limits<Scalar>::infinity();
const Scalar special[] = { 0,
                           Scalar(-0.0),
                           1,
                           -1,
                           Scalar(2.5),
                           Scalar(-2.5),
                           infinity,
                           -infinity,
                           missing,
                           -missing,
                           largest,
                           -largest,
                           std::numeric_limits<Scalar>::min(),
                           std::numeric_limits<Scalar>::denorm_min() };

bool same(Scalar a, Scalar b)
{
    return (std::isnan(a) && std::isnan(b)) || (a == b && std::signbit(a) == std::signbit(b));
}

// Zeros of both signs are the same number.
bool same_number(Scalar a, Scalar b)
{
    return same(a, b) || a == b;
}

// ---- functions --------------------------------------------------------------

// Error in units in the last place of the true value (of the least normal number, when that is larger).
double error_ulp(Scalar value, long double truth)
{
    if (std::isnan(truth)) return std::isnan(value) ? 0 : HUGE_VAL;
    if (std::isnan(value)) return HUGE_VAL;
    if (Scalar(truth) == value) return 0;
    if (std::isinf(value) || std::isinf(Scalar(truth))) {
        const long double beyond = std::isinf(value) ? fabsl(truth) : std::fabs(value);
        return beyond > 0.999999L * largest && std::signbit(truth) == std::signbit(value) ? 0 : HUGE_VAL;
    }
    const int digits = std::numeric_limits<Scalar>::digits, least = std::numeric_limits<Scalar>::min_exponent;
    int exponent;
    frexpl(truth, &exponent);
    return double(fabsl(value - truth) / ldexpl(1, (exponent < least ? least : exponent) - digits));
}

struct Worst {
    double ulp = 0;
    Scalar at = 0, other = 0;
    void add(double error, Scalar x, Scalar y)
    {
        if (error <= ulp) return;
        ulp = error;
        at = x;
        other = y;
    }
};

enum { SAMPLES = 4000 };

// Sample i: even ones evenly between the ends, odd ones evenly by exponent, of both signs where both are in.
Scalar sample(int i, Scalar low, Scalar high)
{
    const Scalar part = Scalar(i) / Scalar(SAMPLES - 1);
    if (i % 2 == 0) return low + part * (high - low);
    const Scalar end = i % 4 == 1 ? high : low, least = Scalar(1e-30);
    if (std::fabs(end) < least || (low > 0 && i % 4 == 3)) return high;
    const Scalar size = std::exp(std::log(least) + part * (std::log(std::fabs(end)) - std::log(least)));
    const Scalar x = std::copysign(size, end);
    return x < low ? low : x > high ? high : x;
}

template <class F, class Truth>
void check_function(const char *name, F function, Truth truth, double low, double high, double most)
{
    Worst worst;
    for (int i = 0; i < SAMPLES + CUBIE_LANES; i += CUBIE_LANES) {
        Real x = Real(Scalar(0));
        for (int l = 0; l < CUBIE_LANES; l++) set_lane(x, l, sample((i + l) % SAMPLES, Scalar(low), Scalar(high)));
        const Real y = function(x);
        for (int l = 0; l < CUBIE_LANES; l++)
            worst.add(error_ulp(lane(y, l), truth(static_cast<long double>(lane(x, l)))), lane(x, l), 0);
    }
    if (!tap_ok(worst.ulp <= most, "%s", name)) tap_diag("%.3g ulp at %.17g", worst.ulp, double(worst.at));
}

template <class F, class Truth>
void check_function2(const char *name, F function, Truth truth, double low, double high, double low2, double high2)
{
    Worst worst;
    for (int i = 0; i < SAMPLES + CUBIE_LANES; i += CUBIE_LANES) {
        Real x = Real(Scalar(0)), y = x;
        for (int l = 0; l < CUBIE_LANES; l++) {
            set_lane(x, l, sample((i + l) % SAMPLES, Scalar(low), Scalar(high)));
            set_lane(y, l, sample((i + l) * 37 % SAMPLES, Scalar(low2), Scalar(high2)));
        }
        const Real z = function(x, y);
        for (int l = 0; l < CUBIE_LANES; l++)
            worst.add(error_ulp(lane(z, l),
                                truth(static_cast<long double>(lane(x, l)), static_cast<long double>(lane(y, l)))),
                      lane(x, l), lane(y, l));
    }
    if (!tap_ok(worst.ulp <= 4, "%s", name))
        tap_diag("%.3g ulp at %.17g, %.17g", worst.ulp, double(worst.at), double(worst.other));
}

#define CHECK(name, low, high, most) \
    check_function(                  \
        #name, [](Real x) { return name(x); }, [](long double x) { return name##l(x); }, low, high, most)
#define CHECK2(name, low, high, low2, high2)                                                                          \
    check_function2(                                                                                                  \
        #name, [](Real x, Real y) { return name(x, y); }, [](long double x, long double y) { return name##l(x, y); }, \
        low, high, low2, high2)

void check_functions()
{
    const double big = CUBIE_PRECISION == 64 ? 1e300 : 1e37, power = CUBIE_PRECISION == 64 ? 700 : 88;
    CHECK(sqrt, 0, big, 0.5);
    CHECK(cbrt, -big, big, 4);
    CHECK(exp, -power, power, 4);
    CHECK(expm1, -40, power, 4);
    CHECK(log, 1e-30, big, 4);
    CHECK(log1p, -0.999, big, 4);
    CHECK(log10, 1e-30, big, 4);
    CHECK(log2, 1e-30, big, 4);
    CHECK(floor, -1e6, 1e6, 0);
    CHECK(ceil, -1e6, 1e6, 0);
    CHECK(sin, -1e4, 1e4, 4);
    CHECK(cos, -1e4, 1e4, 4);
    CHECK(tan, -1e4, 1e4, 4);
    CHECK(asin, -1, 1, 4);
    CHECK(acos, -1, 1, 4);
    CHECK(atan, -1e10, 1e10, 4);
    CHECK(sinh, -power, power, 4);
    CHECK(cosh, -power, power, 4);
    CHECK(tanh, -30, 30, 4);
    CHECK(asinh, -1e10, 1e10, 4);
    CHECK(acosh, 1, 1e10, 4);
    CHECK(atanh, -1, 1, 4);
    CHECK(erf, -7, 7, 4);
    CHECK(erfc, -7, CUBIE_PRECISION == 64 ? 26 : 9, 4);
    CHECK(tgamma, 0.01, 33, 10);
    CHECK(lgamma, 3, 1e6, 4);
    CHECK2(pow, 1e-10, 1e10, -3.5, 3.5);
    CHECK2(atan2, -1e5, 1e5, -1e5, 1e5);
    CHECK2(hypot, -1e15, 1e15, -1e15, 1e15);
}

// No library has it: against values in closed form (Abramowitz & Stegun 6.3.2 to 6.3.4, 6.3.7, 6.3.8).
void check_digamma()
{
    const double euler = 0.57721566490153286061, pi = 3.14159265358979323846, two = 0.69314718055994530942,
                 half = -euler - 2 * two;
    struct Known {
        double x, value;
    } const known[] = {
        { 1, -euler },
        { 2, 1 - euler },
        { 0.5, half },
        { 0.25, -euler - pi / 2 - 3 * two },
        { 1.5, half + 2 },
        { -0.5, half + 2 },
        { -2.5, half + 2 + 2.0 / 3 + 0.4 },
        { -0.25, -euler - 3 * two + pi / 2 + 4 },
        { 10, 7129.0 / 2520 - euler },
        { 1e6, 13.815510057964191 },
        { 1e-3, -1000.5755719318103 },
    };
    double worst = 0;
    for (const Known &k : known)
        worst = std::fmax(worst, std::fabs(lane(digamma(Real(Scalar(k.x))), CUBIE_LANES - 1) - k.value) /
                                     std::fmax(1, std::fabs(k.value)));
    if (!tap_ok(worst < 8 * std::numeric_limits<Scalar>::epsilon(), "digamma of known arguments"))
        tap_diag("%.3g", worst);
    double defect = 0; // of 2 digamma(2x) = digamma(x) + digamma(x + 1/2) + 2 log 2
    for (int i = 0; i < 1000; i++) {
        const Scalar x = Scalar(-3.49 + 0.02 * i);
        if (std::fabs(2 * x - std::round(2 * x)) < Scalar(0.05)) continue;
        const double a = lane(digamma(Real(x)), 0), b = lane(digamma(Real(x + Scalar(0.5))), 0),
                     c = lane(digamma(Real(2 * x)), 0);
        defect = std::fmax(defect, std::fabs(2 * c - a - b - 2 * two) / (1 + std::fabs(a) + std::fabs(b)));
    }
    if (!tap_ok(defect < 200 * std::numeric_limits<Scalar>::epsilon(), "digamma doubles its argument"))
        tap_diag("%.3g", defect);
    tap_ok(std::isnan(lane(digamma(Real(Scalar(0))), 0)) && std::isnan(lane(digamma(Real(Scalar(-3))), 0)) &&
               std::isnan(lane(digamma(Real(missing)), 0)) && lane(digamma(Real(infinity)), 0) == infinity,
           "digamma at its poles, of NaN and of infinity");
}

// What is not a number, infinite or at an end of the domain.
void check_ends()
{
    struct End {
        const char *text;
        Real value;
        Scalar expected;
    } const ends[] = {
        { "sqrt(-1)", sqrt(Real(Scalar(-1))), missing },
        { "sqrt(inf)", sqrt(Real(infinity)), infinity },
        { "sqrt(-0)", sqrt(Real(Scalar(-0.0))), Scalar(-0.0) },
        { "log(0)", log(Real(Scalar(0))), -infinity },
        { "log(-1)", log(Real(Scalar(-1))), missing },
        { "log(NaN)", log(Real(missing)), missing },
        { "exp(-inf)", exp(Real(-infinity)), 0 },
        { "exp(1e4)", exp(Real(Scalar(1e4))), infinity },
        { "exp(NaN)", exp(Real(missing)), missing },
        { "sin(inf)", sin(Real(infinity)), missing },
        { "tanh(inf)", tanh(Real(infinity)), 1 },
        { "atan(NaN)", atan(Real(missing)), missing },
        { "floor(-0.5)", floor(Real(Scalar(-0.5))), -1 },
        { "ceil(-0.5)", ceil(Real(Scalar(-0.5))), Scalar(-0.0) },
        { "floor(NaN)", floor(Real(missing)), missing },
        { "pow(-8, 3)", pow(Real(Scalar(-8)), Real(Scalar(3))), -512 },
        { "pow(0, 0)", pow(Real(Scalar(0)), Real(Scalar(0))), 1 },
        { "pow(-1, 0.5)", pow(Real(Scalar(-1)), Real(Scalar(0.5))), missing },
        { "atan2(0, -1)", atan2(Real(Scalar(0)), Real(Scalar(-1))), Scalar(3.14159265358979323846L) },
    };
    bool good = true;
    for (const End &end : ends)
        for (int l = 0; l < CUBIE_LANES; l++)
            if (!same(lane(end.value, l), end.expected)) {
                tap_diag("%s is %.9g in lane %d", end.text, double(lane(end.value, l)), l);
                good = false;
            }
    tap_ok(good, "ends of domains");
}

// ---- masks ------------------------------------------------------------------

Mask mask_from(uint32_t bits)
{
    Mask mask = Mask(false);
    for (int l = 0; l < CUBIE_LANES; l++) set_lane(mask, l, (bits >> l & 1) != 0);
    return mask;
}
uint32_t bits_from(Mask mask)
{
    uint32_t bits = 0;
    for (int l = 0; l < CUBIE_LANES; l++) bits |= uint32_t(lane(mask, l)) << l;
    return bits;
}

bool check_selection(uint32_t bits, Mask mask)
{
    Real yes = Real(Scalar(0)), no = yes;
    Control control_yes = 0.0f, control_no = 0.0f;
    Count count_yes = Count(0u), count_no = count_yes, counted = Count(7u);
    for (int l = 0; l < CUBIE_LANES; l++) {
        set_lane(yes, l, l == 3 ? missing : Scalar(l + 1));
        set_lane(no, l, Scalar(-l - 1));
        set_lane(control_yes, l, float(l + 1));
        set_lane(control_no, l, float(-l - 1));
        set_lane(count_yes, l, 0xfffffff0u + uint32_t(l));
        set_lane(count_no, l, uint32_t(l));
    }
    count_if(mask, counted);
    bool good = true;
    for (int l = 0; l < CUBIE_LANES; l++) {
        const bool set = bits >> l & 1;
        good = good && same(lane(select(mask, yes, no), l), lane(set ? yes : no, l));
        good = good &&
               float(lane(select(mask, control_yes, control_no), l)) == float(lane(set ? control_yes : control_no, l));
        good = good && lane(select(mask, count_yes, count_no), l) == lane(set ? count_yes : count_no, l);
        good = good && lane(counted, l) == (set ? 8u : 7u);
    }
    return good;
}

void check_masks()
{
    const uint32_t all = (1u << CUBIE_LANES) - 1;
    bool good = bits_from(Mask(true)) == all && bits_from(Mask(false)) == 0, logic = true, selection = true;
    uint32_t other = 0x9e3779b9u;
    for (uint32_t bits = 0; bits <= all; bits++) {
        other = other * 1664525u + 1013904223u;
        const uint32_t b = other >> 8 & all, c = other >> 3 & all;
        const Mask mask = mask_from(bits), mask_b = mask_from(b), mask_c = mask_from(c);
        good = good && bits_from(mask) == bits && any(mask) == (bits != 0) && count(mask) == __builtin_popcount(bits);
        logic = logic && bits_from(mask & mask_b) == (bits & b) && bits_from(mask | mask_b) == (bits | b);
        logic = logic && bits_from(!mask) == (~bits & all) && any(!mask) == (bits != all);
        logic = logic && bits_from(select(mask, mask_b, mask_c)) == ((bits & b) | (~bits & c));
        selection = selection && check_selection(bits, mask);
    }
    tap_ok(good, "masks: all patterns, any, count");
    tap_ok(logic, "masks: and, or, not, select");
    tap_ok(selection, "select and count_if for all patterns");
}

// ---- comparisons and extremes -----------------------------------------------

// The pair in one lane, its reverse in the others.
template <class T, class V> bool compares(T a, T b)
{
    V x = V(b), y = V(a);
    const int at = CUBIE_LANES / 2;
    set_lane(x, at, a);
    set_lane(y, at, b);
    const uint32_t bit = 1u << at, all = (1u << CUBIE_LANES) - 1;
    auto expected = [&](bool here, bool elsewhere) { return (here ? bit : 0) | (elsewhere ? all & ~bit : 0); };
    return bits_from(x < y) == expected(a < b, b < a) && bits_from(x <= y) == expected(a <= b, b <= a) &&
           bits_from(x > y) == expected(a > b, b > a) && bits_from(x >= y) == expected(a >= b, b >= a) &&
           bits_from(x == y) == expected(a == b, b == a) && bits_from(x != y) == expected(a != b, b != a);
}

bool extremes(Scalar a, Scalar b)
{
    const Real x = Real(a), y = Real(b);
    const int l = CUBIE_LANES - 1;
    bool good = same(lane(larger(x, y), l), a > b ? a : b) && same(lane(smaller(x, y), l), a < b ? a : b);
    good = good && same_number(lane(max(x, y), l), std::fmax(a, b)) && same_number(lane(min(x, y), l), std::fmin(a, b));
    const Control narrow = larger(Control(float(a)), Control(float(b))),
                  low = smaller(Control(float(a)), Control(float(b)));
    good = good && same(lane(real(narrow), l), Scalar(float(a) > float(b) ? float(a) : float(b)));
    return good && same(lane(real(low), l), Scalar(float(a) < float(b) ? float(a) : float(b)));
}

void check_order()
{
    const uint32_t counts[] = { 0, 1, 2, 0x7fffffffu, 0x80000000u, 0xffffffffu };
    bool real_order = true, control_order = true, count_order = true, extreme = true, single = true;
    for (Scalar a : special)
        for (Scalar b : special) {
            real_order = real_order && compares<Scalar, Real>(a, b);
            control_order = control_order && compares<float, Control>(float(a), float(b));
            extreme = extreme && extremes(a, b);
        }
    for (uint32_t a : counts)
        for (uint32_t b : counts) count_order = count_order && compares<uint32_t, Count>(a, b);
    for (Scalar a : special) {
        const Scalar sign_of = a > 0 ? Scalar(1) : a < 0 ? Scalar(-1) : a;
        single = single && same(lane(abs(Real(a)), 0), std::fabs(a)) && same(lane(sign(Real(a)), 0), sign_of);
        single = single && bits_from(finite(Real(a))) == (std::isfinite(a) ? (1u << CUBIE_LANES) - 1 : 0);
    }
    tap_ok(real_order, "order of Reals, with NaN, infinities and both zeros");
    tap_ok(control_order, "order of Controls");
    tap_ok(count_order, "order of Counts: without sign");
    tap_ok(extreme, "larger, smaller, min, max: what a NaN does");
    tap_ok(single, "abs, sign, finite");
}

void check_conversions()
{
    bool good = true;
    for (Scalar a : special) {
        const Control narrow = control(Real(a));
        for (int l = 0; l < CUBIE_LANES; l++) {
            good = good && same(lane(real(narrow), l), Scalar(float(a)));
            good = good && same(lane(-Real(a), l), -a) && same(lane(Real(a), l), a);
        }
    }
    for (uint32_t a : { 0u, 1u, 0x7fffffffu, 0x80000000u, 0xffffffffu })
        for (int l = 0; l < CUBIE_LANES; l++) good = good && lane(real(Count(a)), l) == Scalar(a);
    tap_ok(good, "conversions");
}

// ---- products in sums -------------------------------------------------------

// In every lane.
template <class V> bool is_all(V a, Scalar expected)
{
    bool good = true;
    for (int l = 0; l < CUBIE_LANES; l++) good = good && same_number(Scalar(lane(a, l)), expected);
    return good;
}

// u v is 1 - e^2, and 1 when it is rounded: in a sum where it stands itself it is not,
// if the machine can do without; under a name of its own it always is.
template <class V, class T> void check_products(const char *type)
{
    const T e = std::numeric_limits<T>::epsilon();
#if defined(__FMA__) && !defined(CUBIE_NO_FMA)
    const Scalar left = Scalar(e * e);
#else
    const Scalar left = 0;
#endif
    const V u = V(1 + e), v = V(1 - e), one = V(T(1)), two = V(T(2)), product = u * v;
    V up = one, down = one;
    up += -u * v;
    down -= u * v;
    tap_ok(is_all(u * v - one, -left) && is_all(one - u * v, left) && is_all(-u * v + one, left) &&
               is_all(one + -(u * v), left),
           "%s: a product and a number, rounded once", type);
    tap_ok(is_all(up, left) && is_all(down, left), "%s: added to and taken from a name", type);
    tap_ok(is_all(u * v - one * one, -left) && is_all(one * u * v + -(one * one), -left) &&
               is_all(one * one - u * v, 0),
           "%s: of two products the first", type);
    tap_ok(is_all(product - one, 0) && is_all(V(u * v) - one, 0) && is_all(select(Mask(true), u * v, one) - one, 0) &&
               is_all(two * (u * v) - two, 0),
           "%s: rounded under a name, as an argument and as a factor", type);
}

// ---- step control -----------------------------------------------------------

float lane_of(Control a, int l)
{
    return float(lane(real(a), l));
}

// Over all positive floats, one in STRIDE: absolute error of log2, relative error of exp2.
void check_control_functions()
{
    enum { STRIDE = 4099 };
    double worst_log = 0, worst_exp = 0;
    for (uint32_t bits = 0x00800000u; bits < 0x7f800000u; bits += STRIDE) {
        float a;
        memcpy(&a, &bits, sizeof a);
        worst_log =
            std::fmax(worst_log, std::fabs(lane_of(fast_log2(Control(a)), CUBIE_LANES - 1) - std::log2(double(a))) /
                                     std::fmax(1, std::fabs(std::log2(double(a)))));
        if (a > 126) continue;
        for (float x : { a, -a })
            worst_exp = std::fmax(
                worst_exp, std::fabs(lane_of(fast_exp2(Control(x)), CUBIE_LANES - 1) / std::exp2(double(x)) - 1));
    }
    if (!tap_ok(worst_log < 1e-6, "fast_log2 to 1e-6 for all normal floats")) tap_diag("%g", worst_log);
    if (!tap_ok(worst_exp < 1e-6, "fast_exp2 to 1e-6 from -126 to 126")) tap_diag("%g", worst_exp);
    const float inf = std::numeric_limits<float>::infinity(), nan = std::numeric_limits<float>::quiet_NaN();
    tap_ok(std::isnan(lane_of(fast_log2(Control(nan)), 0)) && std::isnan(lane_of(fast_log2(Control(-nan)), 0)) &&
               lane_of(fast_log2(Control(inf)), 0) == 128 && lane_of(fast_log2(Control(0.0f)), 0) < -126,
           "fast_log2 of NaN, infinity and 0");
    tap_ok(lane_of(fast_exp2(Control(inf)), 0) == std::exp2(126.0f) &&
               lane_of(fast_exp2(Control(-inf)), 0) == std::exp2(-126.0f) &&
               lane_of(fast_exp2(Control(nan)), 0) == std::exp2(-126.0f) && lane_of(fast_exp2(Control(0.0f)), 0) == 1,
           "fast_exp2 of infinities, NaN and 0");
}

int all_checks()
{
    check_masks();
    check_order();
    check_conversions();
    check_products<Real, Scalar>("Real");
    check_products<Control, float>("Control");
    check_functions();
    check_digamma();
    check_ends();
    check_control_functions();
    return tap_done();
}

} // namespace
} // namespace cubie

int main()
{
    return cubie::all_checks();
}
