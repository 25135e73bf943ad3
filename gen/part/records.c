/* SPDX-License-Identifier: MIT */
/* Of a traced build, what is recorded of every attempt beside what the other parts record
 * (code/record.h): `recorder` is in scope from declare on. Up to the end of the attempt
 * NAME_before is the value of counter NAME at its start. */
#include "part/list.h"

#include <string.h>

#include "code/record.h"

static void declare(Emitter *e)
{
    const CounterList counters = parts_counters(e->arena, e->parts);
    emit_line(e, "const Recorder recorder(given, active, run, %s);", e->model->adaptive ? "attempts" : "steps");
    for (int i = 0; i < counters.count; i++)
        emit_if_used(e, arena_printf(e->arena, "%s_before", counters.items[i].name), "const Count %s_before = %s;",
                     counters.items[i].name, counters.items[i].name);
}

static void limit(Emitter *e)
{
    record_number(e, "time", "t", "time at the start of the step");
    record_number(e, "step", "h", "step size");
    record_vector(e, "state", view_of(e, "state"), NULL, "state at the start of the step");
}

static void judge(Emitter *e)
{
    const CounterList counters = parts_counters(e->arena, e->parts);
    record_vector(e, "proposed_state", view_of(e, "proposed_state"), NULL,
                  "state at the end of the step, if it is accepted");
    record_flag(e, "accepted", "accept", "1 when the step was accepted, 0 when rejected");
    for (int i = 0; i < counters.count; i++) {
        const Counter *counter = &counters.items[i];
        record_count(e, counter->name, record_name(e, "%s - %s_before", counter->name, counter->name), counter->title);
    }
}

static bool serves(const Model *model)
{
    return model_records(model);
}

const Part records_part = { .serves = serves, .declare = declare, .limit = limit, .judge = judge };
