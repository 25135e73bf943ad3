/* SPDX-License-Identifier: MIT */
#include "code/sum.h"

#include <string.h>

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

static void add_term(Emitter *e, Text *text, const Term *term, const char *scale)
{
    bool negative = number_compare(term->coefficient, number_integer(0)) < 0;
    Number size = negative ? number_negate(term->coefficient) : term->coefficient;
    const char *name = emit_read(e, term->view);
    if (!scale)
        emit_add_product(e, text, term->coefficient, arena_printf(e->arena, "%s[i]", name));
    else if (number_is(size, 1))
        emit_add_product(e, text, term->coefficient, arena_printf(e->arena, "%s * %s[i]", scale, name));
    else
        emit_add_product(e, text, number_integer(negative ? -1 : 1),
                         arena_printf(e->arena, "(%s * %s) * %s[i]", emit_literal(e, size), scale, name));
}

const char *emit_sum_after(Emitter *e, const char *start, const TermList *terms, const char *scale)
{
    Text text = text_new(e->arena);
    text_add(&text, start);
    for (int j = 0; j < terms->count; j++)
        if (!number_is(terms->items[j].coefficient, 0)) add_term(e, &text, &terms->items[j], scale);
    return text.data;
}

const char *emit_sum(Emitter *e, const TermList *terms, const char *scale)
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
    emit_elementwise(e, label);
    emit_line(e, "%s", emit_each(e, target.count));
    const char *start = base ? arena_printf(e->arena, "%s[i]", emit_read(e, *base)) : "", *name = emit_write(e, target);
    if (!count)
        emit_line(e, "    %s[i] = %s;", name, base ? start : emit_literal(e, number_integer(0)));
    else if (!scale || count == 1 || combination_is_scaled(e, target.count, count))
        emit_line(e, "    %s[i] = %s;", name, emit_sum_after(e, start, terms, scale));
    else
        emit_line(e, "    %s[i] = %s%s%s * (%s);", name, start, base ? " + " : "", scale, emit_sum(e, terms, NULL));
}

void emit_copy(Emitter *e, const char *label, const char *mask, View target, View source)
{
    if (!target.count || emit_is_same_place(e, target, source)) return;
    emit_elementwise(e, label);
    const char *from = emit_read(e, source), *to = mask ? emit_may_write(e, target) : emit_write(e, target);
    emit_line(e, "%s", emit_each(e, target.count));
    if (mask)
        emit_line(e, "    %s[i] = select(%s, %s[i], %s[i]);", to, mask, from, to);
    else
        emit_line(e, "    %s[i] = %s[i];", to, from);
}
