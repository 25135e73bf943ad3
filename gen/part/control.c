/* SPDX-License-Identifier: MIT */
/* Step size control: the weighted norm of the error, acceptance, and the next
 * step size. All of it in float32 and in base-2 logarithms: the norm is kept
 * squared, and a gain is one exp2 of a linear form (controller.h). */
#include "code/problem.h"
#include "code/record.h"
#include "part/family.h"
#include "part/list.h"

static bool uses(Number exponent)
{
    return !number_is(exponent, 0);
}

static void members(Emitter *e)
{
    const Controller *controller = e->model->controller;
    emit_line(e, "Real dt;              // of the next attempt");
    emit_line(e, "Control norm;         // of the last attempt's error, squared");
    if (uses(controller->kp) || uses(controller->kd))
        emit_line(e, "Control error_log2;   // of the last accepted step");
    if (uses(controller->kd)) emit_line(e, "Control earlier_log2; // of the one before");
    if (uses(controller->ratio)) {
        emit_line(e, "Control dt_log2;      // of the last accepted step");
        emit_line(e, "Control limit;        // keeps the first step out of the ratio");
    }
}

/* ---- a run begins ---- */

static void emit_reset(Emitter *e, const char *name, const char *value)
{
    emit_line(e, "%s = select(mask, Control(%s), %s);", name, value, name);
}

/* Its memory of steps before. */
static void restart(Emitter *e)
{
    const Controller *controller = e->model->controller;
    if (uses(controller->kp) || uses(controller->kd)) emit_reset(e, "error_log2", "0.0f");
    if (uses(controller->kd)) emit_reset(e, "earlier_log2", "0.0f");
    if (uses(controller->ratio)) {
        emit_reset(e, "dt_log2", "0.0f");
        emit_reset(e, "limit", "1e6f");
    }
}

static void emit_first_step(Emitter *e)
{
    const FamilyPart *family = e->parts->family;
    View first = family->first_rhs(e), state = view_of(e, "state"), trial = view_of(e, "proposed_state");
    View rhs = family->other_rhs(e);
    const char *each = emit_each(e, e->model->states);
    emit_comment(e, "Automatic first step (Hairer, Norsett & Wanner I, II.4).");
    emit_line(e, "FirstStep first;");
    emit_elementwise(e, "first step");
    emit_line(e, "%s first.start(%s[i], %s[i], limits.atol[i], limits.rtol[i]);", each, emit_read(e, state),
              emit_read(e, first));
    emit_line(e, "const Real h = first.trial(given);");
    emit_elementwise(e, "first step, trial state");
    emit_line(e, "%s %s[i] = %s[i] + h * %s[i];", each, emit_write(e, trial), emit_read(e, state), emit_read(e, first));
    problem_call_rhs(e, "first step, trial", rhs, trial, problem_end_time(e));
    emit_elementwise(e, "first step, change");
    emit_line(e, "%s first.change(%s[i], %s[i], %s[i], limits.atol[i], limits.rtol[i]);", each, emit_read(e, state),
              emit_read(e, first), emit_read(e, rhs));
    emit_line(e, "dt = select(mask, first.step(h, error_order, given), dt);");
}

static void begin(Emitter *e)
{
    emit_reset(e, "norm", "1.0f");
    emit_line(e, "dt = select(mask, start.step(run), dt);");
    emit_region(e, TRACE_BRANCH, "automatic first step", "if (!start.has_step && given.dt == 0)");
    emit_first_step(e);
    emit_region_end(e);
}

/* ---- a step is judged ---- */

/* norm = mean square of the weighted errors (the tolerances hold sqrt(n)); with a second estimate the
 * combination of both (Hairer, Norsett & Wanner I, II.10, eq. 10.17). */
static void emit_norm(Emitter *e)
{
    const FamilyPart *family = e->parts->family;
    bool whole = family->error_is_whole;
    if (!whole || uses(e->model->controller->ratio)) emit_line(e, "const Control hc = control(h);");
    emit_elementwise(e, "error norm");
    const char *low = family->error_low ? family->error_low(e) : NULL, *factor = whole ? "Control(1.0f)" : "hc";
    const char *state = emit_read(e, view_of(e, "state")), *proposed = emit_read(e, view_of(e, "proposed_state"));
    emit_line(e, "Control sum = 0.0f%s;", low ? ", sum_low = 0.0f" : "");
    emit_open(e, "%s", emit_each(e, e->model->states));
    emit_line(e, "sum += error_share(%s, %s[i], %s[i], %s[i], limits.atol[i], limits.rtol[i]);", factor,
              emit_read(e, view_of(e, "error")), state, proposed);
    if (low) {
        emit_line(e, "const Real low = %s;", low);
        emit_line(e, "sum_low += error_share(hc, low, %s[i], %s[i], limits.atol[i], limits.rtol[i]);", state, proposed);
    }
    emit_close(e, "");
    if (low) emit_line(e, "sum = sum * sum * reciprocal(larger(sum + sum_low * 0.01f, Control(1e-30f)));");
    emit_line(e, "norm = select(active, sum, norm);");
}

