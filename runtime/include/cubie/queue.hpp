// The flat loop over attempts: lanes whose run is done take the next run from
// the queue. `Run` is the generated struct:
//
//   Run(const Arguments &, SharedSlab)
//   begin(mask, run)   the runs in mask start
//   attempt(mask, run) one step is tried for the runs in mask
//   done()             which runs are at their end, or failed
//   finish(mask, run)  results of the runs in mask are written
//
// Starting a run costs about as much as an attempt, and all lanes of a warp (or
// vector) pay for it; so lanes wait until `refill` of them are done, or none works.
#ifndef CUBIE_QUEUE_HPP
#define CUBIE_QUEUE_HPP

namespace cubie {

#if defined(__CUDACC__)

#ifndef CUBIE_REFILL
#define CUBIE_REFILL 6
#endif

// For every thread of the grid; the queue starts at 0.
template <class Run> __device__ __forceinline__ void drain(const Arguments &given, SharedSlab slab)
{
    Run run(given, slab);
    bool done = true;
    uint32_t index = 0xffffffffu; // none yet
    for (;;) {
        if (__any_sync(0xffffffffu, done)) {
            const unsigned waiting = __ballot_sync(0xffffffffu, done), working = __ballot_sync(0xffffffffu, !done);
            if (__popc(waiting) >= CUBIE_REFILL || !working) {
                if (done) {
                    if (index != 0xffffffffu) run.finish(true, index);
                    index = atomicAdd(given.queue, 1u);
                    if (index >= given.runs) return;
                    run.begin(true, index);
                    done = run.done();
                }
            }
        }
        if (!done) {
            run.attempt(true, index);
            done = run.done();
        }
    }
}

#else

#ifndef CUBIE_REFILL
#define CUBIE_REFILL (CUBIE_LANES >= 8 ? 2 : 1)
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

// For every thread of the CPU; the queue starts at 0.
template <class Run> void drain(const Arguments &given, SharedSlab slab)
{
    Run run(given, slab);
    Count index(given.runs);
    Mask live = take_runs(Mask(true), index, given);
    if (!any(live)) return;
    run.begin(Mask(true), index);
    while (any(live)) {
        const Mask done = live & run.done();
        const int waiting = count(done);
        if (waiting && (waiting >= CUBIE_REFILL || !any(live & !done))) {
            run.finish(done, index);
            const Mask taken = take_runs(done, index, given);
            live = (live & !done) | taken;
            if (any(taken)) run.begin(taken, index);
            continue;
        }
        run.attempt(live & !done, index);
    }
}

#endif

} // namespace cubie

#endif
