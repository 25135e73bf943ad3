/* SPDX-License-Identifier: MIT */
/* Where the buffers lie changes no bit of the results: programs that differ in
 * nothing but locations are run side by side, end states, saved instants and
 * counts of steps compared as text. The problem is chaotic, so that one last
 * digit that differs grows to be seen; some runs fail, and steps are rejected.
 *
 * Nor do the compiler's options change any, or how many runs a vector holds (no
 * function is called that vectors compute in another way): each method's first program
 * is compiled quickly, for one run at a time. Those of implicit methods with other
 * places are built as projects are; with sanitizers, which would take g++ hours, quickly too.
 *
 * All combinations of the buffers of the steps for explicit methods; for one of them
 * those of the loop too: each alone, and all. Of implicit methods, which have too many,
 * all together, every other one or those between, in turn; for some each of these.
 * With CUBIE_LONG_TESTS=1 in the environment all combinations and pairs of the loop's
 * for every method, with fixed steps as well, built as projects are;
 * CUBIE_TEST_ALGORITHM=NAME takes one method alone. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "numerics/kit.h"
#include "tap.h"

/* Every other run that is saved overflows; those to the end first try a step
 * that adaptive methods reject. */
static const char end_words[] = "rho=20:40:37 --duration=7";
static const char saving_words[] = "rho=20:40:17 force=0,1e300 --duration=7 --t0=1 --settle=0.3 --save-every=0.037";

enum { BUFFERS = 40 };
typedef struct Buffers {
    int count;
    char name[BUFFERS][40];
} Buffers;

/* Whether the memory map in the scratch directory says that the buffer has no memory. */
static bool is_empty(const char *map, const char *name)
{
    static const char *const starts[] = { "  of size 0: ", "  without memory, since nothing reads or writes them: " };
    for (const char *line = map; line; line = strchr(line + 1, '\n'))
        for (int i = 0; i < 2; i++) {
            if (strncmp(line + 1, starts[i], strlen(starts[i]))) continue;
            char names[500], *rest = names;
            snprintf(names, sizeof names, "%.*s", (int)strcspn(line + 1, "\n"), line + 1);
            rest += strlen(starts[i]);
            for (const char *word = strtok(rest, ", "); word; word = strtok(NULL, ", "))
                if (!strcmp(word, name)) return true;
        }
    return false;
}

/* Whether the memory map has a group of that name other than the loop's: "erk (", ".lu (". */
static bool has_group(const char *map, const char *group)
{
    char head[60];
    snprintf(head, sizeof head, "%s (", group);
    for (const char *at = strstr(map, head); at; at = strstr(at + 1, head))
        if (at > map && (at[-1] == '\n' || at[-1] == '.')) return strcmp(group, "loop") != 0;
    return false;
}

/* Buffers whose location is a setting and that the method uses: those of the
 * loop, or those of all groups below it. What solver_scratch holds is up to the
 * locations of others. */
static Buffers list_buffers(bool loop, const KitAlgorithm *algorithm)
{
    Buffers list = { 0 };
    kit_shell("map", "\"$CUBIE_GEN\" --layout forced.lua algorithm=%s dt=0.01", algorithm->name);
    kit_shell("buffers", "\"$CUBIE_GEN\" --list=buffers");
    char *map = kit_read("map"), *text = kit_read("buffers"), *place = text;
    for (char *line; list.count < BUFFERS && (line = strsep(&place, "\n"));) {
        char name[40], of[40], setting[60];
        if (sscanf(line, "%39s %39s %59s", name, of, setting) != 3) continue;
        if (loop ? strcmp(of, "loop") != 0 : !has_group(map, of)) continue;
        bool used = !is_empty(map, name) || !strcmp(name, "solver_scratch");
        if (strstr(setting, "_location") && used) strcpy(list.name[list.count++], name);
    }
    free(text);
    free(map);
    return list;
}

static void add_choice(char *choices, const char *buffer)
{
    sprintf(choices + strlen(choices), " %s_location=shared", buffer);
}

