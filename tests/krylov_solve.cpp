// The generated functions of a problem with a Krylov solver, called one by one:
// the product J v against differences of the right-hand side, the residual that
// solve leaves, what it says of runs that it cannot serve, and that no run sees
// its neighbours. Compiled with
//   SOURCE     the generated source
//   ARGUMENTS  what its functions take beside the state
//   HOISTED    1: some of that is computed from the parameters
//   HARD       1: systems far from the identity are among those that must be solved
//   MEAN       the most iterations that hard systems may take on average
#define CUBIE_LIBRARY
#include SOURCE

#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

namespace cubie {
namespace {

constexpr int n = CUBIE_STATES;
constexpr double epsilon = std::numeric_limits<Scalar>::epsilon();
int failures;

void check(bool good, const char *what, double seen, double wanted)
{
    if (good) return;
    failures++;
    std::printf("%s: %g, not %g\n", what, seen, wanted);
}

// Numbers that are the same in every build, from 0 to 1.
double random_number()
{
    static uint64_t bits = 1;
    bits = bits * 6364136223846793005u + 1442695040888963407u;
    return double(bits >> 11) / 9007199254740992.0;
}

// One system in each lane.
struct Systems {
    Real state[n], b[n], shift, t;
    Systems(double least_shift, double most_shift)
    {
        for (int l = 0; l < CUBIE_LANES; l++) {
            set_lane(shift, l, Scalar(least_shift * std::pow(most_shift / least_shift, random_number())));
            set_lane(t, l, Scalar(random_number()));
            for (int i = 0; i < n; i++) {
                set_lane(state[i], l, Scalar(0.2 + random_number()));
                set_lane(b[i], l, Scalar((2 * random_number() - 1) * lane(shift, l)));
            }
        }
    }
    // That of one lane in all.
    void spread(int from)
    {
        const Scalar shift_there = lane(shift, from), t_there = lane(t, from);
        for (int l = 0; l < CUBIE_LANES; l++) {
            set_lane(shift, l, shift_there);
            set_lane(t, l, t_there);
        }
        for (int i = 0; i < n; i++) {
            const Scalar y = lane(state[i], from), right = lane(b[i], from);
            for (int l = 0; l < CUBIE_LANES; l++) {
                set_lane(state[i], l, y);
                set_lane(b[i], l, right);
            }
        }
    }
};

constexpr double rtol = CUBIE_PRECISION == 64 ? 1e-6 : 1e-3;

// With the same parameters everywhere.
template <class Run> void start(Run &run)
{
    for (int i = 0; i < CUBIE_PARAMETERS; i++) run.parameters[i] = Real(Scalar(0.5 + 0.25 * i));
#if HOISTED
    hoist(run.hoisted, run.parameters);
#endif
    run.linear_iterations = Count(0u);
}

struct Bench {
    Arguments given;
    std::vector<Real> slab;
    Bench() : given(), slab(size_t(Run<false>::shared_elements) + 1)
    {
        for (int i = 0; i < n; i++) {
            given.limits.atol[i] = float(rtol * std::sqrt(double(n)));
            given.limits.rtol[i] = float(rtol * std::sqrt(double(n)));
        }
        given.limits.krylov_tolerance = 0.01f;
        given.limits.krylov_max_iterations = 200;
    }
};

// What solve gives for them.
struct Solution {
    Real x[n];
    Count bits, iterations;
    double residual[CUBIE_LANES]; // weighted norm of (b - (shift I - J) x) / shift
    double rounding[CUBIE_LANES]; // what rounding of the largest terms may make of it
    Solution(Bench &bench, const Systems &systems, Mask active)
    {
        Run<false> run(bench.given, SharedSlab{ reinterpret_cast<unsigned char *>(bench.slab.data()), 0 });
        start(run);
        for (int i = 0; i < n; i++) x[i] = systems.b[i];
        bits = run.solve(x, systems.state, systems.t, systems.shift, active);
        iterations = run.linear_iterations;
        measure(run, bench, systems);
    }
    void measure(Run<false> &run, const Bench &bench, const Systems &systems)
    {
        Real product[n];
        jacobian_times(product, x, systems.state, ARGUMENTS, systems.t);
        for (int l = 0; l < CUBIE_LANES; l++) {
            double sum = 0, size = 0;
            for (int i = 0; i < n; i++) {
                const double y = lane(systems.state[i], l), shift = lane(systems.shift, l), b = lane(systems.b[i], l);
                const double weight = 1 / (bench.given.limits.atol[i] + bench.given.limits.rtol[i] * y);
                const double left = (b - shift * lane(x[i], l) + lane(product[i], l)) / shift;
                const double terms = (std::fabs(b) + shift * std::fabs(lane(x[i], l)) + std::fabs(lane(product[i], l))) / shift;
                sum += left * left * weight * weight;
                size += terms * terms * weight * weight;
            }
            residual[l] = std::sqrt(sum);
            rounding[l] = 20 * n * epsilon * std::sqrt(size);
        }
    }
};

// Fourth-order differences of f along v.
void test_product()
{
    Bench bench;
    Run<false> run(bench.given, SharedSlab{ reinterpret_cast<unsigned char *>(bench.slab.data()), 0 });
    start(run);
    const Scalar step = CUBIE_PRECISION == 64 ? Scalar(1e-3) : Scalar(3e-2);
    const double limit = CUBIE_PRECISION == 64 ? 1e-10 : 1e-4;
    for (int trial = 0; trial < 20; trial++) {
        const Systems systems(1, 1);
        Real product[n], f[4][n];
        for (int k = 0; k < 4; k++) {
            const Scalar h[4] = { step, -step, 2 * step, -2 * step };
            Real y[n];
            for (int i = 0; i < n; i++) y[i] = systems.state[i] + Real(h[k]) * systems.b[i];
            rhs(f[k], y, ARGUMENTS, systems.t);
        }
        jacobian_times(product, systems.b, systems.state, ARGUMENTS, systems.t);
        for (int l = 0; l < CUBIE_LANES; l++) {
            double off = 0, size = 0;
            for (int i = 0; i < n; i++) {
                const double difference = (8 * (double(lane(f[0][i], l)) - lane(f[1][i], l)) -
                                           (double(lane(f[2][i], l)) - lane(f[3][i], l))) / (12 * double(step));
                off = std::fmax(off, std::fabs(difference - lane(product[i], l)));
                size = std::fmax(size, std::fabs(difference) + std::fabs(lane(f[0][i], l)));
            }
            check(off <= limit * size, "product against differences", off, limit * size);
        }
    }
}

// A run without status bits has its solution; with shifts that are large
// against J every run has one.
void test_residual()
{
    Bench bench;
    const double tolerance = 1.01 * double(bench.given.limits.krylov_tolerance);
    int solved = 0, all = 0;
    double iterations = 0;
    for (int trial = 0; trial < 40; trial++) {
        const bool hard = trial % 2;
        const Systems systems(hard ? 0.3 : 1e3, hard ? 1e2 : 1e6);
        const Solution solution(bench, systems, Mask(true));
        for (int l = 0; l < CUBIE_LANES; l++) {
            const bool good = lane(solution.bits, l) == 0;
            const double limit = tolerance + solution.rounding[l];
            if (good) check(solution.residual[l] <= limit, "residual", solution.residual[l], limit);
            if (!hard || HARD) check(good, "bits", lane(solution.bits, l), 0);
            if (good && lane(solution.iterations, l) == 0) check(false, "iterations", 0, 1);
            solved += good;
            if (good && hard) iterations += lane(solution.iterations, l);
            all++;
        }
    }
    check(2 * solved >= all, "solved", solved, all);
    iterations /= solved - all / 2;
    check(solved > all / 2 && iterations <= MEAN, "iterations of a hard system", iterations, MEAN);
}

bool same_bits(const Solution &a, const Solution &b, int l)
{
    bool same = lane(a.bits, l) == lane(b.bits, l) && lane(a.iterations, l) == lane(b.iterations, l);
    for (int i = 0; i < n; i++) {
        const Scalar one = lane(a.x[i], l), other = lane(b.x[i], l);
        same = same && !std::memcmp(&one, &other, sizeof one);
    }
    return same;
}

// Runs of one vector stop at different iterations, and each at the same as when
// all others are like it, or asleep.
void test_alone()
{
    Bench bench;
    bench.given.limits.krylov_max_iterations = 12;
    for (int trial = 0; trial < 10; trial++) {
        const Systems systems(0.3, 1e5);
        const Solution together(bench, systems, Mask(true));
        for (int l = 0; l < CUBIE_LANES; l++) {
            Systems one = systems;
            one.spread(l);
            check(same_bits(Solution(bench, one, Mask(true)), together, l), "the same among its like: lane", l, l);
            Mask awake = Mask(false);
            set_lane(awake, l, true);
            const Solution alone(bench, systems, awake);
            check(same_bits(alone, together, l), "the same among sleepers: lane", l, l);
            for (int other = 0; other < CUBIE_LANES; other++)
                if (other != l) check(lane(alone.bits, other) == 0 && lane(alone.iterations, other) == 0, "a sleeper: lane", other, l);
        }
    }
}

void check_all(const Solution &solution, uint32_t bits, uint32_t iterations, const char *what)
{
    for (int l = 0; l < CUBIE_LANES; l++) {
        check(lane(solution.bits, l) == bits, what, lane(solution.bits, l), bits);
        check(lane(solution.iterations, l) == iterations, what, lane(solution.iterations, l), iterations);
    }
}

void test_limits()
{
    Bench bench;
    Systems systems(0.3, 1.0);
    bench.given.limits.krylov_max_iterations = 1;
    bench.given.limits.krylov_tolerance = 1e-6f;
    check_all(Solution(bench, systems, Mask(true)), CUBIE_LINEAR_EXHAUSTED, 1, "one iteration");
    bench.given.limits.krylov_max_iterations = 100;
    for (int i = 0; i < n; i++) systems.b[i] = Real(Scalar(0));
    const Solution nothing(bench, systems, Mask(true));
    check_all(nothing, 0, 0, "right side 0");
    for (int i = 0; i < n; i++)
        for (int l = 0; l < CUBIE_LANES; l++) check(lane(nothing.x[i], l) == 0, "its solution", lane(nothing.x[i], l), 0);
    systems.b[n - 1] = Real(missing);
    check_all(Solution(bench, systems, Mask(true)), CUBIE_LINEAR_BREAKDOWN, 1, "NaN in the right side");
    systems.b[n - 1] = Real(std::numeric_limits<Scalar>::infinity());
    check_all(Solution(bench, systems, Mask(true)), CUBIE_LINEAR_BREAKDOWN, 1, "infinity in the right side");
    systems.b[n - 1] = Real(Scalar(1));
    systems.state[0] = Real(missing);
    const Solution unknown(bench, systems, Mask(true));
    for (int l = 0; l < CUBIE_LANES; l++)
        check(lane(unknown.bits, l) == CUBIE_LINEAR_BREAKDOWN, "NaN in the state", lane(unknown.bits, l), CUBIE_LINEAR_BREAKDOWN);
}

} // namespace
} // namespace cubie

int main(int argc, char **argv)
{
    const std::string what = argc > 1 ? argv[1] : "";
    if (what == "product") cubie::test_product();
    else if (what == "residual") cubie::test_residual();
    else if (what == "alone") cubie::test_alone();
    else if (what == "limits") cubie::test_limits();
    else return 2;
    return cubie::failures != 0;
}
