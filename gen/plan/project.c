/* SPDX-License-Identifier: MIT */
#include "plan/project.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The bytes of a file, or NULL when it cannot be read; *error then says why. */
static char *read_file(Arena *arena, const char *path, size_t *length, int *error)
{
    FILE *file = fopen(path, "rb");
    *error = errno;
    if (!file) return NULL;
    Text text = text_new(arena);
    char block[16384];
    size_t count;
    while ((count = fread(block, 1, sizeof block, file)) > 0) text_add_bytes(&text, block, count);
    *error = ferror(file) ? EIO : 0;
    fclose(file);
    *length = text.length;
    return *error ? NULL : text.data;
}

static bool is_same(Arena *arena, const char *path, const char *text)
{
    int error;
    size_t length = 0;
    ArenaMark mark = arena_mark(arena);
    const char *bytes = read_file(arena, path, &length, &error);
    bool same = bytes && length == strlen(text) && !memcmp(bytes, text, length);
    arena_reset(arena, mark);
    return same;
}

static void make_directory(const char *directory)
{
    if (!mkdir(directory, 0777)) return;
    struct stat status;
    if (errno == EEXIST && !stat(directory, &status) && S_ISDIR(status.st_mode)) return;
    if (errno == EEXIST)
        diag_system("'%s' is there and is not a directory; choose another place with -o DIR", directory);
    diag_system("cannot make the directory '%s': %s", directory, strerror(errno));
}

/* Text into a neighbour of the file; false with errno set, and no neighbour left. */
static bool write_neighbour(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");
    if (!file) return false;
    size_t length = strlen(text);
    bool good = fwrite(text, 1, length, file) == length;
    int error = errno;
    if (fclose(file) && good) good = false, error = errno;
    if (!good) remove(path), errno = error;
    return good;
}

static void write_file(Arena *arena, const char *path, const char *text)
{
    const char *neighbour = arena_printf(arena, "%s.new", path);
    if (!write_neighbour(neighbour, text)) diag_system("cannot write '%s': %s", path, strerror(errno));
    if (!rename(neighbour, path)) return;
    int error = errno;
    remove(neighbour);
    diag_system("cannot replace '%s': %s", path, strerror(error));
}

/* Last, and new in any case: what is newer than it came after this writing. */
static void write_origin(Arena *arena, const char *directory, const Origin *origin)
{
    const char *path = arena_printf(arena, "%s/.origin", directory), *text = origin_place(arena, origin);
    if (!is_same(arena, path, text))
        write_file(arena, path, text);
    else if (utimensat(AT_FDCWD, path, NULL, 0))
        diag_system("cannot change the time of '%s': %s", path, strerror(errno));
}

void project_write(const char *directory, const ProjectFiles *files, const Origin *origin)
{
    Arena *arena = arena_new();
    make_directory(directory);
    for (int i = 0; i < files->count; i++) {
        const char *path = arena_printf(arena, "%s/%s", directory, files->items[i].name);
        if (!is_same(arena, path, files->items[i].text)) write_file(arena, path, files->items[i].text);
    }
    write_origin(arena, directory, origin);
    arena_free(arena);
}

static int first_different_line(const char *a, const char *b)
{
    int line = 1;
    for (; *a && *a == *b; a++, b++) line += *a == '\n';
    return line;
}

static bool check_file(Arena *arena, const char *path, const char *text)
{
    int error;
    size_t length = 0;
    const char *bytes = read_file(arena, path, &length, &error);
    if (!bytes)
        printf("%s: %s\n", path, error == ENOENT ? "is missing" : strerror(error));
    else if (length != strlen(text) || memcmp(bytes, text, length))
        printf("%s:%d: differs from what would be generated\n", path, first_different_line(bytes, text));
    else
        return true;
    return false;
}

bool project_check(const char *directory, const ProjectFiles *files)
{
    Arena *arena = arena_new();
    bool same = true;
    for (int i = 0; i < files->count; i++)
        same &= check_file(arena, arena_printf(arena, "%s/%s", directory, files->items[i].name), files->items[i].text);
    arena_free(arena);
    return same;
}
