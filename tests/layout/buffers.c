/* SPDX-License-Identifier: MIT */
/* Reading of buffer specs: bare ones from files, with all their mistakes at
 * once, and those of the families under every choice of locations. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/intern.h"
#include "layout/layout.h"
#include "layout/map.h"
#include "script/shipped/buffers.h"
#include "tap.h"

static Arena *arena;

static void same_text(const char *got, const char *expected, const char *title)
{
    if (!tap_ok(!strcmp(got, expected), "%s", title)) tap_diag("got      %s\nexpected %s", got, expected);
}

static const char *json_of(const BufferGroup *group)
{
    const Layout *layout = group ? layout_resolve(arena, group, NULL) : NULL;
    Text text = text_new(arena);
    if (layout) layout_print_json(&text, layout);
    return text.data;
}

/* ---- bare specs ---- */

static void write_spec(const char *text)
{
    FILE *file = fopen("spec.lua", "w");
    if (!file || fputs(text, file) < 0 || fclose(file)) exit(99);
}

/* The errors, or the layout when there were none. */
static const char *reading_of(const char *spec)
{
    Text errors = text_new(arena);
    write_spec(spec);
    diag_reset();
    diag_capture(&errors);
    const char *json = json_of(buffers_read_file(arena, "spec.lua"));
    diag_capture(NULL);
    diag_reset();
    return errors.length ? errors.data : json;
}

static void test_bare(void)
{
    same_text(
        reading_of("return buffers {\n"
                   "  precision = \"float32\",\n"
                   "  { \"stage_rhs\",         size = 100, location = \"shared\" },\n"
                   "  { \"stage_accumulator\", size = 100, location = \"local\" },\n"
                   "  { \"stage_cache\",       size = 100, location = \"local\", persistent = true, aliases = "
                   "\"stage_rhs\" },\n"
                   "  children = { newton = buffers { { \"delta\", size = 7, location = \"shared\" } } },\n"
                   "}\n"),
        "{\"groups\":[{\"name\":\"spec\",\"shared\":{\"stage_rhs\":[0,100],\"stage_cache\":[0,100],"
        "\"newton_shared\":[100,107]},\"persistent\":{\"newton_persistent\":[0,0]},"
        "\"local\":{\"stage_accumulator\":100},\"shared_elements\":107,\"persistent_elements\":0,"
        "\"local_elements\":100},{\"name\":\"newton\",\"shared\":{\"delta\":[0,7]},\"persistent\":{},\"local\":{},"
        "\"shared_elements\":7,\"persistent_elements\":0,\"local_elements\":0}]}\n",
        "the example of the manual with a child");
    same_text(reading_of("local n = 3\n"
                         "local solver = buffers { { 'x', size = n * 2, location = 'shared' } }\n"
                         "return buffers { name = 'step', { 'scratch', size = 10, location = 'shared' },\n"
                         "  { 'b_shared', aliases = 'scratch' }, children = { b = solver, a = solver } }\n"),
              "{\"groups\":[{\"name\":\"step\",\"shared\":{\"scratch\":[0,10],\"b_shared\":[0,6],\"a_shared\":[10,16]},"
              "\"persistent\":{\"a_persistent\":[0,0],\"b_persistent\":[0,0]},\"local\":{},\"shared_elements\":16,"
              "\"persistent_elements\":0,\"local_elements\":0},"
              "{\"name\":\"a\",\"shared\":{\"x\":[0,6]},\"persistent\":{},\"local\":{},\"shared_elements\":6,"
              "\"persistent_elements\":0,\"local_elements\":0},"
              "{\"name\":\"b\",\"shared\":{\"x\":[0,6]},\"persistent\":{},\"local\":{},\"shared_elements\":6,"
              "\"persistent_elements\":0,\"local_elements\":0}]}\n",
              "Lua computes sizes; children in the order of their names; one spec for two");
}

