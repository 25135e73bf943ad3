/* SPDX-License-Identifier: MIT */
/* Mistakes in buffer specs and in updates of them, each with its exact text;
 * updates that are right lay out again. */
#include "support/specs.h"

/* ---- mistakes ---- */

static const char *errors_of(const BufferGroup *group)
{
    Text text = text_new(arena);
    diag_reset();
    diag_capture(&text);
    const Layout *layout = layout_resolve(arena, group, NULL);
    diag_capture(NULL);
    diag_reset();
    return layout ? "" : text.data;
}

static void test_errors(void)
{
    BufferGroup *group =
        spec_of("a 4 shared, stage_rhs 3, a 5, c 1 over c, d 1 over stage_rh, e 1 over qqq, f -3, "
                "g 1 over h, h 1 over i, i 1 over g, b-d 1, s { x 1 }, s_shared 4, 2n { y -1 over x }");
    *buffer_group_add(arena, group, "", 1) = (Buffer){ .name = intern(""), .size = 1, .source = { "spec.lua", 9, 3 } };
    buffer_group_add(arena, group, "big", BUFFER_SIZE_MOST + 1);
    same_text(
        errors_of(group),
        "spec.lua:1: error: buffer 'c' aliases itself; name another buffer of the group\n"
        "spec.lua:1: error: buffer 'd' aliases unknown buffer 'stage_rh'; did you mean 'stage_rhs'?\n"
        "spec.lua:1: error: buffer 'e' aliases unknown buffer 'qqq'; it must be a buffer of the same group\n"
        "spec.lua:1: error: buffer 'f' has size -3; it must be 0 or more\n"
        "spec.lua:1: error: buffer name 'b-d' is not an identifier; use letters, digits and _\n"
        "spec.lua:1: error: buffer 's_shared' has size 4, but its size is what child 's' needs; leave it out\n"
        "spec.lua:9:3: error: a buffer has an empty name; its first item must be a name\n"
        "spec.lua:1: error: buffer 'big' has size 2147483649; it must be at most 2147483648\n"
        "spec.lua:1: error: buffer 'a' is declared twice; names must be unique within a group\n"
        "spec.lua:1: note: previous declaration of 'a'\n"
        "spec.lua:1: error: buffer 'g' aliases 'h', which in the end aliases 'g'; aliases must not form a circle\n"
        "spec.lua:1: error: child name '2n' is not an identifier; use letters, digits and _\n"
        "spec.lua:1: error: buffer 'y' has size -1; it must be 0 or more\n"
        "spec.lua:1: error: buffer 'y' aliases unknown buffer 'x'; it must be a buffer of the same group\n",
        "all mistakes of a spec at once");
    same_text(
        errors_of(spec_of("a 1 over b, b 1 over a, c 1 over d, d 2 over e, e 1 over d")),
        "spec.lua:1: error: buffer 'a' aliases 'b', which in the end aliases 'a'; aliases must not form a circle\n"
        "spec.lua:1: error: buffer 'd' aliases 'e', which in the end aliases 'd'; aliases must not form a circle\n",
        "each circle once");
}

/* ---- updates ---- */

static const char *update_errors(BufferGroup *group, const char *name, const char *value)
{
    Text text = text_new(arena);
    diag_reset();
    diag_capture(&text);
    bool done = buffer_group_update(arena, group, name, value, (Source){ 0 });
    diag_capture(NULL);
    diag_reset();
    return done ? "" : text.data;
}

typedef struct BadUpdate {
    const char *name, *value, *text;
} BadUpdate;

static const BadUpdate bad_updates[] = {
    { "cahe_size", "3", "cubie-gen: error: cahe_size: unknown buffer 'cahe'; did you mean 'cache'?\n" },
    { "zzzzzz_size", "3", "cubie-gen: error: zzzzzz_size: unknown buffer 'zzzzzz'; group 'g' has no such buffer\n" },
    { "rhs_size", "-1",
      "cubie-gen: error: rhs_size = '-1' is not valid; it must be a whole number from 0 to 2147483648\n" },
    { "rhs_size", "3.5",
      "cubie-gen: error: rhs_size = '3.5' is not valid; it must be a whole number from 0 to 2147483648\n" },
    { "rhs_size", "",
      "cubie-gen: error: rhs_size = '' is not valid; it must be a whole number from 0 to 2147483648\n" },
    { "rhs_location", "share",
      "cubie-gen: error: rhs_location = 'share' is not valid; it must be 'shared' or 'local'\n" },
    { "rhs_persistent", "yes",
      "cubie-gen: error: rhs_persistent = 'yes' is not valid; it must be 'true' or 'false'\n" },
    { "rhs_aliases", "rhs",
      "cubie-gen: error: rhs_aliases = 'rhs' is not valid; it must be another buffer of the group, or empty\n" },
    { "rhs_aliases", "cach", "cubie-gen: error: rhs_aliases: unknown buffer 'cach'; did you mean 'cache'?\n" },
    { "rhs_precision", "double",
      "cubie-gen: error: rhs_precision = 'double' is not valid; it must be 'float32', 'float64' or 'int32'\n" },
    { "precision", "int32", "cubie-gen: error: precision = 'int32' is not valid; it must be 'float32' or 'float64'\n" },
    { "newtn.x_size", "1", "cubie-gen: error: newtn.x_size: unknown child 'newtn'; did you mean 'newton'?\n" },
    { "q.x_size", "1", "cubie-gen: error: q.x_size: unknown child 'q'; group 'g' has no such child\n" },
    { "newton_shared_size", "1",
      "cubie-gen: error: newton_shared_size cannot be set: it is what child 'newton' needs\n" },
    { "fixed_location", "local",
      "cubie-gen: error: the location of 'fixed' is not a setting: it follows what it belongs to\n" },
    { "rhs_colour", "red",
      "cubie-gen: error: unknown update 'rhs_colour'; it must be BUFFER_size, BUFFER_location, BUFFER_persistent, "
      "BUFFER_aliases, BUFFER_precision or precision\n" },
};

static void test_updates(void)
{
    BufferGroup *group = spec_of("rhs 3, acc 9, cache 3 persistent over rhs, fixed 1, newton { x 4 shared }");
    buffer_group_find(group, "fixed")->fixed_location = true;
    const char *before = json_of(group);
    for (size_t i = 0; i < sizeof bad_updates / sizeof *bad_updates; i++)
        same_text(update_errors(group, bad_updates[i].name, bad_updates[i].value), bad_updates[i].text,
                  bad_updates[i].name);
    same_text(json_of(group), before, "refused updates change nothing");

    static const char *const steps[][2] = {
        { "rhs_location", "shared" },    { "acc_size", "6" },
        { "newton.x_size", "2" },        { "newton_shared_aliases", "acc" },
        { "acc_location", "shared" },    { "cache_aliases", "" },
        { "cache_aliases", "acc" },      { "fixed_precision", "int32" },
        { "cache_persistent", "false" }, { "precision", "float32" },
    };
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        same_text(update_errors(group, steps[i][0], steps[i][1]), "", steps[i][0]);
    same_text(json_of(group),
              JSON(GROUP("g", "\"rhs\":[0,3],\"acc\":[3,9],\"cache\":[3,6],\"newton_shared\":[6,8]",
                         "\"newton_persistent\":[0,0]", "\"fixed\":1", "9", "0",
                         "1") "," GROUP("newton", "\"x\":[0,2]", "", "", "2", "0", "0")),
              "updates lay out again");
}

int main(void)
{
    arena = arena_new();
    test_errors();
    test_updates();
    arena_free(arena);
    return tap_done();
}
