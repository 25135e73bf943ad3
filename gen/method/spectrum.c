/* SPDX-License-Identifier: MIT */
/* Eigenvalues by the Ehrlich-Aberth iteration on det(M - x I) itself, with p'/p =
 * -trace (M - x I)^-1: no coefficients of p, so nothing is lost on the way (D. A.
 * Bini, L. Gemignani, F. Tisseur, SIAM J. Matrix Anal. Appl. 27 (2005) 153-175).
 * Each is then polished together with its eigenvector by Newton's method on
 * M x = x lambda, e_k x = 1. s is small: nothing here is in a hurry. */
#include "method/spectrum.h"

#include <complex.h>
#include <float.h>
#include <math.h>
#include <string.h>

typedef long double complex Complex;

enum { SWEEPS_MOST = 200, POLISHES = 4 };

/* T and its inverse multiply rounding errors by no more than this. */
#define CONDITION_MOST 1e8L

static Complex *copy_of(Arena *arena, const Complex *matrix, int count)
{
    Complex *copy = ARENA_ARRAY(arena, Complex, count);
    memcpy(copy, matrix, sizeof *copy * (size_t)count);
    return copy;
}

static void swap_rows(Complex *matrix, int columns, int a, int b)
{
    for (int j = 0; j < columns; j++) {
        Complex kept = matrix[a * columns + j];
        matrix[a * columns + j] = matrix[b * columns + j];
        matrix[b * columns + j] = kept;
    }
}

/* matrix (n by n, destroyed) times result = right (n by m), in place of right; Gauss-
 * Jordan with row pivots. Returns the smallest pivot relative to the largest entry. */
static long double solve(Complex *matrix, int n, Complex *right, int m)
{
    long double largest = 0, least = LDBL_MAX;
    for (int i = 0; i < n * n; i++) largest = fmaxl(largest, cabsl(matrix[i]));
    for (int k = 0; k < n; k++) {
        int pivot = k;
        for (int i = k + 1; i < n; i++)
            if (cabsl(matrix[i * n + k]) > cabsl(matrix[pivot * n + k])) pivot = i;
        least = fminl(least, cabsl(matrix[pivot * n + k]));
        swap_rows(matrix, n, k, pivot);
        swap_rows(right, m, k, pivot);
        for (int i = 0; i < n; i++) {
            Complex factor = i == k ? 0 : matrix[i * n + k] / matrix[k * n + k];
            for (int j = k; j < n; j++) matrix[i * n + j] -= factor * matrix[k * n + j];
            for (int j = 0; j < m; j++) right[i * m + j] -= factor * right[k * m + j];
        }
    }
    for (int k = 0; k < n; k++)
        for (int j = 0; j < m; j++) right[k * m + j] /= matrix[k * n + k];
    return largest > 0 ? least / largest : 0;
}

static Complex *identity(Arena *arena, int n)
{
    Complex *matrix = ARENA_ARRAY(arena, Complex, n * n);
    for (int i = 0; i < n; i++) matrix[i * n + i] = 1;
    return matrix;
}

static Complex *shifted(Arena *arena, const Complex *matrix, int n, Complex shift)
{
    Complex *copy = copy_of(arena, matrix, n * n);
    for (int i = 0; i < n; i++) copy[i * n + i] -= shift;
    return copy;
}

static long double size_of(const Complex *matrix, int n)
{
    long double most = 0;
    for (int i = 0; i < n; i++) {
        long double sum = 0;
        for (int j = 0; j < n; j++) sum += cabsl(matrix[i * n + j]);
        most = fmaxl(most, sum);
    }
    return most;
}

/* ---- eigenvalues ---- */

/* p/p' at x, or 0 where x is an eigenvalue to the last digit. */
static Complex newton_step(const Complex *matrix, int n, Complex x)
{
    Arena *scratch = arena_new();
    Complex *inverse = identity(scratch, n), trace = 0;
    long double pivot = solve(shifted(scratch, matrix, n, x), n, inverse, n);
    for (int i = 0; i < n; i++) trace += inverse[i * n + i];
    arena_free(scratch);
    return pivot > 0 && trace != 0 ? -1 / trace : 0;
}

/* All of them, to about the root of what long double holds at worst. */
static void find_eigenvalues(Complex *value, const Complex *matrix, int n)
{
    long double radius = size_of(matrix, n), moved = 1;
    for (int i = 0; i < n; i++) value[i] = radius * cexpl(I * (2 * 3.14159265358979323846L * i / n + 0.4L));
    for (int sweep = 0; sweep < SWEEPS_MOST && moved > 1e-16L; sweep++) {
        moved = 0;
        for (int i = 0; i < n; i++) {
            Complex others = 0, step = newton_step(matrix, n, value[i]);
            for (int j = 0; j < n; j++)
                if (j != i) others += 1 / (value[i] - value[j]);
            step /= 1 - step * others;
            if (!isfinite(cabsl(step))) continue;
            value[i] -= step;
            moved = fmaxl(moved, cabsl(step) / radius);
        }
    }
}

