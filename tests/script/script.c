/* SPDX-License-Identifier: MIT */
/* Problem files as Spec and System: what each word says, in which order. */
#include "script/script_kit.h"

#include "base/intern.h"
#include "method/tableau.h"

static const char lorenz[] =
    "problem \"lorenz\"\n"
    "parameters { sigma = 10, rho = 28, beta = \"8/3\" }\n"
    "states     { x = 1, y = 0, z = \"1/10\" }\n"
    "ddt.z = x * y - beta * z\n"
    "ddt.x = sigma * (y - x)\n"
    "ddt.y = x * (rho - z) - y\n"
    "observe.radius = sqrt(x^2 +\n"
    "                      y^2 + z^2)  -- of the point\n"
    "solve { algorithm = \"rk4\", rtol = 1e-6, save_at = { 1, 2.5 }, atol = { y = 1e-8, x = 1 } }\n"
    "solve { rtol = 1e-7 }\n"
    "sweep { rho = linspace(0, 21, 1000), x = { 1, 2, 0.1 }, seed = 7 }\n"
    "units { t = \"s\", radius = \"m\", x = \"m\" }\n";

/* The position of a name, or -1. */
static int position(const Declaration *list, int count, const char *name)
{
    while (count-- && strcmp(list[count].symbol->name, name)) continue;
    return count;
}

static int state_of(const System *system, const char *name)
{
    return position(system->state, system->states, name);
}

static int parameter_of(const System *system, const char *name)
{
    return position(system->parameter, system->parameters, name);
}

static void test_spec(Kit *kit)
{
    kit_write("p.lua", lorenz);
    const Spec *spec = kit_read_file(kit, NULL);
    kit_good(kit, "a problem file is read");
    tap_ok(spec->complete && !strcmp(spec->name, "lorenz") && spec->name_source.line == 1, "name");
    tap_ok(spec->settings.count == 6, "settings: %d", spec->settings.count);
    const Assignment *atol = &spec->settings.items[1], *last = &spec->settings.items[4];
    tap_ok(!strcmp(atol->name, "atol") && atol->count == 2 && !strcmp(atol->items[0], "x=1") &&
               !strcmp(atol->items[1], "y=1e-8"),
           "values by name are sorted: %s", atol->text);
    tap_ok(!strcmp(last->name, "rtol") && !strcmp(last->text, "1e-7") && last->source.line == 10, "later ones follow");
    tap_ok(spec->sweep.count == 2 && !strcmp(spec->sweep.items[0].values, "0:21:1000") &&
               !strcmp(spec->sweep.items[1].values, "1,2,0.1") && spec->settings.count > 0 &&
               !strcmp(spec->settings.items[spec->settings.count - 1].name, "seed") && !spec->zip,
           "sweep");
    tap_ok(!strcmp(spec->time_unit, "s"), "unit of time");
}

static void test_system(Kit *kit)
{
    kit_write("p.lua", lorenz);
    const Spec *spec = kit_read_file(kit, NULL);
    const System *system = kit_build(kit, spec);
    if (!kit_good(kit, "a system is built") || !system) return;
    tap_ok(system->states == 3 && !strcmp(system->state[0].symbol->name, "z") &&
               !strcmp(system->state[1].symbol->name, "x") && !strcmp(system->state[2].symbol->name, "y"),
           "states in the order of their equations");
    tap_ok(system->state[1].symbol->index == 1 && system->parameter[2].symbol->index == 2, "symbols know their place");
    tap_ok(system->parameters == 3 && !strcmp(system->parameter[0].symbol->name, "beta") &&
               !strcmp(system->parameter[2].symbol->name, "sigma"),
           "parameters by name");
    tap_ok(number_equal(system->parameter[0].value, number_ratio(8, 3)), "\"8/3\" is exact");
    tap_ok(system->state[0].initial->kind == EXPR_NUMBER &&
               number_equal(system->state[0].initial->number, number_ratio(1, 10)),
           "\"1/10\" is exact");
    tap_ok(system->derivative[1].source.line == 5 && !strcmp(system->derivative[1].text, "ddt.x = sigma * (y - x)"),
           "equations know their line");
    tap_ok(!strcmp(system->observable[0].text, "observe.radius = sqrt(x^2 + y^2 + z^2)  -- of the point"),
           "an equation over two lines is one text: %s", system->observable[0].text);
    tap_ok(!strcmp(system->observable[0].unit, "m") && !strcmp(system->state[1].unit, "m") && !*system->state[0].unit,
           "units of observables and states");
    tap_ok(system->autonomous && !strcmp(system->file, "p.lua"), "autonomous, base name of the file");
    tap_ok(state_of(system, "y") == 2 && parameter_of(system, "rho") == 1 && state_of(system, "q") == -1,
           "positions by name");
}

