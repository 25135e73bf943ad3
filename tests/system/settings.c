/* SPDX-License-Identifier: MIT */
/* Settings: what is given, checked and resolved. (Texts of errors in problem
 * files: tests/errors.) */
#include "script/script_kit.h"

#include <math.h>

typedef struct Bench {
    Kit *kit;
    SettingTable *table;
    AssignmentList given;
} Bench;

/* As on the command line. */
static void give(Bench *bench, const char *name, const char *text)
{
    const char **items = ARENA_NEW(bench->kit->arena, const char *);
    *items = text;
    *array_push(bench->kit->arena, &bench->given) =
        (Assignment){ .name = name, .text = text, .count = 1, .items = items };
}

static const Settings *resolve(Bench *bench, bool locations)
{
    diag_reset();
    bench->kit->messages = text_new(bench->kit->arena);
    diag_capture(&bench->kit->messages);
    const Settings *settings = settings_resolve(bench->kit->arena, bench->table, &bench->given, locations);
    diag_capture(NULL);
    bench->given.count = 0;
    return settings;
}

static const Settings *resolve_one(Bench *bench, const char *name, const char *text)
{
    give(bench, name, text);
    return resolve(bench, false);
}

static void refuses(Bench *bench, const char *name, const char *text, const char *message)
{
    resolve_one(bench, name, text);
    kit_says(bench->kit, arena_printf(bench->kit->arena, "cubie-gen: error: %s\n", message),
             arena_printf(bench->kit->arena, "%s=%s is refused", name, text));
}

static void accepts(Bench *bench, const char *name, const char *text, double value)
{
    const Settings *settings = resolve_one(bench, name, text);
    double got = settings_number(settings, name);
    tap_ok(got == value && !bench->kit->messages.length, "%s=%s is %g", name, text, got);
}

static void test_defaults(Bench *bench)
{
    const Settings *settings = resolve(bench, false);
    kit_good(bench->kit, "the shipped defaults");
    tap_ok(!strcmp(settings_text(settings, "algorithm"), "tsit5"), "algorithm");
    tap_ok(!*settings_text(settings, "controller"), "no controller: by the algorithm");
    tap_ok(settings_count(settings, "outputs") == 2 && !strcmp(settings_item(settings, "outputs", 1), "observables"),
           "outputs");
    tap_ok(settings_number(settings, "rtol") == 1e-6 && isinf(settings_number(settings, "dt_max")), "numbers");
    tap_ok(settings_count(settings, "save_at") == 0 && !settings_given(settings, "save_at"), "an empty list");
    /* Every default but an empty one is in its own range. */
    for (int i = 0; i < bench->table->count; i++) {
        const Setting *setting = &bench->table->items[i];
        if (setting->issue || !*setting->initial) continue;
        resolve_one(bench, setting->name, setting->initial);
        kit_good(bench->kit, arena_printf(bench->kit->arena, "%s=%s", setting->name, setting->initial));
    }
}

static void test_ranges(Bench *bench)
{
    refuses(bench, "rtol", "-1", "rtol = -1 is out of range; it must be above 0");
    refuses(bench, "rtol", "0", "rtol = 0 is out of range; it must be above 0");
    refuses(bench, "atol", "1e-6,x=0", "atol = 0 is out of range; it must be above 0");
    refuses(bench, "duration", "0", "duration = 0 is out of range; it must be above 0");
    refuses(bench, "settle", "-1e-9", "settle = -1e-9 is out of range; it must be at least 0");
    refuses(bench, "max_gain", "1", "max_gain = 1 is out of range; it must be above 1 and at most 1000");
    refuses(bench, "max_steps", "0", "max_steps = 0 is out of range; it must be from 1 to 4294967295");
    refuses(bench, "max_steps", "1.5", "max_steps = 1.5 is no whole number; it must be from 1 to 4294967295");
    refuses(bench, "dt", "inf", "dt = inf is out of range; it must be at least 0 and finite");
    refuses(bench, "dt", "nan", "dt = nan is no number: expected a number, '(', pi or a function like sqrt");
    refuses(bench, "dt", "", "dt has no value");
    refuses(bench, "dt", "1,2", "dt = 1,2 is no number: unexpected text after the number, at character 2");
    refuses(bench, "rtol", "1e-6,,1e-7", "rtol =  is no number");
    refuses(bench, "precision", "double", "precision = double is unknown; it must be float64 or float32");
    refuses(bench, "precision", "float16",
            "precision = float16 is unknown; it must be float64 or float32 (did you mean "
            "'float64'?)");
    refuses(bench, "outputs", "states,state",
            "outputs = state is unknown; it must be states or observables (did you mean "
            "'states'?)");
    refuses(bench, "algoritm", "rk4", "unknown setting 'algoritm'; did you mean 'algorithm'?");
    refuses(bench, "quux", "1", "unknown setting 'quux'; cubie-gen --list=settings shows all");
    refuses(bench, "metrics", "mean", "'metrics' cannot be set: metrics are not available in this version");
    refuses(bench, "newton_tolerance", "-1", "newton_tolerance = -1 is out of range; it must be from 0 to 1");
    refuses(bench, "newton_max_iterations", "1001",
            "newton_max_iterations = 1001 is out of range; it must be from 1 to 1000");
    refuses(bench, "min_gain", "1", "min_gain = 1 is out of range; it must be above 0 and below 1");
    refuses(bench, "duration", "inf", "duration = inf is out of range; it must be above 0 and finite");
    refuses(bench, "dt", "0x10", "dt = 0x10 is no number: unexpected text after the number, at character 2");
    refuses(bench, "save_at", "1,0.5", "save_at = 1,0.5: the times must ascend, but 0.5 follows 1");
    refuses(bench, "save_at", "uniform:0:1", "save_at = uniform:0:1: save times cannot be random");
    refuses(bench, "save_at", "0:1:1e9", "save_at = 0:1:1e9: more than 10^8 save times");
    accepts(bench, "dt", "1/8", 0.125);
    accepts(bench, "dt", "2^-3 * sqrt(4)", 0.25);
    accepts(bench, "t0", "-2*pi", -6.283185307179586);
    accepts(bench, "dt_max", "inf", INFINITY);
    accepts(bench, "rtol", " 1e-3 ", 1e-3);
    accepts(bench, "t0", "-5", -5);
    accepts(bench, "max_steps", "4294967295", 4294967295.0);
    accepts(bench, "script_memory", "1e9", 1e9);
}

