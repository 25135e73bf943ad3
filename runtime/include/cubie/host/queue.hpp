// SPDX-License-Identifier: MIT
// The flat loop over attempts: lanes whose run is done take the next run from
// the queue. `Run` is the generated struct:
//
//   Run(const Arguments &, SharedSlab)
//   begin(mask, run, start)  the runs in mask start, with what `start` gives them
//   attempt(mask, run) one step is tried for the runs in mask
//   idle()             no run yet: done() is true until begin
//   done()             which runs are at their end, or failed
//   late()             which runs are in the last fifth of their time
//   finish(mask, run)  results of the runs in mask are written
//
// With fixed steps (Run::fixed) all runs take the same number of them, so no
// lane ever waits for another, and the loop over attempts only counts.
//
// All lanes of a warp (or vector) pay when one of them ends a run and begins the
// next; so lanes wait until CUBIE_REFILL of them are done, or none works. Where
// all that work are late, the rest is waited for as well: neighbours in a sorted
// sweep end at nearly the same time, and stay in step that way.
#ifndef CUBIE_QUEUE_HPP
#define CUBIE_QUEUE_HPP

namespace cubie {

#if defined(__CUDACC__)

#ifndef CUBIE_REFILL
#define CUBIE_REFILL 4
#endif

template <class Run> __device__ __forceinline__ void drain_fixed(const Arguments &given, SharedSlab slab)
{
    Run run(given, slab);
    for (;;) {
        const uint32_t index = atomicAdd(given.queue, 1u);
        if (index >= given.runs) return;
        run.begin(true, index, Decoded{ given });
        for (uint32_t step = 0; step < given.fixed_steps; step++) run.attempt(true, index);
        run.finish(true, index);
    }
}

template <class Run> __device__ __forceinline__ void drain_adaptive(const Arguments &given, SharedSlab slab)
{
    const unsigned warp = 0xffffffffu;
    Run run(given, slab);
    run.idle();
    uint32_t index = warp; // none yet
    for (;;) {
        const bool done = lane(run.done(), 0);
        const unsigned waiting = __ballot_sync(warp, done);
        if (waiting) {
            const bool enough = __popc(waiting) >= CUBIE_REFILL && __any_sync(warp, !done && !lane(run.late(), 0));
            if (enough || !__any_sync(warp, !done)) {
                if (done) {
                    if (index != warp) run.finish(true, index);
                    index = atomicAdd(given.queue, 1u);
                    if (index >= given.runs) return;
                    run.begin(true, index, Prepared{ given });
                }
                continue;
            }
        }
        if (!done) run.attempt(true, index);
    }
}

// For every thread of the grid; the queue starts at 0.
template <class Run> __device__ __forceinline__ void drain(const Arguments &given, SharedSlab slab)
{
    if constexpr (Run::fixed)
        drain_fixed<Run>(given, slab);
    else
        drain_adaptive<Run>(given, slab);
}

#else

#ifndef CUBIE_REFILL
#define CUBIE_REFILL (CUBIE_LANES > 8 ? 2 : 1)
#endif

// Gives every lane in `mask` the next run; lanes past the end get `runs`.
CUBIE_INLINE Mask take_runs(Mask mask, Count &index, const Arguments &given)
{
    Mask taken = Mask(false);
    for (int l = 0; l < CUBIE_LANES; l++) {
        if (!lane(mask, l)) continue;
        const uint32_t next = __atomic_fetch_add(given.queue, 1u, __ATOMIC_RELAXED);
        set_lane(index, l, next < given.runs ? next : given.runs);
        if (next < given.runs) set_lane(taken, l, true);
    }
    return taken;
}

template <class Run> void drain_fixed(const Arguments &given, SharedSlab slab)
{
    Run run(given, slab);
    for (;;) {
        Count index(given.runs);
        const Mask live = take_runs(Mask(true), index, given);
        if (!any(live)) return;
        run.begin(live, index, Decoded{ given });
        for (uint32_t step = 0; step < given.fixed_steps; step++) run.attempt(live, index);
        run.finish(live, index);
    }
}

template <class Run> void drain_adaptive(const Arguments &given, SharedSlab slab)
{
    Run run(given, slab);
    run.idle();
    Count index(given.runs); // none yet
    Mask live = take_runs(Mask(true), index, given);
    if (any(live)) run.begin(live, index, Decoded{ given });
    while (any(live)) {
        const Mask done = live & run.done();
        const int waiting = count(done);
        const Mask working = live & !done;
        if (waiting && (any(working & !run.late()) ? waiting >= CUBIE_REFILL : !any(working))) {
            run.finish(done, index);
            const Mask taken = take_runs(done, index, given);
            live = (live & !done) | taken;
            if (any(taken)) run.begin(taken, index, Decoded{ given });
            continue;
        }
        run.attempt(working, index);
    }
}

// For every thread of the CPU; the queue starts at 0.
template <class Run> void drain(const Arguments &given, SharedSlab slab)
{
    if constexpr (Run::fixed)
        drain_fixed<Run>(given, slab);
    else
        drain_adaptive<Run>(given, slab);
}

#endif

} // namespace cubie

#endif
