/* SPDX-License-Identifier: MIT */
/* The buffer rules: every scenario with its exact slices, and the memory map. */
#include <inttypes.h>

#include "support/specs.h"

/* ---- scenarios ---- */

typedef struct Scenario {
    const char *title, *spec, *json;
} Scenario;

static const Scenario scenarios[] = {
    { "the example of the manual",
      "float32: stage_rhs 100 shared, stage_accumulator 100, stage_cache 100 persistent over stage_rhs",
      JSON(GROUP("g", "\"stage_rhs\":[0,100],\"stage_cache\":[0,100]", "", "\"stage_accumulator\":100", "100", "0",
                 "100")) },
    { "erk with shared rhs", "rhs 3 shared, acc 9, cache 3 persistent over rhs",
      JSON(GROUP("g", "\"rhs\":[0,3],\"cache\":[0,3]", "", "\"acc\":9", "3", "0", "9")) },
    { "erk with local rhs and shared accumulator", "rhs 3, acc 9 shared, cache 3 persistent over acc",
      JSON(GROUP("g", "\"acc\":[0,9],\"cache\":[0,3]", "", "\"rhs\":3", "9", "0", "3")) },
    { "erk with both local", "rhs 3, acc 9, cache 3 persistent",
      JSON(GROUP("g", "", "\"cache\":[0,3]", "\"rhs\":3,\"acc\":9", "0", "3", "12")) },
    { "rosenbrock with shared store", "rhs 4, store 12 shared, cache 4 persistent over store",
      JSON(GROUP("g", "\"store\":[0,12],\"cache\":[0,4]", "", "\"rhs\":4", "12", "0", "4")) },
    { "rosenbrock with local store", "rhs 4, store 12, cache 4 persistent over store",
      JSON(GROUP("g", "", "\"cache\":[0,4]", "\"rhs\":4,\"store\":12", "0", "4", "16")) },
    { "parent too small, shared child", "a 4 shared, b 6 shared over a",
      JSON(GROUP("g", "\"a\":[0,4],\"b\":[4,10]", "", "", "10", "0", "0")) },
    { "parent too small, persistent child", "a 4 shared, b 6 persistent over a",
      JSON(GROUP("g", "\"a\":[0,4]", "\"b\":[0,6]", "", "4", "6", "0")) },
    { "parent too small, local child", "a 4 shared, b 6 over a",
      JSON(GROUP("g", "\"a\":[0,4]", "", "\"b\":6", "4", "0", "6")) },
    { "child shared and parent local", "a 8, b 6 shared over a",
      JSON(GROUP("g", "\"b\":[0,6]", "", "\"a\":8", "6", "0", "8")) },
    { "child local and parent shared", "a 8 shared, b 6 over a",
      JSON(GROUP("g", "\"a\":[0,8],\"b\":[0,6]", "", "", "8", "0", "0")) },
    { "child local and parent local", "a 8, b 6 over a", JSON(GROUP("g", "", "", "\"a\":8,\"b\":6", "0", "0", "14")) },
    { "persistent child of a persistent parent", "a 8 persistent, b 6 persistent over a",
      JSON(GROUP("g", "", "\"a\":[0,8],\"b\":[0,6]", "", "0", "8", "0")) },
    { "plain local child of a persistent parent", "a 8 persistent, b 6 over a",
      JSON(GROUP("g", "", "\"a\":[0,8]", "\"b\":6", "0", "8", "6")) },
    { "shared child of a persistent parent", "a 8 persistent, b 6 shared persistent over a",
      JSON(GROUP("g", "\"b\":[0,6]", "\"a\":[0,8]", "", "6", "8", "0")) },
    { "persistent means nothing for a shared buffer", "a 8 shared persistent, b 2 shared",
      JSON(GROUP("g", "\"a\":[0,8],\"b\":[8,10]", "", "", "10", "0", "0")) },
    { "persistent child too large for a persistent parent", "a 2 persistent, b 6 persistent over a",
      JSON(GROUP("g", "", "\"a\":[0,2],\"b\":[2,8]", "", "0", "8", "0")) },
    { "children of one parent, first come first served",
      "a 10 shared, b 4 over a, c 7 persistent over a, d 3 over a, e 3 shared over a, f 4 shared over a",
      JSON(GROUP("g", "\"a\":[0,10],\"b\":[0,4],\"d\":[4,7],\"e\":[7,10],\"f\":[10,14]", "\"c\":[0,7]", "", "14", "7",
                 "0")) },
    { "alias of an alias", "a 10 shared, b 6 over a, c 4 over b, d 4 over a, e 2 over b",
      JSON(GROUP("g", "\"a\":[0,10],\"b\":[0,6],\"c\":[0,4],\"d\":[6,10],\"e\":[4,6]", "", "", "10", "0", "0")) },
    { "alias of an alias that fell back", "a 2 shared, b 6 shared over a, c 4 over b",
      JSON(GROUP("g", "\"a\":[0,2],\"b\":[2,8],\"c\":[2,6]", "", "", "8", "0", "0")) },
    { "aliases that stand before their targets", "c 4 over b, b 6 over a, a 10 shared, d 2 shared",
      JSON(GROUP("g", "\"c\":[0,4],\"b\":[0,6],\"a\":[0,10],\"d\":[10,12]", "", "", "12", "0", "0")) },
    { "unaliased before aliased, whatever the spec's order", "b 6 shared over l, a 4 shared, l 3, p 2 persistent",
      JSON(GROUP("g", "\"b\":[4,10],\"a\":[0,4]", "\"p\":[0,2]", "\"l\":3", "10", "2", "3")) },
    { "zero size", "a 0 shared, b 3 shared, c 0 persistent, d 0, e 0 shared",
      JSON(GROUP("g", "\"a\":[0,0],\"b\":[0,3],\"e\":[3,3]", "\"c\":[0,0]", "\"d\":1", "3", "0", "1")) },
    { "zero size and aliases", "a 4 shared, b 0 over a, c 4 over a, d 0 over a, z 0 shared, y 1 over z",
      JSON(GROUP("g", "\"a\":[0,4],\"b\":[0,0],\"c\":[0,4],\"d\":[4,4],\"z\":[4,4]", "", "\"y\":1", "4", "0", "1")) },
    { "no buffers", "", JSON(GROUP("g", "", "", "", "0", "0", "0")) },

    { "int32 in a float64 slab takes half the slots", "a 3 shared, k 3 int32 shared, b 2 shared, c 4 int32",
      JSON(GROUP("g", "\"a\":[0,3],\"k\":[3,5],\"b\":[5,7]", "", "\"c\":4", "7", "0", "4")) },
    { "float64 in a float32 slab is aligned", "float32: a 3 shared, w 2 float64 shared, b 1 shared, v 1 float64 shared",
      JSON(GROUP("g", "\"a\":[0,3],\"w\":[4,8],\"b\":[8,9],\"v\":[10,12]", "", "", "12", "0", "0")) },
    { "float64 over float32",
      "float32: a 3 shared, b 6 shared, w 1 float64 over b, v 1 float64 over b, u 1 float64 over b",
      JSON(GROUP("g", "\"a\":[0,3],\"b\":[3,9],\"w\":[4,6],\"v\":[6,8]", "", "\"u\":1", "9", "0", "1")) },
    { "zero size needs no alignment", "float32: a 3 shared, w 0 float64 shared, b 1 shared",
      JSON(GROUP("g", "\"a\":[0,3],\"w\":[3,3],\"b\":[3,4]", "", "", "4", "0", "0")) },

    { "a child's slabs follow the group's own buffers",
      "a 3 shared, c { x 4 shared, y 2 persistent, z 5 }, p 1 persistent",
      JSON(GROUP("g", "\"a\":[0,3],\"c_shared\":[3,7]", "\"p\":[0,1],\"c_persistent\":[1,3]", "", "7", "3",
                 "0") "," GROUP("c", "\"x\":[0,4]", "\"y\":[0,2]", "\"z\":5", "4", "2", "5")) },
    { "a child's slab over scratch",
      "scratch 10 shared, solver_shared over scratch, b 4 over scratch, solver { x 6 shared, y 1 persistent }",
      JSON(GROUP("g", "\"scratch\":[0,10],\"solver_shared\":[0,6],\"b\":[6,10]", "\"solver_persistent\":[0,1]", "",
                 "10", "1", "0") "," GROUP("solver", "\"x\":[0,6]", "\"y\":[0,1]", "", "6", "1", "0")) },
    { "a child's slab too large for scratch", "scratch 4 shared, solver_shared over scratch, solver { x 6 shared }",
      JSON(GROUP("g", "\"scratch\":[0,4],\"solver_shared\":[4,10]", "\"solver_persistent\":[0,0]", "", "10", "0",
                 "0") "," GROUP("solver", "\"x\":[0,6]", "", "", "6", "0", "0")) },
    { "a buffer over a child's slab", "a 4 shared over c_shared, c { x 6 shared }",
      JSON(GROUP("g", "\"a\":[0,4],\"c_shared\":[0,6]", "\"c_persistent\":[0,0]", "", "6", "0",
                 "0") "," GROUP("c", "\"x\":[0,6]", "", "", "6", "0", "0")) },
    { "children of children", "a 1 shared, b { x 2 shared, c { y 3 shared, z 1 persistent } }, d { w 4 shared }",
      JSON(GROUP("g", "\"a\":[0,1],\"b_shared\":[1,6],\"d_shared\":[6,10]",
                 "\"b_persistent\":[0,1],\"d_persistent\":[1,1]", "", "10", "1",
                 "0") "," GROUP("b", "\"x\":[0,2],\"c_shared\":[2,5]", "\"c_persistent\":[0,1]", "", "5", "1",
                                "0") "," GROUP("b.c", "\"y\":[0,3]", "\"z\":[0,1]", "", "3", "1",
                                               "0") "," GROUP("d", "\"w\":[0,4]", "", "", "4", "0", "0")) },
    { "a child of another precision", "float32: a 3 shared, c float64 { x 2 shared }, d 1 shared",
      JSON(GROUP("g", "\"a\":[0,3],\"d\":[3,4],\"c_shared\":[4,8]", "\"c_persistent\":[0,0]", "", "8", "0",
                 "0") "," GROUP("c", "\"x\":[0,2]", "", "", "2", "0", "0")) },
    { "a child's wide buffer aligns its slab", "float32: a 3 shared, c { x 1 shared, w 1 float64 shared }",
      JSON(GROUP("g", "\"a\":[0,3],\"c_shared\":[4,8]", "\"c_persistent\":[0,0]", "", "8", "0",
                 "0") "," GROUP("c", "\"x\":[0,1],\"w\":[2,4]", "", "", "4", "0", "0")) },
};

