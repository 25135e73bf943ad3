// SPDX-License-Identifier: MIT
// Generated factor() and solve() of one pattern in its three forms, on random
// matrices: L U = P A P^T, residuals, equal bits, watched pivots. tests/code/lu_generated.c
// writes what is included here, and compiles and runs the program.
//
// matrix.inc: sizes; rows and columns of the entries of A; slots of the factors, with
// rows and columns in the order of elimination; samples of the problem itself.
// inlined.inc, functions.inc, tables.inc: y' = B y with a parameter for each entry of
// B, so that A = shift*I - B is any matrix of the pattern. own.inc: the problem itself.
#include "matrix.inc"

#include <cubie/device.hpp>

#include <cfloat>
#include <cstdio>
#include <cstdlib>
#include <vector>

namespace cubie {
namespace inlined {
#include "inlined.inc"
}
namespace functions {
#include "functions.inc"
}
namespace by_tables {
#include "tables.inc"
}
namespace own {
#include "own.inc"
}

namespace {

typedef long double Wide;
typedef decltype(lane(Factor(), 0)) Number; // of one lane of a Factor

#if defined(CUBIE_FACTOR_PRECISION)
const Wide epsilon = FLT_EPSILON;
const int decades = 2; // of badly scaled rows: nothing underflows
#else
const Wide epsilon = DBL_EPSILON;
const int decades = 30;
#endif

enum { VECTORS = (1000 + CUBIE_LANES - 1) / CUBIE_LANES };
enum Kind { DOMINANT, GENERAL, SCALED, ZERO_ROW, CANCELLED, KINDS };
const char *const kind_name[] = { "dominant", "general", "badly scaled", "singular", "cancelled" };

double uniform(double low, double high)
{
    return low + (high - low) * drand48();
}

// A vector of matrices A and of right-hand sides, and what the factors of A are.
struct Matrices {
    Real parameters[MATRIX_ENTRIES]; // of B
    Factor shift, lu[MATRIX_SLOTS], x[MATRIX_STATES], b[MATRIX_STATES];
    Mask good;