/* log2 of the gain, without its limits. */
static const char *gain_text(const Emitter *e)
{
    const Controller *controller = e->model->controller;
    Text text = text_new(e->arena);
    text_add(&text, "limits.log2_safety - limits.ki * norm_log2");
    if (uses(controller->kp)) text_add(&text, " + limits.kp * error_log2");
    if (uses(controller->kd)) text_add(&text, " - limits.kd * earlier_log2");
    return text.data;
}

static void record_error(Emitter *e)
{
    record_vector(e, "error", view_of(e, "error"), e->parts->family->error_is_whole ? NULL : "h", "error estimate");
    record_number(e, "error_norm", "sqrt(real(norm))",
                  "norm of the error estimate, weighted by step_tolerance times the tolerances; at most 1 is accepted");
}

static void judge(Emitter *e)
{
    const Controller *controller = e->model->controller;
    emit_norm(e);
    emit_line(e, "accept = accept & (norm <= Control(1.0f));");
    emit_line(e, "const Control norm_log2 = fast_log2(norm);");
    emit_line(e, "Control gain_log2 = %s;", gain_text(e));
    if (uses(controller->ratio)) {
        Text ratio = text_new(e->arena);
        number_literal(&ratio, controller->ratio, PRECISION_FLOAT32);
        emit_line(e, "const Control h_log2 = fast_log2(hc);");
        emit_line(e, "gain_log2 = select(accept, gain_log2 + (h_log2 - dt_log2) * %s + limit, Control(1e6f));",
                  ratio.data);
    }
    if (controller->at_most_i)
        emit_line(e, "gain_log2 = smaller(gain_log2, limits.log2_safety - norm_log2 * (0.5f / error_order));");
    record_error(e);
}

static void accepted(Emitter *e)
{
    const Controller *controller = e->model->controller;
    if (uses(controller->kd)) emit_line(e, "earlier_log2 = select(accept, error_log2, earlier_log2);");
    if (uses(controller->kp) || uses(controller->kd))
        emit_line(e, "error_log2 = select(accept, larger(norm_log2, Control(least_error_log2)), error_log2);");
    if (uses(controller->ratio)) {
        emit_line(e, "dt_log2 = select(accept, h_log2, dt_log2);");
        emit_line(e, "limit = select(accept, Control(0.0f), limit);");
    }
    emit_line(
        e, "const Control gain = fast_exp2(smaller(larger(gain_log2, limits.log2_min_gain), limits.log2_max_gain));");
    emit_comment(e, "An accepted step may not shrink the next below dt_min; a rejected one may, and the run fails.");
    emit_line(e, "dt = select(active, smaller(h * real(gain), Real(limits.dt_max)), dt);");
    emit_line(e, "dt = select(accept, larger(dt, Real(limits.dt_min)), dt);");
}

static void finish(Emitter *e)
{
    emit_comment(e, "Short of its end a run ran out of attempts, or its step became too small: what is not finite is "
                    "rejected again and again.");
    emit_line(e, "const Mask reached = time.value >= Real(limits.t_stop), stuck = is_stuck(time.value, dt, limits);");
    emit_line(e, "const Count small = select(norm == norm, Count(uint32_t(CUBIE_STEP_TOO_SMALL)), "
                 "Count(uint32_t(CUBIE_NOT_FINITE)));");
    emit_line(e, "const Mask short_of = whole & !reached;");
    emit_line(e, "stopped = select(short_of, select(stuck, small, Count(uint32_t(CUBIE_MAX_STEPS))), stopped);");
    emit_line(e, "good = good & reached;");
}

static bool serves(const Model *model)
{
    return model->adaptive;
}

static const char *const held[] = { "error", NULL };

const Part control_part = {
    .serves = serves,
    .held = held,
    .members = members,
    .begin = begin,
    .restart = restart,
    .judge = judge,
    .accepted = accepted,
    .finish = finish,
};
