/* SPDX-License-Identifier: MIT */
/* Buffer groups in short, for tests of the layout:
 *
 *     spec_of("rhs 3 shared, cache 3 persistent over rhs, newton { x 4 }")
 *
 * and what comes of them as JSON. The file that includes this has an arena. */
#ifndef TESTS_SUPPORT_SPECS_H
#define TESTS_SUPPORT_SPECS_H

#include <stdlib.h>
#include <string.h>

#include "base/intern.h"
#include "layout/layout.h"
#include "layout/map.h"
#include "tap.h"

static Arena *arena;

static const char *token(const char **at)
{
    while (**at == ' ') ++*at;
    const char *first = *at;
    if (*first && strchr(",{}", *first))
        ++*at;
    else
        *at += strcspn(first, " ,{}");
    return arena_string(arena, first, (size_t)(*at - first));
}

static void apply_word(Buffer *buffer, const char **at, const char *word)
{
    if (!strcmp(word, "shared"))
        buffer->location = LOCATION_SHARED;
    else if (!strcmp(word, "persistent"))
        buffer->persistent = true;
    else if (!strcmp(word, "over"))
        buffer->aliases = intern(token(at));
    else if (precision_parse(&buffer->precision, word))
        buffer->own_precision = true;
    else
        buffer->size = strtoll(word, NULL, 10);
}

/* Buffers up to the closing brace; `NAME { ... }` is a child, `NAME float32
 * { ... }` one of another precision. */
static void read_group(BufferGroup *group, const char **at)
{
    for (const char *name = token(at); *name && *name != '}'; name = token(at)) {
        Buffer *buffer = NULL;
        Precision precision = group->precision;
        for (const char *word = token(at); *word && *word != ','; word = token(at)) {
            if (*word == '{') {
                BufferGroup *child = buffer_group_new(arena, name, precision, group->source);
                child->own_precision = precision != group->precision;
                buffer_group_add_child(arena, group, child);
                read_group(child, at);
                continue;
            }
            if (*word == '}') {
                --*at;
                break;
            }
            if (!buffer && **at == ' ' && strchr(*at, '{') && precision_parse(&precision, word) && (*at)[1] == '{')
                continue;
            if (!buffer) buffer = buffer_group_add(arena, group, name, 0);
            apply_word(buffer, at, word);
        }
    }
}

static BufferGroup *spec_of(const char *text)
{
    Precision precision = PRECISION_FLOAT64;
    if (!strncmp(text, "float32: ", 9)) {
        precision = PRECISION_FLOAT32;
        text += 9;
    }
    BufferGroup *group = buffer_group_new(arena, "g", precision, (Source){ "spec.lua", 1, 0 });
    read_group(group, &text);
    return group;
}

static const char *json_of(const BufferGroup *group)
{
    const Layout *layout = layout_resolve(arena, group, NULL);
    if (!layout) return "errors\n";
    Text text = text_new(arena);
    layout_print_json(&text, layout);
    return text.data;
}

static void same_text(const char *got, const char *expected, const char *title)
{
    if (!tap_ok(!strcmp(got, expected), "%s", title)) tap_diag("got      %s\nexpected %s", got, expected);
}

/* layout_print_json of a group, and of all groups. */
#define GROUP(name, shared, persistent, local, s, p, l)                                                \
    "{\"name\":\"" name "\",\"shared\":{" shared "},\"persistent\":{" persistent "},\"local\":{" local \
    "},\"shared_elements\":" s ",\"persistent_elements\":" p ",\"local_elements\":" l "}"
#define JSON(groups) "{\"groups\":[" groups "]}\n"

#endif
