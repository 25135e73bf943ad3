/* SPDX-License-Identifier: MIT */
/* Saved instants: they fall where the user asks, and steps keep their natural
 * length; what lies inside a step comes from dense output. */
#include "part/dense.h"

static void emit_store(Emitter *e, View view, const char *mask, int first_output, const char *instant)
{
    if (!view.count) return;
    trace_step(e->trace, "store");
    emit_read(e, view);
    emit_line(e, "store<%d, %d>(%s, %s, given, %s, run);", first_output, view.count, mask, view.name, instant);
}

void save_emit_outputs(Emitter *e, const PartTree *parts, const char *mask, View state, const char *instant)
{
    int observables_at = e->model->save_states ? e->model->states : 0;
    if (e->model->save_states) emit_store(e, state, mask, 0, instant);
    if (e->model->save_observables) emit_store(e, view_of(parts->loop.observables), mask, observables_at, instant);
}

/* The instant is at (or before) the start of the integration. */
void save_emit_start(Emitter *e, const PartTree *parts)
{
    emit_region(e, TRACE_BRANCH, "saving", "if (saving)");
    emit_line(e, "saved = select(mask, Count(0u), saved);");
    emit_line(e, "const Mask due = mask & is_due(given, saved, Real(given.t0));");
    emit_region(e, TRACE_BRANCH, "an instant is at the start", "if (any(due))");
    system_emit_observe(e, "observables", parts, view_of(parts->loop.state), "Real(given.t0)");
    save_emit_outputs(e, parts, "due", view_of(parts->loop.state), "saved");
    emit_line(e, "saved = select(due, saved + Count(1u), saved);");
    emit_region_end(e);
    emit_region_end(e);
}

static void emit_instant(Emitter *e, const PartTree *parts)
{
    emit_line(e, "const Real instant = save_time(given, saved);");
    emit_line(e, "const Real theta = step_fraction(instant, time, t, h);");
    dense_emit(e, parts);
    system_emit_observe(e, "observables", parts, view_of(parts->loop.saved_state), "instant");
    save_emit_outputs(e, parts, "due", view_of(parts->loop.saved_state), "saved");
    emit_line(e, "saved = select(due, saved + Count(1u), saved);");
    emit_line(e, "due = due & is_due(given, saved, t_new);");
}

/* Fixed steps go on to the end with what is no number. Nothing of such a step is
 * saved; the end of the run writes NaN in its place. */
static void emit_leave_out_lost(Emitter *e, const PartTree *parts)
{
    if (e->model->adaptive) return;
    View proposed = view_of(parts->loop.proposed_state);
    trace_step(e->trace, "runs that are lost");
    emit_read(e, proposed);
    emit_line(e, "%s due = due & finite(proposed_state[i]);", emit_each(e, proposed.count));
}

void save_emit_step(Emitter *e, const PartTree *parts)
{
    emit_region(e, TRACE_BRANCH, "saving", "if (saving)");
    emit_declare(e, parts->loop.saved_state);
    emit_line(e, "const Real t_new = %s;", e->model->adaptive ? "t + h" : "given.t0 + real(steps + Count(1u)) * h");
    emit_line(e, "Mask due = %s & is_due(given, saved, t_new);", e->model->adaptive ? "accept" : "active");
    emit_region(e, TRACE_BRANCH, "an instant lies in the step", "if (any(due))");
    emit_leave_out_lost(e, parts);
    parts->family->dense_begin(e, parts);
    emit_region(e, TRACE_LOOP, "every instant in the step", "while (any(due))");
    emit_instant(e, parts);
    emit_region_end(e);
    emit_region_end(e);
    emit_region_end(e);
}
