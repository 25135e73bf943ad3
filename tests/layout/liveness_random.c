/* SPDX-License-Identifier: MIT */
/* Random programs, executed. Every write leaves a tag of its own; memory is
 * kept twice, once with every buffer on its own and once as the layout places
 * them, and a read must find the same tag in both. What the proof grants never
 * differs; what it refuses does in some execution. */
#include <stdlib.h>
#include <string.h>

#include "base/intern.h"
#include "layout/layout.h"
#include "layout/map.h"
#include "tap.h"

enum {
    PROGRAMS = 20000,
    EXECUTIONS = 60,       /* of what was granted */
    DEMONSTRATIONS = 4000, /* at most, of what was refused */
    BUFFERS_MOST = 10,
    SIZE_MOST = 4,
    PLACES = 256
};

static Arena *arena;
static uint64_t random_state = 987654321;

static int random_below(int limit)
{
    random_state = random_state * 6364136223846793005u + 1442695040888963407u;
    return (int)((random_state >> 33) % (uint64_t)limit);
}

/* ---- a random tree of buffers ---- */

typedef struct Program {
    BufferGroup *root;
    int count;
    Buffer *buffers[BUFFERS_MOST];
    Trace *trace;
} Program;

static void add_buffer(Program *program, BufferGroup *group, bool alias)
{
    int target = group->buffers.count ? random_below(group->buffers.count) : -1;
    const char *name = arena_printf(arena, "%s%d", group->name, group->buffers.count);
    Buffer *buffer = buffer_group_add(arena, group, name, 1 + random_below(SIZE_MOST));
    buffer->location = (Location)random_below(2);
    buffer->persistent = random_below(4) != 0;
    if (alias && target >= 0) buffer->aliases = group->buffers.items[target]->name;
    program->buffers[program->count++] = buffer;
}

static BufferGroup *random_group(Program *program, const char *name, int least)
{
    BufferGroup *group = buffer_group_new(arena, name, PRECISION_FLOAT64, (Source){ "random", 1, 0 });
    for (int i = least + random_below(3); i > 0; i--) add_buffer(program, group, random_below(2));
    return group;
}

static void add_child(Program *program)
{
    BufferGroup *root = program->root, *child = random_group(program, "c", 1);
    buffer_group_add_child(arena, root, child);
    for (int slab = 0; slab < 2; slab++)
        if (random_below(2)) child->slab[slab].aliases = root->buffers.items[random_below(root->buffers.count)]->name;
}

/* ---- a random trace ---- */

/* In an elementwise step all accesses to a buffer begin at one element, or the
 * step would not be elementwise even with memory of its own. */
static void random_step(const Program *program)
{
    Trace *trace = program->trace;
    bool elementwise = random_below(2);
    int64_t first[BUFFERS_MOST];
    for (int i = 0; i < program->count; i++) first[i] = random_below((int)program->buffers[i]->size);
    (elementwise ? trace_elementwise : trace_step)(trace, "step");
    for (int i = random_below(4); i > 0; i--) {
        int which = random_below(program->count);
        const Buffer *buffer = program->buffers[which];
        int64_t at = elementwise ? first[which] : random_below((int)buffer->size);
        int64_t count = 1 + random_below((int)(buffer->size - at));
        int kind = random_below(5);
        (kind < 2 ? trace_read : kind < 4 ? trace_write : trace_may_write)(trace, buffer, at, count);
    }
}

static void random_body(const Program *program, int depth)
{
    for (int i = random_below(4); i >= 0; i--) {
        if (depth < 2 && !random_below(4)) {
            trace_begin(program->trace, random_below(2) ? TRACE_BRANCH : TRACE_LOOP, "region");
            random_body(program, depth + 1);
            trace_end(program->trace);
        } else {
            random_step(program);
        }
    }
}

static Program random_program(void)
{
    Program program = { .count = 0 };
    program.root = random_group(&program, "r", 2);
    if (random_below(2)) add_child(&program);
    program.trace = trace_new(arena);
    for (int kind = TRACE_PROLOGUE; kind <= TRACE_EPILOGUE; kind++) {
        trace_begin(program.trace, (TraceKind)kind, "section");
        random_body(&program, 0);
        trace_end(program.trace);
    }
    return program;
}

