/* SPDX-License-Identifier: MIT */
/* The comparison of what is printed with what is recorded (code/check.h): what is not so ends the
 * program, so each case has a process of its own. */
#include "code/check.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "code/wrap.h"
#include "tap.h"

typedef struct Case {
    const char *what, *text;
    const char *used[3]; /* names with an access recorded; NULL at the end */
    int64_t elements;    /* of these accesses */
    bool passes;
} Case;

static const Case cases[] = {
    { "both", "state[i] = k1[i];\n", { "state", "k1" }, 3, true },
    { "nothing", "dt = h;\n", { NULL }, 3, true },
    { "printed, not recorded", "state[i] = k1[i];\n", { "state" }, 3, false },
    { "recorded, not printed", "state[i] = h;\n", { "state", "k1" }, 3, false },
    { "an access of no elements may be printed or not", "dt = h;\n", { "state" }, 0, true },
    { "part of a word is none", "state2 = my_state + k10;\n", { NULL }, 3, true },
    { "a comment is not looked at", "dt = h; // the state\n", { NULL }, 3, true },
    { "nor is a string", "say(\"state\\\" k1\");\n", { NULL }, 3, true },
    { "nor are the letters of a number", "x = 1e6f + 0x1k1;\n", { NULL }, 3, true },
    { "what comes after a comment is", "dt = h; // the\nstate[i] = h;\n", { NULL }, 3, false },
};

static void run_case(const Case *c)
{
    Arena *arena = arena_new();
    Text text = text_new(arena);
    Check *check = check_new(arena);
    text_add(&text, "state k1 before the start\n");
    check_start(check, &text);
    check_know(check, "state");
    check_know(check, "k1");
    check_step(check, &text, "case");
    for (int i = 0; c->used[i]; i++) check_use(check, c->used[i], c->elements);
    text_add(&text, c->text);
    check_pause(check, &text);
    text_add(&text, "state k1 in a pause\n");
    check_resume(check, &text);
    check_step(check, &text, "");
    _exit(0);
}

static bool passes(const Case *c)
{
    fflush(stdout);
    pid_t child = fork();
    if (!child) {
        int nowhere = open("/dev/null", O_WRONLY);
        dup2(nowhere, 2);
        run_case(c);
    }
    int status = 0;
    waitpid(child, &status, 0);
    tap_ok(WIFEXITED(status) || WTERMSIG(status) == SIGABRT, "%s: an end that is understood", c->what);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static void wraps(const char *line, const char *expected, const char *what)
{
    Arena *arena = arena_new();
    Text text = text_new(arena);
    wrap_add(&text, 4, line, 60);
    tap_ok(!strcmp(text.data, expected), "%s", what);
    if (strcmp(text.data, expected)) tap_diag("%s", text.data);
    arena_free(arena);
}

int main(void)
{
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        tap_ok(passes(&cases[i]) == cases[i].passes, "%s", cases[i].what);
    wraps("short = line;", "    short = line;\n", "a short line stays");
    wraps("first_value = second_value * third_value + fourth_value * fifth_value;",
          "    first_value = second_value * third_value\n        + fourth_value * fifth_value;\n",
          "a long one goes on before a sum's operator");
    wraps("call(one_argument, another_argument, and_a_third_argument, last);",
          "    call(one_argument, another_argument,\n        and_a_third_argument, last);\n", "or after a comma");
    wraps("say(\"a text, with commas, that + nobody, may ever cut\", x);",
          "    say(\"a text, with commas, that + nobody, may ever cut\",\n        x);\n", "not in a string");
    wraps("f(\"one of the texts, too long for any of the lines, that\\n here are\", x);",
          "    f(\"one of the texts, too long for any of the lines, that\\n here are\",\n        x);\n",
          "where it could not help");
    wraps("\"one of the texts, too long for any of the lines that there are\", x);",
          "    \"one of the texts, too long for any of the lines that \"\n        \"there are\", x);\n",
          "but in one that is too long");
    wraps("value = other; // a remark that is too long to stand behind it",
          "    // a remark that is too long to stand behind it\n    value = other;\n", "a remark goes above");
    return tap_done();
}
