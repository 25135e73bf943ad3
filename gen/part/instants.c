/* SPDX-License-Identifier: MIT */
#include "part/instants.h"

#include "code/sum.h"
#include "part/dense.h"
#include "part/family.h"

static void emit_instant(Emitter *e, const Instant *at)
{
    PARTS_WALK(e, instant, e, at);
}

void instants_emit_members(Emitter *e)
{
    emit_line(e, "Count saved; // instants");
}

void instants_emit_begin(Emitter *e)
{
    const Instant at = { view_of(e, "state"), "Real(given.t0)", "due", "saved" };
    emit_region(e, TRACE_BRANCH, "saving", "if (saving)");
    emit_line(e, "saved = select(mask, Count(0u), saved);");
    emit_line(e, "const Mask due = mask & is_due(given, saved, Real(given.t0));");
    emit_region(e, TRACE_BRANCH, "an instant is at the start", "if (any(due))");
    emit_instant(e, &at);
    emit_line(e, "saved = select(due, saved + Count(1u), saved);");
    emit_region_end(e);
    emit_region_end(e);
}

static void emit_inside(Emitter *e)
{
    const Instant at = { view_of(e, "saved_state"), "instant", "due", "saved" };
    emit_if_used(e, "instant", "const Real instant = save_time(given, saved);");
    emit_line(e, "const Real theta = step_fraction(instant, time, t, h);");
    dense_emit(e);
    emit_instant(e, &at);
    emit_line(e, "saved = select(due, saved + Count(1u), saved);");
    emit_line(e, "due = due & is_due(given, saved, t_new);");
}

/* Fixed steps go on to the end with what is no number. Nothing of such a step is
 * saved; the end of the run writes NaN in its place. */
static void emit_leave_out_lost(Emitter *e)
{
    if (e->model->adaptive) return;
    View proposed = view_of(e, "proposed_state");
    emit_step(e, "runs that are lost");
    emit_line(e, "%s due = due & finite(%s[i]);", emit_each(e, proposed.count), emit_read(e, proposed));
}

void instants_emit_step(Emitter *e)
{
    emit_region(e, TRACE_BRANCH, "saving", "if (saving)");
    emit_declare(e, "saved_state");
    emit_line(e, "const Real t_new = %s;", e->model->adaptive ? "t + h" : "given.t0 + real(steps + Count(1u)) * h");
    emit_line(e, "Mask due = accept & is_due(given, saved, t_new);");
    emit_region(e, TRACE_BRANCH, "an instant lies in the step", "if (any(due))");
    emit_leave_out_lost(e);
    e->parts->family->dense_begin(e);
    emit_region(e, TRACE_LOOP, "every instant in the step", "while (any(due))");
    emit_inside(e);
    emit_region_end(e);
    emit_region_end(e);
    emit_region_end(e);
}

void instants_emit_finish(Emitter *e)
{
    const Instant at = { view_of(e, "state"), "Real(limits.t_end)", "mask & good", "saved" };
    emit_region(e, TRACE_BRANCH, "end state", "if (!saving)");
    emit_line(e, "saved = select(mask, Count(0u), saved);");
    emit_instant(e, &at);
    emit_region_end(e);
    emit_line(e, "store_missing(mask & !good, given, saved, run);");
}
