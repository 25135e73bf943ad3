/* SPDX-License-Identifier: MIT */
/* Step size control: the weighted norm of the error, acceptance, and the next
 * step size. All of it in float32 and in base-2 logarithms: the norm is kept
 * squared, and a gain is one exp2 of a linear form (controller.h). */
#include "part/part.h"

static bool uses(Number exponent)
{
    return !number_is(exponent, 0);
}

void control_emit_members(Emitter *e)
{
    const Controller *controller = e->model->controller;
    if (!e->model->adaptive) return;
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

static void emit_reset(Emitter *e, const char *name, const char *value)
{
    emit_line(e, "%s = select(mask, Control(%s), %s);", name, value, name);
}

static void emit_first_step(Emitter *e, const PartTree *parts)
{
    View first = parts->family->first_rhs(e, parts), state = view_of(parts->loop.state);
    View trial = view_of(parts->loop.proposed_state), rhs = parts->family->other_rhs(e, parts);
    const char *each = emit_each(e, e->model->states);
    emit_comment(e, "Automatic first step (Hairer, Norsett & Wanner I, II.4).");
    emit_line(e, "FirstStep first;");
    trace_elementwise(e->trace, "first step");
    emit_read(e, state);
    emit_read(e, first);
    emit_line(e, "%s first.start(state[i], %s[i], limits.atol[i], limits.rtol[i]);", each, first.name);
    emit_line(e, "const Real h = first.trial(given);");
    emit_write(e, trial);
    emit_line(e, "%s proposed_state[i] = state[i] + h * %s[i];", each, first.name);
    system_emit_rhs(e, "first step, trial", parts, rhs, trial, e->model->system->autonomous ? "t" : "t + h");
    trace_elementwise(e->trace, "first step, change");
    emit_read(e, state);
    emit_read(e, first);
    emit_read(e, rhs);
    emit_line(e, "%s first.change(state[i], %s[i], %s[i], limits.atol[i], limits.rtol[i]);", each, first.name,
              rhs.name);
    emit_line(e, "dt = select(mask, first.step(h, error_order, given), dt);");
}

void control_emit_begin(Emitter *e, const PartTree *parts)
{
    const Controller *controller = e->model->controller;
    if (!e->model->adaptive) return;
    emit_reset(e, "norm", "1.0f");
    if (uses(controller->kp) || uses(controller->kd)) emit_reset(e, "error_log2", "0.0f");
    if (uses(controller->kd)) emit_reset(e, "earlier_log2", "0.0f");
    if (uses(controller->ratio)) {
        emit_reset(e, "dt_log2", "0.0f");
        emit_reset(e, "limit", "1e6f");
    }
    emit_line(e, "dt = select(mask, start.step(run), dt);");
    emit_region(e, TRACE_BRANCH, "automatic first step", "if (!start.has_step && given.dt == 0)");
    emit_first_step(e, parts);
    emit_region_end(e);
}

/* norm = mean square of the weighted errors (the tolerances hold sqrt(n)); with a second estimate the
 * combination of both (Hairer, Norsett & Wanner I, II.10, eq. 10.17). */
static void emit_norm(Emitter *e, const PartTree *parts)
{
    trace_elementwise(e->trace, "error norm");
    emit_read(e, view_of(parts->loop.state));
    emit_read(e, view_of(parts->loop.proposed_state));
    emit_read(e, view_of(parts->loop.error));
    const char *low = parts->family->error_low ? parts->family->error_low(e, parts) : NULL;
    bool whole = parts->family->error_is_whole;
    if (!whole || uses(e->model->controller->ratio)) emit_line(e, "const Control hc = control(h);");
    const char *factor = whole ? "Control(1.0f)" : "hc";
    emit_line(e, "Control sum = 0.0f%s;", low ? ", sum_low = 0.0f" : "");
    emit_open(e, "%s", emit_each(e, e->model->states));
    emit_line(e, "sum += error_share(%s, error[i], state[i], proposed_state[i], limits.atol[i], limits.rtol[i]);",
              factor);
    if (low) {
        emit_line(e, "const Real low = %s;", low);
        emit_line(e, "sum_low += error_share(hc, low, state[i], proposed_state[i], limits.atol[i], limits.rtol[i]);");
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

void control_emit_judge(Emitter *e, const PartTree *parts)
{
    const Controller *controller = e->model->controller;
    emit_norm(e, parts);
    const char *untroubled = parts->linear ? " & (trouble == Count(0u))" : "";
    emit_line(e, "const Mask accept = active & (norm <= Control(1.0f))%s;", untroubled);
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
    if (parts->linear) {
        emit_line(e, "gain_log2 = select(recovers, smaller(gain_log2, Control(0.0f)), gain_log2);");
        emit_line(e, "gain_log2 = select(trouble == Count(0u), gain_log2, Control(-1.0f)); // half the step (Hairer & "
                     "Wanner II, IV.8)");
    }
    if (model_keeps_factors(e->model)) emit_line(e, "gain_log2 = select(retry, Control(0.0f), gain_log2);");
    emit_line(
        e, "const Control gain = fast_exp2(smaller(larger(gain_log2, limits.log2_min_gain), limits.log2_max_gain));");
}

void control_emit_next(Emitter *e)
{
    const Controller *controller = e->model->controller;
    if (uses(controller->kd)) emit_line(e, "earlier_log2 = select(accept, error_log2, earlier_log2);");
    if (uses(controller->kp) || uses(controller->kd))
        emit_line(e, "error_log2 = select(accept, larger(norm_log2, Control(least_error_log2)), error_log2);");
    if (uses(controller->ratio)) {
        emit_line(e, "dt_log2 = select(accept, h_log2, dt_log2);");
        emit_line(e, "limit = select(accept, Control(0.0f), limit);");
    }
    emit_comment(e, "An accepted step may not shrink the next below dt_min; a rejected one may, and the run fails.");
    emit_line(e, "dt = select(active, smaller(h * real(gain), Real(limits.dt_max)), dt);");
    emit_line(e, "dt = select(accept, larger(dt, Real(limits.dt_min)), dt);");
}
