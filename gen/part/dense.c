/* SPDX-License-Identifier: MIT */
#include "part/dense.h"

/* The basis scale theta theta^j (1 - theta)^(m-1-j), j = 0 .. m-1, of the weights
 * (tableau_dense_bernstein says why). */
static void emit_basis(Emitter *e, int degree, const char *scale)
{
    emit_line(e, "const Real rest = %s - theta;", emit_literal(e, number_integer(1)));
    for (int j = 0; j < degree; j++) {
        Text text = text_new(e->arena);
        for (int k = scale ? 0 : 1; k <= j; k++) text_add(&text, " * theta");
        for (int k = j + 1; k < degree; k++) text_add(&text, " * rest");
        emit_line(e, "const Real p%d = %s%s;", j + 1, scale ? scale : "theta", text.data);
    }
}

/* scale b_i(theta); false when it is zero. */
static bool emit_weight(Emitter *e, int i, const Number *row, int degree)
{
    Text text = text_new(e->arena);
    for (int j = 0; j < degree; j++)
        if (!number_is(row[j], 0)) emit_add_product(e, &text, row[j], arena_printf(e->arena, "p%d", j + 1));
    if (!text.length) return false;
    emit_line(e, "const Real b%d = %s;", i + 1, text.data);
    return true;
}

/* Rows of dense_degree coefficients. */
static Number *weights_of(const Emitter *e, const FamilyPart *family)
{
    const Tableau *tableau = e->model->tableau;
    int stages = tableau->stages + tableau->dense_stages;
    Number *rows = ARENA_ARRAY(e->arena, Number, stages * tableau->dense_degree);
    const Number *dense = family->dense_weights ? family->dense_weights(e) : tableau->dense;
    tableau_dense_bernstein(rows, dense, stages, tableau->dense_degree);
    return rows;
}

static void emit_interpolant(Emitter *e, const PartTree *parts)
{
    const Tableau *tableau = e->model->tableau;
    View saved = view_of(parts->loop.saved_state);
    Text sum = text_new(e->arena);
    const Number *rows = weights_of(e, parts->family);
    trace_elementwise(e->trace, "dense output");
    emit_read(e, view_of(parts->loop.state));
    emit_basis(e, tableau->dense_degree, parts->family->dense_scale);
    for (int i = 0; i < tableau->stages + tableau->dense_stages; i++) {
        if (!emit_weight(e, i, &rows[i * tableau->dense_degree], tableau->dense_degree)) continue;
        View stage = parts->family->stage(e, parts, i);
        emit_read(e, stage);
        text_printf(&sum, " + b%d * %s[i]", i + 1, stage.name);
    }
    emit_write(e, saved);
    emit_line(e, "%s", emit_each(e, saved.count));
    emit_line(e, "    saved_state[i] = state[i]%s;", sum.data);
}

/* y + theta dy + theta (theta - 1) ((1 - 2 theta) dy + (theta - 1) h f0 + theta h f1),
 * dy = y_new - y (Hairer, Norsett & Wanner I, equation II.6.7). */
static void emit_hermite(Emitter *e, const PartTree *parts)
{
    View first = parts->family->end_slope(e, parts, false), last = parts->family->end_slope(e, parts, true);
    View saved = view_of(parts->loop.saved_state);
    trace_elementwise(e->trace, "dense output");
    emit_read(e, view_of(parts->loop.state));
    emit_read(e, view_of(parts->loop.proposed_state));
    emit_read(e, first);
    emit_read(e, last);
    emit_write(e, saved);
    const char *one = emit_literal(e, number_integer(1)), *two = emit_literal(e, number_integer(2));
    const char *three = emit_literal(e, number_integer(3));
    emit_line(e, "const Real rise = theta * theta * (%s - %s * theta);", three, two);
    emit_line(e, "const Real first = h * theta * (theta - %s) * (theta - %s), last = h * theta * theta * (theta - %s);",
              one, one, one);
    emit_line(e, "%s", emit_each(e, saved.count));
    emit_line(e,
              "    saved_state[i] = state[i] + rise * (proposed_state[i] - state[i]) + first * %s[i] + last * %s[i];",
              first.name, last.name);
}

void dense_emit(Emitter *e, const PartTree *parts)
{
    if (e->model->tableau->dense)
        emit_interpolant(e, parts);
    else
        emit_hermite(e, parts);
}