static void test_precision(void)
{
    write_spec("return buffers { { 'a', size = 1, location = 'shared' }, children = {\n"
               "  c = buffers { { 'x', size = 1 } }, d = buffers { precision = 'float64', { 'x', size = 1 } } } }\n");
    BufferGroup *group = buffers_read_file(arena, "spec.lua");
    tap_ok(group && buffer_group_update(arena, group, "precision", "float32", (Source){ 0 }),
           "update of the precision");
    const Layout *layout = layout_resolve(arena, group, NULL);
    tap_ok(layout_find(layout, "a")->precision == PRECISION_FLOAT32, "the group's buffers follow");
    tap_ok(layout_find(layout, "c.x")->precision == PRECISION_FLOAT32, "those of a child without its own too");
    tap_ok(layout_find(layout, "d.x")->precision == PRECISION_FLOAT64, "those of one with its own do not");
}

static void test_mistakes(void)
{
    same_text(
        reading_of("return buffers {\n"
                   "  precision = \"float16\", colour = 1,\n"
                   "  { \"a\", size = 2.5, location = \"share\" },\n"
                   "  { \"b\", size = \"3\", persistent = 1, aliasses = \"a\" },\n"
                   "  { size = 3 },\n"
                   "  \"c\",\n"
                   "  { \"d\", aliases = 7, precision = \"half\", fixed_location = 0 },\n"
                   "  { \"s_shared\", size = 4, location = \"local\" },\n"
                   "  children = { s = buffers { { \"x\", size = 1, zzzzzz = 2 } }, t = {} },\n"
                   "}\n"),
        "spec.lua:9: error: buffer 'x' has unknown field 'zzzzzz'; it must be size, location, persistent, aliases, "
        "precision or fixed_location\n"
        "spec.lua:1: error: precision = 'float16'; it must be 'float32' or 'float64'\n"
        "spec.lua:1: error: the group has unknown field 'colour'; it must be name, precision or children\n"
        "spec.lua:1: error: child 't' is a table; it must be buffers { ... }\n"
        "spec.lua:3: error: buffer 'a' has size = 2.5; it must be a whole number\n"
        "spec.lua:3: error: buffer 'a' has location = 'share'; it must be 'shared' or 'local'\n"
        "spec.lua:4: error: buffer 'b' has size = '3'; it must be a whole number\n"
        "spec.lua:4: error: buffer 'b' has persistent = 1; it must be true or false\n"
        "spec.lua:4: error: buffer 'b' has unknown field 'aliasses'; did you mean 'aliases'?\n"
        "spec.lua:4: error: buffer 3 of the group has no name; write { \"NAME\", size = N }\n"
        "spec.lua:4: error: buffer 4 of the group has no name; write { \"NAME\", size = N }\n"
        "spec.lua:7: error: buffer 'd' has aliases = 7; it must be the name of a buffer of the same group\n"
        "spec.lua:7: error: buffer 'd' has precision = 'half'; it must be 'float32', 'float64' or 'int32'\n"
        "spec.lua:7: error: buffer 'd' has fixed_location = 0; it must be true or false\n"
        "spec.lua:7: error: buffer 'd' has no size; write { \"d\", size = N }\n"
        "spec.lua:8: error: buffer 's_shared' has a location, but it is what child 's' needs; leave it out\n",
        "all mistakes of a file at once");
    same_text(reading_of("return buffers { { 'a', size = -1 }, { 'a', size = 1, aliases = 'b' } }"),
              "spec.lua:1: error: buffer 'a' has size -1; it must be 0 or more\n"
              "spec.lua:1: error: buffer 'a' aliases unknown buffer 'b'; it must be a buffer of the same group\n"
              "spec.lua:1: error: buffer 'a' is declared twice; names must be unique within a group\n"
              "spec.lua:1: note: previous declaration of 'a'\n",
              "what the check finds, at the lines of the file");
    same_text(reading_of("local b = buffers { }\n"),
              "spec.lua: error: a buffer spec ends in 'return buffers { ... }'\n", "nothing returned");
    same_text(reading_of("\nreturn buffers 'x'\n"),
              "spec.lua:2: error: 'buffers' takes one table: buffers { { \"NAME\", size = N }, ... }\n", "no table");
    same_text(reading_of("return buffers {\n  { 'a', size = m },\n}\n"), "spec.lua:2: error: unknown name 'm'\n",
              "an unknown name");
}

