/* SPDX-License-Identifier: MIT */
#include "part/loop.h"

#include "code/check.h"
#include "code/sum.h"
#include "part/instants.h"

/* ---- the struct ---- */

static void each_held(Emitter *e, void (*emit)(Emitter *, const Buffer *, Text *), Text *text)
{
    for (int i = 0; i < e->parts->parts.count; i++) {
        const char *const *name = e->parts->parts.items[i]->held;
        for (; name && *name; name++) emit(e, view_buffer(e, *name), text);
    }
}

static void emit_held(Emitter *e, const Buffer *buffer, Text *text)
{
    (void)text;
    emit_member(e, buffer);
}

static void add_constructed(Emitter *e, const Buffer *buffer, Text *text)
{
    const char *place = emit_constructed(e, buffer);
    if (place) text_printf(text, ", %s", place);
}

static void emit_constructor(Emitter *e)
{
    Text list = text_new(e->arena);
    each_held(e, add_constructed, &list);
    emit_line(e, "CUBIE_INLINE Run(const Arguments &arguments, SharedSlab slab)");
    emit_unchecked(e, "    : given(arguments), limits(hold_limits(arguments)), shared(slab)%s", list.data);
    emit_line(e, "{");
    emit_line(e, "}");
}

static const char *exponent(const Emitter *e, Number gain)
{
    Text text = text_new(e->arena);
    number_literal(&text, number_divide(gain, number_integer(model_error_order(e->model))), PRECISION_FLOAT32);
    return text.data;
}

/* Constants that the targets read. */
static void emit_traits(Emitter *e)
{
    const Layout *layout = e->layout;
    const Controller *controller = e->model->controller;
    int width = buffer_width(e->model->precision);
    emit_line(e, "static constexpr int shared_elements = %lld;     // of the shared slab, in Reals",
              (long long)(layout ? layout->shared_bytes / width : 0));
    emit_line(e, "static constexpr bool fixed = %s;", e->model->adaptive ? "false" : "true");
    if (e->model->adaptive)
        emit_line(e, "static constexpr int error_order = %d;         // of the error estimate, plus 1",
                  model_error_order(e->model));
    emit_comment(e, "Controller '%s': exponents of the error now, one and two accepted steps ago.", controller->name);
    emit_line(e, "static constexpr float ki = %s, kp = %s, kd = %s;", exponent(e, controller->ki),
              exponent(e, controller->kp), exponent(e, controller->kd));
}

static void emit_persistent(Emitter *e)
{
    Precision own = e->model->precision, factors = e->model->lu_precision;
    int64_t bytes = e->layout->persistent_bytes;
    long long length = (long long)emit_persistent_length(e, own, bytes);
    if (length) emit_line(e, "Real persistent[%lld];", length);
    length = own == factors ? 0 : (long long)emit_persistent_length(e, factors, bytes);
    if (length) emit_line(e, "Factor persistent_factors[%lld];", length);
}

static void emit_members(Emitter *e)
{
    emit_traits(e);
    emit_line(e, "%s", "");
    emit_line(e, "const Arguments &given;");
    emit_line(e, "HeldLimits limits;");
    emit_line(e, "const SharedSlab shared;");
    if (e->layout && e->layout->persistent_bytes) emit_persistent(e);
    each_held(e, emit_held, NULL);
    instants_emit_members(e);
    PARTS_WALK(e, members, e);
    emit_line(e, "%s", "");
    emit_constructor(e);
    emit_line(e, "%s", "");
    PARTS_WALK(e, routines, e);
}

/* ---- its functions ---- */

typedef struct Section {
    int scope, known;
} Section;

static Section section_begin(Emitter *e, TraceKind kind, const char *label, const char *head)
{
    Section section = { emit_scope(e), check_scope(e->check) };
    emit_region(e, kind, label, "%s", head);
    return section;
}

static void section_end(Emitter *e, Section section)
{
    emit_region_end(e);
    emit_scope_end(e, section.scope);
    check_scope_end(e->check, section.known);
    emit_line(e, "%s", "");
}

/* What restarts where smoothness ends does so at the start, too. */
static void emit_begin(Emitter *e)
{
    emit_comment(e, "The runs in mask start: inputs, initial state, first step.");
    Section section =
        section_begin(e, TRACE_PROLOGUE, "begin",
                      "template <class Start> CUBIE_INLINE void begin(Mask mask, Count run, const Start &start)");
    for (int i = 0; i < e->parts->parts.count; i++) {
        const Part *part = e->parts->parts.items[i];
        if (part->begin) part->begin(e);
        if (part->restart) part->restart(e);
    }
    instants_emit_begin(e);
    section_end(e, section);
}

static void emit_attempt(Emitter *e)
{
    emit_comment(e, "One step is tried for the runs in `active`.");
    Section section = section_begin(e, TRACE_ATTEMPT, "attempt", "CUBIE_INLINE void attempt(Mask active, Count run)");
    PARTS_WALK(e, declare, e);
    PARTS_WALK(e, limit, e);
    PARTS_WALK(e, step, e);
    emit_line(e, "%s", "");
    emit_line(e, "Mask accept = active;");
    PARTS_WALK(e, judge, e);
    instants_emit_step(e);
    emit_line(e, "%s", "");
    PARTS_WALK(e, accepted, e);
    section_end(e, section);
}

/* Fixed steps are counted by the loop around. */
static void emit_done(Emitter *e)
{
    if (!e->model->adaptive) return;
    emit_comment(e, "Runs at their end, or failed; and lanes that have none yet.");
    emit_open(e, "CUBIE_INLINE Mask done() const");
    emit_line(e, "return (time.value >= Real(limits.t_stop)) | is_stuck(time.value, dt, limits) | "
                 "(attempts >= Count(limits.max_steps));");
    emit_close(e, "");
    emit_line(e, "CUBIE_INLINE Mask late() const { return time.value >= Real(limits.t_late); }");
    emit_line(e, "CUBIE_INLINE void idle() { dt = Real(Scalar(-1)); }");
    emit_line(e, "%s", "");
}

/* A part whose runs may end otherwise says so: it narrows `good`, and puts into `stopped` why. */
static void emit_finish(Emitter *e)
{
    View state = view_of(e, "state");
    emit_comment(e, "The runs in mask end: what is not saved yet, counters, status.");
    Section section = section_begin(e, TRACE_EPILOGUE, "finish", "CUBIE_INLINE void finish(Mask mask, Count run)");
    emit_step(e, "status");
    emit_line(e, "Mask whole = Mask(true);");
    emit_line(e, "%s whole = whole & finite(%s[i]);", emit_each(e, state.count), emit_read(e, state));
    emit_line(e, "Mask good = whole;");
    emit_line(e, "Count stopped = Count(uint32_t(CUBIE_NOT_FINITE));");
    PARTS_WALK(e, finish, e);
    instants_emit_finish(e);
    emit_line(e, "store_counters(mask, given, run, steps, %s, select(good, Count(0u), stopped));",
              e->model->adaptive ? "attempts" : "steps");
    section_end(e, section);
}

void loop_emit_functions(Emitter *e)
{
    PARTS_WALK(e, functions, e);
}

void loop_emit(Emitter *e)
{
    emit_comment(e, "One run in flight. saving: instants are saved on the way; else the end state only.");
    int scope = emit_scope(e);
    emit_open(e, "template <bool saving> struct Run");
    check_start(e->check, &e->text);
    emit_members(e);
    emit_begin(e);
    emit_attempt(e);
    emit_done(e);
    emit_finish(e);
    check_stop(e->check, &e->text);
    emit_scope_end(e, scope);
    emit_close(e, ";");
}
