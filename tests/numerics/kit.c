/* SPDX-License-Identifier: MIT */
#include "kit.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static char scratch[4096];

static _Noreturn void bail(const char *what, const char *detail)
{
    printf("Bail out! %s %s\n", what, detail);
    exit(99);
}

static const char *variable(const char *name)
{
    const char *value = getenv(name);
    if (!value) bail("run me by make check; not set:", name);
    return value;
}

static void remove_scratch(void)
{
    char command[sizeof scratch + 20];
    snprintf(command, sizeof command, "rm -rf '%s'", scratch);
    if (chdir("/") || system(command)) printf("# %s is left behind\n", scratch);
}

void kit_begin(void)
{
    const char *parent = getenv("TMPDIR");
    snprintf(scratch, sizeof scratch, "%s/cubie-test.XXXXXX", parent ? parent : "/tmp");
    variable("srcdir");
    variable("CUBIE_GEN");
    unsetenv("MAKEFLAGS");
    unsetenv("MAKELEVEL");
    if (!mkdtemp(scratch) || chdir(scratch)) bail("no scratch directory:", scratch);
    atexit(remove_scratch);
}

const char *kit_source(const char *path)
{
    static char full[4096];
    snprintf(full, sizeof full, "%s/%s", variable("srcdir"), path);
    return full;
}

void kit_write(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    if (!file || fputs(text, file) < 0 || fclose(file)) bail("cannot write", path);
}

char *kit_read(const char *path)
{
    FILE *file = fopen(path, "r");
    if (!file || fseek(file, 0, SEEK_END)) bail("cannot read", path);
    size_t length = (size_t)ftell(file);
    char *text = malloc(length + 1);
    rewind(file);
    if (!text || fread(text, 1, length, file) != length) bail("cannot read", path);
    fclose(file);
    text[length] = 0;
    return text;
}

static int run_shell(const char *command)
{
    fflush(stdout);
    int status = system(command);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int kit_shell(const char *output, const char *format, ...)
{
    char words[8192], command[10000];
    va_list args;
    va_start(args, format);
    int length = vsnprintf(words, sizeof words, format, args);
    va_end(args);
    if (length < 0 || (size_t)length >= sizeof words) bail("command too long:", words);
    snprintf(command, sizeof command, "{ %s\n} >'%s' 2>&1", words, output);
    return run_shell(command);
}

void kit_build(const char *directory, const char *problem, const char *choices, const char *flags)
{
    int failed = kit_shell("build.log",
                           "\"$CUBIE_GEN\" -o '%s' '%s' %s && make -s -C '%s' TARGET=cpu %s && "
                           "cd '%s' && for source in *.cu; do mv \"${source%%.cu}\" program; done",
                           directory, problem, choices, directory, flags, directory);
    if (failed) bail("building failed:", kit_read("build.log"));
}

/* The next field of a line, which ends at a comma or at the line's end. */
static char *next_field(char **place, bool *last)
{
    char *field = *place, *end = field + strcspn(field, ",\n");
    *last = *end != ',';
    *place = *end ? end + 1 : end;
    *end = 0;
    return field;
}

static void read_header(KitTable *table, char **place)
{
    for (bool last = false; !last;) {
        table->name = realloc(table->name, (size_t)(table->columns + 1) * sizeof *table->name);
        table->name[table->columns++] = strdup(next_field(place, &last));
    }
}

/* Room for one more row; it doubles whenever the number of rows is a power of 2. */
static double *add_row(KitTable *table)
{
    size_t columns = (size_t)table->columns, rows = (size_t)table->rows++;
    if ((rows & (rows - 1)) == 0)
        table->value = realloc(table->value, (rows ? 2 * rows : 1) * columns * sizeof *table->value);
    return table->value + rows * columns;
}

static void read_row(KitTable *table, char **place)
{
    double *row = add_row(table);
    bool last = false;
    for (int i = 0; i < table->columns; i++) {
        if (last) bail("a row is short:", table->text);
        row[i] = strtod(next_field(place, &last), NULL);
    }
}

static void read_table(KitTable *table)
{
    char *copy = strdup(table->text), *place = copy;
    if (*place) read_header(table, &place);
    while (*place) read_row(table, &place);
    free(copy);
}

KitTable *kit_run(const char *directory, const char *format, ...)
{
    char arguments[8192], command[12000];
    va_list args;
    va_start(args, format);
    int length = vsnprintf(arguments, sizeof arguments, format, args);
    va_end(args);
    if (length < 0 || (size_t)length >= sizeof arguments) bail("too many arguments:", arguments);
    snprintf(command, sizeof command, "timeout 100 './%s/program' --no-progress -o - %s >out.csv 2>out.log", directory,
             arguments);
    KitTable *table = calloc(1, sizeof *table);
    table->status = run_shell(command);
    table->text = kit_read("out.csv");
    table->summary = kit_read("out.log");
    if (!*table->text) bail(command, table->summary);
    read_table(table);
    return table;
}

KitTable *kit_table(const char *path)
{
    KitTable *table = calloc(1, sizeof *table);
    table->text = kit_read(path);
    table->summary = strdup("");
    read_table(table);
    return table;
}

void kit_free(KitTable *table)
{
    for (int i = 0; i < table->columns; i++) free(table->name[i]);
    free(table->name);
    free(table->value);
    free(table->text);
    free(table->summary);
    free(table);
}

int kit_column(const KitTable *table, const char *name)
{
    for (int i = 0; i < table->columns; i++)
        if (!strcmp(table->name[i], name)) return i;
    bail("no such column:", name);
}

double kit_value(const KitTable *table, int row, const char *name)
{
    int column = kit_column(table, name);
    if (row < 0 || row >= table->rows) bail("a row is missing for", name);
    return table->value[row * table->columns + column];
}

int kit_algorithms(KitAlgorithm list[KIT_ALGORITHMS])
{
    int count = 0;
    if (kit_shell("algorithms", "\"$CUBIE_GEN\" --list=algorithms")) bail("no list of algorithms", "");
    char *text = kit_read("algorithms");
    for (char *line = strtok(text, "\n"); line && count < KIT_ALGORITHMS; line = strtok(NULL, "\n")) {
        KitAlgorithm *entry = &list[count++];
        *entry = (KitAlgorithm){ 0 };
        if (sscanf(line, "%39s %11s order %d(%d) dense %d", entry->name, entry->family, &entry->order, &entry->embedded,
                   &entry->dense) == 5)
            continue;
        if (sscanf(line, "%39s %11s order %d dense %d", entry->name, entry->family, &entry->order, &entry->dense) != 4)
            bail("a line of --list=algorithms:", line);
    }
    free(text);
    if (!count) bail("no algorithm is listed", "");
    return count;
}