static void test_vectors(Kit *kit)
{
    const Spec *spec =
        kit_read(kit, "states { u = vector(12, function(i) return i / 4 end), w = { vector { 3, x0 }, \"V\" } }\n"
                      "for i = #u, 1, -1 do ddt.u[i] = u[i] * i end\n"
                      "ddt.w = { w[2], w[1] }\n"
                      "ddt.x = u[12] ddt.y = t\n"
                      "local sum = 0 for i, v in ipairs(u) do sum = sum + i * v end\n"
                      "observe.sum = sum\n"
                      "observe.v[2] = x observe.v[1] = y\n");
    kit_says(kit, "p.lua:2: error: unknown name 'x0'; did you mean 'x'?\n", "initial values are Lua expressions");
    spec =
        kit_read(kit, "parameters { x0 = 5, k = vector(11, 0) }\n"
                      "states { u = vector(12, function(i) return i / 4 end), w = { vector { 3, 2 * x0 }, \"V\" } }\n"
                      "for i = #u, 1, -1 do ddt.u[i] = u[i] * i + k[1] end\n"
                      "ddt.w = { w[2], w[1] }\n"
                      "ddt.x = u[12] ddt.y = t\n"
                      "local sum = 0 for i, v in ipairs(u) do sum = sum + i * v end\n"
                      "observe.sum = sum\n"
                      "observe.v[2] = x observe.v[1] = y\n"
                      "observe.q = { x, y }\n");
    const System *system = kit_build(kit, spec);
    if (!kit_good(kit, "vectors are read") || !system) return;
    tap_ok(system->states == 16 && !strcmp(system->state[0].symbol->name, "u[12]") &&
               !strcmp(system->state[0].symbol->code, "u_12") && system->state[0].element == 12 &&
               system->state[0].vector == intern("u"),
           "elements in the order of their equations");
    tap_ok(number_equal(system->state[1].value, number_ratio(11, 4)), "the initial value may be a function");
    tap_ok(!strcmp(system->state[13].unit, "V") && system->state[13].initial->kind == EXPR_MUL,
           "a unit for all of them");
    tap_ok(!strcmp(system->parameter[1].symbol->name, "k[2]") && !strcmp(system->parameter[9].symbol->name, "k[10]"),
           "elements of parameters by position");
    tap_ok(system->observables == 5 && !strcmp(system->observable[1].name, "v[2]") &&
               !strcmp(system->observable[4].code, "q_2"),
           "vectors of observables");
    tap_ok(!system->autonomous, "t makes it depend on time");
}

