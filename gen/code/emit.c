/* SPDX-License-Identifier: MIT */
#include "code/emit.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "code/check.h"
#include "code/word.h"
#include "code/wrap.h"

Emitter emitter_new(Arena *arena, const Model *model, const PartList *parts, Trace *trace, const Layout *layout)
{
    return (Emitter){ .arena = arena,
                      .text = text_new(arena),
                      .trace = trace,
                      .layout = layout,
                      .model = model,
                      .parts = parts,
                      .check = check_new(arena) };
}

/* ---- lines ---- */

#define FORMATTED(e, format)                              \
    va_list args;                                         \
    va_start(args, format);                               \
    char *line = arena_vprintf((e)->arena, format, args); \
    va_end(args)

static void add_line(Emitter *e, const char *line)
{
    wrap_add(&e->text, 4 * e->indent, line, EMIT_WIDTH);
}

void emit_line(Emitter *e, const char *format, ...)
{
    FORMATTED(e, format);
    add_line(e, line);
}

void emit_open(Emitter *e, const char *format, ...)
{
    FORMATTED(e, format);
    add_line(e, arena_printf(e->arena, "%s%s", line, *line ? " {" : "{"));
    e->indent++;
}

void emit_close(Emitter *e, const char *tail)
{
    e->indent--;
    emit_line(e, "}%s", tail);
}

/* Names of files and titles may hold anything; the comment stays one. */
void emit_comment(Emitter *e, const char *format, ...)
{
    FORMATTED(e, format);
    for (char *c = line; *c; c++)
        if ((unsigned char)*c < ' ') *c = ' ';
    add_line(e, arena_printf(e->arena, "// %s", line));
}

void emit_unchecked(Emitter *e, const char *format, ...)
{
    FORMATTED(e, format);
    check_pause(e->check, &e->text);
    add_line(e, line);
    check_resume(e->check, &e->text);
}

/* ---- what is there only if it is used ---- */

int emit_scope(const Emitter *e)
{
    return e->pending.count;
}

bool emit_has_word(const Emitter *e, size_t from, const char *word)
{
    return word_stands_in(e->text.data + from, word);
}

static void remove_text(Emitter *e, size_t first, size_t last)
{
    Text *text = &e->text;
    memmove(text->data + first, text->data + last, text->length - last + 1);
    text->length -= last - first;
    check_shift(e->check, (ptrdiff_t)first - (ptrdiff_t)last);
}

/* The last ones first: what only they use goes with them. */
void emit_scope_end(Emitter *e, int scope)
{
    check_pause(e->check, &e->text);
    while (e->pending.count > scope) {
        const Pending *line = &e->pending.items[--e->pending.count];
        if (!emit_has_word(e, line->last, line->name)) remove_text(e, line->first, line->last);
    }
}

void emit_if_used(Emitter *e, const char *name, const char *format, ...)
{
    FORMATTED(e, format);
    check_pause(e->check, &e->text);
    size_t first = e->text.length;
    add_line(e, line);
    check_resume(e->check, &e->text);
    *array_push(e->arena, &e->pending) = (Pending){ name, first, e->text.length };
}

void emit_insert(Emitter *e, size_t position, const char *text)
{
    Text *all = &e->text;
    size_t length = strlen(text), rest = all->length - position;
    check_pause(e->check, all);
    text_add(all, text); /* room */
    memmove(all->data + position + length, all->data + position, rest);
    memcpy(all->data + position, text, length);
    check_resume(e->check, all);
    for (int i = 0; i < e->pending.count; i++) {
        if (e->pending.items[i].first < position) continue;
        e->pending.items[i].first += length;
        e->pending.items[i].last += length;
    }
}

/* ---- steps and regions ---- */

void emit_step(Emitter *e, const char *label)
{
    check_step(e->check, &e->text, label);
    trace_step(e->trace, label);
}

void emit_elementwise(Emitter *e, const char *label)
{
    check_step(e->check, &e->text, label);
    trace_elementwise(e->trace, label);
}

void emit_region(Emitter *e, TraceKind kind, const char *label, const char *format, ...)
{
    FORMATTED(e, format);
    check_step(e->check, &e->text, label);
    trace_begin(e->trace, kind, label);
    emit_open(e, "%s", line);
}

void emit_region_end(Emitter *e)
{
    check_step(e->check, &e->text, "");
    trace_end(e->trace);
    emit_close(e, "");
}

EmittedFunction emit_function(Emitter *e, const char *label, const char *format, ...)
{
    FORMATTED(e, format);
    check_step(e->check, &e->text, label);
    EmittedFunction function = { label, trace_function(e->trace, label), emit_scope(e), check_scope(e->check) };
    emit_open(e, "%s", line);
    return function;
}

void emit_function_end(Emitter *e, const EmittedFunction *function, const char *tail)
{
    check_step(e->check, &e->text, "");
    trace_end(e->trace);
    emit_close(e, tail);
    emit_scope_end(e, function->scope);
    check_scope_end(e->check, function->known);
    *array_push(e->arena, &e->functions) = *function;
}

void emit_call(Emitter *e, const char *label, const TraceBindings *bindings)
{
    int i = e->functions.count - 1;
    while (i >= 0 && strcmp(e->functions.items[i].label, label)) i--;
    assert(i >= 0);
    check_step(e->check, &e->text, label);
    trace_call(e->trace, e->functions.items[i].trace, bindings);
}