/* The summary's line on steps and rejections. */
static void copy_counts(char counts[200], const KitTable *table)
{
    const char *line = strstr(table->summary, "  steps ");
    snprintf(counts, 200, "%.*s", line ? (int)strcspn(line, "\n") : 9, line ? line : "no counts");
}

typedef struct Results {
    char *end, *saved;
    char end_counts[200], saved_counts[200];
} Results;

static char *run(char counts[200], const char *directory, const char *words)
{
    KitTable *table = kit_run(directory, "%s", words);
    copy_counts(counts, table);
    char *text = strdup(table->text);
    kit_free(table);
    return text;
}

static Results run_all(const char *directory, const char *choices, const char *flags)
{
    Results results;
    kit_build(directory, "forced.lua", choices, flags);
    results.end = run(results.end_counts, directory, end_words);
    results.saved = run(results.saved_counts, directory, saving_words);
    return results;
}

static void free_results(Results *results)
{
    free(results->end);
    free(results->saved);
}

static bool is_same(const Results *a, const Results *b)
{
    return !strcmp(a->end, b->end) && !strcmp(a->saved, b->saved) && !strcmp(a->end_counts, b->end_counts) &&
           !strcmp(a->saved_counts, b->saved_counts);
}

static void first_difference(const char *what, const char *a, const char *b)
{
    int line = 1;
    const char *start_a = a, *start_b = b;
    for (; *a && *a == *b; a++, b++)
        if (*a == '\n') line++, start_a = a + 1, start_b = b + 1;
    if (*a != *b)
        tap_diag("%s, line %d: '%.*s' instead of '%.*s'", what, line, (int)strcspn(start_b, "\n"), start_b,
                 (int)strcspn(start_a, "\n"), start_a);
}

/* Which method (and its place in the list), how its steps are controlled, and how the
 * programs are built that are compared with the first. */
typedef struct Case {
    const KitAlgorithm *algorithm;
    int number;
    bool adaptive;
    const char *flags;
    char name[60];
} Case;

static void describe_choices(char choices[2000], const Case *test, const char *locations)
{
    snprintf(choices, 2000, "algorithm=%.40s %s%s", test->algorithm->name,
             test->adaptive ? "dt=0.5" : "controller=fixed dt=0.01", locations);
}

/* The reference has failing runs and rejected steps, or it would show little. */
static void check_reference(const Results *results, const Case *test)
{
    tap_ok(strstr(results->saved, "NaN") && !strstr(results->end, "NaN"), "%s: some runs fail", test->name);
    tap_ok(strstr(results->saved, "\n0,1.337,"), "%s: instants are saved", test->name);
    if (test->adaptive)
        tap_ok(!strstr(results->end_counts, ", 0.0 rejected"), "%s: steps are rejected (%s)", test->name,
               results->end_counts);
}

static void compare(const Results *wanted, const Case *test, const char *locations)
{
    char choices[2000];
    describe_choices(choices, test, locations);
    Results seen = run_all("other", choices, test->flags);
    if (!tap_ok(is_same(&seen, wanted), "%s: the same bits with%s", test->name, locations)) {
        first_difference("end states", wanted->end, seen.end);
        first_difference("saved states", wanted->saved, seen.saved);
        first_difference("steps to the end", wanted->end_counts, seen.end_counts);
        first_difference("steps when saving", wanted->saved_counts, seen.saved_counts);
    }
    free_results(&seen);
}

/* Every subset of the buffers of the steps, `also` with it. */
static void compare_subsets(const Results *wanted, const Case *test, const Buffers *buffers, const char *also)
{
    for (int set = *also ? 0 : 1; set < 1 << buffers->count; set++) {
        char locations[1000] = "";
        strcat(locations, also);
        for (int i = 0; i < buffers->count; i++)
            if (set >> i & 1) add_choice(locations, buffers->name[i]);
        compare(wanted, test, locations);
    }
}

/* Each alone, and with pairs each two. */
static void compare_few(const Results *wanted, const Case *test, const Buffers *buffers, bool pairs)
{
    for (int i = 0; i < buffers->count; i++)
        for (int j = pairs ? 0 : i; j <= i; j++) {
            char locations[200] = "";
            add_choice(locations, buffers->name[i]);
            if (j < i) add_choice(locations, buffers->name[j]);
            compare(wanted, test, locations);
        }
}