static void test_scenarios(void)
{
    for (size_t i = 0; i < sizeof scenarios / sizeof *scenarios; i++)
        same_text(json_of(spec_of(scenarios[i].spec)), scenarios[i].json, scenarios[i].title);
}

/* ---- what emission asks for ---- */

static void test_offsets(void)
{
    const Layout *layout = layout_resolve(
        arena,
        spec_of("float32: a 3 shared, b { x 1 shared, c { w 2 float64 shared, q 2 persistent } }, p 1 persistent"),
        NULL);
    const Placement *w = layout_find(layout, "b.c.w");
    tap_ok(w && w->offset == 24 && w->start == 0 && w->stop == 4, "offset in the root's slab through two groups");
    tap_ok(layout_find(layout, "b.x")->offset == 16, "the slab of b is aligned for what lies in c");
    tap_ok(layout_find(layout, "b.c.q")->offset == 4, "offset in the root's persistent slab");
    tap_ok(layout_placement(layout, w->buffer) == w, "a buffer finds its placement");
    tap_ok(!layout_find(layout, "b.c.v") && !layout_find(layout, "x") && !layout_find(layout, "c.w"),
           "unknown paths are not found");
    tap_ok(layout->shared_bytes == 40 && layout->persistent_bytes == 12 && layout->local_bytes == 0,
           "bytes of a run: %" PRId64 " shared, %" PRId64 " persistent", layout->shared_bytes,
           layout->persistent_bytes);
    tap_ok(layout_slab(w->group, LOCATION_SHARED)->child == w->group, "a child's slab in its parent");
}

