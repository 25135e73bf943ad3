/* SPDX-License-Identifier: MIT */
/* Attempts that could not be solved: `trouble`, status bits of the attempt, to which Newton's
 * method and the linear solver add, and what follows from them. An adaptive step is tried again
 * with half the size; a fixed one cannot be, and the run is lost. */
#include "part/list.h"

#include "code/record.h"
#include "code/sum.h"

static void members(Emitter *e)
{
    emit_line(e, "Count failure; // status bits of the last attempt%s", e->model->adaptive ? "" : "s");
}

static void begin(Emitter *e)
{
    emit_line(e, "failure = select(mask, Count(0u), failure);");
}

static void declare(Emitter *e)
{
    emit_line(e, "Count trouble = Count(0u); // status bits of this attempt");
}

/* The step after one that had to be halved is no longer (Hairer & Wanner II, IV.8). */
static void judge_adaptive(Emitter *e)
{
    emit_line(e, "const Mask recovers = failure != Count(0u); // the attempt before could not be solved");
    emit_line(e, "failure = select(active, trouble, failure);");
    emit_line(e, "accept = accept & (trouble == Count(0u));");
    emit_line(e, "gain_log2 = select(recovers, smaller(gain_log2, Control(0.0f)), gain_log2);");
    emit_line(e, "gain_log2 = select(trouble == Count(0u), gain_log2, Control(-1.0f)); // half the step");
}

static void judge_fixed(Emitter *e)
{
    View proposed = view_of(e, "proposed_state");
    emit_line(e, "failure = failure | select(active, trouble, Count(0u));");
    emit_elementwise(e, "runs that are lost");
    const char *name = emit_may_write(e, proposed);
    emit_line(e, "%s %s[i] = select(trouble == Count(0u), %s[i], Real(missing));", emit_each(e, proposed.count), name,
              name);
}

static void judge(Emitter *e)
{
    if (e->model->adaptive)
        judge_adaptive(e);
    else
        judge_fixed(e);
    record_count(e, "status", "trouble", "status bits of the attempt, 0 when it was solved");
}

static void finish(Emitter *e)
{
    if (!e->model->adaptive) {
        emit_line(e, "stopped = stopped | failure;");
        return;
    }
    emit_line(e, "const Count end = select(stuck, Count(uint32_t(CUBIE_STEP_TOO_SMALL)), "
                 "Count(uint32_t(CUBIE_MAX_STEPS)));");
    emit_line(e, "stopped = select(short_of & (failure != Count(0u)), failure | end, stopped);");
}

static bool serves(const Model *model)
{
    return model->matrix != NULL;
}

const Part failure_part = {
    .serves = serves, .members = members, .begin = begin, .declare = declare, .judge = judge, .finish = finish
};
