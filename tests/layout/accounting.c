/* SPDX-License-Identifier: MIT */
/* Memory accounting: what the memory map, the descriptor and the declarations of
 * the generated text say is what follows from the buffer specs alone.
 *
 * The buffers of each level (loop, algorithm, Newton, linear solver) are all shared or
 * all local, in all combinations. By the specs' sizes (support/accounts.h) follow sums
 * and alignment, the bytes of the descriptor, and which declarations there are; no two
 * may be in one place, but for aliases. */
#include <inttypes.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "numerics/kit.h"
#include "support/accounts.h"
#include "support/memory_map.h"
#include "tap.h"

static const char *const kind_names[] = { "shared", "persistent", "local" };

/* ---- what follows ---- */

/* Bytes of a level's slab with those below it, in whole elements of the run's
 * precision; of local arrays, what they take. */
static int64_t bytes_below(const Case *c, int level, int kind)
{
    int64_t bytes = 0, width = kind == LOCAL ? 1 : level == LINEAR ? c->solver->factor_width : c->solver->run_width;
    for (int i = 0; i < c->count; i++)
        if (c->item[i].level == level && c->item[i].kind == kind && !c->item[i].over)
            bytes += c->item[i].size * c->item[i].width;
    if (level < LINEAR) bytes += bytes_below(c, level + 1, kind);
    return (bytes + width - 1) / width * width;
}

static const char *group_name(const Case *c, int level)
{
    static char name[80];
    const char *family = c->method->family, *solver = c->solver->name;
    if (level == LOOP) return "loop";
    if (level == ALGORITHM) return family;
    if (level == NEWTON) snprintf(name, sizeof name, "%s.newton", family);
    if (level == LINEAR) snprintf(name, sizeof name, has_newton(c) ? "%s.newton.%s" : "%s.%s", family, solver);
    return name;
}

static bool has_level(const Case *c, int level)
{
    return level < NEWTON || (level == NEWTON ? has_newton(c) : is_implicit(c));
}

typedef struct Output {
    char *json, *source;
    bool wrong;
} Output;

__attribute__((format(printf, 3, 4))) static void wrong(Output *output, const Case *c, const char *format, ...)
{
    char text[300];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    tap_diag("%s: %s", c->words, text);
    output->wrong = true;
}

/* ---- comparisons ---- */

static void compare_number(Output *output, const Case *c, const char *what, int64_t seen, int64_t expected)
{
    if (seen != expected) wrong(output, c, "%s: %" PRId64 ", by the specs %" PRId64, what, seen, expected);
}

static void compare_slabs(Output *output, const Case *c)
{
    static const char *const totals[] = { "shared_elements", "persistent_elements" };
    for (int level = LOOP; level < LEVELS; level++)
        for (int kind = SHARED; has_level(c, level) && kind <= PERSISTENT; kind++) {
            int width = level == LINEAR ? c->solver->factor_width : c->solver->run_width;
            compare_number(output, c, group_name(c, level),
                           map_total(output->json, group_name(c, level), totals[kind]) * width,
                           bytes_below(c, level, kind));
        }
}

static void compare_descriptor(Output *output, const Case *c)
{
    int64_t seen[KINDS];
    if (!map_descriptor(output->source, seen)) wrong(output, c, "no bytes in the descriptor");
    for (int kind = 0; kind < KINDS; kind++)
        compare_number(output, c, kind_names[kind], seen[kind], bytes_below(c, LOOP, kind));
    compare_number(output, c, "shared_elements of the struct",
                   map_constant(output->source, "shared_elements = ") * c->solver->run_width,
                   bytes_below(c, LOOP, SHARED));
}

/* The arrays that hold the persistent slab, one for each type. */
static void compare_arrays(Output *output, const Case *c)
{
    int64_t reals = 0, factors = 0;
    for (int i = 0; i < c->count; i++) {
        const Item *item = &c->item[i];
        if (item->kind != PERSISTENT || item->over) continue;
        *(item->width == c->solver->run_width ? &reals : &factors) += item->size;
    }
    compare_number(output, c, "elements of persistent", map_constant(output->source, " Real persistent["), reals);
    compare_number(output, c, "of persistent_factors", map_constant(output->source, " Factor persistent_factors["),
                   factors);
}

