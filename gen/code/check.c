/* SPDX-License-Identifier: MIT */
#include "code/check.h"

#include <assert.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "code/word.h"

typedef struct Use {
    const char *name;
    bool required, seen;
} Use;

struct Check {
    Arena *arena;
    ARRAY(const char *) known;
    ARRAY(Use) uses;
    ARRAY(const char *) seen; /* names of buffers in the lines of this step */
    size_t from;              /* what is not looked at yet */
    bool on;
    const char *label;
};

Check *check_new(Arena *arena)
{
    Check *check = ARENA_NEW(arena, Check);
    check->arena = arena;
    check->label = "";
    return check;
}

static const char *known_name(const Check *check, const char *word, size_t length)
{
    for (int i = 0; i < check->known.count; i++)
        if (!strncmp(check->known.items[i], word, length) && !check->known.items[i][length])
            return check->known.items[i];
    return NULL;
}

static void look(Check *check, const Text *text)
{
    const char *at = text->data + check->from;
    size_t length;
    while (check->on && (at = word_next(at, &length))) {
        const char *name = known_name(check, at, length);
        if (name) *array_push(check->arena, &check->seen) = name;
        at += length;
    }
    check->from = text->length;
}

void check_start(Check *check, const Text *text)
{
    check->on = true;
    check->from = text->length;
}

void check_stop(Check *check, const Text *text)
{
    check_step(check, text, "");
    check->on = false;
}

void check_know(Check *check, const char *name)
{
    if (!known_name(check, name, strlen(name))) *array_push(check->arena, &check->known) = name;
}

int check_scope(const Check *check)
{
    return check->known.count;
}

void check_scope_end(Check *check, int known)
{
    check->known.count = known;
}

void check_use(Check *check, const char *name, int64_t elements)
{
    for (int i = 0; i < check->uses.count; i++) {
        if (strcmp(check->uses.items[i].name, name)) continue;
        check->uses.items[i].required |= elements > 0;
        return;
    }
    check_know(check, name);
    *array_push(check->arena, &check->uses) = (Use){ .name = name, .required = elements > 0 };
}

void check_pause(Check *check, const Text *text)
{
    look(check, text);
}

void check_resume(Check *check, const Text *text)
{
    check->from = text->length;
}

void check_shift(Check *check, ptrdiff_t bytes)
{
    check->from += (size_t)bytes;
}

static _Noreturn void fail(const Check *check, const char *name, const char *what)
{
    fprintf(stderr, "cubie-gen: internal error: in step '%s' the buffer '%s' is %s\n", check->label, name, what);
    abort();
}

static void compare(Check *check)
{
    for (int i = 0; i < check->seen.count; i++) {
        bool recorded = false;
        for (int k = 0; k < check->uses.count; k++) {
            if (strcmp(check->uses.items[k].name, check->seen.items[i])) continue;
            recorded = check->uses.items[k].seen = true;
        }
        if (!recorded) fail(check, check->seen.items[i], "printed, but no access is recorded");
    }
    for (int k = 0; k < check->uses.count; k++)
        if (check->uses.items[k].required && !check->uses.items[k].seen)
            fail(check, check->uses.items[k].name, "recorded, but not printed");
}

void check_step(Check *check, const Text *text, const char *next)
{
    look(check, text);
    if (check->on) compare(check);
    check->seen.count = check->uses.count = 0;
    check->label = next;
}