static void test_codes(Kit *kit)
{
    const Spec *spec = kit_read(kit, "states { u = vector(2, 0), u_1 = 0, register = 0, h = 0, exp = 1 }\n"
                                     "parameters { state = 1, int = 2, threadIdx = 3, _a = 4, lt = 5, step = 6 }\n"
                                     "constants { g = 9.81, e = \"1/3\" }\n"
                                     "ddt.u = { g, e } ddt.u_1 = u_1 ddt.register = register * int ddt.h = h * state\n"
                                     "ddt.exp = exp ddt.x = lt * step ddt.y = _a + threadIdx\n"
                                     "observe.double = x observe.u_2 = y\n");
    const System *system = kit_build(kit, spec);
    if (!kit_good(kit, "reserved words are names") || !system) return;
    static const char *const names[][2] = {
        { "u[1]", "u_1" },           { "u[2]", "u_2" }, { "u_1", "u_1_2" },
        { "register", "register_" }, { "h", "h" },      { "exp", "exp_" },
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const Symbol *symbol = system->state[state_of(system, names[i][0])].symbol;
        tap_ok(!strcmp(symbol->code, names[i][1]), "%s is %s in the code: %s", names[i][0], names[i][1], symbol->code);
    }
    const char *state = system->parameter[parameter_of(system, "state")].symbol->code;
    const char *under = system->parameter[parameter_of(system, "_a")].symbol->code;
    tap_ok(!strcmp(state, "state_"), "state is %s", state);
    tap_ok(under[0] != '_', "_a is %s", under);
    tap_ok(!strcmp(system->observable[0].code, "double_"), "double is %s", system->observable[0].code);
    tap_ok(strcmp(system->observable[1].code, "u_2"), "u_2 is %s", system->observable[1].code);
    tap_ok(expr_is_number(system->derivative[1].expr, 0) == false &&
               number_equal(system->derivative[1].expr->number, number_ratio(1, 3)),
           "constants are folded, exactly");
}

/* Initial values, derivatives and observables read back. */
static void test_reading(Kit *kit)
{
    const Spec *spec = kit_read(kit, "parameters { k = 2 }\n"
                                     "ddt.x = -k * x\n"
                                     "ddt[y] = ddt.x + 1\n"
                                     "observe.a = ddt.y\n"
                                     "observe.b = observe.a\n"
                                     "flux = k * y * x\n"
                                     "observe.c = flux + 1\n");
    const System *system = kit_build(kit, spec);
    if (!kit_good(kit, "ddt and observe can be read") || !system) return;
    tap_ok(system->observable[0].expr == system->derivative[1].expr &&
               system->observable[1].expr == system->derivative[1].expr,
           "and give what was assigned");
    const Expr *flux = system->observable[2].expr->argument[0];
    tap_ok(flux->name && !strcmp(flux->name, "flux"), "a global variable names its expression");
}

static void test_hash(Kit *kit)
{
    static const char text[] = "problem \"p\" states { x = 1 } ddt.x = require(\"lib.rates\").decay(x)\n";
    mkdir("lib", 0777);
    kit_write("lib/rates.lua", "local M = {} function M.decay(x) return -x end return M\n");
    kit_write("p.lua", text);
    const Spec *first = kit_read_file(kit, NULL);
    kit_good(kit, "a module is read");
    const Spec *second = kit_read_file(kit, NULL);
    kit_write("lib/rates.lua", "local M = {} function M.decay(x) return -x  end return M\n");
    const Spec *third = kit_read_file(kit, NULL);
    tap_ok(first->hash == second->hash && first->hash != third->hash, "the hash covers modules");
    kit_write("lib/rates.lua", "return nope * 2\n");
    kit_read_file(kit, NULL);
    tap_ok(strstr(kit->messages.data, "lib/rates.lua:1: error: unknown name 'nope'") != NULL,
           "mistakes in modules have their place");
    kit_write("lib/rates.lua", "return require 'lib.rates'\n");
    kit_read_file(kit, NULL);
    kit_says(kit, "lib/rates.lua:1: error: module 'lib.rates' requires itself\n", "a module that requires itself");
    kit_write("lib/rates.lua", "local x = = 2\n");
    kit_read_file(kit, NULL);
    kit_says(kit, "lib/rates.lua:1: error: unexpected symbol near '='\n", "a syntax error in a module");
}

static const Tableau *find_tableau(const TableauList *list, const char *name)
{
    return tableau_find(list->items, list->count, name);
}