/* ---- execution ---- */

typedef struct Machine {
    const Program *program;
    const Layout *layout;
    int own[BUFFERS_MOST][SIZE_MOST]; /* memory without overlaps */
    int placed[3][PLACES];            /* by slab; local arrays stay apart */
    int tag;
    bool differs;
} Machine;

/* One element's access. */
typedef struct Touch {
    bool write;
    int buffer, element;
    int iteration; /* elementwise: one after the other, in any order */
    int order;
} Touch;

typedef struct TouchList {
    int count;
    Touch items[64];
} TouchList;

static int index_of(const Program *program, const Buffer *buffer)
{
    int i = 0;
    while (program->buffers[i] != buffer) i++;
    return i;
}

static int *place_of(Machine *machine, const Touch *touch)
{
    const Placement *placement = layout_placement(machine->layout, machine->program->buffers[touch->buffer]);
    if (placement->where == PLACED_LOCAL)
        return &machine->placed[PLACED_LOCAL][touch->buffer * SIZE_MOST + touch->element];
    return &machine->placed[placement->where][placement->offset / 8 + touch->element];
}

static void list_touches(TouchList *list, const Program *program, const TraceNode *step)
{
    for (int i = 0; i < step->accesses.count; i++) {
        const Access *access = &step->accesses.items[i];
        for (int j = 0; j < access->count; j++) {
            if (access->kind == ACCESS_MAY_WRITE && random_below(2)) continue;
            Touch *touch = &list->items[list->count++];
            *touch = (Touch){ access->kind != ACCESS_READ, index_of(program, access->buffer), (int)access->first + j, j,
                              random_below(1 << 20) };
        }
    }
}

/* The order of an elementwise step: iterations at random, reads of each first. */
static void order_elementwise(TouchList *list)
{
    int rank[SIZE_MOST];
    for (int i = 0; i < SIZE_MOST; i++) rank[i] = random_below(1 << 10);
    for (int i = 0; i < list->count; i++) {
        Touch *touch = &list->items[i];
        touch->order = (rank[touch->iteration] * SIZE_MOST + touch->iteration) * 8 + 4 * touch->write + random_below(4);
    }
}

/* Of any other step: at random, but the step's reads of an element come before
 * its own writes of it. */
static void order_freely(TouchList *list)
{
    for (int i = 0; i < list->count; i++)
        for (int j = 0; j < list->count; j++) {
            Touch *read = &list->items[i], *write = &list->items[j];
            if (read->write || !write->write || read->buffer != write->buffer || read->element != write->element)
                continue;
            if (read->order >= write->order) read->order = write->order - 1;
        }
}

static int compare_order(const void *a, const void *b)
{
    const Touch *x = a, *y = b;
    return (x->order > y->order) - (x->order < y->order);
}

static void run_step(Machine *machine, const TraceNode *step)
{
    TouchList list = { .count = 0 };
    list_touches(&list, machine->program, step);
    if (step->elementwise)
        order_elementwise(&list);
    else
        order_freely(&list);
    qsort(list.items, (size_t)list.count, sizeof *list.items, compare_order);
    int base = machine->tag;
    machine->tag += BUFFERS_MOST * SIZE_MOST;
    for (int i = 0; i < list.count; i++) {
        const Touch *touch = &list.items[i];
        if (touch->write)
            *place_of(machine, touch) = base + touch->buffer * SIZE_MOST + touch->element;
        else if (*place_of(machine, touch) != machine->own[touch->buffer][touch->element])
            machine->differs = true;
    }
    for (int i = 0; i < list.count; i++) {
        const Touch *touch = &list.items[i];
        if (touch->write)
            machine->own[touch->buffer][touch->element] = base + touch->buffer * SIZE_MOST + touch->element;
    }
}

static void run_body(Machine *machine, const TraceNodeList *body);

