/* Explicit Runge-Kutta steps in the classical form: every stage derivative is
 * kept, k1 in stage_cache when the last stage of the step before is the first
 * of this one, else in stage_accumulator; the last one in stage_rhs. The input
 * of each stage is formed in proposed_state. */
#include "part/part.h"

typedef struct ErkBuffers {
    const Buffer *stage_rhs, *stage_accumulator, *stage_cache, *stage_dense;
} ErkBuffers;

static ErkBuffers buffers(const PartTree *parts)
{
    return (ErkBuffers){
        .stage_rhs = buffer_group_find(parts->group, "stage_rhs"),
        .stage_accumulator = buffer_group_find(parts->group, "stage_accumulator"),
        .stage_cache = buffer_group_find(parts->group, "stage_cache"),
        .stage_dense = buffer_group_find(parts->group, "stage_dense"),
    };
}

/* k of stage i, counted from 0; extra stages of the interpolant follow. */
static View stage(const Emitter *e, const PartTree *parts, int i)
{
    const Tableau *tableau = e->model->tableau;
    const ErkBuffers erk = buffers(parts);
    int n = e->model->states, s = tableau->stages;
    const char *name = arena_printf(e->arena, "k%d", i + 1);
    if (i >= s) return view_piece(erk.stage_dense, (int64_t)(i - s) * n, n, name);
    if (i == 0 && tableau->first_same_as_last) return view_piece(erk.stage_cache, 0, n, name);
    if (i == s - 1) return view_piece(erk.stage_rhs, 0, n, name);
    return view_piece(erk.stage_accumulator, (int64_t)i * n, n, name);
}

static View first_rhs(const Emitter *e, const PartTree *parts)
{
    return stage(e, parts, 0);
}

static View other_rhs(const Emitter *e, const PartTree *parts)
{
    (void)e;
    return view_of(buffers(parts).stage_rhs);
}

static void emit_stage_name(Emitter *e, const PartTree *parts, int i)
{
    View k = stage(e, parts, i);
    if (e->layout && !emit_is_used(e, k.buffer)) return;
    emit_line(e, "[[maybe_unused]] const auto %s = at(%s, %lld);", k.name, k.buffer->name, (long long)k.first);
}

static void declare(Emitter *e, const PartTree *parts)
{
    const ErkBuffers erk = buffers(parts);
    emit_declare(e, erk.stage_rhs);
    emit_declare(e, erk.stage_accumulator);
    emit_declare(e, erk.stage_cache);
    emit_declare(e, erk.stage_dense);
    const Tableau *tableau = e->model->tableau;
    for (int i = 0; i < tableau->stages + tableau->dense_stages; i++) emit_stage_name(e, parts, i);
}

static TermList terms_of(const Emitter *e, const PartTree *parts, const Number *weights, int count)
{
    TermList terms = { 0 };
    for (int i = 0; i < count; i++) *array_push(e->arena, &terms) = (Term){ weights[i], stage(e, parts, i) };
    return terms;
}

/* The time of stage i as C text; "t" alone when nothing depends on it. */
static const char *stage_time(const Emitter *e, int i)
{
    Number c = e->model->tableau->c[i];
    if (e->model->system->autonomous || number_is(c, 0)) return "t";
    if (number_is(c, 1)) return "t + h";
    return arena_printf(e->arena, "t + %s * h", emit_literal(e, c));
}

/* target = state + h sum a_ij k_j, then k_i = f(t + c_i h, target). */
static void emit_stage(Emitter *e, const PartTree *parts, int i, View target)
{
    const Tableau *tableau = e->model->tableau;
    int columns = tableau->stages + tableau->dense_stages;
    const char *label = arena_printf(e->arena, "stage %d", i + 1);
    if (i > 0) {
        TermList terms = terms_of(e, parts, &tableau->a[i * columns], i);
        View state = view_of(parts->loop.state);
        emit_combination(e, arena_printf(e->arena, "input of %s", label), target, &state, "h", &terms);
    } else {
        target = view_of(parts->loop.state);
    }
    system_emit_rhs(e, label, parts, stage(e, parts, i), target, stage_time(e, i));
}

static void emit_solution(Emitter *e, const PartTree *parts)
{
    TermList terms = terms_of(e, parts, e->model->tableau->b, e->model->tableau->stages);
    View state = view_of(parts->loop.state);
    emit_comment(e, "solution");
    emit_combination(e, "solution", view_of(parts->loop.proposed_state), &state, "h", &terms);
}

static void emit_error(Emitter *e, const PartTree *parts)
{
    TermList terms = terms_of(e, parts, e->model->tableau->error, e->model->tableau->stages);
    emit_comment(e, "error estimate, divided by h");
    emit_combination(e, "error", view_of(parts->loop.error), NULL, NULL, &terms);
}

static void step(Emitter *e, const PartTree *parts)
{
    const Tableau *tableau = e->model->tableau;
    for (int i = tableau->first_same_as_last ? 1 : 0; i < tableau->stages; i++) {
        bool last = tableau->first_same_as_last && i == tableau->stages - 1;
        emit_comment(e, last ? "stage %d: at the solution" : "stage %d", i + 1);
        emit_stage(e, parts, i, view_of(parts->loop.proposed_state));
    }
    if (!tableau->first_same_as_last) emit_solution(e, parts);
    if (e->model->adaptive) emit_error(e, parts);
}

