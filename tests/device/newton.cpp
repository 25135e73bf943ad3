// SPDX-License-Identifier: MIT
// The convergence of Newton iterations (newton.hpp) on given sizes of corrections,
// for one width and precision. tests/device/newton.sh compiles and runs this.
#define CUBIE_STATES 1
#define CUBIE_PARAMETERS 1
#define CUBIE_OUTPUTS 1
#include "cubie/device.hpp"

#include <vector>

#include "tap.h"

namespace cubie {
namespace {

typedef std::vector<float> Sizes;

Limits limits_of(double tolerance, double floor, uint32_t most)
{
    Limits limits = {};
    limits.log2_newton_tolerance = float(std::log2(tolerance));
    limits.log2_newton_floor = float(std::log2(floor));
    limits.newton_max_iterations = most;
    return limits;
}

struct Outcome {
    uint32_t status, iterations;
    float rate;
};

bool same(Outcome a, Outcome b)
{
    return a.status == b.status && a.iterations == b.iterations && a.rate == b.rate;
}

// Runs side by side, one a lane, the rest idle. The last size stays.
std::vector<Outcome> iterate(const std::vector<Sizes> &sizes, const Limits &limits, float rate)
{
    Mask runs = Mask(false);
    for (int l = 0; l < int(sizes.size()); l++) set_lane(runs, l, true);
    Newton newton(runs, Control(rate));
    std::vector<Outcome> outcome(sizes.size());
    while (any(newton.working)) {
        Control sum = Control(1.0f);
        for (int l = 0; l < int(sizes.size()); l++) {
            const size_t k = newton.iteration < sizes[l].size() ? newton.iteration : sizes[l].size() - 1;
            set_lane(sum, l, sizes[l][k] * sizes[l][k]);
            if (lane(newton.working, l)) outcome[l].iterations++;
        }
        newton.judge(sum, limits);
    }
    for (int l = 0; l < int(sizes.size()); l++) {
        outcome[l].status = lane(newton.status, l);
        outcome[l].rate = float(lane(newton.rate, l));
    }
    return outcome;
}

Outcome alone(const Sizes &sizes, const Limits &limits, float rate)
{
    return iterate({ sizes }, limits, rate)[0];
}

void check(const char *what, const Sizes &sizes, const Limits &limits, float rate, uint32_t status, uint32_t iterations)
{
    const Outcome seen = alone(sizes, limits, rate);
    if (!tap_ok(seen.status == status && seen.iterations == iterations, "%s", what))
        tap_diag("status %u after %u iterations", seen.status, seen.iterations);
}

void test_convergence()
{
    const Limits usual = limits_of(0.03, 1e-7, 10);
    check("what is left is eta |d|", { 100, 10, 1, 0.1f }, usual, newton_no_rate, 0, 4);
    const Outcome seen = alone({ 100, 10, 1, 0.1f }, usual, newton_no_rate);
    tap_ok(std::fabs(seen.rate - std::log2(0.1 / 0.9)) < 1e-4, "eta is that of the last two corrections");
    check("eta is 1 at first", { 0.031f, 0.001f }, usual, newton_no_rate, 0, 2);
    check("and a first correction may do", { 0.029f }, usual, newton_no_rate, 0, 1);
    check("eta of before, to the power 0.8", { 7.4f }, usual, float(std::log2(1e-3)), 0, 1);
    check("and no more", { 7.7f, 0.1f }, usual, float(std::log2(1e-3)), 0, 2);
    tap_ok(std::fabs(alone({ 1 }, usual, -10).rate + 8) < 1e-6, "one iteration makes eta larger for the next");
    check("no eta is below rounding", { 1e6f, 1e-6f }, usual, -1000, 0, 2);
    check("nothing to correct", { 0 }, usual, newton_no_rate, 0, 1);
    check("nothing left to correct", { 5, 0 }, usual, newton_no_rate, 0, 2);
    tap_ok(alone({ 5, 0 }, usual, newton_no_rate).rate <= 0, "and then eta is a number");
    check("one larger correction is no divergence", { 10, 1, 1.5f, 0.1f, 1e-3f }, usual, newton_no_rate, 0, 5);
}

void test_failures()
{
    const Limits usual = limits_of(0.03, 1e-7, 10);
    check("corrections that grow", { 1, 2 }, usual, newton_no_rate, CUBIE_NEWTON_DIVERGED, 2);
    check("by which eta of before does not matter", { 1e6f, 2e6f }, usual, -1000, CUBIE_NEWTON_DIVERGED, 2);
    check("that grow by and by", { 1, 0.9f, 1.2f }, limits_of(0.03, 1e-7, 100), newton_no_rate, CUBIE_NEWTON_DIVERGED,
          3);
    check("no number", { NAN }, usual, newton_no_rate, CUBIE_NEWTON_DIVERGED, 1);
    check("no number, later", { 10, 1, NAN }, usual, newton_no_rate, CUBIE_NEWTON_DIVERGED, 3);
    check("infinite", { HUGE_VALF }, usual, -20, CUBIE_NEWTON_DIVERGED, 1);
    check("too slow for what is left", { 100, 90 }, usual, newton_no_rate, CUBIE_NEWTON_STAGNATED, 2);
    check("just fast enough: 0.5^9 / 0.5 |d|",
          { 15, 7.5f, 3.75f, 1.875f, 0.9375f, 0.46875f, 0.234375f, 0.1171875f, 0.05859375f, 0.029f }, usual,
          newton_no_rate, 0, 10);
    check("and just not", { 17, 8.5f }, usual, newton_no_rate, CUBIE_NEWTON_STAGNATED, 2);
    check("the cap", { 1 }, limits_of(0.03, 1e-7, 1), newton_no_rate, CUBIE_NEWTON_EXHAUSTED, 1);
    check("the cap, against all expectation", { 100, 1, 0.5f }, limits_of(2e-4, 1e-7, 3), newton_no_rate,
          CUBIE_NEWTON_EXHAUSTED, 3);
    check("converged at the cap", { 100, 1, 1e-3f }, limits_of(2e-4, 1e-7, 3), newton_no_rate, 0, 3);
}

void test_rounding()
{
    const Limits coarse = limits_of(0.01, 0.01, 10);
    check("corrections that only round have converged", { 0.5f, 0.0099f }, coarse, newton_no_rate, 0, 2);
    check("though they shrink slowly", { 0.011f, 0.0099f }, coarse, newton_no_rate, 0, 2);
    check("or grow", { 0.002f }, coarse, 20, 0, 1);
}

// Rounding of the right-hand side.
void test_stalls()
{
    const Limits tight = limits_of(1e-3, 1e-7, 10), tighter = limits_of(1e-3, 1e-9, 10);
    check("fast corrections that stop shrinking are rounding", { 100, 1, 0.3f, 0.3f }, tight, newton_no_rate, 0, 4);
    check("or that grow", { 100, 1, 0.2f, 0.4f }, tight, newton_no_rate, 0, 4);
    check("at the cap, too", { 100, 0.1f, 0.3f }, limits_of(1e-6, 1e-7, 3), newton_no_rate, 0, 3);
    check("unless they are large beside the rounding of states", { 100, 1, 0.3f, 0.3f }, tighter, newton_no_rate,
          CUBIE_NEWTON_STAGNATED, 4);
    check("or beside the tolerance of the step", { 1000, 10, 1.5f, 1.5f }, limits_of(1e-3, 1e-5, 10), newton_no_rate,
          CUBIE_NEWTON_STAGNATED, 4);
    check("or were slow", { 0.9f, 0.4f, 0.35f }, tight, newton_no_rate, CUBIE_NEWTON_STAGNATED, 3);
    check("from the first on, when those of the system before were fast", { 0.3f, 0.31f }, tight, -10, 0, 2);
    tap_ok(alone({ 0.3f, 0.31f }, tight, -10).rate == -10, "and then nothing is learnt of eta");
    check("one that was slow does not tell", { 0.3f, 0.31f }, tight, -1, CUBIE_NEWTON_DIVERGED, 2);
    check("what is no number is no rounding", { 0.3f, NAN }, tight, -10, CUBIE_NEWTON_DIVERGED, 2);
}

void test_old()
{
    const Real one = Real(Scalar(1));
    struct {
        Scalar factored;
        float theta;
        bool old;
        const char *what;
    } cases[] = {
        { 0, newton_least, true, "there are none" },      { 1, newton_least, false, "of the same step" },
        { Scalar(1.09), -6, false, "of about the same" }, { Scalar(0.92), -6, false, "and on the other side" },
        { Scalar(1.11), -6, true, "of a longer step" },   { Scalar(0.9), -6, true, "of a shorter one" },
        { 1, -4, true, "iterations were slow" },          { missing, -6, true, "no number" },
    };
    for (const auto &c : cases)
        tap_ok(lane(is_old(one, Real(c.factored), Control(c.theta)), 0) == c.old, "factors: %s", c.what);
}

// What happens to a run does not depend on those beside it.
void test_neighbours()
{
    const Limits usual = limits_of(0.03, 1e-4, 8);
    uint32_t state = 1;
    const auto random = [&state] { return float((state = state * 1664525u + 1013904223u) >> 8) / 16777216.0f; };
    bool equal = true;
    int failed = 0, converged = 0;
    for (int round = 0; round < 500; round++) {
        std::vector<Sizes> sizes;
        for (int l = 0; l < CUBIE_LANES; l++) {
            Sizes one = { std::exp2(20 * random() - 10) };
            const float theta = 1.2f * random() * random();
            for (int k = 1; k < 8; k++) one.push_back(one.back() * theta * (0.5f + random()));
            if (random() < 0.05f) one[size_t(8 * random())] = NAN;
            sizes.push_back(one);
        }
        const float rate = -10 * random();
        const std::vector<Outcome> together = iterate(sizes, usual, rate);
        for (int l = 0; l < CUBIE_LANES; l++) {
            equal &= same(together[l], alone(sizes[l], usual, rate));
            failed += together[l].status != 0;
            converged += together[l].status == 0;
        }
    }
    tap_ok(equal, "runs side by side end as they do alone (%d converged, %d failed)", converged, failed);
    tap_ok(failed > 50 && converged > 50, "both happened");
}

} // namespace
} // namespace cubie

int main()
{
    cubie::test_convergence();
    cubie::test_failures();
    cubie::test_rounding();
    cubie::test_stalls();
    cubie::test_old();
    cubie::test_neighbours();
    return tap_done();
}
