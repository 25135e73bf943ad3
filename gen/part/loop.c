/* SPDX-License-Identifier: MIT */
/* One run in flight: the generated struct Run with its four functions begin,
 * attempt, done and finish, around which the runtime's flat loop runs. */
#include <string.h>

#include "part/newton.h"
#include "part/part.h"
#include "code/record.h"

LoopPart loop_part(const BufferGroup *group)
{
    return (LoopPart){
        .group = group,
        .state = buffer_group_find(group, "state"),
        .proposed_state = buffer_group_find(group, "proposed_state"),
        .parameters = buffer_group_find(group, "parameters"),
        .hoisted = buffer_group_find(group, "hoisted"),
        .observables = buffer_group_find(group, "observables"),
        .error = buffer_group_find(group, "error"),
        .saved_state = buffer_group_find(group, "saved_state"),
    };
}

/* Buffers of the loop that live as long as the run: members of the struct. */
typedef ARRAY(const Buffer *) MemberList;

static MemberList members(const Emitter *e, const PartTree *parts)
{
    const LoopPart *loop = &parts->loop;
    const Buffer *const all[] = { loop->state,   loop->proposed_state, loop->parameters,
                                  loop->hoisted, loop->observables,    loop->error };
    MemberList list = { 0 };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (all[i]->size || all[i] == loop->parameters || all[i] == loop->observables)
            *array_push(e->arena, &list) = all[i];
    return list;
}

static bool is_shared(const Emitter *e, const Buffer *buffer)
{
    return e->layout && emit_is_used(e, buffer) && layout_placement(e->layout, buffer)->where == PLACED_SHARED;
}

static void emit_member(Emitter *e, const Buffer *buffer)
{
    if (!e->layout || !emit_is_used(e, buffer)) return;
    const Placement *placement = layout_placement(e->layout, buffer);
    if (placement->where == PLACED_SHARED)
        emit_line(e, "const Shared<Real> %s;", buffer->name);
    else if (placement->where == PLACED_PERSISTENT)
        emit_declare(e, buffer);
    else
        emit_line(e, "Real %s[%lld];", buffer->name, (long long)(placement->size ? placement->size : 1));
}