static void test_precedence(Bench *bench)
{
    give(bench, "rtol", "1e-3");
    give(bench, "rtol", "1e-4");
    const Settings *settings = resolve(bench, false);
    tap_ok(settings_number(settings, "rtol") == 1e-4 && settings_given(settings, "rtol"), "later values win");
    give(bench, "rtol", "1e-3");
    give(bench, "rtol", "-1");
    settings = resolve(bench, false);
    tap_ok(settings_number(settings, "rtol") == 1e-3 && bench->kit->messages.length, "a wrong value changes nothing");
    give(bench, "save_every", "0.1");
    bench->given.items[bench->given.count - 1].source = (Source){ "p.lua", 3, 0 };
    settings = resolve_one(bench, "save_at", "0.5");
    tap_ok(settings_number(settings, "save_every") == 0 && !bench->kit->messages.length,
           "save_at of the command line takes the place of save_every of the file");
    settings = resolve_one(bench, "save_at", "1, 2.5,10");
    tap_ok(!strcmp(settings_text(settings, "save_at"), "1, 2.5,10") && !bench->kit->messages.length,
           "a list on the command line");
}

static bool means(const void *context, const char *uses)
{
    return uses != context;
}

/* With a setting that not every method has. */
static void contradicts(Bench *bench, const char *name, const char *text, const char *message)
{
    const Settings *settings = resolve_one(bench, name, text);
    diag_capture(&bench->kit->messages);
    settings_check_together(settings, means, NULL);
    diag_capture(NULL);
    kit_says(bench->kit, *message ? arena_printf(bench->kit->arena, "cubie-gen: error: %s\n", message) : "",
             arena_printf(bench->kit->arena, "%s=%s: '%s'", name, text, message));
}

static void test_together(Bench *bench)
{
    give(bench, "save_every", "2");
    refuses(bench, "duration", "1", "save_every = 2 is above duration = 1");
    give(bench, "dt_min", "2");
    contradicts(bench, "dt_max", "1", "dt_min = 2 is above dt_max = 1");
    give(bench, "dt", "2");
    contradicts(bench, "dt_max", "1", "dt = 2 is above dt_max = 1");
    give(bench, "dt", "0.5");
    contradicts(bench, "dt_min", "1", "dt = 0.5 is below dt_min = 1");
    contradicts(bench, "dt_min", "1", "");
    refuses(bench, "controller", "fixed", "controller = fixed needs a step: dt = ...");
    give(bench, "dt", "0.1");
    resolve_one(bench, "controller", "fixed");
    kit_good(bench->kit, "controller=fixed dt=0.1");
}

static const char *set_default(Bench *bench, const char *name, const char *value)
{
    bench->kit->messages = text_new(bench->kit->arena);
    diag_capture(&bench->kit->messages);
    settings_set_default(bench->kit->arena, bench->table, name, value, (Source){ "mine.lua", 3, 0 });
    diag_capture(NULL);
    return bench->kit->messages.data;
}