static bool is_explicit(const Case *test)
{
    return !strcmp(test->algorithm->family, "erk");
}

static bool is_chosen(const Case *test)
{
    return !strcmp(test->algorithm->name, "rodas4p") || !strcmp(test->algorithm->name, "l-stable-sdirk-4");
}

/* All together, those at even and those at odd places: each of these for chosen methods. */
static void compare_some(const Results *wanted, const Case *test, const Buffers *buffers)
{
    for (int set = 0; set < 3; set++) {
        char locations[2000] = "";
        for (int i = 0; i < buffers->count; i++)
            if (set == 2 || i % 2 == set) add_choice(locations, buffers->name[i]);
        if (*locations && (is_chosen(test) || set == test->number % 3)) compare(wanted, test, locations);
    }
}

static bool is_long(void)
{
    return getenv("CUBIE_LONG_TESTS") != NULL;
}

/* Of the programs that are compared with the first one. */
static const char *flags_of(const KitAlgorithm *algorithm)
{
    bool quick = !strcmp(algorithm->family, "erk") || tap_is_sanitized();
    return is_long() || !quick ? KIT_AS_SHIPPED : KIT_QUICK;
}

/* loop: the locations of the loop's buffers too. */
static void run_case(Case test, bool loop)
{
    char choices[2000], everything[1000] = "";
    Buffers loop_buffers = list_buffers(true, test.algorithm), step_buffers = list_buffers(false, test.algorithm);
    snprintf(test.name, sizeof test.name, "%.40s, %s", test.algorithm->name, test.adaptive ? "adaptive" : "fixed");
    describe_choices(choices, &test, "");
    for (int i = 0; i < loop_buffers.count; i++) add_choice(everything, loop_buffers.name[i]);
    Results wanted = run_all("reference", choices, KIT_QUICK);
    check_reference(&wanted, &test);
    if (is_long() || is_explicit(&test))
        compare_subsets(&wanted, &test, &step_buffers, "");
    else
        compare_some(&wanted, &test, &step_buffers);
    if (loop) compare_subsets(&wanted, &test, &step_buffers, everything);
    if (loop) compare_few(&wanted, &test, &loop_buffers, is_long());
    free_results(&wanted);
}

/* Adaptive where there is an error estimate; and then fixed steps for some,
 * where rejected attempts hold no first stage in place. */
static void test_algorithm(const KitAlgorithm *algorithm, int number)
{
    bool loop = is_long() || !strcmp(algorithm->name, "tsit5");
    bool also_fixed = is_long() || !strcmp(algorithm->name, "bogacki-shampine-32");
    const char *flags = flags_of(algorithm);
    if (algorithm->embedded) run_case((Case){ algorithm, number, true, flags, "" }, loop);
    if (!algorithm->embedded || also_fixed) run_case((Case){ algorithm, number, false, flags, "" }, is_long());
}

/* What the map says of an alias, asked for with this location. */
static void test_map(const char *location, const char *said)
{
    kit_shell("map", "\"$CUBIE_GEN\" --layout forced.lua algorithm=tsit5 %s", location);
    char *map = kit_read("map");
    tap_ok(strstr(map, said) != NULL, "%s: the map says: %s", location, said);
    free(map);
}

int main(void)
{
    KitAlgorithm list[KIT_ALGORITHMS];
    kit_begin();
    kit_shell("copied", "cp \"$srcdir/tests/support/forced.lua\" .");
    int count = kit_algorithms(list);
    const char *only = getenv("CUBIE_TEST_ALGORITHM");
    for (int i = 0; i < count; i++)
        if (!only || !strcmp(only, list[i].name)) test_algorithm(&list[i], i);
    test_map("stage_rhs_location=shared",
             "stage_cache over stage_rhs: refused: stage_cache is still needed when stage_rhs is written in ");
    test_map("stage_accumulator_location=shared",
             "stage_cache        over stage_accumulator (proved: never both in use)");
    return tap_done();
}
