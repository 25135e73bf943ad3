// SPDX-License-Identifier: MIT
// The generated functions of a problem with a Krylov solver, called one by one:
// the product J v against differences of the right-hand side, the residual that
// solve leaves, its solution against that of dense elimination, what it says of runs
// that it cannot serve, and that no run sees its neighbours. Compiled with
//   SOURCE     the generated source
//   COMPLEX    1: of a fully implicit method, whose systems are complex, too
//   ARGUMENTS  what its functions take beside the state
//   HOISTED    1: some of that is computed from the parameters
//   HARD       1: systems far from the identity are among those that must be solved
//   MEAN, COMPLEX_MEAN  the most iterations that hard systems may take on average
#define CUBIE_LIBRARY
#include SOURCE

#include <complex>
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

// One lane of a number, and of vectors of them.
typedef std::complex<double> Wide;
Wide wide(Real a, int l)
{
    return { double(lane(a, l)), 0 };
}
Wide wide(Complex<Real> a, int l)
{
    return { double(lane(a.re, l)), double(lane(a.im, l)) };
}

void set_wide(Real &a, int l, Wide value)
{
    set_lane(a, l, Scalar(value.real()));
}
void set_wide(Complex<Real> &a, int l, Wide value)
{
    set_lane(a.re, l, Scalar(value.real()));
    set_lane(a.im, l, Scalar(value.imag()));
}

template <class Number> constexpr bool is_complex = !std::is_same<Number, Real>::value;

template <class Number> struct Numbers {
    Real part[2 * n];
    auto vector() { return numbers<Number>(&part[0], n); }
    Wide at(int i, int l) const
    {
        return { double(lane(part[i], l)), is_complex<Number> ? double(lane(part[n + i], l)) : 0 };
    }
    void set(int i, int l, Wide value)
    {
        set_lane(part[i], l, Scalar(value.real()));
        set_lane(part[n + i], l, Scalar(value.imag()));
    }
};

