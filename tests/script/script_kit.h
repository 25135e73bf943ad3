/* SPDX-License-Identifier: MIT */
/* Problem files written by a test: read from a text, as files of a folder of
 * the test's own. */
#ifndef TESTS_SCRIPT_KIT_H
#define TESTS_SCRIPT_KIT_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "script/script.h"
#include "system/system.h"
#include "tap.h"

typedef struct Kit {
    Arena *arena;
    char *folder;
    Text messages; /* of the last reading */
} Kit;

__attribute__((unused)) static Kit kit_open(void)
{
    Kit kit = { .arena = arena_new() };
    const char *top = getenv("TMPDIR");
    kit.folder = arena_printf(kit.arena, "%s/cubie-script.XXXXXX", top ? top : "/tmp");
    if (!mkdtemp(kit.folder) || chdir(kit.folder)) exit(99);
    return kit;
}

__attribute__((unused)) static void kit_close(Kit *kit)
{
    if (chdir("/")) exit(99);
    char *command = arena_printf(kit->arena, "rm -r '%s'", kit->folder);
    if (system(command)) exit(99);
    arena_free(kit->arena);
}

__attribute__((unused)) static void kit_write(const char *name, const char *text)
{
    FILE *stream = fopen(name, "wb");
    if (!stream || fputs(text, stream) < 0 || fclose(stream)) exit(99);
}

/* Reads p.lua as written by kit_write. */
__attribute__((unused)) static Spec *kit_read_file(Kit *kit, const Limits *limits)
{
    diag_reset();
    kit->messages = text_new(kit->arena);
    diag_capture(&kit->messages);
    Spec *spec = script_read_problem(kit->arena, "p.lua", limits);
    diag_capture(NULL);
    return spec;
}

/* A problem of this text; "problem" and `states { x = 1 }` stand before it. */
__attribute__((unused)) static Spec *kit_read(Kit *kit, const char *text)
{
    kit_write("p.lua", arena_printf(kit->arena, "problem \"p\" states { x = 1, y = 2 }\n%s\n", text));
    return kit_read_file(kit, NULL);
}

__attribute__((unused)) static const System *kit_build(Kit *kit, const Spec *spec)
{
    diag_capture(&kit->messages);
    const System *system = system_build(kit->arena, spec);
    diag_capture(NULL);
    return system;
}

/* No mistake so far; says which when there was one. */
__attribute__((unused)) static bool kit_good(const Kit *kit, const char *what)
{
    bool good = tap_ok(!kit->messages.length, "%s", what);
    if (!good) tap_diag("%s", kit->messages.data);
    return good;
}

__attribute__((unused)) static bool kit_says(const Kit *kit, const char *messages, const char *what)
{
    bool same = tap_ok(!strcmp(kit->messages.data, messages), "%s", what);
    if (!same) tap_diag("expected:\n%sgot:\n%s", messages, kit->messages.data);
    return same;
}

#endif
