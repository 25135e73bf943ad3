/* SPDX-License-Identifier: MIT */
/* What the words of a command line ask for. Values are texts here: settings.h and
 * sweep.h read them. */
#ifndef CUBIE_OPTIONS_H
#define CUBIE_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "cubie/problem.h"

/* NAME=VALUE as the user wrote it; `word` is the whole of it, for messages. */
typedef struct Assignment {
    const char *name, *value, *word;
} Assignment;

typedef struct AssignmentList {
    Assignment *item; /* room for every word of the command line */
    int count;
} AssignmentList;

typedef struct Options {
    const char *output;    /* NULL: NAME.nc, or NAME.csv without netCDF */
    const char *input;     /* --input, or NULL */
    AssignmentList inputs; /* NAME=VALUES of inputs, in order */
    AssignmentList settings;
    const char *arguments;   /* the command line, for the file's attributes */
    bool zip, product;       /* --zip, --product: override the problem's sweep */
    uint64_t runs;           /* 0: not given */
    int device;              /* -1: any */
    uint32_t chunk;          /* 0: not given */
    const char *save;        /* --save, or NULL: all outputs */
    const char *trace_runs;  /* --trace-runs, or NULL */
    uint32_t trace_attempts; /* 0: not given */
    bool print_trace;
    int threads; /* 0: all cores */
    bool no_progress, quiet, strict, describe, help, version;
} Options;

struct Batch;

/* Reads the words after the program's name. Mistakes are reported. */
void cubie_options_read(struct Batch *batch, int words, const char *const *word);
void cubie_print_help(const struct Batch *batch);
void cubie_print_version(const struct Batch *batch);

/* Index of the input with this name (as in the problem file, or as an
 * identifier), or -1. */
int cubie_input_find(const CubieProblem *problem, const char *name);

#endif