static void run_node(Machine *machine, const TraceNode *node)
{
    if (node->kind == TRACE_STEP) {
        run_step(machine, node);
        return;
    }
    int times = node->kind == TRACE_LOOP ? random_below(3) : node->kind == TRACE_BRANCH ? random_below(2) : 1;
    while (times-- > 0) run_body(machine, &node->body);
}

static void run_body(Machine *machine, const TraceNodeList *body)
{
    for (int i = 0; i < body->count; i++) run_node(machine, body->items[i]);
}

/* A few runs of a few attempts. True when a read saw another writer. */
static bool execution_differs(const Program *program, const Layout *layout)
{
    Machine machine = { .program = program, .layout = layout, .tag = 1 };
    for (int run = 1 + random_below(3); run > 0; run--) {
        run_body(&machine, &program->trace->section[TRACE_PROLOGUE]);
        for (int attempt = random_below(4); attempt > 0; attempt--)
            run_body(&machine, &program->trace->section[TRACE_ATTEMPT]);
        run_body(&machine, &program->trace->section[TRACE_EPILOGUE]);
    }
    return machine.differs;
}

/* ---- the test ---- */

typedef struct Counts {
    int programs, granted, refused, unsound, demonstrated, unjustified;
} Counts;

typedef struct Verdict {
    bool refused, demonstrable;
    int granted;
} Verdict;

/* Whether a refusal can be shown on the layout with every alias granted: not
 * when buffers that nothing touches move the others, nor when the two only keep what
 * memory held at the start, where both machines hold the same. */
static Verdict verdict_of(const Layout *layout)
{
    Verdict verdict = { false, true, 0 };
    for (int i = 0; i < layout->count; i++)
        for (int j = 0; j < layout->groups[i]->count; j++) {
            const Placement *placement = &layout->groups[i]->placements[j];
            bool refused = placement->reason && !strncmp(placement->reason, "refused", 7);
            verdict.granted += placement->target && placement->size;
            verdict.refused |= refused;
            if (placement->unused || placement->room || (refused && strstr(placement->reason, "before anything")))
                verdict.demonstrable = false;
        }
    return verdict;
}

static bool differs_within(const Program *program, const Layout *layout, int executions)
{
    for (int i = 0; i < executions; i++)
        if (execution_differs(program, layout)) return true;
    return false;
}

static void explain(const Program *program, const Layout *layout, const char *what)
{
    Text text = text_new(arena);
    layout_print_text(&text, layout);
    trace_print(&text, program->trace);
    tap_diag("%s\n%s", what, text.data);
}

static void try_program(Counts *counts)
{
    Program program = random_program();
    const Layout *proved = layout_resolve(arena, program.root, program.trace);
    const Layout *written = layout_resolve(arena, program.root, NULL);
    Verdict verdict = verdict_of(proved);
    counts->programs++;
    counts->granted += verdict.granted;
    counts->refused += verdict.refused;
    if (differs_within(&program, proved, EXECUTIONS) && counts->unsound++ == 0)
        explain(&program, proved, "granted, yet a read sees another writer");
    if (!verdict.refused || !verdict.demonstrable) return;
    if (differs_within(&program, written, DEMONSTRATIONS))
        counts->demonstrated++;
    else if (counts->unjustified++ == 0)
        explain(&program, proved, "refused, yet no execution differs");
}

int main(void)
{
    arena = arena_new();
    Counts counts = { .programs = 0 };
    while (counts.programs < PROGRAMS) {
        ArenaMark mark = arena_mark(arena);
        try_program(&counts);
        arena_reset(arena, mark);
    }
    tap_ok(!counts.unsound, "%d random programs: every read sees its writer", counts.programs);
    tap_ok(counts.granted > PROGRAMS / 20, "%d aliases were granted", counts.granted);
    tap_ok(counts.refused > PROGRAMS / 4, "in %d programs one was refused", counts.refused);
    tap_ok(!counts.unjustified, "%d refusals were shown to be needed, %d not", counts.demonstrated, counts.unjustified);
    tap_ok(counts.demonstrated > PROGRAMS / 20, "and they are not few");
    arena_free(arena);
    return tap_done();
}
