/* SPDX-License-Identifier: MIT */
/* The decomposition of firk methods: T L T^-1 is A^-1, the numbers are those of the
 * code RADAU5, and what has no decomposition is refused by name. */
#include "method/spectrum.h"

#include <math.h>
#include <string.h>

#include "script/script.h"
#include "tap.h"

enum { STAGES = 20 };

static Arena *arena;

static long double entry(const Number *matrix, int n, int i, int j)
{
    return matrix[i * n + j].value;
}

/* L as a full matrix. */
static long double block_entry(const Spectrum *spectrum, int i, int j)
{
    for (int b = 0; b < spectrum->count; b++) {
        const SpectrumBlock *block = &spectrum->block[b];
        bool pair = !spectrum_is_real(block);
        if (block->first < 0 || i < block->first || i > block->first + pair) continue;
        if (i == j) return block->real.value;
        if (pair && j == 2 * block->first + 1 - i) return i < j ? -block->imaginary.value : block->imaginary.value;
    }
    return 0;
}

/* Largest entry of |product - wanted| and of |wanted|. */
typedef struct Distance {
    long double off, size;
} Distance;

static void compare(Distance *distance, long double value, long double wanted)
{
    distance->off = fmaxl(distance->off, fabsl(value - wanted));
    distance->size = fmaxl(distance->size, fabsl(wanted));
}

/* T L against A^-1 T, and T T^-1 against I. */
static Distance distance_of(const Spectrum *spectrum, const Number *inverse)
{
    int n = spectrum->stages;
    Distance product = { 0 };
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            long double sum = 0;
            for (int k = 0; k < n; k++)
                for (int m = 0; m < n; m++)
                    sum += entry(spectrum->basis, n, i, k) * block_entry(spectrum, k, m) *
                           entry(spectrum->to_basis, n, m, j);
            compare(&product, sum, entry(inverse, n, i, j));
        }
    return product;
}

/* A^-1 of the record is the inverse of a. */
static Distance inverse_distance(const Spectrum *spectrum, const Tableau *tableau)
{
    int n = spectrum->stages;
    Distance unit = { 0 };
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            long double sum = 0;
            for (int k = 0; k < n; k++) sum += tableau_a(tableau, i, k).value * entry(spectrum->inverse, n, k, j);
            compare(&unit, sum, i == j);
        }
    return unit;
}

static Distance third_matrix(const Spectrum *spectrum)
{
    int n = spectrum->stages;
    Distance product = { 0 };
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            long double sum = 0;
            for (int k = 0; k < n; k++) sum += entry(spectrum->to_basis, n, i, k) * entry(spectrum->inverse, n, k, j);
            compare(&product, entry(spectrum->to_basis_inverse, n, i, j), sum);
        }
    return product;
}

static void test_tableau(const Tableau *tableau)
{
    const Spectrum *spectrum = spectrum_make(arena, tableau);
    if (!tap_ok(spectrum != NULL, "%s: has a decomposition", tableau->name)) return;
    tap_ok(spectrum->reals == tableau->stages % 2 && spectrum->reals + 2 * spectrum->pairs == tableau->stages,
           "%s: %d real, %d pairs", tableau->name, spectrum->reals, spectrum->pairs);
    Distance unit = inverse_distance(spectrum, tableau);
    tap_ok(unit.off <= 1e-17L * 20, "%s: A A^-1 is I to %.1Le", tableau->name, unit.off);
    Distance product = distance_of(spectrum, spectrum->inverse);
    tap_ok(product.off <= 1e-17L * product.size, "%s: T L T^-1 is A^-1 to %.1Le of its largest entry", tableau->name,
           product.off / product.size);
    product = third_matrix(spectrum);
    tap_ok(product.off <= 1e-17L * product.size, "%s: T^-1 A^-1 to %.1Le", tableau->name, product.off / product.size);
    int n = tableau->stages;
    for (int b = 0; b < spectrum->count; b++) {
        int column = spectrum->block[b].first;
        if (column < 0) continue;
        bool good = number_is(spectrum->basis[(n - 1) * n + column], 1);
        if (!spectrum_is_real(&spectrum->block[b])) good &= number_is(spectrum->basis[(n - 1) * n + column + 1], 0);
        tap_ok(good, "%s: the last row of T has 1 for block %d", tableau->name, b);
    }
}

static void near(long double value, long double wanted, const char *what)
{
    tap_ok(fabsl(value - wanted) <= 4e-17L * fmaxl(1, fabsl(wanted)), "%s is %.20Lg (seen: %.20Lg)", what, wanted,
           value);
}

/* The constants of RADAU5 (E. Hairer, G. Wanner, code of 1996, subroutine RADCOR); the
 * first column of its T is T31 times that of ours. */