// One system in each lane. A complex shift lies in the right half plane.
template <class Number> struct Systems {
    Real state[n], t;
    Numbers<Number> b;
    Number shift;
    Systems(double least_shift, double most_shift)
    {
        for (int l = 0; l < CUBIE_LANES; l++) {
            const double size = least_shift * std::pow(most_shift / least_shift, random_number());
            set_wide(shift, l, std::polar(size, is_complex<Number> ? 1.2 * random_number() : 0));
            set_lane(t, l, Scalar(random_number()));
            for (int i = 0; i < n; i++) {
                set_lane(state[i], l, Scalar(0.2 + random_number()));
                b.set(i, l,
                      { (2 * random_number() - 1) * size, is_complex<Number> ? (2 * random_number() - 1) * size : 0 });
            }
        }
    }
    // That of one lane in all.
    void spread(int from)
    {
        for (int l = 0; l < CUBIE_LANES; l++) {
            set_wide(shift, l, wide(shift, from));
            set_lane(t, l, lane(t, from));
            for (int i = 0; i < n; i++) {
                set_lane(state[i], l, lane(state[i], from));
                b.set(i, l, b.at(i, from));
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
    double tolerance(int i, double y) const { return given.limits.atol[i] + given.limits.rtol[i] * y; }
};

// What solve gives for them.
template <class Number> struct Solution {
    Numbers<Number> x;
    Count bits, iterations;
    double residual[CUBIE_LANES]; // weighted norm of (b - (shift I - J) x) / shift
    double rounding[CUBIE_LANES]; // what rounding of the largest terms may make of it
    Solution(Bench &bench, const Systems<Number> &systems, Mask active)
    {
        Run<false> run(bench.given, SharedSlab{ reinterpret_cast<unsigned char *>(bench.slab.data()), 0 });
        start(run);
        x = systems.b;
        bits = run.solve(x.vector(), systems.state, systems.t, systems.shift, active);
        iterations = run.linear_iterations;
        measure(run, bench, systems);
    }
    void measure(Run<false> &run, const Bench &bench, const Systems<Number> &systems)
    {
        Numbers<Number> product;
        jacobian_times(product.vector(), x.vector(), systems.state, ARGUMENTS, systems.t);
        for (int l = 0; l < CUBIE_LANES; l++) {
            double sum = 0, size = 0;
            const Wide shift = wide(systems.shift, l);
            for (int i = 0; i < n; i++) {
                const double weight = 1 / bench.tolerance(i, lane(systems.state[i], l));
                const Wide b = systems.b.at(i, l), y = x.at(i, l), jy = product.at(i, l);
                sum += std::norm((b - shift * y + jy) / shift * weight);
                const double terms = std::abs(b / shift) + std::abs(y) + std::abs(jy / shift);
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
        Systems<Real> systems(1, 1);
        Real product[n], f[4][n];
        for (int k = 0; k < 4; k++) {
            const Scalar h[4] = { step, -step, 2 * step, -2 * step };
            Real y[n];
            for (int i = 0; i < n; i++) y[i] = systems.state[i] + Real(h[k]) * systems.b.part[i];
            rhs(f[k], y, ARGUMENTS, systems.t);
        }
        jacobian_times(product, systems.b.vector(), systems.state, ARGUMENTS, systems.t);
        for (int l = 0; l < CUBIE_LANES; l++) {
            double off = 0, size = 0;
            for (int i = 0; i < n; i++) {
                const double difference = (8 * (double(lane(f[0][i], l)) - lane(f[1][i], l)) -
                                           (double(lane(f[2][i], l)) - lane(f[3][i], l))) /
                                          (12 * double(step));
                off = std::fmax(off, std::fabs(difference - lane(product[i], l)));
                size = std::fmax(size, std::fabs(difference) + std::fabs(lane(f[0][i], l)));
            }
            check(off <= limit * size, "product against differences", off, limit * size);
        }
    }
}

// A run without status bits has its solution; with shifts that are large
// against J every run has one.
template <class Number> void test_residual()
{
    Bench bench;
    const double tolerance = 1.01 * double(bench.given.limits.krylov_tolerance);
    int solved = 0, all = 0;
    double iterations = 0;
    for (int trial = 0; trial < 40; trial++) {
        const bool hard = trial % 2;
        const Systems<Number> systems(hard ? 0.3 : 1e3, hard ? 1e2 : 1e6);
        const Solution<Number> solution(bench, systems, Mask(true));
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
    const double mean = is_complex<Number> ? COMPLEX_MEAN : MEAN;
    check(solved > all / 2 && iterations <= mean, "iterations of a hard system", iterations, mean);
}

// I - J/shift of one lane, in units of the tolerances: column j is what becomes of the
// vector that is 1 there.
typedef std::vector<std::vector<Wide>> Dense;
template <class Number> Dense matrix_of(Run<false> &run, const Bench &bench, const Systems<Number> &systems, int l)
{
    Dense matrix(n, std::vector<Wide>(n));
    for (int j = 0; j < n; j++) {
        Real product[n], unit[n];
        for (int i = 0; i < n; i++) unit[i] = Real(Scalar(i == j));
        jacobian_times(&product[0], &unit[0], systems.state, ARGUMENTS, systems.t);
        const double column = bench.tolerance(j, lane(systems.state[j], l));
        for (int i = 0; i < n; i++)
            matrix[i][j] = ((i == j ? 1.0 : 0.0) - double(lane(product[i], l)) / wide(systems.shift, l)) * column /
                           bench.tolerance(i, lane(systems.state[i], l));
    }
    return matrix;
}

// Gauss-Jordan with the largest pivot of each column: the inverse.
Dense inverse_of(Dense a)
{
    Dense inverse(n, std::vector<Wide>(n));
    for (int i = 0; i < n; i++) inverse[i][i] = 1;
    for (int k = 0; k < n; k++) {
        int p = k;
        for (int i = k; i < n; i++)
            if (std::abs(a[i][k]) > std::abs(a[p][k])) p = i;
        std::swap(a[p], a[k]);
        std::swap(inverse[p], inverse[k]);
        for (int i = 0; i < n; i++) {
            const Wide factor = i == k ? 1.0 - 1.0 / a[k][k] : a[i][k] / a[k][k];
            for (int j = 0; j < n; j++) inverse[i][j] -= factor * inverse[k][j];
            for (int j = n - 1; j >= k; j--) a[i][j] -= factor * a[k][j];
        }
    }
    return inverse;
}

double norm_of(const Dense &matrix)
{
    double sum = 0;
    for (const auto &row : matrix)
        for (const Wide value : row) sum += std::norm(value);
    return std::sqrt(sum);
}

// The residual bounds the error by the norm of the inverse.
template <class Number> void test_dense()
{
    Bench bench;
    bench.given.limits.krylov_tolerance = 1e-3f;
    Run<false> run(bench.given, SharedSlab{ reinterpret_cast<unsigned char *>(bench.slab.data()), 0 });
    start(run);
    for (int trial = 0; trial < 4; trial++) {
        const Systems<Number> systems(3, 1e3);
        const Solution<Number> solution(bench, systems, Mask(true));
        int solved = 0;
        for (int l = 0; l < CUBIE_LANES; l++) {
            if (lane(solution.bits, l)) continue;
            solved++;
            const Dense inverse = inverse_of(matrix_of(run, bench, systems, l));
            double sum = 0;
            for (int i = 0; i < n; i++) {
                Wide x = 0;
                for (int j = 0; j < n; j++)
                    x += inverse[i][j] * systems.b.at(j, l) / wide(systems.shift, l) /
                         bench.tolerance(j, lane(systems.state[j], l));
                sum += std::norm(x - solution.x.at(i, l) / bench.tolerance(i, lane(systems.state[i], l)));
            }
            const double limit = norm_of(inverse) * (1.01e-3 + 2 * solution.rounding[l]);
            check(std::sqrt(sum) <= limit, "the solution of dense elimination", std::sqrt(sum), limit);
        }
        check(2 * solved > CUBIE_LANES, "solved", solved, CUBIE_LANES);
    }
}

template <class Number> bool same_bits(const Solution<Number> &a, const Solution<Number> &b, int l)
{
    bool same = lane(a.bits, l) == lane(b.bits, l) && lane(a.iterations, l) == lane(b.iterations, l);
    for (int i = 0; i < (is_complex<Number> ? 2 : 1) * n; i++) {
        const Scalar one = lane(a.x.part[i], l), other = lane(b.x.part[i], l);
        same = same && !std::memcmp(&one, &other, sizeof one);
    }
    return same;
}

// Runs of one vector stop at different iterations, and each at the same as when
// all others are like it, or asleep.
template <class Number> void test_alone()
{
    Bench bench;
    bench.given.limits.krylov_max_iterations = 12;
    for (int trial = 0; trial < 10; trial++) {
        const Systems<Number> systems(0.3, 1e5);
        const Solution<Number> together(bench, systems, Mask(true));
        for (int l = 0; l < CUBIE_LANES; l++) {
            Systems<Number> one = systems;
            one.spread(l);
            check(same_bits(Solution<Number>(bench, one, Mask(true)), together, l), "the same among its like: lane", l,
                  l);
            Mask awake = Mask(false);
            set_lane(awake, l, true);
            const Solution<Number> alone(bench, systems, awake);
            check(same_bits(alone, together, l), "the same among sleepers: lane", l, l);
            for (int other = 0; other < CUBIE_LANES; other++)
                if (other != l)
                    check(lane(alone.bits, other) == 0 && lane(alone.iterations, other) == 0, "a sleeper: lane", other,
                          l);
        }
    }
}

template <class Number>
void check_all(const Solution<Number> &solution, uint32_t bits, uint32_t iterations, const char *what)
{
    for (int l = 0; l < CUBIE_LANES; l++) {
        check(lane(solution.bits, l) == bits, what, lane(solution.bits, l), bits);
        check(lane(solution.iterations, l) == iterations, what, lane(solution.iterations, l), iterations);
    }
}

template <class Number> void test_limits()
{
    Bench bench;
    Systems<Number> systems(0.3, 1.0);
    bench.given.limits.krylov_max_iterations = 1;
    bench.given.limits.krylov_tolerance = 1e-6f;
    check_all(Solution<Number>(bench, systems, Mask(true)), CUBIE_LINEAR_EXHAUSTED, 1, "one iteration");
    bench.given.limits.krylov_max_iterations = 100;
    for (Real &part : systems.b.part) part = Real(Scalar(0));
    const Solution<Number> nothing(bench, systems, Mask(true));
    check_all(nothing, 0, 0, "right side 0");
    for (int i = 0; i < n; i++)
        for (int l = 0; l < CUBIE_LANES; l++)
            check(nothing.x.at(i, l) == 0.0, "its solution", std::abs(nothing.x.at(i, l)), 0);
    systems.b.part[n - 1] = Real(missing);
    check_all(Solution<Number>(bench, systems, Mask(true)), CUBIE_LINEAR_BREAKDOWN, 1, "NaN in the right side");
    systems.b.part[n - 1] = Real(std::numeric_limits<Scalar>::infinity());
    check_all(Solution<Number>(bench, systems, Mask(true)), CUBIE_LINEAR_BREAKDOWN, 1, "infinity in the right side");
    systems.b.part[n - 1] = Real(Scalar(1));
    systems.state[0] = Real(missing);
    const Solution<Number> unknown(bench, systems, Mask(true));
    for (int l = 0; l < CUBIE_LANES; l++)
        check(lane(unknown.bits, l) == CUBIE_LINEAR_BREAKDOWN, "NaN in the state", lane(unknown.bits, l),
              CUBIE_LINEAR_BREAKDOWN);
}

} // namespace
} // namespace cubie

template <class Number> bool test(const std::string &what)
{
    if (what == "residual")
        cubie::test_residual<Number>();
    else if (what == "dense")
        cubie::test_dense<Number>();
    else if (what == "alone")
        cubie::test_alone<Number>();
    else if (what == "limits")
        cubie::test_limits<Number>();
    else
        return false;
    return true;
}

int main(int argc, char **argv)
{
    const std::string what = argc > 1 ? argv[1] : "";
    if (what == "product")
        cubie::test_product();
    else if (!test<cubie::Real>(what))
        return 2;
#if COMPLEX
    test<cubie::Complex<cubie::Real>>(what);
#endif
    return cubie::failures != 0;
}
