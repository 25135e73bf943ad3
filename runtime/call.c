/* SPDX-License-Identifier: MIT */
#include "call.h"

#include <string.h>

#include "engine.h"
#include "input/sweep.h"
#include "output/saved.h"
#include "output/trace.h"

void cubie_call_begin(Call *call, const CubieProblem *problem)
{
    *call = (Call){ .report = { .program = problem->name } };
    call->batch = (Batch){ .problem = problem, .report = &call->report, .pool = &call->pool };
    call->batch.inputs = problem->parameters + problem->states;
    call->output.file.lock_file = -1;
}

/* The jump comes back here, where nothing of the call is in a register. */
static int call_try(Call *call, int (*run)(Call *call))
{
    jmp_buf failed;
    call->pool.failed = &failed;
    if (setjmp(failed) == 0) return run(call);
    cubie_system_error(&call->report, "out of memory");
    return cubie_report_end(&call->report);
}

int cubie_call_run(Call *call, int (*run)(Call *call))
{
    const int status = call_try(call, run);
    cubie_output_drop(&call->output);
    cubie_traces_free(&call->batch);
    cubie_pool_free(&call->pool);
    return status;
}

/* Options that the target of this program has no use for. */
static void call_check_target(const Batch *batch)
{
    const char *target = batch->problem->target->name;
    if (batch->options.device >= 0 && strcmp(target, "cpu") == 0)
        cubie_error(batch->report, "--device=%d: this program was built for the CPU; build it with make TARGET=cuda",
                    batch->options.device);
    if (batch->options.threads > 0 && strcmp(target, "cuda") == 0)
        cubie_warning(batch->report, "--threads has no effect on a GPU");
}

bool cubie_call_resolve(Call *call)
{
    Batch *batch = &call->batch;
    if (batch->problem->abi != CUBIE_ABI) {
        cubie_system_error(batch->report,
                           "the program was generated for another version of the runtime library; generate it again");
        return false;
    }
    cubie_options_read(batch, call->words, call->word);
    if (batch->options.help || batch->options.version) return batch->report->errors == 0;
    call_check_target(batch);
    cubie_settings_resolve(batch); /* the seed is one of them */
    cubie_sweep_resolve(batch);
    cubie_saved_resolve(batch);
    if (batch->report->errors == 0 && !batch->call) cubie_traces_resolve(batch);
    return batch->report->errors == 0;
}

bool cubie_call_open(Call *call, CubieResult *result)
{
    call->tally = cubie_tally(call->batch.problem, &call->pool);
    return cubie_output_open(&call->output, &call->batch, result);
}

bool cubie_call_integrate(Call *call, const volatile sig_atomic_t *interrupted)
{
    const double start = cubie_seconds();
    if (!cubie_engine_run(&call->batch, &call->output, &call->tally, interrupted)) {
        cubie_output_abort(&call->output);
        return false;
    }
    const double written = cubie_seconds();
    const bool closed = cubie_output_close(&call->output);
    call->tally.write_seconds += cubie_seconds() - written;
    call->tally.wall_seconds = cubie_seconds() - start;
    return closed;
}
