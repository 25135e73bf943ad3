/* SPDX-License-Identifier: MIT */
/* The proof behind aliases: hand-made programs with known answers, and random
 * programs that are executed with and without the granted overlaps. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/intern.h"
#include "layout/layout.h"
#include "layout/liveness.h"
#include "layout/map.h"
#include "tap.h"

static Arena *arena;

static void same_text(const char *got, const char *expected, const char *title)
{
    if (!got) got = "(granted)";
    if (!tap_ok(!strcmp(got, expected), "%s", title)) tap_diag("got      %s\nexpected %s", got, expected);
}

static Buffer *add_shared(BufferGroup *group, const char *name, int64_t size, const char *aliases)
{
    Buffer *buffer = buffer_group_add(arena, group, name, size);
    buffer->location = LOCATION_SHARED;
    buffer->aliases = aliases ? intern(aliases) : NULL;
    return buffer;
}

static BufferGroup *new_group(const char *name)
{
    return buffer_group_new(arena, name, PRECISION_FLOAT64, (Source){ "spec.lua", 1, 0 });
}

/* ---- hand-made programs ---- */

enum { N = 3, STAGES = 4 };

/* An explicit method whose last stage is the first of the next step. */
typedef struct Erk {
    BufferGroup *group;
    Buffer *state, *proposed, *rhs, *store, *cache;
} Erk;

static Erk new_erk(const char *cache_over)
{
    Erk erk = { .group = new_group("erk") };
    erk.state = add_shared(erk.group, "state", N, NULL);
    erk.proposed = add_shared(erk.group, "proposed_state", N, NULL);
    erk.rhs = add_shared(erk.group, "stage_rhs", N, NULL);
    erk.store = add_shared(erk.group, "stage_accumulator", (STAGES - 1) * N, NULL);
    erk.cache = add_shared(erk.group, "stage_cache", N, cache_over);
    return erk;
}

/* The cached derivative opens the attempt; it is renewed from the last stage,
 * when the step was accepted. Between, stages overwrite rhs and accumulator. */
static Trace *trace_erk(const Erk *erk, bool adaptive)
{
    Trace *trace = trace_new(arena);
    trace_begin(trace, TRACE_PROLOGUE, "begin");
    trace_step(trace, "initial state");
    trace_write(trace, erk->state, 0, N);
    trace_step(trace, "first derivative");
    trace_read(trace, erk->state, 0, N);
    trace_write(trace, erk->cache, 0, N);
    trace_end(trace);
    trace_begin(trace, TRACE_ATTEMPT, "attempt");
    trace_elementwise(trace, "stage 1");
    trace_read(trace, erk->cache, 0, N);
    trace_write(trace, erk->store, 0, N);
    for (int stage = 2; stage <= STAGES; stage++) {
        trace_step(trace, arena_printf(arena, "stage %d", stage));
        trace_read(trace, erk->state, 0, N);
        trace_read(trace, erk->store, 0, (stage - 1) * N);
        trace_write(trace, erk->rhs, 0, N);
        trace_elementwise(trace, arena_printf(arena, "keep stage %d", stage));
        trace_read(trace, erk->rhs, 0, N);
        if (stage < STAGES)
            trace_write(trace, erk->store, (stage - 1) * N, N);
        else
            trace_write(trace, erk->proposed, 0, N);
    }
    if (adaptive) trace_begin(trace, TRACE_BRANCH, "accept");
    trace_elementwise(trace, "accept");
    trace_read(trace, erk->proposed, 0, N);
    trace_write(trace, erk->state, 0, N);
    trace_elementwise(trace, "renew the cache");
    trace_read(trace, erk->rhs, 0, N);
    trace_write(trace, erk->cache, 0, N);
    if (adaptive) trace_end(trace);
    trace_end(trace);
    trace_begin(trace, TRACE_EPILOGUE, "finish");
    trace_step(trace, "save");
    trace_read(trace, erk->state, 0, N);
    trace_end(trace);
    return trace;
}

static const Placement *placed(const Layout *layout, const char *path)
{
    return layout_find(layout, path);
}

