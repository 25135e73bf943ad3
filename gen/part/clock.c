/* SPDX-License-Identifier: MIT */
/* Time and the number of steps. Adaptive steps sum up time with what rounding leaves over; fixed
 * ones count, so that time is exact. */
#include "part/list.h"

static void sizes(Scope *scope, const Model *model)
{
    scope_flag(scope, "adaptive", model->adaptive);
}

static void members(Emitter *e)
{
    emit_line(e, "Time time;");
    emit_line(e, e->model->adaptive ? "Count steps, attempts; // accepted, tried" : "Count steps;");
}

static void begin(Emitter *e)
{
    emit_if_used(e, "t", "const Real t = Real(given.t0);");
    emit_line(e, "time.begin(mask, given.t0);");
    emit_line(e, "steps = select(mask, Count(0u), steps);");
    if (e->model->adaptive) emit_line(e, "attempts = select(mask, Count(0u), attempts);");
}

static void limit(Emitter *e)
{
    if (e->model->adaptive)
        emit_line(e, "const Real t = time.value, h = smaller(dt, Real(limits.t_end) - t);");
    else
        emit_line(e, "const Real h = Real(given.dt), t = given.t0 + real(steps) * h;");
}

static void accepted(Emitter *e)
{
    if (e->model->adaptive) emit_line(e, "time.advance(accept, h);");
    if (e->model->adaptive) emit_line(e, "count_if(active, attempts);");
    emit_line(e, "count_if(accept, steps);");
}

const Part clock_part = { .sizes = sizes, .members = members, .begin = begin, .limit = limit, .accepted = accepted };
