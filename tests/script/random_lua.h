/* SPDX-License-Identifier: MIT */
/* Random texts of Lua from a fixed seed: expressions of plain values whose parts
 * say when they are evaluated, statements that choose on them, and conditions on
 * symbols in three spellings. */
#ifndef TESTS_SCRIPT_RANDOM_LUA_H
#define TESTS_SCRIPT_RANDOM_LUA_H

#include <stdint.h>
#include <stdio.h>

#include "base/text.h"

typedef struct Random {
    uint64_t state;
} Random;

/* Steele, Lea, Flood, Fast splittable pseudorandom number generators, 2014. */
static uint64_t random_next(Random *random)
{
    uint64_t z = random->state += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

static int random_below(Random *random, int count)
{
    return (int)(random_next(random) % (uint64_t)count);
}

static const char *random_of(Random *random, const char *const *items, int count)
{
    return items[random_below(random, count)];
}
#define RANDOM_OF(random, items) random_of(random, items, (int)(sizeof(items) / sizeof *(items)))

/* What may stand between any two words. */
static void random_blank(Text *text, Random *random)
{
    static const char *const blanks[] = {
        " ", " ", " ", " ", "  ", "\n", "\t", " \n", " -- a < b\n", "\n\n", " --[[ not\n c ]] ", " "
    };
    text_add(text, RANDOM_OF(random, blanks));
}

static void random_plain(Text *text, Random *random, int depth);

/* f(k, v, ...) notes k and gives the rest. */
static void random_noted(Text *text, Random *random, int depth)
{
    text_printf(text, "f(%d, ", random_below(random, 100));
    random_plain(text, random, depth - 1);
    if (!random_below(random, 3)) {
        text_add(text, ", ");
        random_plain(text, random, 0);
    }
    text_add(text, ")");
}

static void random_leaf(Text *text, Random *random)
{
    static const char *const leaves[] = { "1",     "2",   "1",    "2",    "1",      "2",    "nil",  "true",
                                          "false", "1",   "2",    "2.0",  "0x1p1",  "-3",   "'a'",  "\"b\"",
                                          "[[1]]", "one", "none", "list", "list.a", "no()", "f(7)", "..." };
    text_add(text, RANDOM_OF(random, leaves));
}

static void random_operator(Text *text, Random *random, int depth)
{
    static const char *const operators[] = { "<",   "<=", ">", ">=", "==",  "~=", "and", "or", "and", "or", "==", "~=",
                                             "and", "or", "+", "..", "and", "or", "*",   "==", "and", "//", "&" };
    random_plain(text, random, depth - 1);
    random_blank(text, random);
    text_add(text, RANDOM_OF(random, operators));
    random_blank(text, random);
    random_plain(text, random, depth - 1);
}

static void random_plain(Text *text, Random *random, int depth)
{
    static const char *const signs[] = { "not ", "not ", "not ", "not ", "- ", "#" };
    int choice = depth <= 0 ? 0 : random_below(random, 12);
    if (choice <= 1) {
        random_leaf(text, random);
    } else if (choice == 2) {
        text_add(text, RANDOM_OF(random, signs));
        random_plain(text, random, depth - 1);
    } else if (choice <= 4) {
        random_noted(text, random, depth);
    } else if (choice == 5) {
        text_add(text, "(");
        random_blank(text, random);
        random_plain(text, random, depth - 1);
        text_add(text, ")");
    } else if (choice == 6) {
        text_add(text, "({ ");
        random_plain(text, random, depth - 1);
        text_add(text, ", k = 1 })[1]");
    } else {
        random_operator(text, random, depth);
    }
}

/* One of the statements that decide on an expression. */
__attribute__((unused)) static void random_statement(Text *text, Random *random, int depth)
{
    static const char *const heads[] = {
        "if ",           "for i = 1, ", "while count() and (", "repeat until not count() or (", "note(",
        "local a, b = ", "list.b = "
    };
    static const char *const tails[] = { " then note(1) elseif one then note(2) else note(3) end",
                                         " do note(i) if not count() then break end end",
                                         ") do note(4) end",
                                         ")",
                                         ")",
                                         " note(a, b)",
                                         " note(list.b)" };
    int which = random_below(random, (int)(sizeof heads / sizeof *heads));
    text_add(text, heads[which]);
    random_plain(text, random, depth);
    text_add(text, tails[which]);
    text_add(text, "\n");
}

/* A condition as Lua, with functions, and as text of `equations`. */
__attribute__((unused)) static void random_condition(Text texts[3], Random *random, int depth)
{
    static const char *const operators[][3] = { { "<", "lt", "<" },   { "<=", "le", "<=" }, { ">", "gt", ">" },
                                                { ">=", "ge", ">=" }, { "==", "eq", "==" }, { "~=", "ne", "!=" } };
    static const char *const numbers[] = { "x", "y", "k", "t", "x + y", "2*x", "1", "0.5", "-x", "x^2", "sin(x)" };
    static const char *const symbols[] = { "x", "y", "k", "t", "x + 1" };
    int choice = depth <= 0 ? 0 : random_below(random, 5);
    if (choice <= 1) {
        const char *const *operator= operators[random_below(random, 6)];
        const char *a = RANDOM_OF(random, symbols), *b = RANDOM_OF(random, numbers);
        if (random_below(random, 4) == 0) {
            const char *swapped = a;
            a = b, b = swapped;
        }
        text_printf(&texts[0], "%s %s %s", a, operator[0], b);
        text_printf(&texts[1], "%s(%s, %s)", operator[1], a, b);
        text_printf(&texts[2], "%s %s %s", a, operator[2], b);
    } else if (choice == 2) {
        text_add(&texts[0], "not (");
        text_add(&texts[1], "no(");
        text_add(&texts[2], "!(");
        random_condition(texts, random, depth - 1);
        for (int i = 0; i < 3; i++) text_add(&texts[i], ")");
    } else {
        bool all = choice == 3;
        text_add(&texts[0], "(");
        text_add(&texts[1], all ? "all(" : "any(");
        text_add(&texts[2], "(");
        for (int i = 0, count = 2 + random_below(random, 3); i < count; i++) {
            if (i) text_add(&texts[0], all ? " and " : " or "), text_add(&texts[1], ", ");
            if (i) text_add(&texts[2], all ? " && " : " || ");
            random_condition(texts, random, depth - 1);
        }
        for (int i = 0; i < 3; i++) text_add(&texts[i], ")");
    }
}

#endif