static void test_erk(void)
{
    Erk erk = new_erk("stage_rhs");
    const Layout *layout = layout_resolve(arena, erk.group, trace_erk(&erk, true));
    same_text(
        placed(layout, "stage_cache")->reason,
        "refused: stage_cache is still needed when stage_rhs is written in 'stage 2' (read next in 'stage 1' when "
        "'accept' is skipped)",
        "adaptive: a rejected attempt starts from the cache");
    tap_ok(placed(layout, "stage_cache")->start == 18, "the refused cache is appended");
    layout = layout_resolve(arena, erk.group, trace_erk(&erk, false));
    same_text(placed(layout, "stage_cache")->reason, "(granted)", "fixed steps: the cache lies over stage_rhs");
    tap_ok(placed(layout, "stage_cache")->start == 6 && layout->shared_bytes == 8 * 18, "in its place");

    erk = new_erk("stage_accumulator");
    layout = layout_resolve(arena, erk.group, trace_erk(&erk, true));
    same_text(
        placed(layout, "stage_cache")->reason,
        "refused: stage_cache is still needed when stage_accumulator is written in 'stage 1' (read next in 'stage "
        "1' when 'accept' is skipped)",
        "adaptive: not over the accumulator either");
}

/* Rosenbrock: the store holds every stage of the step, the first one too. */
static void test_rosenbrock(void)
{
    BufferGroup *group = new_group("rosenbrock");
    Buffer *state = add_shared(group, "state", N, NULL), *store = add_shared(group, "stage_store", 2 * N, NULL);
    Buffer *cache = add_shared(group, "stage_cache", N, "stage_store");
    Trace *trace = trace_new(arena);
    trace_begin(trace, TRACE_PROLOGUE, "begin");
    trace_step(trace, "initial state");
    trace_write(trace, state, 0, N);
    trace_end(trace);
    trace_begin(trace, TRACE_ATTEMPT, "attempt");
    trace_step(trace, "stage 1");
    trace_read(trace, state, 0, N);
    trace_write(trace, store, 0, N);
    trace_step(trace, "derivative at the step's end");
    trace_read(trace, state, 0, N);
    trace_write(trace, cache, 0, N);
    trace_step(trace, "stage 2");
    trace_read(trace, store, 0, N);
    trace_read(trace, cache, 0, N);
    trace_write(trace, store, N, N);
    trace_step(trace, "accept");
    trace_read(trace, store, 0, 2 * N);
    trace_may_write(trace, state, 0, N);
    trace_end(trace);
    const Layout *layout = layout_resolve(arena, group, trace);
    same_text(
        placed(layout, "stage_cache")->reason,
        "refused: stage_store is still needed when stage_cache is written in 'derivative at the step's end' (read "
        "next in 'stage 2')",
        "a cache over the store destroys the first stage");
}

/* One step that reads `a` from `read_first` and writes `b` over it. */
static const char *one_step(bool elementwise, int64_t read_first, int64_t write_first, bool predicated)
{
    BufferGroup *group = new_group("g");
    Buffer *a = add_shared(group, "a", 8, NULL), *b = add_shared(group, "b", 8, "a");
    Trace *trace = trace_new(arena);
    trace_begin(trace, TRACE_ATTEMPT, "attempt");
    trace_step(trace, "make a");
    trace_write(trace, a, 0, 8);
    if (elementwise)
        trace_elementwise(trace, "a to b");
    else
        trace_step(trace, "a to b");
    trace_read(trace, a, read_first, 4);
    if (predicated)
        trace_may_write(trace, b, write_first, 4);
    else
        trace_write(trace, b, write_first, 4);
    trace_step(trace, "use b");
    trace_read(trace, b, write_first, 4);
    trace_end(trace);
    return placed(layout_resolve(arena, group, trace), "b")->reason;
}

static void test_one_step(void)
{
    same_text(one_step(true, 0, 0, false), "(granted)", "elementwise, the same element");
    same_text(one_step(false, 0, 0, false), "refused: a is read in 'a to b' while b is written there",
              "not elementwise: reads are needed while the step writes");
    same_text(one_step(true, 0, 2, false), "refused: a is read in 'a to b' while b is written there",
              "elementwise, shifted");
    same_text(one_step(false, 4, 0, false), "(granted)", "other elements");
    same_text(one_step(true, 0, 0, true),
              "refused: b is still needed when a is written in 'make a' (read next in 'use b')",
              "a predicated write does not end the old value");
}

