/* SPDX-License-Identifier: MIT */
#include "options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/intern.h"

const char *const options_stages[] = { "spec", "system", "rhs", "buffers", "trace", "layout", "source" };
const int options_stage_count = sizeof options_stages / sizeof *options_stages;

static const char *const topics[] = { "algorithms", "controllers", "settings", "buffers", "metrics", "functions" };
enum { TOPIC_COUNT = sizeof topics / sizeof *topics, HELP_COLUMN = 29, HELP_WIDTH = 90 };

const OptionText options_texts[] = {
    { "-o", "--output=DIR", "write the project into DIR" },
    { NULL, "--layout[=text|json]",
      "print where every buffer lies, of a problem or of a bare buffer spec (which NAME=VALUE then updates)" },
    { NULL, "--check",
      "write nothing; exit 1 unless the project is exactly what would be generated, and say what differs" },
    { NULL, "--list[=WHAT]", "print algorithms, controllers, settings, buffers, metrics or functions" },
    { NULL, "--dump=STAGE", "print what a stage made: spec, system, rhs, buffers, trace, layout, source" },
    { NULL, "--man", "print the manual in roff" },
    { NULL, "--help", "print this" },
    { NULL, "--version", "print the version" },
};
const int options_text_count = sizeof options_texts / sizeof *options_texts;

static const char *const long_options[] = {
    "--layout", "--layout=text", "--layout=json", "--check",   "--list",
    "--dump",   "--man",         "--help",        "--version", "--output",
};

static _Noreturn void usage(const char *format, const char *word)
{
    fprintf(stderr, "cubie-gen: error: ");
    fprintf(stderr, format, word);
    fprintf(stderr, "\nTry 'cubie-gen --help'.\n");
    exit(EXIT_USAGE);
}

static const char *want_topic(const char *option, const char *topic, const char *const *names, int count)
{
    for (int i = 0; i < count; i++)
        if (!strcmp(topic, names[i])) return names[i];
    fprintf(stderr, "cubie-gen: error: %s=%s: it must be one of", option, topic);
    for (int i = 0; i < count; i++) fprintf(stderr, "%s %s", i ? "," : "", names[i]);
    fprintf(stderr, "\n");
    exit(EXIT_USAGE);
}

static _Noreturn void unknown_option(const char *word)
{
    const char *near = nearest_name(word, long_options, (int)(sizeof long_options / sizeof *long_options));
    fprintf(stderr, "cubie-gen: error: unknown option '%s'", word);
    if (near) fprintf(stderr, "; did you mean '%s'?", near);
    fprintf(stderr, "\nTry 'cubie-gen --help'.\n");
    exit(EXIT_USAGE);
}

/* The text after "NAME=" when the word is that option, else NULL. */
static const char *value_of(const char *word, const char *name)
{
    size_t length = strlen(name);
    return !strncmp(word, name, length) && word[length] == '=' ? word + length + 1 : NULL;
}

static void read_option(Options *options, const char *word)
{
    const char *value;
    if (!strcmp(word, "--help"))
        options->action = ACTION_HELP;
    else if (!strcmp(word, "--man"))
        options->action = ACTION_MAN;
    else if (!strcmp(word, "--runtime-settings"))
        options->action = ACTION_RUNTIME_SETTINGS;
    else if (!strcmp(word, "--version"))
        options->action = ACTION_VERSION;
    else if (!strcmp(word, "--check"))
        options->action = ACTION_CHECK;
    else if (!strcmp(word, "--layout") || !strcmp(word, "--layout=text"))
        options->action = ACTION_LAYOUT_TEXT;
    else if (!strcmp(word, "--layout=json"))
        options->action = ACTION_LAYOUT_JSON;
    else if (!strcmp(word, "--list"))
        options->action = ACTION_LIST, options->topic = "";
    else if ((value = value_of(word, "--list")))
        options->action = ACTION_LIST, options->topic = want_topic("--list", value, topics, TOPIC_COUNT);
    else if ((value = value_of(word, "--dump")))
        options->action = ACTION_DUMP,
        options->topic = want_topic("--dump", value, options_stages, options_stage_count);
    else if ((value = value_of(word, "--output")))
        options->directory = value;
    else
        unknown_option(word);
}

/* NAME=VALUE; items of a list are separated by commas, in braces or not. */
static void add_assignment(Arena *arena, Options *options, const char *word)
{
    const char *equals = strchr(word, '=');
    Assignment *assignment = array_push(arena, &options->assignments);
    assignment->name = intern_bytes(word, (size_t)(equals - word));
    assignment->text = intern(equals + 1);
    ARRAY(const char *) items = { 0 };
    for (const char *start = equals + 1;;) {
        size_t length = strcspn(start, ",");
        *array_push(arena, &items) = intern_bytes(start, length);
        if (!start[length]) break;
        start += length + 1;
    }
    assignment->count = items.count;
    assignment->items = items.items;
}

static bool is_assignment(const char *word)
{
    const char *equals = strchr(word, '=');
    return equals && equals != word && !memchr(word, '/', (size_t)(equals - word));
}

static void read_word(Arena *arena, Options *options, char **argv, int *i)
{
    const char *word = argv[*i];
    if (!strcmp(word, "-o") || !strcmp(word, "--output")) {
        if (!argv[*i + 1]) usage("%s needs a directory", word);
        options->directory = argv[++*i];
    } else if (word[0] == '-' && word[1]) {
        read_option(options, word);
    } else if (is_assignment(word)) {
        add_assignment(arena, options, word);
    } else if (options->problem) {
        usage("more than one problem file: '%s'", word);
    } else {
        options->problem = word;
    }
}

Options options_read(Arena *arena, int argc, char **argv)
{
    Options options = { .topic = "" };
    for (int i = 1; i < argc; i++) read_word(arena, &options, argv, &i);
    if (options.action < ACTION_LIST && !options.problem) usage("%s", "no problem file was given");
    if (options.directory && !*options.directory) usage("%s", "-o needs a directory");
    return options;
}

/* The words of a text, in lines of HELP_WIDTH from column HELP_COLUMN on. */
static void print_help(const char *text)
{
    int column = HELP_COLUMN;
    for (const char *word = text; *word; word += strspn(word, " ")) {
        int length = (int)strcspn(word, " ");
        if (column > HELP_COLUMN && column + length >= HELP_WIDTH) column = printf("\n%*s", HELP_COLUMN, "") - 1;
        column += printf("%s%.*s", column > HELP_COLUMN ? " " : "", length, word);
        word += length;
    }
    puts("");
}

void options_print_help(void)
{
    fputs("Usage: cubie-gen [OPTION]... PROBLEM.lua [NAME=VALUE]...\n"
          "Write a standalone batch integrator for an initial value problem.\n"
          "\n"
          "The project goes into ./NAME/, where NAME is that of the problem; `make` builds it with\n"
          "nvcc where there is one and a GPU, else for the CPU. NAME=VALUE changes a setting; a number\n"
          "may be arithmetic (duration='2*pi'). PROBLEM.lua may be -: standard input, with modules beside\n"
          "the working directory.\n"
          "\n",
          stdout);
    for (int i = 0; i < options_text_count; i++) {
        const OptionText *option = &options_texts[i];
        int column =
            printf("  %s%s %s", option->letter ? option->letter : "  ", option->letter ? "," : " ", option->name);
        printf("%*s", column < HELP_COLUMN - 1 ? HELP_COLUMN - column : 2, "");
        print_help(option->help);
    }
    fputs("\nExit status: 0 done, 1 the input is wrong or --check differs, 2 usage, 3 the system\n"
          "failed (disk, memory).\n",
          stdout);
}