/* Where the map says that an item of a slab lies, in bytes of the run's slab. */
static int64_t map_start(const char *json, const Case *c, const Item *item)
{
    int64_t start = 0;
    for (int level = LOOP; level <= item->level; level++) {
        char name[80];
        int below = level + 1 == NEWTON && !has_newton(c) ? LINEAR : level + 1;
        if (!has_level(c, level)) continue;
        const char *last = level < item->level ? strrchr(group_name(c, below), '.') : NULL;
        snprintf(name, sizeof name, "%s_%s", last ? last + 1 : group_name(c, below), kind_names[item->kind]);
        int64_t first =
            map_first(json, group_name(c, level), kind_names[item->kind], level < item->level ? name : item->name);
        if (first < 0) return -1;
        start += first * (level == LINEAR ? c->solver->factor_width : c->solver->run_width);
    }
    return start;
}

static void compare_item(Output *output, const Case *c, Item *item)
{
    Declaration declaration = map_declaration(output->source, item->declared);
    int kind = item->over ? SHARED : item->kind;
    if (!declaration.count) wrong(output, c, "%s is not declared", item->name);
    if (declaration.mixed) wrong(output, c, "%s has several places", item->name);
    if (!is(declaration.where, kind_names[kind])) wrong(output, c, "%s is %s", item->name, declaration.where);
    compare_number(output, c, "width of elements", declaration.factor ? c->solver->factor_width : c->solver->run_width,
                   item->width);
    if (kind == LOCAL) compare_number(output, c, item->name, declaration.number, item->size);
    if (kind != SHARED) return;
    item->start = declaration.number * item->width;
    compare_number(output, c, item->name, item->start,
                   map_start(output->json, c, &(Item){ .name = item->name, .level = item->level, .kind = SHARED }));
    if (item->start + item->size * item->width > bytes_below(c, LOOP, SHARED))
        wrong(output, c, "%s ends beyond the slab", item->name);
}

/* No two in one place, but for what lies over another. */
static void compare_places(Output *output, const Case *c)
{
    for (int i = 0; i < c->count; i++)
        for (int j = 0; j < i; j++) {
            const Item *a = &c->item[i], *b = &c->item[j];
            if (a->over || b->over || a->start < 0 || b->start < 0) continue;
            if (a->start < b->start + b->size * b->width && b->start < a->start + a->size * a->width)
                wrong(output, c, "%s and %s overlap", a->name, b->name);
        }
}

static void compare_items(Output *output, Case *c)
{
    for (int i = 0; i < c->count; i++)
        if (c->item[i].size) compare_item(output, c, &c->item[i]);
    compare_places(output, c);
}

static bool compare(Case *c)
{
    int failed = kit_shell("map.json", "\"$CUBIE_GEN\" --layout=json %s 2>&1", c->words);
    failed |= kit_shell("source", "\"$CUBIE_GEN\" --dump=source %s 2>&1", c->words);
    Output output = { kit_read("map.json"), kit_read("source"), false };
    if (failed) {
        wrong(&output, c, "%.200s", output.json);
    } else {
        compare_slabs(&output, c);
        compare_descriptor(&output, c);
        compare_items(&output, c);
        compare_arrays(&output, c);
    }
    free(output.json);
    free(output.source);
    return !output.wrong;
}

/* Numbers in the factors: of the only matrix those of the problem, else as the map counts. */
static int64_t count_numbers(const Problem *problem, const Method *method)
{
    if (!method->matrices[1]) return problem->entries;
    kit_shell("map", "\"$CUBIE_GEN\" --layout %s algorithm=%s", problem_path(problem), method->name);
    char *map = kit_read("map");
    int64_t entries = map_constant(map, "\n  entries         "), numbers = map_constant(map, "\n  numbers         ");
    int real = method->matrices[0], complex = method->matrices[1];
    free(map);
    tap_ok(entries == problem->entries && numbers <= (real + 2 * complex) * entries &&
               numbers >= (real + complex) * entries + complex * problem->n,
           "%s, %s: %d numbers in factors of %d entries", problem->path, method->name, (int)numbers, (int)entries);
    return numbers;
}

