/* SPDX-License-Identifier: MIT */
/* Between the classical and the transformed form of Rosenbrock methods. */
#include "method/tableau.h"

/* Lower triangular matrices of n rows and n columns, row-major. */

static Number *zeros(Arena *arena, int count)
{
    Number *numbers = ARENA_ARRAY(arena, Number, count);
    for (int i = 0; i < count; i++) numbers[i] = number_integer(0);
    return numbers;
}

/* Column by column: row i of the inverse needs those above it. */
static Number *inverse(Arena *arena, const Number *matrix, int n)
{
    Number *result = zeros(arena, n * n);
    for (int j = 0; j < n; j++)
        for (int i = j; i < n; i++) {
            Number sum = number_integer(i == j);
            for (int k = j; k < i; k++)
                sum = number_subtract(sum, number_multiply(matrix[i * n + k], result[k * n + j]));
            result[i * n + j] = number_divide(sum, matrix[i * n + i]);
        }
    return result;
}

/* `rows` rows times the lower triangle; NULL for NULL. */
static Number *times(Arena *arena, const Number *left, int rows, const Number *matrix, int n)
{
    if (!left) return NULL;
    Number *result = zeros(arena, rows * n);
    for (int i = 0; i < rows; i++)
        for (int j = 0; j < n; j++)
            for (int k = j; k < n; k++)
                result[i * n + j] = number_add(result[i * n + j], number_multiply(left[i * n + k], matrix[k * n + j]));
    return result;
}

static Number *transpose(Arena *arena, const Number *matrix, int rows, int columns)
{
    Number *result = ARENA_ARRAY(arena, Number, rows * columns);
    for (int i = 0; i < rows; i++)
        for (int j = 0; j < columns; j++) result[j * rows + i] = matrix[i * columns + j];
    return result;
}

/* Dense rows belong to stages: each power of theta is a row of weights. */
static Number *dense_times(Arena *arena, const Number *dense, int degree, const Number *matrix, int n)
{
    if (!dense) return NULL;
    Number *rows = times(arena, transpose(arena, dense, n, degree), degree, matrix, n);
    return transpose(arena, rows, degree, n);
}

/* diag(1/gamma) minus the other, which is gamma^-1 or (c_ij). */
static Number *diagonal_minus(Arena *arena, Number gamma, const Number *matrix, int n)
{
    Number *result = zeros(arena, n * n);
    for (int i = 0; i < n; i++)
        for (int j = 0; j <= i; j++) {
            Number first = i == j ? number_divide(number_integer(1), gamma) : number_integer(0);
            result[i * n + j] = number_subtract(first, matrix[i * n + j]);
        }
    return result;
}

TransformedTableau tableau_transformed(Arena *arena, const Tableau *tableau)
{
    if (tableau->transformed) return *tableau->transformed;
    int s = tableau->stages;
    Number *matrix = inverse(arena, tableau->gamma, s);
    return (TransformedTableau){
        .gamma = tableau->gamma[0],
        .a = times(arena, tableau->a, s, matrix, s),
        .c = diagonal_minus(arena, tableau->gamma[0], matrix, s),
        .m = times(arena, tableau->b, 1, matrix, s),
        .error = times(arena, tableau->error, 1, matrix, s),
        .dense = dense_times(arena, tableau->dense, tableau->dense_degree, matrix, s),
    };
}

void tableau_from_transformed(Tableau *tableau, const TransformedTableau *transformed, Arena *arena)
{
    int s = tableau->stages;
    Number *gamma = inverse(arena, diagonal_minus(arena, transformed->gamma, transformed->c, s), s);
    for (int i = 0; i < s; i++) gamma[i * s + i] = transformed->gamma;
    tableau->gamma = gamma;
    tableau->a = times(arena, transformed->a, s, gamma, s);
    tableau->b = times(arena, transformed->m, 1, gamma, s);
    tableau->error = times(arena, transformed->error, 1, gamma, s);
    tableau->dense = dense_times(arena, transformed->dense, tableau->dense_degree, gamma, s);
    tableau->transformed = transformed;
}
