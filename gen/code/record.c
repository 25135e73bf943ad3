/* SPDX-License-Identifier: MIT */
#include "code/record.h"

#include <assert.h>
#include <string.h>

#include "part/part.h"

RecordList *record_list(Arena *arena)
{
    RecordList *list = ARENA_NEW(arena, RecordList);
    list->arena = arena;
    return list;
}

const char *record_name(const Emitter *e, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const char *name = arena_vprintf(e->arena, format, args);
    va_end(args);
    return name;
}

static const Record *find(const RecordList *list, const char *name)
{
    for (int i = 0; i < list->fields.count; i++)
        if (!strcmp(list->fields.items[i].name, name)) return &list->fields.items[i];
    return NULL;
}

/* The field of this name, added while the parts emit for the first time. */
static const Record *field(Emitter *e, const char *name, RecordKind kind, int count, const char *title)
{
    RecordList *list = e->records;
    const Record *known = find(list, name);
    assert(known ? known->kind == kind && known->count == count : !e->layout);
    if (known) return known;
    Record *record = array_push(list->arena, &list->fields);
    *record = (Record){ name, title, kind, list->numbers, count };
    list->numbers += count;
    return record;
}

void record_number(Emitter *e, const char *name, const char *value, const char *title)
{
    if (!e->records) return;
    emit_line(e, "recorder.put(%d, %s); // %s", field(e, name, RECORD_NUMBER, 1, title)->first, value, name);
}

void record_count(Emitter *e, const char *name, const char *value, const char *title)
{
    if (!e->records) return;
    emit_line(e, "recorder.put(%d, real(%s)); // %s", field(e, name, RECORD_COUNT, 1, title)->first, value, name);
}

void record_flag(Emitter *e, const char *name, const char *mask, const char *title)
{
    record_count(e, name, arena_printf(e->arena, "select(%s, Count(1u), Count(0u))", mask), title);
}

void record_vector(Emitter *e, const char *name, View view, const char *scale, const char *title)
{
    if (!e->records) return;
    assert(view.count == e->model->states);
    const Record *record = field(e, name, RECORD_STATES, view.count, title);
    trace_step(e->trace, arena_printf(e->arena, "%s is recorded", name));
    emit_read(e, view);
    emit_line(e, "%s recorder.put(%d + i, %s%s%s[i]); // %s", emit_each(e, view.count), record->first,
              scale ? scale : "", scale ? " * " : "", view.name, name);
}

void record_item(Emitter *e, const char *name, int most, const char *index, const char *value, const char *title)
{
    if (!e->records) return;
    emit_line(e, "recorder.put_item(%d, %d, %s, %s); // %s", field(e, name, RECORD_ITEMS, most, title)->first, most,
              index, value, name);
}

/* What the parts count, in this attempt alone. */
static void emit_counts_before(Emitter *e, const PartTree *parts)
{
    for (int i = 0; i < parts->counters.count; i++)
        emit_line(e, "const Count %s_before = %s;", parts->counters.items[i].name, parts->counters.items[i].name);
}

static void record_counts(Emitter *e, const PartTree *parts)
{
    for (int i = 0; i < parts->counters.count; i++) {
        const Counter *counter = &parts->counters.items[i];
        record_count(e, counter->name, record_name(e, "%s - %s_before", counter->name, counter->name), counter->title);
    }
}

void record_emit_begin(Emitter *e, const PartTree *parts)
{
    if (!e->records) return;
    emit_line(e, "const Recorder recorder(given, active, run, %s);", e->model->adaptive ? "attempts" : "steps");
    record_number(e, "time", "t", "time at the start of the step");
    record_number(e, "step", "h", "step size");
    record_vector(e, "state", view_of(parts->loop.state), NULL, "state at the start of the step");
    emit_counts_before(e, parts);
}

void record_emit_judged(Emitter *e, const PartTree *parts)
{
    if (!e->records) return;
    const char *accepted = e->model->adaptive ? "accept" : "active";
    record_vector(e, "proposed_state", view_of(parts->loop.proposed_state), NULL,
                  "state at the end of the step, if it is accepted");
    if (parts->linear) record_count(e, "status", "trouble", "status bits of the attempt, 0 when it was solved");
    record_flag(e, "accepted", accepted, "1 when the step was accepted, 0 when rejected");
    record_counts(e, parts);
    if (!e->model->adaptive) return;
    record_vector(e, "error", view_of(parts->loop.error), parts->family->error_is_whole ? NULL : "h", "error estimate");
    record_number(e, "error_norm", "sqrt(real(norm))",
                  "norm of the error estimate, weighted by step_tolerance times the tolerances; at most 1 is accepted");
}