/* Those of a method, in place of the table's. */
static void test_other_defaults(Bench *bench)
{
    Kit *kit = bench->kit;
    SettingTable *shipped = bench->table;
    bench->table = settings_table(kit->arena);
    tap_ok(!*set_default(bench, "safety", "0.75"), "a default of the method");
    const Settings *settings = resolve(bench, false);
    tap_ok(settings_number(settings, "safety") == 0.75 && !settings_given(settings, "safety"), "holds");
    tap_ok(settings_number(resolve_one(bench, "safety", "0.9"), "safety") == 0.9, "what is given wins");
    set_default(bench, "safty", "0.5");
    kit_says(kit, "mine.lua:3: error: unknown setting 'safty'; did you mean 'safety'?\n", "no setting");
    set_default(bench, "safety", "1.5");
    kit_says(kit, "mine.lua:3: error: safety = 1.5 is out of range; it must be above 0 and at most 1\n",
             "out of range");
    set_default(bench, "controller", "i");
    kit_says(kit, "mine.lua:3: error: 'controller' is no number of run time; a method has no default of it\n",
             "of generation time");
    tap_ok(settings_number(resolve(bench, false), "safety") == 0.75, "wrong ones change nothing");
    bench->table = shipped;
}

static void test_locations(Bench *bench)
{
    Arena *arena = bench->kit->arena;
    give(bench, "stage_rhs_location", "sharde");
    const Settings *settings = resolve(bench, false);
    kit_good(bench->kit, "locations are left to the second call");
    settings_add_location(arena, bench->table, "stage_rhs", "local", "erk");
    settings_add_location(arena, bench->table, "state", "local", "loop");
    give(bench, "state_location", "shared");
    settings = resolve(bench, true);
    tap_ok(!strcmp(settings_text(settings, "state_location"), "shared") &&
               !strcmp(settings_text(settings, "stage_rhs_location"), "local"),
           "locations are settings");
    give(bench, "stage_rhs_location", "sharde");
    settings = resolve(bench, true);
    kit_says(bench->kit,
             "cubie-gen: error: stage_rhs_location = sharde is unknown; it must be shared or local (did you "
             "mean 'shared'?)\n",
             "with their choices");
    give(bench, "stage_rsh_location", "shared");
    resolve(bench, true);
    kit_says(bench->kit, "cubie-gen: error: unknown setting 'stage_rsh_location'; did you mean 'stage_rhs_location'?\n",
             "and suggestions");
}

static void test_limits(Bench *bench)
{
    give(bench, "script_instructions", "5000");
    give(bench, "script_memory", "8388608");
    Limits limits = script_limits(resolve(bench, false));
    tap_ok(limits.instructions == 5000 && limits.memory == 8388608, "limits of the script");
    limits = script_limits(resolve(bench, false));
    tap_ok(limits.instructions == 300000000 && limits.memory == 1 << 30 && limits.seconds == 60, "and their defaults");
}

static void tolerances_are(Bench *bench, const System *system, const char *text, const char *expected)
{
    const Settings *settings = resolve_one(bench, "atol", text);
    diag_capture(&bench->kit->messages);
    for (int i = 0; i < bench->table->count; i++)
        if (!strcmp(bench->table->items[i].name, "atol"))
            system_check_tolerances(system, settings, &bench->table->items[i]);
    diag_capture(NULL);
    kit_says(bench->kit, *expected ? arena_printf(bench->kit->arena, "cubie-gen: error: atol = %s\n", expected) : "",
             arena_printf(bench->kit->arena, "atol=%s", text));
}

static void test_tolerances(Bench *bench)
{
    const Spec *spec = kit_read(bench->kit, "states { u = vector(3, 0) } ddt.y = x ddt.u = { x, x, x } ddt.x = y");
    const System *system = kit_build(bench->kit, spec);
    if (!kit_good(bench->kit, "a system with a vector") || !system) return;
    tolerances_are(bench, system, "1e-3", "");
    tolerances_are(bench, system, "1,2,3,4,5", "");
    tolerances_are(bench, system, "x=1e-3", "");
    tolerances_are(bench, system, "1e-2,u=1e-3,u[2]=1e-4", "");
    tolerances_are(bench, system, "1,2", "1,2 has 2 values for 5 states; give one, one for each, or NAME=VALUE");
    tolerances_are(bench, system, "xx=1", "xx=1 names 'xx', which is no state; did you mean 'x'?");
}

static void test_list(Bench *bench)
{
    Text text = text_new(bench->kit->arena);
    settings_print(&text, bench->table);
    bool all = true;
    for (int i = 0; i < bench->table->count; i++) {
        const char *name = arena_printf(bench->kit->arena, "  %s ", bench->table->items[i].name);
        all = all && strstr(text.data, name) && *bench->table->items[i].help;
    }
    tap_ok(all, "every setting is listed with its help");
}

int main(void)
{
    Kit kit = kit_open();
    Bench bench = { &kit, settings_table(kit.arena), { 0 } };
    test_defaults(&bench);
    test_ranges(&bench);
    test_precedence(&bench);
    test_together(&bench);
    test_limits(&bench);
    test_tolerances(&bench);
    test_list(&bench);
    test_other_defaults(&bench);
    test_locations(&bench);
    kit_close(&kit);
    return tap_done();
}
