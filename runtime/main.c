/* SPDX-License-Identifier: MIT */
/* The program and the library call: the stages in order. */
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cubie/problem.h"
#include "describe.h"
#include "engine.h"
#include "input/sweep.h"
#include "output/saved.h"
#include "output/trace.h"
#include "progress.h"

static volatile sig_atomic_t main_interrupted;

static void main_interrupt(int number)
{
    (void)number;
    main_interrupted = 1;
}

/* Ctrl-C and kill end the batch in order; a second one ends the program. What
 * the caller ignores (nohup, background jobs) stays ignored. */
static void main_catch(int number)
{
    struct sigaction action = { .sa_handler = main_interrupt, .sa_flags = (int)SA_RESETHAND }, old;
    sigemptyset(&action.sa_mask);
    if (sigaction(number, NULL, &old) == 0 && old.sa_handler != SIG_IGN) sigaction(number, &action, NULL);
}

/* Options that the target of this program has no use for. */
static void main_check_target(const Batch *batch)
{
    const char *target = batch->problem->target->name;
    if (batch->options.device >= 0 && strcmp(target, "cpu") == 0)
        cubie_error(batch->report, "--device=%d: this program was built for the CPU; build it with make TARGET=cuda",
                    batch->options.device);
    if (batch->options.threads > 0 && strcmp(target, "cuda") == 0)
        cubie_warning(batch->report, "--threads has no effect on a GPU");
}

static bool main_resolve(Batch *batch, int words, const char *const *word)
{
    const CubieProblem *problem = batch->problem;
    if (problem->abi != CUBIE_ABI) {
        cubie_system_error(batch->report,
                           "the program was generated for another version of the runtime library; generate it again");
        return false;
    }
    cubie_options_read(batch, words, word);
    if (batch->options.help || batch->options.version) return batch->report->errors == 0;
    main_check_target(batch);
    cubie_settings_resolve(batch); /* the seed is one of them */
    cubie_sweep_resolve(batch);
    cubie_saved_resolve(batch);
    if (batch->report->errors == 0 && !batch->call) cubie_traces_resolve(batch);
    return batch->report->errors == 0;
}

/* Integrates into an open output and closes it. */
static bool main_integrate(const Batch *batch, Output *output, Tally *tally, const volatile sig_atomic_t *interrupted)
{
    const double start = cubie_seconds();
    if (!cubie_engine_run(batch, output, tally, interrupted)) {
        cubie_output_abort(output);
        return false;
    }
    const double written = cubie_seconds();
    const bool closed = cubie_output_close(output);
    tally->write_seconds += cubie_seconds() - written;
    tally->wall_seconds = cubie_seconds() - start;
    return closed;
}

/* The exit status after a failure. A broken library must not see exit(). */
static int main_fail(const Batch *batch, const Output *output)
{
    const int status = cubie_report_end(batch->report);
    if (output->broken) {
        fflush(NULL);
        _exit(status);
    }
    return status;
}

static int main_run(const Batch *batch)
{
    Output output;
    signal(SIGXFSZ, SIG_IGN); /* a file that is too large is an error of write */
    Tally tally = cubie_tally(batch->problem, batch->pool);
    if (!cubie_output_open(&output, batch, NULL)) return main_fail(batch, &output);
    main_interrupted = 0;
    main_catch(SIGINT);
    main_catch(SIGTERM);
    const bool done = main_integrate(batch, &output, &tally, &main_interrupted);
    if (!done && batch->report->errors == 0) {
        fprintf(stderr, "%s: interrupted; nothing was written to %s\n", batch->report->program, output.path);
        return CUBIE_INTERRUPTED;
    }
    if (!done) return main_fail(batch, &output);
    if (!batch->options.quiet) cubie_print_summary(batch, &tally, output.path);
    if (batch->options.print_trace) cubie_traces_print(batch);
    if (fflush(stdout) != 0) {
        cubie_system_error(batch->report, "cannot write standard output");
        return cubie_report_end(batch->report);
    }
    return batch->options.strict && tally.failed ? CUBIE_WRONG_INPUT : CUBIE_DONE;
}