/* ---- eigenvectors ---- */

/* Of the component that is scaled to 1: the last, unless it is small. */
static int scaled_component(const Complex *vector, int n)
{
    int largest = n - 1;
    for (int i = 0; i < n; i++)
        if (cabsl(vector[i]) > 1e3L * cabsl(vector[largest])) largest = i;
    return largest;
}

/* By inverse iteration; returns the component that is 1. */
static int start_vector(Complex *vector, const Complex *matrix, int n, Complex value)
{
    Complex near = value * (1 + 1e-9L);
    for (int i = 0; i < n; i++) vector[i] = 1 + 0.3L * i;
    for (int pass = 0; pass < 2; pass++) {
        Arena *scratch = arena_new();
        long double size = 0;
        solve(shifted(scratch, matrix, n, near), n, vector, 1);
        for (int i = 0; i < n; i++) size = fmaxl(size, cabsl(vector[i]));
        for (int i = 0; i < n; i++) vector[i] /= size;
        arena_free(scratch);
    }
    int k = scaled_component(vector, n);
    Complex scale = vector[k];
    for (int i = 0; i < n; i++) vector[i] /= scale;
    return k;
}

/* One Newton step on M x - x value = 0, x_k = 1. */
static void polish(Complex *vector, Complex *value, const Complex *matrix, int n, int k)
{
    Arena *scratch = arena_new();
    int m = n + 1;
    Complex *system = ARENA_ARRAY(scratch, Complex, m * m), *change = ARENA_ARRAY(scratch, Complex, m);
    for (int i = 0; i < n; i++) {
        change[i] = *value * vector[i];
        for (int j = 0; j < n; j++) {
            system[i * m + j] = matrix[i * n + j] - (i == j ? *value : 0);
            change[i] -= matrix[i * n + j] * vector[j];
        }
        system[i * m + n] = -vector[i];
    }
    system[n * m + k] = 1;
    solve(system, m, change, 1);
    for (int i = 0; i < n; i++) vector[i] += change[i];
    *value += change[n];
    arena_free(scratch);
}

/* Real ones first; of a pair the one with the positive imaginary part. */
static int compare_values(Complex a, Complex b)
{
    bool real_a = cimagl(a) == 0, real_b = cimagl(b) == 0;
    if (real_a != real_b) return real_a ? -1 : 1;
    long double x = real_a ? creall(a) : cimagl(a), y = real_a ? creall(b) : cimagl(b);
    return (x > y) - (x < y);
}

/* Keeps the real ones and one of each pair, in order; the rest is their count. */
static int half_of(Complex *value, int n)
{
    int count = 0;
    for (int i = 0; i < n; i++) {
        if (fabsl(cimagl(value[i])) <= 1e-7L * cabsl(value[i])) value[i] = creall(value[i]);
        if (cimagl(value[i]) >= 0) value[count++] = value[i];
    }
    for (int i = 1; i < count; i++)
        for (int j = i; j > 0 && compare_values(value[j], value[j - 1]) < 0; j--) {
            Complex kept = value[j];
            value[j] = value[j - 1];
            value[j - 1] = kept;
        }
    return count;
}

/* ---- the decomposition ---- */

static Number *numbers_of(Arena *arena, const Complex *matrix, int count)
{
    Number *numbers = ARENA_ARRAY(arena, Number, count);
    long double largest = 0;
    for (int i = 0; i < count; i++) largest = fmaxl(largest, fabsl(creall(matrix[i])));
    for (int i = 0; i < count; i++) {
        long double value = creall(matrix[i]);
        numbers[i] = number_real(fabsl(value) < 16 * LDBL_EPSILON * largest ? 0 : value);
    }
    return numbers;
}

static void times(Complex *product, const Complex *a, const Complex *b, int n)
{
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            product[i * n + j] = 0;
            for (int k = 0; k < n; k++) product[i * n + j] += a[i * n + k] * b[k * n + j];
        }
}

/* The block and its columns of T: for alpha + i beta with the eigenvector x, Re x and -Im x. */
static void add_block(Spectrum *spectrum, Complex *basis, const Complex *matrix, Complex value)
{
    int n = spectrum->stages, column = spectrum->reals + 2 * spectrum->pairs;
    Arena *scratch = arena_new();
    Complex *vector = ARENA_ARRAY(scratch, Complex, n);
    bool real = cimagl(value) == 0;
    int k = start_vector(vector, matrix, n, value);
    for (int i = 0; i < POLISHES; i++) polish(vector, &value, matrix, n, k);
    for (int i = 0; i < n; i++) {
        basis[i * n + column] = creall(vector[i]);
        if (!real) basis[i * n + column + 1] = -cimagl(vector[i]);
    }
    arena_free(scratch);
    spectrum->block[spectrum->count++] =
        (SpectrumBlock){ number_real(creall(value)), real ? number_integer(0) : number_real(cimagl(value)), column };
    if (real)
        spectrum->reals++;
    else
        spectrum->pairs++;
}