static void emit_constructor(Emitter *e, const PartTree *parts)
{
    Text list = text_new(e->arena);
    int width = buffer_width(e->model->precision);
    MemberList buffers = members(e, parts);
    for (int i = 0; i < buffers.count; i++)
        if (is_shared(e, buffers.items[i]))
            text_printf(&list, ", %s(slab.at<Real>(%lld))", buffers.items[i]->name,
                        (long long)(layout_placement(e->layout, buffers.items[i])->offset / width));
    emit_line(e,
              "CUBIE_INLINE Run(const Arguments &arguments, SharedSlab slab) : given(arguments), "
              "limits(hold_limits(arguments)), shared(slab)%s {}",
              list.data);
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

static void emit_members(Emitter *e, const PartTree *parts)
{
    MemberList buffers = members(e, parts);
    emit_traits(e);
    emit_line(e, "%s", "");
    emit_line(e, "const Arguments &given;");
    emit_line(e, "HeldLimits limits;");
    emit_line(e, "const SharedSlab shared;");
    if (e->layout && e->layout->persistent_bytes) emit_persistent(e);
    for (int i = 0; i < buffers.count; i++) emit_member(e, buffers.items[i]);
    emit_line(e, "Time time;");
    emit_line(e, e->model->adaptive ? "Count steps, attempts; // accepted, tried" : "Count steps;");
    emit_line(e, "Count saved;           // instants");
    control_emit_members(e);
    counter_emit_members(e, parts);
    if (family_traits(parts->family->family)->newton) newton_emit_members(e);
    if (parts->family->members) parts->family->members(e);
    if (parts->linear)
        emit_line(e, "Count failure;         // status bits of the last attempt%s", e->model->adaptive ? "" : "s");
    emit_line(e, "%s", "");
    emit_constructor(e, parts);
    emit_line(e, "%s", "");
}

/* Initial values: inputs, unless the problem gives an expression of the
 * parameters and nobody gave a value in its stead. */
static void emit_initial_state(Emitter *e, const PartTree *parts)
{
    const System *system = e->model->system;
    int p = system->parameters;
    trace_elementwise(e->trace, "initial state");
    emit_may_write(e, view_of(parts->loop.state));
    emit_line(e, "%s", emit_each(e, system->states));
    emit_line(e, "    state[i] = select(mask, input[%d + i], state[i]);", p);
    trace_step(e->trace, "initial state from the parameters");
    for (int i = 0; i < system->states; i++) {
        const Expr *initial = system->state[i].initial;
        if (initial->kind == EXPR_NUMBER) continue;
        emit_read(e, view_of(parts->loop.parameters));
        emit_may_write(e, view_piece(parts->loop.state, i, 1, "state"));
        emit_open(e, "if (!given.given[%d])", i);
        for (int j = 0; j < p; j++)
            if (expr_depends(initial, system->parameter[j].symbol))
                emit_line(e, "const Real %s = parameters[%d];", system->parameter[j].symbol->code, j);
        Text text = text_new(e->arena);
        expr_print(&text, initial, NOTATION_CODE, e->model->precision, NULL, 0);
        emit_line(e, "state[%d] = select(mask, Real(%s), state[%d]);", i, text.data, i);
        emit_close(e, "");
    }
}

static bool keeps_first_rhs(const Emitter *e, const PartTree *parts)
{
    return e->model->tableau->first_same_as_last || parts->family->keeps_rhs;
}

/* The derivative at the start, which a first-same-as-last method keeps and the
 * automatic first step needs. */
static void emit_first_rhs(Emitter *e, const PartTree *parts)
{
    View state = view_of(parts->loop.state), first = parts->family->first_rhs(e, parts);
    if (keeps_first_rhs(e, parts)) {
        View rhs = parts->family->other_rhs(e, parts);
        system_emit_rhs(e, "first stage", parts, rhs, state, "t");
        emit_copy(e, "first stage, kept", "mask", first, rhs);
    } else if (e->model->adaptive) {
        system_emit_rhs(e, "first stage", parts, first, state, "t");
    }
}

/* Of the method's own buffers what begin has a use for. */
static void declare_for_begin(Emitter *e, const PartTree *parts)
{
    View first = parts->family->first_rhs(e, parts), other = parts->family->other_rhs(e, parts);
    const View views[] = { first, other };
    if (!keeps_first_rhs(e, parts) && !e->model->adaptive) return;
    for (int i = 0; i < 2; i++) {
        const Buffer *buffer = views[i].buffer;
        if (buffer_group_find(parts->group, buffer->name) != buffer) continue;
        if (i == 0 || buffer != first.buffer) emit_declare(e, buffer);
        if (strcmp(views[i].name, buffer->name)) emit_name(e, views[i]);
    }
}

static void emit_begin(Emitter *e, const PartTree *parts)
{
    emit_comment(e, "The runs in mask start: inputs, initial state, first step.");
    emit_region(
        e, TRACE_PROLOGUE, "begin",
        "template <class Start> CUBIE_INLINE void begin(Mask mask, [[maybe_unused]] Count run, const Start &start)");
    declare_for_begin(e, parts);
    emit_line(e, "Real input[inputs];");
    emit_line(e, "start.load(input, mask, run);");
    if (parts->loop.parameters->size) {
        trace_elementwise(e->trace, "parameters");
        emit_may_write(e, view_of(parts->loop.parameters));
        emit_line(e, "%s", emit_each(e, e->model->system->parameters));
        emit_line(e, "    parameters[i] = select(mask, input[i], parameters[i]);");
    }
    system_emit_hoist(e, "hoisted", parts);
    emit_initial_state(e, parts);
    emit_line(e, "[[maybe_unused]] const Real t = Real(given.t0);");
    emit_line(e, "time.begin(mask, given.t0);");
    emit_line(e, "steps = select(mask, Count(0u), steps);");
    if (e->model->adaptive) emit_line(e, "attempts = select(mask, Count(0u), attempts);");
    counter_emit_reset(e, parts);
    if (family_traits(parts->family->family)->newton) newton_emit_reset(e);
    if (parts->family->reset) parts->family->reset(e);
    if (parts->linear) emit_line(e, "failure = select(mask, Count(0u), failure);");
    emit_first_rhs(e, parts);
    control_emit_begin(e, parts);
    save_emit_start(e, parts);
    emit_region_end(e);
    emit_line(e, "%s", "");
}

/* A fixed step cannot be tried again: the run is lost. */
static void emit_trouble(Emitter *e, const PartTree *parts)
{
    if (e->model->adaptive) {
        emit_line(e, "const Mask recovers = failure != Count(0u); // the attempt before could not be solved");
        emit_line(e, "failure = select(active, trouble, failure);");
        return;
    }
    View proposed = view_of(parts->loop.proposed_state);
    trace_elementwise(e->trace, "runs that are lost");
    emit_may_write(e, proposed);
    emit_line(e, "failure = failure | select(active, trouble, Count(0u));");
    emit_line(e, "%s proposed_state[i] = select(trouble == Count(0u), proposed_state[i], Real(missing));",
              emit_each(e, proposed.count));
}

static void emit_attempt(Emitter *e, const PartTree *parts)
{
    bool adaptive = e->model->adaptive;
    emit_comment(e, "One step is tried for the runs in `active`.");
    emit_region(e, TRACE_ATTEMPT, "attempt", "CUBIE_INLINE void attempt(Mask active, [[maybe_unused]] Count run)");
    parts->family->declare(e, parts);
    if (parts->newton_group) newton_declare(e, parts);
    if (parts->linear) parts->linear->declare(e, parts);
    if (adaptive)
        emit_line(e, "const Real t = time.value, h = smaller(dt, Real(limits.t_end) - t);");
    else
        emit_line(e, "const Real h = Real(given.dt), t = given.t0 + real(steps) * h;");
    record_emit_begin(e, parts);
    if (parts->linear) emit_line(e, "Count trouble = Count(0u); // status bits of this attempt");
    parts->family->step(e, parts);
    if (parts->linear) emit_trouble(e, parts);
    if (adaptive) {
        emit_line(e, "%s", "");
        control_emit_judge(e, parts);
    }
    record_emit_judged(e, parts);
    save_emit_step(e, parts);
    emit_line(e, "%s", "");
    emit_copy(e, "accept the step", adaptive ? "accept" : "active", view_of(parts->loop.state),
              view_of(parts->loop.proposed_state));
    parts->family->accept(e, parts, adaptive ? "accept" : NULL);
    if (adaptive) emit_line(e, "time.advance(accept, h);");
    if (adaptive) emit_line(e, "count_if(active, attempts);");
    emit_line(e, "count_if(%s, steps);", adaptive ? "accept" : "active");
    if (adaptive) control_emit_next(e);
    emit_region_end(e);
    emit_line(e, "%s", "");
}

/* Fixed steps are counted by the loop around. */
static void emit_done(Emitter *e)
{
    if (!e->model->adaptive) return;
    emit_comment(e, "Runs at their end, or failed; and lanes that have none yet.");
    emit_open(e, "CUBIE_INLINE Mask done() const");
    emit_line(e, "return (time.value >= Real(limits.t_stop)) | is_stuck(time.value, dt, limits) | (attempts >= "
                 "Count(limits.max_steps));");
    emit_close(e, "");
    emit_open(e, "CUBIE_INLINE Mask late() const");
    emit_line(e, "return time.value >= Real(limits.t_late);");
    emit_close(e, "");
    emit_open(e, "CUBIE_INLINE void idle()");
    emit_line(e, "dt = Real(Scalar(-1));");
    emit_close(e, "");
    emit_line(e, "%s", "");
}

static void emit_status(Emitter *e, const PartTree *parts)
{
    trace_step(e->trace, "status");
    emit_read(e, view_of(parts->loop.state));
    emit_line(e, "Mask whole = Mask(true);");
    emit_line(e, "%s whole = whole & finite(state[i]);", emit_each(e, e->model->states));
    if (!e->model->adaptive) {
        emit_line(e, "const Count status = select(whole, Count(0u), Count(uint32_t(CUBIE_NOT_FINITE))%s);",
                  parts->linear ? " | failure" : "");
        emit_line(e, "const Mask good = whole;");
        return;
    }
    emit_comment(e, "Short of its end a run ran out of attempts, or its step became too small: what is not finite is "
                    "rejected again and again.");
    emit_line(e, "const Mask reached = time.value >= Real(limits.t_stop), good = reached & whole;");
    emit_line(e, "const Count small = select(norm == norm, Count(uint32_t(CUBIE_STEP_TOO_SMALL)), "
                 "Count(uint32_t(CUBIE_NOT_FINITE)));");
    if (parts->linear) {
        emit_line(e, "const Count reason = select(failure == Count(0u), small, failure | "
                     "Count(uint32_t(CUBIE_STEP_TOO_SMALL)));");
        emit_line(e, "const Count stopped = select(is_stuck(time.value, dt, limits), reason, failure | "
                     "Count(uint32_t(CUBIE_MAX_STEPS)));");
    } else {
        emit_line(
            e,
            "const Count stopped = select(is_stuck(time.value, dt, limits), small, Count(uint32_t(CUBIE_MAX_STEPS)));");
    }
    emit_line(e, "const Count status = select(good, Count(0u), select(reached | !whole, "
                 "Count(uint32_t(CUBIE_NOT_FINITE)), stopped));");
}

static void emit_finish(Emitter *e, const PartTree *parts)
{
    emit_comment(e, "The runs in mask end: what is not saved yet, counters, status.");
    emit_region(e, TRACE_EPILOGUE, "finish", "CUBIE_INLINE void finish(Mask mask, Count run)");
    emit_status(e, parts);
    emit_region(e, TRACE_BRANCH, "end state", "if (!saving)");
    emit_line(e, "saved = select(mask, Count(0u), saved);");
    system_emit_observe(e, "observables", parts, view_of(parts->loop.state), "Real(limits.t_end)");
    save_emit_outputs(e, parts, "mask & good", view_of(parts->loop.state), "saved");
    emit_region_end(e);
    emit_line(e, "store_missing(mask & !good, given, saved, run);");
    emit_line(e, "store_counters(mask, given, run, steps, %s, status);", e->model->adaptive ? "attempts" : "steps");
    counter_emit_store(e, parts);
    emit_region_end(e);
}

void loop_emit(Emitter *e, const PartTree *parts)
{
    emit_comment(e, "One run in flight. saving: instants are saved on the way; else the end state only.");
    emit_open(e, "template <bool saving> struct Run");
    emit_members(e, parts);
    if (parts->linear && parts->linear->members) parts->linear->members(e, parts);
    emit_begin(e, parts);
    emit_attempt(e, parts);
    emit_done(e);
    emit_finish(e, parts);
    emit_close(e, ";");
}