static void test_radau5(const Tableau *tableau)
{
    static const long double t[9] = { 9.1232394870892942792e-02L,
                                      -0.14125529502095420843L,
                                      -3.0029194105147424492e-02L,
                                      0.24171793270710701896L,
                                      0.20412935229379993199L,
                                      0.38294211275726193779L,
                                      0.96604818261509293619L,
                                      1,
                                      0 };
    static const long double inverse[9] = {
        4.3255798900631553510L,   0.33919925181580986954L,  0.54177053993587487119L,
        -4.1787185915519047273L,  -0.32768282076106238708L, 0.47662355450055045196L,
        -0.50287263494578687595L, 2.5719269498556054292L,   -0.59603920482822492497L
    };
    const Spectrum *spectrum = spectrum_make(arena, tableau);
    long double root = cbrtl(81), root9 = cbrtl(9);
    long double alpha = (12 - root + root9) / 60, beta = (root + root9) * sqrtl(3) / 60,
                size = alpha * alpha + beta * beta;
    near(spectrum->block[0].real.value, 30 / (6 + root - root9), "1/U1");
    near(spectrum->block[1].real.value, alpha / size, "ALPH");
    near(spectrum->block[1].imaginary.value, beta / size, "BETA");
    tap_ok(spectrum->filter == 0, "the error is filtered by the real factors");
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++) {
            char name[8];
            long double scale = j == 0 ? t[6] : 1, scale_inverse = i == 0 ? 1 / t[6] : 1;
            snprintf(name, sizeof name, "T%d%d", i + 1, j + 1);
            near(entry(spectrum->basis, 3, i, j) * scale, t[3 * i + j], name);
            snprintf(name, sizeof name, "TI%d%d", i + 1, j + 1);
            near(entry(spectrum->to_basis, 3, i, j) * scale_inverse, inverse[3 * i + j], name);
        }
}

static Tableau tableau_with(const Number *a, int stages)
{
    return (Tableau){ .name = "mine",
                      .family = FAMILY_FIRK,
                      .stages = stages,
                      .a = (Number *)(uintptr_t)a,
                      .error_start = number_integer(0),
                      .source = { "mine.lua", 3, 0 } };
}

/* What is refused is said at the tableau's place. */
static void refuse(const Number *a, int stages, const char *text)
{
    Tableau tableau = tableau_with(a, stages);
    Text seen = text_new(arena);
    diag_reset();
    diag_capture(&seen);
    const Spectrum *spectrum = spectrum_make(arena, &tableau);
    diag_capture(NULL);
    if (!tap_ok(!spectrum && !strcmp(seen.data, text), "refused: %s", text)) tap_diag("%s", seen.data);
}

static void test_refused(void)
{
    const Number zero = number_integer(0), one = number_integer(1), two = number_integer(2);
    const Number lobatto[] = { zero, zero, number_ratio(1, 2), number_ratio(1, 2) };
    const Number triangle[] = { one, zero, two, one };
    const Number multiple[] = { one, zero, zero, one, one, zero, one, two, two };
    const char *const singular = "mine.lua:3: error: tableau 'mine' cannot be used as a firk method: its matrix a is "
                                 "singular (a stage that is explicit makes it so; methods of the dirk family may have "
                                 "one)\n";
    const char *const coincide = "mine.lua:3: error: tableau 'mine' cannot be used as a firk method: its matrix a has "
                                 "eigenvalues that coincide, or nearly: the stages cannot be decoupled (with a lower "
                                 "triangular a, use family = \"dirk\")\n";
    refuse(lobatto, 2, singular);
    refuse(triangle, 2, coincide);
    refuse(multiple, 3, coincide);
    const Number single[] = { two };
    Tableau tableau = tableau_with(single, 1);
    const Spectrum *spectrum = spectrum_make(arena, &tableau);
    tap_ok(spectrum && spectrum->reals == 1 && number_compare(spectrum->block[0].real, number_ratio(1, 2)) == 0,
           "one stage is one real block");
}

/* Block diagonal with known eigenvalues, hidden by a change of basis. */
static void test_mixture(void)
{
    enum { N = 7 };
    Number a[N * N];
    long double block[N][N] = { { 3 } }, left[N][N], right[N][N];
    block[1][1] = 0.25L;
    block[2][2] = block[3][3] = 1;
    block[2][3] = -(block[3][2] = 2);
    block[4][4] = block[5][5] = -0.5L;
    block[4][5] = -(block[5][4] = 0.125L);
    block[6][6] = -4;
    for (int i = 0; i < N; i++)
        for (int j = 0; j < N; j++) { /* unit triangles: L = 1/4 below, its inverse by powers of the nilpotent part */
            left[i][j] = i == j ? 1 : i > j ? 0.25L : 0;
            right[i][j] = i == j ? 1 : i > j ? -0.25L * powl(0.75L, i - j - 1) : 0;
        }
    for (int i = 0; i < N; i++)
        for (int j = 0; j < N; j++) {
            long double sum = 0;
            for (int k = 0; k < N; k++)
                for (int m = 0; m < N; m++) sum += left[i][k] * block[k][m] * right[m][j];
            a[i * N + j] = number_real(sum);
        }
    Tableau tableau = tableau_with(a, N);
    const Spectrum *spectrum = spectrum_make(arena, &tableau);
    if (!tap_ok(spectrum && spectrum->reals == 3 && spectrum->pairs == 2, "three real eigenvalues and two pairs"))
        return;
    Distance product = distance_of(spectrum, spectrum->inverse);
    tap_ok(product.off <= 1e-17L * product.size, "T L T^-1 is A^-1 to %.1Le of its largest entry",
           product.off / product.size);
    near(spectrum->block[0].real.value, -0.25L, "first eigenvalue of the mixture");
    near(spectrum->block[3].imaginary.value, 0.4L, "imaginary part of the first pair");
    near(spectrum->block[4].imaginary.value, 0.125L / (0.25L + 0.015625L), "imaginary part of the second pair");
}

int main(void)
{
    arena = arena_new();
    TableauList list = script_read_tableaux(arena);
    int count = 0;
    for (int i = 0; i < list.count; i++) {
        const Tableau *tableau = list.items[i];
        if (tableau->family != FAMILY_FIRK) continue;
        count++;
        test_tableau(tableau);
        if (!strcmp(tableau->name, "radau-iia-5")) test_radau5(tableau);
    }
    tap_ok(count >= 5, "%d firk tableaux are shipped", count);
    test_mixture();
    test_refused();
    return tap_done();
}
