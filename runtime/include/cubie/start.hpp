// SPDX-License-Identifier: MIT
// How a run gets its inputs and its first step.
//
//   Decoded   from the run's index: on the CPU, and with fixed steps
//   Prepared  from memory, where a kernel before put them for all runs at once:
//             adaptive runs on the GPU end one by one, all lanes of a warp wait
//             while one begins, and so beginning has to be short
//
// `load(input, mask, run)` fills the inputs of the runs in mask; `has_step` says
// whether `step(run)` is the first step already.
#ifndef CUBIE_START_HPP
#define CUBIE_START_HPP

namespace cubie {

// input[column's number] = value, for an index the compiler does not know.
template <class Input> CUBIE_INLINE void put_input(Input &&input, int number, Real value)
{
    CUBIE_UNROLL for (int i = 0; i < inputs; i++) input[i] = select(Mask(i == number), value, input[i]);
}

template <class Input> CUBIE_INLINE void load_common(Input &&input, const Arguments &given)
{
    CUBIE_UNROLL for (int i = 0; i < inputs; i++) input[i] = Real(given.value[i]);
}

struct Decoded {
    static constexpr bool has_step = false;
    const Arguments &given;

    template <class Input> CUBIE_INLINE void load(Input &&input, Mask mask, Count run) const
    {
        load_common(input, given);
        CUBIE_NO_UNROLL for (int c = 0; c < given.columns; c++)
        {
            const Column &column = given.column[c];
            Real value = Real(Scalar(0));
            CUBIE_UNROLL for (int l = 0; l < CUBIE_LANES; l++) if (lane(mask, l))
                set_lane(value, l, column_value(column, lane(run, l)));
            put_input(input, given.varying[c], value);
        }
    }
    CUBIE_INLINE Real step(Count) const { return Real(given.dt); }
};

#if defined(__CUDACC__)
// start[run]: the first step; start[(c + 1) * runs + run]: the value of column c.
template <bool step_too> struct Stored {
    static constexpr bool has_step = step_too;
    const Arguments &given;

    template <class Input> CUBIE_INLINE void load(Input &&input, Mask, Count run) const
    {
        load_common(input, given);
        const Scalar *value = given.start + lane(run, 0);
        CUBIE_NO_UNROLL for (int c = 0; c < given.columns; c++)
            put_input(input, given.varying[c], *(value += given.runs));
    }
    CUBIE_INLINE Real step(Count run) const { return Real(has_step ? given.start[lane(run, 0)] : given.dt); }
};
typedef Stored<true> Prepared;

// One thread a run: what Prepared reads.
template <class Run>
__device__ __forceinline__ void prepare_run(const Arguments &given, SharedSlab slab, uint32_t index)
{
    CUBIE_NO_UNROLL for (int c = 0; c < given.columns; c++) given.start[size_t(c + 1) * given.runs + index] =
        column_value(given.column[c], index);
    Run run(given, slab);
    run.begin(true, index, Stored<false>{ given });
    given.start[index] = lane(run.dt, 0);
}
#endif

} // namespace cubie

#endif
