/* SPDX-License-Identifier: MIT */
#include "code/record.h"

#include <assert.h>
#include <string.h>

#include "code/sum.h"

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
    emit_step(e, arena_printf(e->arena, "%s is recorded", name));
    emit_line(e, "%s recorder.put(%d + i, %s%s%s[i]); // %s", emit_each(e, view.count), record->first,
              scale ? scale : "", scale ? " * " : "", emit_read(e, view), name);
}

void record_item(Emitter *e, const char *name, int most, const char *index, const char *value, const char *title)
{
    if (!e->records) return;
    emit_line(e, "recorder.put_item(%d, %d, %s, %s); // %s", field(e, name, RECORD_ITEMS, most, title)->first, most,
              index, value, name);
}
