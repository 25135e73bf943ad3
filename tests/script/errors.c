/* SPDX-License-Identifier: MIT */
/* Exact texts of what is wrong with problem files. Every tests/errors/NAME.lua
 * is read as cubie-gen reads it, as far as System and Settings; its last lines
 * are the expected messages, each after "--> ". UPDATE_GOLDEN=1 rewrites them. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "script/script.h"
#include "system/system.h"
#include "tap.h"

enum { FILES_MOST = 200 };

/* Files with more than this in them are hostile; the limits are small so that
 * the test is fast. */
static const Limits limits = { 20000000, INT64_C(64) << 20, 30 };

static const char marker[] = "--> ";

static char *read_file(Arena *arena, const char *name)
{
    FILE *stream = fopen(name, "rb");
    if (!stream) return NULL;
    Text text = text_new(arena);
    char part[4096];
    size_t count;
    while ((count = fread(part, 1, sizeof part, stream)) > 0) text_add_bytes(&text, part, count);
    fclose(stream);
    return text.data;
}

/* Some method has it. */
static bool means(const void *context, const char *uses)
{
    (void)context;
    (void)uses;
    return true;
}

static void read_problem(Arena *arena, const char *name)
{
    Spec *spec = script_read_problem(arena, name, &limits);
    const System *system = system_build(arena, spec);
    const SettingTable *table = settings_table(arena);
    const Settings *settings = settings_resolve(arena, table, &spec->settings, false);
    if (!system) return;
    for (int i = 0; i < table->count; i++)
        if (table->items[i].kind == SETTING_TOLERANCES) system_check_tolerances(system, settings, &table->items[i]);
    settings_check_together(settings, means, NULL);
}

static const char *messages_of(Arena *arena, const char *name)
{
    Text messages = text_new(arena);
    diag_reset();
    diag_capture(&messages);
    read_problem(arena, name);
    diag_capture(NULL);
    return messages.data;
}

/* The problem without its last lines, and what those expect. */
static const char *split_expected(char **head, Arena *arena, const char *text)
{
    Text expected = text_new(arena);
    const char *first = strstr(text, marker);
    *head = arena_string(arena, text, first ? (size_t)(first - text) : strlen(text));
    for (const char *at = first; at; at = strstr(at, marker)) {
        at += strlen(marker);
        size_t length = strcspn(at, "\n");
        text_add_bytes(&expected, at, length);
        text_add(&expected, "\n");
        at += length;
    }
    return expected.data;
}

static void rewrite(const char *name, const char *head, const char *messages)
{
    FILE *stream = fopen(name, "wb");
    if (!stream) return;
    fputs(head, stream);
    while (*messages) {
        int length = (int)strcspn(messages, "\n");
        fprintf(stream, "%s%.*s\n", marker, length, messages);
        messages += length + (messages[length] == '\n');
    }
    fclose(stream);
}

static void check_file(const char *name)
{
    Arena *arena = arena_new();
    char *head;
    const char *text = read_file(arena, name);
    const char *messages = messages_of(arena, name), *again = messages_of(arena, name);
    const char *expected = split_expected(&head, arena, text);
    bool update = getenv("UPDATE_GOLDEN") != NULL;
    if (update && strcmp(messages, expected)) rewrite(name, head, messages);
    bool same = update || !strcmp(messages, expected);
    if (!tap_ok(same && *messages, "%s", name)) tap_diag("expected:\n%sgot:\n%s", expected, messages);
    if (!tap_ok(!strcmp(messages, again), "%s a second time", name)) tap_diag("%s", again);
    arena_free(arena);
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

int main(void)
{
    static const char *names[FILES_MOST];
    const char *top = getenv("srcdir");
    Arena *arena = arena_new();
    int count = 0;
    if (chdir(arena_printf(arena, "%s/tests/errors", top ? top : "."))) return 99;
    DIR *folder = opendir(".");
    if (!folder) return 99;
    for (struct dirent *entry; (entry = readdir(folder)) && count < FILES_MOST;)
        if (strlen(entry->d_name) > 4 && !strcmp(entry->d_name + strlen(entry->d_name) - 4, ".lua"))
            names[count++] = arena_printf(arena, "%s", entry->d_name);
    closedir(folder);
    qsort(names, (size_t)count, sizeof *names, compare_names);
    tap_plan(2 * count);
    for (int i = 0; i < count; i++) check_file(names[i]);
    arena_free(arena);
    return tap_done();
}