static bool complain(const Tableau *tableau, const char *why)
{
    diag_error(tableau->source, "tableau '%s' cannot be used as a firk method: its matrix a %s", tableau->name, why);
    return false;
}

static bool invert(Complex *inverse, const Tableau *tableau)
{
    int n = tableau->stages;
    Arena *scratch = arena_new();
    Complex *matrix = ARENA_ARRAY(scratch, Complex, n * n), *result = identity(scratch, n);
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) matrix[i * n + j] = tableau_a(tableau, i, j).value;
    long double pivot = solve(matrix, n, result, n);
    memcpy(inverse, result, sizeof *inverse * (size_t)(n * n));
    arena_free(scratch);
    if (pivot > 1e-15L) return true;
    return complain(tableau,
                    "is singular (a stage that is explicit makes it so; methods of the dirk family may have one)");
}

/* T, and its inverse when that is of use. */
static bool decompose(Spectrum *spectrum, Arena *scratch, Arena *arena, const Complex *matrix)
{
    int n = spectrum->stages;
    Complex *value = ARENA_ARRAY(scratch, Complex, n), *basis = ARENA_ARRAY(scratch, Complex, n * n);
    find_eigenvalues(value, matrix, n);
    int count = half_of(value, n), columns = 0;
    for (int i = 0; i < count; i++) columns += cimagl(value[i]) == 0 ? 1 : 2;
    if (columns != n) return false;
    for (int i = 0; i < count; i++) add_block(spectrum, basis, matrix, value[i]);
    Complex *inverse = identity(scratch, n), *product = ARENA_ARRAY(scratch, Complex, n * n);
    solve(copy_of(scratch, basis, n * n), n, inverse, n);
    if (!(size_of(basis, n) * size_of(inverse, n) < CONDITION_MOST)) return false;
    times(product, inverse, matrix, n);
    spectrum->basis = numbers_of(arena, basis, n * n);
    spectrum->to_basis = numbers_of(arena, inverse, n * n);
    spectrum->to_basis_inverse = numbers_of(arena, product, n * n);
    return true;
}

/* (I - h error_start J)^-1 is the matrix of a block when 1/error_start is its eigenvalue. */
static void add_filter(Spectrum *spectrum, const Tableau *tableau)
{
    spectrum->filter = -1;
    if (number_is(tableau->error_start, 0)) return;
    Number needed = number_divide(number_integer(1), tableau->error_start);
    for (int i = 0; i < spectrum->reals; i++)
        if (fabsl(spectrum->block[i].real.value / needed.value - 1) < 1e-13L) spectrum->filter = i;
    if (spectrum->filter >= 0) return;
    spectrum->filter = spectrum->count;
    spectrum->block[spectrum->count++] = (SpectrumBlock){ needed, number_integer(0), -1 };
}

const Spectrum *spectrum_make(Arena *arena, const Tableau *tableau)
{
    int n = tableau->stages;
    Arena *scratch = arena_new();
    Complex *inverse = ARENA_ARRAY(scratch, Complex, n * n);
    Spectrum *spectrum = ARENA_NEW(arena, Spectrum);
    spectrum->stages = n;
    spectrum->block = ARENA_ARRAY(arena, SpectrumBlock, n + 1);
    bool good = invert(inverse, tableau);
    if (good && !decompose(spectrum, scratch, arena, inverse))
        good = complain(tableau, "has eigenvalues that coincide, or nearly: the stages cannot be decoupled "
                                 "(with a lower triangular a, use family = \"dirk\")");
    if (good) {
        spectrum->inverse = numbers_of(arena, inverse, n * n);
        add_filter(spectrum, tableau);
    }
    arena_free(scratch);
    return good ? spectrum : NULL;
}

Number *spectrum_weights(Arena *arena, const Spectrum *spectrum, const Number *weights)
{
    int n = spectrum->stages;
    Number *result = ARENA_ARRAY(arena, Number, n);
    for (int j = 0; j < n; j++) {
        long double scale = 0;
        result[j] = number_integer(0);
        for (int i = 0; i < n; i++) {
            Number term = number_multiply(weights[i], spectrum->inverse[i * n + j]);
            result[j] = number_add(result[j], term);
            scale += fabsl(term.value);
        }
        if (fabsl(result[j].value) < 64 * LDBL_EPSILON * scale) result[j] = number_integer(0);
    }
    return result;
}