/* The answer to --help and the like, or the run. */
static int main_answer(const Batch *batch)
{
    if (batch->options.help)
        cubie_print_help(batch);
    else if (batch->options.version)
        cubie_print_version(batch);
    else if (batch->options.describe)
        cubie_print_description(batch);
    else
        return main_run(batch);
    if (fflush(stdout) == 0) return CUBIE_DONE;
    cubie_system_error(batch->report, "cannot write standard output");
    return CUBIE_SYSTEM;
}

int cubie_main(const CubieProblem *problem, int argc, char **argv)
{
    Pool pool = { NULL };
    Report report = { .program = problem->name };
    Batch batch = { .problem = problem, .report = &report, .pool = &pool };
    batch.inputs = problem->parameters + problem->states;
    const bool resolved = main_resolve(&batch, argc > 0 ? argc - 1 : 0, (const char *const *)argv + (argc > 0));
    const int status = resolved ? main_answer(&batch) : cubie_report_end(&report);
    cubie_traces_free(&batch);
    cubie_pool_free(&pool);
    return status;
}

/* What a library call, which returns its results, cannot do. */
static void main_check_call(const Batch *batch, const CubieResult *result)
{
    const Options *options = &batch->options;
    if (options->save)
        cubie_error(batch->report, "--save has no place in a library call; arrays that are NULL are not saved");
    if (options->output) cubie_error(batch->report, "-o has no place in a library call, which returns its results");
    if (options->help || options->version || options->describe)
        cubie_error(batch->report, "--help, --version and --describe have no place in a library call");
    if (options->trace_runs || options->trace_attempts || options->print_trace)
        cubie_error(batch->report,
                    "--trace-runs, --trace-attempts and --print-trace have no place in a library call, which "
                    "returns its results");
    if (!result) cubie_error(batch->report, "the library call has no place for its results: outputs is NULL");
}

static int main_solve(const Batch *batch, CubieResult *result)
{
    Output output;
    Tally tally = cubie_tally(batch->problem, batch->pool);
    main_check_call(batch, result);
    if (batch->report->errors) return cubie_report_end(batch->report);
    if (cubie_output_open(&output, batch, result)) main_integrate(batch, &output, &tally, NULL);
    if (batch->report->errors) return cubie_report_end(batch->report);
    return batch->options.strict && tally.failed ? CUBIE_WRONG_INPUT : CUBIE_DONE;
}

/* The words of the call, and its numbers as options in front of them. */
static const char *const *main_words(Pool *pool, const CubieCall *call, int *count)
{
    const char **word = cubie_pool_array(pool, (size_t)(call->numbers + call->words), sizeof *word);
    *count = 0;
    for (int i = 0; i < call->numbers; i++) {
        const double value = *(const double *)((const char *)call->options + call->number[i].offset);
        if (!isnan(value)) word[(*count)++] = cubie_pool_printf(pool, "--%s=%.17g", call->number[i].name, value);
    }
    for (int i = 0; i < call->words; i++) word[(*count)++] = call->word[i];
    return word;
}

void cubie_clear_numbers(void *options, int numbers, const CubieNumber *number)
{
    for (int i = 0; i < numbers; i++) *(double *)((char *)options + number[i].offset) = NAN;
}

int cubie_solve(const CubieProblem *problem, const CubieCall *call, CubieResult *result)
{
    Pool pool = { NULL };
    Report report = { .program = problem->name };
    Batch batch = { .problem = problem, .report = &report, .pool = &pool, .call = call };
    batch.inputs = problem->parameters + problem->states;
    if (result) result->runs = 0;
    int words;
    const char *const *word = main_words(&pool, call, &words);
    const bool resolved = main_resolve(&batch, words, word);
    batch.options.no_progress = true;
    const int status = resolved ? main_solve(&batch, result) : cubie_report_end(&report);
    cubie_pool_free(&pool);
    return status;
}
