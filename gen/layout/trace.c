/* SPDX-License-Identifier: MIT */
#include "layout/trace.h"

#include <assert.h>
#include <inttypes.h>

Trace *trace_new(Arena *arena)
{
    Trace *trace = ARENA_NEW(arena, Trace);
    trace->arena = arena;
    return trace;
}

static TraceNode *add_node(Trace *trace, TraceNodeList *list, TraceKind kind, const char *label)
{
    TraceNode *node = ARENA_NEW(trace->arena, TraceNode);
    node->kind = kind;
    node->label = arena_printf(trace->arena, "%s", label);
    node->parent = trace->open;
    return *array_push(trace->arena, list) = node;
}

void trace_begin(Trace *trace, TraceKind kind, const char *label)
{
    if (!trace) return;
    bool section = kind <= TRACE_EPILOGUE;
    assert(kind != TRACE_STEP && section == !trace->open);
    trace->open = add_node(trace, section ? &trace->section[kind] : &trace->open->body, kind, label);
    trace->step = NULL;
}

void trace_end(Trace *trace)
{
    if (!trace) return;
    assert(trace->open);
    trace->open = trace->open->parent;
    trace->step = NULL;
}

void trace_step(Trace *trace, const char *label)
{
    if (!trace) return;
    assert(trace->open);
    trace->step = add_node(trace, &trace->open->body, TRACE_STEP, label);
}

void trace_elementwise(Trace *trace, const char *label)
{
    trace_step(trace, label);
    if (trace) trace->step->elementwise = true;
}

static void add_access(Trace *trace, const Buffer *buffer, int64_t first, int64_t count, AccessKind kind)
{
    if (!trace || !count) return;
    assert(trace->step && first >= 0 && count > 0 && first + count <= buffer->size);
    *array_push(trace->arena, &trace->step->accesses) = (Access){ buffer, first, count, kind };
}

void trace_read(Trace *trace, const Buffer *buffer, int64_t first, int64_t count)
{
    add_access(trace, buffer, first, count, ACCESS_READ);
}

void trace_write(Trace *trace, const Buffer *buffer, int64_t first, int64_t count)
{
    add_access(trace, buffer, first, count, ACCESS_WRITE);
}

void trace_may_write(Trace *trace, const Buffer *buffer, int64_t first, int64_t count)
{
    add_access(trace, buffer, first, count, ACCESS_MAY_WRITE);
}

static void print_accesses(Text *text, const TraceNode *step)
{
    static const char *const verbs[] = {
        [ACCESS_READ] = "reads", [ACCESS_WRITE] = "writes", [ACCESS_MAY_WRITE] = "may write"
    };
    for (int i = 0; i < step->accesses.count; i++) {
        const Access *access = &step->accesses.items[i];
        text_printf(text, "%s %s %s[%" PRId64 "..%" PRId64 "]", i ? "," : ":", verbs[access->kind],
                    access->buffer->name, access->first, access->first + access->count - 1);
    }
}

static void print_node(Text *text, const TraceNode *node, int depth)
{
    static const char *const words[] = {
        [TRACE_PROLOGUE] = "prologue", [TRACE_ATTEMPT] = "attempt", [TRACE_EPILOGUE] = "epilogue",
        [TRACE_BRANCH] = "branch",     [TRACE_LOOP] = "loop",       [TRACE_STEP] = "step"
    };
    text_printf(text, "%*s%s '%s'", 2 * depth, "", node->elementwise ? "elementwise" : words[node->kind], node->label);
    print_accesses(text, node);
    text_add(text, "\n");
    for (int i = 0; i < node->body.count; i++) print_node(text, node->body.items[i], depth + 1);
}

void trace_print(Text *text, const Trace *trace)
{
    for (int section = TRACE_PROLOGUE; section <= TRACE_EPILOGUE; section++)
        for (int i = 0; i < trace->section[section].count; i++) print_node(text, trace->section[section].items[i], 0);
}
