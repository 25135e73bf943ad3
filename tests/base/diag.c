/* SPDX-License-Identifier: MIT */
/* Messages stay lines that a reader takes in, whatever is named in them. */
#include "base/diag.h"

#include "tap.h"

static char *of(Arena *arena, const char *piece, int count)
{
    Text text = text_new(arena);
    for (int i = 0; i < count; i++) text_add(&text, piece);
    return text.data;
}

static void says(Arena *arena, const char *name, const char *shown)
{
    Text messages = text_new(arena);
    diag_capture(&messages);
    diag_error((Source){ "p.lua", 3, 0 }, "unknown name '%s'; write log(x)", name);
    diag_capture(NULL);
    const char *expected = arena_printf(arena, "p.lua:3: error: unknown name '%s'; write log(x)\n", shown);
    if (!tap_ok(!strcmp(messages.data, expected), "%.20s", shown)) tap_diag("%s", messages.data);
}

static void test_total(Arena *arena)
{
    Text messages = text_new(arena);
    diag_capture(&messages);
    diag_error((Source){ "p.lua", 3, 0 }, "'%s' is wrong", of(arena, "word ", 1000000));
    diag_capture(NULL);
    tap_ok(messages.length < 2100 && strstr(messages.data, "word ...\n"), "a text of a million words: %zu bytes",
           messages.length);
}

int main(void)
{
    Arena *arena = arena_new();
    says(arena, "alpha", "alpha");
    says(arena, of(arena, "a", 300), of(arena, "a", 300));
    says(arena, of(arena, "a", 301), arena_printf(arena, "%s...", of(arena, "a", 300)));
    says(arena, of(arena, "b", 1 << 20), arena_printf(arena, "%s...", of(arena, "b", 300)));
    says(arena, of(arena, "\xC3\xA4", 200), arena_printf(arena, "%s...", of(arena, "\xC3\xA4", 150)));
    says(arena, arena_printf(arena, "b%s", of(arena, "\xC3\xA4", 200)),
         arena_printf(arena, "b%s...", of(arena, "\xC3\xA4", 149)));
    says(arena, "two\nlines\tand \x1b[31m", "two lines and ?[31m");
    test_total(arena);
    arena_free(arena);
    return tap_done();
}
