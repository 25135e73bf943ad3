/* SPDX-License-Identifier: MIT */
/* The library call: results in the caller's memory, messages too. */
#include <math.h>

#include "call.h"

/* What does not fit into the words of a command line. */
static bool library_check(Call *call, const CubieResult *result)
{
    const CubieCall *given = call->batch.call;
    Report *report = &call->report;
    if (!result) cubie_error(report, "the library call has no place for its results: outputs is NULL");
    if (given->numbers < 0 || given->words < 0)
        cubie_error(report, "a number of options below 0: %d numbers, %d words", given->numbers, given->words);
    if (given->numbers > 0 && !given->number)
        cubie_error(report, "%d numbers, but their array is NULL", given->numbers);
    if (given->words > 0 && !given->word) cubie_error(report, "%d arguments, but their array is NULL", given->words);
    for (int i = 0; given->number && i < given->numbers; i++)
        if (!given->number[i].name) cubie_error(report, "number %d has no name: it is NULL", i + 1);
    for (int i = 0; given->word && i < given->words; i++)
        if (!given->word[i]) cubie_error(report, "argument %d is NULL", i + 1);
    return report->errors == 0;
}

/* The words of the call, and its numbers as options in front of them. */
static void library_set_words(Call *call)
{
    const CubieCall *given = call->batch.call;
    const char **word = cubie_pool_array(&call->pool, (size_t)given->numbers + (size_t)given->words, sizeof *word);
    call->word = word;
    for (int i = 0; given->options && i < given->numbers; i++) {
        const double value = *(const double *)((const char *)given->options + given->number[i].offset);
        if (!isnan(value))
            word[call->words++] = cubie_pool_printf(&call->pool, "--%s=%.17g", given->number[i].name, value);
    }
    for (int i = 0; i < given->words; i++) word[call->words++] = given->word[i];
}

/* What only a program can do. */
static bool library_check_options(const Call *call)
{
    const Options *options = &call->batch.options;
    Report *report = call->batch.report;
    if (options->save) cubie_error(report, "--save has no place in a library call; arrays that are NULL are not saved");
    if (options->output) cubie_error(report, "-o has no place in a library call, which returns its results");
    if (options->help || options->version || options->describe)
        cubie_error(report, "--help, --version and --describe have no place in a library call");
    if (options->trace_runs || options->trace_attempts || options->print_trace)
        cubie_error(report, "--trace-runs, --trace-attempts and --print-trace have no place in a library call, which "
                            "returns its results");
    return report->errors == 0;
}

/* A Call whose batch knows what was given and where results go. */
typedef struct LibraryCall {
    Call call; /* first: run gets its address */
    CubieResult *result;
} LibraryCall;

static int library_run(Call *call)
{
    CubieResult *result = ((LibraryCall *)call)->result;
    Report *report = &call->report;
    if (!library_check(call, result)) return cubie_report_end(report);
    library_set_words(call);
    if (!cubie_call_resolve(call) || !library_check_options(call)) return cubie_report_end(report);
    call->batch.options.no_progress = true;
    if (!cubie_call_open(call, result) || !cubie_call_integrate(call, NULL)) return cubie_report_end(report);
    if (call->batch.options.strict && call->tally.failed)
        cubie_error(report, "%llu of %llu runs failed", (unsigned long long)call->tally.failed,
                    (unsigned long long)call->tally.runs);
    return cubie_report_end(report);
}

void cubie_clear_numbers(void *options, int numbers, const CubieNumber *number)
{
    for (int i = 0; options && number && i < numbers; i++) *(double *)((char *)options + number[i].offset) = NAN;
}

int cubie_solve(const CubieProblem *problem, const CubieCall *call, CubieResult *result)
{
    static const CubieCall nothing;
    LibraryCall library = { .result = result };
    Messages messages = { 0 };
    if (result) {
        result->runs = 0;
        messages = (Messages){ result->messages, result->messages_size, 0 };
        if (messages.text && messages.size) messages.text[0] = '\0';
    }
    if (!problem) return CUBIE_WRONG_INPUT;
    cubie_call_begin(&library.call, problem);
    library.call.report.messages = &messages;
    library.call.batch.call = call ? call : &nothing;
    return cubie_call_run(&library.call, library_run);
}
