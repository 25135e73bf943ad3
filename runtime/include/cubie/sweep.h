/* SPDX-License-Identifier: MIT */
/* How the inputs of a run follow from its index. Header only, for C11, C++17
 * and CUDA: the host writes coordinates with the functions that the kernel
 * uses, and both get the same bits (cubie/sweep_math.h says why).
 *
 * For run r of the batch (0-based), with index = (r / stride) % count:
 *
 *   LINEAR     start + index * step                  (one fma)
 *   GEOMETRIC  start * exp(index * step)             step = log(stop / start) / (count - 1)
 *   TABLE      table[index]
 *   UNIFORM    start + step * U, within start..stop  step = stop - start
 *   NORMAL     start + step * Z                      mean and standard deviation
 *
 * The first value of LINEAR and GEOMETRIC is `start`, the last `stop`, exactly.
 * U and Z come from the first words of one Philox4x32-10 block (Salmon, Moraes,
 * Dror, Shaw: "Parallel random numbers: as easy as 1, 2, 3", SC'11) with counter
 * (r low, r high, 0, 0) and a key of seed and name, so a value depends on
 * nothing else: not on chunks, threads, lanes or the other inputs. Z is the
 * normal quantile (Wichura, Algorithm AS 241, Applied Statistics 37, 1988).
 *
 * The float32 functions hold no float64 operation. They get the double values
 * rounded to float, to 1 ulp (LINEAR; beside a zero of the grid to 2^-53 of the
 * larger end) or 3 ulp (GEOMETRIC), from 64-bit fixed point.
 *
 * A target prepares each CubieColumn of a job once per chunk on the host
 * (cubie_column_prepare32 or 64), points `table` to its own copy of a table,
 * and asks for values by the run's number in the chunk. */
#ifndef CUBIE_SWEEP_H
#define CUBIE_SWEEP_H

#include "cubie/problem.h"
#include "cubie/sweep_math.h"

/* The key of an input: FNV-1a of its name, mixed with the seed by the
 * finaliser of splitmix64 (Steele, Lea, Flood, OOPSLA'14). */
