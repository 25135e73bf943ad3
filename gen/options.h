/* SPDX-License-Identifier: MIT */
/* The command line of cubie-gen. */
#ifndef OPTIONS_H
#define OPTIONS_H

#include "system/spec.h"

typedef enum Action {
    ACTION_GENERATE,
    ACTION_CHECK,
    ACTION_LAYOUT_TEXT,
    ACTION_LAYOUT_JSON,
    ACTION_DUMP,
    ACTION_LIST, /* from here on: without a problem file */
    ACTION_MAN,
    ACTION_RUNTIME_SETTINGS, /* for the build alone, in no help */
    ACTION_HELP,
    ACTION_VERSION
} Action;

/* What --help and the manual say about an option. */
typedef struct OptionText {
    const char *letter; /* "-o", or NULL */
    const char *name;   /* with its argument: "--dump=STAGE" */
    const char *help;   /* one sentence, no full stop */
} OptionText;
extern const OptionText options_texts[];
extern const int options_text_count;

typedef struct Options {
    Action action;
    const char *topic;          /* of --dump and --list; "" for all lists */
    const char *problem;        /* the file */
    const char *directory;      /* -o, or NULL */
    AssignmentList assignments; /* NAME=VALUE words, in order */
} Options;

/* Reports and exits with EXIT_USAGE when the words make no sense. */
Options options_read(Arena *arena, int argc, char **argv);
void options_print_help(void);

/* Names after --dump= and --list=. */
extern const char *const options_stages[];
extern const int options_stage_count;

#endif
