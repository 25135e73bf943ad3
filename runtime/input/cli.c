/* SPDX-License-Identifier: MIT */
/* The command line: [OPTION]... [NAME=VALUES]... An option's argument follows
 * '=' or is the next word; later ones win. NAME is an input, or, when no input
 * has that name, an option that takes an argument (rtol=1e-8, runs=100). */
#include <stdio.h>
#include <string.h>

#include "batch.h"
#include "rule/real.h"

typedef enum OptionId {
    OPTION_OUTPUT,
    OPTION_SAVE,
    OPTION_ZIP,
    OPTION_PRODUCT,
    OPTION_INPUT,
    OPTION_RUNS,
    OPTION_DEVICE,
    OPTION_CHUNK,
    OPTION_THREADS,
    OPTION_TRACE_RUNS,
    OPTION_TRACE_ATTEMPTS,
    OPTION_PRINT_TRACE,
    OPTION_NO_PROGRESS,
    OPTION_QUIET,
    OPTION_STRICT,
    OPTION_DESCRIBE,
    OPTION_HELP,
    OPTION_VERSION
} OptionId;

typedef struct Option {
    OptionId id;
    const char *name;
    char letter;
    const char *argument; /* NULL: takes none */
    const char *help;
} Option;

static const Option option_table[] = {
    { OPTION_OUTPUT, "output", 'o', "FILE", "write FILE.nc or FILE.csv; - is CSV on standard output" },
    { OPTION_SAVE, "save", 0, "NAMES", "save these outputs, for example x,radius,u[3] (default: all)" },
    { OPTION_INPUT, "input", 0, "FILE", "inputs are the columns of a CSV file, one run a row" },
    { OPTION_ZIP, "zip", 0, NULL, "the sweeps go together, value by value" },
    { OPTION_PRODUCT, "product", 0, NULL, "the sweeps form a grid, the last one fastest" },
    { OPTION_RUNS, "runs", 0, "N", "number of runs, for random values" },
    { OPTION_DEVICE, "device", 0, "N", "which GPU" },
    { OPTION_THREADS, "threads", 0, "N", "CPU threads (default: all)" },
    { OPTION_CHUNK, "chunk", 0, "N", "runs integrated at once (default: as memory allows)" },
    { OPTION_TRACE_RUNS, "trace-runs", 0, "LIST", "runs whose attempts are recorded (default: 0)" },
    { OPTION_TRACE_ATTEMPTS, "trace-attempts", 0, "N", "attempts of each that are recorded (default: 10000)" },
    { OPTION_PRINT_TRACE, "print-trace", 0, NULL, "print them on standard output" },
    { OPTION_STRICT, "strict", 0, NULL, "exit with status 1 when a run failed" },
    { OPTION_QUIET, "quiet", 'q', NULL, "no summary and no progress" },
    { OPTION_NO_PROGRESS, "no-progress", 0, NULL, "no progress bar" },
    { OPTION_DESCRIBE, "describe", 0, NULL, "print inputs, outputs, settings and the sweep, and stop" },
    { OPTION_HELP, "help", 'h', NULL, "print this and stop" },
    { OPTION_VERSION, "version", 'V', NULL, "print the version and stop" },
};
enum { OPTIONS = sizeof option_table / sizeof *option_table };

/* Equal when '-' and '_' are taken for the same. */
static bool cli_same(const char *a, const char *b)
{
    for (; *a && *b; a++, b++)
        if ((*a == '_' ? '-' : *a) != (*b == '_' ? '-' : *b)) return false;
    return *a == *b;
}

static const Option *cli_find(const char *name)
{
    for (int i = 0; i < OPTIONS; i++)
        if (cli_same(option_table[i].name, name)) return &option_table[i];
    return NULL;
}

static const Option *cli_find_letter(char letter)
{
    for (int i = 0; i < OPTIONS; i++)
        if (option_table[i].letter == letter) return &option_table[i];
    return NULL;
}

