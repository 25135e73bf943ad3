/* SPDX-License-Identifier: MIT */
#include "layout/flow.h"

#include <assert.h>
#include <stdlib.h>

static int compare_extents(const void *a, const void *b)
{
    const Extent *x = a, *y = b;
    uintptr_t first = (uintptr_t)x->buffer, second = (uintptr_t)y->buffer;
    return (first > second) - (first < second);
}

typedef ARRAY(Extent) ExtentList;

static void list_buffers(Arena *arena, ExtentList *list, const BufferGroup *group)
{
    for (int i = 0; i < group->buffers.count; i++) array_push(arena, list)->buffer = group->buffers.items[i];
    for (int i = 0; i < group->children.count; i++) list_buffers(arena, list, group->children.items[i]);
}

int flow_find(const Flow *flow, const Buffer *buffer)
{
    Extent key = { .buffer = buffer };
    if (!flow->count) return -1;
    const Extent *found = bsearch(&key, flow->extents, (size_t)flow->count, sizeof key, compare_extents);
    return found ? (int)(found - flow->extents) : -1;
}

static void build_spans(Flow *flow, Block *block, const AccessList *accesses)
{
    block->span_count = accesses->count;
    block->spans = ARENA_ARRAY(flow->arena, Span, accesses->count);
    for (int i = 0; i < accesses->count; i++) {
        const Access *access = &accesses->items[i];
        int buffer = flow_find(flow, access->buffer);
        assert(buffer >= 0);
        block->spans[i] = (Span){ buffer, access->first, access->count, access->kind };
        Extent *extent = &flow->extents[buffer];
        if (access->first + access->count > extent->size) extent->size = access->first + access->count;
    }
}

static void build_block(Flow *flow, Block *block, const TraceNode *node)
{
    block->kind = node->kind;
    block->label = node->label;
    block->elementwise = node->elementwise;
    build_spans(flow, block, &node->accesses);
    block->body_count = node->body.count;
    block->body = ARENA_ARRAY(flow->arena, Block, node->body.count);
    for (int i = 0; i < node->body.count; i++) build_block(flow, &block->body[i], node->body.items[i]);
}

static void build_section(Flow *flow, Block *block, const TraceNodeList *section, TraceKind kind)
{
    TraceNode all = { .kind = kind, .label = "", .body = *section };
    build_block(flow, block, &all);
}

/* ( prologue  attempt*  epilogue )* */
static void build_program(Flow *flow, const Trace *trace)
{
    Block *runs = &flow->runs;
    runs->kind = TRACE_LOOP;
    runs->label = "";
    runs->body_count = 3;
    runs->body = ARENA_ARRAY(flow->arena, Block, 3);
    build_section(flow, &runs->body[0], &trace->section[TRACE_PROLOGUE], TRACE_PROLOGUE);
    build_section(flow, &runs->body[1], &trace->section[TRACE_ATTEMPT], TRACE_LOOP);
    build_section(flow, &runs->body[2], &trace->section[TRACE_EPILOGUE], TRACE_EPILOGUE);
    flow->attempts = &runs->body[1];
}

static void give_heads(Flow *flow, Block *block)
{
    if (block->kind == TRACE_LOOP) block->head = bits_new(flow->arena, flow->size);
    for (int i = 0; i < block->body_count; i++) give_heads(flow, &block->body[i]);
}

static void number_elements(Flow *flow)
{
    for (int i = 0; i < flow->count; i++) {
        flow->extents[i].base = flow->size;
        flow->size += flow->extents[i].size;
    }
}

static int64_t span_bit(const Flow *flow, const Span *span)
{
    return flow->extents[span->buffer].base + span->first;
}

static void run_step(const Flow *flow, const Block *step, Bits live)
{
    for (int i = 0; i < step->span_count; i++)
        if (step->spans[i].kind == ACCESS_WRITE)
            bits_clear(live, span_bit(flow, &step->spans[i]), step->spans[i].count);
    for (int i = 0; i < step->span_count; i++)
        if (step->spans[i].kind == ACCESS_READ) bits_set(live, span_bit(flow, &step->spans[i]), step->spans[i].count);
}

static void run_block(const Flow *flow, Arena *scratch, const Block *block, Bits live, FlowVisit *visit);

static void run_body(const Flow *flow, Arena *scratch, const Block *block, Bits live, FlowVisit *visit)
{
    for (int i = block->body_count - 1; i >= 0; i--) run_block(flow, scratch, &block->body[i], live, visit);
}

/* The head only grows, also from one visit of an outer loop to the next. */
static void run_loop(const Flow *flow, Arena *scratch, const Block *loop, Bits live, FlowVisit *visit)
{
    if (!visit) {
        bits_join(loop->head, live);
        do {
            bits_assign(live, loop->head);
            run_body(flow, scratch, loop, live, NULL);
        } while (bits_join(loop->head, live));
    } else {
        bits_assign(live, loop->head);
        run_body(flow, scratch, loop, live, visit);
    }
    bits_assign(live, loop->head);
}

/* From what is live after the block to what is live before it, in place. */
static void run_block(const Flow *flow, Arena *scratch, const Block *block, Bits live, FlowVisit *visit)
{
    if (block->kind == TRACE_STEP) {
        if (visit) visit->step(visit, block, live);
        run_step(flow, block, live);
    } else if (block->kind == TRACE_LOOP) {
        run_loop(flow, scratch, block, live, visit);
    } else if (block->kind == TRACE_BRANCH) {
        ArenaMark mark = arena_mark(scratch);
        Bits skipped = bits_copy(scratch, live);
        run_body(flow, scratch, block, live, visit);
        bits_join(live, skipped);
        arena_reset(scratch, mark);
    } else {
        run_body(flow, scratch, block, live, visit);
    }
}

void flow_visit(const Flow *flow, FlowVisit *visit)
{
    Arena *scratch = arena_new();
    run_block(flow, scratch, &flow->runs, bits_new(scratch, flow->size), visit);
    arena_free(scratch);
}

Flow *flow_new(Arena *arena, const BufferGroup *root, const Trace *trace)
{
    Flow *flow = ARENA_NEW(arena, Flow);
    ExtentList buffers = { 0 };
    list_buffers(arena, &buffers, root);
    flow->arena = arena;
    flow->extents = buffers.items;
    flow->count = buffers.count;
    if (buffers.count) qsort(buffers.items, (size_t)buffers.count, sizeof *buffers.items, compare_extents);
    build_program(flow, trace);
    number_elements(flow);
    give_heads(flow, &flow->runs);
    flow_visit(flow, NULL);
    return flow;
}