static void test_method(const Problem *problem, const Method *method)
{
    int cases = 0, right = 0;
    bool implicit = !is(method->family, "erk"), newton = is(method->family, "dirk") || is(method->family, "firk");
    int64_t numbers = implicit ? count_numbers(problem, method) : 0;
    for (size_t i = 0; i < sizeof solvers / sizeof *solvers; i++) {
        if (!implicit && solvers[i].factor_width < solvers[i].run_width) continue;
        if ((!implicit || method->reuse) && !is(solvers[i].name, "lu")) continue;
        if (is(method->family, "firk") && !is(solvers[i].name, "lu") && (method->s == 2 || problem->n > 3)) continue;
        if (solvers[i].tables && (problem->n < 20 || is(method->family, "firk"))) continue;
        for (unsigned shared = 0; shared < 1 << LEVELS; shared++) {
            bool odd = (shared ^ shared >> 1 ^ shared >> 2 ^ shared >> 3) & 1; /* the loop's for half of the rest */
            if (odd || (!newton && shared >> NEWTON & 1) || (!implicit && shared >> LINEAR)) continue;
            Case c = new_case(problem, method, &solvers[i], shared, numbers);
            cases++;
            right += compare(&c);
        }
    }
    tap_ok(cases == right, "%s, %s%s: memory as the specs say in %d of %d cases", problem->path, method->name,
           method->fixed   ? ", fixed"
           : method->reuse ? ", factors kept"
                           : "",
           right, cases);
}

/* ---- updates ---- */

static const char *const updates[][5] = {
    { "stage_increment_location", "shared", "local" },
    { "accumulator_location", "shared", "local" },
    { "solver_scratch_location", "shared", "local" },
    { "rhs_cache_location", "shared", "local" },
    { "delta_location", "shared", "local" },
    { "lu_factor_location", "shared", "local" },
    { "accumulator_size", "9", "17" },
    { "solver_scratch_size", "60", "61" },
    { "lu_factor_size", "8", "12", "40" },
    { "rhs_cache_size", "3", "5" },
    { "lu_factor_persistent", "true", "false" },
    { "delta_persistent", "true", "false" },
    { "rhs_cache_aliases", "newton_shared", "solver_scratch", "accumulator", "" },
    { "stage_base_aliases", "accumulator", "solver_scratch", "" },
    { "newton_shared_aliases", "solver_scratch", "accumulator", "" },
};
enum { UPDATES = sizeof updates / sizeof *updates, SEQUENCE = 25, SEQUENCES = 60 };

static unsigned random_below(unsigned limit)
{
    static uint64_t state = 20240607;
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(state >> 33) % limit;
}

static void add_update(char *words, unsigned name, const char *value)
{
    sprintf(words + strlen(words), " %s=%s", updates[name][0], value);
}

/* A sequence of updates has the same map as the last one of each field. */
static bool try_sequence(char words[2000])
{
    char last_words[2000] = "";
    const char *last[UPDATES] = { NULL };
    *words = '\0';
    for (int i = 0; i < SEQUENCE; i++) {
        unsigned name = random_below(UPDATES), values = 1;
        while (values < 4 && updates[name][values + 1]) values++;
        last[name] = updates[name][1 + random_below(values)];
        add_update(words, name, last[name]);
    }
    for (unsigned i = 0; i < UPDATES; i++)
        if (last[i]) add_update(last_words, i, last[i]);
    const char *problem = problem_path(&problems[0]);
    int failed = kit_shell("map", "\"$CUBIE_GEN\" --layout %s algorithm=kvaerno3 %s 2>&1", problem, words);
    failed |= kit_shell("last", "\"$CUBIE_GEN\" --layout %s algorithm=kvaerno3 %s 2>&1", problem, last_words);
    char *map = kit_read("map"), *expected = kit_read("last");
    bool same = !failed && !strcmp(map, expected);
    free(map);
    free(expected);
    return same;
}

static void test_updates(void)
{
    int same = 0;
    for (int i = 0; i < SEQUENCES; i++) {
        char words[2000];
        if (try_sequence(words))
            same++;
        else
            tap_diag("differs, or is refused:%s", words);
    }
    tap_ok(same == SEQUENCES, "%d of %d sequences of updates end in the layout of the last values", same, SEQUENCES);
}

int main(void)
{
    kit_begin();
    kit_write("forced.lua", forced);
    for (size_t i = 0; i < sizeof problems / sizeof *problems; i++)
        for (size_t j = 0; j < sizeof methods / sizeof *methods; j++)
            if (!problems[i].forced || is(methods[j].family, "rosenbrock")) test_method(&problems[i], &methods[j]);
    test_updates();
    return tap_done();
}
