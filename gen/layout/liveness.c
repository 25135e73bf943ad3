/* SPDX-License-Identifier: MIT */
#include "layout/liveness.h"

#include <assert.h>

#include "layout/explain.h"
#include "layout/flow.h"

struct Liveness {
    Flow *flow;
};

Liveness *liveness_new(Arena *arena, const BufferGroup *root, const Trace *trace)
{
    Liveness *liveness = ARENA_NEW(arena, Liveness);
    liveness->flow = flow_new(arena, root, trace);
    return liveness;
}

bool liveness_accessed(const Liveness *liveness, const Buffer *buffer)
{
    int index = flow_find(liveness->flow, buffer);
    return index >= 0 && liveness->flow->extents[index].size > 0;
}

bool liveness_survives(const Liveness *liveness, const Buffer *buffer)
{
    const Flow *flow = liveness->flow;
    int index = flow_find(flow, buffer);
    return index >= 0 && bits_find(flow->attempts->head, flow->extents[index].base, flow->extents[index].size) >= 0;
}

typedef struct Side {
    int buffer;
    int64_t first;
} Side;

/* Two ranges of `count` elements in one place. */
typedef struct Pair {
    Side side[2];
    int64_t count;
} Pair;

typedef struct Conflict {
    const Block *step; /* NULL: none found */
    int written, kept; /* buffers */
    int64_t element;   /* of the kept one */
    bool read_there;   /* the step itself reads it */
} Conflict;

typedef struct Check {
    FlowVisit visit;
    const Flow *flow;
    const Pair *pairs;
    int pair_count;
    Conflict conflict; /* the last one found is the first in the program */
} Check;

static int64_t least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int64_t most(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

/* Does the step read, of buffer `kept`, something of [first, first + count)
 * that the write has not let pass? `shift` is the kept buffer's element minus
 * the written one's in the same place. */
static int64_t read_by_step(const Block *step, const Span *write, int kept, int64_t first, int64_t count, int64_t shift)
{
    for (int i = 0; i < step->span_count; i++) {
        const Span *read = &step->spans[i];
        if (read->kind != ACCESS_READ || read->buffer != kept) continue;
        int64_t from = most(first, read->first), to = least(first + count, read->first + read->count);
        bool same_iteration = read->first - write->first == shift;
        if (from < to && !(step->elementwise && same_iteration)) return from;
    }
    return -1;
}

/* `write` against the pair, whose side `w` it may touch. */
static void check_write(Check *check, const Block *step, Bits after, const Span *write, const Pair *pair, int w)
{
    Side written = pair->side[w], kept = pair->side[!w];
    int64_t from = most(write->first, written.first);
    int64_t count = least(write->first + write->count, written.first + pair->count) - from;
    if (count <= 0) return;
    int64_t shift = kept.first - written.first, first = from + shift;
    int64_t base = check->flow->extents[kept.buffer].base;
    int64_t live = bits_find(after, base + first, count);
    int64_t read = read_by_step(step, write, kept.buffer, first, count, shift);
    if (live >= 0)
        check->conflict = (Conflict){ step, written.buffer, kept.buffer, live - base, false };
    else if (read >= 0)
        check->conflict = (Conflict){ step, written.buffer, kept.buffer, read, true };
}

static void check_step(FlowVisit *visit, const Block *step, Bits after)
{
    Check *check = (Check *)visit;
    for (int i = step->span_count - 1; i >= 0; i--) {
        const Span *span = &step->spans[i];
        if (span->kind == ACCESS_READ) continue;
        for (int j = 0; j < check->pair_count; j++)
            for (int w = 0; w < 2; w++)
                if (check->pairs[j].side[w].buffer == span->buffer)
                    check_write(check, step, after, span, &check->pairs[j], w);
    }
}

/* The part of an overlap that the trace touches on both sides. */
static Pair make_pair(const Flow *flow, const Overlap *overlap)
{
    int upper = flow_find(flow, overlap->upper), lower = flow_find(flow, overlap->lower);
    assert(upper >= 0 && lower >= 0);
    int64_t upper_left = flow->extents[upper].size - overlap->upper_first;
    int64_t lower_left = flow->extents[lower].size - overlap->lower_first;
    int64_t count = least(overlap->count, least(upper_left, lower_left));
    return (Pair){ { { upper, overlap->upper_first }, { lower, overlap->lower_first } }, most(count, 0) };
}

/* Elements nobody writes before they are read keep what memory held at the
 * start; two such cannot be one. */
static bool both_at_start(const Flow *flow, const Pair *pair)
{
    for (int64_t i = 0; i < pair->count; i++) {
        bool both = true;
        for (int w = 0; w < 2; w++)
            both = both && bits_find(flow->runs.head,
                                     flow->extents[pair->side[w].buffer].base + pair->side[w].first + i, 1) >= 0;
        if (both) return true;
    }
    return false;
}

static const char *describe(Arena *arena, const Flow *flow, const Conflict *conflict)
{
    const char *written = flow->extents[conflict->written].buffer->name;
    const char *kept = flow->extents[conflict->kept].buffer->name, *step = conflict->step->label;
    if (conflict->read_there)
        return arena_printf(arena, "refused: %s is read in '%s' while %s is written there", kept, step, written);
    Reader reader = explain_reader(flow, conflict->kept, conflict->element, conflict->step);
    assert(reader.step);
    if (reader.skipped)
        return arena_printf(
            arena, "refused: %s is still needed when %s is written in '%s' (read next in '%s' when '%s' is skipped)",
            kept, written, step, reader.step, reader.skipped);
    return arena_printf(arena, "refused: %s is still needed when %s is written in '%s' (read next in '%s')", kept,
                        written, step, reader.step);
}

const char *liveness_refusal(Arena *arena, const Liveness *liveness, const OverlapList *overlaps)
{
    const Flow *flow = liveness->flow;
    Pair *pairs = ARENA_ARRAY(arena, Pair, overlaps->count);
    for (int i = 0; i < overlaps->count; i++) {
        pairs[i] = make_pair(flow, &overlaps->items[i]);
        if (both_at_start(flow, &pairs[i]))
            return arena_printf(arena, "refused: %s and %s are both read before anything writes them",
                                overlaps->items[i].upper->name, overlaps->items[i].lower->name);
    }
    Check check = { .visit = { check_step }, .flow = flow, .pairs = pairs, .pair_count = overlaps->count };
    if (overlaps->count) flow_visit(flow, &check.visit);
    return check.conflict.step ? describe(arena, flow, &check.conflict) : NULL;
}
