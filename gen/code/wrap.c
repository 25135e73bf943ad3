/* SPDX-License-Identifier: MIT */
#include "code/wrap.h"

#include <stdbool.h>
#include <string.h>

static void add_line(Text *text, int indent, const char *bytes, size_t length)
{
    while (length && bytes[length - 1] == ' ') length--;
    if (length) text_printf(text, "%*s%.*s", indent, "", (int)length, bytes);
    text_add(text, "\n");
}

/* How good it is to go on in the next line from here: not at all, before a product's factor, behind
 * a comma or before another operator, behind the head of a loop. */
typedef enum Fitness { UNFIT, FACTOR, TERM, BODY } Fitness;

static Fitness fitness(const char *line, size_t i)
{
    const char *at = line + i;
    if (at[0] != ' ') return UNFIT;
    if (i > 4 && !strncmp(at - 4, "i++)", 4) && at[1] != '{') return BODY;
    if (at[-1] == ',') return TERM;
    if (!at[1] || !at[2] || (at[2] != ' ' && at[2] != at[1])) return UNFIT;
    return strchr("+-&|?:", at[1]) ? TERM : strchr("*/", at[1]) ? FACTOR : UNFIT;
}

/* Where a line of so many columns is best cut; the end when nowhere. Strings are whole, and a
 * first cut beyond the width is better than none. A factor is cut off only where there is no
 * other place in the second half. */
static size_t find_break(const char *line, size_t room)
{
    size_t best[] = { [FACTOR] = 0, [TERM] = 0, [BODY] = 0 };
    bool quoted = false;
    for (size_t i = 1; line[i]; i++) {
        if (line[i - 1] == '"' && (i < 2 || line[i - 2] != '\\')) quoted = !quoted;
        if (i > room && (best[FACTOR] || best[TERM] || best[BODY])) break;
        Fitness here = quoted ? UNFIT : fitness(line, i);
        if (here != UNFIT) best[here] = i;
    }
    if (best[BODY]) return best[BODY];
    if (best[TERM] > room / 2 || (best[TERM] && best[TERM] > best[FACTOR])) return best[TERM];
    return best[FACTOR] ? best[FACTOR] : best[TERM] ? best[TERM] : strlen(line);
}

static size_t find_blank(const char *line, size_t room)
{
    size_t best = 0;
    for (size_t i = 4; line[i]; i++) {
        if (i > room && best) return best;
        if (line[i] == ' ' && line[i - 1] != ' ') best = i;
    }
    return best ? best : strlen(line);
}

static void add_comment(Text *text, int indent, const char *line, size_t room)
{
    while (strlen(line) > room) {
        size_t cut = find_blank(line, room);
        add_line(text, indent, line, cut);
        line += cut + (line[cut] == ' ');
        if (!*line) return;
        char *rest = text_new(text->arena).data;
        Text next = { text->arena, rest, 0, 64 };
        text_printf(&next, "//   %s", line);
        line = next.data;
    }
    add_line(text, indent, line, strlen(line));
}

/* A string at the start of the line that is longer than the line may be: where it is cut in two that
 * the compiler joins, behind a comma or a blank; 0 where it is not. */
static size_t string_cut(const char *line, size_t room)
{
    size_t best = 0;
    if (*line != '"') return 0;
    for (size_t i = 1; line[i] && line[i] != '"' && i < room; i++) {
        if (line[i] == '\\' && line[i + 1]) i++;
        if (line[i] == ',' || line[i] == ' ') best = i + 1;
    }
    return best;
}

/* A piece of code in the line; what is left of it. */
static const char *add_piece(Text *text, int indent, const char *line, size_t room)
{
    size_t cut = strlen(line) > room ? find_break(line, room) : strlen(line),
           string = cut > room ? string_cut(line, room) : 0;
    if (!string) {
        add_line(text, indent, line, cut);
        return line + cut + strspn(line + cut, " ");
    }
    text_printf(text, "%*s%.*s\"\n", indent, "", (int)string, line);
    Text rest = text_new(text->arena);
    text_printf(&rest, "\"%s", line + string);
    return rest.data;
}

static void add_code(Text *text, int indent, const char *line, size_t room)
{
    int deeper = 0, lead = (int)strspn(line, " ");
    do {
        line = add_piece(text, indent + deeper, line, room - (size_t)deeper);
        if (!deeper) deeper = lead + 4;
    } while (*line);
}

/* The comment that ends a line of code. */
static const char *find_comment(const char *line)
{
    bool quoted = false;
    for (const char *c = line; *c; c++) {
        if (*c == '"' && (c == line || c[-1] != '\\')) quoted = !quoted;
        if (!quoted && c[0] == '/' && c[1] == '/') return c;
    }
    return NULL;
}

void wrap_add(Text *text, int indent, const char *line, int width)
{
    size_t room = width > indent + 40 ? (size_t)(width - indent) : 40;
    if (strlen(line) <= room || *line == '#') {
        add_line(text, indent, line, strlen(line));
        return;
    }
    const char *comment = find_comment(line);
    if (comment) add_comment(text, indent, comment, room);
    if (comment == line) return;
    Text code = text_new(text->arena);
    text_add_bytes(&code, line, comment ? (size_t)(comment - line) : strlen(line));
    add_code(text, indent, code.data, room);
}