static const char *error_low(Emitter *e, const PartTree *parts)
{
    if (!e->model->tableau->error_low) return NULL;
    TermList terms = terms_of(e, parts, e->model->tableau->error_low, e->model->tableau->stages);
    for (int j = 0; j < terms.count; j++)
        if (!number_is(terms.items[j].coefficient, 0)) emit_read(e, terms.items[j].view);
    return emit_sum(e, &terms, NULL);
}

static void accept(Emitter *e, const PartTree *parts, const char *mask)
{
    if (!e->model->tableau->first_same_as_last) return;
    View cache = view_of(buffers(parts).stage_cache);
    emit_copy(e, "first stage of the next step", mask, cache, stage(e, parts, e->model->tableau->stages - 1));
}

/* Without an interpolant of its own a method has cubic Hermite, which needs
 * the derivative at the end of the step (Hairer, Norsett & Wanner I, II.6). */
static bool needs_last_rhs(const Tableau *tableau)
{
    return !tableau->dense && !tableau->first_same_as_last;
}

static void dense_begin(Emitter *e, const PartTree *parts)
{
    const Tableau *tableau = e->model->tableau;
    for (int i = tableau->stages; tableau->dense && i < tableau->stages + tableau->dense_stages; i++) {
        emit_comment(e, "stage %d: for dense output only", i + 1);
        emit_stage(e, parts, i, view_of(parts->loop.saved_state));
    }
    if (!needs_last_rhs(tableau)) return;
    emit_comment(e, "derivative at the end of the step");
    system_emit_rhs(e, "derivative at the end of the step", parts, view_of(buffers(parts).stage_rhs),
                    view_of(parts->loop.proposed_state), e->model->system->autonomous ? "t" : "t + h");
}

/* The basis h theta theta^j (1 - theta)^(m-1-j), j = 0 .. m-1, of the weights
 * (tableau_dense_bernstein says why). */
static void emit_basis(Emitter *e, int degree)
{
    emit_line(e, "const Real rest = %s - theta;", emit_literal(e, number_integer(1)));
    for (int j = 0; j < degree; j++) {
        Text text = text_new(e->arena);
        for (int k = 0; k <= j; k++) text_add(&text, " * theta");
        for (int k = j + 1; k < degree; k++) text_add(&text, " * rest");
        emit_line(e, "const Real p%d = h%s;", j + 1, text.data);
    }
}

/* h b_i(theta); false when it is zero. */
static bool emit_weight(Emitter *e, int i, const Number *row, int degree)
{
    Text text = text_new(e->arena);
    for (int j = 0; j < degree; j++)
        if (!number_is(row[j], 0))
            text_printf(&text, "%s%s * p%d", text.length ? " + " : "", emit_literal(e, row[j]), j + 1);
    if (!text.length) return false;
    emit_line(e, "const Real b%d = %s;", i + 1, text.data);
    return true;
}

/* saved_state = state + sum (h b_i(theta)) k_i. */
static void emit_interpolant(Emitter *e, const PartTree *parts)
{
    const Tableau *tableau = e->model->tableau;
    View state = view_of(parts->loop.state), saved = view_of(parts->loop.saved_state);
    Text sum = text_new(e->arena);
    int stages = tableau->stages + tableau->dense_stages, degree = tableau->dense_degree;
    Number *rows = ARENA_ARRAY(e->arena, Number, stages * degree);
    tableau_dense_bernstein(rows, tableau);
    trace_elementwise(e->trace, "dense output");
    emit_read(e, state);
    emit_basis(e, degree);
    for (int i = 0; i < stages; i++) {
        if (!emit_weight(e, i, &rows[i * degree], degree)) continue;
        emit_read(e, stage(e, parts, i));
        text_printf(&sum, " + b%d * k%d[i]", i + 1, i + 1);
    }
    emit_write(e, saved);
    emit_line(e, "%s", emit_each(e, saved.count));
    emit_line(e, "    saved_state[i] = state[i]%s;", sum.data);
}

/* y + theta dy + theta (theta - 1) ((1 - 2 theta) dy + (theta - 1) h f0 + theta h f1),
 * dy = y_new - y (Hairer, Norsett & Wanner I, equation II.6.7). */
static void emit_hermite(Emitter *e, const PartTree *parts)
{
    View first = stage(e, parts, 0), last = view_of(buffers(parts).stage_rhs);
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
    emit_line(e, "const Real first = h * theta * (theta - %s) * (theta - %s), last = h * theta * theta * (theta - %s);", one, one, one);
    emit_line(e, "%s", emit_each(e, saved.count));
    emit_line(e, "    saved_state[i] = state[i] + rise * (proposed_state[i] - state[i]) + first * %s[i] + last * stage_rhs[i];", first.name);
}

static void dense(Emitter *e, const PartTree *parts)
{
    if (e->model->tableau->dense) emit_interpolant(e, parts);
    else emit_hermite(e, parts);
}

const FamilyPart erk_family = {
    .family = FAMILY_ERK,
    .name = "erk",
    .declare = declare,
    .step = step,
    .accept = accept,
    .first_rhs = first_rhs,
    .other_rhs = other_rhs,
    .error_low = error_low,
    .dense_begin = dense_begin,
    .dense = dense,
};
