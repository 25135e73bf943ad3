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
    assert(kind != TRACE_STEP && kind != TRACE_FUNCTION && section == !trace->open);
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

void trace_evaluates(Trace *trace)
{
    if (!trace) return;
    assert(trace->step);
    trace->step->evaluates = true;
}

static void add_evaluations(TraceEvaluations *sum, const TraceNodeList *body, bool looped)
{
    for (int i = 0; i < body->count; i++) {
        const TraceNode *node = body->items[i];
        if (node->kind == TRACE_STEP) *(looped ? &sum->looped : &sum->always) += node->evaluates;
        if (node->kind == TRACE_LOOP) add_evaluations(sum, &node->body, true);
    }
}

TraceEvaluations trace_evaluations(const Trace *trace)
{
    TraceEvaluations sum = { 0 };
    for (int i = 0; i < trace->section[TRACE_ATTEMPT].count; i++)
        add_evaluations(&sum, &trace->section[TRACE_ATTEMPT].items[i]->body, false);
    return sum;
}

/* ---- functions ---- */

TraceNode *trace_function(Trace *trace, const char *label)
{
    if (!trace) return NULL;
    TraceNodeList nowhere = { 0 };
    trace->step = NULL;
    return trace->open = add_node(trace, &nowhere, TRACE_FUNCTION, label);
}

static const TraceBinding *binding_of(const TraceBindings *bindings, const Buffer *buffer)
{
    for (int i = 0; i < bindings->count; i++)
        if (bindings->items[i].formal == buffer) return &bindings->items[i];
    return NULL;
}

static void call_access(Trace *trace, const Access *access, const TraceBindings *bindings)
{
    const TraceBinding *binding = binding_of(bindings, access->buffer);
    if (!binding) {
        bool all = !bindings->elements || access->count <= bindings->elements;
        add_access(trace, access->buffer, access->first, all ? access->count : bindings->elements, access->kind);
        return;
    }
    for (int i = 0; i < binding->actuals; i++) {
        const Access *actual = &binding->actual[i];
        assert(access->first + access->count <= actual->count);
        add_access(trace, actual->buffer, actual->first + access->first, access->count, access->kind);
    }
}

static void call_node(Trace *trace, const TraceNode *node, const TraceBindings *bindings)
{
    if (node->kind == TRACE_STEP) {
        trace_step(trace, node->label);
        trace->step->elementwise = node->elementwise;
        trace->step->evaluates = node->evaluates;
        for (int i = 0; i < node->accesses.count; i++) call_access(trace, &node->accesses.items[i], bindings);
        return;
    }
    trace_begin(trace, node->kind, node->label);
    for (int i = 0; i < node->body.count; i++) call_node(trace, node->body.items[i], bindings);
    trace_end(trace);
}

void trace_call(Trace *trace, const TraceNode *function, const TraceBindings *bindings)
{
    static const TraceBindings none = { 0 };
    if (!trace) return;
    assert(function->kind == TRACE_FUNCTION);
    for (int i = 0; i < function->body.count; i++)
        call_node(trace, function->body.items[i], bindings ? bindings : &none);
    trace->step = NULL;
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
        [TRACE_BRANCH] = "branch",     [TRACE_LOOP] = "loop",       [TRACE_STEP] = "step",
        [TRACE_FUNCTION] = "function"
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