static const char *cli_with(Pool *pool, const char *name, char from, char to)
{
    char *copy = cubie_pool_text(pool, name, strlen(name));
    for (char *c = copy; *c; c++)
        if (*c == from) *c = to;
    return copy;
}

/* The name of a setting, for the way it is written as an option. */
static const char *cli_underscored(Pool *pool, const char *name)
{
    return cli_with(pool, name, '-', '_');
}

int cubie_input_find(const CubieProblem *problem, const char *name)
{
    for (int i = 0; i < problem->parameters + problem->states; i++)
        if (strcmp(problem->input[i].name, name) == 0 || strcmp(problem->input[i].code, name) == 0) return i;
    return -1;
}

static uint64_t cli_whole(Batch *batch, const Option *option, const char *text, uint64_t least, uint64_t most)
{
    uint64_t value;
    const RuleQuote shown = real_shown(piece_of(text));
    if (real_read_whole(&value, piece_of(text), most) && value >= least) return value;
    if (most == UINT64_MAX)
        cubie_error(batch->report, "--%s=%s: expected a whole number from %llu", option->name, shown.text,
                    (unsigned long long)least);
    else
        cubie_error(batch->report, "--%s=%s: expected a whole number from %llu to %llu", option->name, shown.text,
                    (unsigned long long)least, (unsigned long long)most);
    return 0;
}

static void cli_apply_value(Batch *batch, const Option *option, const char *text)
{
    Options *options = &batch->options;
    switch (option->id) {
    case OPTION_OUTPUT: options->output = text; break;
    case OPTION_SAVE: options->save = text; break;
    case OPTION_INPUT: options->input = text; break;
    case OPTION_RUNS: options->runs = cli_whole(batch, option, text, 1, UINT64_MAX); break;
    case OPTION_DEVICE: options->device = (int)cli_whole(batch, option, text, 0, 1023); break;
    case OPTION_TRACE_RUNS: options->trace_runs = text; break;
    case OPTION_TRACE_ATTEMPTS:
        options->trace_attempts = (uint32_t)cli_whole(batch, option, text, 1, UINT32_MAX);
        break;
    case OPTION_THREADS: options->threads = (int)cli_whole(batch, option, text, 1, 65535); break;
    default: options->chunk = (uint32_t)cli_whole(batch, option, text, 1, UINT32_MAX / 2);
    }
}

static void cli_apply_flag(Options *options, OptionId id)
{
    switch (id) {
    case OPTION_ZIP:
    case OPTION_PRODUCT:
        options->zip = id == OPTION_ZIP;
        options->product = id == OPTION_PRODUCT;
        break;
    case OPTION_STRICT: options->strict = true; break;
    case OPTION_PRINT_TRACE: options->print_trace = true; break;
    case OPTION_QUIET: options->quiet = true; break;
    case OPTION_NO_PROGRESS: options->no_progress = true; break;
    case OPTION_DESCRIBE: options->describe = true; break;
    case OPTION_HELP: options->help = true; break;
    default: options->version = true;
    }
}

static void cli_suggest_options(Suggestion *near)
{
    for (int i = 0; i < OPTIONS; i++) cubie_suggest_try(near, option_table[i].name);
    cubie_setting_suggest(near);
}

static void cli_unknown_option(Batch *batch, const char *setting)
{
    Suggestion near = cubie_suggest(setting);
    cli_suggest_options(&near);
    const char *name = cli_with(batch->pool, setting, '_', '-');
    if (near.best)
        cubie_usage_error(batch->report, "unknown option --%s; did you mean --%s?", name,
                          cli_with(batch->pool, near.best, '_', '-'));
    else
        cubie_usage_error(batch->report, "unknown option --%s", name);
}

static void cli_add(AssignmentList *list, const char *name, const char *value, const char *word)
{
    list->item[list->count++] = (Assignment){ name, value, word };
}