/* A child's persistent slab over shared scratch: its buffers are pieces of the
 * run's shared slab, though persistent in their group. */
static void test_where(void)
{
    BufferGroup *group = spec_of("a 2 shared, scratch 8 shared, s_persistent over scratch, s { x 4 persistent, l 1 }");
    const Layout *layout = layout_resolve(arena, group, NULL);
    const Placement *x = layout_find(layout, "s.x");
    tap_ok(x->kind == PLACED_PERSISTENT && x->where == PLACED_SHARED && x->offset == 16,
           "a persistent buffer in the run's shared slab");
    tap_ok(layout_find(layout, "s.l")->where == PLACED_LOCAL, "a local array stays one");
    tap_ok(layout->persistent_bytes == 0, "the run's persistent slab is empty");
}

static void test_reasons(void)
{
    const Layout *layout = layout_resolve(
        arena, spec_of("a 4 shared, b 6 over a, l 4, c 2 shared over l, p 3 persistent, d 1 over p"), NULL);
    same_text(layout_find(layout, "b")->reason, "a has room for 4 of the 6 elements it needs", "why: too small");
    same_text(layout_find(layout, "c")->reason, "l is a local array, which nothing can be laid over", "why: local");
    same_text(layout_find(layout, "d")->reason, "p is persistent and d is not", "why: not persistent");
    tap_ok(!layout_find(layout, "a")->reason, "no reason where nothing was wished");
}