static void test_tableaux(Kit *kit)
{
    diag_reset();
    TableauList shipped = script_read_tableaux(kit->arena);
    tap_ok(shipped.count >= 12 && !diag_errors(), "%d tableaux are shipped", shipped.count);
    const Tableau *bs = find_tableau(&shipped, "ode23"), *dop = find_tableau(&shipped, "dop853");
    tap_ok(bs && bs->stages == 4 && bs->order == 3 && bs->embedded_order == 2 && bs->first_same_as_last,
           "bogacki-shampine-32 by an alias");
    tap_ok(bs && number_equal(bs->error[0], number_subtract(number_ratio(2, 9), number_ratio(7, 24))) &&
               number_equal(bs->error[3], number_ratio(-1, 8)),
           "the error is b minus the embedded weights, exactly");
    tap_ok(dop && dop->stages == 12 && dop->dense_stages == 4 && dop->error_low && dop->error_low_order == 3 &&
               dop->dense_degree == 7,
           "extra stages and a second estimate");
    tap_ok(dop && number_equal(tableau_a(dop, 12, 0), dop->b[0]) && number_is(tableau_a(dop, 0, 3), 0) &&
               number_is(dop->c[12], 1),
           "rows of the extended matrix");
    const Spec *spec = kit_read(kit, "ddt.x = x ddt.y = y\n"
                                     "tableau \"mine\" { family = \"erk\", order = 2, embedded_order = 1,\n"
                                     "  c = { 0, 1 }, a = { {}, { 1 } }, b = { \"1/2\", 0.5 }, embedded = { 1, 0 },\n"
                                     "  aliases = { \"my-own\" } }\n");
    kit_good(kit, "a method of a user");
    const Tableau *mine = find_tableau(&spec->tableaux, "my-own");
    tap_ok(spec->tableaux.count == shipped.count + 1 && mine == spec->tableaux.items[shipped.count] &&
               number_equal(mine->b[1], number_ratio(1, 2)) && number_equal(mine->error[1], number_ratio(1, 2)),
           "stands behind the shipped ones");
}

static void test_dumps(Kit *kit)
{
    Text spec_text = text_new(kit->arena), system_text = text_new(kit->arena);
    const Spec *spec = kit_read(kit, "ddt.y = -x ddt.x = y");
    script_dump_spec(&spec_text, spec);
    const System *system = kit_build(kit, spec);
    if (!kit_good(kit, "a system to dump") || !system) return;
    system_dump(&system_text, system);
    tap_ok(strstr(spec_text.data, "state x = 1  -- line 1\nstate y = 2  -- line 1\nddt.y = -x  -- line 2: ddt.y = -x "
                                  "ddt.x = y\n") != NULL,
           "--dump=spec");
    tap_ok(strstr(system_text.data, "state y = 2  -- line 1\nstate x = 1  -- line 1\nddt.y = -x  -- line 2") != NULL,
           "--dump=system");
}

/* What a problem says about buffers is a setting of each. */
static void test_buffers(Kit *kit)
{
    const Spec *spec = kit_read(kit, "ddt.x = x ddt.y = y\n"
                                     "buffers { stage_rhs = { location = \"shared\" },\n"
                                     "          { \"stage_cache\", persistent = true, aliases = \"stage_rhs\" } }\n");
    kit_good(kit, "buffers of a problem");
    tap_ok(spec->settings.count == 3 && !strcmp(spec->settings.items[0].name, "stage_rhs_location") &&
               !strcmp(spec->settings.items[0].text, "shared") &&
               !strcmp(spec->settings.items[1].name, "stage_cache_aliases") &&
               !strcmp(spec->settings.items[2].text, "true"),
           "become settings");
}

int main(void)
{
    Kit kit = kit_open();
    test_spec(&kit);
    test_system(&kit);
    test_vectors(&kit);
    test_codes(&kit);
    test_reading(&kit);
    test_hash(&kit);
    test_tableaux(&kit);
    test_dumps(&kit);
    test_buffers(&kit);
    kit_close(&kit);
    return tap_done();
}