/* --NAME, --NAME=VALUE or --NAME VALUE; returns the words used beyond the first. */
static int cli_read_long(Batch *batch, const char *word, const char *next)
{
    const char *equals = strchr(word, '=');
    const char *name = equals ? cubie_pool_text(batch->pool, word + 2, (size_t)(equals - word - 2)) : word + 2;
    const Option *option = cli_find(name);
    const char *setting = cli_underscored(batch->pool, name);
    if (!option && !cubie_setting_find(setting)) {
        cli_unknown_option(batch, setting);
        return !equals && next && next[0] != '-' && !strchr(next, '='); /* its argument, most likely */
    }
    if (option && !option->argument) {
        if (equals)
            cubie_usage_error(batch->report, "--%s takes no argument", option->name);
        else
            cli_apply_flag(&batch->options, option->id);
        return 0;
    }
    const char *value = equals ? equals + 1 : next;
    if (!value) {
        cubie_usage_error(batch->report, "--%s needs an argument", name);
        return 0;
    }
    if (option)
        cli_apply_value(batch, option, value);
    else
        cli_add(&batch->options.settings, setting, value, word);
    return !equals;
}

/* -q, -oFILE or -o FILE. */
static int cli_read_short(Batch *batch, const char *word, const char *next)
{
    const Option *option = cli_find_letter(word[1]);
    if (!option || (!option->argument && word[2])) {
        cubie_usage_error(batch->report, "unknown option %s", word);
        return 0;
    }
    if (!option->argument) {
        cli_apply_flag(&batch->options, option->id);
        return 0;
    }
    const char *value = word[2] ? word + 2 : next;
    if (!value)
        cubie_usage_error(batch->report, "-%c needs an argument", word[1]);
    else
        cli_apply_value(batch, option, value);
    return !word[2] && value;
}

static void cli_unknown_name(Batch *batch, const char *name)
{
    const CubieProblem *problem = batch->problem;
    Suggestion near = cubie_suggest(name);
    const char *first = cubie_pool_printf(batch->pool, "%s[1]", name);
    for (int i = 0; i < batch->inputs; i++) {
        if (strcmp(problem->input[i].name, first) == 0) {
            cubie_error(batch->report, "'%s' is a vector; set its elements, for example %s[1]=1", name, name);
            return;
        }
        cubie_suggest_try(&near, problem->input[i].name);
        cubie_suggest_try(&near, problem->input[i].code);
    }
    for (int i = 0; i < problem->outputs; i++) /* of the states, all are inputs */
        if (problem->output[i].dimension == CUBIE_OF_INSTANT && strcmp(problem->output[i].name, name) == 0) {
            cubie_error(batch->report, "'%s' is an observable; only parameters and initial values can be set", name);
            return;
        }
    cli_suggest_options(&near);
    cubie_error(batch->report, "unknown name '%s'%s", real_shown(piece_of(name)).text,
                cubie_suggest_text(&near, batch->pool));
}

static void cli_read_assignment(Batch *batch, const char *word)
{
    const char *equals = strchr(word, '=');
    if (!equals || equals == word) {
        cubie_usage_error(batch->report, "'%s' is neither an option nor NAME=VALUES", real_shown(piece_of(word)).text);
        return;
    }
    const char *name = cubie_pool_text(batch->pool, word, (size_t)(equals - word));
    const char *setting = cli_underscored(batch->pool, name);
    const Option *option = cli_find(name);
    if (cubie_input_find(batch->problem, name) >= 0)
        cli_add(&batch->options.inputs, name, equals + 1, word);
    else if (cubie_setting_find(setting))
        cli_add(&batch->options.settings, setting, equals + 1, word);
    else if (option && option->argument)
        cli_apply_value(batch, option, equals + 1);
    else
        cli_unknown_name(batch, name);
}

static const char *cli_join(Pool *pool, int words, const char *const *word)
{
    const char *text = "";
    for (int i = 0; i < words; i++) text = cubie_pool_printf(pool, "%s%s%s", text, i ? " " : "", word[i]);
    return text;
}

