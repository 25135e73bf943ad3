/* SPDX-License-Identifier: MIT */
#include "code/emit.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

enum { EMIT_WIDTH = 110 };

Emitter emitter_new(Arena *arena, const Model *model, Trace *trace, const Layout *layout)
{
    return (Emitter){ .arena = arena, .text = text_new(arena), .trace = trace, .layout = layout, .model = model };
}

static void add_indented(Emitter *e, const char *line)
{
    if (*line)
        for (int i = 0; i < e->indent; i++) text_add(&e->text, "    ");
    text_add(&e->text, line);
}

#define FORMATTED(e, format)                              \
    va_list args;                                         \
    va_start(args, format);                               \
    char *line = arena_vprintf((e)->arena, format, args); \
    va_end(args)

void emit_line(Emitter *e, const char *format, ...)
{
    FORMATTED(e, format);
    add_indented(e, line);
    text_add(&e->text, "\n");
}

void emit_open(Emitter *e, const char *format, ...)
{
    FORMATTED(e, format);
    add_indented(e, arena_printf(e->arena, "%s%s", line, *line ? " {\n" : "{\n"));
    e->indent++;
}

void emit_close(Emitter *e, const char *tail)
{
    e->indent--;
    emit_line(e, "}%s", tail);
}

/* Names of files and titles may hold anything; the comment stays one line. */
void emit_comment(Emitter *e, const char *format, ...)
{
    FORMATTED(e, format);
    for (char *c = line; *c; c++)
        if ((unsigned char)*c < ' ') *c = ' ';
    emit_line(e, "// %s", line);
}

void emit_region(Emitter *e, TraceKind kind, const char *label, const char *format, ...)
{
    FORMATTED(e, format);
    trace_begin(e->trace, kind, label);
    emit_open(e, "%s", line);
}

void emit_region_end(Emitter *e)
{
    trace_end(e->trace);
    emit_close(e, "");
}

View view_of(const Buffer *buffer)
{
    return (View){ buffer, 0, (int)buffer->size, buffer->name };
}

View view_piece(const Buffer *buffer, int64_t first, int count, const char *name)
{
    return (View){ buffer, first, count, name };
}

void emit_read(Emitter *e, View view)
{
    trace_read(e->trace, view.buffer, view.first, view.count);
}

void emit_write(Emitter *e, View view)
{
    trace_write(e->trace, view.buffer, view.first, view.count);
}

void emit_may_write(Emitter *e, View view)
{
    trace_may_write(e->trace, view.buffer, view.first, view.count);
}

static const Placement *placement_of(const Emitter *e, const Buffer *buffer)
{
    const Placement *placement = layout_placement(e->layout, buffer);
    assert(placement);
    return placement;
}

bool emit_is_used(const Emitter *e, const Buffer *buffer)
{
    return !e->layout || !(placement_of(e, buffer)->unused || placement_of(e, buffer)->room);
}

/* ---- arrays that hold the persistent slab ---- */

/* A walk up the slab over what is there of one type. */
typedef struct Walk {
    Precision precision;
    int64_t at, stop, next; /* what covers `at` ends at `stop`; if nothing does, the next one begins at `next` */
} Walk;

static void look_around(Walk *walk, const GroupLayout *group)
{
    for (int i = 0; i < group->count; i++) {
        const Placement *p = &group->placements[i];
        if (p->child || p->unused || p->room || p->where != PLACED_PERSISTENT || p->precision != walk->precision)
            continue;
        int64_t stop = p->offset + p->size * buffer_width(p->precision);
        if (p->offset <= walk->at && stop > walk->stop) walk->stop = stop;
        if (p->offset > walk->at && p->offset < walk->next) walk->next = p->offset;
    }
    for (int i = 0; i < group->child_count; i++) look_around(walk, group->children[i]);
}

int64_t emit_persistent_length(const Emitter *e, Precision precision, int64_t below)
{
    int64_t bytes = 0;
    Walk walk = { precision, 0, 0, below };
    while (walk.at < below) {
        walk.stop = walk.at;
        walk.next = below;
        look_around(&walk, e->layout->root);
        if (walk.stop > below) walk.stop = below;
        bytes += walk.stop - walk.at;
        walk.at = walk.stop > walk.at ? walk.stop : walk.next;
    }
    return bytes / buffer_width(precision);
}

static void declare(Emitter *e, const Buffer *buffer, const char *name, bool in_memory)
{
    if (!e->layout || !buffer->size || !emit_is_used(e, buffer)) return;
    const Placement *placement = placement_of(e, buffer);
    bool own = placement->precision == e->model->precision;
    const char *number = own ? "Real" : "Factor"; /* only the linear algebra has another precision */
    const char *type = in_memory ? arena_printf(e->arena, "InMemory<%s>", number) : number;
    long long offset = (long long)placement->offset / buffer_width(placement->precision);
    if (placement->where == PLACED_LOCAL)
        emit_line(e, "%s %s[%lld];", type, name, (long long)placement->stop);
    else if (placement->where == PLACED_PERSISTENT)
        emit_line(e, "%s *const %s = %s + %lld;", number, name, own ? "persistent" : "persistent_factors",
                  (long long)emit_persistent_length(e, placement->precision, placement->offset));
    else
        emit_line(e, "const Shared<%s> %s = shared.template at<%s>(%lld);", type, name, type, offset);
}

void emit_declare(Emitter *e, const Buffer *buffer)
{
    declare(e, buffer, buffer->name, false);
}

void emit_declare_as(Emitter *e, const Buffer *buffer, const char *name)
{
    declare(e, buffer, name, false);
}

