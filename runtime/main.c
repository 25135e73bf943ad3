/* SPDX-License-Identifier: MIT */
/* The program: the stages in order, signals, what is printed. */
#include <stdio.h>
#include <unistd.h>

#include "call.h"
#include "describe.h"
#include "output/trace.h"
#include "progress.h"

/* Of the one program that the process is; a library call knows no signals. */
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

/* The exit status after a failure. A broken library must not see exit(). */
static int main_fail(const Call *call)
{
    const int status = cubie_report_end(&call->report);
    if (call->output.broken) {
        fflush(NULL);
        _exit(status);
    }
    return status;
}

static int main_finish(Call *call)
{
    if (!call->batch.options.quiet) cubie_print_summary(&call->batch, &call->tally, call->output.path);
    if (call->batch.options.print_trace) cubie_traces_print(&call->batch);
    if (fflush(stdout) != 0) {
        cubie_system_error(&call->report, "cannot write standard output");
        return cubie_report_end(&call->report);
    }
    return call->batch.options.strict && call->tally.failed ? CUBIE_WRONG_INPUT : CUBIE_DONE;
}

static int main_integrate(Call *call)
{
    signal(SIGXFSZ, SIG_IGN); /* a file that is too large is an error of write */
    if (!cubie_call_open(call, NULL)) return main_fail(call);
    main_interrupted = 0;
    main_catch(SIGINT);
    main_catch(SIGTERM);
    if (cubie_call_integrate(call, &main_interrupted)) return main_finish(call);
    if (call->report.errors) return main_fail(call);
    fprintf(stderr, "%s: interrupted; nothing was written to %s\n", call->report.program, call->output.path);
    return CUBIE_INTERRUPTED;
}

/* The answer to --help and the like, or the run. */
static int main_run(Call *call)
{
    if (!cubie_call_resolve(call)) return cubie_report_end(&call->report);
    const Options *options = &call->batch.options;
    if (options->help)
        cubie_print_help(&call->batch);
    else if (options->version)
        cubie_print_version(&call->batch);
    else if (options->describe)
        cubie_print_description(&call->batch);
    else
        return main_integrate(call);
    if (fflush(stdout) == 0) return CUBIE_DONE;
    cubie_system_error(&call->report, "cannot write standard output");
    return CUBIE_SYSTEM;
}

int cubie_main(const CubieProblem *problem, int argc, char **argv)
{
    Call call;
    if (!problem) return CUBIE_WRONG_INPUT;
    cubie_call_begin(&call, problem);
    call.words = argv && argc > 0 ? argc - 1 : 0;
    call.word = (const char *const *)argv + (call.words > 0);
    return cubie_call_run(&call, main_run);
}