void cubie_options_read(Batch *batch, int words, const char *const *word)
{
    Options *options = &batch->options;
    *options = (Options){ .device = -1 };
    options->inputs.item = cubie_pool_array(batch->pool, (size_t)words, sizeof(Assignment));
    options->settings.item = cubie_pool_array(batch->pool, (size_t)words, sizeof(Assignment));
    options->arguments = cli_join(batch->pool, words, word);
    bool only_names = false;
    for (int i = 0; i < words; i++) {
        const char *next = i + 1 < words ? word[i + 1] : NULL;
        if (only_names || word[i][0] != '-')
            cli_read_assignment(batch, word[i]);
        else if (strcmp(word[i], "--") == 0)
            only_names = true;
        else if (word[i][1] == '-')
            i += cli_read_long(batch, word[i], next);
        else
            i += cli_read_short(batch, word[i], next);
    }
}

static bool cli_is_of_traces(OptionId id)
{
    return id == OPTION_TRACE_RUNS || id == OPTION_TRACE_ATTEMPTS || id == OPTION_PRINT_TRACE;
}

static void cli_print_option(const char *name, char letter, const char *argument, const char *help)
{
    char left[40];
    snprintf(left, sizeof left, "%c%c%s--%s%s%s", letter ? '-' : ' ', letter ? letter : ' ', letter ? ", " : "  ", name,
             argument ? "=" : "", argument ? argument : "");
    if (strlen(left) > 24)
        printf("  %s\n%27s%s\n", left, "", help);
    else
        printf("  %-24s %s\n", left, help);
}

static void cli_print_setting(const Batch *batch, const Setting *setting)
{
    const char *initial = cubie_setting_default(batch->problem, setting);
    const char *help = setting->help;
    if (*initial) help = cubie_pool_printf(batch->pool, "%s (default: %s)", help, real_shown(piece_of(initial)).text);
    cli_print_option(cli_with(batch->pool, setting->name, '_', '-'), 0, "VALUE", help);
}

void cubie_print_help(const Batch *batch)
{
    const CubieProblem *problem = batch->problem;
    printf("Usage: %s [OPTION]... [NAME=VALUES]...\n"
           "Integrates the problem '%s' for every combination of the values given.\n\n"
           "NAME is a parameter or a state (its initial value); --describe lists them.\n"
           "VALUES:\n"
           "  28  8/3  2*pi        one value: a number, or + - * / ^ ( ), pi, sqrt, exp, log and the like\n"
           "  1,2,3                a list\n"
           "  0:21:1000            1000 values from 0 to 21\n"
           "  geom:1e-3:1e3:100    100 values with equal ratios\n"
           "  uniform:0:1          random, uniform (with --runs=N)\n"
           "  normal:0:0.1         random, mean and standard deviation\n"
           "  file:p.csv:k1        a column of a CSV file\n"
           "Sweeps form a grid, the last one fastest, unless --zip. They replace the problem's own\n"
           "sweep of the same name; its other sweeps stay; one value ends a sweep. A table (--input)\n"
           "takes the place of all of the problem's sweeps, unless --product or --zip keeps them;\n"
           "sweeps of the command line multiply its rows. NAME=VALUE sets options and settings, too.\n\n"
           "Options:\n",
           batch->report->program, problem->name);
    for (int i = 0; i < OPTIONS; i++)
        if (problem->records || !cli_is_of_traces(option_table[i].id))
            cli_print_option(option_table[i].name, option_table[i].letter, option_table[i].argument,
                             option_table[i].help);
    printf("\nSettings:\n");
    for (int i = 0; cubie_setting_at(i); i++)
        if (cubie_setting_used(problem, cubie_setting_at(i)->rule.name))
            cli_print_setting(batch, &cubie_setting_at(i)->rule);
    printf("\nExit status: 0 done, 1 wrong input, 2 usage, 3 the system failed, 130 interrupted.\n");
}

void cubie_print_version(const Batch *batch)
{
    const CubieProblem *problem = batch->problem;
    printf("%s, written by %s (problem %s)\n", problem->name, problem->generator, problem->hash);
}