static void test_hostile(void)
{
    same_text(
        reading_of("local b = buffers { }\nfor i = 1, 100 do\n  b = buffers { children = { c = b } }\nend\nreturn b\n"),
        "spec.lua:3: error: child 'c' is nested more than 32 groups deep\n", "deep nesting");
    same_text(reading_of("local b = buffers { { 'a', size = 1 } }\nfor i = 1, 30 do\n"
                         "  b = buffers { children = { c = b, d = b } }\nend\nreturn b\n"),
              "spec.lua:3: error: child 'c' has more than 100000 buffers and groups in all\n",
              "doubling at every level");
    same_text(reading_of("local t = { }\nfor i = 1, 20000 do t[i] = { 'b' .. i, size = 1 } end\nreturn buffers(t)\n"),
              "spec.lua:3: error: a group has 20000 buffers; it may have 10000\n", "too many buffers");
    same_text(reading_of("return buffers { { 'a', size = 9007199254740993 } }"),
              "spec.lua:1: error: buffer 'a' has size 9007199254740993; it must be at most 2147483648\n",
              "a huge size");
    same_text(reading_of("return buffers { { 'a', size = 1/0 } }"),
              "spec.lua:1: error: buffer 'a' has size = inf; it must be a whole number\n", "an infinite size");
}

static bool is_spec(const char *text)
{
    write_spec(text);
    return buffers_is_spec("spec.lua");
}

static void test_is_spec(void)
{
    tap_ok(is_spec("local b = buffers { }\nreturn b\n"), "a bare spec");
    tap_ok(is_spec("-- a problem with memory\nreturn buffers { { 'problem', size = 1 } }"),
           "comments and texts do not count");
    tap_ok(!is_spec("problem 'lorenz'\nbuffers { { 'stage_rhs', location = 'shared' } }\n"),
           "a problem with a spec in it");
    tap_ok(is_spec("--[==[ problem ]] ]==] return buffers [[ problem ]]"), "nor do long brackets");
    tap_ok(!is_spec("--[[ buffers\n]] states { x = 1 }\n"), "neither");
    tap_ok(!buffers_is_spec("missing.lua"), "no file");
}

/* ---- families ---- */

static const SettingTable *table;

/* With `B_location=VALUE` for every pair of the list, which NULL ends. */
static BufferGroup *family_with(const char *family, BufferScope scope, const char *const *choices)
{
    AssignmentList given = { 0 };
    for (; *choices; choices += 2) {
        const char **items = ARENA_ARRAY(arena, const char *, 1);
        items[0] = intern(choices[1]);
        *array_push(arena, &given) =
            (Assignment){ intern(arena_printf(arena, "%s_location", choices[0])), items[0], 1, items, { 0 } };
    }
    scope.table = table;
    scope.settings = settings_resolve(arena, table, &given, true);
    return buffers_read_family(arena, family, &scope);
}

static void add_locations(SettingTable *settings, const BufferGroup *group)
{
    for (int i = 0; i < group->buffers.count; i++)
        if (!group->buffers.items[i]->fixed_location)
            settings_add_location(arena, settings, group->buffers.items[i]->name, "local", group->name);
}

#define ERK_JSON(shared, persistent, local, s, p, l)                                                           \
    "{\"groups\":[{\"name\":\"erk\",\"shared\":{" shared "},\"persistent\":{" persistent "},\"local\":{" local \
    "},\"shared_elements\":" s ",\"persistent_elements\":" p ",\"local_elements\":" l "}]}\n"

