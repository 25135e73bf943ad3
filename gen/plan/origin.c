/* SPDX-License-Identifier: MIT */
#include "plan/origin.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static const char *folder_of(Arena *arena, const char *path)
{
    const char *name = base_name(path);
    if (name == path) return ".";
    return arena_string(arena, path, name == path + 1 ? 1 : (size_t)(name - path) - 1);
}

static bool has_line_break(const char *text)
{
    return text[strcspn(text, "\r\n")] != '\0';
}

/* The folder without links and dots; as it is when it cannot be found. */
static const char *whole_path(Arena *arena, const char *folder)
{
    char *whole = realpath(folder, NULL);
    const char *copy = whole ? arena_string(arena, whole, strlen(whole)) : folder;
    free(whole);
    return copy;
}

bool origin_check(const Origin *origin)
{
    Arena *arena = arena_new();
    bool broken = has_line_break(whole_path(arena, folder_of(arena, origin->problem))) ||
                  has_line_break(base_name(origin->problem));
    arena_free(arena);
    if (broken)
        diag_error((Source){ 0 }, "the path of the problem file has a line break, which no Makefile can name; "
                                  "rename it, or the folder");
    for (int i = 0; i < origin->settings.count; i++) {
        const Assignment *setting = &origin->settings.items[i];
        if (!has_line_break(setting->name) && !has_line_break(setting->text)) continue;
        diag_error(setting->source,
                   "a value on the command line has a line break, which no Makefile can hold; leave it out");
        broken = true;
    }
    return !broken;
}

/* As the value of a variable of make. */
static void add_value(Text *text, const char *value)
{
    if (*value == ' ' || *value == '\t') text_add(text, "$(empty)");
    for (; *value; value++) {
        if (*value == '$')
            text_add(text, "$$");
        else if (*value == '#')
            text_add(text, "$(hash)");
        else
            text_add_bytes(text, value, 1);
    }
}

/* A word of the shell: in quotes when it needs them. */
static const char *shell_word(Arena *arena, const char *word)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_=.,:+-/";
    if (*word && !word[strspn(word, plain)]) return word;
    Text text = text_new(arena);
    text_add(&text, "'");
    for (; *word; word++)
        if (*word == '\'')
            text_add(&text, "'\\''");
        else
            text_add_bytes(&text, word, 1);
    text_add(&text, "'");
    return text.data;
}

void origin_print(Text *text, const Origin *origin)
{
    text_add(text, "PROBLEM := ");
    add_value(text, base_name(origin->problem));
    text_add(text, "\nMODULES :=");
    for (int i = 0; i < origin->modules.count; i++) text_printf(text, " %s", origin->modules.items[i]);
    text_add(text, "\nSETTINGS :=");
    for (int i = 0; i < origin->settings.count; i++) {
        const Assignment *setting = &origin->settings.items[i];
        const char *word = arena_printf(text->arena, "%s=%s", setting->name, setting->text);
        text_add(text, " ");
        add_value(text, shell_word(text->arena, word));
    }
    text_add(text, "\n");
}

static void add_place(Text *text, const char *variable, const char *path)
{
    if (has_line_break(path)) return;
    text_printf(text, "%s := ", variable);
    add_value(text, path);
    text_add(text, "\n");
}

/* Where pkg-config finds the runtime that belongs to the generator: in its build
 * tree, or below the prefix of the installed one. NULL: where it looks anyway. */
static const char *runtime_folder(Arena *arena, const char *generator)
{
    static const char *const places[][2] = {
        { "runtime", "cubie-runtime-uninstalled.pc" },
        { "../lib/pkgconfig", "cubie-runtime.pc" },
        { "../lib64/pkgconfig", "cubie-runtime.pc" },
    };
    const char *folder = folder_of(arena, generator);
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        const char *place = arena_printf(arena, "%s/%s", folder, places[i][0]);
        if (!access(arena_printf(arena, "%s/%s", place, places[i][1]), R_OK)) return whole_path(arena, place);
    }
    return NULL;
}

const char *origin_place(Arena *arena, const Origin *origin)
{
    Text text = text_new(arena);
    char generator[4096];
    ssize_t length = readlink("/proc/self/exe", generator, sizeof generator - 1);
    text_add(&text, "# Where this project was generated, for its Makefile; true on this machine alone.\n");
    if (length > 0) {
        generator[length] = '\0';
        const char *runtime = runtime_folder(arena, generator);
        add_place(&text, "ORIGIN_GENERATOR", generator);
        if (runtime) add_place(&text, "ORIGIN_RUNTIME", runtime);
    }
    add_place(&text, "ORIGIN_FOLDER", whole_path(arena, folder_of(arena, origin->problem)));
    return text.data;
}
