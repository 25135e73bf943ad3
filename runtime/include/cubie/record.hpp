// SPDX-License-Identifier: MIT
// What a traced build (CUBIE_TRACE numbers an attempt) records of the runs that
// were chosen: every attempt has a row of its own until the rows are used up.
// Rows start as 0xff, which is no number: what an attempt does not reach stays so.
#ifndef CUBIE_RECORD_HPP
#define CUBIE_RECORD_HPP

#if CUBIE_TRACE > 0

namespace cubie {

// The row of an attempt, counted from 0; null when it is not recorded.
CUBIE_INLINE Scalar *record_row(const Arguments &given, uint32_t run, uint32_t attempt)
{
    if (attempt >= given.trace_attempts) return nullptr;
    uint32_t low = 0, high = given.traced; // the place of `run` among those, ascending
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (given.traced_run[middle] < run)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == given.traced || given.traced_run[low] != run) return nullptr;
    return given.trace + (size_t(low) * given.trace_attempts + attempt) * CUBIE_TRACE;
}

CUBIE_INLINE uint32_t index_in_lane(int index, int) { return uint32_t(index); }
CUBIE_INLINE uint32_t index_in_lane(Count index, int l) { return lane(index, l); }

// One attempt of the runs in flight.
struct Recorder {
    Scalar *row[CUBIE_LANES];

    CUBIE_INLINE Recorder(const Arguments &given, Mask active, Count run, Count attempt)
    {
        CUBIE_UNROLL for (int l = 0; l < CUBIE_LANES; l++) row[l] =
            lane(active, l) ? record_row(given, lane(run, l), lane(attempt, l)) : nullptr;
    }
    CUBIE_INLINE void put(int number, Real value) const
    {
        CUBIE_UNROLL for (int l = 0; l < CUBIE_LANES; l++) if (row[l]) row[l][number] = lane(value, l);
    }
    // Number `index` of the `count` that begin at `first`; others are left out.
    template <class Index> CUBIE_INLINE void put_item(int first, uint32_t count, Index index, Real value) const
    {
        CUBIE_UNROLL for (int l = 0; l < CUBIE_LANES; l++) if (row[l] && index_in_lane(index, l) < count)
            row[l][uint32_t(first) + index_in_lane(index, l)] = lane(value, l);
    }
};

} // namespace cubie

#endif

#endif