static void test_blocks(void)
{
    const Layout *layout = layout_resolve(arena, spec_of("a 100 shared"), NULL);
    tap_ok(layout_block_size(layout, MAP_SHARED_DEFAULT) == 32, "800 bytes a run: 32 in 48 KiB (49152 / 25600)");
    tap_ok(layout_block_size(layout, MAP_SHARED_OPT_IN) == 288, "800 bytes a run: 288 in 227 KiB");
    layout = layout_resolve(arena, spec_of("a 1000 shared"), NULL);
    tap_ok(layout_block_size(layout, MAP_SHARED_OPT_IN) == 0, "8000 bytes a run: no block fits");
    layout = layout_resolve(arena, spec_of("a 1000"), NULL);
    tap_ok(layout_block_size(layout, MAP_SHARED_DEFAULT) == 1024, "nothing shared: any block fits");
}

/* ---- rooms ---- */

/* An attempt that writes all of the buffers named, and touches no other. */
static const Layout *layout_of_written(const BufferGroup *group, const char *const *names)
{
    Trace *trace = trace_new(arena);
    trace_begin(trace, TRACE_ATTEMPT, "attempt");
    trace_step(trace, "all");
    for (; *names; names++) {
        const Buffer *buffer = buffer_group_find(group, *names);
        trace_write(trace, buffer, 0, (int)buffer->size);
    }
    trace_end(trace);
    return layout_resolve(arena, group, trace);
}