static inline uint64_t cubie_sweep_key(uint64_t seed, const char *name)
{
    uint64_t hash = 14695981039346656037u;
    for (; *name; name++) hash = (hash ^ (unsigned char)*name) * 1099511628211u;
    uint64_t z = hash + (seed + 1) * 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

/* ---- index of a column --------------------------------------------------- */

/* Where a chunk lies in a column's cycle of stride * count runs. `wide` is 0
 * when 32-bit arithmetic reaches every index of the chunk. */
typedef struct CubieColumnIndex {
    uint64_t origin; /* index of the chunk's first run */
    uint64_t offset; /* of the first run within its stride */
    uint64_t stride, count;
    int32_t wide;
} CubieColumnIndex;

static inline CubieColumnIndex cubie_column_index_prepare(uint64_t stride, uint64_t count, uint64_t first,
                                                          uint32_t runs)
{
    CubieColumnIndex index;
    index.origin = first / stride % count;
    index.offset = first % stride;
    index.stride = stride;
    index.count = count;
    const uint64_t reach = index.offset + runs, last = index.origin + reach / stride;
    index.wide = stride > UINT32_MAX || count > UINT32_MAX || reach > UINT32_MAX || last > UINT32_MAX;
    return index;
}

/* Index of the run `local` of the chunk in its column. At most one 32-bit
 * division, and a second one where the chunk goes round the whole cycle. */
CUBIE_SWEEP_FN uint64_t cubie_column_index(const CubieColumnIndex *column, uint32_t local)
{
    if (column->wide) return (column->origin + (column->offset + local) / column->stride) % column->count;
    const uint32_t stride = (uint32_t)column->stride, count = (uint32_t)column->count;
    uint32_t index = (uint32_t)column->offset + local;
    if (stride > 1) index /= stride;
    index += (uint32_t)column->origin;
    return index < count ? index : index % count;
}

/* ---- values -------------------------------------------------------------- */

/* A column of a job, ready for the float64 functions. */
typedef struct CubieColumn64 {
    int32_t kind, input;
    CubieColumnIndex index;
    uint64_t first, key;
    double start, step, stop;
    const double *table; /* of the target */
} CubieColumn64;

/* The same for float32. LINEAR: value * 2^k = origin + index * slope, with
 * slope = slope_whole + slope_fraction / 2^64 and 2^-k = scale * scale_rest.
 * GEOMETRIC: log2(value / start) * 2^48 = index * slope. */
typedef struct CubieColumn32 {
    int32_t kind, input;
    CubieColumnIndex index;
    uint64_t first, key;
    float start, step, stop;
    float scale, scale_rest;
    int64_t origin, slope_whole;
    uint64_t slope_fraction;
    const float *table; /* of the target; NULL after prepare */
} CubieColumn32;

static inline void cubie_column_prepare64(CubieColumn64 *out, const CubieColumn *column, uint64_t first, uint32_t runs)
{
    out->kind = column->kind;
    out->input = column->input;
    out->index = cubie_column_index_prepare(column->stride, column->count, first, runs);
    out->first = first;
    out->key = column->key;
    out->start = column->start;
    out->step = column->step;
    out->stop = column->stop;
    out->table = column->table;
}

/* slope as whole and 64-bit fraction; |slope| < 2^63. */
static inline void cubie_column_slope32(CubieColumn32 *out, double slope)
{
    double whole = floor(slope), fraction = slope - whole;
    if (fraction >= 1.0) { /* a tiny negative slope, rounded */
        whole += 1.0;
        fraction = 0.0;
    }
    out->slope_whole = (int64_t)whole;
    out->slope_fraction = (uint64_t)ldexp(fraction, 64);
}

static inline void cubie_column_prepare32(CubieColumn32 *out, const CubieColumn *column, uint64_t first, uint32_t runs)
{
    out->kind = column->kind;
    out->input = column->input;
    out->index = cubie_column_index_prepare(column->stride, column->count, first, runs);
    out->first = first;
    out->key = column->key;
    out->start = (float)column->start;
    out->step = (float)column->step;
    out->stop = (float)column->stop;
    out->scale = out->scale_rest = 0.0f;
    out->origin = out->slope_whole = 0;
    out->slope_fraction = 0;
    out->table = 0;
    if (column->kind == CUBIE_SWEEP_LINEAR) {
        int exponent; /* both ends are below 2^exponent; they fill 62 bits */
        (void)frexp(fmax(fabs(column->start), fabs(column->stop)), &exponent);
        out->origin = (int64_t)rint(ldexp(column->start, 62 - exponent));
        cubie_column_slope32(out, ldexp(column->step, 62 - exponent));
        out->scale = ldexpf(1.0f, (exponent - 62) / 2);
        out->scale_rest = ldexpf(1.0f, exponent - 62 - (exponent - 62) / 2);
    } else if (column->kind == CUBIE_SWEEP_GEOMETRIC) {
        cubie_column_slope32(out, ldexp(column->step * 1.4426950408889634, 48));
    }
}

/* Upper half of a 128-bit product. */
CUBIE_SWEEP_FN uint64_t cubie_sweep_high(uint64_t a, uint64_t b)
{
    const uint64_t a0 = (uint32_t)a, a1 = a >> 32, b0 = (uint32_t)b, b1 = b >> 32;
    const uint64_t middle = a1 * b0 + (a0 * b0 >> 32), other = a0 * b1 + (uint32_t)middle;
    return a1 * b1 + (middle >> 32) + (other >> 32);
}

/* index * slope, in fixed point. */
CUBIE_SWEEP_FN int64_t cubie_column_product32(const CubieColumn32 *column, uint64_t index)
{
    return (int64_t)(index * (uint64_t)column->slope_whole + cubie_sweep_high(index, column->slope_fraction));
}

CUBIE_SWEEP_FN float cubie_column_grid32(const CubieColumn32 *column, uint64_t index)
{
    if (index == 0) return column->start;
    if (index == column->index.count - 1) return column->stop;
    const int64_t product = cubie_column_product32(column, index);
    if (column->kind == CUBIE_SWEEP_LINEAR)
        return (float)(column->origin + product) * column->scale * column->scale_rest;
    const int64_t one = (int64_t)1 << 48, whole = (product + (one >> 1)) >> 48;
    const float rest = (float)(product - whole * one) * 3.5527136788005009e-15f;
    return ldexpf(column->start * cubie_sweep_exp2f(rest), (int)whole);
}

CUBIE_SWEEP_FN double cubie_column_grid64(const CubieColumn64 *column, uint64_t index)
{
    if (index == 0) return column->start;
    if (index == column->index.count - 1) return column->stop;
    const double i = (double)index;
    if (column->kind == CUBIE_SWEEP_LINEAR) return fma(i, column->step, column->start);
    const double x = i * column->step;
    return column->start * cubie_sweep_exp(x, fma(i, column->step, -x));
}

/* The value of an input in run `local` of the chunk that `column` was prepared for. */
CUBIE_SWEEP_FN float cubie_sweep_value_f32(const CubieColumn32 *column, uint32_t local)
{
    if (column->kind < CUBIE_SWEEP_UNIFORM) {
        const uint64_t index = cubie_column_index(&column->index, local);
        return column->kind == CUBIE_SWEEP_TABLE ? column->table[index] : cubie_column_grid32(column, index);
    }
    const uint32_t bits = (uint32_t)(cubie_sweep_bits(column->key, column->first + local) >> 32);
    if (column->kind == CUBIE_SWEEP_NORMAL) return fmaf(column->step, cubie_normal_f32(bits), column->start);
    return fminf(fmaf(column->step, cubie_uniform_f32(bits), column->start), column->stop);
}

CUBIE_SWEEP_FN double cubie_sweep_value_f64(const CubieColumn64 *column, uint32_t local)
{
    if (column->kind < CUBIE_SWEEP_UNIFORM) {
        const uint64_t index = cubie_column_index(&column->index, local);
        return column->kind == CUBIE_SWEEP_TABLE ? column->table[index] : cubie_column_grid64(column, index);
    }
    const uint64_t bits = cubie_sweep_bits(column->key, column->first + local);
    if (column->kind == CUBIE_SWEEP_NORMAL) return fma(column->step, cubie_normal_f64(bits), column->start);
    return fmin(fma(column->step, cubie_uniform_f64(bits), column->start), column->stop);
}

#endif