static void test_erk(void)
{
    BufferScope scope = { .values = { .arena = arena }, .precision = PRECISION_FLOAT32 };
    scope_count(&scope.values, "n", 3);
    scope_count(&scope.values, "s", 7);
    scope_count(&scope.values, "dense_stages", 0);
    scope_flag(&scope.values, "first_same_as_last", true);
    BufferGroup *group = buffers_read_family(arena, "erk", &scope);
    SettingTable *settings = settings_table(arena);
    add_locations(settings, group);
    table = settings;
    tap_ok(group->precision == PRECISION_FLOAT32 && !strcmp(group->name, "erk"), "a family has the run's precision");
    same_text(json_of(group),
              ERK_JSON("", "\"stage_cache\":[0,3]", "\"stage_rhs\":3,\"stage_accumulator\":18,\"stage_dense\":1", "0",
                       "3", "22"),
              "all local: the cache is persistent");
    same_text(json_of(family_with("erk", scope, (const char *const[]){ "stage_rhs", "shared", NULL })),
              ERK_JSON("\"stage_rhs\":[0,3],\"stage_cache\":[0,3]", "", "\"stage_accumulator\":18,\"stage_dense\":1",
                       "3", "0", "19"),
              "stage_rhs shared: the cache lies over it");
    same_text(json_of(family_with("erk", scope, (const char *const[]){ "stage_accumulator", "shared", NULL })),
              ERK_JSON("\"stage_accumulator\":[0,18],\"stage_cache\":[0,3]", "", "\"stage_rhs\":3,\"stage_dense\":1",
                       "18", "0", "4"),
              "stage_accumulator shared: the cache lies over that");
    same_text(json_of(family_with("erk", scope,
                                  (const char *const[]){ "stage_accumulator", "shared", "stage_rhs", "shared", NULL })),
              ERK_JSON("\"stage_rhs\":[0,3],\"stage_accumulator\":[3,21],\"stage_cache\":[0,3]", "",
                       "\"stage_dense\":1", "21", "0", "1"),
              "both shared: over stage_rhs");
    scope_flag(&scope.values, "first_same_as_last", false);
    scope_count(&scope.values, "dense_stages", 2);
    group = family_with("erk", scope, (const char *const[]){ "stage_rhs", "shared", NULL });
    tap_ok(buffer_group_find(group, "stage_cache")->size == 0, "no cache without first-same-as-last");
    tap_ok(buffer_group_find(group, "stage_dense")->size == 6, "extra stages of the interpolant");
}

static void test_loop(void)
{
    BufferScope scope = { .values = { .arena = arena } };
    scope_count(&scope.values, "n", 5);
    scope_count(&scope.values, "p", 3);
    scope_count(&scope.values, "o", 4);
    scope_count(&scope.values, "hoisted", 0);
    scope_flag(&scope.values, "adaptive", true);
    const BufferGroup *group = buffers_read_family(arena, "loop", &scope);
    static const struct {
        const char *name;
        int64_t size;
    } expected[] = {
        { "state", 5 }, { "proposed_state", 5 }, { "parameters", 3 }, { "observables", 4 }, { "error", 5 }
    };
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        const Buffer *buffer = buffer_group_find(group, expected[i].name);
        tap_ok(buffer && buffer->size == expected[i].size && buffer->location == LOCATION_LOCAL, "%s",
               expected[i].name);
    }
    scope_flag(&scope.values, "adaptive", false);
    tap_ok(buffer_group_find(buffers_read_family(arena, "loop", &scope), "error")->size == 0,
           "no error with fixed steps");
}

int main(void)
{
    char folder[] = "/tmp/cubie-buffers-XXXXXX";
    if (!mkdtemp(folder) || chdir(folder)) return 99;
    arena = arena_new();
    test_bare();
    test_precision();
    test_mistakes();
    test_hostile();
    test_is_spec();
    test_erk();
    test_loop();
    remove("spec.lua");
    rmdir(folder);
    arena_free(arena);
    return tap_done();
}