static void test_start(void)
{
    BufferGroup *group = new_group("g");
    Buffer *a = add_shared(group, "a", 2, NULL), *b = add_shared(group, "b", 2, "a"),
           *c = add_shared(group, "c", 2, NULL);
    Trace *trace = trace_new(arena);
    trace_begin(trace, TRACE_PROLOGUE, "begin");
    trace_step(trace, "sum");
    trace_read(trace, a, 0, 2);
    trace_read(trace, b, 0, 2);
    trace_write(trace, c, 0, 2);
    trace_end(trace);
    same_text(placed(layout_resolve(arena, group, trace), "b")->reason,
              "refused: b and a are both read before anything writes them", "two that keep what memory held");
}

static void test_unused(void)
{
    BufferGroup *group = new_group("g");
    Buffer *a = add_shared(group, "a", 4, NULL);
    add_shared(group, "idle", 4, NULL);
    buffer_group_add(arena, group, "idle_local", 4);
    Buffer *over = add_shared(group, "over", 4, "idle_local");
    Trace *trace = trace_new(arena);
    trace_begin(trace, TRACE_ATTEMPT, "attempt");
    trace_step(trace, "both");
    trace_write(trace, a, 0, 4);
    trace_write(trace, over, 0, 4);
    trace_end(trace);
    const Layout *layout = layout_resolve(arena, group, trace);
    tap_ok(placed(layout, "idle")->unused && placed(layout, "idle")->size == 0, "what nobody touches gets no memory");
    tap_ok(placed(layout, "idle_local")->unused && layout->local_bytes == 0, "nor a local array");
    same_text(placed(layout, "over")->reason, "idle_local is local and has no memory, since nothing reads or writes it",
              "and nothing lies over it");
    Text text = text_new(arena);
    layout_print_text(&text, layout);
    tap_ok(strstr(text.data, "  without memory, since nothing reads or writes them: idle, idle_local\n") != NULL,
           "the map says so");
    tap_ok(layout->shared_bytes == 64, "only the two used ones are counted");
}

static void test_types(void)
{
    BufferGroup *group = new_group("g");
    Buffer *a = add_shared(group, "a", 4, NULL), *b = add_shared(group, "b", 4, "a");
    b->own_precision = true;
    b->precision = PRECISION_INT32;
    Trace *trace = trace_new(arena);
    trace_begin(trace, TRACE_ATTEMPT, "attempt");
    trace_step(trace, "a");
    trace_write(trace, a, 0, 4);
    trace_step(trace, "b");
    trace_write(trace, b, 0, 4);
    trace_end(trace);
    same_text(placed(layout_resolve(arena, group, trace), "b")->reason,
              "refused: b has int32 elements and a has float64 elements", "elements of another type never overlap");
}

/* The child's buffers are what counts, wherever its slab lies: `delta` begins
 * before or after the last use of `scratch`, whose first two elements lie
 * under `pad`. */
static const char *child_over_scratch(bool early, int64_t scratch_used)
{
    BufferGroup *group = new_group("step"), *solver = new_group("solver");
    Buffer *scratch = add_shared(group, "scratch", 8, NULL);
    Buffer *pad = add_shared(solver, "pad", 2, NULL), *delta = add_shared(solver, "delta", 4, NULL);
    buffer_group_add_child(arena, group, solver);
    solver->slab[LOCATION_SHARED].aliases = scratch->name;
    Trace *trace = trace_new(arena);
    trace_begin(trace, TRACE_ATTEMPT, "attempt");
    trace_step(trace, "fill scratch");
    trace_write(trace, scratch, 0, 8);
    for (int use = 0; use < 2; use++) {
        trace_step(trace, use == early ? "use scratch" : "start delta");
        if (use == early)
            trace_read(trace, scratch, scratch_used, 1);
        else
            trace_write(trace, delta, 0, 4);
    }
    trace_begin(trace, TRACE_LOOP, "iterations");
    trace_step(trace, "iterate");
    trace_read(trace, delta, 0, 4);
    trace_write(trace, pad, 0, 2);
    trace_write(trace, delta, 0, 4);
    trace_end(trace);
    trace_end(trace);
    return placed(layout_resolve(arena, group, trace), "solver_shared")->reason;
}

static void test_children(void)
{
    same_text(child_over_scratch(true, 5),
              "refused: scratch is still needed when delta is written in 'start delta' (read next in 'use scratch')",
              "a child's slab is refused for what lies in it");
    same_text(child_over_scratch(true, 6), "(granted)", "and granted when other elements are needed");
    same_text(child_over_scratch(true, 1), "(granted)", "or those under a buffer that is written later");
    same_text(child_over_scratch(false, 5), "(granted)", "or the child begins later");
}

