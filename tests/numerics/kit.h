/* SPDX-License-Identifier: MIT */
/* What the tests of generated programs have in common: a scratch directory,
 * projects generated and built in it, and runs of their programs read back
 * from CSV. Anything that goes wrong on the way ends the test with "Bail out!".
 *
 * The environment is that of tests/local.mk. Everything a test needs from the
 * source tree is named relative to $srcdir; the working directory is the
 * scratch directory, which goes away at the end. */
#ifndef TESTS_NUMERICS_KIT_H
#define TESTS_NUMERICS_KIT_H

#include <stdbool.h>

/* Options for the compiler. QUICK: one run a vector, quickly compiled.
 * LANES: as many runs a vector as the machine has room for. AS_SHIPPED: what the
 * project's Makefile has. */
#define KIT_QUICK "CXXFLAGS='-O0 -DCUBIE_DEBUG -march=native' LANES=1"
#define KIT_LANES "CXXFLAGS='-O1 -march=native'"
#define KIT_AS_SHIPPED ""

/* Rows of a CSV file. Values are as printed; text columns are none of ours. */
typedef struct KitTable {
    int rows, columns;
    char **name;   /* [columns] */
    double *value; /* [rows][columns] */
    char *text;    /* the whole file, to compare bit for bit */
    char *summary; /* what the program said on standard error */
    int status;    /* its exit status */
} KitTable;

/* Makes the scratch directory and goes there. */
void kit_begin(void);

/* The path of a file of the source tree, until the next call. */
const char *kit_source(const char *path);

/* Writes a file into the scratch directory. */
void kit_write(const char *path, const char *text);

/* The text of a file, allocated. */
char *kit_read(const char *path);

/* Runs a shell command; its exit status, 128 + signal when killed. What it prints goes to `output`. */
__attribute__((format(printf, 2, 3))) int kit_shell(const char *output, const char *format, ...);

/* Generates a project into `directory` and builds its CPU program as ./directory/program.
 * `choices` are words of the command line, NAME=VALUE. */
void kit_build(const char *directory, const char *problem, const char *choices, const char *flags);

/* Runs the program of a project; the arguments are words of its command line.
 * A run that prints nothing bails out; one of more than 100 s is ended. */
__attribute__((format(printf, 2, 3))) KitTable *kit_run(const char *directory, const char *format, ...);
/* A CSV file as such a table, without a summary. */
KitTable *kit_table(const char *path);
void kit_free(KitTable *table);

/* The number of a column, which must be there. */
int kit_column(const KitTable *table, const char *name);
double kit_value(const KitTable *table, int row, const char *name);

/* One line of `cubie-gen --list=algorithms`. */
typedef struct KitAlgorithm {
    char name[40], family[12];
    int order, embedded, dense; /* embedded: 0 when there is no error estimate */
} KitAlgorithm;
enum { KIT_ALGORITHMS = 100 };
int kit_algorithms(KitAlgorithm list[KIT_ALGORITHMS]);

#endif
