/* SPDX-License-Identifier: MIT */
/* Reading of controllers: every mistake has its text and its line. */
#include "script/shipped/controllers.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/intern.h"
#include "tap.h"

static Arena *arena;

#define TEST_FILE "controllers-test.lua"

static Text read_mistakes(const char *lua, ControllerList *list)
{
    Text messages = text_new(arena);
    FILE *stream = fopen(TEST_FILE, "w");
    if (!stream || fputs(lua, stream) < 0 || fclose(stream)) exit(1);
    diag_reset();
    diag_capture(&messages);
    const bool good = controllers_add_file(list, arena, TEST_FILE);
    if (good != !diag_errors()) text_add(&messages, "the result does not fit the errors\n");
    diag_capture(NULL);
    unlink(TEST_FILE);
    return messages;
}

static void test_mistake(const char *what, const char *lua, const char *expected)
{
    ControllerList list = { NULL, 0, 0 };
    Text messages = read_mistakes(lua, &list);
    if (!tap_ok(!strcmp(messages.data, expected) && list.count == 0, "mistake: %s", what))
        tap_diag("got:\n%sexpected:\n%s", messages.data, expected);
}

#define HEAD "controller \"x\" {\n  title = \"t\", reference = \"r\", "
#define AT TEST_FILE ":1: error: controller 'x': "

static void test_shape_mistakes(void)
{
    test_mistake("no word", "local a = 1\n",
                 TEST_FILE ": error: the file has no controller; write controller \"NAME\" { ... }\n");
    test_mistake("no name", "\ncontroller { ki = 1 }\n",
                 TEST_FILE ":2: error: the name of a controller has small letters, digits and -: "
                           "controller \"pi\" { ... }\n");
    test_mistake("no table", "controller \"x\" \"y\"\n",
                 TEST_FILE ":1: error: controller 'x' needs a table: controller \"x\" { ki = \"1\", ... }\n");
    test_mistake("fields", "controller \"x\" { titel = 1, zzzz = 1, 5, reference = 7 }\n",
                 AT "unknown field 'titel'; did you mean 'title'?\n" AT "unknown field 'zzzz'\n" AT
                    "an entry has no name; write ki = \"1\"\n" AT "'title' is no text; write title = \"...\"\n" AT
                    "'reference' is no text; write reference = \"...\"\n" AT
                    "'adaptive' is missing; write adaptive = true\n");
    test_mistake("no ki", HEAD "adaptive = true }\n", AT "'ki' is missing; write ki = \"1\"\n");
    test_mistake("values", HEAD "adaptive = true, ki = \"1/\", kp = {}, kd = 1/0, ratio = \"1e9\", at_most_i = 1 }\n",
                 AT "'ki' is \"1/\", which is no number: expected a number, '(', pi or a function like sqrt\n" AT
                    "'kp' is no number; write kp = \"0.5\"\n" AT "'kd' is not between -100 and 100\n" AT
                    "'ratio' is not between -100 and 100\n" AT "'at_most_i' is neither true nor false\n");
    test_mistake("exponents of a fixed one", HEAD "adaptive = false, ki = \"1\" }\n",
                 AT "'ki' has no meaning with adaptive = false\n");
    test_mistake("syntax", "\n\ncontroller \"x\" {", TEST_FILE ":3: error: unexpected symbol near <eof>\n");
}

static void test_sign_mistakes(void)
{
    const char *runs_away = "so that step sizes run away from any tolerance; it must be above 0\n";
    const char *oscillates = AT "step sizes never settle on err = C h^q, they oscillate; make the exponents smaller\n";
    const char *enlarges = AT "it may enlarge a rejected step, as ki > 0, kp >= 0 >= kd does not hold; "
                              "add at_most_i = true\n";
    test_mistake("ki of i", HEAD "adaptive = true, ki = -1, at_most_i = true }\n",
                 arena_printf(arena, AT "ki - kp + kd is -1, %s", runs_away));
    test_mistake("ki too large", HEAD "adaptive = true, ki = 2 }\n", oscillates);
    test_mistake("kp of pi", HEAD "adaptive = true, ki = \"0.85\", kp = \"-0.2\" }\n", enlarges);
    test_mistake("kd without a bound", HEAD "adaptive = true, ki = \"0.49\", kp = \"0.34\", kd = \"0.1\" }\n",
                 enlarges);
    test_mistake("kp of gustafsson", HEAD "adaptive = true, ki = 2, kp = -1, ratio = 1, at_most_i = true }\n",
                 oscillates);
    test_mistake("ratio of gustafsson", HEAD "adaptive = true, ki = 2, kp = 1, ratio = -1, at_most_i = true }\n",
                 oscillates);
    test_mistake("ratio without a bound", HEAD "adaptive = true, ki = 2, kp = 1, ratio = 1 }\n",
                 AT "'ratio' says nothing about rejected steps; add at_most_i = true\n");
}

/* A controller of one's own, with numbers of Lua and defaults. */
static void test_own(void)
{
    const char *lua = HEAD "adaptive = true, ki = 0.6, kp = 0.2 }\n";
    ControllerList list = { NULL, 0, 0 };
    Text messages = read_mistakes(lua, &list);
    const Controller *it = list.items;
    tap_ok(!*messages.data && list.count == 1 && it->name == intern("x") && it->adaptive && !it->at_most_i,
           "a controller of a file is added");
    tap_ok(number_equal(it->ki, number_ratio(3, 5)) && number_equal(it->kp, number_ratio(1, 5)) &&
               number_is(it->kd, 0) && number_is(it->ratio, 0),
           "numbers of Lua are exact, what is not given is 0");
    messages = read_mistakes(lua, &list);
    tap_ok(!strcmp(messages.data, AT "the name is taken already\n") && list.count == 1, "a name is taken once");
}

int main(void)
{
    arena = arena_new();
    test_shape_mistakes();
    test_sign_mistakes();
    test_own();
    arena_free(arena);
    return tap_done();
}