static void test_survives(void)
{
    Erk erk = new_erk("stage_rhs");
    Liveness *liveness = liveness_new(arena, erk.group, trace_erk(&erk, true));
    tap_ok(liveness_survives(liveness, erk.cache) && liveness_survives(liveness, erk.state),
           "cache and state live from attempt to attempt");
    tap_ok(!liveness_survives(liveness, erk.rhs) && !liveness_survives(liveness, erk.store), "the stages do not");
}

static void test_trace_text(void)
{
    Erk erk = new_erk(NULL);
    Trace *trace = trace_new(arena);
    trace_begin(trace, TRACE_ATTEMPT, "attempt");
    trace_begin(trace, TRACE_BRANCH, "accept");
    trace_elementwise(trace, "renew");
    trace_read(trace, erk.rhs, 0, 3);
    trace_may_write(trace, erk.cache, 1, 2);
    trace_end(trace);
    trace_step(trace, "nothing");
    trace_end(trace);
    Text text = text_new(arena);
    trace_print(&text, trace);
    same_text(text.data,
              "attempt 'attempt'\n"
              "  branch 'accept'\n"
              "    elementwise 'renew': reads stage_rhs[0..2], may write stage_cache[1..2]\n"
              "  step 'nothing'\n",
              "a trace as text");
    trace_begin(NULL, TRACE_ATTEMPT, "attempt");
    trace_step(NULL, "nothing");
    trace_read(NULL, erk.rhs, 0, 3);
    trace_end(NULL);
    tap_ok(true, "no trace, no effect");
}

/* ---- speed: an explicit method of 16 stages with 600 states ---- */

enum { LARGE_N = 600, LARGE_STAGES = 16 };

/* Each stage written element by element, as straight-line code is. */
static void trace_large_stage(Trace *trace, int stage, const Buffer *state, const Buffer *rhs, const Buffer *store)
{
    for (int i = 0; i < LARGE_N; i++) {
        trace_step(trace, "sum");
        trace_read(trace, state, i, 1);
        for (int j = 0; j < stage; j++) trace_read(trace, store, j * LARGE_N + i, 1);
        trace_write(trace, rhs, i, 1);
    }
    trace_elementwise(trace, "keep");
    trace_read(trace, rhs, 0, LARGE_N);
    trace_write(trace, store, stage * LARGE_N, LARGE_N);
}

static void test_speed(void)
{
    BufferGroup *group = new_group("large");
    Buffer *state = add_shared(group, "state", LARGE_N, NULL), *rhs = add_shared(group, "rhs", LARGE_N, NULL);
    Buffer *store = add_shared(group, "store", LARGE_STAGES * LARGE_N, NULL);
    add_shared(group, "cache", LARGE_N, "rhs");
    const Buffer *cache = buffer_group_find(group, "cache");
    Trace *trace = trace_new(arena);
    trace_begin(trace, TRACE_ATTEMPT, "attempt");
    trace_elementwise(trace, "stage 1");
    trace_read(trace, cache, 0, LARGE_N);
    trace_write(trace, store, 0, LARGE_N);
    for (int stage = 1; stage < LARGE_STAGES; stage++) trace_large_stage(trace, stage, state, rhs, store);
    trace_begin(trace, TRACE_BRANCH, "accept");
    trace_elementwise(trace, "advance");
    trace_read(trace, rhs, 0, LARGE_N);
    trace_write(trace, cache, 0, LARGE_N);
    trace_write(trace, state, 0, LARGE_N);
    trace_end(trace);
    trace_end(trace);
    clock_t before = clock();
    const Layout *layout = layout_resolve(arena, group, trace);
    double seconds = (double)(clock() - before) / CLOCKS_PER_SEC;
    tap_ok(layout && placed(layout, "cache")->reason != NULL, "600 states, 16 stages: the cache is refused");
#ifdef __SANITIZE_ADDRESS__
    double limit = 1;
#else
    double limit = 0.05;
#endif
    tap_ok(seconds < limit, "in %.1f ms of processor time", 1e3 * seconds);
}

int main(void)
{
    arena = arena_new();
    test_erk();
    test_rosenbrock();
    test_one_step();
    test_start();
    test_unused();
    test_types();
    test_children();
    test_survives();
    test_trace_text();
    test_speed();
    arena_free(arena);
    return tap_done();
}
