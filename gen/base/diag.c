/* SPDX-License-Identifier: MIT */
#include "base/diag.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/intern.h"
#include "base/text.h"

enum { DIAG_MOST = 100, WORD_MOST = 300, MESSAGE_MOST = 2000 };

static int errors;
static bool last_was_dropped;
static const char *seen[DIAG_MOST];
static Text *captured;

static void put_line(const char *line)
{
    if (captured) {
        text_add(captured, line);
        text_add(captured, "\n");
    } else {
        fprintf(stderr, "%s\n", line);
    }
}

/* At most so many bytes of a longer text, without a part of a character. */
static size_t whole_length(const char *text, size_t most)
{
    while (most && ((unsigned char)text[most] & 0xC0) == 0x80) most--;
    return most;
}

/* A name or a value of the user's may be as long as its file, and hold anything:
 * what is shown of it is one line, and no longer than a reader takes in. */
static void add_message(Text *line, const char *message)
{
    static const char ends[] = " '\"\t\n";
    size_t start = line->length;
    while (*message && line->length - start < MESSAGE_MOST) {
        size_t length = strcspn(message, ends), shown = length;
        if (length > WORD_MOST) shown = whole_length(message, WORD_MOST);
        for (size_t i = 0; i < shown; i++) {
            bool control = (unsigned char)message[i] < ' ' || message[i] == 127;
            text_add_bytes(line, control ? "?" : &message[i], 1);
        }
        if (shown < length) text_add(line, "...");
        message += length;
        if (*message) text_add_bytes(line, strchr("\t\n", *message) ? " " : message, 1), message++;
    }
    if (*message) text_add(line, "...");
}

static char *format_line(Arena *arena, Source source, const char *kind, const char *format, va_list args)
{
    Text text = text_new(arena);
    if (!source.file)
        text_add(&text, "cubie-gen: ");
    else if (!source.line)
        text_printf(&text, "%s: ", source.file);
    else if (!source.column)
        text_printf(&text, "%s:%d: ", source.file, source.line);
    else
        text_printf(&text, "%s:%d:%d: ", source.file, source.line, source.column);
    text_printf(&text, "%s: ", kind);
    add_message(&text, arena_vprintf(arena, format, args));
    return text.data;
}

/* True when the line was printed before; remembers it otherwise. */
static bool is_repeated(const char *line)
{
    const char *name = intern(line);
    for (int i = 0; i < errors && i < DIAG_MOST; i++)
        if (seen[i] == name) return true;
    if (errors < DIAG_MOST) seen[errors] = name;
    return false;
}

static void report_error(const char *line)
{
    last_was_dropped = is_repeated(line);
    if (last_was_dropped) return;
    last_was_dropped = errors >= DIAG_MOST;
    if (errors == DIAG_MOST) put_line("cubie-gen: error: more than 100 errors; the rest is not shown");
    if (errors++ < DIAG_MOST) put_line(line);
}

void diag_error(Source source, const char *format, ...)
{
    Arena *scratch = arena_new();
    va_list args;
    va_start(args, format);
    report_error(format_line(scratch, source, "error", format, args));
    va_end(args);
    arena_free(scratch);
}

void diag_note(Source source, const char *format, ...)
{
    if (last_was_dropped) return;
    Arena *scratch = arena_new();
    va_list args;
    va_start(args, format);
    put_line(format_line(scratch, source, "note", format, args));
    va_end(args);
    arena_free(scratch);
}

void diag_warning(Source source, const char *format, ...)
{
    Arena *scratch = arena_new();
    va_list args;
    va_start(args, format);
    put_line(format_line(scratch, source, "warning", format, args));
    va_end(args);
    arena_free(scratch);
}

int diag_errors(void)
{
    return errors;
}

void diag_reset(void)
{
    errors = 0;
    last_was_dropped = false;
}

void diag_system(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fputs("cubie-gen: error: ", stderr);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
    exit(EXIT_SYSTEM);
}

void diag_capture(Text *text)
{
    captured = text;
}