void emit_declare_in_memory(Emitter *e, const Buffer *buffer)
{
    declare(e, buffer, buffer->name, true);
}

void emit_name(Emitter *e, View view)
{
    if (e->layout && !emit_is_used(e, view.buffer)) return;
    emit_line(e, "[[maybe_unused]] const auto %s = at(%s, %lld);", view.name, view.buffer->name, (long long)view.first);
}

bool emit_is_same_place(const Emitter *e, View a, View b)
{
    if (!e->layout) return false;
    const Placement *pa = placement_of(e, a.buffer), *pb = placement_of(e, b.buffer);
    int64_t width = buffer_width(e->model->precision);
    return pa->where == pb->where && pa->where != PLACED_LOCAL &&
           pa->offset + a.first * width == pb->offset + b.first * width;
}

const char *emit_each(const Emitter *e, int count)
{
    return arena_printf(e->arena, "%s for (int i = 0; i < %d; i++)",
                        e->model->unrolled ? "CUBIE_UNROLL" : "CUBIE_UNROLL_SOME", count);
}

const char *emit_literal(const Emitter *e, Number number)
{
    Text text = text_new(e->arena);
    number_literal(&text, number, e->model->precision);
    return text.data;
}

void emit_add_product(const Emitter *e, Text *text, Number coefficient, const char *factor)
{
    bool negative = number_compare(coefficient, number_integer(0)) < 0;
    Number size = negative ? number_negate(coefficient) : coefficient;
    if (text->length)
        text_add(text, negative ? " - " : " + ");
    else if (negative)
        text_add(text, "-");
    const char *literal = emit_literal(e, size);
    if (strcmp(literal, emit_literal(e, number_integer(1)))) text_printf(text, "%s * ", literal);
    text_add(text, factor);
}

/* On a new line when this one is full. */
static void add_term(const Emitter *e, Text *text, const Term *term, const char *scale)
{
    assert(term->view.name);
    bool negative = number_compare(term->coefficient, number_integer(0)) < 0;
    Number size = negative ? number_negate(term->coefficient) : term->coefficient;
    const char *last_break = strrchr(text->data, '\n');
    if ((last_break ? strlen(last_break) : text->length) > EMIT_WIDTH - 40)
        text_printf(text, "\n%*s", 4 * (e->indent + 2) - 1, "");
    if (!scale)
        emit_add_product(e, text, term->coefficient, arena_printf(e->arena, "%s[i]", term->view.name));
    else if (number_is(size, 1))
        emit_add_product(e, text, term->coefficient, arena_printf(e->arena, "%s * %s[i]", scale, term->view.name));
    else
        emit_add_product(e, text, number_integer(negative ? -1 : 1),
                         arena_printf(e->arena, "(%s * %s) * %s[i]", emit_literal(e, size), scale, term->view.name));
}

const char *emit_sum_after(const Emitter *e, const char *start, const TermList *terms, const char *scale)
{
    Text text = text_new(e->arena);
    text_add(&text, start);
    for (int j = 0; j < terms->count; j++)
        if (!number_is(terms->items[j].coefficient, 0)) add_term(e, &text, &terms->items[j], scale);
    return text.data;
}

const char *emit_sum(const Emitter *e, const TermList *terms, const char *scale)
{
    return emit_sum_after(e, "", terms, scale);
}

static int count_terms(const TermList *terms)
{
    int count = 0;
    for (int j = 0; j < terms->count; j++) count += !number_is(terms->items[j].coefficient, 0);
    return count;
}

/* n elements of m terms cost n (m + 1) operations with the scale outside, and
 * n m + m with scaled coefficients (those are shared by all elements); with
 * fixed steps they are constants of the whole run. */
static bool combination_is_scaled(const Emitter *e, int elements, int terms)
{
    return !e->model->adaptive || terms < elements;
}

void emit_combination(Emitter *e, const char *label, View target, const View *base, const char *scale,
                      const TermList *terms)
{
    int count = count_terms(terms);
    trace_elementwise(e->trace, label);
    if (base) emit_read(e, *base);
    for (int j = 0; j < terms->count; j++)
        if (!number_is(terms->items[j].coefficient, 0)) emit_read(e, terms->items[j].view);
    emit_write(e, target);
    emit_line(e, "%s", emit_each(e, target.count));
    const char *start = base ? arena_printf(e->arena, "%s[i]", base->name) : "";
    if (!count) {
        emit_line(e, "    %s[i] = %s;", target.name, base ? start : emit_literal(e, number_integer(0)));
        return;
    }
    if (!scale || count == 1 || combination_is_scaled(e, target.count, count))
        emit_line(e, "    %s[i] = %s;", target.name, emit_sum_after(e, start, terms, scale));
    else
        emit_line(e, "    %s[i] = %s%s%s * (%s);", target.name, start, base ? " + " : "", scale,
                  emit_sum(e, terms, NULL));
}

void emit_copy(Emitter *e, const char *label, const char *mask, View target, View source)
{
    if (!target.count || emit_is_same_place(e, target, source)) return;
    trace_elementwise(e->trace, label);
    emit_read(e, source);
    if (mask)
        emit_may_write(e, target);
    else
        emit_write(e, target);
    emit_line(e, "%s", emit_each(e, target.count));
    if (mask)
        emit_line(e, "    %s[i] = select(%s, %s[i], %s[i]);", target.name, mask, source.name, target.name);
    else
        emit_line(e, "    %s[i] = %s[i];", target.name, source.name);
}