/* What nobody touches in a slab, but others want to lie over: as large as they are. */
static void test_room(void)
{
    static const char *const written[] = { "a", "b", "c", "half", "last", NULL };
    BufferGroup *group = spec_of("scratch 9 shared, a 4 over scratch, b 2 over scratch, c 4 shared over scratch, "
                                 "half 1 int32 over scratch, last 1 shared");
    const Layout *layout = layout_of_written(group, written);
    const Placement *scratch = layout_find(layout, "scratch"), *half = layout_find(layout, "half");
    tap_ok(scratch->room && !scratch->unused && scratch->size == 7, "room for what lies over it, and no more");
    tap_ok(layout_find(layout, "b")->start == 4 && half->target == scratch && half->start == 6, "one after another");
    same_text(layout_find(layout, "c")->reason, "scratch has room for 3 of the 4 elements it needs",
              "until it is full");
    tap_ok(layout->shared_bytes == 8 * (7 + 1 + 4), "it is counted once");
    Text text = text_new(arena);
    layout_print_text(&text, layout);
    tap_ok(strstr(text.data, "  scratch  room for what lies over it\n") &&
               strstr(text.data, "  a        over scratch (which holds nothing else)\n"),
           "the map says so");
}

static void test_no_room(void)
{
    static const char *const written[] = { "b", NULL };
    const Layout *layout = layout_of_written(spec_of("a 4 shared, b 6 shared over a"), written);
    tap_ok(layout_find(layout, "a")->unused && layout->shared_bytes == 48, "a room in which nothing lies is none");
    same_text(layout_find(layout, "b")->reason, "a is never used and has no memory", "why nothing does");
    layout = layout_of_written(spec_of("a 4 persistent, b 3 over a"), written);
    tap_ok(layout_find(layout, "a")->unused && !layout->persistent_bytes, "nor is one of the wrong kind");
    layout = layout_of_written(spec_of("a 4, b 3 shared over a"), written);
    tap_ok(layout_find(layout, "a")->unused && !layout->local_bytes, "nor a local array");
}

/* ---- the map ---- */

static const char map_text[] = "memory of one run: 112 bytes shared, 16 persistent, 84 local\n"
                               "\n"
                               "g (float64)\n"
                               "  shared slab: 14 elements, 112 bytes\n"
                               "           0 ..       10  rhs\n"
                               "           0 ..        4  cache         over rhs (as written)\n"
                               "          10 ..       14  c_shared      slab of c\n"
                               "  persistent slab: 2 elements, 16 bytes\n"
                               "           0 ..        2  kept          int32[3]\n"
                               "  local arrays: 9 elements, 72 bytes\n"
                               "                       9  big\n"
                               "  not laid over what they alias\n"
                               "    big over rhs: rhs has room for 6 of the 9 elements it needs\n"
                               "  of size 0: none, nothing\n"
                               "\n"
                               "c (float64)\n"
                               "  shared slab: 4 elements, 32 bytes, from byte 80 of the run's shared slab\n"
                               "           0 ..        4  x\n"
                               "  local arrays: 3 elements, 12 bytes\n"
                               "                       3  k  int32[3]\n"
                               "\n"
                               "runs a block may have, by its shared memory\n"
                               "  48 KiB, every device  up to 416\n"
                               "  227 KiB, opted in     up to 1024\n";

static const char map_summary[] = "// Memory of one run: 112 bytes shared, 16 persistent, 84 local\n"
                                  "//   rhs: shared 0..10\n"
                                  "//   cache: shared 0..4, over rhs\n"
                                  "//   kept: persistent 0..2\n"
                                  "//   c_shared: shared 10..14\n"
                                  "//   c.x: shared 0..4\n"
                                  "//   local: big[9], c.k[3]\n";

static void test_map(void)
{
    const char *spec = "rhs 10 shared, cache 4 persistent over rhs, kept 3 int32 persistent, big 9 over rhs, none 0, "
                       "nothing 0 shared, "
                       "c { x 4 shared, k 3 int32 }";
    const Layout *layout = layout_resolve(arena, spec_of(spec), NULL);
    Text text = text_new(arena), summary = text_new(arena);
    layout_print_text(&text, layout);
    same_text(text.data, map_text, "the memory map as text");
    layout_print_summary(&summary, layout, "// ");
    same_text(summary.data, map_summary, "its summary");
}

int main(void)
{
    arena = arena_new();
    test_scenarios();
    test_offsets();
    test_where();
    test_reasons();
    test_blocks();
    test_room();
    test_no_room();
    test_map();
    arena_free(arena);
    return tap_done();
}