    Wide a(int e, int l) const // entry e of A, as the generated code computes it
    {
        const auto p = lane(to_factor(parameters[e]), l);
        return matrix_row[e] == matrix_column[e] ? Wide(lane(shift, l) - p) : -Wide(p);
    }
    void set(int e, int l, double value) // A's entry, to rounding; exactly 0 and exactly what is off the diagonal
    {
        const double p = matrix_row[e] == matrix_column[e] ? double(lane(shift, l)) - value : -value;
        set_lane(parameters[e], l, Scalar(p));
    }
};

// ---- the factors against the matrix, one lane ----

struct Rows {
    std::vector<int> slots[MATRIX_STATES]; // by row in the order of elimination
    Rows()
    {
        for (int i = 0; i < MATRIX_SLOTS; i++) slots[slot_row[i]].push_back(i);
    }
};
const Rows rows;

// Rows and columns in the order of elimination.
struct Product {
    Wide sum[MATRIX_STATES], size[MATRIX_STATES]; // a row of L U, and of |L| |U|
};

void multiply_row(Product &product, const Matrices &m, int i, int l)
{
    for (int j = 0; j < MATRIX_STATES; j++) product.sum[j] = product.size[j] = 0;
    for (int s : rows.slots[i]) {
        const int k = slot_column[s];
        if (k > i) continue;
        Wide lower = lane(m.lu[s], l);
        if (k == i) lower = scales_row[i] ? 1 / lower : 1;
        for (int u : rows.slots[k]) {
            if (slot_column[u] < k) continue;
            Wide upper = lane(m.lu[u], l);
            if (slot_column[u] == k) upper = scales_row[k] ? 1 : 1 / upper;
            product.sum[slot_column[u]] += lower * upper;
            product.size[slot_column[u]] += fabsl(lower * upper);
        }
    }
}

// In units of n eps: the largest ratio of (P A P^T - L U)[i][j] to (|L| |U|)[i][j] (Higham, Accuracy and Stability of
// Numerical Algorithms, theorem 9.3), and of (b - A x)[i] to (|L| |U| |x|)[i] (theorem 9.4).
struct Defect {
    Wide product = 0, residual = 0;
    void see(Wide &worst, Wide error, Wide size)
    {
        const Wide ratio = fabsl(error) / (size + LDBL_MIN) / (MATRIX_STATES * epsilon);
        if (!(ratio <= worst)) worst = ratio; // a NaN is the worst
    }
};

void measure(Defect &defect, const Matrices &m, int l)
{
    static Product row;
    for (int i = 0; i < MATRIX_STATES; i++) {
        multiply_row(row, m, i, l);
        Wide residual = lane(m.b[pivot[i]], l), size = 0;
        for (int j = 0; j < MATRIX_STATES; j++) size += row.size[j] * fabsl(Wide(lane(m.x[pivot[j]], l)));
        for (int e = matrix_start[pivot[i]]; e < matrix_start[pivot[i] + 1]; e++) {
            const Wide a = m.a(e, l);
            row.sum[position[matrix_column[e]]] -= a;
            residual -= a * Wide(lane(m.x[matrix_column[e]], l));
        }
        for (int j = 0; j < MATRIX_STATES; j++)
            if (row.size[j] != 0 || row.sum[j] != 0) defect.see(defect.product, row.sum[j], row.size[j]);
        defect.see(defect.residual, residual, size);
    }
}

// ---- random matrices ----

void draw(Matrices &m, Kind kind, int l)
{
    set_lane(m.shift, l, Number(std::pow(10.0, uniform(-2, 2))));
    for (int i = 0; i < MATRIX_STATES; i++) {
        double sum = 0, scale = kind == SCALED ? std::pow(10.0, uniform(-decades, decades)) : 1;
        for (int e = matrix_start[i]; e < matrix_start[i + 1]; e++) {
            const double value = uniform(-1, 1) * std::pow(10.0, uniform(-3, 3)) * scale;
            m.set(e, l, value);
            if (matrix_column[e] != i) sum += fabs(value);
        }
        if (kind == DOMINANT || kind == SCALED) m.set(matrix_diagonal[i], l, sum + uniform(0.1, 1) * scale);
        set_lane(m.b[i], l, decltype(lane(m.b[i], l))(uniform(-1, 1)));
    }
    if (kind == SCALED) set_lane(m.shift, l, Number(std::pow(10.0, -decades - 1)));
}

void clear_row(Matrices &m, int row, int l)
{
    for (int e = matrix_start[row]; e < matrix_start[row + 1]; e++) m.set(e, l, 0);
}

// One function for each form, so that each is compiled once.
typedef void Solve(Matrices &m);
Real nothing[MATRIX_STATES]; // the state, on which B does not depend
const Real no_time = Real(Scalar(0));

__attribute__((noinline)) void solve_inlined(Matrices &m)
{
    m.good = inlined::factor(m.lu, nothing, m.parameters, no_time, m.shift);
    inlined::solve(m.lu, m.x);
}

__attribute__((noinline)) void solve_functions(Matrices &m)
{
    m.good = functions::factor(m.lu, nothing, m.parameters, no_time, m.shift);
    functions::solve(m.lu, m.x);
}

__attribute__((noinline)) void solve_tables(Matrices &m)
{
    static Factor row[MATRIX_STATES];
    m.good = by_tables::factor(m.lu, row, nothing, m.parameters, no_time, m.shift);
    by_tables::solve(m.lu, m.x);
}

void solve_with(Matrices &m, Solve *solve)
{
    for (int i = 0; i < MATRIX_SLOTS; i++) m.lu[i] = Factor(Number(missing));
    for (int i = 0; i < MATRIX_STATES; i++) m.x[i] = m.b[i];
    solve(m);
}

// The last pivot's diagonal element less that pivot: nothing but rounding errors is left.
void cancel(Matrices &m)
{
    const int last = MATRIX_STATES - 1;
    solve_with(m, solve_inlined);
    for (int l = 0; l < CUBIE_LANES; l++) {
        Wide value = 0;
        for (int s : rows.slots[last])
            if (slot_column[s] == last) value = 1 / Wide(lane(m.lu[s], l));
        const int e = matrix_diagonal[pivot[last]];
        m.set(e, l, double(m.a(e, l) - value));
    }
}

// ---- the checks ----

uint64_t bits(Number a)
{
    uint64_t bits = 0;
    memcpy(&bits, &a, sizeof a);
    return bits;
}

int failures;

void check(bool pass, const char *what)
{
    printf("%s%s\n", pass ? "" : "not ", what);
    failures += !pass;
}

// The same verdict; where it is good, the same numbers to the last bit.
bool same(const Matrices &a, const Matrices &b, int l)
{
    bool equal = lane(a.good, l) == lane(b.good, l);
    if (!equal || !lane(a.good, l)) return equal;
    for (int i = 0; i < MATRIX_SLOTS; i++) equal &= bits(lane(a.lu[i], l)) == bits(lane(b.lu[i], l));
    for (int i = 0; i < MATRIX_STATES; i++) equal &= bits(lane(a.x[i], l)) == bits(lane(b.x[i], l));
    return equal;
}

bool same(const Matrices &a, const Matrices &b)
{
    bool equal = true;
    for (int l = 0; l < CUBIE_LANES; l++) equal &= same(a, b, l);
    return equal;
}

bool is_finite(const Matrices &m, int l)
{
    for (int i = 0; i < MATRIX_STATES; i++)
        if (!std::isfinite(lane(m.x[i], l))) return false;
    return true;
}

struct Tally {
    int good = 0, bad = 0, silent = 0, unequal = 0; // silent: no flag and not finite
    Defect defect;
};

void solve_kind(Tally &tally, Kind kind)
{
    static Matrices m, other;
    for (int v = 0; v < VECTORS; v++) {
        for (int l = 0; l < CUBIE_LANES; l++) {
            draw(m, kind, l);
            if (kind == ZERO_ROW) clear_row(m, int(uniform(0, MATRIX_STATES)), l);
        }
        if (kind == CANCELLED) cancel(m);
        other = m;
        solve_with(m, solve_inlined);
        solve_with(other, solve_functions);
        tally.unequal += !same(m, other);
        solve_with(other, solve_tables);
        tally.unequal += !same(m, other);
        for (int l = 0; l < CUBIE_LANES; l++) {
            tally.bad += !lane(m.good, l);
            if (!lane(m.good, l)) continue;
            tally.good++;
            tally.silent += !is_finite(m, l);
            measure(tally.defect, m, l);
        }
    }
}

void check_kind(Kind kind)
{
    char line[200];
    Tally tally;
    solve_kind(tally, kind);
    const double flagged = double(tally.bad) / (tally.good + tally.bad);
    const bool right = kind == ZERO_ROW    ? flagged == 1
                       : kind == CANCELLED ? !last_is_changed || flagged > 0.8
                                           : flagged <= (kind == GENERAL ? 0.1 : 0);
    snprintf(line, sizeof line, "ok %s: L U = P A P^T (%.2Lg n eps), residual (%.2Lg)", kind_name[kind],
             tally.defect.product, tally.defect.residual);
    check(tally.defect.product <= 4 && tally.defect.residual <= 8 && tally.silent == 0, line);
    snprintf(line, sizeof line, "ok %s: the pivots are watched (%.3g refused)", kind_name[kind], flagged);
    check(right, line);
    snprintf(line, sizeof line, "ok %s: three forms, the same bits", kind_name[kind]);
    check(tally.unequal == 0, line);
}

// The problem itself at sampled states, beside its Jacobian in long double.
void check_own()
{
    static Real state[MATRIX_STATES], parameters[OWN_PARAMETERS + 1], hoisted[OWN_HOISTED + 1];
    static Matrices m;
    Wide worst = 0;
    bool good = true;
    for (int i = 0; i < OWN_PARAMETERS; i++) parameters[i] = Real(Scalar(own_parameter[i]));
    (void)hoisted;
#if OWN_HOISTED > 0
    own::hoist(hoisted, parameters);
#endif
    for (int k = 0; k < OWN_SAMPLES; k++) {
        for (int i = 0; i < MATRIX_STATES; i++) state[i] = Real(Scalar(own_state[k][i]));
        for (int i = 0; i < MATRIX_STATES; i++) m.b[i] = m.x[i] = Factor(Number(uniform(-1, 1)));
        m.shift = to_factor(Real(Scalar(own_shift)));
#if OWN_HOISTED > 0
        m.good = own::factor(m.lu, state, parameters, hoisted, Real(Scalar(own_time[k])), m.shift);
#else
        m.good = own::factor(m.lu, state, parameters, Real(Scalar(own_time[k])), m.shift);
#endif
        own::solve(m.lu, m.x);
        static Product row;
        for (int i = 0; i < MATRIX_STATES; i++) {
            multiply_row(row, m, i, 0);
            for (int e = matrix_start[pivot[i]]; e < matrix_start[pivot[i] + 1]; e++) {
                const int j = position[matrix_column[e]];
                const Wide a = own_matrix[k][e], ratio = fabsl(row.sum[j] - a) / (row.size[j] + fabsl(a) + LDBL_MIN);
                if (!(ratio <= worst)) worst = ratio;
            }
        }
        good &= lane(m.good, 0);
    }
    char line[200];
    snprintf(line, sizeof line, "ok the problem's own matrices: L U = P A P^T (%.2Lg)", worst);
    check((good || sizeof(Number) == 4) && worst <= own_tolerance * epsilon,
          line); // (in float32 some may be too close to singular)
}

} // namespace
} // namespace cubie

int main()
{
    srand48(17);
    for (int kind = 0; kind < cubie::KINDS; kind++) cubie::check_kind(cubie::Kind(kind));
    cubie::check_own();
    return cubie::failures != 0;
}
