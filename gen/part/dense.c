/* SPDX-License-Identifier: MIT */
#include "part/dense.h"

#include "part/family.h"

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

static void emit_interpolant(Emitter *e)
{
    const Tableau *tableau = e->model->tableau;
    View saved = view_of(e, "saved_state");
    Text sum = text_new(e->arena);
    const Number *rows = weights_of(e, e->parts->family);
    emit_elementwise(e, "dense output");
    emit_basis(e, tableau->dense_degree, e->parts->family->dense_scale);
    for (int i = 0; i < tableau->stages + tableau->dense_stages; i++) {
        if (!emit_weight(e, i, &rows[i * tableau->dense_degree], tableau->dense_degree)) continue;
        View stage = e->parts->family->stage(e, i);
        text_printf(&sum, " + b%d * %s[i]", i + 1, emit_read(e, stage));
    }
    emit_line(e, "%s", emit_each(e, saved.count));
    emit_line(e, "    %s[i] = %s[i]%s;", emit_write(e, saved), emit_read(e, view_of(e, "state")), sum.data);
}

/* y + theta dy + theta (theta - 1) ((1 - 2 theta) dy + (theta - 1) h f0 + theta h f1),
 * dy = y_new - y (Hairer, Norsett & Wanner I, equation II.6.7). */
static void emit_hermite(Emitter *e)
{
    View first = e->parts->family->end_slope(e, false), last = e->parts->family->end_slope(e, true);
    View saved = view_of(e, "saved_state");
    emit_elementwise(e, "dense output");
    const char *state = emit_read(e, view_of(e, "state")), *proposed = emit_read(e, view_of(e, "proposed_state"));
    const char *one = emit_literal(e, number_integer(1)), *two = emit_literal(e, number_integer(2));
    const char *three = emit_literal(e, number_integer(3));
    emit_line(e, "const Real rise = theta * theta * (%s - %s * theta);", three, two);
    emit_line(e, "const Real first = h * theta * (theta - %s) * (theta - %s), last = h * theta * theta * (theta - %s);",
              one, one, one);
    emit_line(e, "%s", emit_each(e, saved.count));
    emit_line(e, "    %s[i] = %s[i] + rise * (%s[i] - %s[i]) + first * %s[i] + last * %s[i];", emit_write(e, saved),
              state, proposed, state, emit_read(e, first), emit_read(e, last));
}

void dense_emit(Emitter *e)
{
    if (e->model->tableau->dense)
        emit_interpolant(e);
    else
        emit_hermite(e);
}
