// SPDX-License-Identifier: MIT
// Sparse LU by tables, for systems whose straight-line code would be too long.
//
// The factors lie packed in lu: first the rows of L in the order of elimination,
// then those of U in the opposite order, which is the order of the solve. The
// reciprocal of a pivot is the last number of its row of L where its row of U is
// divided by it (`scales_row`), else of its row of U. Rows and columns are named
// by states; k counts eliminated ones.
//
// Every number comes from the same operations in the same order as in the
// straight-line form of the same factors. T is any type of numbers for which
// is_pivot and reciprocal exist.
#ifndef CUBIE_SPARSE_HPP
#define CUBIE_SPARSE_HPP

// Constant tables: all lanes of a warp read the same element. Those that are
// too large for the constant memory of a GPU lie in global memory.
#if defined(__CUDACC__)
#define CUBIE_TABLE __constant__ const
#define CUBIE_LARGE_TABLE __device__ const
#else
#define CUBIE_TABLE static const
#define CUBIE_LARGE_TABLE static const
#endif

namespace cubie {

template <int states, int entries> struct SparseFactors {
    static constexpr int n = states, count = entries;
    const uint16_t *pivot;     // [n] by k: the state
    const uint16_t *position;  // [n] by state: k
    const uint8_t *scales_row; // [n] by k
    const uint32_t *lower;     // [n + 1] by k: first slot of the row of L
    const uint32_t *upper;     // [n + 1] by n - 1 - k: first slot of the row of U
    const uint16_t *column;    // [count] by slot: the state of the column

    // Slots of row k, without that of the pivot: first and past the last.
    CUBIE_INLINE int lower_begin(int k) const { return int(lower[k]); }
    CUBIE_INLINE int lower_end(int k) const { return int(lower[k + 1]) - int(scales_row[k]); }
    CUBIE_INLINE int upper_begin(int k) const { return int(upper[n - 1 - k]); }
    CUBIE_INLINE int upper_end(int k) const { return int(upper[n - k]) - int(!scales_row[k]); }
    CUBIE_INLINE int pivot_slot(int k) const { return scales_row[k] ? lower_end(k) : upper_end(k); }
};

// What fill begins with: -0, so that the first product taken from it comes out
// with the sign that it has in straight-line code.
template <class Factors, class Tables> CUBIE_INLINE void sparse_clear(Factors lu, Tables)
{
    CUBIE_UNROLL_SOME for (int i = 0; i < Tables::count; i++) lu[i] = Scalar(-0.0);
}

// The matrix a*I - J into f, and (a + i b)*I - J into f + i g; minus_jacobian holds
// -J at the slots of its entries, and may be f itself.
template <class Factors, class T, class Tables>
CUBIE_INLINE void sparse_load(Factors f, Factors minus_jacobian, T a, Tables tables)
{
    CUBIE_UNROLL_SOME for (int i = 0; i < Tables::count; i++) f[i] = minus_jacobian[i];
    CUBIE_NO_UNROLL for (int k = 0; k < Tables::n; k++) f[tables.pivot_slot(k)] += a;
}
template <class Factors, class T, class Tables>
CUBIE_INLINE void sparse_load(Factors f, Factors g, Factors minus_jacobian, T a, T b, Tables tables)
{
    sparse_load(f, minus_jacobian, a, tables);
    CUBIE_UNROLL_SOME for (int i = 0; i < Tables::count; i++) g[i] = Scalar(0);
    CUBIE_NO_UNROLL for (int k = 0; k < Tables::n; k++) g[tables.pivot_slot(k)] = b;
}

// row[..] -= multiple * row k of U
template <class Factors, class Row, class T, class Tables>
CUBIE_INLINE void sparse_reduce(Factors lu, Row row, T multiple, int k, Tables tables)
{
    const int end = tables.upper_end(k);
    CUBIE_UNROLL_SOME for (int i = tables.upper_begin(k); i < end; i++) row[tables.column[i]] -=
        multiple * value_at(lu[i]);
}

// Row k: its entries go to `row`, by states, are reduced by the rows above, and
// come back.
template <class Factors, class Row, class Shift, class Tables>
CUBIE_INLINE Mask sparse_factor_row(Factors lu, Row row, Shift shift, int k, Tables tables)
{
    const int p = tables.pivot[k], slot = tables.pivot_slot(k);
    const int lower_end = tables.lower_end(k), upper_begin = tables.upper_begin(k), upper_end = tables.upper_end(k);
    CUBIE_NO_UNROLL for (int i = tables.lower_begin(k); i < lower_end; i++) row[tables.column[i]] = value_at(lu[i]);
    CUBIE_NO_UNROLL for (int i = upper_begin; i < upper_end; i++) row[tables.column[i]] = value_at(lu[i]);
    const auto before = value_at(lu[slot]);
    row[p] = before;
    CUBIE_NO_UNROLL for (int i = tables.lower_begin(k); i < lower_end; i++)
    {
        const int j = tables.position[tables.column[i]];
        auto multiple = value_at(row[tables.column[i]]);
        if (!tables.scales_row[j]) multiple *= value_at(lu[tables.pivot_slot(j)]);
        lu[i] = multiple;
        sparse_reduce(lu, row, multiple, j, tables);
    }
    const auto pivot = value_at(row[p]), inverse = reciprocal(pivot);
    lu[slot] = inverse;
    if (tables.scales_row[k]) {
        CUBIE_NO_UNROLL for (int i = upper_begin; i < upper_end; i++) lu[i] = value_at(row[tables.column[i]]) * inverse;
    } else {
        CUBIE_NO_UNROLL for (int i = upper_begin; i < upper_end; i++) lu[i] = value_at(row[tables.column[i]]);
    }
    return is_pivot(pivot, before, shift);
}

// The factors of the matrix whose entries lu holds; false where a pivot is bad.
template <class Factors, class Row, class Shift, class Tables>
CUBIE_INLINE Mask sparse_factor(Factors lu, Row row, Shift shift, Tables tables)
{
    Mask good = Mask(true);
    CUBIE_NO_UNROLL for (int k = 0; k < Tables::n; k++) good = good & sparse_factor_row(lu, row, shift, k, tables);
    return good;
}

// x becomes the solution for the right-hand side x.
template <class Factors, class Vector, class Tables> CUBIE_INLINE void sparse_solve(Factors lu, Vector x, Tables tables)
{
    CUBIE_NO_UNROLL for (int k = 0; k < Tables::n; k++)
    {
        const int p = tables.pivot[k], end = tables.lower_end(k);
        auto sum = value_at(x[p]);
        CUBIE_UNROLL_SOME for (int i = tables.lower_begin(k); i < end; i++) sum -=
            value_at(lu[i]) * value_at(x[tables.column[i]]);
        if (tables.scales_row[k]) sum *= value_at(lu[end]);
        x[p] = sum;
    }
    CUBIE_NO_UNROLL for (int k = Tables::n - 1; k >= 0; k--)
    {
        const int p = tables.pivot[k], end = tables.upper_end(k);
        auto sum = value_at(x[p]);
        CUBIE_UNROLL_SOME for (int i = tables.upper_begin(k); i < end; i++) sum -=
            value_at(lu[i]) * value_at(x[tables.column[i]]);
        if (!tables.scales_row[k]) sum *= value_at(lu[end]);
        x[p] = sum;
    }
}

} // namespace cubie

#endif
